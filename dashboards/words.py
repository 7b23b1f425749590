"""French words and numbers that more than one view shows.

Numbers follow the typographic rules of the national printing house: narrow no-break space (U+202F) between
thousands and before « % » and « € », decimal comma, « non calculable » with its reason instead of a blank.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from graphmodel import french
from graphmodel.french import MINUS, NBSP, NNBSP, listed, quoted

__all__ = ["MINUS", "NBSP", "NNBSP", "listed", "quoted"]

APP_NAME: Final = "Maillage"
FICTIONAL: Final = "Données fictives"
FICTIONAL_SENTENCE: Final = (
    "Les bilans, les quartiers et la liste des zones de revitalisation de cette page sont fictifs."
)
NOT_COMPUTABLE: Final = "non calculable"
NO_DATA: Final = "pas de donnée"
SECRET: Final = "secret"
ZERO: Final = "zéro"
UNKNOWN: Final = "non dit"
UNKNOWN_PERIMETER: Final = "Périmètre inconnu"
UNDECLARED_VINTAGE: Final = "millésime non déclaré"

LEVELS: Final = {
    "region": ("région", "régions"),
    "departement": ("département", "départements"),
    "epci": ("EPCI", "EPCI"),
    "commune": ("commune", "communes"),
    "qpv": ("quartier prioritaire", "quartiers prioritaires"),
    "syndicat_mixte": ("syndicat mixte", "syndicats mixtes"),
    "pnr": ("parc naturel régional", "parcs naturels régionaux"),
    "authority": ("collectivité", "collectivités"),
    "urban_unit": ("unité urbaine", "unités urbaines"),
    "arrondissement": ("arrondissement municipal", "arrondissements municipaux"),
    "delegated_commune": ("commune déléguée ou associée", "communes déléguées ou associées"),
    "custom": ("périmètre", "périmètres"),
}
"""Levels of territory: singular and plural."""

WORLDS: Final = {
    "ess": "ESS",
    "ess_company": "société de l’ESS",
    "classic": "classique",
    "public": "public",
    "research": "recherche",
    None: "monde non dit",
}
"""Worlds of organisations, short; None is not known."""

ROLES: Final = {
    "pilot": "porteur",
    "partner": "partenaire",
    "funder": "financeur",
    "beneficiary": "bénéficiaire",
}
"""Roles of an organisation in an action."""

MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number as French text, « non calculable » for None.

    Parameters
    ----------
    value
        Any finite number, or None when it is not known.
    decimals
        Digits after the comma, from 0.

    Examples
    --------
    >>> number(12345.5, 1)
    '12\\u202f345,5'
    """
    if value is None:
        return NOT_COMPUTABLE
    return french.number(value, decimals)


def euros(cents: int | None, *, decimals: bool = False) -> str:
    """Return integer cents as euros: « 2 387 500 € »; cents are shown when asked for or not zero."""
    if cents is None:
        return NOT_COMPUTABLE
    shown = 2 if decimals or cents % 100 else 0
    return f"{number(cents / 100, shown)}{NNBSP}€"


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a share from 0 to 1 as « 71,4 % »."""
    return NOT_COMPUTABLE if share is None else f"{number(share * 100, decimals)}{NNBSP}%"


def day(value: date | None) -> str:
    """Return a date as « 1er janvier 2014 », « date inconnue » for None."""
    if value is None:
        return "date inconnue"
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first} {MONTHS[value.month - 1]} {value.year}"


def plural(count: int, singular: str, several: str | None = None) -> str:
    """Return the form of a word for a count: French is plural from 2 on."""
    if abs(count) < 2:
        return singular
    return several if several is not None else f"{singular}s"


def counted(count: int, singular: str, several: str | None = None) -> str:
    """Return a count and its word: « 1 action », « 20 actions »."""
    return f"{number(count)}{NBSP}{plural(count, singular, several)}"


def shortened(names: Sequence[str], most: int, *, other: str = "autre") -> str:
    """Return at most `most` names, then how many others: « Lyon, Grenoble et 3 autres »."""
    rest = len(names) - most
    if rest <= 0:
        return listed(names)
    return f"{', '.join(names[:most])} et {counted(rest, other)}"


def elided(name: str, preposition: str = "de") -> str:
    """Return « de » or « d’ » before a name: « d’Annecy », « de Lyon »."""
    vowel = name[:1].casefold() in "aeiouyàâäéèêëîïôöùûüœæh"
    return f"{preposition[:-1]}’{name}" if vowel else f"{preposition} {name}"


_SPACED = (
    (re.compile(r"[ \u00a0\u202f]+([;?!%€])"), NNBSP + r"\1"),
    (re.compile(r"[ \u202f]+:"), NBSP + ":"),
    (re.compile(r"«[ \u202f]*"), "«" + NBSP),
    (re.compile(r"[ \u202f]*»"), NBSP + "»"),
)


def typeset(text: str) -> str:
    """Return a French sentence with no-break spaces where the rules ask for them, and the curly apostrophe.

    Only spaces that are already written are replaced; nothing is inserted before a colon of a URL.
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    for pattern, replacement in _SPACED:
        text = pattern.sub(replacement, text)
    return re.sub(f"{NBSP}{{2,}}", NBSP, text)


def unknown_setting(asked: str) -> str:
    """Return the sentence on a setting of the address that means nothing here, cut at eighty characters."""
    return typeset(f"Le lien demandait « {asked[:80]} », inconnu ici. Valeur par défaut affichée.")
