"""What a report is made of, whatever it is written as: headings, paragraphs, tables, pictures, boxes.

Words are French sentences; two stars around words make them strong. Numbers of headings and captions are
given by `outline.numbered`, once everything is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graphmodel.secrecy import Mode

RowKind = Literal["data", "section", "total"]
BoxKind = Literal["definition", "limit"]
Align = Literal["l", "c", "r"]
PictureKind = Literal["Carte", "Figure"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title of a part: level 2 or 3; `number` is « 4.1 » once numbered."""

    text: str
    level: int = 2
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `small` sets a note, `mono` a command, letter for letter."""

    text: str
    small: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences one under the other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Words set apart: a definition, or what cannot be said."""

    kind: BoxKind
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title
        Its head.
    align
        `l`, `c` or `r`.
    width
        Relative width; 0 takes what its cells need.
    group
        Head above several columns side by side; empty without.
    """

    title: str
    align: Align = "l"
    width: float = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, and the letter of the note it refers to, empty without."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `section` is a line across the table of which the first cell alone is read, `total` sums up."""

    cells: tuple[Cell, ...]
    kind: RowKind = "data"


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes
    ----------
    caption
        What it is, without its number.
    columns, rows
        See their classes.
    notes
        Sentences under it; where cells carry letters, the first note is « a ».
    source
        « Source : … »; empty without.
    wide
        True asks for a page held sideways.
    number
        « Tableau 3 » once numbered.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    wide: bool = False
    number: str = ""

    @property
    def lettered(self) -> bool:
        """True when cells refer to notes by their letter."""
        return any(cell.note for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Picture:
    """A map or a figure.

    Attributes
    ----------
    kind
        What its caption calls it.
    caption, source
        What it is; where it comes from.
    alt
        What it shows to those who do not see it, 350 characters at most.
    width, height
        Millimetres.
    svg, png
        Its bytes, drawn at the first need: text stays text; 300 dots an inch.
    number
        « Carte 2 » once numbered.
    """

    kind: PictureKind
    caption: str
    alt: str
    width: float
    height: float
    svg: Callable[[], bytes]
    png: Callable[[], bytes]
    source: str = ""
    number: str = ""


Block = Heading | Paragraph | Bullets | Box | Table | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: its number, its title, the line under it, what it holds."""

    number: int
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes
    ----------
    title, subtitle
        Of the first page.
    facts
        What the first page says under them: rows of two cells.
    opening
        Sentences of the first page: how to read the report.
    parts
        The nine parts.
    fictional, mode
        Badge; words of every page.
    running
        Head of every page.
    foot
        Foot of every page: tool, store, frozen version.
    command
        What makes the report again.
    dated
        Day of the last write of the store: the date of the document, never that of its making.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    fictional: bool
    mode: Mode
    running: str
    foot: str
    command: str
    dated: date
    keywords: tuple[str, ...] = field(default=())


def plain_rows(rows: Sequence[Sequence[str]], *, total: bool = False) -> tuple[Row, ...]:
    """Return rows of words as rows of a table; `total` makes the last one a total."""
    last = len(rows) - 1
    return tuple(
        Row(tuple(Cell(text) for text in row), "total" if total and rank == last else "data")
        for rank, row in enumerate(rows)
    )
