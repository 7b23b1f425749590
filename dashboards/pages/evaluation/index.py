"""The values of an evaluation, laid out once for the page: headlines by effect, other values of the whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from graphmodel.answers.headlines import Headline, headlines
from graphmodel.answers.statement import Values
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue, indicators

CONTROL = "contrôle"
"""Section of the indicators that inform no effect: they say how to read the others."""

_WHOLES = ("R", "X", "total", "C1", "year", "all", "key")
_PARTS = ("axis", "commune", "node", "pair", "ptce", "action", "funder", "filiere")
"""Parameters of values about one action, one place or one named actor: they are in the files."""
_CHOICES = {"pivot": "with", "coding": "classique", "ubiquitous": "with", "cohort": "union", "pairs": "all"}
"""Choices of method shown in the table; the others are the sensitivity of its values."""
_DEPARTEMENT = "D"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A headline and its value for what the page shows."""

    headline: Headline
    value: IndicatorValue


class Index:
    """Finds the values that the page shows.

    Parameters
    ----------
    evaluation
        The whole evaluation.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.values = Values(evaluation.values)
        self.years = evaluation.context.years
        self._whole: dict[str, list[IndicatorValue]] = {}
        self._known: set[str] = set()
        self._missing = {value.indicator: value for value in evaluation.values if value.measure is None}
        whole = {(v.indicator, v.measure) for v in evaluation.values if v.params.get("level") in _WHOLES}
        for value in evaluation.values:
            if value.value is not None or value.word is not None:
                self._known.add(value.indicator)
            if self._told(value, whole):
                for effect in _effects(value):
                    self._whole.setdefault(effect, []).append(value)

    def _told(self, value: IndicatorValue, whole: set[tuple[str, str | None]]) -> bool:
        """Tell whether a value speaks of the whole contract, under the choices of method of the table."""
        params = value.params
        if any(name in params for name in _PARTS):
            return False
        if any(params.get(name, choice) != choice for name, choice in _CHOICES.items()):
            return False
        if params.get("level") == _DEPARTEMENT:
            return (value.indicator, value.measure) not in whole
        return params.get("level", "R") in _WHOLES or "effect" in params

    def headlines(self, effect: str, year: int, perimeter: str) -> list[Chosen]:
        """Return the headline figures of an effect, those seen first ahead.

        Parameters
        ----------
        effect
            `E3.1`…
        year
            Year shown.
        perimeter
            `frozen` or `current`, for the values that depend on it.
        """
        cards = indicators()
        found = []
        for headline in headlines():
            if headline.indicator in cards and effect in cards[headline.indicator].effects:
                value = self.headline(headline, year, perimeter)
                if value is not None:
                    found.append(Chosen(headline, value))
        return sorted(found, key=lambda chosen: effect not in chosen.headline.first)

    def headline(self, headline: Headline, year: int, perimeter: str) -> IndicatorValue | None:
        """Return the value of a headline for a year; a change starts from the first one."""
        first, last = self.years[0], self.years[-1]
        params = headline.at(first, last if "year2" in dict(headline.params) and year == first else year)
        if headline.yearly:
            params = params | {"year": str(year)}
        for more in ({}, {"perimeter": perimeter}):
            value = self.values.get(headline.indicator, headline.measure, params | more)
            if value is not None:
                return value
        # Its input is missing, or it failed: its only entry says so in its place.
        return self._missing.get(headline.indicator)

    def others(
        self, effect: str, year: int, perimeter: str, but: Iterable[IndicatorValue]
    ) -> list[IndicatorValue]:
        """Return the other values of an effect that speak of the whole contract, in catalogue order.

        An indicator without any value at all has one entry, which says why.
        """
        seen = {value.identity for value in but}
        found = []
        for value in self._whole.get(effect, ()):
            dated = {value.params[name] for name in ("year", "year2") if name in value.params}
            shown = value.params.get("year2", value.params.get("year")) == str(year)
            if value.measure is None:
                wanted = value.indicator not in self._known
            else:
                wanted = (shown or not dated) and value.params.get("perimeter", perimeter) == perimeter
            if wanted and value.identity not in seen:
                found.append(value)
        return found

    def start(self, value: IndicatorValue) -> IndicatorValue | None:
        """Return the same value in the reference year; None for a change, or where there is none."""
        if "year" not in value.params or "year2" in value.params or "t0" in value.params or not value.measure:
            return None
        params = {**value.params, "year": str(self.evaluation.context.t0)}
        return self.values.get(value.indicator, value.measure, params)

    def beside(self, question: int) -> int:
        """Return how many values of a question the page leaves to the files."""
        shown = {
            value.identity
            for effect in self._whole
            for value in self._whole[effect]
            if value.question == question
        }
        return sum(value.question == question for value in self.evaluation.values) - len(shown)

    def perimeters(self, question: int) -> bool:
        """Tell whether some values that a question shows depend on the perimeter."""
        return any(
            value.question == question and "perimeter" in value.params
            for values in self._whole.values()
            for value in values
        )


def _effects(value: IndicatorValue) -> tuple[str, ...]:
    if "effect" in value.params:
        return (value.params["effect"],)
    return indicators()[value.indicator].effects or (CONTROL,)


_KEPT: list[Index] = []


def index_of(evaluation: Evaluation) -> Index:
    """Return the index of an evaluation; that of the last one is kept: laying it out reads every value."""
    if not _KEPT or _KEPT[0].evaluation is not evaluation:
        _KEPT[:] = [Index(evaluation)]
    return _KEPT[0]
