"""Tables of official files, whatever holds them: CSV in any encoding, XLSX, XLS, ODS, a ZIP of those.

A sheet keeps the true numbers of its rows; a table is a sheet below the row that bears the names of its
columns, wherever that row stands.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from loaders.archives import is_zip, unpacked
from loaders.old_workbooks import is_old_workbook
from loaders.text_tables import TEXT_SUFFIXES, forget_text, read_text_rows
from loaders.text_tables import decoded as decoded
from loaders.text_tables import delimiter_of as delimiter_of
from loaders.text_tables import refused as refused
from loaders.workbook.book import forget_book, is_ods, is_xlsx, open_book

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_HEADER_ROWS = 30
"""Rows among which the names of the columns are looked for."""

Cells = Sequence[object]
"""Cells of a row: text, number, date, boolean; empty text or None for nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells of one sheet, or of one text file, in the file `file`; `name` is None for a text file."""

    file: str
    name: str | None
    rows: Sequence[Cells]

    def headers(self) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield the rows that may bear the names of columns: their index, and position by folded name."""
        for index, cells in enumerate(self.rows[:_HEADER_ROWS]):
            words: dict[str, int] = {}
            for place, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    words.setdefault(column_word(cell), place)
            if len(words) > 1:
                yield index, words

    def table(self, fits: Callable[[Mapping[str, int]], bool]) -> "Table | None":
        """Return the table under the first row whose names fit; None when there is none."""
        for index, columns in self.headers():
            if fits(columns):
                return Table(self, index, columns)
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet below its header.

    Attributes
    ----------
    header
        Index of the row of names in the sheet.
    columns
        Position of each column by its folded name.
    """

    sheet: Sheet
    header: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator["TableRow"]:
        """Yield the rows that hold something, with the number a spreadsheet shows."""
        for index, cells in enumerate(self.sheet.rows[self.header + 1 :], start=self.header + 2):
            if any(cell not in (None, "") and str(cell).strip() for cell in cells):
                yield TableRow(self, index, cells)

    def first(self, *names: str) -> str | None:
        """Return the first of some folded names that is a column; None when none is."""
        return next((name for name in names if name in self.columns), None)

    def titles(self) -> str:
        """Return the text that stands above the header."""
        above = self.sheet.rows[: self.header]
        return "\n".join(" ".join(cell_text(cell) or "" for cell in cells) for cells in above)

    def written(self, name: str) -> str:
        """Return a column's name as the file writes it."""
        return str(self.sheet.rows[self.header][self.columns[name]]).strip()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table and its number."""

    table: Table
    number: int
    cells: Cells

    def raw(self, name: str | None) -> object:
        """Return a cell as it is; None when it is empty or the column lacks."""
        place = self.table.columns.get(name) if name is not None else None
        if place is None or place >= len(self.cells):
            return None
        cell = self.cells[place]
        return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell

    def text(self, name: str | None) -> str | None:
        """Return a cell as text, whole numbers without decimals; None when it is empty."""
        return cell_text(self.raw(name))

    def number_of(self, name: str | None) -> int | None:
        """Return a cell as a whole number; None when it is empty or no number."""
        raw = self.raw(name)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return int(raw)
        digits = re.sub(r"[\s\u00a0\u202f]", "", raw) if isinstance(raw, str) else ""
        return int(digits) if digits.isascii() and digits.isdigit() else None


@lru_cache(maxsize=4096)
def column_word(name: str) -> str:
    """Return a column's name as it is compared.

    >>> column_word("N° SIREN"), column_word("ZRR_SIMP"), column_word("Siren membre")
    ('n_siren', 'zrr_simp', 'siren_membre')
    """
    plain = unicodedata.normalize("NFKD", name.replace("°", " ")).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", kept).strip("_")


def cell_text(cell: object) -> str | None:
    """Return a cell as text, stripped; a whole number has no decimals; None when there is nothing."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = "" if cell is None else str(cell).strip()
    return text or None


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a file: of a workbook, of a text file (one), of every table of a ZIP.

    Raises
    ------
    InputFaultsError
        The file is no table, is damaged or is too large.
    """
    facts = path.stat()
    return _read(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> tuple[Sheet, ...]:
    """Read a file once for its recognition and its loading."""
    if is_old_workbook(path) or is_xlsx(path) or is_ods(path):
        return tuple(Sheet(path.name, page.name, page.rows) for page in open_book(path).pages)
    if is_zip(path):
        with unpacked(path) as files:
            wanted = [file for file in files if file.suffix.lower() in (*TEXT_SUFFIXES, *_WORKBOOKS)]
            return tuple(sheet for file in wanted for sheet in read_sheets(file))
    return (read_text_table(path),)


def forget() -> None:
    """Let go of the files read last, kept so that recognising and loading cost one reading."""
    _read.cache_clear()
    forget_book()
    forget_text()


def read_text_table(path: Path) -> Sheet:
    """Return the rows of a text file, its encoding and its delimiter found by looking.

    Raises
    ------
    InputFaultsError
        Too large, binary, or a cell that never ends.
    """
    return Sheet(path.name, None, read_text_rows(path))
