"""Who mixes with whom: links between and within worlds, and the part of chance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from graphmodel.cooperation.projection import Projection


@dataclass(frozen=True, slots=True)
class Mixing:
    """Links between two worlds and within them, in links or in weights.

    Attributes
    ----------
    external, internal
        Links (or weights) between the worlds, and inside them.
    """

    external: float
    internal: float

    @property
    def index(self) -> float | None:
        """Return the E-I index (E − I)/(E + I) in [-1, 1], None without a link."""
        total = self.external + self.internal
        return None if total == 0 else (self.external - self.internal) / total


def mixing(projection: Projection, worlds: Sequence[str | None], *, weighted: bool = False) -> Mixing:
    """Return the links between and within worlds, given in the order of the operators.

    Examples
    --------
    >>> from graphmodel.cooperation.projection import project
    >>> from graphmodel.cooperation.two_mode import TwoMode
    >>> mixing(project(TwoMode.of({"a": "AB", "b": "BC"})), ["ess", "ess", "classic"])
    Mixing(external=1.0, internal=1.0)
    """
    weights = projection.weights.tolist() if weighted else [1.0] * projection.m
    external = internal = 0.0
    for (i, j), weight in zip(projection.pairs, weights, strict=True):
        if worlds[i] == worlds[j]:
            internal += weight
        else:
            external += weight
    return Mixing(external, internal)


def node_mixing(projection: Projection, worlds: Sequence[str | None]) -> list[Mixing]:
    """Return the links of each operator with the other worlds and with its own."""
    return [
        Mixing(
            float(sum(worlds[j] != worlds[i] for j in found)),
            float(sum(worlds[j] == worlds[i] for j in found)),
        )
        for i, found in enumerate(projection.neighbours)
    ]


@dataclass(frozen=True, slots=True)
class PossiblePairs:
    """Pairs that two worlds of known sizes can make: between them and within them."""

    external: int
    internal: int

    @classmethod
    def of(cls, one: int, other: int) -> "PossiblePairs":
        """Return the possible pairs of two worlds of `one` and `other` operators."""
        return cls(one * other, comb(one, 2) + comb(other, 2))

    @property
    def expected_index(self) -> float | None:
        """Return the E-I index of a homogeneous mix, None with fewer than two operators."""
        total = self.external + self.internal
        return None if total == 0 else (self.external - self.internal) / total


def assortativity(projection: Projection, groups: Mapping[str, str | None]) -> float | None:
    """Return Newman's assortativity by group in [-1, 1], over the links whose two ends have a known group.

    0 is what chance gives, 1 means that links stay within groups. None without a link, or when every link is
    inside one group.
    """
    names = [groups.get(key) for key in projection.operators]
    ends: Counter[str] = Counter()
    inside = links = 0
    for i, j in projection.pairs:
        one, other = names[i], names[j]
        if one is None or other is None:
            continue
        links += 1
        inside += one == other
        ends.update((one, other))
    if links == 0:
        return None
    chance = sum((count / (2 * links)) ** 2 for count in ends.values())
    return None if chance == 1 else (inside / links - chance) / (1 - chance)
