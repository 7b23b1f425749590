"""What the territorial indicators stand on: cells, territories of the tables, coverage, attribution."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

import pandas as pd

from graphmodel.attribution import Attribution, attribute
from graphmodel.contract_graph import ContractGraph
from graphmodel.coverage import Coverage, coverage_of
from graphmodel.double_count import authorities_of
from graphmodel.elementary_cells import CellModel
from graphmodel.frames import known
from graphmodel.indicators.context import EvaluationContext
from graphmodel.payments import payments_of
from graphmodel.zonings import Zone

ALL_WAVES = "all"
"""Value of `year` for the union of the waves."""

REGION = "R"

UBIQUITOUS = ("with", "without")
"""Runs with and without the region-wide actions."""

NO_PLACE = (
    "Aucun lieu d’action n’est connu : remplir la feuille « Lieux » (action, année, territoire, degré)."
)
NO_MONEY = "Aucun montant payé n’est connu : remplir la feuille « Financements » (nature payé)."

ZONE_SCHEMES = {"qpv": "QPV", "zrr": "ZRR"}


class About(TypedDict):
    """What the values of one line of a table have in common, as `Collector.add` takes it."""

    years: tuple[int, ...]
    perimeter: str
    vintage: str | None
    params: dict[str, str]


_SHOWN = {"U": "UU"}
"""Levels whose name in results is longer than a letter."""


@dataclass(frozen=True, slots=True)
class Place:
    """A territory that makes a line of a table: level and code shown, key (None for the whole), vintage."""

    level: str
    code: str
    key: str | None
    vintage: str | None = None

    @property
    def params(self) -> dict[str, str]:
        """Return the parameters of a result at this place."""
        return {"level": self.level, "territory": self.code}

    def about(self, years: tuple[int, ...], params: dict[str, str], perimeter: str = "frozen") -> About:
        """Return what the values at this place have in common."""
        return {"years": years, "perimeter": perimeter, "vintage": self.vintage, "params": params}


WHOLE = Place(REGION, REGION, None)


def cells_of(context: EvaluationContext, composition: str = "frozen") -> CellModel:
    """Return the cells of the contract, cut once for each composition.

    Raises
    ------
    UsageError
        When several vintages of QPV are loaded and the contract uses none.
    """
    return context.kept(("cells", composition), lambda: CellModel.from_graph(context.graph, composition))


def places_at(context: EvaluationContext, levels: str) -> tuple[Place, ...]:
    """Return the territories of some levels, in that order, each code once.

    Parameters
    ----------
    levels
        Letters among D, E, R, K, Q, and U for urban units.
    """
    return context.kept(("table", levels), lambda: tuple(_places_at(context, levels)))


def _places_at(context: EvaluationContext, levels: str) -> Iterable[Place]:
    model = cells_of(context)
    frame = context.graph.nodes("Territory")
    codes, vintages = frame["code"], frame["vintage"]
    for level in levels:
        if level == REGION:
            yield WHOLE
            continue
        seen: set[str] = set()
        for key in _keys_at(model, level):
            code = str(codes[key])
            if code not in seen:
                seen.add(code)
                told = known(vintages[key])
                yield Place(_SHOWN.get(level, level), code, key, None if told is None else str(told))


def _keys_at(model: CellModel, level: str) -> list[str]:
    if level == "E":
        # An authority may be a commune or a département: it makes a line of the table of authorities too.
        return list(dict.fromkeys([*model.territories("epci", "syndicat_mixte"), *authorities_of(model)]))
    return model.territories({"D": "departement", "K": "commune", "Q": "qpv", "U": "urban_unit"}[level])


def has_places(context: EvaluationContext) -> bool:
    """Tell whether any action has a place that may be counted."""
    return not context.graph.relationships("TAKES_PLACE_IN").empty and len(cells_of(context).cells) > 0


def years_of_places(context: EvaluationContext) -> list[int]:
    """Return the waves, and the other years for which places are told."""
    return _with_years(context, context.graph.relationships("TAKES_PLACE_IN")["year"])


def _with_years(context: EvaluationContext, column: "pd.Series[int]") -> list[int]:
    return sorted({*context.years, *(int(year) for year in column.dropna())})


def paid_rows(graph: ContractGraph) -> pd.DataFrame:
    """Return the paid amounts that are those of an action, known or not."""
    rows = graph.nodes("Funding")
    return rows[(rows["kind"] == "paid") & rows.index.isin(list(graph.ends("ABOUT", "Funding", "Action")))]


def years_of_money(context: EvaluationContext) -> list[int]:
    """Return the waves, and the other years for which a payment is told; empty when none ever is."""
    rows = paid_rows(context.graph)
    return [] if rows.empty else _with_years(context, rows["year"])


def coverage(context: EvaluationContext, year: int | None, degrees: tuple[str, ...]) -> Coverage:
    """Return what the actions of a year cover at some degrees; of all waves together for None."""
    asked = context.years if year is None else year
    return context.kept(("coverage", year, degrees), lambda: coverage_of(cells_of(context), asked, degrees))


def attribution(context: EvaluationContext, year: int) -> Attribution:
    """Return the shares of the actions of a year by cell."""
    return context.kept(("attribution", year), lambda: attribute(cells_of(context), year))


def payments(context: EvaluationContext, year: int) -> pd.DataFrame:
    """Return `amount` (cents) and `unknown` of every action that has a payment in a year."""
    return context.kept(("payments", year), lambda: payments_of(context.graph, year))


def all_unknown(context: EvaluationContext, year: int) -> bool:
    """Tell whether payments were made in a year of which not one amount is known."""
    money = payments(context, year)
    return len(money) > 0 and bool(money["amount"].isna().all())


def euros(context: EvaluationContext, year: int) -> "pd.Series[float]":
    """Return the known amount paid for each action in a year, in euros."""
    found: pd.Series[float] = payments(context, year)["amount"] / 100
    return found


def zones(context: EvaluationContext) -> dict[str, Zone]:
    """Return the priority zones the graph holds: `qpv`, `zrr`, and their `union`."""
    return context.kept("zones", lambda: _zones(cells_of(context)))


def _zones(model: CellModel) -> dict[str, Zone]:
    told = {name: model.zone(scheme) for name, scheme in ZONE_SCHEMES.items()}
    found = {name: zone for name, zone in told.items() if zone is not None}
    if len(found) == len(ZONE_SCHEMES):
        found["union"] = found["qpv"] | found["zrr"]
    return found
