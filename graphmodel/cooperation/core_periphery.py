"""Core and periphery: how far a network looks like a core linked to all and a periphery linked to the core.

Borgatti & Everett (1999): correlation of the links with the pattern « 1 when one of the two is in the core »,
for the best core. Given the size of the core, only the links it covers matter, so that the search is that of
the core that leaves the fewest links inside the periphery.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.projection import Projection

EXHAUSTIVE = 22
"""Operators with a link up to which every core is tried."""

_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The best fit of the core-periphery pattern.

    Attributes
    ----------
    r
        Correlation with the pattern, in [-1, 1].
    cores
        Indices of the operators of every core that reaches it; a core is named only when it is alone.
    """

    r: float
    cores: tuple[tuple[int, ...], ...]


def core_periphery(projection: Projection) -> CorePeriphery | None:
    """Return the best core; None without a correlation (no link, every link) or when the search is too large.

    Cores of every size are tried that leave at least one pair in the periphery. Operators without a link only
    ever weaken a core, so that they stay in the periphery and do not count for the size of the search.
    """
    n, m = projection.n, projection.m
    pairs = n * (n - 1) // 2
    linked = sorted({i for pair in projection.pairs for i in pair})
    if m == 0 or m == pairs or len(linked) > EXHAUSTIVE:
        return None
    inside, sizes = _links_inside(projection, linked)
    size = sizes
    periphery = n - size
    ones = pairs - periphery * (periphery - 1) // 2
    outside = pairs - ones
    possible = outside > 0
    spread = np.sqrt(m * (pairs - m) * (ones * outside).astype(float))
    covered = m - inside
    r = np.full(len(size), -np.inf)
    np.divide(pairs * covered - m * ones, spread, out=r, where=possible & (ones > 0))
    best = float(r.max())
    if not math.isfinite(best):
        return None
    winners = np.flatnonzero(r >= best - _TIE)
    cores = tuple(tuple(linked[b] for b in range(len(linked)) if core >> b & 1) for core in winners.tolist())
    return CorePeriphery(best, cores)


def _links_inside(projection: Projection, linked: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for every core (a set of bits), the links that it leaves uncovered, and its size."""
    rank = {operator: bit for bit, operator in enumerate(linked)}
    masks = [sum(1 << rank[j] for j in projection.neighbours[i]) for i in linked]
    # Links inside a set, built from those of the set without its highest operator.
    inside = np.zeros(1 << len(linked), dtype=np.int64)
    for bit, mask in enumerate(masks):
        lower = np.arange(1 << bit, dtype=np.uint64)
        inside[1 << bit : 2 << bit] = inside[: 1 << bit] + np.bitwise_count(lower & np.uint64(mask))
    everyone = (1 << len(linked)) - 1
    cores = np.arange(1 << len(linked), dtype=np.uint64)
    return inside[everyone - cores.astype(np.int64)], np.bitwise_count(cores).astype(np.int64)
