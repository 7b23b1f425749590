"""Identifiers that a file names, against those it declares.

One table says which places of the form name what. It is read on the JSON value itself, so that the
references of a file are checked even where other keys of a row are wrong.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from graphmodel import Fault
from loaders.contract_json.parsing import Step, json_path
from loaders.contract_json.values import nearest

_SEARCHED = 5000
"""Among more identifiers than this, no suggestion: looking for it takes longer than it helps."""
REGION = "R"
"""Identifier of the whole region among territories."""

_PLACES = """
pivot operator
operateurs.*.siege commune
operateurs.*.siege_qpv qpv
operateurs.*.famille family
familles_commerciales.[] family
participe.*.@ action
participe.*.*.[] operator
porteur.*.@ action
porteur.*.* operator
contiguite.[].[] commune
qpv.*.commune commune
syndicat_mixte.*.[] commune
territoires_action.@ action
territoires_action.*.mailles.[] territory
lieux.*.@ action
lieux.*.*.[].territoire territory
financements.[].action action
montants_.@ action
cout_total.*.@ action
soutiens.[].action action
soutiens.[].commune any_commune
soutiens.[].qpv qpv
filieres.*.*.[] operator
bilans.[].operateur operator
bilans.[].action action
mesures.[].action action
emploi_qpv.*.@ qpv
comparaison.traites.[] territory
comparaison.temoins.[] territory
comparaison.valeurs.@ territory
collectivites.*.communes.[] commune
collectivites.*.organisation operator
engagements.*.@ action
engagements.*.*.@ territory
besoins.*.collectivite territory
reponses.[].action action
reponses.[].besoin need
politiques.@ territory
delegations.@ territory
ptce.*.*.[] operator
reunions.[].instance body
reunions.[].convoques.[] operator
reunions.[].presents.[] operator
reunions.[].excuses.[] operator
colleges.@ operator
contribue.[].maillon link
"""
"""A path, and the kind of thing named there: `*` any key, `[]` any item, `@` the key itself, `montants_` the
paid amounts of any year."""

PLACES = tuple(
    (path.split("."), kind) for path, kind in (line.split() for line in _PLACES.split("\n") if line)
)

_FRENCH = {
    "operator": ("Opérateur inconnu", "un identifiant de « operateurs »"),
    "action": ("Action inconnue", "un identifiant de « actions »"),
    "commune": ("Commune inconnue", "un identifiant de « communes »"),
    "any_commune": ("Commune inconnue", "un identifiant de « communes », ou une commune de « passage »"),
    "qpv": ("Quartier prioritaire inconnu", "un identifiant de « qpv »"),
    "territory": (
        "Territoire inconnu",
        "une commune, un EPCI, un département, un quartier, un syndicat mixte, une collectivité, ou « R »",
    ),
    "need": ("Besoin inconnu", "un identifiant de « besoins »"),
    "body": ("Instance inconnue", "un identifiant de « instances »"),
    "link": ("Maillon inconnu", "un élément de « maillons »"),
    "family": ("Famille inconnue", "un élément de « familles_possibles »"),
}


def reference_faults(raw: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each identifier that the file names and declares nowhere.

    Families and links are checked only where the file lists them; nothing is checked against a key that is
    not of the right shape, which is told apart.
    """
    known = known_identifiers(raw)
    for pattern, kind in PLACES:
        if (kind in ("family", "link") and not known[kind]) or _misshapen(raw, kind):
            continue
        for steps, value in _matches(raw, pattern, ()):
            if isinstance(value, str) and value not in known[kind]:
                yield _unknown(kind, steps, value, known[kind])


def known_identifiers(raw: dict[str, Any]) -> dict[str, set[str]]:
    """Return the identifiers that a file declares, by kind; territories are the union of all levels."""
    communes = _keys(raw, "communes")
    later = {v for p in ("passage.[].de", "passage.[].vers", "epci_courant.@") for v in _texts(raw, p)}
    later |= set(_texts(raw, "emploi.*.@"))
    qpv = _keys(raw, "qpv")
    groups = ("communes.*.epci", "communes.*.dep", "epci_courant.*")
    territories = communes | later | qpv | {v for path in groups for v in _texts(raw, path)} | {REGION}
    territories |= _keys(raw, "syndicat_mixte") | _keys(raw, "collectivites")
    return {
        "operator": _keys(raw, "operateurs"),
        "action": _keys(raw, "actions"),
        "commune": communes,
        "any_commune": communes | later,
        "qpv": qpv,
        "territory": territories,
        "need": _keys(raw, "besoins"),
        "body": _keys(raw, "instances"),
        "link": set(_texts(raw, "maillons.[]")),
        "family": set(_texts(raw, "familles_possibles.[]")),
    }


_DECLARED_IN = {
    "operator": ("operateurs",),
    "action": ("actions",),
    "commune": ("communes",),
    "any_commune": ("communes",),
    "qpv": ("qpv",),
    "territory": ("communes", "qpv", "syndicat_mixte", "collectivites"),
    "need": ("besoins",),
    "body": ("instances",),
}


def _misshapen(raw: dict[str, Any], kind: str) -> bool:
    """Tell whether a key that declares a kind of thing is there, and no object."""
    return any(not isinstance(raw.get(key, {}), dict) for key in _DECLARED_IN.get(kind, ()))


def _keys(raw: dict[str, Any], section: str) -> set[str]:
    found = raw.get(section)
    return set(found) if isinstance(found, dict) else set()


def _texts(raw: dict[str, Any], path: str) -> list[str]:
    return [value for _, value in _matches(raw, path.split("."), ()) if isinstance(value, str)]


def _matches(
    value: Any, pattern: list[str], steps: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Yield what stands at the places of a pattern, shapes that do not fit passed over."""
    if not pattern:
        yield steps, value
        return
    token, rest = pattern[0], pattern[1:]
    items: Iterable[tuple[Step, Any]] = ()
    if token == "[]":
        items = enumerate(value) if isinstance(value, list) else ()
    elif not isinstance(value, dict):
        pass
    elif token == "@":
        yield from (((*steps, key), key) for key in value)
        return
    elif token == "*":
        items = value.items()
    elif token.endswith("_"):
        items = [(key, item) for key, item in value.items() if key.startswith(token)]
    else:
        items = [(token, value[token])] if token in value else []
    for step, item in items:
        yield from _matches(item, rest, (*steps, step))


def _unknown(kind: str, steps: tuple[Step, ...], value: str, known: set[str]) -> Fault:
    message, expected = _FRENCH[kind]
    guess = nearest(value, sorted(known)) if len(known) <= _SEARCHED else None
    return Fault(
        "error",
        "unknown_reference",
        f"{message} : le fichier ne déclare pas cet identifiant.",
        column=json_path(steps),
        value=value[:80],
        expected=expected,
        fix=f"Écrire « {guess} » ?" if guess else None,
    )
