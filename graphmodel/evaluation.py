"""The whole evaluation of a contract: values with their proof, secrecy and conclusions, and answers.

Every front end asks here, so that all show the same: what is secret in a table is secret on a page.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graphmodel.answers import Answer, answer
from graphmodel.answers.pieces import pointed
from graphmodel.contract_graph import ContractGraph
from graphmodel.indicators.conclusions import Identity, Tally, conclude
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.disclosure import GATED, Disclosure, released
from graphmodel.indicators.registry import compute, indicator, indicators
from graphmodel.indicators.value import Conclusion, IndicatorValue
from graphmodel.secrecy import Mode

QUESTIONS = (1, 2, 3, 4)

DOUBLE_COUNT = "T10"

DOUBLE_COUNTED = ("T01", "T02", "T03", "T04", "T06", "T11")
"""Indicators whose tables by authority must not be summed: the factor of T10 stands under them."""


@dataclass(frozen=True)
class Evaluation:
    """What was asked of an evaluation, as it may be shown.

    Attributes
    ----------
    context
        What the values were computed from.
    mode
        `working`, or `publication`: secret values are then null.
    values
        The values of the indicators asked for, in the order of the catalogue.
    adjusted
        Conclusion of the members of a family once false discoveries are held at 5 % of them, by identity.
    tallies
        Conclusions drawn, established, and expected by chance, by indicator.
    answers
        Answers to the questions of which every indicator was asked for.
    double_count
        Values of T10, which stand under every table by authority.
    """

    context: EvaluationContext
    mode: Mode
    values: tuple[IndicatorValue, ...]
    adjusted: dict[Identity, Conclusion]
    tallies: dict[str, Tally]
    answers: tuple[Answer, ...]
    double_count: tuple[IndicatorValue, ...]


def evaluate_contract(
    graph: ContractGraph, asked: Collection[str] | None = None, mode: Mode = "working"
) -> Evaluation:
    """Return the evaluation of a contract.

    Parameters
    ----------
    graph
        Snapshot of one contract, of all its years.
    asked
        Identifiers of indicators; None for all.
    mode
        What the result is for.

    Raises
    ------
    UsageError
        An unknown indicator.

    Notes
    -----
    Secrecy is settled over all the values that rest on money and businesses, asked for or not: the same
    figures go out of a publication however little of it is looked at.
    """
    context = EvaluationContext(graph)
    cards = indicators()
    wanted = [indicator(name).id for name in (cards if asked is None else asked)]
    questions = [question for question in QUESTIONS if _of(question) <= set(wanted)]
    # An answer draws on effects that other questions inform too.
    needed = set(cards) if questions else set(wanted)
    if needed & set(GATED):
        needed |= set(GATED)
    if needed & set(DOUBLE_COUNTED):
        needed.add(DOUBLE_COUNT)
    order = [name for name in cards if name in needed]
    concluded = conclude(compute(context, order), context)
    shown = pointed(released(Disclosure(context).examined(concluded.values), mode), context)
    hidden = {value.identity for value in shown if value.secrecy != "V" and mode == "publication"}
    tallies = {name: concluded.tally(name) for name in order}
    return Evaluation(
        context,
        mode,
        tuple(value for value in shown if value.indicator in wanted),
        {name: degree for name, degree in concluded.adjusted.items() if name not in hidden},
        {name: tally for name, tally in tallies.items() if name in wanted},
        tuple(answer(question, shown, context, tallies, mode) for question in questions),
        tuple(value for value in shown if value.indicator == DOUBLE_COUNT),
    )


def _of(question: int) -> set[str]:
    return {name for name, card in indicators().items() if card.question == question}
