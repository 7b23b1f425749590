"""Write the workbook: sheets, headings with their comments, drop-down lists, checks in the cells, rows."""

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from loaders.template.content import Cells, Content, Identity
from loaders.template.model import LISTS_SHEET, README_SHEET, SHEETS, VERSION, Column, Sheet, words_of

LAST_ROW = 5000
"""Rows of a sheet that carry drop-down lists and checks, at least."""

Lists = Mapping[str, Mapping[str, str]]

README_FIELDS = {
    "id": ("Identifiant du fichier", "Un second fichier de même identifiant remplace le premier."),
    "contract": ("Contrat", "Identifiant du contrat, comme le donne « maillage status »."),
    "author": ("Auteur", "Qui dit ce que contient ce fichier."),
    "known_on": ("Connu le", "Date à laquelle c’est dit (jj/mm/aaaa)."),
    "fictional": ("Données fictives", "oui : tout ce que dit ce fichier sera marqué « données fictives »."),
    "version": ("Version du modèle", "Ne pas changer."),
    "note": ("Note", "Texte libre."),
    "copy": (
        "Copie de la base",
        "Ne pas changer. oui : ce qui n’est pas changé n’est pas une source de plus.",
    ),
}
"""Lines of the first sheet, by field of `Identity`: label and what to put."""

_CREATED = datetime.datetime(2014, 1, 1)
"""Fixed date inside the file, so that the same content makes the same bytes."""

_FORMATS: dict[str, dict[str, Any]] = {
    "date": {"num_format": "dd/mm/yyyy"},
    "money": {"num_format": "#,##0.00"},
    "text": {"num_format": "@"},
    "year": {"num_format": "0"},
    "share": {"num_format": "0.00##"},
}

_TEXT_KINDS = ("integer", "number", "date", "money", "year", "share", "priority", "grade", "observed_year")


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
        self._head = book.add_format({"bold": True, "bg_color": "#e2f0f0", "bottom": 1, "text_wrap": True})
        self._must = book.add_format(
            {"bold": True, "bg_color": "#0b5563", "font_color": "#ffffff", "bottom": 1, "text_wrap": True}
        )
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._label = book.add_format({"bold": True, "valign": "top"})
        self._plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._date = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        self._cells = {kind: book.add_format(said) for kind, said in _FORMATS.items()}
        self._ranges: dict[str, str] = {}
        self._actions = actions

    def write(self, content: Content) -> None:
        """Write every sheet, the first one first, the hidden lists last."""
        for name in content.rows:
            if name not in SHEETS:
                raise KeyError(name)
        self._readme(content.identity)
        pages = {name: self._book.add_worksheet(name) for name in SHEETS}
        self._write_lists()
        for name, page in pages.items():
            self._sheet(page, SHEETS[name], content.rows.get(name, []))

    def _readme(self, identity: Identity) -> None:
        page = self._book.add_worksheet(README_SHEET)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 60)
        page.set_column(2, 2, 70)
        page.write(0, 0, "Modèle de bilan du contrat", self._title)
        for row, (field, (label, help_text)) in enumerate(README_FIELDS.items(), 2):
            page.write_string(row, 0, label, self._label)
            self._identity_cell(page, row, field, getattr(identity, field))
            page.write_string(row, 2, help_text, self._plain)
        row = len(README_FIELDS) + 3
        page.write_string(row, 0, "Feuilles", self._title)
        for offset, sheet in enumerate(SHEETS.values(), 1):
            page.write_url(row + offset, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
            page.write_string(row + offset, 1, sheet.sentence, self._plain)
        after = row + len(SHEETS) + 2
        for offset, line in enumerate(_ADVICE):
            page.write_string(after + offset, 1, line, self._plain)

    def _identity_cell(self, page: Any, row: int, field: str, value: object) -> None:
        if field in ("fictional", "copy"):
            page.write_string(row, 1, "oui" if value else "non", self._plain)
            page.data_validation(row, 1, row, 1, {"validate": "list", "source": ["oui", "non"]})
        elif field == "version":
            page.write_string(row, 1, VERSION, self._plain)
        elif isinstance(value, datetime.date):
            page.write_datetime(row, 1, datetime.datetime(value.year, value.month, value.day), self._date)
        elif value:
            page.write_string(row, 1, str(value), self._plain)

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

    def _sheet(self, page: Any, sheet: Sheet, rows: Sequence[Cells]) -> None:
        last = max(LAST_ROW, len(rows) + 500)
        page.freeze_panes(1, 1)
        page.set_row(0, 32)
        page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, self._format(column))
            page.write_string(0, at, column.header, self._must if column.required else self._head)
            page.write_comment(0, at, _comment(column), {"author": "", "x_scale": 1.8})
            check = self._check(column)
            if check is not None:
                page.data_validation(1, at, last, at, check)
        for number, cells in enumerate(rows, 1):
            for field, value in cells.items():
                at = sheet.columns.index(sheet.by_field[field])
                self._cell(page, number, at, sheet.columns[at], value)

    def _format(self, column: Column) -> Any:
        return self._cells.get(column.kind if column.kind in _TEXT_KINDS else "text")

    def _cell(self, page: Any, row: int, at: int, column: Column, value: object) -> None:
        style = self._format(column)
        if value is None:
            return
        if isinstance(value, bool):
            page.write_string(row, at, "oui" if value else "non", style)
        elif isinstance(value, datetime.date):
            page.write_datetime(row, at, datetime.datetime(value.year, value.month, value.day), style)
        elif isinstance(value, int | float):
            page.write_number(row, at, value, style)
        elif isinstance(value, list | tuple):
            page.write_string(row, at, " ; ".join(map(str, value)), style)
        else:
            page.write_string(row, at, str(value), style)

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

_ADVICE = (
    "Une case vide veut dire « inconnu » ; 0 veut dire zéro.",
    "Les titres de colonne foncés sont obligatoires ; chaque titre porte un commentaire et un exemple.",
    "Une liste dans une case s’écrit avec des points-virgules : emploi ; insertion.",
    "Ne renommez ni les feuilles ni les titres de colonne ; des colonnes de plus sont sans effet.",
)


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
