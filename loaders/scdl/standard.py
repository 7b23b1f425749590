"""The standard « SCDL subventions » 2.1.1: its columns, and what a cell of each must be.

`columns.csv` holds the columns: `required` by the standard (`other`: where the conditions are « autre »),
`needed` by the graph, the check of its cells and the argument of that check.
"""

import csv
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from importlib.resources import files

from loaders.tables import cell_text, column_word
from loaders.workbook.cells import BrokenCell
from loaders.workbook.dates import date_of
from loaders.workbook.identifiers import read_siret
from loaders.workbook.trouble import CellError, Trouble, one_of, refuse, suggestion

MARKS = ("nombeneficiaire", "pourcentagesubvention", "conditionsversement", "notificationue", "idattribuant")
"""Folded columns that no other form has: three of them tell a file of grants."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RNA = re.compile(r"W\d{9}")
_ISO = "une date AAAA-MM-JJ"


@dataclass(frozen=True, slots=True)
class GrantColumn:
    """One column of the standard; see `columns.csv`."""

    name: str
    required: str
    needed: bool
    check: str
    argument: str

    @property
    def word(self) -> str:
        """The name as headings are compared."""
        return column_word(self.name)


def _columns() -> dict[str, GrantColumn]:
    text = (files("loaders.scdl") / "columns.csv").read_text(encoding="utf-8")
    return {
        row["column"]: GrantColumn(
            row["column"], row["required"], row["needed"] == "yes", row["check"], row["argument"]
        )
        for row in csv.DictReader(text.splitlines())
    }


COLUMNS: Mapping[str, GrantColumn] = _columns()
"""Columns of the standard, by name, in its order."""


def is_grant_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of a file of grants."""
    return sum(mark in columns for mark in MARKS) >= 3


@lru_cache(maxsize=50_000, typed=True)
def read_cell(column: GrantColumn, raw: object) -> tuple[object, Trouble | None]:
    """Return the value of a cell that holds something, and a warning.

    Dates are `date`, amounts `Decimal` euros, shares `Decimal`, years `int`, the rest text. Most cells of a
    file repeat (who gives, days, natures): each is read once.

    Raises
    ------
    CellError
        The cell is not what the standard says.
    """
    if isinstance(raw, BrokenCell):
        raise raw.error()
    if column.check == "siret":
        return read_siret(raw)
    return _CHECKS[column.check](raw, column.argument), None


def _text(raw: object, longest: str) -> str:
    text = cell_text(raw) or ""
    if longest and len(text) > int(longest):
        raise refuse("too_long", f"Ce texte a {len(text)} caractères.", f"{longest} caractères au plus")
    return text


def _rna(raw: object, _: str) -> str:
    text = cell_text(raw) or ""
    if not _RNA.fullmatch(text):
        raise refuse("wrong_identifier", "Ce numéro RNA n’en est pas un.", "W suivi de neuf chiffres")
    return text


def _enumeration(raw: object, words: str) -> str:
    text, allowed = cell_text(raw) or "", words.split("|")
    if text not in allowed:
        fix = suggestion(text, allowed)
        raise refuse("unknown_word", "Ce mot n’est pas de la liste du schéma.", one_of(allowed), fix)
    return text


def _date(raw: object, _: str) -> datetime.date:
    day = date_of(raw)
    if isinstance(raw, str) and not _DAY.fullmatch(raw.strip()):
        fix = f"Écrire {day.isoformat()}." if day is not None else None
        raise refuse("wrong_date", "Cette date n’est pas dans la forme du schéma.", _ISO, fix)
    if day is None:
        raise refuse("wrong_date", "Cette date n’existe pas.", _ISO)
    return day


def _period(raw: object, _: str) -> tuple[datetime.date, datetime.date]:
    parts = (cell_text(raw) or "").split("/") if isinstance(raw, str) else [raw]
    expected = "AAAA-MM-JJ, ou AAAA-MM-JJ/AAAA-MM-JJ"
    if len(parts) > 2 or not all(isinstance(p, datetime.date) or _DAY.fullmatch(str(p)) for p in parts):
        raise refuse("wrong_period", "Cette période n’est pas dans la forme du schéma.", expected)
    days = [date_of(part) for part in parts]
    known = [day for day in days if day is not None]
    if len(known) < len(parts):
        wrong = parts[days.index(None)]
        raise refuse("wrong_period", f"La date « {wrong} » de cette période n’existe pas.", expected)
    return known[0], known[-1]


def _number(raw: object, expected: str) -> Decimal:
    said = str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else cell_text(raw) or ""
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (isinstance(raw, str) and not _NUMBER.fullmatch(said)):
        comma = said.replace(",", ".").replace(" ", "")
        fix = f"Écrire {comma}." if comma != said and _NUMBER.fullmatch(comma) else None
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre du schéma.", expected, fix)
    return number


def _money(raw: object, _: str) -> Decimal:
    amount = _number(raw, "un montant en euros, avec un point")
    if amount < 0:
        raise refuse("negative", "Ce montant est négatif.", "un montant positif ou nul")
    return amount


def _share(raw: object, _: str) -> Decimal:
    expected = "une part de 0.01 à 1, avec un point"
    share = _number(raw, expected)
    if not Decimal("0.01") <= share <= 1:
        fix = f"Écrire {(share / 100).normalize():f}." if 1 < share <= 100 else None
        raise refuse("wrong_value", "Cette part est hors bornes.", expected, fix)
    return share


def _year(raw: object, _: str) -> int:
    text = cell_text(raw) or ""
    if not re.fullmatch(r"(?:19|20)\d{2}", text):
        raise refuse("wrong_value", "Cette valeur n’est pas une année.", "une année à quatre chiffres")
    return int(text)


_CHECKS: Mapping[str, Callable[[object, str], object]] = {
    "text": _text,
    "rna": _rna,
    "enum": _enumeration,
    "date": _date,
    "period": _period,
    "money": _money,
    "share": _share,
    "year": _year,
}

__all__ = ["COLUMNS", "CellError", "GrantColumn", "is_grant_table", "read_cell"]
