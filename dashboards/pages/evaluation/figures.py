"""A value as a row of the table: its number, its drawing, what may be concluded, what it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboards import words
from dashboards.pages.evaluation.bar import Bar, Write, bar_of, numbers_of, scale_of
from graphmodel import french
from graphmodel.answers.headlines import SMALL, Headline, why
from graphmodel.indicators import IndicatorValue, indicator
from graphmodel.secrecy import STATUS_FRENCH

Told = Callable[[Mapping[str, str]], str]

ESTABLISHED, ORIENTED, NOT_ESTABLISHED = "établi", "orienté", "non établi"
DEGREES = {
    ESTABLISHED: (
        "L’intervalle exclut le repère, deux sources attestent chaque ligne, au moins 80 % des bilans "
        "sont reçus."
    ),
    ORIENTED: "Le sens est le même dans toutes les analyses de sensibilité.",
    NOT_ESTABLISHED: "Le sens change, l’intervalle contient le repère, ou rien n’éprouve l’écart.",
}
"""Degrees of conclusion, the strongest first, and what each one takes."""

SECRET = "secret"
PROPORTION = "proportion"
SHARES = (PROPORTION, "probabilité")
_DECIMALS = {"€": 0, "jours": 1, "probabilité": 3}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as a row shows it.

    Attributes
    ----------
    key
        Its name, in the address of its proof.
    code, title, about
        Indicator, what it is, what narrows it.
    number, under
        The number as it is read, what stands under it.
    bar
        Its drawing; None where there is no number.
    missing
        Why there is no number; None where there is one.
    degree
        Degree of conclusion, `non calculable`, `secret`, or empty where none is drawn.
    note
        Why that degree, in a clause.
    base, coverage
        What `n` counts and the share of reports received, in words.
    value, start
        The value, and the year and value of the reference situation where there is one.
    """

    key: str
    code: str
    title: str
    about: str
    number: str
    under: str
    bar: Bar | None
    missing: str | None
    degree: str
    note: str
    base: str
    coverage: str
    value: IndicatorValue
    start: tuple[int, float] | None


def headline_figure(value: IndicatorValue, headline: Headline, start: IndicatorValue | None) -> Figure:
    """Return the row of a headline figure.

    Parameters
    ----------
    value
        The value of the year shown.
    headline
        Its words.
    start
        The same value in the reference year; None where it is that year, or it has none.
    """
    about = headline.about
    if "year2" in value.params:
        about = f"de {value.params['year']} à {value.params['year2']} ; {about}"
    title = words.typeset(headline.title)
    return _figure(value, title, words.typeset(about), headline.under, headline.base, start, headline.form)


def plain_figure(value: IndicatorValue, told: Told, start: IndicatorValue | None) -> Figure:
    """Return the row of a value that is no headline: label of its measure, its parameters in words."""
    card = indicator(value.indicator)
    title = card.measures[value.measure].label if value.measure else card.label
    shown = {name: text for name, text in value.params.items() if name not in ("year", "perimeter")}
    if "year2" in value.params:
        shown["year"] = value.params["year"]
    under = "" if value.unit in SHARES else _without_euro(value.unit)
    return _figure(value, title, told(shown), under, "", start, None)


def _without_euro(unit: str) -> str:
    return unit.removeprefix("€").strip().replace("par €", "par euro").replace("/hab.", "par habitant")


def _figure(
    value: IndicatorValue,
    title: str,
    about: str,
    under: str,
    base: str,
    start: IndicatorValue | None,
    form: str | None,
) -> Figure:
    write = writer(value, form)
    neutral = neutral_of(value)
    began = _start(value, start)
    known = [*numbers_of(value), began[1] if began else None, neutral]
    scale = scale_of(known, share=value.unit in SHARES)
    missing = None if value.value is not None or value.word else value.reason
    return Figure(
        key=value.name if value.measure else value.indicator,
        code=value.indicator,
        title=title,
        about=about,
        number=number_of(value, write),
        under="" if missing else _under(value, under, base),
        bar=bar_of(value, scale, write, began, neutral),
        missing=words.typeset(missing) if missing else None,
        degree=degree_of(value),
        note=words.typeset(why(value, began)),
        base=_base(value, base),
        coverage="" if value.coverage is None else f"{words.percent(value.coverage, 0)} des bilans",
        value=value,
        start=began,
    )


def _start(value: IndicatorValue, start: IndicatorValue | None) -> tuple[int, float] | None:
    if start is None or start.value is None or start.identity == value.identity:
        return None
    return int(start.params["year"]), float(start.value)


def neutral_of(value: IndicatorValue) -> float | None:
    """Return the number that an interval must exclude; None where the first year stands for it."""
    card = indicator(value.indicator)
    judged = value.measure is not None and (not card.judged or value.measure in card.judged)
    return float(card.neutral) if judged and isinstance(card.neutral, (int, float)) else None


def writer(value: IndicatorValue, form: str | None = None) -> Write:
    """Return what writes the numbers of a value: its form where it has one, else its unit."""
    if form == "euros" or (form is None and value.unit.startswith("€")):
        decimals = _DECIMALS.get(value.unit, 2)
        return lambda found: f"{_trimmed(found, decimals)}{words.NNBSP}€"
    if value.unit == PROPORTION:
        return lambda found: f"{_trimmed(found * 100, 1)}{words.NNBSP}%"
    if isinstance(value.value, int):
        return lambda found: _trimmed(found, 1)
    decimals = int(form[-1]) if form and form[-1].isdigit() else _DECIMALS.get(value.unit, 2)
    return lambda found: _trimmed(found, decimals)


def _trimmed(found: float, decimals: int) -> str:
    """Return a number without useless zeros where it is round: the end of a scale, a count."""
    return french.number(found, 0 if float(found).is_integer() else decimals)


def small_share(value: IndicatorValue) -> tuple[int, int] | None:
    """Return the count and the total of a proportion of few things; None for any other value.

    A share of money has a number of things too, and is no count of them: it is left as a percentage.
    """
    if value.unit != PROPORTION or value.value is None or not value.n or value.n >= SMALL:
        return None
    count = float(value.value) * value.n
    if not 0 <= count <= value.n or abs(count - round(count)) > 1e-6:
        return None
    return round(count), value.n


def number_of(value: IndicatorValue, write: Write) -> str:
    """Return a value as it is read: « 71,4 % », « 9 sur 16 », « – » where it is not known."""
    small = small_share(value)
    if small is not None:
        return f"{small[0]} sur {small[1]}"
    if value.value is None:
        return value.word or "–"
    if isinstance(value.value, float) and value.unit == PROPORTION:
        return words.percent(value.value)
    return write(float(value.value))


def _under(value: IndicatorValue, under: str, base: str) -> str:
    if small_share(value) is not None:
        return base or under
    return words.typeset(under)


def _base(value: IndicatorValue, base: str) -> str:
    if value.n is None:
        return ""
    return f"n{words.NBSP}={words.NBSP}{words.number(value.n)} {base}".rstrip()


def degree_of(value: IndicatorValue) -> str:
    """Return the degree of conclusion of a value, or why it has none."""
    if value.value is None and value.word is None:
        hidden = value.secrecy is not None and value.reason == STATUS_FRENCH[value.secrecy]
        return SECRET if hidden else words.NOT_COMPUTABLE
    return value.conclusion or ""
