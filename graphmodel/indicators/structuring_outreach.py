"""Question 1, audience and social innovation: S11 and S12."""

from collections.abc import Mapping
from typing import cast

from graphmodel.contract_graph import ContractGraph
from graphmodel.elementary_cells import CellModel
from graphmodel.frames import records_of
from graphmodel.indicators import structuring_cards as cards
from graphmodel.indicators.collector import NO_ACTION, Collector, scope_params
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import register
from graphmodel.indicators.structuring import collector_of
from graphmodel.indicators.value import IndicatorValue

AUDIENCE = "audience"

NO_POPULATION = "la population de la région est inconnue"
NO_AUDIENCE = "l’audience de cette année est inconnue"
NO_REFERENCE = "l’audience de l’année de référence est nulle ou inconnue"
NOT_GRADED = "aucune action active n’est cotée sur la grille d’innovation sociale"
NO_PAYMENT = "aucun montant payé connu pour des actions cotées"

Audiences = Mapping[str, Mapping[int, float | None]]


@register(cards.S11)
def s11(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the audience of each medium per thousand inhabitants, and its index.

    Worked example: 8,000 then 10,000 for 400,000 inhabitants → 20, then 25 per thousand; index 125.
    """
    found = Collector(cards.S11, context, ("Observation", "Instrument", "Territory"))
    media = audiences(context.graph)
    if not media:
        return found.missing(
            "Aucune audience n’est connue : remplir la feuille « Observations » (clé audience, année, outil)."
        )
    people = region_population(context)
    for medium, by_year in sorted(media.items()):
        for year in sorted({*context.years, *by_year}):
            _add_audience(found, medium, by_year, year, people)
    return found.values


def _add_audience(
    found: Collector, medium: str, by_year: Mapping[int, float | None], year: int, people: int | None
) -> None:
    value, t0 = by_year.get(year), found.context.t0
    about = {"year": str(year), "level": "R", "territory": "R", "support": medium}
    rate = 1000 * value / people if value is not None and people else None
    found.add("per_1000", rate, years=[year], n=people, params=about,
              reason=NO_POPULATION if value is not None else NO_AUDIENCE)  # fmt: skip
    if t0 is None:
        return
    first = by_year.get(t0)
    index = 100 * value / first if value is not None and first else None
    found.add("index", index, years=sorted({year, t0}), params={**about, "t0": str(t0)},
              reason=NO_REFERENCE if value is not None else NO_AUDIENCE)  # fmt: skip


def audiences(graph: ContractGraph) -> Audiences:
    """Return the audience of each medium by year; None where the count is unknown."""
    targets = graph.ends("ABOUT", "Observation", "Instrument")
    names = graph.nodes("Instrument")["id"].to_dict()
    found: dict[str, dict[int, float | None]] = {}
    for row in records_of(graph.nodes("Observation")):
        if row["metric"] == AUDIENCE and row["key"] in targets and "year" in row:
            by_year = found.setdefault(str(names[targets[row["key"]]]), {})
            by_year[cast(int, row["year"])] = cast("float | None", row.get("value"))
    return found


def region_population(context: EvaluationContext) -> int | None:
    """Return the inhabitants of the region: declared by the contract, else the sum of its communes."""
    declared = context.contract.get("population_region")
    if declared is not None:
        return int(cast(int, declared))
    if context.graph.nodes("Territory").empty:
        return None
    return int(CellModel.from_graph(context.graph).people.sum()) or None


@register(cards.S12)
def s12(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of social innovation among graded actions, and among what was paid for them.

    MINI, 2014: a1 and a3 of four → 0.5; 120,000 € of 190,000 → 0.6316. No payment is known in 2015.
    """
    found = collector_of(cards.S12, context, "Funding")
    if all(facts.social_innovation is None for facts in context.actions.values()):
        return found.missing(
            "Aucune action n’est cotée : remplir la colonne « Innovation sociale » de la feuille « Actions »."
        )
    for year in context.years:
        for axis in context.axis_scopes:
            _add_innovation(found, year, axis)
    if not found.values:
        return found.missing("Aucune participation n’est connue : remplir la feuille « Participations ».")
    return found.values


def _add_innovation(found: Collector, year: int, axis: str | None) -> None:
    context = found.context
    about = {"year": str(year), **scope_params(axis)}
    active = [context.actions[key] for key in context.network(year, axis).actions]
    grades = [facts.social_innovation for facts in active if facts.social_innovation is not None]
    n, innovative = len(grades), sum(grades)
    found.add("share_actions", innovative / n if n else None, years=[year], axis=axis, n=n, params=about,
              interval=wilson(innovative, n), reason=NOT_GRADED if active else NO_ACTION)  # fmt: skip
    found.add("ungraded", len(active) - n, years=[year], axis=axis, n=len(active), params=about)
    _add_paid_share(found, year, axis, about)


def _add_paid_share(found: Collector, year: int, axis: str | None, about: dict[str, str]) -> None:
    """Add the share of payments: animation included, whether or not an operator is known for the action."""
    actions = found.context.actions
    paid = {
        key: amount
        for key, amount in found.context.paid(year).items()
        if actions[key].social_innovation is not None and (axis is None or actions[key].axis == axis)
    }
    total = sum(paid.values())
    innovative = sum(amount for key, amount in paid.items() if actions[key].social_innovation)
    share = innovative / total if total else None
    found.add("share_paid", share, years=[year], axis=axis, n=len(paid), params=about, reason=NO_PAYMENT,
              participations=False)  # fmt: skip
