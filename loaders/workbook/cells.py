"""Turn the content of a cell into a value, by the kind of its column."""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from graphmodel.schema import SCHEMA
from loaders.template.model import words_of
from loaders.workbook.known import fold
from loaders.workbook.trouble import one_of, refuse, suggestion

Raw = object
"""What python-calamine gives: text, float, int, bool, date, datetime, time, timedelta; empty text for an
empty cell."""

_LONGEST = 20_000
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SPACES = str.maketrans("", "", "   \t€")


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


def _decimal(raw: Raw, expected: str) -> Decimal:
    if isinstance(raw, bool | datetime.date | datetime.time | datetime.timedelta):
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre.", expected)
    said = str(raw) if isinstance(raw, int | float) else str(raw).translate(_SPACES).replace(",", ".")
    try:
        number = Decimal(said)
    except InvalidOperation:
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre.", expected) from None
    if not number.is_finite():
        raise refuse("wrong_type", "Cette valeur n’est pas un nombre.", expected)
    return number


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
    euros = _decimal(raw, "un montant en euros")
    if euros < 0:
        raise refuse("negative", "Ce montant est négatif.", "un montant en euros, positif ou nul")
    cents = euros * 100
    whole = cents.to_integral_value()
    # A formula leaves a dust of decimals behind the cents; more than that is no amount.
    if abs(cents - whole) > Decimal("0.0001"):
        raise refuse("wrong_type", "Ce montant a plus de deux décimales.", "un montant au centime")
    return int(whole)


def read_date(raw: Raw) -> datetime.date:
    """Return a date from a date cell, « jj/mm/aaaa » or « aaaa-mm-jj »."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    said = str(raw).strip()
    found = _DATE.fullmatch(said)
    try:
        if found:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        return datetime.date.fromisoformat(said)
    except ValueError:
        raise refuse("wrong_type", "Cette valeur n’est pas une date.", "une date (jj/mm/aaaa)") from None


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
}
"""Readers of the kinds that need nothing but the cell."""
