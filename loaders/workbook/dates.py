"""Dates as people write them in a cell."""

import datetime
import re

_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})([01]\d)([0-3]\d)")
_WORDS = re.compile(
    r"(?:le |lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )*"
    r"(\d{1,2})(?:er)? ?([a-zéûè]{3,9})\.? ?(\d{4})",
    re.IGNORECASE,
)
_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
_FULL = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre",
)  # fmt: skip
_PLAIN = str.maketrans("éèûÉÈÛ", "eeueeu")
_SERIAL = re.compile(r"[2-7]\d{4}")
_EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_SERIALS = range(20_000, 80_000)
"""Day numbers taken for dates: from 1954 to 2119."""
_TURN = 70
"""Years of two digits from 70 on are of the 1900s."""


def date_of(raw: object) -> datetime.date | None:
    """Return the date a cell holds; None when it is none.

    Examples
    --------
    >>> date_of("1er avril 2015") == date_of("01/04/2015") == date_of(42095) == date_of("2015-04-01 00:00")
    True
    """
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        whole = int(raw)
        if whole in _SERIALS:
            return _EPOCH + datetime.timedelta(days=whole)
        return _of_text(str(whole)) if raw == whole else None
    said = " ".join(str(raw).split())
    return date_of(int(said)) if _SERIAL.fullmatch(said) else _of_text(said)


def _of_text(said: str) -> datetime.date | None:
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(said):
            return _day(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(said):
        return _day(_whole_year(found[3]), found[2], found[1])
    found = _WORDS.fullmatch(said)
    month = _month(found[2]) if found else None
    return _day(found[3], str(month), found[1]) if found and month else None


def _whole_year(year: str) -> str:
    if len(year) == 4:
        return year
    return f"{19 if int(year) >= _TURN else 20}{year}"


def _month(word: str) -> int | None:
    """Return the number of a month, written in full or cut."""
    plain = word.translate(_PLAIN).lower()
    for number, (short, full) in enumerate(zip(_MONTHS, _FULL, strict=True), 1):
        if (
            full.startswith(plain)
            and plain.startswith(short[:3])
            and (len(plain) > 3 or full == plain or short[:3] not in ("jui", "mar"))
        ):
            return number
    return None


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
