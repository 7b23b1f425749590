"""The elementary cells of a contract's territory: each QPV cut out of its commune, and the rest of it.

Every territory is a sum of cells, so that a union counts a person once and every share ends somewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphmodel.contract_graph import ContractGraph
from graphmodel.errors import UsageError
from graphmodel.frames import known
from graphmodel.memberships import WHOLE, Memberships, Shares
from graphmodel.zonings import Zone, chosen_zoning, classed_communes

Weights = NDArray[np.float64]
"""One number a cell: how much of it is meant, from 0 to 1."""

COMPOSITIONS = ("frozen", "current")
TOUCHED = 0.5
"""Share from which a commune counts as part of a territory that cuts it."""


@dataclass(frozen=True)
class CellModel:
    """The cells of a contract's territory and the territories made of them.

    Attributes
    ----------
    cells
        One row a cell, indexed by its key (the commune's for its rest; the QPV's for a QPV, followed by `&`
        and the commune's when it lies in several): `commune` and `qpv` (keys; None for a rest) and
        `population` (float, NaN when unknown: such a QPV counts in its commune's rest).
    composition
        `frozen` or `current`: in which composition the groupings of communes are read.
    levels
        Level of every territory that is made of cells, by key.
    matrix
        Sparse array, one row a territory of `levels` (in that order), one column a cell: weights.
    warnings
        French sentences on what was wrong with the populations.
    """

    graph: ContractGraph
    cells: pd.DataFrame
    composition: str
    levels: pd.Series
    matrix: csr_array
    warnings: tuple[str, ...]
    memberships: Memberships

    @classmethod
    def from_graph(cls, graph: ContractGraph, composition: str = "frozen") -> "CellModel":
        """Cut the territory of a contract into cells.

        Parameters
        ----------
        graph
            Snapshot of one contract (`ContractGraph.select(contract=…)`).
        composition
            `frozen` for the perimeters of 1 January 2014 (or the earliest known), `current` for today's.

        Raises
        ------
        UsageError
            When the composition is unknown, when the graph has several contracts, or several vintages of QPV
            of which the contract uses none.
        """
        if composition not in COMPOSITIONS:
            raise UsageError(
                f"Composition « {composition} » inconnue : choisissez « frozen » ou « current »."
            )
        communes = _communes(graph)
        memberships = Memberships(graph, communes, composition)
        inside = set(_declared(graph, memberships, communes))
        communes = [key for key in communes if key in inside]
        cells, warnings = _cut(graph, communes, memberships)
        levels, matrix = _rows(graph, cells, memberships)
        return cls(graph, cells, composition, levels, matrix, tuple(warnings), memberships)

    @cached_property
    def people(self) -> Weights:
        """Inhabitants of each cell, 0 where unknown; an array never to be written."""
        return self.cells["population"].fillna(0.0).to_numpy(dtype=np.float64)

    @cached_property
    def communes(self) -> "pd.Index[str]":
        """Keys of the communes, sorted."""
        keys: pd.Index[str] = pd.Index(sorted(set(self.cells["commune"])), dtype="object")
        return keys

    @cached_property
    def commune_of_cell(self) -> NDArray[np.intp]:
        """Position in `communes` of the commune of each cell."""
        return self.communes.get_indexer(pd.Index(self.cells["commune"], dtype="object"))

    @cached_property
    def is_qpv(self) -> NDArray[np.bool_]:
        """True for the cells cut out as a QPV."""
        return self.cells["qpv"].notna().to_numpy()

    @cached_property
    def _position(self) -> dict[str, int]:
        return {str(key): index for index, key in enumerate(self.levels.index)}

    @cached_property
    def _padded(self) -> csr_array:
        """The rows of every territory, and one without any cell for those whose perimeter is unknown."""
        held = self.matrix
        pointers = np.append(held.indptr, held.indptr[-1])
        return csr_array((held.data, held.indices, pointers), shape=(held.shape[0] + 1, held.shape[1]))

    def __contains__(self, territory: object) -> bool:
        """Tell whether a territory is made of cells, so can be counted."""
        return territory in self._position

    def rows(self, territories: Iterable[str]) -> csr_array:
        """Return the weights of territories, one row each; zeros where the perimeter is unknown."""
        empty = len(self.levels)
        return csr_array(self._padded[[self._position.get(key, empty) for key in territories]])

    def weights(self, territory: str | None) -> Weights:
        """Return the weights of a territory; of the whole territory of the contract for None."""
        if territory is None:
            return np.ones(len(self.cells))
        weights: Weights = self.rows([territory]).toarray()[0]
        return weights

    def territories(self, *levels: str) -> list[str]:
        """Return the territories that make up a table by level, sorted by key.

        Where a level is told in the composition asked for, only the territories told in it are there: the
        same EPCI never stands twice under two vintages.
        """
        found: list[str] = []
        for level in levels:
            keys = [str(key) for key in self.levels.index[self.levels == level]]
            if level == "commune":
                keys = [key for key in keys if key in set(self.communes)]
            elif level == "qpv":
                keys = [key for key in keys if key in set(self.cells["qpv"].dropna())]
            told = [key for key in keys if self.memberships.has_composition(key)]
            found += sorted(told or keys)
        return found

    def population(self, weights: Weights | None = None) -> float:
        """Return the inhabitants of a weighting of cells, of the whole for None."""
        return float(self.people.sum() if weights is None else self.people @ weights)

    def population_of(self, territory: str) -> float | None:
        """Return the inhabitants of a territory; None when its perimeter or its population is unknown."""
        return None if self.unweighed([territory])[0] else self.population(self.weights(territory))

    @cached_property
    def _unweighed(self) -> NDArray[np.bool_]:
        """True for the territories of `levels` that hold a place whose population is unknown."""
        missing = self.cells["population"].isna().to_numpy()
        rest = self.matrix @ (missing & ~self.is_qpv).astype(np.float64) > 0
        # A QPV of unknown population counts in the rest of its commune, unless it alone is meant.
        alone = (self.matrix @ missing.astype(np.float64) > 0) & (self.levels == "qpv").to_numpy()
        enlarged = self.levels.index.isin(list(self.memberships.enlarged))
        return np.asarray(rest | alone | enlarged, dtype=bool)

    def unweighed(self, territories: Iterable[str]) -> NDArray[np.bool_]:
        """Tell which territories have no known perimeter, or hold a place of unknown population."""
        found = [self._position.get(key) for key in territories]
        return np.array([p is None or bool(self._unweighed[p]) for p in found], dtype=bool)

    def commune_shares(self, weights: Weights) -> Weights:
        """Return how much of each commune (in the order of `communes`) a weighting holds, by population.

        A commune without known inhabitants counts by its number of cells.
        """
        n = len(self.communes)
        people = np.bincount(self.commune_of_cell, self.people, n)
        held = np.bincount(self.commune_of_cell, self.people * weights, n)
        count = np.bincount(self.commune_of_cell, minlength=n)
        plain = np.bincount(self.commune_of_cell, weights, n) / np.maximum(count, 1)
        return np.where(people > 0, held / np.where(people > 0, people, 1.0), plain)

    def communes_in(self, territory: str | None) -> list[str]:
        """Return the communes of a territory: those that lie in it by half or more."""
        inside = self.commune_shares(self.weights(territory)) >= TOUCHED
        return [str(key) for key in self.communes[inside]]

    def zone(self, scheme: str, vintage: str | None = None) -> Zone | None:
        """Return the cells of a zoning; None when the graph does not hold it.

        Parameters
        ----------
        scheme
            `QPV`, `ZRR`, `FRR`, ….
        vintage
            Year of the zoning; None takes the one the contract uses, else the only one there is.

        Raises
        ------
        UsageError
            When several vintages are there and nothing says which.
        """
        n = len(self.cells)
        if scheme == "QPV":
            return Zone(scheme, self.is_qpv.astype(np.float64), np.zeros(n)) if self.is_qpv.any() else None
        zoning = chosen_zoning(self.graph, scheme, vintage)
        if zoning is None:
            return None
        classed, left_out, listed = classed_communes(self.graph, zoning)
        if not (classed or left_out or listed):
            return None
        inside, outside = self._union(classed), self._union(left_out)
        if listed is not None:
            outside = np.maximum(outside, 1.0 - self._union([*classed, *left_out, *listed]))
        return Zone(scheme, inside, np.where(inside > 0, 0.0, outside))

    def union(self, territories: Iterable[str]) -> Weights:
        """Return the union of territories, a cell counted once.

        Two territories that each hold a part of the same cell count for the larger part: a lower bound.
        """
        return self._union([key for key in territories if key in self])

    def _union(self, territories: list[str]) -> Weights:
        if not territories:
            return np.zeros(len(self.cells))
        largest: Weights = self.rows(territories).max(axis=0).toarray().ravel()
        return largest


def _communes(graph: ContractGraph) -> list[str]:
    """Return the communes of a graph: of the contract's own set if it has one, of one vintage."""
    frame = graph.nodes("Territory")
    frame = frame[frame["level"] == "commune"]
    keys = frame.index.to_series().astype(str)
    own = keys.str.startswith(f"{graph.contract.get('id')}:")
    frame = frame[own.to_numpy()] if own.any() else frame[keys.str.contains("@").to_numpy()]
    vintage = frame["vintage"].map(known).astype("object").where(frame["vintage"].notna(), "")
    # The full list is that of one year, nested in larger territories; some of other years stand beside it.
    nested = vintage[vintage.index.isin(graph.relationships("CONTAINS")["target"])]
    counts = (nested if len(nested) else vintage).value_counts()
    if not len(counts):
        return []
    # An older edition of the communes, loaded for its contours, has more of them than today's.
    told = str(graph.contract.get("territory") or "").rpartition("@")[2]
    fullest = told if told in counts.index else min(counts.index[counts == counts.max()])
    return [str(key) for key in frame.index[vintage == fullest]]


def _declared(graph: ContractGraph, memberships: Memberships, communes: list[str]) -> Iterable[str]:
    """Return the communes of the contract's territory; all of them when it declares none that is known."""
    territory = graph.contract.get("territory")
    found: Shares = memberships.communes_of(str(territory)) if territory else {}
    return found or communes


def _quarters(graph: ContractGraph, communes: set[str], memberships: Memberships) -> list[str]:
    """Return the QPV that are cut out: those of one vintage, in the communes of the cells."""
    frame = graph.nodes("Territory")
    frame = frame[frame["level"] == "qpv"]
    held = [any(c in communes for c in memberships.holders(str(key))) for key in frame.index]
    frame = frame[np.array(held, dtype=bool)]
    vintages = sorted({str(value) for value in frame["vintage"].map(known) if value is not None})
    if len(vintages) > 1:
        zoning = chosen_zoning(graph, "QPV", None)
        year = zoning.rsplit("@", 1)[-1] if zoning else None
        if year not in vintages:
            raise UsageError(
                f"Plusieurs millésimes de QPV sont chargés ({', '.join(vintages)}) et le contrat n’en "
                "déclare aucun : déclarez le zonage qu’il utilise."
            )
        frame = frame[frame["vintage"] == year]
    return [str(key) for key in frame.index]


def _cut(
    graph: ContractGraph, communes: list[str], memberships: Memberships
) -> tuple[pd.DataFrame, list[str]]:
    """Return the cells, and what was wrong with their populations."""
    frame = graph.nodes("Territory")
    people = frame["population"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    of = dict(zip(map(str, frame.index), people.tolist(), strict=True))
    names = dict(zip(map(str, frame.index), frame["name"], strict=True))
    base = set(communes)
    rows: list[tuple[str, str, str | None, float]] = []
    taken = dict.fromkeys(communes, 0.0)
    for quarter in _quarters(graph, base, memberships):
        held = {commune: share for commune, share in memberships.holders(quarter).items() if commune in base}
        alone = len(held) == 1
        for commune, share in held.items():
            part = of[quarter] * (1.0 if alone and share is None else np.nan if share is None else share)
            rows.append((quarter if alone else f"{quarter}&{commune}", commune, quarter, part))
            taken[commune] += 0.0 if np.isnan(part) else part
    warnings = [
        f"La population des QPV de {names[key]} ({taken[key]:.0f}) dépasse celle de la commune "
        f"({of[key]:.0f}) : le reste de la commune est compté 0 habitant."
        for key in communes if taken[key] > of[key]
    ]  # fmt: skip
    rows += [(key, key, None, max(0.0, of[key] - taken[key]) if of[key] == of[key] else np.nan)
             for key in communes]  # fmt: skip
    rows.sort(key=lambda row: row[0])
    index = pd.Index([row[0] for row in rows], dtype="object", name="key")
    columns = {
        name: pd.Series([row[place] for row in rows], index=index, dtype=dtype)
        for place, (name, dtype) in enumerate(
            (("commune", "object"), ("qpv", "object"), ("population", "float64")), start=1
        )
    }
    return pd.DataFrame(columns), warnings


def _rows(graph: ContractGraph, cells: pd.DataFrame, memberships: Memberships) -> tuple[pd.Series, csr_array]:
    """Return the level of each territory made of cells, and its weights."""
    by_commune, quarters = _positions(cells["commune"]), _positions(cells["qpv"].dropna(), cells.index)
    frame = graph.nodes("Territory")
    keys: list[str] = []
    levels: list[str] = []
    starts, columns, values = [0], list[int](), list[float]()
    for key, level in zip(map(str, frame.index), frame["level"], strict=True):
        if key in quarters:
            row = dict.fromkeys(quarters[key], 1.0)
        else:
            row = {i: share for commune, share in memberships.communes_of(key).items()
                   for i in by_commune.get(commune, ())}  # fmt: skip
            if level != "commune":
                _place_quarters(row, memberships.inside(key, "qpv"), quarters, cells)
        if row:
            keys.append(key)
            levels.append(level)
            columns += row.keys()
            values += row.values()
            starts.append(len(columns))
    matrix = csr_array(
        (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int64), np.array(starts)),
        shape=(len(keys), len(cells)),
    )
    matrix.sort_indices()
    return pd.Series(levels, index=pd.Index(keys, dtype="object"), dtype="object"), matrix


def _positions(column: pd.Series, index: pd.Index | None = None) -> dict[str, list[int]]:
    """Return the positions of each value of a column, in the whole index the column was taken from."""
    where = list(range(len(column))) if index is None else index.get_indexer(column.index).tolist()
    found: dict[str, list[int]] = {}
    for position, value in zip(where, map(str, column), strict=True):
        found.setdefault(value, []).append(int(position))
    return found


def _place_quarters(
    row: dict[int, float], told: Shares, quarters: dict[str, list[int]], cells: pd.DataFrame
) -> None:
    """Put the QPV that a territory cuts at the share told; what moves comes from the rest of the commune."""
    for quarter, share in told.items():
        places = quarters.get(quarter, [])
        if any(row.get(place, 0.0) >= WHOLE for place in places):
            continue
        for place in places:
            moved = (row.get(place, 0.0) - share) * cells["population"].iloc[place]
            row[place] = share
            rest = int(np.flatnonzero(cells.index == cells["commune"].iloc[place])[0])
            people = cells["population"].iloc[rest]
            if rest in row and people > 0 and not np.isnan(moved):
                row[rest] = float(np.clip(row[rest] + moved / people, 0.0, 1.0))
