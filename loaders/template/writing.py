"""Write the workbook: sheets, headings with their comments, drop-down lists, checks in the cells, rows."""

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from loaders.template.content import Content, Identity, Mark
from loaders.template.looks import Looks
from loaders.template.model import LISTS_SHEET, SHEETS, Column, Sheet, words_of
from loaders.template.readme import write_readme

LAST_ROW = 5000
"""Rows of a sheet that carry drop-down lists and checks, at least."""

Lists = Mapping[str, Mapping[str, str]]

_FIRST_YEAR = 1900
"""Spreadsheets know no date before it."""

_CREATED = datetime.datetime(2014, 1, 1)
"""Fixed date inside the file, so that the same content makes the same bytes."""


def write_template(
    path: Path, content: Content | None = None, *, lists: Lists | None = None, actions: Sequence[str] = ()
) -> None:
    """Write the template, empty or with rows.

    Parameters
    ----------
    path
        File to write, replaced when it exists.
    content
        Identity and rows; None for an empty template.
    lists
        Lists that the contract declares (`criteria`, `links`, `families`): French word by stored value.
    actions
        Codes of the actions, for the drop-down list.

    Raises
    ------
    KeyError
        A row of `content` has a sheet or a field that the template does not know.
    """
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": "Modèle maillage", "created": _CREATED})
        _Writer(book, lists or {}, actions).write(content or Content(Identity("", "")))


class _Writer:
    """One workbook being written."""

    def __init__(self, book: Any, lists: Lists, actions: Sequence[str]) -> None:
        self._book = book
        self._lists = lists
        self._looks = Looks(book)
        self._ranges: dict[str, str] = {}
        self._actions = actions

    def write(self, content: Content) -> None:
        """Write every sheet, the first one first, the hidden lists last."""
        for name in content.rows:
            if name not in SHEETS:
                raise KeyError(name)
        write_readme(self._book, self._looks, content)
        pages = {name: self._book.add_worksheet(name) for name in SHEETS}
        self._write_lists()
        for name, page in pages.items():
            self._sheet(page, SHEETS[name], content)

    def _write_lists(self) -> None:
        """Write the closed lists in a hidden sheet, where the drop-down lists find them."""
        page = self._book.add_worksheet(LISTS_SHEET)
        page.hide()
        kinds = sorted({column.kind for sheet in SHEETS.values() for column in sheet.columns})
        found = {kind: list((words_of(kind, _plain_dicts(self._lists)) or {}).values()) for kind in kinds}
        found["action"] = list(self._actions)
        found["action_code"] = list(self._actions)
        at = 0
        for kind, words in found.items():
            if not words:
                continue
            page.write_string(0, at, kind)
            page.write_column(1, at, words)
            letter = xlsxwriter.utility.xl_col_to_name(at)
            self._ranges[kind] = f"={LISTS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
            at += 1

    def _sheet(self, page: Any, sheet: Sheet, content: Content) -> None:
        rows = content.rows.get(sheet.name, [])
        last = max(LAST_ROW, len(rows) + 500)
        page.freeze_panes(1, 1)
        page.set_row(0, 32)
        page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, self._looks.of(column))
            page.write_string(0, at, column.header, self._looks.must if column.required else self._looks.head)
            page.write_comment(0, at, _comment(column), {"author": "", "x_scale": 1.8})
            check = self._check(column)
            if check is not None:
                page.data_validation(1, at, last, at, check)
        positions = {column.field: at for at, column in enumerate(sheet.columns)}
        for number, cells in enumerate(rows):
            for field, value in cells.items():
                column, mark = sheet.by_field[field], content.marks.get((sheet.name, number, field))
                self._cell(page, number + 1, positions[field], column, value, mark)
        _set_printing(page, sheet)

    def _cell(self, page: Any, row: int, at: int, column: Column, value: object, mark: Mark | None) -> None:
        if value is None:
            if mark is not None:
                page.write_blank(row, at, None, self._looks.of(column, mark))
            return
        if isinstance(value, datetime.date) and value.year >= _FIRST_YEAR:
            day = datetime.datetime(value.year, value.month, value.day)
            page.write_datetime(row, at, day, self._looks.of(column, mark))
        elif isinstance(value, int | float) and not isinstance(value, bool) and _keeps(value):
            page.write_number(row, at, value, self._looks.of(column, mark))
        else:
            text = _text(value)
            page.write_string(row, at, text, self._looks.of(column, mark, text))

    def _check(self, column: Column) -> dict[str, Any] | None:
        """Return the check of a column's cells: a list, a bounded number, a date."""
        title = _shortened(column.header, 32)
        if column.kind in self._ranges:
            # A code that the list lacks may be new: warned about, not refused.
            free = column.kind in ("action", "action_code") or column.kind.startswith("choice:families")
            return {
                "validate": "list",
                "source": self._ranges[column.kind],
                "error_type": "warning" if free else "stop",
                "error_title": title,
                "error_message": "Cette valeur n’est pas dans la liste.",
            }
        bounds = _BOUNDS.get(column.kind)
        if bounds is None:
            return None
        return {**bounds, "error_title": title}


_BOUNDS: dict[str, dict[str, Any]] = {
    "year": {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100,
             "error_message": "Une année à quatre chiffres."},
    "observed_year": {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100,
                      "error_message": "Une année à quatre chiffres."},
    "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
              "error_message": "Une part entre 0 et 1."},
    "money": {"validate": "decimal", "criteria": ">=", "value": 0,
              "error_message": "Un montant en euros, positif ou nul."},
    "integer": {"validate": "integer", "criteria": ">=", "value": 0,
                "error_message": "Un nombre entier, positif ou nul."},
    "priority": {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 3,
                 "error_message": "1, 2 ou 3."},
    "grade": {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 3,
              "error_message": "0, 1, 2 ou 3 ; vide si non coté."},
    "date": {"validate": "date", "criteria": "between", "minimum": datetime.date(1990, 1, 1),
             "maximum": datetime.date(2100, 12, 31), "error_message": "Une date (jj/mm/aaaa)."},
}  # fmt: skip


def _text(value: object) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return " ; ".join(map(str, value))
    return str(value)


def _keeps(number: float) -> bool:
    """Tell whether a file of this format keeps a number as it is: it writes sixteen digits."""
    return float(f"{number:.16G}") == number


def _set_printing(page: Any, sheet: Sheet) -> None:
    """Set how a sheet prints: A4, landscape, as wide as a page, its headings on every page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&L{sheet.name}&R&P / &N")


def _comment(column: Column) -> str:
    lines = [column.help or column.header, "Obligatoire." if column.required else ""]
    if column.example:
        lines.append(f"Exemple : {column.example}")
    return "\n".join(line for line in lines if line)


def _shortened(text: str, longest: int) -> str:
    """Return the text as a spreadsheet's title may hold it: no longer, composed characters."""
    return unicodedata.normalize("NFC", text)[:longest]


def _plain_dicts(lists: Lists) -> dict[str, dict[str, str]]:
    return {name: dict(words) for name, words in lists.items()}
