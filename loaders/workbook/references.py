"""Cells that name something else: an action, an organisation, a territory…"""

import re

from graphmodel.schema import SCHEMA
from loaders.workbook.cells import Raw, read_text
from loaders.workbook.identifiers import CODE_LENGTHS, read_code
from loaders.workbook.known import Known, KnownNode, fold
from loaders.workbook.trouble import Trouble, one_of, refuse, suggestion

_CODE = re.compile(r"(?:fiche|action)?\s*(?:n°)?\s*([IVX]+(?:\s*[ ._-]\s*\d+)+)(?!\w)", re.IGNORECASE)
_PARTS = re.compile(r"\s*[ ._-]\s*")

LABELS = {
    "action": "Action",
    "organisation": "Organisation",
    "body": "GovernanceBody",
    "meeting": "Meeting",
    "need": "Need",
    "ptce": "Ptce",
    "sector": "Sector",
    "axis": "Axis",
    "effect": "ExpectedEffect",
    "instrument": "Instrument",
    "document": "Document",
}
"""Label of the node that a kind of cell names."""

_UNKNOWN = {
    "action": "Cette action n’est pas au plan d’actions.",
    "organisation": "Cette organisation n’est connue ni du classeur ni de la base.",
    "body": "Cette instance n’est connue ni du classeur ni de la base.",
    "meeting": "Cette réunion n’est pas dans la feuille « Réunions ».",
    "need": "Ce besoin n’est pas dans la feuille « Besoins ».",
    "ptce": "Ce PTCE n’est pas dans la feuille « PTCE ».",
    "sector": "Cette filière n’est connue ni du classeur ni de la base.",
    "axis": "Cet axe n’est pas au plan d’actions.",
    "effect": "Cet effet attendu n’est pas dans la convention.",
    "instrument": "Cet outil n’est pas nommé par la convention.",
    "document": "Cette pièce n’est pas dans la feuille « Documents ».",
}

_REMEDY = {
    "action": "Corriger le code, ou décrire l’action dans la feuille « Actions » (intitulé et axe).",
    "organisation": "Corriger le nom, ou ajouter l’organisation dans la feuille « Organisations ».",
}

_LEVEL_FRENCH = {
    "commune": "Cette commune n’existe pas parmi les communes de la région.",
    "qpv": "Ce quartier prioritaire est inconnu.",
    "epci": "Cet EPCI est inconnu.",
    "departement": "Ce département est inconnu.",
}

_LEVEL_EXPECTED = {
    "commune": "un code INSEE à cinq caractères",
    "qpv": "le code d’un quartier chargé",
    "epci": "le SIREN d’un EPCI",
    "departement": "un numéro de département",
}


def read_reference(raw: Raw, kind: str, known: Known) -> KnownNode:
    """Return the node that a cell names by its identifier or its exact name.

    Raises
    ------
    CellError
        Nothing bears that name; carries the nearest one.
    """
    word = read_text(raw)
    label = LABELS[kind]
    found = known.find(label, word)
    if found is None and kind == "action":
        found = known.find(label, _code_in(word))
    if found is not None:
        return found
    names = known.names(label)
    near = suggestion(fold(word), names, [fold(name) for name in names])
    expected = one_of(known.identifiers(label)) if names else None
    raise refuse(f"unknown_{kind}", _UNKNOWN[kind], expected, near or _REMEDY.get(kind))


def _code_in(word: str) -> str:
    """Return the code that a cell starts with, however it is parted, its title left out.

    >>> _code_in("Fiche II-1.1 : espace de dialogue"), _code_in("I 1 1 1")
    ('II.1.1', 'I.1.1.1')
    """
    code = _CODE.match(word)
    return _PARTS.sub(".", code[1]) if code else word


def read_territory(raw: Raw, level: str, known: Known) -> tuple[KnownNode, Trouble | None]:
    """Return the territory of a level that a cell names by its code, and a warning when it was mended.

    The key of a territory of the store names it too, whatever others bear its code.

    Raises
    ------
    CellError
        No territory of that level has the code.
    """
    code, warning = read_code(raw, CODE_LENGTHS.get(level))
    if code in known.codes:
        return KnownNode("Territory", code, known.codes[code], known.codes[code]), None
    key = known.territories.get((level, code))
    if key is not None:
        return KnownNode("Territory", key, code, code), warning
    codes = [known_code for known_level, known_code in known.territories if known_level == level]
    few = len(codes) <= 60
    expected = _LEVEL_EXPECTED.get(level) or (one_of(sorted(codes)) if codes else "un territoire chargé")
    message = _LEVEL_FRENCH.get(level, "Ce territoire est inconnu à ce niveau.")
    fix = suggestion(code, codes) if few else _other_level(code, known)
    raise refuse(f"unknown_{'commune' if level == 'commune' else 'territory'}", message, expected, fix)


def _other_level(code: str, known: Known) -> str | None:
    """Say at which level the code exists, when it stands on the wrong one."""
    levels = [level for level, other in known.territories if other == code]
    named = [SCHEMA.french("territory_level", level) for level in levels]
    return f"Ce code est celui d’un autre niveau : {', '.join(named)}." if named else None
