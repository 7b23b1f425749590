"""What the chosen figures of each indicator say, one French sentence each, with degree and interval."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphmodel.answers.statement import Statement, Values
from graphmodel.french import NBSP, NNBSP, listed, number, percent
from graphmodel.indicators.conclusions import ENOUGH_COVERAGE
from graphmodel.indicators.registry import indicators
from graphmodel.indicators.value import IndicatorValue

_FILE = Path(__file__).with_name("headlines.csv")

FORMS: dict[str, Callable[[float], str]] = {
    "percent": percent,
    "points": lambda value: f"{number(value * 100, 1)}{NBSP}{_points(value * 100)}",
    "points1": lambda value: f"{number(value, 1)}{NBSP}{_points(value)}",
    "euros": lambda value: f"{number(value, 2)}{NNBSP}€",
    "number0": number,
    "number1": lambda value: number(value, 1),
    "number2": lambda value: number(value, 2),
}


def _points(value: float) -> str:
    return "point" if abs(round(value, 1)) < 2 else "points"


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure chosen to speak for an indicator, at the level of the whole contract.

    Attributes
    ----------
    indicator, measure
        Which one.
    params
        Its parameters, the year apart; `@first` and `@last` stand for the first and last waves.
    phrase
        What it is, as a noun phrase with its article.
    form
        How its number is written: a key of `FORMS`.
    title, about, under, base
        For a row of a table: short name, what narrows it, what stands under the number, what `n` counts.
    first
        Expected effects under which it is seen first; at most `MOST_FIRST` figures a question.
    """

    indicator: str
    measure: str
    params: tuple[tuple[str, str], ...]
    phrase: str
    form: str
    title: str
    about: str
    under: str
    base: str
    first: tuple[str, ...]

    def at(self, first: int, last: int) -> dict[str, str]:
        """Return the parameters once the waves are known."""
        waves = {"@first": str(first), "@last": str(last)}
        return {name: waves.get(text, text) for name, text in self.params}

    @property
    def yearly(self) -> bool:
        """True for a figure that has one value a year; False for a change, or what has no date."""
        dated = {name for name, text in self.params if text.startswith("@") and name != "t0"}
        return not dated and self.measure not in _UNDATED


_UNDATED = ("mean_domains",)

MOST_FIRST = 8
"""Figures of a question that a screen of 1280 by 720 pixels shows at once."""


@cache
def headlines() -> tuple[Headline, ...]:
    """Return the chosen figures, in the order they are told."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Headline(
                row["indicator"],
                row["measure"],
                _params(row["params"]),
                row["phrase"],
                row["form"],
                row["title"],
                row["about"],
                row["under"],
                row["base"],
                tuple(row["first"].split()),
            )
            for row in csv.DictReader(stream)
        )


def _params(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value) for part in text.split("|") if part for name, _, value in [part.partition("=")]
    )


def told(headline: Headline, values: Values, years: tuple[int, ...], effect: str) -> Statement | None:
    """Return the sentence of a figure, None when the evaluation does not hold it or the contract no year."""
    if not years:
        return None
    first, last = years[0], years[-1]
    params = headline.at(first, last)
    if not headline.yearly:
        value = values.get(headline.indicator, headline.measure, params)
        if value is None:
            return None
        span = f"De {first} à {last}, " if "year2" in params else ""
        return Statement(_alone(headline, value, span), "constat", effect, (value,))
    series = [
        (year, value)
        for year in years
        if (value := values.get(headline.indicator, headline.measure, params | {"year": str(year)}))
    ]
    if not series:
        return None
    return Statement(_series(headline, series), "constat", effect, tuple(value for _, value in series))


def _alone(headline: Headline, value: IndicatorValue, span: str) -> str:
    start = f"{span}{headline.phrase}" if span else _capital(headline.phrase)
    if value.value is None:
        return f"{start} n’est pas publiable ou calculable{NBSP}: {value.reason}."
    return f"{start} est de {_shown(headline, value)}{_proof(value)}{_degree(value, None)}."


def _series(headline: Headline, series: list[tuple[int, IndicatorValue]]) -> str:
    known = [(year, value) for year, value in series if value.value is not None]
    lost = [(year, str(value.reason)) for year, value in series if value.value is None]
    gaps = "".join(f"{NNBSP}; {year}{NBSP}: {reason}" for year, reason in lost)
    if not known:
        return f"{_capital(headline.phrase)} n’a pas de valeur{gaps.replace(NNBSP + ';', NBSP + ':', 1)}."
    (first, before), (last, after) = known[0], known[-1]
    if first == last:
        return f"En {first}, {headline.phrase} est de {_shown(headline, before)}{_proof(before)}{gaps}."
    one, other = _shown(headline, before), _shown(headline, after)
    moves = f"reste de {other}" if one == other else f"passe de {one} à {other}"
    degree = _degree(after, (first, float(before.value or 0)))
    return f"De {first} à {last}, {headline.phrase} {moves}{_proof(after)}{degree}{gaps}."


def _shown(headline: Headline, value: IndicatorValue) -> str:
    return FORMS[headline.form](float(value.value or 0))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _proof(value: IndicatorValue) -> str:
    """Return the interval of a proportion or a ratio, and the small number it rests on."""
    bounds, told = value.interval, []
    if bounds is not None and value.unit in ("proportion", "rapport de taux"):
        scale, decimals = (100, 1) if value.unit == "proportion" else (1, 2)
        low, high = (number(bound * scale, decimals) for bound in (bounds.low, bounds.high))
        told.append(f"intervalle à 95{NNBSP}%{NBSP}: {low} à {high}")
    if value.n is not None and value.n < SMALL:
        told.append(f"n{NBSP}={NBSP}{value.n} seulement")
    return f" ({f'{NNBSP}; '.join(told)})" if told else ""


SMALL = 20
"""Number under which what a value rests on is said in the sentence."""


def _degree(value: IndicatorValue, reference: tuple[int, float] | None) -> str:
    """Return what may be concluded of a value, and when nothing, why not."""
    if value.conclusion is None:
        return ""
    if value.conclusion == "établi":
        return f"{NNBSP}; cet écart est établi"
    return f"{NNBSP}; {why(value, reference)} ({value.conclusion})"


def why(value: IndicatorValue, reference: tuple[int, float] | None) -> str:
    """Return why a value has the degree of conclusion it has, as a clause; empty where none is drawn.

    Parameters
    ----------
    value
        A concluded value.
    reference
        Year and value of the reference; None where there is none, or for the reference itself.
    """
    if value.conclusion is None:
        return ""
    if value.conclusion == "orienté":
        return f"{_sense(value)} dans toutes les analyses de sensibilité"
    neutral = _neutral(value, reference)
    if value.conclusion == "établi" and neutral is not None:
        return f"l’intervalle exclut {neutral[0]}"
    return _why_not(value, reference)


def _neutral(value: IndicatorValue, reference: tuple[int, float] | None) -> tuple[str, float] | None:
    """Return the value that an interval must exclude, with its French name."""
    neutral = indicators()[value.indicator].neutral
    if isinstance(neutral, (int, float)):
        return f"{number(neutral)}, la valeur neutre", float(neutral)
    return None if reference is None else (f"la valeur de {reference[0]}", reference[1])


def _sense(value: IndicatorValue) -> str:
    neutral = indicators()[value.indicator].neutral
    if not isinstance(neutral, (int, float)):
        return "même sens"
    side = "au-dessus" if float(value.value or 0) > neutral else "au-dessous"
    return f"{side} de {number(neutral)}"


def _why_not(value: IndicatorValue, reference: tuple[int, float] | None) -> str:
    neutral, found = _neutral(value, reference), float(value.value or 0)
    if neutral is None:
        return "il n’y a pas de valeur de référence à laquelle comparer"
    if found == neutral[1]:
        return f"aucun écart à {neutral[0]}"
    runs = [run for run in value.sensitivity if run.value is not None]
    if value.interval is None:
        if runs:
            return f"le sens change dans une analyse de sensibilité{NBSP}: {listed(run.run for run in runs)}"
        return "ni intervalle ni analyse de sensibilité n’éprouvent cet écart"
    if not value.interval.excludes(neutral[1]):
        return f"l’intervalle contient {neutral[0]}"
    if value.coverage is not None and value.coverage < ENOUGH_COVERAGE:
        return f"l’intervalle exclut {neutral[0]}, mais moins de 80{NNBSP}% des bilans sont reçus"
    return f"l’intervalle exclut {neutral[0]}, mais deux sources n’attestent pas chaque ligne"
