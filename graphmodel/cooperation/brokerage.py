"""Brokers between worlds: the roles of Gould and Fernandez on open two-paths, undirected."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.projection import Projection

_BLOCK = 1 << 22


@dataclass(slots=True)
class Roles:
    """Open two-paths i–v–j (i and j not linked) through an operator v, by the worlds of the three.

    Attributes
    ----------
    coordination
        All three in one world.
    consultant
        The two others in one world, v in another.
    gateway
        v in the world of one of the two only.
    liaison
        Three worlds.
    """

    coordination: int = 0
    consultant: int = 0
    gateway: int = 0
    liaison: int = 0

    @property
    def broker(self) -> int:
        """Return the two-paths that join worlds: consultant, gateway and liaison."""
        return self.consultant + self.gateway + self.liaison


def roles(projection: Projection, worlds: Sequence[str | None]) -> list[Roles]:
    """Return the roles of each operator; two-paths with an unknown world count in none.

    Parameters
    ----------
    projection
        Links of the wave on its cohort.
    worlds
        World of each operator, in the order of the projection.

    Examples
    --------
    >>> from graphmodel.cooperation.projection import project
    >>> from graphmodel.cooperation.two_mode import TwoMode
    >>> roles(project(TwoMode.of({"a": "AB", "b": "BC"})), ["ess", "ess", "classic"])[1]
    Roles(coordination=0, consultant=0, gateway=1, liaison=0)
    """
    found = [Roles() for _ in projection.operators]
    neighbours = projection.neighbours
    for v, around in enumerate(neighbours):
        for i, j in combinations(sorted(around), 2):
            if j not in neighbours[i] and None not in (worlds[i], worlds[v], worlds[j]):
                _count(found[v], worlds[i] == worlds[v], worlds[j] == worlds[v], worlds[i] == worlds[j])
    return found


def _count(role: Roles, first_same: bool, second_same: bool, ends_same: bool) -> None:
    if first_same and second_same:
        role.coordination += 1
    elif first_same or second_same:
        role.gateway += 1
    elif ends_same:
        role.consultant += 1
    else:
        role.liaison += 1


def brokers(projection: Projection, worlds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many open two-paths through each operator join worlds, for each way to deal the worlds.

    Parameters
    ----------
    projection
        Links of the wave on its cohort.
    worlds
        World of each operator as a number, -1 where unknown; shape (ways, operators).

    Returns
    -------
    numpy.ndarray
        Shape (ways, operators): `Roles.broker` of each operator for each way.
    """
    paths = _open_paths(projection)
    found = np.zeros(worlds.shape, dtype=np.int64)
    step = max(1, _BLOCK // max(1, len(worlds)))
    for start in range(0, len(paths), step):
        through, one, other = paths[start : start + step].T
        first, middle, last = worlds[:, one], worlds[:, through], worlds[:, other]
        known = (first >= 0) & (middle >= 0) & (last >= 0)
        joins = known & ~((first == middle) & (middle == last))
        for v in np.unique(through).tolist():
            found[:, v] += joins[:, through == v].sum(axis=1)
    return found


def _open_paths(projection: Projection) -> NDArray[np.int64]:
    """Return the paths i–v–j whose ends are not linked, as rows (v, i, j) in order of v."""
    neighbours = projection.neighbours
    rows = [(v, i, j) for v, around in enumerate(neighbours)
            for i, j in combinations(sorted(around), 2) if j not in neighbours[i]]  # fmt: skip
    return np.asarray(rows, dtype=np.int64).reshape(len(rows), 3)
