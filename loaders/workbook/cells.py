"""Turn the content of a cell into a value, by the kind of its column."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from graphmodel.schema import SCHEMA
from loaders.template.model import words_of
from loaders.workbook.dates import date_of
from loaders.workbook.known import fold
from loaders.workbook.trouble import CellError, one_of, refuse, suggestion

Raw = object
"""What python-calamine gives: text, float, int, bool, date, datetime, time, timedelta; empty text for an
empty cell."""

_ERROR = re.compile(r"#(?:REF|N/A|DIV/0|VALEUR|VALUE|NOM|NAME|NOMBRE|NUM|NUL|NULL)[!?]?|Err\s?:\s?\d{3}")
_LONGEST = 20_000
_RNA = re.compile(r"W\d[0-9A-Z]\d{7}")
_SPACES = str.maketrans("", "", " \t\u00a0\u202f\u2007\u2009'’")
_EUROS = re.compile(r"(k|m)?(?:€|euros?|eur)", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:,\d{3})+\.\d+")
"""Thousands marked by points and decimals by a comma, or the other way round."""
_UNKNOWN_WORDS = frozenset(
    ("-", "–", "—", "?", "nc", "n.c.", "nd", "n.d.", "nr", "n.r.", "n/a", "na", "inconnu", "non connu",
     "non communique", "non renseigne", "non disponible", "a completer", "en attente")
)  # fmt: skip
"""What people write in a cell of a quantity to say that they do not know."""
_NOTHING_WORDS = frozenset(("neant", "aucun", "aucune", "rien", "sans objet", "so", "s.o."))

QUANTITIES = frozenset(("money", "number", "integer", "share"))
"""Kinds of cells that hold a quantity."""


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A formula without value: `shown` is its error (`#REF!`), empty when it was never worked out."""

    shown: str

    def __str__(self) -> str:
        return self.shown or "formule non calculée"

    def error(self) -> CellError:
        """Return the error of reading it."""
        if not self.shown:
            return refuse(
                "formula_not_calculated", "Cette formule n’a pas de valeur : elle n’a jamais été calculée.",
                fix="Ouvrir le classeur dans un tableur, l’enregistrer, puis le charger de nouveau.",
            )  # fmt: skip
        return refuse(
            "formula_error", "Cette formule est en erreur.", "une valeur",
            "Corriger la formule, ou la remplacer par sa valeur ; vide si elle est inconnue.",
        )  # fmt: skip


def is_empty(raw: Raw) -> bool:
    """Tell whether a cell holds nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def text_of(raw: Raw) -> str:
    """Return a cell as a French reader writes it: a whole number without decimals, a comma, a French date."""
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, float):
        return str(raw).replace(".", ",")
    if isinstance(raw, datetime.datetime | datetime.date):
        return raw.strftime("%d/%m/%Y")
    return str(raw).strip()


def read_text(raw: Raw) -> str:
    """Return a text of bounded length.

    Raises
    ------
    CellError
        Longer than a cell of ours may be.
    """
    text = text_of(raw)
    if len(text) > _LONGEST:
        raise refuse("too_long", "Ce texte est trop long.", f"{_LONGEST} caractères au plus")
    return text


def is_error_word(raw: Raw) -> bool:
    """Tell whether a text is the error of a formula, as text tables and OpenDocument files keep it."""
    return (
        isinstance(raw, str) and raw.lstrip()[:1] in ("#", "E") and _ERROR.fullmatch(raw.strip()) is not None
    )


def says_unknown(raw: Raw, kind: str) -> bool:
    """Tell whether a cell says in words that its value is not known: « NC », « - », « à compléter »."""
    if not isinstance(raw, str) or (kind not in QUANTITIES and kind != "date"):
        return False
    return fold(raw) in _UNKNOWN_WORDS


def _decimal(raw: Raw, expected: str) -> Decimal:
    if isinstance(raw, bool | datetime.date | datetime.time | datetime.timedelta):
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre.", expected)
    try:
        number = Decimal(str(raw) if isinstance(raw, int | float) else _plain_number(str(raw)))
    except InvalidOperation:
        fix = None
        if fold(str(raw)) in _NOTHING_WORDS:
            fix = "Écrire 0 si c’est zéro ; laisser vide si c’est inconnu."
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre.", expected, fix) from None
    if not number.is_finite():
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre.", expected)
    return number


def _plain_number(said: str) -> str:
    """Return a number as written by a person in the form a program reads; a comma marks the decimals."""
    text = said.translate(_SPACES)
    if _GROUPED.fullmatch(text):
        mark = "." if text.rfind(".") < text.rfind(",") else ","
        text = text.replace(mark, "")
    return text.replace(",", ".").replace("\N{MINUS SIGN}", "-")


def read_number(raw: Raw) -> float:
    """Return a number; a comma or a point marks the decimals, spaces part the thousands."""
    return float(_decimal(raw, "un nombre"))


def read_integer(raw: Raw) -> int:
    """Return a whole number, zero or more."""
    number = _decimal(raw, "un nombre entier")
    if number != number.to_integral_value():
        raise refuse("wrong_type", "Ce nombre n’est pas entier.", "un nombre entier")
    if number < 0:
        raise refuse("negative", "Ce nombre est négatif.", "un nombre entier, positif ou nul")
    return int(number)


def read_share(raw: Raw) -> float:
    """Return a share between 0 and 1; « 25 % » is read as 0.25."""
    said = str(raw).strip()
    percent = isinstance(raw, str) and said.endswith("%")
    share = _decimal(said.rstrip("%") if percent else raw, "une part entre 0 et 1")
    share = share / 100 if percent else share
    if not 0 <= share <= 1:
        raise refuse("wrong_value", "Cette part est hors bornes.", "une part entre 0 et 1, ou en %")
    return float(share)


def read_money(raw: Raw) -> int:
    """Return an amount in cents from an amount in euros, zero or more."""
    euros = _euros(raw)
    if euros < 0:
        raise refuse("negative", "Ce montant est négatif.", "un montant en euros, positif ou nul")
    cents = euros * 100
    whole = cents.to_integral_value()
    # A formula leaves a dust of decimals behind the cents; more than that is no amount.
    if abs(cents - whole) > Decimal("0.0001"):
        raise refuse("wrong_type", "Ce montant a plus de deux décimales.", "un montant au centime")
    return int(whole)


def _euros(raw: Raw) -> Decimal:
    """Return an amount in euros; « k€ » and « M€ » are thousands and millions."""
    expected = "un montant en euros"
    unit = _EUROS.search(raw) if isinstance(raw, str) else None
    if unit is None or not isinstance(raw, str):
        return _decimal(raw, expected)
    return _decimal(_EUROS.sub("", raw, count=1), expected) * _TIMES[(unit[1] or "").lower()]


def read_date(raw: Raw) -> datetime.date:
    """Return a date from a date cell, a spreadsheet's day number, or a text a French reader understands."""
    day = date_of(raw)
    if day is None:
        raise refuse("wrong_type", "Cette valeur n’est pas une date.", "une date (jj/mm/aaaa)")
    return day


def read_boolean(raw: Raw) -> bool:
    """Return yes or no."""
    if isinstance(raw, bool):
        return raw
    said = fold(text_of(raw))
    if said in ("oui", "o", "vrai", "true", "x", "1"):
        return True
    if said in ("non", "n", "faux", "false", "0"):
        return False
    raise refuse("wrong_type", "Cette valeur n’est ni oui ni non.", "oui ou non")


def read_year(raw: Raw) -> int:
    """Return a year between 1900 and 2100."""
    year = read_integer(raw)
    if not 1900 <= year <= 2100:
        raise refuse("wrong_value", "Cette valeur n’est pas une année.", "une année à quatre chiffres")
    return year


def read_text_list(raw: Raw) -> list[str]:
    """Return texts parted by semicolons."""
    return [word.strip() for word in read_text(raw).split(";") if word.strip()]


def read_integer_list(raw: Raw) -> list[int]:
    """Return whole numbers parted by semicolons or commas."""
    if isinstance(raw, int | float):
        return [read_integer(raw)]
    return [read_integer(word) for word in re.split("[;,]", read_text(raw)) if word.strip()]


def read_bounded(low: int, high: int) -> Callable[[Raw], int]:
    """Return the reader of whole numbers between two bounds."""

    def read(raw: Raw) -> int:
        number = read_integer(raw)
        if not low <= number <= high:
            raise refuse("wrong_value", "Cette valeur est hors bornes.", f"un entier de {low} à {high}")
        return number

    return read


def read_word(raw: Raw, kind: str, contract_lists: Mapping[str, dict[str, str]]) -> str:
    """Return the stored value of a word of a closed list: its French label, its file word or itself.

    A list that nobody declares leaves the word as it is.

    Raises
    ------
    CellError
        The word is not in the list; carries the nearest one.
    """
    said = read_text(raw)
    words = words_of(kind, dict(contract_lists))
    if words is None:
        return said
    wanted = fold(said)
    family, _, name = kind.partition(":")
    files = SCHEMA.enumerations[name].file_words if family == "enum" else {}
    for value, french in words.items():
        if wanted in (fold(french), fold(value), fold(files.get(value, french))):
            return value
    shown = list(words.values())
    fix = suggestion(wanted, shown, [fold(word) for word in shown])
    raise refuse("unknown_word", "Ce mot n’est pas dans la liste.", one_of(shown), fix)


def read_rna(raw: Raw) -> str:
    """Return a number of the national register of associations: W and nine characters."""
    number = text_of(raw).translate(_SPACES).upper()
    if not _RNA.fullmatch(number):
        raise refuse("wrong_identifier", "Ce numéro RNA n’en est pas un.", "W suivi de neuf chiffres")
    return number


READERS: Mapping[str, Callable[[Raw], object]] = {
    "text": read_text,
    "number": read_number,
    "integer": read_integer,
    "share": read_share,
    "money": read_money,
    "date": read_date,
    "boolean": read_boolean,
    "year": read_year,
    "observed_year": read_year,
    "text_list": read_text_list,
    "integer_list": read_integer_list,
    "priority": read_bounded(1, 3),
    "grade": read_bounded(0, 3),
    "action_code": read_text,
    "rna": read_rna,
}
"""Readers of the kinds that need nothing but the cell."""
