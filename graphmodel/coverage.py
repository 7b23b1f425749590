"""What the actions of some years cover: communes, inhabitants, QPV, each counted once (T01 to T03)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphmodel.elementary_cells import TOUCHED, CellModel, Weights
from graphmodel.places import REACHED, TARGETED, places_of, region_wide_actions
from graphmodel.zonings import Zone

PART_LEVELS = frozenset({"qpv", "arrondissement", "delegated_commune"})
"""Levels inside a commune: naming one touches its commune, and says so as « partielle »."""

INCLUDED = "included"
"""Degree of a QPV that is targeted, or whose commune lies in a targeted territory; derived, never stored."""


@dataclass(frozen=True, slots=True)
class CommuneCoverage:
    """Communes and inhabitants covered in a territory.

    Attributes
    ----------
    covered, partial, total
        Numbers of communes: touched, those of them touched only by a part of them, all.
    people, strict_people, all_people
        Inhabitants of the communes touched; of the places themselves (a QPV counts for its own); all.
    left_out
        Communes that the zoning neither classes nor leaves outside: in no number above.
    """

    covered: int
    partial: int
    total: int
    people: float
    strict_people: float
    all_people: float
    left_out: int = 0

    @property
    def share_communes(self) -> float | None:
        """Share of the communes; None when there is none."""
        return self.covered / self.total if self.total else None

    @property
    def share_population(self) -> float | None:
        """Share of the inhabitants; None when there is none."""
        return self.people / self.all_people if self.all_people else None

    @property
    def share_population_strict(self) -> float | None:
        """Share of the inhabitants of the places themselves; None when there is none."""
        return self.strict_people / self.all_people if self.all_people else None


@dataclass(frozen=True, slots=True)
class QuarterCoverage:
    """QPV covered in a territory.

    Attributes
    ----------
    covered, total
        Keys of the QPV.
    people, all_people
        Their inhabitants, where known.
    unknown_people
        Keys of the QPV whose population is unknown: in the numbers of QPV, in no number of inhabitants.
    """

    covered: tuple[str, ...]
    total: tuple[str, ...]
    people: float
    all_people: float
    unknown_people: tuple[str, ...]

    @property
    def share_qpv(self) -> float | None:
        """Share of the QPV; None when there is none."""
        return len(self.covered) / len(self.total) if self.total else None

    @property
    def share_population(self) -> float | None:
        """Share of their inhabitants; None when there is none."""
        return self.people / self.all_people if self.all_people else None


@dataclass(frozen=True)
class Coverage:
    """The union of the places of the actions of some years; region-wide actions are out of it.

    Attributes
    ----------
    model
        Cells and territories.
    every_place
        Places of both degrees, as `places.places_of` gives them.
    degrees
        Degrees of place that cover a commune.
    unknown
        Territories named whose perimeter is unknown: they add nothing, and must be said.
    """

    model: CellModel
    every_place: pd.DataFrame
    degrees: frozenset[str]
    unknown: tuple[str, ...]

    @cached_property
    def places(self) -> pd.DataFrame:
        """Places of the degrees that cover."""
        return self.every_place[self.every_place["degree"].isin(self.degrees)]

    @cached_property
    def weights(self) -> Weights:
        """How much of each cell is covered, the cells counted once."""
        return self.model.union(set(self.places["territory"]))

    @cached_property
    def _levels(self) -> "pd.Series[str]":
        found: pd.Series[str] = self.places["territory"].map(self.model.levels).astype("object")
        return found

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Communes, in the order of `model.communes`, that lie by half or more in a place that is no part."""
        large = set(self.places.loc[~self._levels.isin(PART_LEVELS), "territory"])
        return self.model.commune_shares(self.model.union(large)) >= TOUCHED

    @cached_property
    def touched(self) -> NDArray[np.bool_]:
        """Communes covered, by a part of them if by nothing else."""
        part = self.model.union(set(self.places.loc[self._levels.isin(PART_LEVELS), "territory"])) > 0
        inside = np.bincount(self.model.commune_of_cell, part, len(self.model.communes)) > 0
        return self.whole | inside

    def communes(self, within: str | None = None, zone: Zone | None = None) -> CommuneCoverage:
        """Return what is covered of the communes of a territory (None: all of it), in a zone if asked."""
        model = self.model
        asked = model.weights(within)
        kept = model.commune_shares(asked) >= TOUCHED
        left_out = np.zeros_like(kept)
        if zone is not None:
            left_out = kept & (model.commune_shares(zone.left_out) > 0)
            kept = kept & ~left_out & (model.commune_shares(zone.inside) >= TOUCHED)
        asked = asked * kept[model.commune_of_cell]
        touched = self.touched[model.commune_of_cell]
        return CommuneCoverage(
            covered=int((kept & self.touched).sum()),
            partial=int((kept & self.touched & ~self.whole).sum()),
            total=int(kept.sum()),
            people=model.population(asked * touched),
            strict_people=model.population(np.minimum(asked, self.weights)),
            all_people=model.population(asked),
            left_out=int(left_out.sum()),
        )

    def quarters(self, degree: str, within: str | None = None) -> QuarterCoverage:
        """Return the QPV covered in a territory at a degree: `targeted`, `included` or `reached`."""
        cells = self.model.cells
        inside = self.model.is_qpv & (self.model.weights(within) > 0)
        rows = self.every_place
        asked = REACHED if degree == REACHED else TARGETED
        named_places = set(rows.loc[rows["degree"] == asked, "territory"])
        named = cells["qpv"].isin(named_places).to_numpy()
        if degree == INCLUDED:
            named = named | (self.model.union(named_places) > 0)
        total = sorted(set(cells["qpv"][inside]))
        covered = sorted(set(cells["qpv"][inside & named]))
        people = cells[inside].groupby("qpv")["population"].sum(min_count=1)
        return QuarterCoverage(
            tuple(covered),
            tuple(total),
            float(people.reindex(covered).sum()),
            float(people.sum()),
            tuple(people.index[people.isna()]),
        )


def coverage_of(
    model: CellModel,
    years: int | Iterable[int] | None,
    degrees: Collection[str] = (TARGETED,),
    actions: Collection[str] | None = None,
) -> Coverage:
    """Return what the actions of some years cover.

    Parameters
    ----------
    model
        Cells of the contract.
    years
        One year, several (their union), or None for all.
    degrees
        Degrees of place that count: `targeted`, and `reached` in the wider reading.
    actions
        Keys of the actions kept; None for all.
    """
    rows = places_of(model.graph, years, actions=actions)
    rows = rows[~rows["action"].isin(region_wide_actions(model.graph))]
    known = rows["territory"].map(lambda key: key in model).astype(bool)
    unknown = tuple(sorted(set(rows.loc[~known & rows["degree"].isin(list(degrees)), "territory"])))
    return Coverage(model, rows[known].reset_index(drop=True), frozenset(degrees), unknown)
