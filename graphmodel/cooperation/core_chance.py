"""The core-periphery pattern against chance: networks of the same degrees, the search done again in each.

The best of many cores always fits better than one chosen beforehand, so that the usual test of a correlation
does not hold (Boyd, Fitzgerald & Beck 2006): the same search is made in every network of the null model.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, triu

from graphmodel.cooperation.core_periphery import core_periphery, correlations
from graphmodel.cooperation.null_models import Comparison, Draws, compare
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.two_mode import TwoMode

MOST_DRAWS = 1_000
"""Networks looked at when they are drawn."""

MOST_SEARCHED = 1_000
"""Enumerated networks up to which every core of each is tried; beyond, the cores of the highest degrees."""

_DECIMALS = 12


def core_against_chance(projection: Projection, draws: Draws) -> Comparison | None:
    """Return the fit of a network to the pattern beside that of the networks of its degrees.

    Parameters
    ----------
    projection
        Links of the observed network on its cohort, which holds every operator of the network.
    draws
        Networks of the null model; a network without correlation (no link, every link) is left out.

    Returns
    -------
    Comparison or None
        Where few networks are enumerated, of the best core of all; else of the best of the cores made of the
        operators of highest degree, in the observed network as in each drawn. None without a correlation.
    """
    if not draws.network.actions:
        return None
    if draws.exact and len(draws) <= MOST_SEARCHED:
        best = core_periphery(projection)
        observed = None if best is None else best.r
        values = [_best(draws.network, slots, projection.operators) for slots in draws.slots]
    else:
        slots = np.asarray([i for row in draws.network.members for i in row], dtype=np.int64)
        observed = _by_degree(_pairs(draws.network, slots), projection.n)
        values = [
            _by_degree(_pairs(draws.network, slots), projection.n) for slots in draws.slots[:MOST_DRAWS]
        ]
    known = np.asarray([value for value in values if value is not None])
    if observed is None or not len(known):
        return None
    return compare(round(observed, _DECIMALS), known.round(_DECIMALS), exact=draws.exact)


def _best(network: TwoMode, slots: NDArray[np.int64], operators: tuple[str, ...]) -> float | None:
    """Return the correlation of the best core of a network told by its slots."""
    ends = np.cumsum(network.sizes)[:-1]
    rows = np.split(slots, ends)
    parts = {
        action: [network.operators[i] for i in row.tolist()]
        for action, row in zip(network.actions, rows, strict=True)
    }
    found = core_periphery(project(TwoMode.of(parts), operators))
    return None if found is None else found.r


def _pairs(network: TwoMode, slots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the links of a network told by its slots: the indices of their ends, shape (m, 2), each once."""
    rows = np.repeat(np.arange(len(network.actions)), network.sizes)
    shape = (len(network.actions), len(network.operators))
    incidence = csr_array((np.ones(len(slots), dtype=np.int32), (rows, slots)), shape=shape)
    shared = triu(incidence.T @ incidence, k=1).tocoo()
    return np.column_stack([shared.row, shared.col]).astype(np.int64)


def _by_degree(pairs: NDArray[np.int64], n: int) -> float | None:
    """Return the best correlation among the cores of the operators of highest degree; None without any."""
    m = len(pairs)
    if n < 3 or m in (0, n * (n - 1) // 2):
        return None
    degrees = np.bincount(pairs.ravel(), minlength=n)
    rank = np.empty(n, dtype=np.int64)
    rank[np.argsort(-degrees, kind="stable")] = np.arange(n)
    # A link lies outside a core of k operators when its better placed end comes after the k first.
    later = np.bincount(rank[pairs].min(axis=1), minlength=n)
    sizes = np.arange(1, n - 1)
    inside = np.cumsum(later[::-1])[::-1][sizes]
    return float(correlations(n, m, m - inside, sizes).max())
