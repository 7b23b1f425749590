"""The chosen figures of an effect, as rows and as sentences: value, interval, method, n, conclusion.

Under twenty units a proportion is « 3 sur 10 », never a bare percentage.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards import words
from dashboards.report.blocks import Cell, Column, Row, Table
from dashboards.report.material import Material
from dashboards.sheets.cards import FEW, METHODS
from graphmodel.answers.headlines import FORMS, Headline, headlines
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.registry import indicators

NO_VALUE: Final = "n. c."
_NOTHING: Final = "—"
_BOUNDS: Final[Mapping[str, tuple[float, int, str]]] = {
    "percent": (100, 0, " %"), "points": (100, 1, " points"), "points1": (1, 1, " points"),
    "euros": (1, 2, " €"), "number0": (1, 0, ""), "number1": (1, 1, ""), "number2": (1, 2, ""),
}  # fmt: skip
"""How the bounds of an interval are written: factor, decimals, unit."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chosen figure and its values by year, in order; `None` is the year of what has only one value."""

    headline: Headline
    series: tuple[tuple[int | None, IndicatorValue], ...]

    @property
    def known(self) -> tuple[tuple[int | None, IndicatorValue], ...]:
        """The values that are known."""
        return tuple((year, value) for year, value in self.series if value.value is not None)

    @property
    def judged(self) -> IndicatorValue:
        """The last known value, else the last one: the one that is concluded on."""
        return (self.known or self.series)[-1][1]


def figures_of(material: Material, effect: str) -> tuple[Figure, ...]:
    """Return the chosen figures of an effect that the evaluation holds."""
    cards, found = indicators(), []
    for headline in headlines():
        if headline.indicator in cards and effect in cards[headline.indicator].effects and material.years:
            series = _series(material, headline)
            if series:
                found.append(Figure(headline, series))
    return tuple(found)


def _series(material: Material, headline: Headline) -> tuple[tuple[int | None, IndicatorValue], ...]:
    first, last = material.years[0], material.years[-1]
    params = headline.at(first, last)
    get = material.values.get
    if not headline.yearly:
        value = get(headline.indicator, headline.measure, params)
        return () if value is None else ((None, value),)
    asked = ((year, get(headline.indicator, headline.measure, params | {"year": str(year)}))
             for year in material.years)  # fmt: skip
    return tuple((year, value) for year, value in asked if value is not None)


def shown(headline: Headline, value: IndicatorValue) -> str:
    """Return a value in words: « 3 sur 10 », « 45,0 % », « secret », « n. c. »."""
    if value.value is None:
        return words.SECRET if value.secrecy not in (None, "V") else NO_VALUE
    number = float(value.value)
    if headline.form == "percent" and value.n is not None and value.n < FEW:
        count = number * value.n
        if abs(count - round(count)) < 1e-6:
            return f"{round(count)} sur {value.n}"
    return FORMS[headline.form](number)


def proof(headline: Headline, value: IndicatorValue) -> str:
    """Return what a value rests on: « [84 ; 100] % · Wilson · n = 20 », or that it has no interval."""
    if value.value is None:
        return _NOTHING
    parts = []
    bounds = value.interval
    if bounds is not None:
        factor, decimals, unit = _BOUNDS[headline.form]
        low = words.number(bounds.low * factor, decimals)
        high = words.number(bounds.high * factor, decimals) if math.isfinite(bounds.high) else "∞"
        parts += [f"[{low} ; {high}]{unit}", METHODS[bounds.method]]
    else:
        parts.append("sans intervalle")
    if value.n is not None:
        parts.append(f"n = {words.number(value.n)}")
    return " · ".join(parts)


def sentence(figure: Figure) -> str:
    """Return what a figure says in one sentence that ends with its degree of conclusion."""
    headline, known = figure.headline, figure.known
    lost = "".join(f" ; {year} : {value.reason}" if year else f" : {value.reason}"
                   for year, value in figure.series if value.value is None)  # fmt: skip
    name = f"{headline.phrase} ({headline.indicator})"
    if not known:
        return f"{name[:1].upper()}{name[1:]} n’a pas de valeur publiable{lost}."
    (first, before), (last, after) = known[0], known[-1]
    now = f"**{shown(headline, after)}**"
    if last is None:
        told = f"{name} est de {now}"
    elif first == last:
        told = f"en {first}, {name} est de {now}"
    elif shown(headline, before) == shown(headline, after):
        told = f"de {first} à {last}, {name} reste de {now}"
    else:
        told = f"de {first} à {last}, {name} passe de {shown(headline, before)} à {now}"
    degree = f" : **{after.conclusion}**" if after.conclusion else " ; aucune conclusion n’en est tirée"
    return f"{told[:1].upper()}{told[1:]} ({proof(headline, after)}){degree}{lost}."


def figures_table(material: Material, figures: Sequence[Figure], caption: str) -> Table:
    """Return the figures as a table: a row each, a column a year, what the last one rests on."""
    notes = _Notes()
    years = material.years
    rows = []
    for figure in figures:
        of_year = dict(figure.series)
        cells = [_cell(figure.headline, of_year.get(year), notes) for year in years]
        if None in of_year:
            cells = [Cell(_NOTHING)] * (len(years) - 1) + [_cell(figure.headline, of_year[None], notes)]
        headline, value = figure.headline, figure.judged
        about = f", {headline.about}" if headline.about else ""
        rows.append(
            Row((Cell(f"{headline.title} ({headline.indicator}){about}"), *cells,
                 Cell(proof(headline, value)), Cell(value.conclusion or _NOTHING)))
        )  # fmt: skip
    columns = (
        Column("Mesure", "l", 5),
        *(Column(str(year), "r", 0) for year in years),
        Column("Intervalle à 95 %, méthode, n", "l", 4),
        Column("Conclusion", "l", 0),
    )
    source = "Source : indicateurs de la version de la base, dernière valeur connue pour l’intervalle."
    return Table(caption, columns, tuple(rows), notes.told, source)


class _Notes:
    """Gives the same letter to the same reason."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def letter(self, reason: str) -> str:
        """Return the letter of a reason."""
        said = f"{reason[:1].upper()}{reason[1:]}".rstrip(".") + "."
        if said not in self._found:
            self._found.append(said)
        return "abcdefghijklmnopqrstuvwxyz"[min(self._found.index(said), 25)]

    @property
    def told(self) -> tuple[str, ...]:
        """The notes in the order of their letters."""
        return tuple(self._found)


def _cell(headline: Headline, value: IndicatorValue | None, notes: _Notes) -> Cell:
    if value is None:
        return Cell(_NOTHING)
    note = notes.letter(value.reason) if value.value is None and value.reason else ""
    return Cell(shown(headline, value), note)
