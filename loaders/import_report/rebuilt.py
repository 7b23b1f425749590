"""Write a file anew from its values, with its faulty cells marked: what an old or a text format allows."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from graphmodel import Fault
from loaders.cells_apart import Page
from loaders.import_report.fault_table import COLUMNS, fault_rows
from loaders.import_report.kept import COLOURS, SHEET
from loaders.import_report.marks import Cell, Mark, Marks
from loaders.template.looks import runs
from loaders.workbook.cells import is_empty, text_of

_LONGEST = 32_767
_MOST_COMMENT = 4_000
_FORMATS: Mapping[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "date": {"num_format": "dd/mm/yyyy"},
    "number": {},
}


def rebuild_workbook(
    target: Path, pages: Sequence[Page], faults: Sequence[Fault], marks: Marks, why: str
) -> None:
    """Write a workbook that holds the values of a file, its faulty cells marked and commented.

    Parameters
    ----------
    target
        File to write.
    pages
        Sheets as they were read.
    faults
        Faults of the file, in the order of `marks.places`.
    marks
        Where they stand.
    why
        French sentence on why the copy does not keep the look of the file.
    """
    with xlsxwriter.Workbook(str(target), {"constant_memory": False, "strings_to_urls": False}) as book:
        writer = _Writer(book)
        names = _names(pages)
        for at, page in enumerate(pages):
            sheet = book.add_worksheet(names[at])
            if not page.visible:
                sheet.hide()
            writer.page(sheet, page, marks.cells.get(at, {}))
        writer.faults(book.add_worksheet(_free(SHEET, names)), faults, marks, names, why)


def _names(pages: Sequence[Page]) -> dict[int, str]:
    """Return names that a workbook takes: at most 31 characters, none of `[]:*?/\\`, each once."""
    found: dict[int, str] = {}
    for at, page in enumerate(pages):
        plain = "".join("-" if letter in "[]:*?/\\'" else letter for letter in page.name or "Données")
        found[at] = _free(plain[:31] or f"Feuille {at + 1}", found)
    return found


def _free(name: str, taken: Mapping[int, str]) -> str:
    used = {word.casefold() for word in taken.values()}
    number, found = 2, name
    while found.casefold() in used:
        found, number = f"{name[:26]} ({number})", number + 1
    return found


class _Writer:
    """Cells of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[str, str | None, bool], Any] = {}
        self._head = book.add_format({"bold": True, "bg_color": "#e2f0f0"})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})

    def page(self, sheet: Any, page: Page, marks: Mapping[Cell, Mark]) -> None:
        """Write the cells of a sheet, and its marks."""
        for row, cells in enumerate(page.rows):
            for column, raw in enumerate(cells):
                mark = marks.get((row, column))
                if mark is not None or not is_empty(raw):
                    self._cell(sheet, row, column, raw, mark.severity if mark else None)
        for (row, column), mark in marks.items():
            if row < len(page.rows) and column >= len(page.rows[row]):
                sheet.write_blank(row, column, None, self._format("text", mark.severity, inert=False))
            options = {"author": "maillage", "x_scale": 2.4, "y_scale": 1 + len(mark.text) / 250}
            sheet.write_comment(row, column, mark.text[:_MOST_COMMENT], options)
        sheet.set_column(0, 30, 18)

    def _cell(self, sheet: Any, row: int, column: int, raw: object, severity: str | None) -> None:
        if is_empty(raw):
            sheet.write_blank(row, column, None, self._format("text", severity, inert=False))
        elif isinstance(raw, int | float) and not isinstance(raw, bool):
            sheet.write_number(row, column, raw, self._format("number", severity, inert=False))
        elif isinstance(raw, datetime.date) and raw.year >= 1900:
            day = datetime.datetime(raw.year, raw.month, raw.day)
            sheet.write_datetime(row, column, day, self._format("date", severity, inert=False))
        else:
            text = (raw if isinstance(raw, str) else text_of(raw))[:_LONGEST]
            sheet.write_string(row, column, text, self._format("text", severity, inert=runs(text)))

    def _format(self, kind: str, severity: str | None, *, inert: bool) -> Any:
        key = (kind, severity, inert)
        if key not in self._formats:
            said = dict(_FORMATS[kind])
            if severity is not None:
                said |= {"bg_color": f"#{COLOURS[severity]}", "border": 1}
            if inert:
                said |= {"quote_prefix": True}
            self._formats[key] = self._book.add_format(said)
        return self._formats[key]

    def faults(
        self, sheet: Any, faults: Sequence[Fault], marks: Marks, names: Mapping[int, str], why: str
    ) -> None:
        """List every fault, each with a link to its cell, under the sentence on the copy."""
        sheet.write_string(0, 0, why, self._book.add_format({"italic": True}))
        for at, title in enumerate((*COLUMNS, "Case")):
            sheet.write_string(1, at, title, self._head)
        for number, (cells, place) in enumerate(zip(fault_rows(faults), marks.places, strict=True), 2):
            for at, value in enumerate(cells):
                if isinstance(value, int):
                    sheet.write_number(number, at, value)
                elif value is not None:
                    style = self._format("text", None, inert=True) if runs(value) else self._wrap
                    sheet.write_string(number, at, value, style)
            if place is not None:
                reference = xl_rowcol_to_cell(*place[1])
                url = f"internal:'{names[place[0]]}'!{reference}"
                sheet.write_url(number, len(COLUMNS), url, string=reference)
        for at, width in enumerate((14, 24, 18, 8, 22, 24, 60, 36, 48, 18, 8)):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(2, 0)
