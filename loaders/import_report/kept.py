"""Mark the cells of an XLSX in a copy that keeps its look."""

import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel import Fault
from loaders.cells_apart import Page
from loaders.import_report.fault_table import COLUMNS, fault_rows
from loaders.import_report.marks import Mark, Marks
from loaders.template.looks import runs

COLOURS = {"error": "F8B4AB", "warning": "FFE08A"}
"""Fills of the marked cells: errors in a pale red, warnings in a pale yellow; the comments say which too."""

_DAMAGE = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile)
"""What the library raises on parts of a workbook it does not know."""

SHEET = "Fautes"


def mark_workbook(
    source: Path, target: Path, pages: Sequence[Page], faults: Sequence[Fault], marks: Marks
) -> bool:
    """Write the copy of a workbook; return False when the library cannot open it.

    Parameters
    ----------
    source
        An XLSX whose extent was looked at.
    target
        The copy.
    pages
        Sheets as they were read.
    faults
        Faults of the file, in the order of `marks.places`.
    marks
        Where they stand.
    """
    try:
        book = openpyxl.load_workbook(source, data_only=True, keep_vba=False, keep_links=False)
    except _DAMAGE:
        return False
    names = {at: page.name for at, page in enumerate(pages) if page.name in book.sheetnames}
    for name in book.sheetnames:
        _make_inert(book[name])
    for at, cells in marks.cells.items():
        if at in names:
            sheet = book[str(names[at])]
            for (row, column), mark in cells.items():
                _mark(sheet, row + 1, column + 1, mark)
    _list_faults(book, faults, marks, names)
    book.save(target)
    return True


def _make_inert(sheet: object) -> None:
    """Keep texts that look like formulas texts, whoever edits them."""
    if not isinstance(sheet, Worksheet):
        return
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and runs(cell.value) and isinstance(cell, SheetCell):
                _write_text(cell, cell.value)


def _write_text(cell: SheetCell, text: str) -> None:
    cell.value = text
    if runs(text):
        cell.data_type = "s"
        cell.quotePrefix = True


def _mark(sheet: Worksheet, row: int, column: int, mark: Mark) -> None:
    cell = _cell(sheet, row, column)
    if cell is None:
        return
    cell.fill = PatternFill("solid", fgColor=COLOURS[mark.severity])
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    comment = Comment(f"{before}{mark.text}"[:4000], "maillage")
    comment.width, comment.height = 340, min(400, 60 + 22 * (len(comment.text) // 45 + 1))
    cell.comment = comment


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell | None:
    """Return a cell; inside a merged rectangle, its first one, which is all that shows."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            row, column = merged.min_row, merged.min_col
            break
    cell = sheet.cell(row, column)
    return cell if isinstance(cell, SheetCell) else None


def _list_faults(
    book: Workbook, faults: Sequence[Fault], marks: Marks, names: Mapping[int, str | None]
) -> None:
    """Add the sheet that lists every fault, each with a link to its cell."""
    title = SHEET
    while title in book.sheetnames:
        title += " (maillage)"
    sheet = book.create_sheet(title)
    sheet.append([*COLUMNS, "Case"])
    bold, wrap = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for head in sheet[1]:
        head.font = bold
    for number, (cells, place) in enumerate(zip(fault_rows(faults), marks.places, strict=True), 2):
        for at, value in enumerate(cells, 1):
            cell = sheet.cell(number, at)
            if isinstance(cell, SheetCell) and value is not None:
                _write_text(cell, value) if isinstance(value, str) else setattr(cell, "value", value)
                cell.alignment = copy(wrap)
        if place is not None and place[0] in names:
            reference = f"{get_column_letter(place[1][1] + 1)}{place[1][0] + 1}"
            link = sheet.cell(number, len(COLUMNS) + 1)
            link.value = reference
            location = f"'{str(names[place[0]]).replace(chr(39), chr(39) * 2)}'!{reference}"
            link.hyperlink = Hyperlink(link.coordinate, location=location)
            link.font = Font(underline="single", color="0B5563")
    for at, width in enumerate((14, 24, 18, 8, 22, 24, 60, 36, 48, 18, 8), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
