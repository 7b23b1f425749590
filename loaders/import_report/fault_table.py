"""Faults as a table: one line each, in the order of the files."""

import csv
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from graphmodel import Fault, UsageError
from loaders.template.looks import runs

COLUMNS = (
    "Gravité", "Fichier", "Feuille", "Ligne", "Colonne", "Valeur lue", "Ce qui ne va pas", "Attendu",
    "Comment corriger", "Code",
)  # fmt: skip
_WIDTHS = (14, 26, 20, 8, 22, 24, 60, 36, 48, 20)
_SEVERITY = {"error": "faute", "warning": "avertissement", "note": "remarque"}

Cells = tuple[str | int | None, ...]


def fault_rows(faults: Iterable[Fault]) -> list[Cells]:
    """Return the cells of faults, in the order of `COLUMNS`; None for what has no meaning there."""
    return [
        (
            _SEVERITY[fault.severity], fault.file, fault.sheet, fault.row, fault.column, fault.value,
            fault.message, fault.expected, fault.fix, fault.code,
        )
        for fault in faults
    ]  # fmt: skip


def write_fault_table(faults: Iterable[Fault], path: Path) -> Path:
    """Write faults as a table and return its path; no cell of it runs as a formula.

    Parameters
    ----------
    faults
        Errors and warnings.
    path
        File to write: `.csv` (semicolons, UTF-8 with its mark) or `.xlsx`.

    Raises
    ------
    UsageError
        Another extension, or a file that exists: it may be the one that was read.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise UsageError(f"« {path.suffix or path.name} » n’est pas un format de rapport : .csv ou .xlsx.")
    refuse_existing(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = fault_rows(faults)
    if suffix == ".csv":
        _write_csv(path, rows)
    else:
        _write_workbook(path, rows)
    return path


def refuse_existing(path: Path) -> None:
    """Refuse a path where a file stands.

    Raises
    ------
    UsageError
        There is one.
    """
    if path.exists():
        raise UsageError(f"Le fichier « {path} » existe déjà : choisissez un autre nom, ou déplacez-le.")


def _write_csv(path: Path, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        table.writerow(COLUMNS)
        for row in rows:
            # An apostrophe, as a person types it: the text stays a text.
            table.writerow([f"'{cell}" if isinstance(cell, str) and runs(cell) else cell for cell in row])


def _write_workbook(path: Path, rows: list[Cells]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Fautes")
        head = book.add_format({"bold": True, "bg_color": "#e2f0f0", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        inert = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
        whole = book.add_format({"valign": "top"})
        for at, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            page.set_column(at, at, width)
            page.write_string(0, at, title, head)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(number, at, cell, whole)
                elif cell is not None:
                    page.write_string(number, at, cell, inert if runs(cell) else plain)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
