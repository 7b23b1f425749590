"""Where a community, an actor or an action is at work: number of actions by EPCI."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dashboards import words
from dashboards.maps.facts import Places, places_of
from dashboards.pages.cooperation.scene import Scene
from dashboards.pages.cooperation.subject import Subject


@dataclass(frozen=True)
class Footprint:
    """Number of actions by EPCI.

    Attributes
    ----------
    counts
        By code of EPCI, 1 or more.
    total
        Number of EPCI of the region.
    wide, unplaced
        Actions of the whole region, and without a known place: on no map.
    largest
        Largest count of any community in the year: circles of two communities compare.
    tone
        Category of the colour, 1 to 6; 0 for none.
    """

    counts: Mapping[str, int]
    total: int
    wide: int
    unplaced: int
    largest: int
    tone: int

    @property
    def caption(self) -> str:
        """« 24 EPCI sur 126 · cercles : nombre d’actions », or what is on no map."""
        reached = words.counted(len(self.counts), "EPCI", "EPCI")
        said = f"{reached} sur {self.total}"
        away = [
            words.counted(self.wide, "régionale", "régionales") if self.wide else "",
            words.counted(self.unplaced, "sans lieu", "sans lieu") if self.unplaced else "",
        ]
        told = words.listed([one for one in away if one])
        return words.typeset(
            f"{said} · hors carte : {told}" if told else f"{said} · cercles : nombre d’actions"
        )


def footprint_of(scene: Scene) -> Footprint | None:
    """Return the footprint of what is selected; None when it has no place of its own."""
    focus, subject = scene.focus, scene.subject
    if focus is None or focus.kind not in ("community", "actor", "action", "ego"):
        return None
    if focus.community is not None:
        actions: Collection[str] = focus.community.actions & set(scene.wave.network.actions)
    elif focus.kind == "action":
        actions = {*focus.marked}
    else:
        actions = {action for key, action in scene.wave.pairs if key == focus.marked[0]}
    codes = {subject.codes[key] for key in actions}
    places = year_places(subject, scene.choices.year)
    counts = {epci: sum(code in codes for code in found) for epci, found in places.by_epci.items()}
    return Footprint(
        counts={epci: count for epci, count in counts.items() if count},
        total=len(counts),
        wide=len(codes & set(places.region_wide)),
        unplaced=len(codes & set(places.elsewhere)),
        largest=_largest(subject, scene.choices.year),
        tone=int(scene.tone.removeprefix("tone-") or 0),
    )


@lru_cache(maxsize=16)
def year_places(subject: Subject, year: int) -> Places:
    """Return where the actions of a year take place, by EPCI of the maps."""
    return places_of(subject.graph, year, subject.resolver, subject.epci_of_communes)


@lru_cache(maxsize=16)
def _largest(subject: Subject, year: int) -> int:
    by_epci = year_places(subject, year).by_epci.values()
    sets = [{subject.codes[key] for key in community.actions} for community in subject.communities]
    return max((len(codes.intersection(found)) for codes in sets for found in by_epci), default=1) or 1
