"""A table of a Word report: heads repeated over pages, rows never parted, rules where the print has them."""

from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboards.report.blocks import Cell, Column, Row, Table
from dashboards.theme import LIGHT, PRINT

_ALIGN: Final = {
    "l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip
_MANY: Final = 9
_LEAST_MM: Final = 11.0
_LONGEST: Final = 34
"""Letters beyond which a longer cell asks for no wider column: it is broken in lines."""


def add_table(document: Any, table: Table, *, width: float) -> None:
    """Add a table of a given width in millimetres."""
    grouped = any(column.group for column in table.columns)
    grid = document.add_table(rows=2 if grouped else 1, cols=len(table.columns))
    grid.autofit = False
    size = 8.6 if len(table.columns) < _MANY else 7.4
    _heads(grid, table.columns, size, grouped=grouped)
    for row in table.rows:
        _row(grid.add_row(), row, table.columns, size)
    widths = _widths(table, width)
    for line in grid.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, wide in zip(line._tr.tc_lst, widths, strict=False):
            if cell.grid_span == 1:
                cell.width = Mm(wide)
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = Mm(wide)
    _rules(grid)


def _widths(table: Table, width: float) -> list[float]:
    """Return the widths of the columns: by what they say, where the table does not."""
    told = []
    for rank, column in enumerate(table.columns):
        cells = [
            len(row.cells[rank].text) for row in table.rows if row.kind != "section" and rank < len(row.cells)
        ]
        longest = max([*cells, *(len(word) for word in column.title.split()), 4])
        told.append(float(min(longest, _LONGEST)))
    total = sum(told)
    least = [max(_LEAST_MM, width * share / total) for share in told]
    return [width * share / sum(least) for share in least]


def _heads(grid: Any, columns: tuple[Column, ...], size: float, *, grouped: bool) -> None:
    rows = grid.rows
    for rank, column in enumerate(columns):
        low = rows[1 if grouped else 0].cells[rank]
        if grouped and not column.group:
            low = rows[0].cells[rank].merge(low)
        _fill(low, Cell(column.title), column.align, size, strong=True)
    rank = 0
    while grouped and rank < len(columns):
        end = rank
        while (
            columns[rank].group and end + 1 < len(columns) and columns[end + 1].group == columns[rank].group
        ):
            end += 1
        if columns[rank].group:
            above = rows[0].cells[rank]
            above = above.merge(rows[0].cells[end]) if end > rank else above
            _fill(above, Cell(columns[rank].group), "c", size, strong=True)
        rank = end + 1
    for row in rows:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)


def _row(line: Any, row: Row, columns: tuple[Column, ...], size: float) -> None:
    cells = line.cells
    if row.kind == "section":
        whole = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
        _fill(whole, row.cells[0], "l", size, strong=True)
        _shade(whole, LIGHT.accs)
        return
    for place, cell, column in zip(cells, row.cells, columns, strict=True):
        _fill(place, cell, column.align, size, strong=row.kind == "total")


def _fill(place: Any, cell: Cell, align: str, size: float, *, strong: bool = False) -> None:
    line = place.paragraphs[0]
    line.style, line.alignment = "Cell", _ALIGN[align]
    run = line.add_run(cell.text)
    run.font.size, run.bold = Pt(size), strong
    if cell.note:
        mark = line.add_run(cell.note)
        mark.font.size, mark.font.superscript = Pt(size), True


def _shade(place: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), fill.lstrip("#").upper())
    place._tc.get_or_add_tcPr().append(shade)


def _rules(grid: Any) -> None:
    """Draw a rule above and below the table, and a pale one between its rows."""
    borders = OxmlElement("w:tblBorders")
    ink, line = LIGHT.ink.lstrip("#").upper(), PRINT["print_hairline"].lstrip("#").upper()
    for side, thick, color in (("top", "8", ink), ("bottom", "8", ink), ("insideH", "2", line)):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", thick), ("space", "0"), ("color", color)):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    properties = grid._tbl.tblPr
    properties.append(borders)
