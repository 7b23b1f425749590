"""The demonstration with the indicators that figures and tables of the report draw on, before secrecy."""

from dataclasses import replace
from functools import cache
from typing import Any

from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute
from graphmodel.secrecy import Mode
from tests.support.demonstration import demonstration_graph

DRAWN_ON = (
    "S01", "S02", "S05", "T02", "T03", "T04", "T05", "T06", "T08", "T12", "T13", "T19", "G01", "G04", "G05",
)  # fmt: skip
MONEY = {("G04", "paid"), ("T06", "amount_paid"), ("T08", "lorenz"), ("T05", "rate_ratio")}


def evaluation_of_values(
    context: EvaluationContext, values: tuple[IndicatorValue, ...], mode: Mode = "working"
) -> Evaluation:
    """Return an evaluation that holds some values and nothing else."""
    return Evaluation(context, mode, values, {}, {}, (), ())


@cache
def told_demonstration() -> tuple[ContractGraph, Evaluation]:
    """Return the demonstration and its values, as a working document; made once a process."""
    graph = demonstration_graph()
    context = EvaluationContext(graph)
    return graph, evaluation_of_values(context, tuple(compute(context, DRAWN_ON)))


@cache
def withheld_demonstration() -> tuple[ContractGraph, Evaluation]:
    """Return the demonstration as a publication whose money is all secret."""
    graph, told = told_demonstration()
    values = tuple(
        secret(value) if (value.indicator, value.measure) in MONEY else value for value in told.values
    )
    return graph, evaluation_of_values(told.context, values, "publication")


def secret(value: IndicatorValue, **changed: Any) -> IndicatorValue:
    """Return a value as the gate withholds it."""
    return replace(
        value, value=None, n=None, interval=None, secrecy="A", conclusion=None,
        reason="secret statistique : moins de trois unités", **changed,
    )  # fmt: skip
