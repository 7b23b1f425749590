"""Identifiers with a form of their own: SIREN, SIRET, codes of communes."""

import re

from loaders.workbook.cells import Raw, text_of
from loaders.workbook.trouble import Trouble, refuse

_LA_POSTE = "356000000"
"""SIREN whose establishments do not follow Luhn's rule: their digits add up to a multiple of five."""
_MOST_ZEROS = 3
"""Leading zeros that a number may have lost; a SIRET that lacks five digits is a SIREN."""
_CORSICA = re.compile(r"2[ab]\d{0,3}")
_SEPARATORS = str.maketrans("", "", ".-\u00a0\u202f")


def luhn(digits: str) -> bool:
    """Tell whether the last digit closes Luhn's sum.

    >>> luhn("732829320"), luhn("732829321")
    (True, False)
    """
    total = 0
    for position, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + position % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def read_siren(raw: Raw) -> tuple[str, Trouble | None]:
    """Return a SIREN of nine digits, and a warning when leading zeros had to be given back.

    Raises
    ------
    CellError
        Wrong length, or Luhn's sum does not close.
    """
    return _read(raw, "SIREN", 9)


def read_siret(raw: Raw) -> tuple[str, Trouble | None]:
    """Return a SIRET of fourteen digits, and a warning when leading zeros had to be given back.

    Raises
    ------
    CellError
        Wrong length, or Luhn's sum does not close.
    """
    return _read(raw, "SIRET", 14)


def _read(raw: Raw, name: str, length: int) -> tuple[str, Trouble | None]:
    digits = "".join(text_of(raw).removesuffix(".0").translate(_SEPARATORS).split())
    expected = f"un numéro {name} à {length} chiffres"
    if not (digits.isascii() and digits.isdigit()):
        raise refuse("wrong_identifier", f"Ce numéro {name} n’est pas fait de chiffres.", expected)
    warning = None
    padded = digits.zfill(length)
    # A spreadsheet that took the number for a quantity has dropped its leading zeros; a text that lacks some
    # was saved by one, and is mended when the key agrees.
    number = isinstance(raw, int | float)
    if 0 < length - len(digits) <= _MOST_ZEROS and (number or _key_closes(padded, name)):
        digits = padded
        warning = _lost_zeros(f"Zéros de tête perdus : ce numéro {name} est complété en « {digits} ».")
    if len(digits) != length:
        raise refuse("wrong_identifier", f"Ce numéro {name} a {len(digits)} chiffres.", expected)
    if not _key_closes(digits, name):
        raise refuse("wrong_identifier", f"La clé de ce numéro {name} est fausse.", expected)
    return digits, warning


def _key_closes(digits: str, name: str) -> bool:
    """Tell whether the last digit agrees with the others; establishments of La Poste have their own rule."""
    if luhn(digits):
        return True
    return name == "SIRET" and digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0


def _lost_zeros(message: str) -> Trouble:
    return Trouble("lost_zeros", message, fix="Mettre la colonne au format texte.", severity="warning")


def read_code(raw: Raw, length: int | None) -> tuple[str, Trouble | None]:
    """Return the code of a territory, and a warning when leading zeros had to be given back.

    Parameters
    ----------
    raw
        Content of the cell.
    length
        Length of the codes of that level; None when they have none.
    """
    code = text_of(raw)
    if _CORSICA.fullmatch(code):
        return code.upper(), None
    short = length is not None and code.isascii() and code.isdigit() and len(code) < length
    if length is None or not short or (isinstance(raw, str) and len(code) != length - 1):
        return code, None
    mended = code.zfill(length)
    return mended, _lost_zeros(f"Zéros de tête perdus : ce code est complété en « {mended} ».")


CODE_LENGTHS = {"commune": 5, "departement": 2, "epci": 9}
"""Length of the codes of a level."""
