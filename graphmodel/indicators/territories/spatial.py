"""Question 3, whether supported communes stand beside each other (T09)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from graphmodel.attribution import DECLARED
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import ground, spatial_cards
from graphmodel.indicators.territories.money import TABLES, missing_input
from graphmodel.indicators.value import IndicatorValue, Simulation

MINIMUM_SUPPORTED = 30
"""Communes with money under which Moran says nothing (`indicators.md`, T09)."""

DRAWS, SEED, BLOCK = 4_999, 2014, 500
"""Permutations, their seed, and how many are held in memory together."""

EQUAL = 1e-12
"""Two indices closer than this are equal: sums in another order differ by rounding."""

FEW_SUPPORTED = "moins de trente communes reçoivent un montant à part déclarée"
ALL_EQUAL = "toutes les communes reçoivent autant par habitant"

Numbers = NDArray[np.float64]


def row_standardised(neighbours: sparse.csr_array) -> sparse.csr_array:
    """Return weights of contiguity whose rows sum to 1; a row without neighbour stays empty."""
    counts = np.asarray(neighbours.sum(axis=1)).ravel()
    scale = np.divide(1.0, counts, out=np.zeros_like(counts, dtype=np.float64), where=counts > 0)
    return sparse.csr_array(neighbours.multiply(scale[:, None]))


def moran(values: Numbers, weights: sparse.csr_array) -> Numbers:
    """Return Moran's I of each row of values, shape (rows,); NaN where all values are equal.

    Parameters
    ----------
    values
        One arrangement a row, one place a column.
    weights
        Square array of weights, place by place.

    Examples
    --------
    >>> chain = sparse.csr_array(np.diag([1.0, 1, 1], 1) + np.diag([1.0, 1, 1], -1))
    >>> moran(np.array([[1.0, 2, 3, 4]]), chain).round(4).tolist()
    [0.3333]
    """
    centred = values - values.mean(axis=1, keepdims=True)
    lagged = (weights @ centred.T).T
    spread = (centred**2).sum(axis=1)
    cross = (centred * lagged).sum(axis=1)
    n, total = values.shape[1], weights.sum()
    scaled = np.full(len(spread), np.nan)
    np.divide(n * cross, total * spread, out=scaled, where=spread > 0)
    return scaled


def upper_p(values: Numbers, weights: sparse.csr_array, draws: int = DRAWS, seed: int = SEED) -> float:
    """Return (1 + permutations whose I is at least the observed one) / (1 + draws)."""
    observed = moran(values[None, :], weights)[0]
    generator = np.random.default_rng(seed)
    above = 0
    for start in range(0, draws, BLOCK):
        block = np.tile(values, (min(BLOCK, draws - start), 1))
        above += int((moran(generator.permuted(block, axis=1), weights) >= observed - EQUAL).sum())
    return (1 + above) / (1 + draws)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Communes that have a neighbour, and the weights between them.

    Attributes
    ----------
    kept
        Positions of these communes among those of the cells.
    weights
        Row-standardised contiguity between them.
    islands
        Number of communes without neighbour.
    """

    kept: NDArray[np.intp]
    weights: sparse.csr_array
    islands: int


def neighbourhood(context: EvaluationContext) -> Neighbourhood | None:
    """Return who is beside whom; None when no contiguity is known."""
    model = ground.cells_of(context)
    rows = context.graph.relationships("ADJACENT_TO")
    first = model.communes.get_indexer(pd.Index(rows["source"], dtype="object"))
    second = model.communes.get_indexer(pd.Index(rows["target"], dtype="object"))
    told = (first >= 0) & (second >= 0) & (first != second)
    first, second = first[told], second[told]
    if not len(first):
        return None
    n = len(model.communes)
    ends = np.concatenate((first, second)), np.concatenate((second, first))
    beside = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(n, n))
    beside.data[:] = 1.0  # a pair told both ways is one
    kept = np.flatnonzero(np.diff(beside.indptr) > 0)
    within = sparse.csr_array(beside[kept][:, kept])
    return Neighbourhood(kept, row_standardised(within), n - len(kept))


@register(spatial_cards.T09)
def t09(context: EvaluationContext) -> list[IndicatorValue]:
    """Return Moran's I of the euros per inhabitant of declared shares, by year.

    Worked example, chain 1-2-3-4 with binary weights: I = 1/3, E = -1/3, p = 2/24. MINI says nothing of
    contiguity; under 30 communes with money there is no value.
    """
    found = Collector(spatial_cards.T09, context, (*TABLES, "ADJACENT_TO"))
    lacking = missing_input(context)
    if lacking:
        return found.missing(lacking)
    beside = neighbourhood(context)
    if beside is None:
        return found.missing("La contiguïté des communes manque : charger les contours ou les voisinages.")
    for year in ground.years_of_money(context):
        _add_moran(found, year, beside)
    return found.values


def _add_moran(found: Collector, year: int, beside: Neighbourhood) -> None:
    values = _euros_per_inhabitant(found.context, year)[beside.kept]
    known = ~np.isnan(values)
    weights = beside.weights
    if not known.all():
        # A commune of unknown population has no euros per inhabitant: it leaves, its neighbours stay.
        values, weights = values[known], row_standardised(sparse.csr_array(weights[known][:, known] > 0))
    n, supported = len(values), int((values > 0).sum())
    enough = supported >= MINIMUM_SUPPORTED and values.min() < values.max()
    reason = ALL_EQUAL if supported >= MINIMUM_SUPPORTED else FEW_SUPPORTED
    params = {"year": str(year), "level": "R", "weights": "row_standardised"}
    index = float(moran(values[None, :], weights)[0]) if enough else None
    p = upper_p(values, weights) if enough else None
    drawn = Simulation(DRAWS, SEED) if enough else None
    said = {"I": index, "expected": -1 / (n - 1) if enough else None}
    for measure, value in said.items():
        found.add(measure, value, years=[year], n=n, reason=reason, perimeter="frozen", params=params)
    found.add("p_upper", p, years=[year], n=n, reason=reason, perimeter="frozen", simulation=drawn,
              params=params)  # fmt: skip
    found.add("islands", beside.islands, years=[year], perimeter="frozen", params=params)


def _euros_per_inhabitant(context: EvaluationContext, year: int) -> Numbers:
    """Return the euros per inhabitant of each commune, from actions with declared shares alone."""
    model, shares = ground.cells_of(context), ground.attribution(context, year)
    declared = shares.actions.index[shares.actions["basis"] == DECLARED]
    money = ground.euros(context, year)
    amounts = shares.amounts(money[money.index.isin(declared)], model.communes, region_wide=False)
    people = np.bincount(model.commune_of_cell, model.people, len(model.communes))
    found = np.full(len(people), np.nan)
    np.divide(amounts.to_numpy(), people, out=found, where=people > 0)
    return found
