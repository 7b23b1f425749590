"""Which share of each action goes to which elementary cell, and what follows for money.

Three bases, the first that holds: the shares the report declares, the numbers of located beneficiaries, the
population of the union of the places. The shares of an action and what of it cannot be located sum to 1.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphmodel.elementary_cells import CellModel, Weights
from graphmodel.errors import UsageError
from graphmodel.places import REACHED, TARGETED, places_of, region_wide_actions, seats_of
from graphmodel.zonings import Zone

READINGS = ("places", "seat", "beneficiaries")
"""What an action is read by: its places, the seat of those who run it, where its beneficiaries live."""

DECLARED, BENEFICIARIES, POPULATION, REGION, SEAT = (
    "declared", "beneficiaries", "population", "region", "seat",
)  # fmt: skip
"""What the shares of an action rest on."""

REASON_FRENCH = {
    "no_place": "aucun lieu déclaré",
    "no_beneficiary": "aucun bénéficiaire localisé, ou nombre inconnu",
    "no_seat": "siège inconnu",
    "unknown_perimeter": "périmètre inconnu",
    "unknown_population": "population inconnue",
}
"""Why an action, or a part of it, cannot be located."""

_SUM_TOLERANCE = 1e-6
"""How far declared shares may be from 1 together."""


@dataclass(frozen=True)
class Ledger:
    """Where the money of a year stands, in the unit of the amounts: the three lines sum to the whole."""

    located: float
    region_wide: float
    unlocated: float

    @property
    def total(self) -> float:
        """The three lines together."""
        return self.located + self.region_wide + self.unlocated


@dataclass(frozen=True)
class ZoneAmount:
    """Money and people of a zone beside those of the territory it lies in (T04).

    Attributes
    ----------
    amount, total
        Money attributed to the zone and to the whole territory.
    people, all_people
        Their inhabitants; what a zoning leaves out is in neither.
    """

    amount: float
    total: float
    people: float
    all_people: float

    @property
    def share(self) -> float | None:
        """Share of the money that goes to the zone; None without money or without inhabitants in the zone."""
        return self.amount / self.total if self.total and self.people else None

    @property
    def index(self) -> float | None:
        """Share of the money over share of the population, 1 when proportional; None when not computable."""
        return None if self.share is None else self.share / (self.people / self.all_people)


@dataclass(frozen=True)
class Attribution:
    """Shares of the actions of a year by cell.

    Attributes
    ----------
    model
        Cells and territories.
    year, reading
        Year read; one of `READINGS`.
    actions
        One row an action: `basis` (None when nothing is located), `region_wide`, `located` (share located,
        0 to 1) and `reason` (key of `REASON_FRENCH` where `located` < 1).
    matrix
        Sparse, one row an action, one column a cell: its share; region-wide actions included.
    touched
        Sparse, same form: how much of each cell the action's places hold, for full counting; region-wide
        actions are empty.
    places
        Rows that were read: `action`, `territory`, `portion` (NaN where the union was weighed by population).
    """

    model: CellModel
    year: int
    reading: str
    actions: pd.DataFrame
    matrix: csr_array
    touched: csr_array
    places: pd.DataFrame

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Shares as rows: `action`, `cell`, `commune`, `qpv`, `share`; region-wide actions apart."""
        local = self.matrix.tocoo()
        row, column = local.coords
        kept = ~self._wide[row] & (local.data > 0)
        cells = self.model.cells
        found = pd.DataFrame(
            {
                "action": self.actions.index.to_numpy()[row[kept]],
                "cell": cells.index.to_numpy()[column[kept]],
                "commune": cells["commune"].to_numpy()[column[kept]],
                "qpv": pd.Series(cells["qpv"].to_numpy()[column[kept]], dtype="object"),
                "share": local.data[kept],
            }
        )
        return found.sort_values(["action", "cell"], ignore_index=True)

    @cached_property
    def _wide(self) -> NDArray[np.bool_]:
        return self.actions["region_wide"].to_numpy(dtype=bool)

    @property
    def local(self) -> pd.DataFrame:
        """Actions located somewhere and not region-wide: those that coverage and T10 speak of."""
        return self.actions[~self._wide & (self.actions["located"] > 0).to_numpy()]

    def territory_shares(self, territories: Iterable[str], *, region_wide: bool = False) -> pd.DataFrame:
        """Return the share of each action in each territory: actions as rows, territories as columns.

        Columns that overlap count the same euro twice: show the factor of T10 under them.
        """
        keys = list(territories)
        table = (self.matrix @ self.model.rows(keys).T).toarray()
        frame = pd.DataFrame(table, index=self.actions.index, columns=keys)
        return frame if region_wide else frame[~self._wide]

    def amounts(
        self, money: Mapping[str, float] | pd.Series, territories: Iterable[str], *, region_wide: bool
    ) -> pd.Series:
        """Return the money attributed to each territory, fractional counting, in the unit of `money`.

        Parameters
        ----------
        money
            Amount by action; an unknown amount (`<NA>`, NaN) adds nothing: count those apart.
        region_wide
            True adds the region-wide actions, spread by population.
        """
        keys = list(territories)
        on_cells = self.matrix.T @ self._vector(money, region_wide)
        return pd.Series(self.model.rows(keys) @ on_cells, index=pd.Index(keys, dtype="object"))

    def full_amounts(self, money: Mapping[str, float] | pd.Series, territories: Iterable[str]) -> pd.Series:
        """Return the whole money of the actions that touch each territory: full counting, never summed."""
        touching = self.touches(territories)
        return pd.Series(touching.to_numpy().T @ self._vector(money, False), index=touching.columns)

    def touches(self, territories: Iterable[str]) -> pd.DataFrame:
        """Tell which action touches which territory, full counting; region-wide actions touch none."""
        keys = list(territories)
        table = (self.touched @ self.model.rows(keys).T).toarray() > 0
        return pd.DataFrame(table, index=self.actions.index, columns=keys)

    def unsettled(self, money: Mapping[str, float] | pd.Series) -> Weights:
        """Return the cells where money cannot be said for want of inhabitants, by how many actions.

        A territory that holds one of them is touched by an action with money of which a part waits for a
        population: what is attributed there would be too low, and 0 would be said of what nobody knows.

        Parameters
        ----------
        money
            Amount by action.
        """
        waiting = (self.actions["reason"] == "unknown_population").to_numpy() & (
            self._vector(money, True) > 0
        )
        reached: Weights = np.asarray(csr_array(self.touched[waiting]).sum(axis=0), dtype=np.float64).ravel()
        return reached

    def ledger(self, money: Mapping[str, float] | pd.Series) -> Ledger:
        """Return what of the money is located, region-wide and not locatable; they sum to the whole."""
        vector = self._vector(money, True)
        located = self.actions["located"].to_numpy()
        wide = float((vector * located)[self._wide].sum())
        return Ledger(
            float((vector * located)[~self._wide].sum()), wide, float((vector * (1 - located)).sum())
        )

    def zone_amount(
        self,
        money: Mapping[str, float] | pd.Series,
        zone: Zone,
        within: str | None = None,
        *,
        region_wide: bool,
    ) -> ZoneAmount:
        """Return the money of a zone within a territory (None: the contract's), and their inhabitants."""
        on_cells = self.matrix.T @ self._vector(money, region_wide)
        kept = self.model.weights(within) * (1.0 - zone.left_out)
        inside = kept * zone.inside
        return ZoneAmount(
            float(on_cells @ inside),
            float(on_cells @ kept),
            self.model.population(inside),
            self.model.population(kept),
        )

    def _vector(self, money: Mapping[str, float] | pd.Series, region_wide: bool) -> Weights:
        """Return the money of each action, 0 where unknown, and 0 for region-wide ones unless asked."""
        series = money if isinstance(money, pd.Series) else pd.Series(dict(money), dtype="float64")
        known = series.reindex(self.actions.index).astype("Float64")
        vector: Weights = np.array(known.to_numpy(na_value=0.0), dtype=np.float64)
        if not region_wide:
            vector[self._wide] = 0.0
        return vector


def attribute(
    model: CellModel, year: int, *, reading: str = "places", actions: Collection[str] | None = None
) -> Attribution:
    """Attribute the actions of a year to the cells.

    Parameters
    ----------
    model
        Cells of the contract.
    year
        Year of the places, beneficiaries and operators.
    reading
        `places`: declared shares (when every targeted place has one and they sum to 1), else numbers of
        located beneficiaries (when every reached place has one), else the population of the union of the
        targeted places (of the reached ones where none is targeted). `seat`: seat of the pilot, else of the
        operators in equal parts. `beneficiaries`: their numbers alone.
    actions
        Keys of the actions read; None for every action of the graph.

    Raises
    ------
    UsageError
        When the reading is unknown.
    """
    if reading not in READINGS:
        raise UsageError(f"Lecture « {reading} » inconnue : {', '.join(READINGS)}.")
    every = sorted(map(str, model.graph.nodes("Action").index if actions is None else set(actions)))
    index = pd.Index(every, dtype="object", name="action")
    wide = region_wide_actions(model.graph)
    told = pd.DataFrame(
        {"basis": None, "region_wide": index.isin(list(wide)), "located": 0.0, "reason": None}, index=index
    ).astype({"basis": "object", "reason": "object"})
    rows, basis = _portions(model, year, reading, every, wide)
    told["basis"] = pd.Series(basis, dtype="object").reindex(index)
    matrix, touched = _spread(model, rows, index)
    if reading == "places":
        matrix = _add_region(model, matrix, told)
    return _finish(Attribution(model, year, reading, told, matrix, touched, rows))


def _portions(
    model: CellModel, year: int, reading: str, actions: list[str], wide: Collection[str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows to spread (`action`, `territory`, `portion`) and the basis of each action."""
    if reading == "seat":
        rows = seats_of(model.graph, year, set(model.levels.index))
        rows = rows[rows["action"].isin(actions)]
        rows["portion"] = 1.0 / rows.groupby("action")["organisation"].transform("size")
        return rows[["action", "territory", "portion"]], dict.fromkeys(rows["action"], SEAT)
    places = places_of(model.graph, year, actions=actions)
    if reading == "places":
        places = places[~places["action"].isin(wide)]
    targeted, reached = places[places["degree"] == TARGETED], places[places["degree"] == REACHED]
    people = reached.groupby("action")["beneficiaries"].agg(["size", "count", "sum"])
    counted = set(people.index[(people["size"] == people["count"]) & (people["sum"] > 0)])
    by_people = reached[reached["action"].isin(counted)]
    by_people = by_people.assign(portion=_parts(by_people, "beneficiaries"), basis=BENEFICIARIES)
    if reading == "beneficiaries":
        return _told(by_people)
    shares = targeted.groupby("action")["share"].agg(["size", "count", "sum"])
    whole = (shares["size"] == shares["count"]) & ((shares["sum"] - 1).abs() <= _SUM_TOLERANCE)
    declared = targeted[targeted["action"].isin(set(shares.index[whole]))]
    declared = declared.assign(portion=_parts(declared, "share"), basis=DECLARED)
    by_people = by_people[~by_people["action"].isin(set(declared["action"]))]
    done = set(declared["action"]) | set(by_people["action"])
    named = set(targeted["action"])
    rest = pd.concat([targeted, reached[~reached["action"].isin(named)]])
    rest = rest[~rest["action"].isin(done)].assign(portion=np.nan, basis=POPULATION)
    return _told(pd.concat([part for part in (declared, by_people, rest) if len(part)] or [rest]))


def _parts(rows: pd.DataFrame, column: str) -> "pd.Series[float]":
    """Return what each row is of its action, by a column."""
    total: pd.Series[float] = rows.groupby("action")[column].transform("sum")
    return rows[column] / total


def _told(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    basis = dict(zip(rows["action"], rows["basis"], strict=True))
    return rows[["action", "territory", "portion"]].reset_index(drop=True), basis


def _spread(model: CellModel, rows: pd.DataFrame, actions: pd.Index) -> tuple[csr_array, csr_array]:
    """Return the shares and the union of the places, actions × cells."""
    owner = actions.get_indexer(pd.Index(rows["action"], dtype="object"))
    weights = model.rows(rows["territory"])
    union = _grouped_union(weights, owner, len(actions))
    unweighed = model.unweighed(rows["territory"])
    portion = rows["portion"].to_numpy(dtype=np.float64)
    told = ~np.isnan(portion)
    # Each portion inside its place, by population.
    placed = _normalised(model, weights, unweighed)
    of_action = csr_array(
        (np.where(told, portion, 0.0), (owner, np.arange(len(rows)))), shape=(len(actions), len(rows))
    )
    # The union of the places of an action, by population; one unknown place leaves the whole unknown.
    blocked = np.zeros(len(actions), dtype=bool)
    blocked[owner[unweighed & ~told]] = True
    missing = np.zeros(len(actions), dtype=bool)
    empty = np.diff(weights.indptr) == 0
    missing[owner[empty & ~told]] = True
    by_people = _normalised(model, union, blocked, missing)
    weighed = np.zeros(len(actions))
    weighed[owner[~told]] = 1.0
    together = csr_array(of_action @ placed + by_people.multiply(weighed[:, None]))
    together.sum_duplicates()
    return together, union


def _grouped_union(weights: csr_array, owner: NDArray[np.intp], count: int) -> csr_array:
    """Return the union of the rows of each owner: a cell counts once, for the largest of its weights."""
    flat = weights.tocoo()
    place, column = flat.coords
    line = owner[place]
    order = np.lexsort((flat.data, column, line))
    line, column, data = line[order], column[order], flat.data[order]
    last = np.ones(len(data), dtype=bool)
    last[:-1] = (line[1:] != line[:-1]) | (column[1:] != column[:-1])
    return csr_array((data[last], (line[last], column[last])), shape=(count, weights.shape[1]))


def _normalised(
    model: CellModel,
    weights: csr_array,
    unweighed: NDArray[np.bool_],
    missing: NDArray[np.bool_] | None = None,
) -> csr_array:
    """Return rows that sum to 1 by population; one that cannot be weighed is 0, unless it is one cell."""
    people = csr_array(weights.multiply(model.people[None, :]))
    total = people.sum(axis=1)
    single = np.diff(weights.indptr) == 1
    if missing is not None:
        single &= ~missing
    weighed = (total > 0) & ~unweighed & ~single
    scale = np.where(weighed, 1.0 / np.where(total > 0, total, 1.0), 0.0)
    alone = csr_array(
        (np.ones(len(weights.data)), weights.indices, weights.indptr), shape=weights.shape
    ).multiply(single.astype(np.float64)[:, None])
    return csr_array(people.multiply(scale[:, None]) + alone)


def _add_region(model: CellModel, matrix: csr_array, told: pd.DataFrame) -> csr_array:
    """Return the shares with those of region-wide actions, spread by population over every cell."""
    wide = told["region_wide"].to_numpy(dtype=bool)
    total = model.people.sum()
    if not wide.any() or not total:
        return matrix
    told.loc[wide, "basis"] = REGION
    column = csr_array(wide.astype(np.float64)[:, None])
    return csr_array(matrix + column @ csr_array(model.people[None, :] / total))


def _finish(attribution: Attribution) -> Attribution:
    """Fill what is located of each action, and why the rest is not."""
    told, rows, model = attribution.actions, attribution.places, attribution.model
    located = np.clip(np.asarray(attribution.matrix.sum(axis=1)).ravel(), 0.0, 1.0)
    located = np.where(located > 1 - _SUM_TOLERANCE, 1.0, located)
    told["located"] = located
    absent = {"places": "no_place", "seat": "no_seat", "beneficiaries": "no_beneficiary"}
    reason = pd.Series(absent[attribution.reading], index=told.index, dtype="object")
    outside = {key for key in set(rows["territory"]) if key not in model}
    unknown = rows["territory"].isin(outside)
    reason[reason.index.isin(rows.loc[~unknown, "action"])] = "unknown_population"
    outside_reason = "no_seat" if attribution.reading == "seat" else "unknown_perimeter"
    reason[reason.index.isin(rows.loc[unknown, "action"])] = outside_reason
    told["reason"] = reason.where(located < 1, None)
    told.loc[located == 0, "basis"] = None
    return attribution
