"""A table of the report as a file: a French spreadsheet text, or a workbook with typed cells."""

from pathlib import Path
from typing import Final

from dashboards import words
from dashboards.data_tables import Column as FileColumn
from dashboards.data_tables import Table as FileTable
from dashboards.data_workbook import about_rows, write_workbook
from dashboards.report_tables.table import Column, ReportTable
from dashboards.spreadsheet import write_table
from graphmodel import ContractGraph, UsageError

FORMATS: Final = (".csv", ".xlsx")
_TYPES: Final = {
    "money": "money",
    "integer": "integer",
    "number": "number",
    "share": "share",
    "ratio": "number",
}


def write_report_table(path: Path, table: ReportTable, graph: ContractGraph, command: str) -> Path:
    """Write a table; the extension of the path is the format.

    Parameters
    ----------
    path
        `.csv` (words, as they are read) or `.xlsx` (a sheet of words, a sheet of values, what they are).
    table
        The table.
    graph
        Snapshot it was made from.
    command
        What writes the file again.

    Raises
    ------
    UsageError
        An extension of no known format.
    """
    match path.suffix.lower():
        case ".csv":
            return write_table(path, heads(table.columns), _lines(table, command))
        case ".xlsx":
            sheets = (_sheet(table, "mots"), _sheet(table, "valeurs"))
            return write_workbook(path, sheets, about_rows(graph, sheets, table.mode, command))
        case other:
            raise UsageError(
                f"« {other or path.name} » n’est pas un format de tableau : {', '.join(FORMATS)}."
            )


def heads(columns: tuple[Column, ...]) -> list[str]:
    """Return the heads of the columns, the group before the title."""
    return [f"{column.group} : {column.title}" if column.group else column.title for column in columns]


def _lines(table: ReportTable, command: str) -> list[list[str]]:
    """Return the rows as words, then what the table is: caption, notes, source, mode, command."""
    wide = max(len(table.columns), 1)
    rows = [
        [f"{cell.text}{f' ({cell.note})' if cell.note else ''}" for cell in row.cells] for row in table.rows
    ]
    rows = [row + [""] * (wide - len(row)) for row in rows]
    mode = "publication" if table.mode == "publication" else "document de travail : ne pas diffuser"
    told = [
        f"{table.number}. {table.caption}.",
        *table.notes,
        table.source,
        f"Mode : {mode}.",
        f"Pour refaire : {command}",
    ]
    if table.empty is not None:
        told.insert(1, table.empty)
    if table.fictional:
        told.append(f"{words.FICTIONAL}. {words.FICTIONAL_SENTENCE}")
    return [*rows, [""] * wide, *([said] + [""] * (wide - 1) for said in told)]


def _sheet(table: ReportTable, what: str) -> FileTable:
    valued = what == "valeurs"
    columns = tuple(
        FileColumn(head, _TYPES.get(column.kind, "text") if valued else "text", "")
        for head, column in zip(
            heads(table.columns) or ["Raison"], table.columns or (Column("Raison"),), strict=True
        )
    )
    wide = len(columns)
    rows = [tuple(cell.value if valued else cell.text for cell in row.cells) for row in table.rows]
    rows = [row + (None,) * (wide - len(row)) for row in rows]
    if table.empty is not None:
        rows = [(table.empty, *[None] * (wide - 1))]
    sentence = " ".join([f"{table.caption}.", *table.notes, table.source])
    title = f"{table.kind.capitalize()}, {what}"
    return FileTable(
        f"{table.kind}_{what}", title, sentence, columns, tuple(rows), _withheld(table) if valued else 0
    )


def _withheld(table: ReportTable) -> int:
    return sum(cell.text.startswith(words.SECRET) for row in table.rows for cell in row.cells)
