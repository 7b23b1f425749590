"""Texts and tables as a French spreadsheet opens them: semicolons, a UTF-8 mark, and no formula."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def inert(text: str) -> str:
    """Return a text that a spreadsheet never runs as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> Path:
    """Write a table as CSV; unknown cells are empty, decimals have a comma (a point would become a date)."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        table.writerow(columns)
        table.writerows([cell_text(value) for value in row] for row in rows)
    return path


def cell_text(value: str | float | None) -> str:
    """Return a cell of a text table: empty when unknown, a comma in decimals, no formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    return repr(value).replace(".", ",")
