"""Values of an evaluation as a room may see them: what secrecy covers stays covered, whatever the mode."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue

INDICATORS = ("T02", "T03", "T06", "T19")
"""Indicators the screens draw on."""


class Figures:
    """The values that the screens need, found by what they speak of.

    Parameters
    ----------
    evaluation
        Whole evaluation of the contract, in either mode.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self.context = evaluation.context
        self._values = [value for value in evaluation.values if value.indicator in INDICATORS]

    def find(self, indicator: str, measure: str, **params: str) -> list[IndicatorValue]:
        """Return the values of a measure that have these parameters, by year; frozen perimeters only."""
        found = [
            value
            for value in self._values
            if value.indicator == indicator
            and value.measure == measure
            and value.perimeter in (None, "frozen")
            and all(value.params.get(name) == text for name, text in params.items())
        ]
        return sorted(found, key=lambda value: value.params.get("year", ""))

    @cached_property
    def years_of_money(self) -> tuple[int, ...]:
        """Years of which an amount paid to an action is known, even zero."""
        return tuple(year for year in self.context.years if self.context.paid(year))

    def money_of(self, year: int) -> Mapping[str, IndicatorValue]:
        """Return euros per inhabitant without the region-wide actions, by code of territory."""
        values = self.find("T06", "per_inhabitant", year=str(year), ubiquitous="without")
        return {value.params["territory"]: value for value in values}


def hidden(value: IndicatorValue) -> bool:
    """Tell whether secrecy covers a value: it is then known to be something, and not to be said."""
    return value.secrecy not in (None, "V")


def counts_of(value: IndicatorValue | None) -> tuple[int, int] | None:
    """Return a share as how many out of how many; None when it is not known or covered."""
    if value is None or hidden(value) or value.value is None or not value.n:
        return None
    return round(float(value.value) * value.n), value.n


def last(values: Iterable[IndicatorValue]) -> IndicatorValue | None:
    """Return the last of some values that is known; None without any."""
    return next((value for value in reversed(list(values)) if value.value is not None), None)
