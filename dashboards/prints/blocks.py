"""The legend as blocks that flow into the columns of a page: rows of signs, sections of text, drawings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dashboards import words
from dashboards.prints.layout import LayoutError
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box, Face, Fitted, fit, french, width_of
from dashboards.theme import LIGHT, PRINT

HEADING, BODY, NOTE = Face(9.0, 600), Face(7.5), Face(7.0)
SWATCH: Final = (8.0, 4.8)
SHRINKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
"""Points by which the texts of a legend shrink, one step at a time, before it is refused."""
_TIGHT: Final = 1.2
"""Millimetres kept at the right: thin spaces are drawn a little wider than they are measured."""
_HEADING_MM: Final = 4.6
_NOTE_STEP: Final = 1.2

Swatch = Callable[[Page, Box], None]
"""Draws a sign in the box of a swatch."""


class Block(Protocol):
    """A part of a legend: how high it is at a width, and how it is drawn."""

    @property
    def gap(self) -> float:
        """Millimetres above it, where it does not open a column."""

    def height(self, width: float, shrink: float) -> float:
        """Return its height in millimetres at a width, its texts smaller by some points."""

    def draw(self, page: Page, box: Box, shrink: float) -> None:
        """Draw it in a box of that height."""


def _fitted(text: str, face: Face, width: float, shrink: float, leading: float = 1.22) -> Fitted:
    """Return a text in as many lines as it takes; its size is never under the floor."""
    size = max(6.0, face.size - shrink)
    return fit(text, face.at(size), width - _TIGHT, 1e6, floor=size, leading=leading)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and a text; either may be empty. `breaks` begins a column where one is left."""

    title: str
    text: str
    face: Face = BODY
    gap: float = 2.2
    breaks: bool = False

    def height(self, width: float, shrink: float) -> float:
        """See `Block`."""
        return (_heading_height(self.title, width) if self.title else 0.0) + (
            _fitted(self.text, self.face, width, shrink, 1.25).height if self.text else 0.0
        )

    def draw(self, page: Page, box: Box, shrink: float) -> None:
        """See `Block`."""
        y = box.y
        if self.title:
            y += _draw_heading(page, box, self.title)
        if self.text:
            fitted = _fitted(self.text, self.face, box.w, shrink, 1.25)
            page.lines(box.x, y, fitted, color=PRINT["print_text"], container=Box(box.x, y, box.w, 999))


def _heading_height(title: str, width: float) -> float:
    lines = len(_fitted(title, HEADING, width, 0.0).lines)
    return _HEADING_MM + (lines - 1) * 3.9


def _draw_heading(page: Page, box: Box, title: str) -> float:
    """Write a heading; return how high it is."""
    page.lines(box.x, box.y, _fitted(title, HEADING, box.w, 0.0), container=Box(box.x, box.y, box.w, 99))
    return _heading_height(title, box.w)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a legend.

    Attributes
    ----------
    swatch
        Draws its sign; None leaves the place empty.
    text
        Words.
    count
        Number at the right, with a bar in proportion where the rows ask for bars; None has none.
    value
        Words at the right instead of a number.
    """

    swatch: Swatch | None
    text: str
    count: int | None = None
    value: str = ""

    @property
    def right(self) -> str:
        """What stands at the right."""
        return words.number(self.count) if self.count is not None else self.value


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of a legend under a heading.

    Attributes
    ----------
    title, note
        Heading; line under it.
    rows
        Lines.
    foot
        Text under the lines: their total, how the limits were chosen.
    bars
        True draws a bar in proportion to each number.
    step
        Millimetres from one line to the next, at least.
    swatch
        Width of the place of the signs; 0 for a table of words.
    """

    title: str
    rows: tuple[Row, ...]
    note: str = ""
    foot: str = ""
    bars: bool = False
    step: float = 5.6
    swatch: float = SWATCH[0]
    gap: float = 2.2

    def height(self, width: float, shrink: float) -> float:
        """See `Block`."""
        head = (_heading_height(self.title, width) if self.title else 0.0) + self._note(width, shrink)
        rows = sum(self._row_height(row, width, shrink) for row in self.rows)
        foot = _fitted(self.foot, NOTE, width, shrink).height + 0.8 if self.foot else 0.0
        return head + rows + foot

    def draw(self, page: Page, box: Box, shrink: float) -> None:
        """See `Block`."""
        y = box.y
        if self.title:
            y += _draw_heading(page, box, self.title)
        if self.note:
            fitted = _fitted(self.note, NOTE, box.w, shrink)
            page.lines(box.x, y, fitted, color=PRINT["print_text"], container=Box(box.x, y, box.w, 99))
            y += self._note(box.w, shrink)
        most = max((row.count or 0 for row in self.rows), default=0)
        for row in self.rows:
            high = self._row_height(row, box.w, shrink)
            self._draw_row(page, Box(box.x, y, box.w, high), row, most, shrink)
            y += high
        if self.foot:
            fitted = _fitted(self.foot, NOTE, box.w, shrink)
            page.lines(box.x, y + 0.8, fitted, color=PRINT["print_text"],
                       container=Box(box.x, y, box.w, 99))  # fmt: skip

    def _note(self, width: float, shrink: float) -> float:
        return _fitted(self.note, NOTE, width, shrink).height + _NOTE_STEP if self.note else 0.0

    def _room(self, width: float) -> tuple[float, float, float]:
        """Return the left edge of the words, their width, and the left edge of the bars (0 without)."""
        left = self.swatch + 2.4 if self.swatch else 0.0
        side = max((width_of(french(row.right), BODY) for row in self.rows if row.right), default=0.0)
        bars = 9.5 if self.bars and width - left - side > 38 else 0.0
        right = width - side - (1.2 if side else 0.0) - bars
        return left, right - left, right if bars else 0.0

    def _words(self, row: Row, width: float, shrink: float) -> Fitted:
        return _fitted(row.text, BODY, self._room(width)[1] + _TIGHT, shrink, 1.12)

    def _row_height(self, row: Row, width: float, shrink: float) -> float:
        return max(self.step - 0.9 * shrink, self._words(row, width, shrink).height + 0.9)

    def _draw_row(self, page: Page, box: Box, row: Row, most: int, shrink: float) -> None:
        left, _, bars = self._room(box.w)
        middle = box.y + box.h / 2
        high = min(SWATCH[1], self.step - 0.9 * shrink - 0.6)
        if row.swatch is not None:
            row.swatch(page, Box(box.x + 0.3, middle - high / 2, self.swatch - 0.3, high))
        fitted = self._words(row, box.w, shrink)
        page.lines(box.x + left, middle - fitted.height / 2, fitted, container=box)
        if not row.right:
            return
        if bars and row.count is not None and most:
            bar = Box(box.x + bars, middle - 1.0, max(0.2, 8.0 * row.count / most), 2.0)
            page.rectangle(bar, Z["mark"], fill=PRINT["print_hairline"])
        wide = width_of(french(row.right), BODY)
        page.line(box.right, middle + 0.95, row.right, BODY, align="right",
                  container=Box(box.right - wide - 0.3, box.y - 1, wide + 0.6, box.h + 2))  # fmt: skip
        if not self.swatch:
            page.rectangle(Box(box.x, box.bottom, box.w, 0.01), Z["frame"], edge=PRINT["print_hairline"],
                           line=0.4)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of a fixed height under a heading."""

    title: str
    tall: float
    paint: Swatch
    gap: float = 2.2

    def height(self, width: float, shrink: float) -> float:  # noqa: ARG002  a drawing does not shrink
        """See `Block`."""
        return (_heading_height(self.title, width) if self.title else 0.0) + self.tall

    def draw(self, page: Page, box: Box, shrink: float) -> None:  # noqa: ARG002
        """See `Block`."""
        y = box.y + (_draw_heading(page, box, self.title) if self.title else 0.0)
        self.paint(page, Box(box.x, y, box.w, self.tall))


def flow(page: Page, blocks: Sequence[Block], columns: Sequence[Box]) -> None:
    """Draw blocks in columns, filled one after the other, at the largest size of text at which all fit.

    Raises
    ------
    LayoutError
        When they do not fit at the smallest size.
    """
    for shrink in SHRINKS:
        placed = _arranged(blocks, columns, shrink)
        if placed is not None:
            for block, box in zip(blocks, placed, strict=True):
                block.draw(page, box, shrink)
            return
    widest = max(column.w for column in columns)
    needed = sum(block.height(widest, SHRINKS[-1]) + block.gap for block in blocks)
    room = sum(column.h for column in columns)
    raise LayoutError(
        f"La légende de cette carte ne tient pas sur ce format : elle demande environ {needed:.0f} mm de "
        f"hauteur, la page en a {room:.0f}. Choisir un format plus grand (--format a4, --format a3) ou "
        "l’autre orientation."
    )


def _arranged(blocks: Sequence[Block], columns: Sequence[Box], shrink: float) -> list[Box] | None:
    """Return the box of each block; None when they do not fit."""
    found, rank, y = [], 0, columns[0].y
    for block in blocks:
        if getattr(block, "breaks", False) and y > columns[rank].y and rank + 1 < len(columns):
            rank += 1
            y = columns[rank].y
        while rank < len(columns):
            column = columns[rank]
            top = y + (block.gap if y > column.y else 0.0)
            high = block.height(column.w, shrink)
            if top + high <= column.bottom:
                found.append(Box(column.x, top, column.w, high))
                y = top + high
                break
            rank += 1
            y = columns[rank].y if rank < len(columns) else 0.0
        else:
            return None
    return found


def flat(color: str) -> Swatch:
    """Return the swatch of a flat colour."""

    def draw(page: Page, box: Box) -> None:
        page.rectangle(box, Z["mark"], fill=color, edge=LIGHT.ink, line=0.3)

    return draw
