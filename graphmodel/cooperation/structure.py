"""How a projection holds together: pieces, weak points, dependence on one operator, centralisation."""

from collections.abc import Iterable
from dataclasses import dataclass

import rustworkx as rx

from graphmodel.cooperation.projection import Projection


def components(projection: Projection) -> list[tuple[int, ...]]:
    """Return the connected pieces, largest first, isolated operators included; indices sorted within each."""
    found = [tuple(sorted(piece)) for piece in rx.connected_components(projection.rustworkx)]
    return sorted(found, key=lambda piece: (-len(piece), piece))


def articulation_points(projection: Projection) -> list[int]:
    """Return the operators whose leaving cuts a piece in two, sorted."""
    return sorted(rx.articulation_points(projection.rustworkx))


def bridges(projection: Projection) -> list[tuple[int, int]]:
    """Return the links whose loss cuts a piece in two, sorted."""
    return sorted((min(pair), max(pair)) for pair in rx.bridges(projection.rustworkx))


def joined_pairs(sizes: Iterable[int]) -> int:
    """Return the number of pairs that can reach each other, from the sizes of the pieces."""
    return sum(size * (size - 1) // 2 for size in sizes)


@dataclass(frozen=True, slots=True)
class Dependence:
    """What a network owes to one operator.

    Attributes
    ----------
    before
        Pairs of other operators that reach each other (P_x).
    after
        The same once the operator is gone (P'_x).
    """

    before: int
    after: int

    @property
    def share(self) -> float | None:
        """Return 1 − P'/P in [0, 1], None when no other pair was joined."""
        return None if self.before == 0 else 1 - self.after / self.before


def dependences(projection: Projection) -> list[Dependence]:
    """Return what the network owes to each operator, in order.

    Only the leaving of an articulation point cuts pairs of others off: for the rest the count is direct.

    Examples
    --------
    >>> from graphmodel.cooperation.projection import project
    >>> from graphmodel.cooperation.two_mode import TwoMode
    >>> dependences(project(TwoMode.of({"a": "AB", "b": "BC"})))[1]
    Dependence(before=1, after=0)
    """
    pieces = components(projection)
    home = {i: piece for piece in pieces for i in piece}
    joined = joined_pairs(len(piece) for piece in pieces)
    cuts = set(articulation_points(projection))
    found = []
    for i in range(projection.n):
        size = len(home[i])
        before = joined - (size - 1)
        lost = joined_pairs([size - 1]) - _joined_without(projection, home[i], i) if i in cuts else 0
        found.append(Dependence(before, before - lost))
    return found


def _joined_without(projection: Projection, piece: tuple[int, ...], operator: int) -> int:
    """Return the pairs of a piece that still reach each other once an operator is gone."""
    rest = projection.rustworkx.subgraph([i for i in piece if i != operator])
    return joined_pairs(len(part) for part in rx.connected_components(rest))


def freeman(projection: Projection) -> float | None:
    """Return Freeman's centralisation of degree in [0, 1], None with fewer than three operators."""
    n = projection.n
    if n < 3:
        return None
    degrees = [len(found) for found in projection.neighbours]
    return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2))
