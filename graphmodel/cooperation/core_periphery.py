"""Core and periphery: how far a network looks like a core linked to all and a periphery linked to the core.

Borgatti & Everett (1999): correlation of the links with the pattern « 1 when one of the two is in the core »,
for the best core. Given the size of the core, only the links it covers matter, so that the search is that of
the core that leaves the fewest links inside the periphery.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.null_models import SEED
from graphmodel.cooperation.projection import Projection

EXHAUSTIVE = 20
"""Operators with a link up to which every core is tried."""

EXCHANGED = 200
"""Operators up to which a larger cohort is searched by exchanges, without promise of the very best core."""

_RESTARTS = 8

_TIE = 1e-12

Counts = NDArray[np.int64]
Core = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The best fit of the core-periphery pattern.

    Attributes
    ----------
    r
        Correlation with the pattern, in [-1, 1].
    cores
        Indices of the operators of the cores found that reach it.
    complete
        True when every core was tried: r is then the best, and `cores` holds all that reach it. A core is
        named only when it is alone.
    """

    r: float
    cores: tuple[tuple[int, ...], ...]
    complete: bool

    @property
    def core(self) -> tuple[int, ...] | None:
        """Return the core when it is the only one, else None."""
        return self.cores[0] if self.complete and len(self.cores) == 1 else None


def core_periphery(projection: Projection) -> CorePeriphery | None:
    """Return the best core; None without a correlation (no link, every link) or when the search is too large.

    Cores of every size are tried that leave at least one pair in the periphery. For the same links covered r
    falls as the core grows: operators without a link stay in the periphery, out of the search.
    """
    linked = sorted({i for pair in projection.pairs for i in pair})
    if projection.m in (0, projection.n * (projection.n - 1) // 2):
        return None
    if len(linked) <= EXHAUSTIVE:
        return _by_trial(projection, linked)
    return _by_exchange(projection) if projection.n <= EXCHANGED else None


def _correlation(projection: Projection, covered: Counts, size: Counts) -> NDArray[np.float64]:
    return correlations(projection.n, projection.m, covered, size)


def correlations(n: int, m: int, covered: Counts, size: Counts) -> NDArray[np.float64]:
    """Return the correlation with the pattern of cores told by links covered and size; -inf where none.

    Parameters
    ----------
    n, m
        Operators and linked pairs of the network.
    covered, size
        Links with at least one end in each core, and its number of operators.
    """
    pairs = n * (n - 1) // 2
    periphery = n - size
    outside = periphery * (periphery - 1) // 2
    ones = pairs - outside
    spread = np.sqrt(m * (pairs - m) * (ones * outside).astype(float))
    r = np.full(len(size), -np.inf)
    np.divide(pairs * covered - m * ones, spread, out=r, where=(outside > 0) & (ones > 0))
    return r


def _by_trial(projection: Projection, linked: list[int]) -> CorePeriphery:
    """Return the best core after trying them all."""
    inside, sizes = _links_inside(projection, linked)
    r = _correlation(projection, projection.m - inside, sizes)
    best = float(r.max())
    winners = np.flatnonzero(r >= best - _TIE)
    cores = tuple(tuple(linked[b] for b in range(len(linked)) if core >> b & 1) for core in winners.tolist())
    return CorePeriphery(best, cores, True)


def _by_exchange(projection: Projection) -> CorePeriphery:
    """Return the best core that exchanges find, size by size: never better than the best, most often it."""
    adjacency = projection.adjacency.toarray().astype(np.int64)
    rng = np.random.default_rng(SEED)
    sizes = np.arange(1, projection.n - 1)
    cores = [_best_of_size(adjacency, int(size), rng) for size in sizes]
    covered = np.asarray([_covered(adjacency, core) for core in cores])
    r = _correlation(projection, covered, sizes)
    best = int(np.argmax(r))
    return CorePeriphery(float(r[best]), (tuple(np.flatnonzero(cores[best]).tolist()),), False)


def _best_of_size(adjacency: Counts, size: int, rng: np.random.Generator) -> Core:
    """Return the core of a size that covers the most links, from the highest degrees or a random start."""
    order = np.argsort(-adjacency.sum(axis=1), kind="stable")
    starts = [order, *(rng.permutation(order) for _ in range(_RESTARTS))]
    found = [_exchanged(adjacency, np.isin(np.arange(len(order)), start[:size])) for start in starts]
    return max(found, key=lambda core: _covered(adjacency, core))


def _exchanged(adjacency: Counts, core: Core) -> Core:
    """Return a core after swapping members for others as long as that covers more links."""
    core = core.copy()
    while True:
        # Links to the periphery: lost with a member that leaves, won with one that comes in.
        reach = adjacency @ ~core
        members, others = np.flatnonzero(core), np.flatnonzero(~core)
        gain = reach[others][None, :] - reach[members][:, None] + adjacency[np.ix_(members, others)]
        leaves, comes = np.unravel_index(int(np.argmax(gain)), gain.shape)
        if gain[leaves, comes] <= 0:
            return core
        core[members[leaves]], core[others[comes]] = False, True


def _covered(adjacency: Counts, core: Core) -> int:
    outside = adjacency[np.ix_(~core, ~core)]
    return int(adjacency.sum() - outside.sum()) // 2


def _links_inside(projection: Projection, linked: list[int]) -> tuple[Counts, Counts]:
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
