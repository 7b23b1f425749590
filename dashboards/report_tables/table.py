"""A table of the report: typed columns, cells that hold a value and the words for it, notes under it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from dashboards import words
from dashboards.figures.asked import hidden, secret_words
from dashboards.sheets.cards import FEW
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

Kind = Literal["text", "integer", "number", "money", "share", "ratio", "interval", "date", "status"]
Level = Literal["data", "section", "total"]
Value = str | int | float | None

_RIGHT: Final = ("integer", "number", "money")
_CENTER: Final = ("status",)
NONE: Final = "—"
"""What stands where there is nothing to say: no line, no unit of that sort. It is not zero."""
NOT_APPLICABLE: Final = "s.o."


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes
    ----------
    title, unit
        Head, and the unit of its numbers.
    kind
        What its cells hold.
    group
        Head above several columns; empty without one.
    width
        Relative width.
    """

    title: str
    kind: Kind = "text"
    group: str = ""
    unit: str = ""
    width: float = 1.0

    @property
    def align(self) -> str:
        """« l », « c » or « r »."""
        return "r" if self.kind in _RIGHT else "c" if self.kind in _CENTER else "l"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value for a spreadsheet (None where there is none), its words, the letter of a note."""

    value: Value
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a section has one cell, that spans the table."""

    cells: tuple[Cell, ...]
    level: Level = "data"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of the report.

    Attributes
    ----------
    kind, number, caption
        « tb2 », « Tableau Tb2 », what it says.
    source
        « Source : … ».
    columns, rows, notes
        Content; notes in order, those with a letter begin with it (« a 2014 : … »).
    fictional, mode
        What it shows and for whom.
    empty
        Why there is no row; None otherwise.
    wide
        True for a table that needs a landscape page.
    """

    kind: str
    number: str
    caption: str
    source: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    fictional: bool
    mode: Mode
    empty: str | None = None
    wide: bool = False

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return every row as words."""
        return tuple(tuple(cell.text for cell in row.cells) for row in self.rows)


@dataclass(slots=True)
class Content:
    """What the module of a table gives back: the table without its number, its mode and its sort."""

    caption: str
    source: str
    columns: Sequence[Column] = ()
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    empty: str | None = None
    wide: bool = False

    def add(self, *cells: Cell, level: Level = "data") -> None:
        """Add a row."""
        self.rows.append(Row(cells, level))


def text(said: str, note: str = "") -> Cell:
    """Return a cell of words."""
    return Cell(said, words.typeset(said), note)


def count(value: int | None, why: str = NONE, note: str = "") -> Cell:
    """Return a cell of a count; `why` stands where it is not known."""
    return Cell(value, words.number(value) if value is not None else why, note)


def why_not(value: IndicatorValue | None, mode: Mode, short: bool = True) -> Cell:
    """Return the cell of a value that has no number: « secret », « n. c. » or their reason."""
    if value is None:
        return Cell(None, NONE)
    if hidden(value, mode):
        return Cell(None, words.SECRET if short else words.typeset(secret_words(value)))
    return Cell(None, "n. c." if short else words.typeset(f"{words.NOT_COMPUTABLE} : {value.reason}"))


def thousands(value: IndicatorValue | None, mode: Mode, note: str = "") -> Cell:
    """Return a cell of euros, written in thousands with a decimal."""
    if value is None or value.value is None:
        return why_not(value, mode)
    return Cell(float(value.value), words.number(float(value.value) / 1000, 1), note)


def plain(value: IndicatorValue | None, mode: Mode, decimals: int = 2) -> Cell:
    """Return a cell of a number."""
    if value is None or value.value is None:
        return why_not(value, mode)
    found = value.value
    return Cell(found, words.number(found, 0 if isinstance(found, int) else decimals))


def share(value: IndicatorValue | None, mode: Mode) -> Cell:
    """Return a cell of a proportion: « 3 sur 10 [7 ; 60] » under twenty units, then « 36 % [20 ; 57] »."""
    if value is None or value.value is None:
        return why_not(value, mode)
    rate, n = float(value.value), value.n
    said = f"{round(rate * n)} sur {n}" if n is not None and counts_units(value) else words.percent(rate, 0)
    return Cell(rate, f"{said}{bounds(value, 100, 0)}")


def counts_units(value: IndicatorValue) -> bool:
    """Tell whether a proportion is one of few units: a share of money is none, whatever its n."""
    if value.value is None or value.n is None or not 0 < value.n < FEW or value.unit != "proportion":
        return False
    found = float(value.value) * value.n
    return abs(found - round(found)) < 1e-9


def ratio(value: IndicatorValue | None, mode: Mode) -> Cell:
    """Return a cell of a ratio with its interval: « 1,19 [0,87 ; 1,60] »."""
    if value is None or (value.value is None and value.interval is None):
        return why_not(value, mode)
    said = NONE if value.value is None else words.number(float(value.value), 2)
    return Cell(None if value.value is None else float(value.value), f"{said}{bounds(value, 1, 2)}")


def bounds(value: IndicatorValue, scale: float, decimals: int) -> str:
    """Return « [20 ; 57] » after a number; nothing without an interval."""
    found = value.interval
    if found is None:
        return ""
    high = words.number(found.high * scale, decimals) if math.isfinite(found.high) else "∞"
    return words.typeset(f" [{words.number(found.low * scale, decimals)} ; {high}]")


def methods(values: Iterable[IndicatorValue | None]) -> str:
    """Return the methods of the intervals of some values: « Wilson »."""
    names = {
        "wilson": "Wilson",
        "exact": "exact conditionnel",
        "score": "score",
        "delta": "delta",
        "order statistics": "statistiques d’ordre",
    }
    found = {v.interval.method for v in values if v is not None and v.interval is not None}
    return words.listed(sorted(names.get(method, method) for method in found))


CENSUS: Final = (
    "Les unités sont un recensement : un intervalle décrit le bruit d’un processus qui aurait pu tourner "
    "autrement."
)
ABSENT: Final = (
    "« — » : rien à dire (aucune ligne) ; « n. c. » : non calculable ; « secret » : secret statistique. "
    "Aucun des trois n’est zéro."
)
