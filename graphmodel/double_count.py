"""How much is counted twice when territories overlap: the factor T10, and the overlaps T16 leaves out."""

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from graphmodel.attribution import Attribution
from graphmodel.elementary_cells import CellModel
from graphmodel.errors import UsageError

UNITS = ("maille", "epci", "departement", "collectivite")
"""Units of the table under which the amount factor stands (the words of results)."""


def population_factor(attribution: Attribution) -> float | None:
    """Return the population summed action by action over that of the union; above 1, places overlap.

    Cells are summed, a QPV for its own inhabitants, over the located actions that are not region-wide. None
    when nothing is covered.
    """
    local = attribution.actions.index.isin(attribution.local.index)
    touched = attribution.touched[np.flatnonzero(local)]
    people = attribution.model.people
    summed = float((touched @ people).sum())
    union = touched.max(axis=0).toarray().ravel() if touched.shape[0] else np.zeros(len(people))
    covered = float(union @ people)
    return summed / covered if covered else None


def amount_factor(
    attribution: Attribution, money: Mapping[str, float] | pd.Series, unit: str
) -> float | None:
    """Return the money counted full in each unit over the money, of located actions that are not region-wide.

    Parameters
    ----------
    money
        Amount by action; unknown amounts are left out.
    unit
        One of `UNITS`. `maille`: the QPV named and the communes of the other places; `collectivite`: the
        territories that organisations administer.

    Returns
    -------
    float or None
        None when no money is located, or when the graph has no such unit.

    Raises
    ------
    UsageError
        When the unit is unknown.
    """
    local = attribution.local.index
    series = money if isinstance(money, pd.Series) else pd.Series(dict(money), dtype="float64")
    amounts = series.reindex(local).astype("Float64").fillna(0.0).to_numpy(dtype=np.float64)
    units = touched_units(attribution, unit)
    if units is None or not amounts.sum():
        return None
    return float(amounts @ units.reindex(local).to_numpy(dtype=np.float64) / amounts.sum())


def touched_units(attribution: Attribution, unit: str) -> "pd.Series[int] | None":
    """Return the number of units each action touches; None when the graph has no such unit.

    Raises
    ------
    UsageError
        When the unit is unknown.
    """
    if unit not in UNITS:
        raise UsageError(f"Unité « {unit} » inconnue : {', '.join(UNITS)}.")
    if unit == "maille":
        return _meshes(attribution)
    model = attribution.model
    keys = authorities_of(model) if unit == "collectivite" else model.territories(unit)
    if not keys:
        return None
    counts: pd.Series[int] = attribution.touches(keys).sum(axis=1)
    return counts


def authorities_of(model: CellModel) -> list[str]:
    """Return the territories of local authorities that have cells, sorted: administered, or of that level."""
    administered = set(model.graph.relationships("ADMINISTERS")["target"])
    return sorted({key for key in administered if key in model} | set(model.territories("authority")))


def _meshes(attribution: Attribution) -> "pd.Series[int]":
    """Return the number of QPV named and of communes of the other places, action by action."""
    model = attribution.model
    rows = attribution.places[["action", "territory"]].drop_duplicates()
    quarters = set(model.cells["qpv"].dropna())
    found: dict[str, set[str]] = {action: set() for action in attribution.actions.index}
    for action, territory in zip(rows["action"], rows["territory"], strict=True):
        if territory in quarters:
            found[action].add(territory)
        elif territory in model:
            found[action].update(model.cells["commune"][model.weights(territory) > 0])
    return pd.Series({action: len(meshes) for action, meshes in found.items()}, dtype="int64")


def population_overlaps(model: CellModel, territories: Iterable[str]) -> pd.DataFrame:
    """Return how much territories overlap, pair by pair, by population.

    Returns
    -------
    pandas.DataFrame
        Columns `first`, `second`, `common` (inhabitants of both), `share` (of the smaller of the two; NaN
        when a perimeter or a population is unknown), every pair once.
    """
    keys = list(territories)
    weights = model.rows(keys).toarray()
    people = np.array([np.nan if (n := model.population_of(key)) is None else n for key in keys])
    rows = []
    for i, j in combinations(range(len(keys)), 2):
        common = float(np.minimum(weights[i], weights[j]) @ model.people)
        smaller = min(people[i], people[j]) if not np.isnan(people[[i, j]]).any() else np.nan
        rows.append((keys[i], keys[j], common, common / smaller if smaller > 0 else np.nan))
    return pd.DataFrame(rows, columns=["first", "second", "common", "share"])
