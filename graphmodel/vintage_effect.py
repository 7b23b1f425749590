"""How much of a change is only a change of the map (T18)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from graphmodel.passage import Passage, Shares


@dataclass(frozen=True, slots=True)
class VintageEffect:
    """The four values that tell a change of the map from a change of the territory.

    Attributes
    ----------
    start_before, start_after
        Value at the start, on the perimeter of the start and on that of the end; None when not computable.
    end_before, end_after
        Value at the end, on the same two perimeters.
    """

    start_before: float | None
    start_after: float | None
    end_before: float | None
    end_after: float | None

    @property
    def gross(self) -> float | None:
        """Change as it is read from two tables, each on the map of its time."""
        return _growth(self.start_before, self.end_after)

    @property
    def constant_p1(self) -> float | None:
        """Change on the perimeter of the end."""
        return _growth(self.start_after, self.end_after)

    @property
    def constant_p0(self) -> float | None:
        """Change on the perimeter of the start: the frozen series."""
        return _growth(self.start_before, self.end_before)

    @property
    def perimeter_effect(self) -> float | None:
        """What the change of perimeter alone adds to the value of the start."""
        return _difference(self.start_before, self.start_after)

    @property
    def real_change(self) -> float | None:
        """What changed on the perimeter of the end."""
        return _difference(self.start_after, self.end_after)

    @property
    def perimeter_share(self) -> float | None:
        """Share of the change read that is only a change of map; outside 0–1 where the two go apart."""
        effect, whole = self.perimeter_effect, _difference(self.start_before, self.end_after)
        return effect / whole if effect is not None and whole else None


def vintage_effect(
    start: Mapping[str, float | None],
    end: Mapping[str, float | None],
    before: Collection[str],
    after: Collection[str],
    passage: Passage,
) -> VintageEffect:
    """Return the effect of the map on the change of a sum over communes.

    Parameters
    ----------
    start, end
        Values by commune, each on the communes of its year; None or absent where unknown.
    before, after
        Communes of the perimeter, each in the communes of its year.
    passage
        From the communes of the start to those of the end; values of communes that merged are shared back by
        population.
    """
    before, after = set(before), set(after)
    return VintageEffect(
        total(start, dict.fromkeys(before, 1.0)),
        total(start, weights_inside(after, passage.forward, passage.back)),
        total(end, weights_inside(before, passage.back, passage.forward)),
        total(end, dict.fromkeys(after, 1.0)),
    )


def weights_inside(
    inside: Collection[str], passed: Callable[[str], Shares], returned: Callable[[str], Shares]
) -> dict[str, float | None]:
    """Return how much of each commune of a year ends inside a perimeter of another year, where any does.

    Parameters
    ----------
    inside
        Communes of the perimeter, in the other year.
    passed
        From a commune of the year to those of the other.
    returned
        The way back: every commune that may end inside is met, whether a value is known of it or not.
    """
    found: dict[str, float | None] = {}
    for code in sorted({source for target in inside for source in returned(target)}):
        shares = passed(code)
        within = {target for target in shares if target in inside}
        if within == set(shares):
            found[code] = 1.0
        elif within:
            parts = [shares[target] for target in within]
            known = [part for part in parts if part is not None]
            found[code] = sum(known) if len(known) == len(parts) else None
    return found


def total(values: Mapping[str, float | None], weights: Mapping[str, float | None]) -> float | None:
    """Return a weighted sum over communes; None when a value or a weight it needs is unknown."""
    found = 0.0
    for code, weight in weights.items():
        value = values.get(code)
        if value is None or weight is None:
            return None
        found += weight * value
    return found if weights else None


def _growth(first: float | None, last: float | None) -> float | None:
    return last / first - 1 if first and last is not None else None


def _difference(first: float | None, last: float | None) -> float | None:
    return last - first if first is not None and last is not None else None
