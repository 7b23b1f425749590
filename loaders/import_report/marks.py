"""Which cell each fault stands in, found from what it says of its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graphmodel import Fault
from loaders.cells_apart import Page
from loaders.workbook.cells import is_empty, text_of
from loaders.workbook.headings import SEARCHED
from loaders.workbook.known import fold

MOST = 5_000
"""Cells marked in one copy; the list of the faults has them all."""

_LETTERS = re.compile(r"[A-Z]{1,3}")

Cell = tuple[int, int]
"""Row and column, from 0."""


_HEADS = {"error": "Faute", "warning": "Avertissement", "note": "Remarque"}


@dataclass(slots=True)
class Mark:
    """What is said in one cell.

    Attributes
    ----------
    severity
        The worse of its faults.
    lines
        One text for each fault.
    """

    severity: Literal["error", "warning"] = "warning"
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The comment of the cell."""
        return "\n".join(self.lines)

    def add(self, fault: Fault) -> None:
        """Add a fault."""
        if fault.severity == "error":
            self.severity = "error"
        parts = (fault.message, f"Attendu : {fault.expected}." if fault.expected else "", fault.fix or "")
        head = _HEADS[fault.severity]
        self.lines.append(f"{head} : {' '.join(part for part in parts if part)}"[:900])


@dataclass(slots=True)
class Marks:
    """Marks of a file.

    Attributes
    ----------
    cells
        By index of the sheet, then by cell.
    places
        Sheet and cell of each fault, in the order given; None for a fault of no cell.
    """

    cells: dict[int, dict[Cell, Mark]] = field(default_factory=dict)
    places: list[tuple[int, Cell] | None] = field(default_factory=list)


def marks_of(pages: Sequence[Page], faults: Iterable[Fault]) -> Marks:
    """Return the marks of the faults of one file."""
    indexes = {fold(page.name or ""): at for at, page in enumerate(pages)}
    marks, count = Marks(), 0
    for fault in faults:
        at = indexes.get(fold(fault.sheet or "")) if fault.sheet or len(pages) == 1 else None
        at = 0 if at is None and len(pages) == 1 else at
        cell = _cell(pages[at], fault) if at is not None else None
        marks.places.append((at, cell) if at is not None and cell is not None else None)
        if at is None or cell is None:
            continue
        sheet = marks.cells.setdefault(at, {})
        if cell not in sheet:
            if count >= MOST:
                continue
            count += 1
        sheet.setdefault(cell, Mark()).add(fault)
    return marks


def _cell(page: Page, fault: Fault) -> Cell | None:
    """Return the cell of a fault: the one it names, else the first filled one of its row."""
    if fault.row is None:
        return _heading(page, fault.column, SEARCHED) if fault.column else None
    row = fault.row - 1
    if not 0 <= row < len(page.rows):
        return None
    if fault.column:
        at = _column(page, fault.column, row)
        if at is not None:
            return row, at
    cells = page.rows[row]
    same = [
        at for at, raw in enumerate(cells) if fault.value and text_of(raw)[: len(fault.value)] == fault.value
    ]
    if len(same) == 1:
        return row, same[0]
    return row, next((at for at, raw in enumerate(cells) if not is_empty(raw)), 0)


def _column(page: Page, name: str, row: int) -> int | None:
    """Return the column that bears a heading at or above a row, or that a letter names."""
    found = _heading(page, name, row + 1)
    if found is not None:
        return found[1]
    if _LETTERS.fullmatch(name):
        number = 0
        for letter in name:
            number = number * 26 + ord(letter) - 64
        return number - 1
    return None


def _heading(page: Page, name: str, rows: int) -> Cell | None:
    """Return the cell of a heading among the first rows, the highest of them."""
    word = fold(name)
    for row, cells in enumerate(page.rows[: min(rows, SEARCHED)]):
        for at, raw in enumerate(cells):
            if isinstance(raw, str) and fold(raw.strip()) == word:
                return row, at
    return None


def sheet_names(pages: Sequence[Page]) -> Mapping[int, str]:
    """Return the names under which sheets are written: « Données » for a text file."""
    return {at: page.name or "Données" for at, page in enumerate(pages)}
