"""Core and periphery: how far a network looks like a core linked to all and a periphery linked to the core.

Borgatti & Everett (1999): correlation of the links with the pattern « 1 when one of the two is in the core »,
for the best core. Given the size of the core, only the links it covers matter, so that the search is that of
the core that leaves the fewest links inside the periphery.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from graphmodel.cooperation.projection import Projection

EXHAUSTIVE = 20
"""Operators with a link up to which every core is tried."""

PROGRAMMED_LINKS = 300
"""Links up to which larger networks are searched by integer programming."""

_TIE = 1e-12

Counts = NDArray[np.int64]


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
        True when `cores` holds them all: a core is named only when it is alone.
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
    return _by_programming(projection) if projection.m <= PROGRAMMED_LINKS else None


def _correlation(projection: Projection, covered: Counts, size: Counts) -> NDArray[np.float64]:
    """Return the correlation with the pattern of cores told by links covered and size; -inf where none."""
    n, m = projection.n, projection.m
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


def _by_programming(projection: Projection) -> CorePeriphery | None:
    """Return the best core by integer programming, size by size, from the most promising.

    A size is left aside when its highest degrees, added up, could not do better than the best core so far.
    """
    degrees = sorted((len(found) for found in projection.neighbours), reverse=True)
    sizes = np.arange(1, projection.n - 1)
    bound = _correlation(projection, np.minimum(np.cumsum(degrees)[sizes - 1], projection.m), sizes)
    best: CorePeriphery | None = None
    for place in np.argsort(-bound, kind="stable"):
        if best is not None and bound[place] <= best.r + _TIE:
            break
        size = int(sizes[place])
        core = _most_covering(projection, size)
        if core is None:
            return None
        covered = sum(i in core or j in core for i, j in projection.pairs)
        r = float(_correlation(projection, np.asarray([covered]), np.asarray([size]))[0])
        if best is None or r > best.r:
            best = CorePeriphery(r, (tuple(sorted(core)),), False)
    return best


def _most_covering(projection: Projection, size: int) -> set[int] | None:
    """Return the operators, `size` of them, that cover the most links; None when the solver gives up."""
    n, m = projection.n, projection.m
    rows = np.arange(m)
    columns = np.concatenate((n + rows, projection.first, projection.second))
    signs = np.repeat((1.0, -1.0, -1.0), m)
    covers = sparse.csr_array(sparse.coo_array((signs, (np.tile(rows, 3), columns)), shape=(m, n + m)))
    is_operator = np.arange(n + m) < n
    solved = optimize.milp(
        np.where(is_operator, 0.0, -1.0),
        integrality=is_operator.astype(np.int64),
        bounds=optimize.Bounds(0, 1),
        constraints=[
            optimize.LinearConstraint(covers, -np.inf, 0),
            optimize.LinearConstraint(is_operator.astype(float)[None, :], size, size),
        ],
        # A limit in nodes, not in seconds: the answer must not depend on the machine.
        options={"node_limit": 20_000, "mip_rel_gap": 0.0},
    )
    return set(np.flatnonzero(solved.x[:n] > 0.5).tolist()) if solved.status == 0 else None


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
