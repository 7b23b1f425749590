"""F5: the equity ratios of supported businesses, inside priority quarters and around them, with intervals."""

import math
import re
from dataclasses import dataclass
from typing import Final

import shapely

from dashboards import words
from dashboards.figures import plot
from dashboards.figures.asked import Asked, hidden, secret_words
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.registered import Made
from dashboards.prints import signs
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box, fit
from dashboards.theme import LIGHT
from graphmodel.indicators import IndicatorValue

TICKS: Final = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_SAID: Final = ("0,125", "0,25", "0,5", "1", "2", "4", "8")
METHODS: Final = {"exact": "exact conditionnel", "score": "score"}
_PREFIX: Final = re.compile(r"^Unité urbaine (fictive )?(de |d’)")
_ROW, _HEAD, _AXIS = 6.4, 7.0, 11.0


@dataclass(frozen=True, slots=True)
class ForestRow:
    """An urban unit, or all of them.

    Attributes
    ----------
    name
        Its name.
    n
        Businesses supported there; None when that is not known or secret.
    ratio, low, high
        Ratio and interval; None where there is none. `high` may be infinite.
    method
        Method of the interval.
    degree
        Degree of conclusion; empty when none is drawn.
    why
        Why there is no ratio, in words; empty otherwise.
    whole
        True for all the urban units together.
    """

    name: str
    n: int | None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""
    degree: str = ""
    why: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        """« 1,19 [0,87 ; 1,60] », or why not."""
        if self.low is None or self.high is None:
            return self.why
        high = words.number(self.high, 2) if math.isfinite(self.high) else "∞"
        start = words.number(self.ratio, 2) if self.ratio is not None else "—"
        return f"{start} [{words.number(self.low, 2)} ; {high}]"


@dataclass(frozen=True, slots=True)
class Forest:
    """The rows to draw, the whole first, and the names of those where nobody was supported."""

    year: int
    rows: tuple[ForestRow, ...]
    nobody: tuple[str, ...]
    unlocated: str

    @property
    def established(self) -> list[ForestRow]:
        """Rows, the whole apart, whose difference is established."""
        return [row for row in self.rows if row.degree == "établi" and not row.whole]

    @property
    def away(self) -> list[ForestRow]:
        """Rows whose interval does not hold 1."""
        return [r for r in self.rows if r.low is not None and r.high is not None and not r.low <= 1 <= r.high]


def forest_data(asked: Asked, year: int) -> Forest:
    """Return what F5 shows of a year."""
    names = {
        str(code): _PREFIX.sub("", str(name))
        for code, name, level in zip(
            *(asked.graph.nodes("Territory")[column] for column in ("code", "name", "level")), strict=True
        )
        if level == "urban_unit"
    }
    values = asked.of("T05", "rate_ratio", year=str(year))
    rows = [_row(asked, value, names) for value in values]
    whole = [row for row in rows if row.whole]
    units = sorted((row for row in rows if not row.whole), key=lambda row: (-(row.n or 0), row.name))
    nobody = tuple(sorted(row.name for row in units if row.n == 0))
    told = asked.get("T05", "unlocated", year=str(year), level="R", territory="R")
    lost = ""
    if told is not None and told.value:
        lost = f"{words.counted(int(told.value), 'structure')} sans localisation, hors du calcul"
    elif told is not None and hidden(told, asked.mode):
        lost = "structures sans localisation : secret"
    return Forest(year, (*whole, *(row for row in units if row.n != 0)), nobody, lost)


def _row(asked: Asked, value: IndicatorValue, names: dict[str, str]) -> ForestRow:
    whole = value.params["level"] == "R"
    code = value.params["territory"]
    name = "Ensemble (unités urbaines avec QPV)" if whole else names.get(code, code)
    bounds = value.interval
    if bounds is None:
        why = secret_words(value) if hidden(value, asked.mode) else f"non calculable : {value.reason}"
        return ForestRow(name, value.n, why=why, whole=whole)
    return ForestRow(
        name,
        value.n,
        None if value.value is None else float(value.value),
        bounds.low,
        bounds.high,
        METHODS.get(bounds.method, bounds.method),
        value.conclusion or "",
        str(value.reason or ""),
        whole,
    )


def make(asked: Asked) -> Made:
    """Return F5."""
    year = asked.one_year()
    data = None if year is None else forest_data(asked, year)
    if data is None or year is None or not data.rows:
        reason = asked.absence("T05")
        return Made(_words(asked, year, None, reason), nothing(reason), year, reason)
    drawing = Drawing(lambda page, box: draw(page, box, data), lambda width: _height(data, width))
    return Made(_words(asked, year, data, ""), drawing, year)


def _words(asked: Asked, year: int | None, data: Forest | None, reason: str) -> Words:
    title = f"Quartiers prioritaires et leur environnement : rapports d’équité, {year or ''}".removesuffix(
        ", "
    )
    subtitle = f"{asked.contract} · question 3, effet E3.1 · structures soutenues par habitant (T05)"
    if data is None:
        return Words(
            title, subtitle, reason, asked.source("bilans annuels"), f"Figure sans donnée : {reason}"[:350]
        )
    caption = (
        f"Structures soutenues en {year} par habitant des QPV, rapportées à celles de la même unité urbaine "
        "hors QPV ; échelle logarithmique, 1 : même taux. Intervalles à 95 % ; carré vide : l’intervalle "
        "contient 1 ; plein : il l’exclut ; losange : ensemble ; flèche : l’intervalle sort de l’axe."
    )
    alt = (
        f"Rapports d’équité par unité urbaine, {year} : {words.counted(len(data.rows), 'ligne')} sur un axe "
        f"de 0,125 à 8. {alt_fact(data)} Les valeurs sont écrites au bout de chaque ligne."
    )
    source = asked.source("soutiens par SIREN déclarés dans les bilans, localisés au siège", [data.year])
    reading = next((f"{r.name} : {r.text}, n = {r.n}." for r in data.rows if r.ratio is not None), "")
    reading += (
        " Carré vide : l’intervalle à 95 % contient 1 ; plein : il l’exclut ; losange : ensemble ; flèche : "
        "l’intervalle sort de l’axe. Exact conditionnel sous 20 structures de part ou d’autre, score "
        "au-delà."
    )
    limit = (
        "Qu’une égalité est démontrée : un intervalle qui contient 1 n’en est pas une preuve. Un écart "
        "n’est établi que si deux sources l’attestent et 80 % des bilans sont reçus. Le siège n’est pas le "
        "lieu d’usage : rien n’est dit des habitants."
    )
    return Words(title, subtitle, caption, source, alt, reading.strip(), limit)


def alt_fact(data: Forest) -> str:
    """Return the main fact: the whole, then how many units are away from 1."""
    whole = next((row for row in data.rows if row.whole), None)
    start = f"Ensemble : {whole.text}. " if whole is not None and whole.low is not None else ""
    units = [row for row in data.away if not row.whole]
    if not units:
        return f"{start}Aucune unité urbaine n’a d’intervalle hors de 1."
    return f"{start}L’intervalle exclut 1 pour {words.shortened([row.name for row in units], 2)}."


def _height(data: Forest, width: float) -> float:
    return _HEAD + _ROW * len(data.rows) + _AXIS + (_note_height(data, width) if _note(data) else 0.0)


def _note(data: Forest) -> str:
    told = []
    if data.nobody:
        told.append(f"Aucune structure soutenue : {', '.join(data.nobody)}.")
    if data.unlocated:
        told.append(f"{data.unlocated[:1].upper()}{data.unlocated[1:]}.")
    return " ".join(told)


def _note_height(data: Forest, width: float) -> float:
    return fit(_note(data), plot.SMALL, width, 400, leading=1.2).height + 1.5


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of the forest stand in a box, and its scale."""

    box: Box
    name: float
    n: float
    value: float
    end: float

    @classmethod
    def of(cls, box: Box) -> "_Columns":
        """Return the columns in the proportions of the report."""
        wide = box.w / 166
        return cls(box, 44 * wide, 12 * wide, 31 * wide, 18 * wide)

    @property
    def n_right(self) -> float:
        """Right edge of the numbers of businesses."""
        return self.box.x + self.name + self.n

    @property
    def value_left(self) -> float:
        """Left edge of the ratios in words."""
        return self.box.right - self.value - self.end

    @property
    def scale(self) -> plot.Scale:
        """The logarithmic axis."""
        return plot.Scale(TICKS[0], TICKS[-1], self.n_right + 3, self.value_left - 3, log=True)


def draw(page: Page, box: Box, data: Forest) -> None:
    """Draw the forest in a box: names, n, intervals on a log axis, values, conclusions."""
    columns, top, step = _Columns.of(box), box.y + _HEAD, _step(box, data)
    _draw_heads(page, columns)
    bottom = top + step * len(data.rows)
    for rank, row in enumerate(data.rows):
        if row.whole:
            page.rectangle(Box(box.x, top + rank * step, box.w, step), Z["ground"], fill=LIGHT.accs)
        _draw_row(page, columns, top + (rank + 0.5) * step, row)
    _draw_axis(page, columns, top, bottom)
    if _note(data):
        room = Box(box.x, bottom + _AXIS, box.w, box.bottom - bottom - _AXIS + 0.5)
        page.paragraph(room, _note(data), plot.SMALL, floor=6.0, color=plot.MUTED, leading=1.2)


def _draw_heads(page: Page, at: _Columns) -> None:
    y, scale = at.box.y + 3, at.scale
    middle, span = (scale.start + scale.end) / 2, scale.end - scale.start
    plot.centered(page, at.box.x, y, "Unité urbaine", plot.HEAD)
    plot.centered(page, at.n_right, y, "n", plot.HEAD, align="right", width=at.n)
    plot.centered(page, middle, y, "rapport de taux", plot.HEAD, align="center", width=span)
    plot.centered(page, at.value_left, y, "RR [IC 95 %]", plot.HEAD, width=at.value)
    plot.centered(page, at.box.right, y, "conclusion", plot.HEAD, align="right", width=at.end)
    plot.rule(page, at.box.x, at.box.y + _HEAD, at.box.right, at.box.y + _HEAD, LIGHT.ink, 0.6)


def _draw_row(page: Page, at: _Columns, y: float, row: ForestRow) -> None:
    face = plot.STRONG if row.whole else plot.BODY
    n = words.number(row.n) if row.n is not None else "—"
    plot.centered(page, at.box.x + (1 if row.whole else 0), y, row.name, face, width=at.name - 1, high=_ROW)
    plot.centered(page, at.n_right, y, n, face, align="right", width=at.n)
    if row.low is None:
        plot.centered(page, at.value_left, y, row.why, plot.SMALL, width=at.value + at.end, color=plot.MUTED)
        return
    _draw_interval(page, at.scale, y, row)
    plot.centered(page, at.value_left, y, row.text, face, width=at.value)
    plot.centered(page, at.box.right, y, row.degree or "—", face, align="right", width=at.end)


def _draw_axis(page: Page, at: _Columns, top: float, bottom: float) -> None:
    scale, y = at.scale, bottom + 5.8
    one, half = scale.at(1), (scale.end - scale.start) / 2 - 1
    plot.grid(page, scale, TICKS, top, bottom, said=_SAID)
    plot.rule(page, one, top, one, bottom, LIGHT.ink, 1.1, Z["edge"])
    plot.rule(page, at.box.x, bottom, at.box.right, bottom, LIGHT.ink, 0.6)
    less, more = "← moins soutenu en QPV", "plus soutenu en QPV →"
    plot.centered(page, one - 1, y, less, plot.SMALL, align="right", width=half, color=plot.MUTED)
    plot.centered(page, one + 1, y, more, plot.SMALL, width=half, color=plot.MUTED)


def _step(box: Box, data: Forest) -> float:
    """Return the height of a row in a box."""
    return (box.h - (_height(data, box.w) - _ROW * len(data.rows))) / len(data.rows)


def _draw_interval(page: Page, scale: plot.Scale, y: float, row: ForestRow) -> None:
    low, high = float(row.low or 0.0), float(row.high or 0.0)
    start, end = scale.at(low), scale.at(high)
    signs.lines(page, shapely.LineString([(start, y), (end, y)]), LIGHT.acc, 1.3, Z["mark"] - 0.5)
    for x, cut, way in ((start, low < scale.low, -1), (end, high > scale.high, 1)):
        if cut:
            head = [(x - way * 1.5, y - 1.1), (x, y), (x - way * 1.5, y + 1.1)]
            signs.lines(page, shapely.LineString(head), LIGHT.acc, 1.3, Z["mark"] - 0.5)
        else:
            signs.lines(
                page, shapely.LineString([(x, y - 0.9), (x, y + 0.9)]), LIGHT.acc, 1.3, Z["mark"] - 0.5
            )
    if row.ratio is None or row.ratio < scale.low or row.ratio > scale.high:
        return
    fill = LIGHT.surface if low <= 1 <= high else LIGHT.acc
    if row.whole:
        plot.regular(page, scale.at(row.ratio), y, 2.0, 4, fill=fill, edge=LIGHT.acc, line=1.2)
    else:
        plot.regular(page, scale.at(row.ratio), y, 1.7, 4, 45, fill=fill, edge=LIGHT.acc, line=1.2)
