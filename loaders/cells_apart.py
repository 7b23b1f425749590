"""Cells of a workbook, as its reader gives them; light enough to run in a process of its own.

A malformed workbook can make the reader take gigabytes, or stop the whole process rather than raise: old
workbooks and OpenDocument ones, whose extent cannot be looked at first, are read apart, with bounded memory.
"""

import pickle
import sys
from dataclasses import dataclass

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

MEMORY = 3_000_000_000
"""Bytes of address space the reading process may take, where the system can bound it."""

Corner = tuple[int, int]
"""Row and column of a cell, from 0."""


class UnreadableError(ValueError):
    """The reader gave up: the workbook is damaged, locked, or no workbook."""


@dataclass(frozen=True, slots=True)
class Page:
    """Cells of one sheet; rows and columns keep their true places.

    Attributes
    ----------
    name
        Name of the sheet; None for a text file.
    rows
        Text, numbers, dates, booleans; empty text for nothing.
    visible
        False for a hidden sheet.
    merged
        First and last cell of each merged rectangle.
    """

    name: str | None
    rows: list[list[object]]
    visible: bool = True
    merged: tuple[tuple[Corner, Corner], ...] = ()


def read_pages(path: str) -> list[Page]:
    """Return the sheets of a workbook, XLSX, XLS or ODS.

    Raises
    ------
    UnreadableError
        Whatever the reader raises, its panics included, which are no ordinary exceptions.
    """
    try:
        with CalamineWorkbook.from_path(path) as book:
            return [
                _page(book.get_sheet_by_name(meta.name), meta.visible == SheetVisibleEnum.Visible)
                for meta in book.sheets_metadata
            ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from None


def _page(sheet: CalamineSheet, visible: bool) -> Page:
    merged = tuple(sheet.merged_cell_ranges or ())
    rows: list[list[object]] = [list(line) for line in sheet.to_python(skip_empty_area=False)]
    return Page(sheet.name, rows, visible, merged)


def bound() -> None:
    """Bound the memory of this process, where the system knows how."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(path: str) -> None:
    """Write the sheets of a workbook on standard output as pickled tuples; exit 1 when it is refused."""
    bound()
    try:
        pages = [(page.name, page.rows, page.visible, page.merged) for page in read_pages(path)]
    except (UnreadableError, MemoryError):
        sys.exit(1)
    pickle.dump(pages, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main(sys.argv[1])
