"""What changes between two waves: links kept, new and lost, operators that come and go."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from graphmodel.cooperation.two_mode import TwoMode

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LinkChange:
    """Links of two waves, each a pair of sorted keys."""

    before: frozenset[Link]
    after: frozenset[Link]

    @property
    def kept(self) -> frozenset[Link]:
        """Return the links of both waves."""
        return self.before & self.after

    @property
    def new(self) -> frozenset[Link]:
        """Return the links of the second wave only."""
        return self.after - self.before

    @property
    def lost(self) -> frozenset[Link]:
        """Return the links of the first wave only."""
        return self.before - self.after

    @property
    def union(self) -> frozenset[Link]:
        """Return the links of either wave."""
        return self.before | self.after

    @property
    def jaccard(self) -> float | None:
        """Return kept links over all of them, in [0, 1]; None without any."""
        return len(self.kept) / len(self.union) if self.union else None

    @property
    def persistence(self) -> float | None:
        """Return kept links over those of the first wave, in [0, 1]; None without any."""
        return len(self.kept) / len(self.before) if self.before else None


def compare_links(
    before: Set[Link], after: Set[Link], operators: Collection[str] | None = None
) -> LinkChange:
    """Return the change of links between two waves.

    Parameters
    ----------
    before, after
        Links of each wave.
    operators
        Keys of the operators whose links count; None for all.

    Examples
    --------
    >>> change = compare_links({("A", "B"), ("A", "D")}, {("A", "B"), ("B", "D")})
    >>> change.jaccard, change.persistence, sorted(change.new), sorted(change.lost)
    (0.3333333333333333, 0.5, [('B', 'D')], [('A', 'D')])
    """
    inside = None if operators is None else frozenset(operators)
    kept = [
        frozenset(pair for pair in links if inside is None or (pair[0] in inside and pair[1] in inside))
        for links in (before, after)
    ]
    return LinkChange(*kept)


@dataclass(frozen=True, slots=True)
class Turnover:
    """Who stays, comes and goes between two waves; keys, sorted."""

    stayed: tuple[str, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]


def turnover(before: TwoMode, after: TwoMode) -> Turnover:
    """Return the operators that stay, enter and leave between two waves."""
    first, second = set(before.operators), set(after.operators)
    return Turnover(
        tuple(sorted(first & second)), tuple(sorted(second - first)), tuple(sorted(first - second))
    )


def match_communities(
    before: Sequence[Collection[str]], after: Sequence[Collection[str]]
) -> Mapping[int, int | None]:
    """Return, for each community of the second wave, the one of the first that it continues.

    Pairs are made from the closest (Jaccard of their members) on, each community used once; None is new.

    Examples
    --------
    >>> match_communities([{"A", "B"}, {"C"}], [{"C", "D"}, {"A", "B", "E"}, {"F"}])
    {0: 1, 1: 0, 2: None}
    """
    first, second = [set(group) for group in before], [set(group) for group in after]
    closeness = sorted(
        (-len(one & other) / len(one | other), j, i)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if one & other
    )
    found: dict[int, int | None] = {}
    for _, j, i in closeness:
        if j not in found and i not in found.values():
            found[j] = i
    return {j: found.get(j) for j in range(len(second))}
