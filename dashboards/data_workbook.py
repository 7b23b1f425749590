"""Tables as files: a workbook with typed cells, or a folder of texts in one archive; each says what it is."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from dashboards import theme, words
from dashboards.data_tables import Column, Table, Value
from dashboards.origin import MODES, tool_version
from dashboards.spreadsheet import cell_text
from graphmodel import ContractGraph
from graphmodel.secrecy import Mode

ABOUT = "À lire"
"""Name of the sheet that says what the workbook is."""
EPOCH = datetime(2014, 1, 1)
"""Date written inside the files: the same content gives the same bytes, whenever it is written."""
WIDEST = 60
"""Width of the widest column, in characters."""
FORMATS = {
    "money": "#,##0.00", "share": "0.0000", "number": "0.######", "integer": "#,##0", "date": "dd/mm/yyyy",
}  # fmt: skip
SHEET_NAME = 31
"""Longest name of a sheet that spreadsheet programs accept."""


def about_rows(
    graph: ContractGraph, tables: Sequence[Table], mode: Mode, command: str
) -> list[tuple[str, str]]:
    """Return what a file says of itself: origin, mode, how to make it again, what each table holds.

    Parameters
    ----------
    graph
        Snapshot the tables were made from.
    tables
        Tables of the file.
    mode
        Mode they were released in.
    command
        Command that makes the file again.
    """
    withheld = sum(table.withheld for table in tables)
    rows = [
        ("Contrat", str(graph.contract.get("title") or graph.contract.get("id") or "non déclaré")),
        ("Outil", f"maillage {tool_version()}"),
        ("Version de la base", f"n° {graph.version.number}"),
        ("Mode", MODES[mode]),
        ("Pour refaire ce fichier", command),
        ("Cellule vide", "Valeur non connue : ce n’est pas zéro."),
        ("« secret »", f"Valeur retirée ({words.number(withheld)} ici) : elle décrit une seule structure ; "
         "les sommes qui peuvent sortir sont celles de « maillage evaluate »."),
    ]  # fmt: skip
    if graph.fictional:
        rows.insert(0, ("Avertissement", "Données fictives : bilans, QPV et ZRR de démonstration."))
    if mode == "working":
        rows = [row for row in rows if row[0] != "« secret »"]
    rows += [
        (table.title, f"{words.counted(len(table.rows), 'ligne')}. {table.sentence}") for table in tables
    ]
    return [(head, words.typeset(text) if head != "Pour refaire ce fichier" else text) for head, text in rows]


def write_workbook(path: Path, tables: Iterable[Table], about: Iterable[tuple[str, str]]) -> Path:
    """Write one sheet a table after the sheet that says what they are; numbers and dates are typed cells."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": EPOCH, "author": "maillage", "title": "Données du contrat"})
        look = {"bold": True, "bg_color": theme.LIGHT.acc, "font_color": theme.LIGHT.on_acc}
        head = book.add_format({**look, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        sheet = book.add_worksheet(ABOUT)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        for row, cells in enumerate(about):
            for position, cell in enumerate(cells):
                sheet.write_string(row, position, cell)
        for name, table in _sheets(tables):
            _write_sheet(book.add_worksheet(name), table, head, formats)
    return path


def _sheets(tables: Iterable[Table]) -> Iterable[tuple[str, Table]]:
    """Yield each table with a name no other sheet has: case does not tell two sheets apart."""
    taken = {ABOUT.casefold()}
    for table in tables:
        name = table.title[:SHEET_NAME]
        if name.casefold() in taken:
            name = table.name[:SHEET_NAME]
        taken.add(name.casefold())
        yield name, table


def _write_sheet(sheet: "xlsxwriter.worksheet.Worksheet", table: Table, head: object,
                 formats: dict[str, object]) -> None:  # fmt: skip
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for position, column in enumerate(table.columns):
        sheet.write_string(0, position, column.title, head)
        if column.sentence:
            sheet.write_comment(0, position, column.sentence)
        cells = [row[position] for row in table.rows]
        width = max([len(column.title), *(len(str(cell)) for cell in cells if cell is not None)])
        sheet.set_column(position, position, min(WIDEST, width + 2), formats.get(column.type))
        for row, cell in enumerate(cells, start=1):
            _write_cell(sheet, row, position, column, cell)


def _write_cell(sheet: "xlsxwriter.worksheet.Worksheet", row: int, position: int, column: Column,
                cell: Value) -> None:  # fmt: skip
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_string(row, position, "oui" if cell else "non")
    elif isinstance(cell, int | float):
        sheet.write_number(row, position, cell)
    elif column.type == "date" and cell[:1].isdigit():
        sheet.write_datetime(row, position, datetime.combine(date.fromisoformat(cell), datetime.min.time()))
    else:
        sheet.write_string(row, position, cell)


def write_archive(path: Path, tables: Iterable[Table], about: Iterable[tuple[str, str]]) -> Path:
    """Write one CSV a table in a zip, semicolons and UTF-8 mark, after the one that says what they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "a-lire.csv", [("Rubrique", "Contenu"), *about])
        for table in tables:
            heads = [column.title for column in table.columns]
            _add(archive, f"{table.name.lower()}.csv", [heads, *table.rows])
    return path


def _add(archive: zipfile.ZipFile, name: str, rows: Iterable[Sequence[Value]]) -> None:
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    table.writerows([_written(cell) for cell in row] for row in rows)
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, "\ufeff" + stream.getvalue())


def _written(cell: Value) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    return cell_text(cell)
