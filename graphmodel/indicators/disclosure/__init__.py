"""The secrecy of results: what each value gives away, its status, and what a publication keeps.

Money (T04, T06, T08, T10, E02, S12, G04), supported businesses (E01, E03, T05) and observed jobs (T07, T18)
are settled together, over every level, run and year at once: two tables of one publication never reveal by
difference. What rests on acts that the contract makes public (participations, places, meetings, reports,
policies) is releasable.
"""

from collections.abc import Container, Sequence
from dataclasses import replace

import numpy as np

from graphmodel.indicators.conclusions import Identity, sibling_of
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.disclosure.businesses import BusinessFigures
from graphmodel.indicators.disclosure.employment import EMPLOYMENT, EmploymentFigures
from graphmodel.indicators.disclosure.jobs import job_status
from graphmodel.indicators.disclosure.money import MoneyFigures, Name, Sums
from graphmodel.indicators.value import IndicatorValue, Run
from graphmodel.secrecy import FEWEST, STATUS_FRENCH, Mode, Status
from graphmodel.secrecy.attacker import Array
from graphmodel.secrecy.block import Block

GATED = ("S12", "E01", "E02", "E03", "T04", "T05", "T06", "T07", "T08", "T10", "T18", "G04")
"""Indicators of which some values rest on few units."""

_WORST: tuple[Status, ...] = ("A", "B", "D", "V")
_FOLLOWED = "E03"

_LEVELS = {
    "R": 0,
    "total": 0,
    "D": 1,
    "axis": 3,
    "E": 4,
    "funder": 5,
    "UU": 5,
    "funder_axis": 6,
    "Q": 6,
    "action": 7,
    "K": 8,
}
_INDICATORS = {"T06": 0, "E01": 0, "G04": 0, "E02": 2, "T04": 0, "T08": 9}
"""What goes out first where not everything can: the lowest sum of both. Totals and amounts by département
come before ratios, and before what few people read."""


class Disclosure:
    """Examines the values of one evaluation.

    Parameters
    ----------
    context
        What the values were computed from.
    """

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context
        self.money, self.businesses = MoneyFigures(context), BusinessFigures(context)
        self.employment = EmploymentFigures(context)

    def block(self, name: Name) -> Block:
        """Return a block of contributions by its name."""
        if name[0] in ("supports", "jobs"):
            return self.businesses.block(name)
        if name[0] == EMPLOYMENT:
            return self.employment.block(name)
        return self.money.lines(name).block

    def sums(self, value: IndicatorValue) -> Sums:
        """Return every figure that a value gives away."""
        return [*self.money.sums(value), *self.businesses.sums(value), *self.employment.sums(value)]

    def examined(self, values: Sequence[IndicatorValue]) -> list[IndicatorValue]:
        """Return the values with their status; all the values of a publication must come together."""
        told = [self.sums(value) if value.value is not None or value.n else [] for value in values]
        order = sorted(range(len(values)), key=lambda at: _rank(values[at]))
        # Many values show one figure: it is laid once, however many do.
        figures: dict[Name, dict[int, Array]] = {}
        shown: dict[Name, list[tuple[int, int]]] = {}
        for at in order:
            for name, figure in told[at]:
                figures.setdefault(name, {})[id(figure)] = figure
                shown.setdefault(name, []).append((at, id(figure)))
        found: list[list[Status]] = [[_alone(self.context, value)] for value in values]
        for name, laid in figures.items():
            statuses = dict(zip(laid, self._settled(name, np.vstack(list(laid.values()))), strict=True))
            for at, figure_id in shown[name]:
                found[at].append(statuses[figure_id])
        return [
            replace(value, secrecy=min(s, key=_WORST.index)) for value, s in zip(values, found, strict=True)
        ]

    def _settled(self, name: Name, figures: Array) -> list[Status]:
        """Return the statuses of the figures of a block once all of them are settled."""
        block = self.block(name)
        block.offer(figures)
        if name[0] == "jobs":
            block.offer(self.businesses.own(name))
        block.settle()
        return block.statuses(figures)


def _alone(context: EvaluationContext, value: IndicatorValue) -> Status:
    """Return the status of a value that no sum tells: turnover of too few structures, observed jobs."""
    few = value.indicator == _FOLLOWED and value.n is not None and 0 < value.n < FEWEST["enterprise"]
    return "A" if few else job_status(context, value)


def _rank(value: IndicatorValue) -> tuple[int, int, bool]:
    level = value.params.get("level", "action" if "action" in value.params else "R")
    rank = _LEVELS.get(level, 8) + _INDICATORS.get(value.indicator, 3)
    rank += value.params.get("zone") == "union"
    return rank, value.indicator == "T04", value.params.get("ubiquitous") == "without"


def released(values: Sequence[IndicatorValue], mode: Mode) -> list[IndicatorValue]:
    """Return examined values as they may leave: in publication, a secret one is null, with its status.

    What lets the value be found goes with it: count, interval, runs, simulation, and its conclusion.
    """
    if mode == "working":
        return list(values)
    hidden = {value.identity for value in values if value.secrecy != "V"}
    return [
        _withheld(value) if value.identity in hidden else _without_hidden_runs(value, hidden)
        for value in values
    ]


def _without_hidden_runs(value: IndicatorValue, hidden: Container[Identity]) -> IndicatorValue:
    """Return a value whose runs keep silent about the secret values that they repeat."""
    runs = tuple(
        Run(run.run, None) if sibling_of(value, run.run) in hidden else run for run in value.sensitivity
    )
    return value if runs == value.sensitivity else replace(value, sensitivity=runs)


def _withheld(value: IndicatorValue) -> IndicatorValue:
    runs = tuple(Run(run.run, None) for run in value.sensitivity)
    reason = STATUS_FRENCH[value.secrecy] if value.secrecy else None
    return replace(
        value, value=None, word=None, n=None, interval=None, sensitivity=runs, simulation=None,
        conclusion=None, reason=reason,
    )  # fmt: skip
