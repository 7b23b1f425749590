"""« Et les quartiers, et la campagne ? »: quarters aimed at, rural communes covered; never summed."""

from dataclasses import dataclass

from dashboards.meeting.figures import Figures, counts_of, last


@dataclass(frozen=True, slots=True)
class Zones:
    """Two counts that stand side by side.

    Attributes
    ----------
    quarters
        Priority quarters that an action names, out of all; None when not known.
    reached
        Quarters where beneficiaries are known to live; None when not known.
    rural
        Communes in ZRR where an action takes place, out of all; None when no list is loaded.
    """

    quarters: tuple[int, int] | None
    reached: int | None
    rural: tuple[int, int] | None


def zones_of(figures: Figures) -> Zones:
    """Return the two counts over all years."""
    aimed = last(figures.find("T02", "share_qpv", territory="R", year="all", degree="cible"))
    reached = last(figures.find("T02", "share_qpv", territory="R", year="all", degree="atteint"))
    rural = last(figures.find("T03", "share_communes", territory="R", year="all", zone="zrr", places="cible"))
    touched = counts_of(reached)
    return Zones(counts_of(aimed), None if touched is None else touched[0], counts_of(rural))
