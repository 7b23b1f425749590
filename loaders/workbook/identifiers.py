"""Identifiers with a form of their own: SIREN, SIRET, codes of communes."""

from loaders.workbook.cells import Raw, text_of
from loaders.workbook.trouble import Trouble, refuse

_LA_POSTE = "356000000"
"""SIREN whose establishments do not follow Luhn's rule."""


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
    digits = "".join(text_of(raw).split())
    expected = f"un numéro {name} à {length} chiffres"
    if not (digits.isascii() and digits.isdigit()):
        raise refuse("wrong_identifier", f"Ce numéro {name} n’est pas fait de chiffres.", expected)
    warning = None
    # A spreadsheet that took the number for a quantity has dropped its leading zeros.
    if isinstance(raw, int | float) and len(digits) < length:
        digits = digits.zfill(length)
        warning = Trouble(
            "lost_zeros", f"Ce numéro {name} avait perdu ses zéros de tête : lu « {digits} ».",
            fix="Mettre la colonne au format texte.", severity="warning",
        )  # fmt: skip
    if len(digits) != length:
        raise refuse("wrong_identifier", f"Ce numéro {name} a {len(digits)} chiffres.", expected)
    if not luhn(digits) and not (name == "SIRET" and digits.startswith(_LA_POSTE)):
        raise refuse("wrong_identifier", f"La clé de ce numéro {name} est fausse.", expected)
    return digits, warning


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
    if length is None or not (isinstance(raw, int | float) and len(code) < length):
        return code, None
    mended = code.zfill(length)
    return mended, Trouble(
        "lost_zeros", f"Ce code avait perdu ses zéros de tête : lu « {mended} ».",
        fix="Mettre la colonne au format texte.", severity="warning",
    )  # fmt: skip


CODE_LENGTHS = {"commune": 5, "departement": 2, "epci": 9}
"""Length of the codes of a level."""
