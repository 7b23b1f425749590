"""Question 1, positions: S08 and S09."""

import numpy as np

from graphmodel.cooperation.centrality import betweenness
from graphmodel.cooperation.core_chance import core_against_chance
from graphmodel.cooperation.core_periphery import core_periphery
from graphmodel.cooperation.null_models import SEED
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.stability import jackknife
from graphmodel.cooperation.structure import dependences, freeman
from graphmodel.cooperation.two_mode import cohort
from graphmodel.indicators import structuring_cards as cards
from graphmodel.indicators.chance import draws_of
from graphmodel.indicators.collector import FEW_OPERATORS, Collector
from graphmodel.indicators.context import EvaluationContext, Pivot
from graphmodel.indicators.registry import register
from graphmodel.indicators.structuring import FEWEST, NO_PARTICIPATION, collector_of
from graphmodel.indicators.value import IndicatorValue, Run, Simulation

LOWEST, HIGHEST = "une action retirée : minimum", "une action retirée : maximum"

NO_PATTERN = "aucun motif à chercher : réseau vide, complet, ou trop grand"
NOTHING_JOINED = "aucune autre paire d’opérateurs n’est joignable"


@register(cards.S08)
def s08(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the betweenness of each operator of the union cohort, with its band when an action is left out.

    MINI, 2014: A = C = 0.3, others 0; 2015: B 0.2, F 0.1, C = E = 0.0833, D 0.0333, A 0.
    """
    found = collector_of(cards.S08, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year in context.observed:
        for pivot in context.pivots:
            _add_betweenness(found, year, pivot)
    return found.values


def _add_betweenness(found: Collector, year: int, pivot: Pivot) -> None:
    context = found.context
    operators = cohort(context.waves(None, pivot))
    network, n = context.network(year, None, pivot), len(operators)
    values = betweenness(project(network, operators))
    band = jackknife(network, operators, betweenness)
    for i, key in enumerate(operators):
        runs = () if band is None else (Run(LOWEST, float(band.low[i])), Run(HIGHEST, float(band.high[i])))
        value = float(values[i]) if n >= FEWEST and np.isfinite(values[i]) else None
        found.add("betweenness", value, years=[year], n=n, sensitivity=runs if value is not None else (),
                  params={"year": str(year), "pivot": pivot, "node": context.names[key]},
                  reason=FEW_OPERATORS)  # fmt: skip


@register(cards.S09)
def s09(context: EvaluationContext) -> list[IndicatorValue]:
    """Return centralisation, fit to a core and a periphery, and what the network owes to each operator.

    MINI: Freeman 8/20 = 0.4 in 2014, 0.2 in 2015; dependence on A 1 − 3/6 = 0.5, then 0; core {A, C} in 2014,
    r = 0.5774.
    """
    found = collector_of(cards.S09, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year in context.years:
        for pivot in context.pivots:
            projection = project(context.network(year, None, pivot), cohort(context.waves(None, pivot)))
            n, about = projection.n, {"year": str(year), "pivot": pivot}
            found.add("freeman", freeman(projection), years=[year], n=n, params=about, reason=FEW_OPERATORS)
            fit = core_periphery(projection) if n >= FEWEST else None
            found.add("core_periphery_r", fit.r if fit else None, years=[year], n=n, params=about,
                      reason=NO_PATTERN if n >= FEWEST else FEW_OPERATORS)  # fmt: skip
            _add_core_chance(found, projection, year, pivot)
            if pivot == "with" and year in context.observed:
                _add_dependence(found, projection, year)
    return found.values


def _add_core_chance(found: Collector, projection: Projection, year: int, pivot: Pivot) -> None:
    """Add the fit that chance gives at the same degrees, and the share of the draws that fit as well."""
    enough, n = projection.n >= FEWEST, projection.n
    drawn = draws_of(found.context, year, None, pivot) if enough else None
    against = None if drawn is None else core_against_chance(projection, drawn)
    simulation = None if against is None or against.exact else Simulation(against.draws, SEED)
    values = {"expected": against.expected, "p": against.p_ge} if against else {"expected": None, "p": None}
    for name, value in values.items():
        found.add(f"core_periphery_{name}", value, years=[year], n=against.draws if against else n,
                  params={"year": str(year), "pivot": pivot}, simulation=simulation,
                  reason=NO_PATTERN if enough else FEW_OPERATORS)  # fmt: skip


def _add_dependence(found: Collector, projection: Projection, year: int) -> None:
    enough = projection.n >= FEWEST
    for key, owed in zip(projection.operators, dependences(projection), strict=True):
        found.add("dependence", owed.share if enough else None, years=[year],
                  n=owed.before if enough else projection.n,
                  params={"year": str(year), "pivot": "with", "node": found.context.names[key]},
                  reason=NOTHING_JOINED if enough else FEW_OPERATORS)  # fmt: skip
