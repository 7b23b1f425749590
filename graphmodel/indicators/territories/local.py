"""Question 3, cooperation inside each territory (T11)."""

from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from graphmodel.indicators.collector import FEW_OPERATORS, Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import cooperation_cards as cards
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import Place
from graphmodel.indicators.value import IndicatorValue
from graphmodel.places import TARGETED, places_of, region_wide_actions

MINIMUM_OPERATORS = 3
"""Operators of a territory under which its density has no value."""

NO_OPERATOR = "aucun opérateur d’une action localisée ici"

Parts = Mapping[str, Iterable[str]]


@register(cards.T11)
def t11(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the operators, links, density, local seats and newcomers of the actions of each territory.

    MINI: X in 2014 has 5 operators, links {AD, CE}, density 0.2; in 2015 5 operators, {BD, CE, CF, DF, EF},
    0.5; seats 3 of 5.
    """
    found = Collector(
        cards.T11,
        context,
        ("TAKES_PLACE_IN", "TAKES_PART_IN", "BASED_IN", "Territory", "CONTAINS"),
        networked=True,
    )
    if not ground.has_places(context):
        return found.missing(ground.NO_PLACE)
    if not context.observed:
        return found.missing("Aucune participation n’est connue : remplir la feuille « Participations ».")
    seats = _seats(context)
    places = ground.places_at(context, "DE")
    before = {} if context.t0 is None else _located(context, context.t0, places)
    for year in context.years:
        now = _located(context, year, places)
        for place in places:
            _add_network(found, place, year, now[place])
            _add_seats(found, place, year, now[place], seats)
            if context.t0 is not None and year > context.t0:
                _add_newcomers(found, place, (context.t0, year), before[place], now[place])
    return found.values


def _located(
    context: EvaluationContext, year: int, places: Iterable[Place]
) -> dict[Place, dict[str, tuple[str, ...]]]:
    """Return the operators of the coded actions of a year that take place in each territory, by action.

    An action is where it is targeted; one that is targeted nowhere is where it reached somebody.
    """
    keyed = [place for place in places if place.key is not None]
    parts = context.network(year).parts
    rows = _rows(context, year)
    rows = rows[rows["action"].isin(list(parts))]
    model = ground.cells_of(context)
    territories = model.rows([str(place.key) for place in keyed])
    touching = (model.rows(rows["territory"]) @ territories.T).toarray() > 0
    found = {}
    for column, place in enumerate(keyed):
        inside = sorted(set(rows["action"][touching[:, column]]))
        found[place] = {action: parts[action] for action in inside}
    return found


def _rows(context: EvaluationContext, year: int) -> pd.DataFrame:
    rows = places_of(context.graph, year)
    rows = rows[~rows["action"].isin(region_wide_actions(context.graph))]
    targeted = rows["degree"] == TARGETED
    return rows[targeted | ~rows["action"].isin(rows.loc[targeted, "action"])]


def _seats(context: EvaluationContext) -> dict[str, frozenset[str]]:
    """Return the communes of the cells where each organisation of known seat has it, by key."""
    model = ground.cells_of(context)
    rows = context.graph.relationships("BASED_IN")
    rows = rows[(rows["source_label"] == "Organisation") & rows["target"].isin(list(model.levels.index))]
    found: dict[str, frozenset[str]] = {}
    for source, target in zip(map(str, rows["source"]), map(str, rows["target"]), strict=True):
        inside = model.cells["commune"][model.weights(target) > 0]
        found[source] = found.get(source, frozenset()) | frozenset(map(str, inside))
    return found


def _operators(parts: Parts) -> set[str]:
    return {name for names in parts.values() for name in names}


def _add_network(found: Collector, place: Place, year: int, parts: Parts) -> None:
    operators = _operators(parts)
    n = len(operators)
    links = {pair for names in parts.values() for pair in combinations(sorted(names), 2)}
    density = 2 * len(links) / (n * (n - 1)) if n >= MINIMUM_OPERATORS else None
    about = place.about((year,), {"year": str(year), **place.params})
    found.add("operators", n, n=n, **about)
    found.add("links", len(links), n=n, **about)
    found.add("density", density, n=n, reason=FEW_OPERATORS, **about)


def _add_seats(
    found: Collector, place: Place, year: int, parts: Parts, seats: Mapping[str, frozenset[str]]
) -> None:
    operators = _operators(parts)
    n = len(operators)
    model = ground.cells_of(found.context)
    communes = found.context.kept(("communes of", place.key), lambda: set(model.communes_in(place.key)))
    local = sum(bool(seats.get(name, frozenset()) & communes) for name in operators)
    about = place.about((year,), {"year": str(year), **place.params})
    found.add("share_local_seat", local / n if n else None, n=n, reason=NO_OPERATOR, **about)
    found.add("unknown_seats", sum(name not in seats for name in operators), n=n, **about)


def _add_newcomers(found: Collector, place: Place, years: tuple[int, int], before: Parts, now: Parts) -> None:
    first, year = years
    operators = _operators(now)
    new = len(operators - _operators(before))
    n = len(operators)
    about = place.about(years, {"year": str(year), "t0": str(first), **place.params})
    found.add("share_new_operators", new / n if n else None, n=n, reason=NO_OPERATOR, **about)
