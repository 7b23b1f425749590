"""Question 4, synergy between axes: G05."""

from graphmodel.indicators.chance import chance, inter_axis
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext, Pivot
from graphmodel.indicators.registry import Indicator, Measure, register
from graphmodel.indicators.structuring import NO_PARTICIPATION, collector_of
from graphmodel.indicators.value import IndicatorValue

G05 = Indicator(
    id="G05",
    label="Synergie inter-axes",
    question=4,
    effects=("E4.2",),
    reach="contract",
    levels=("X",),
    measures={
        "share_inter_axis": Measure(
            "Part des paires d’actions d’axes différents qui se rejoignent", "proportion"
        ),
        "expected": Measure("Part attendue du hasard, tailles fixées", "proportion"),
        "p_le": Measure("Part des tirages qui ne dépassent pas l’observé", "probabilité"),
        "p_ge": Measure("Part des tirages qui atteignent l’observé", "probabilité"),
    },
    formula="Paires d’actions d’axes différents ayant au moins un opérateur commun, rapportées aux "
    "paires d’actions d’axes différents.",
    reading="Dit la transversalité réelle du contrat, à lire contre le hasard et sans le pivot.",
    caveat="Un seul opérateur généraliste suffit à la faire monter ; un même taux peut cacher d’autres "
    "liens.",
    source="Feuilles Participations et Actions (axe) ; couverture : feuille Bilans.",
    judged=("share_inter_axis",),
)

NO_PAIR = "aucune paire d’actions d’axes différents"


@register(G05)
def g05(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of pairs of actions of different axes that share an operator, and chance's.

    MINI: 3/5 = 0.6 in 2014 and in 2015, by different links; expected 0.4564 and 0.6817.
    """
    found = collector_of(G05, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year in context.years:
        for pivot in context.pivots:
            _add_synergy(found, year, pivot)
    return found.values


def _add_synergy(found: Collector, year: int, pivot: Pivot) -> None:
    context = found.context
    n = int(inter_axis(context, context.network(year, None, pivot)).sum())
    against = chance(context, year, None, pivot)
    about = {"year": str(year), "pivot": pivot}
    values = {
        "share_inter_axis": against.synergy.observed / n if n else None,
        "expected": against.synergy.expected / n if n else None,
        "p_le": against.synergy.p_le if n else None,
        "p_ge": against.synergy.p_ge if n else None,
    }
    for measure, value in values.items():
        drawn = None if measure == "share_inter_axis" or value is None else against.simulation
        found.add(measure, value, years=[year], n=n, params=about, simulation=drawn, reason=NO_PAIR)
