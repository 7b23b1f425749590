"""The sheet of a territory in French lines, as `territory` prints it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dashboards import words
from dashboards.territory_sheet import Composition, Crossing, TerritorySheet
from graphmodel.keys import NOT_DECLARED
from graphmodel.surroundings import Classing, Neighbour, Succession

WHOLE = 0.9995
"""Share from which a part is said without it."""
_MOST = 12
_ORDER = ("region", "departement", "epci", "commune", "qpv")
_STATUSES = {
    "classed": ("classée", "classées"),
    "partly": ("classée en partie", "classées en partie"),
    "transitional": ("en classement transitoire", "en classement transitoire"),
    "not_classed": ("non classée", "non classées"),
}
_CHANGES = {"merger": "fusion", "split": "scission", "code": "nouveau code", "name": "nouveau nom"}


def sheet_lines(identity: dict[str, Any], sheet: TerritorySheet, *, in_store: bool) -> list[str]:
    """Return the sheet of a territory, one fact a line.

    Parameters
    ----------
    identity
        `level`, `perimeter` and the rest of what `territory --json` says first.
    sheet
        What is known of it.
    in_store
        True when a store was read and has the territory: what it lacks is then said.
    """
    lines = []
    if identity["perimeter"] == "unknown" and not sheet.contains:
        lines.append(
            "Périmètre inconnu : chargez un fichier de périmètre, sous ce même code, pour qu’il soit "
            "dessiné et compté."
        )
    lines += _contents(sheet.contains)
    if identity["level"] == "commune" and in_store and not sheet.contains:
        lines.append("Aucun quartier prioritaire de cette base n’y est.")
    if sheet.within:
        lines.append(f"Dans : {_joined(_holders(sheet.within))}")
    lines += _crossings(sheet)
    lines += [f"Composition : {_composition(one)}" for one in sheet.compositions]
    lines += [f"Zonage {_classing(one, identity['level'])}" for one in sheet.classed]
    if sheet.became:
        lines += [_became(one) for one in sheet.became]
    if sheet.former:
        lines.append(f"Communes du 1er janvier 2014 : {_joined(_former(one) for one in sheet.former)}")
    if sheet.authorities:
        told = [name if name == place else f"{name} ({place})" for name, place in sheet.authorities]
        lines.append(f"Collectivités du contrat : {_joined(told)}")
    if sheet.ptce:
        lines.append(f"PTCE : {_joined(_ptce(*one) for one in sheet.ptce)}")
    return lines


def _joined(parts: Iterable[str]) -> str:
    return " ; ".join(parts)


def _level(level: str, count: int = 1) -> str:
    return words.plural(count, *words.LEVELS.get(level, (level, level)))


def _rank(level: str) -> tuple[int, str]:
    return (_ORDER.index(level) if level in _ORDER else len(_ORDER), level)


def _contents(contains: Iterable[Neighbour]) -> list[str]:
    """Return what a territory holds: counts by level, then its quarters and the communes it cuts, by name.

    Larger territories that it cuts are among those it crosses.
    """
    by_level: defaultdict[str, list[Neighbour]] = defaultdict(list)
    for one in contains:
        if one.level in ("commune", "qpv") or not _cut(one):
            by_level[one.level].append(one)
    if not by_level:
        return []
    ordered = sorted(by_level.items(), key=lambda item: _rank(item[0]))
    counts = [f"{words.number(len(found))} {_level(level, len(found))}" for level, found in ordered]
    lines = [f"Contient : {words.listed(counts)}"]
    for level, title in (("commune", "communes en partie"), ("qpv", "quartiers prioritaires")):
        told = [_part(one) for one in by_level[level] if level == "qpv" or _cut(one)]
        if told:
            lines.append(f"  {title} : {words.shortened(told, _MOST if level == 'qpv' else _MOST // 2)}")
    return lines


def _cut(one: Neighbour) -> bool:
    shares = [share for share in (one.population_share, one.area_share) if share is not None]
    return not shares or min(shares) < WHOLE


def _part(one: Neighbour) -> str:
    return f"{one.name} ({one.code}{' : ' + _share(one) if _cut(one) else ''})"


def _share(one: Neighbour, owner: str = "ses") -> str:
    """Return the part of the contained one that is in the container, « inconnue » where it is not known."""
    whose = {"ses": ("de ses habitants", "de sa surface"), "des": ("des habitants", "de la surface")}[owner]
    people, area = one.population_share, one.area_share
    said = "part de population inconnue" if people is None else f"{words.percent(people)} {whose[0]}"
    return said + ("" if area is None else f", {words.percent(area)} {whose[1]}")


def _holders(within: Iterable[Neighbour]) -> list[str]:
    """Return what holds a territory, from the largest level; the compositions of one EPCI stand together."""
    grouped: defaultdict[tuple[str, str], list[Neighbour]] = defaultdict(list)
    for one in within:
        grouped[one.level, one.code].append(one)
    found = []
    for level, code in sorted(grouped, key=lambda name: (_rank(name[0]), name[1])):
        same = grouped[level, code]
        years = sorted({one.vintage for one in same if one.vintage}) if level == "epci" else []
        when = f", {words.listed(years)}" if years else ""
        share = f" : {_share(same[0], 'des')}" if _cut(same[0]) else ""
        found.append(f"{same[0].name} ({_level(level)} {code}{when}{share})")
    return found


def _crossings(sheet: TerritorySheet) -> list[str]:
    lines = []
    if sheet.crosses is None:
        return ["Recoupements : non calculables, le périmètre n’est pas connu."]
    for one in sheet.crosses:
        lines.append(f"Recoupe {_crossed(one)}")
    if sheet.unknown_perimeters:
        names = _joined(sheet.unknown_perimeters)
        lines.append(f"Recoupement non calculable, faute de périmètre, avec : {names}")
    return lines


def _crossed(one: Crossing) -> str:
    people = "population commune inconnue"
    if one.population is not None:
        people = f"{words.counted(one.population, 'habitant commun', 'habitants communs')}"
    shares = [
        f"{_percent(share)} {whose}"
        for share, whose in ((one.share, "des siens"), (one.other_share, "de ceux de l’autre"))
        if share is not None
    ]
    told = f" ({', '.join(shares)})" if shares else ""
    area = f"{words.number(one.area_km2, 1)} km² ({_percent(one.area_share)} de sa surface)"
    return f"{one.name} ({_level(one.level)} {one.code}) : {people}{told}, {area}"


def _percent(share: float) -> str:
    """Return a share, « moins de 0,1 % » rather than a zero that is none."""
    return f"moins de {words.percent(0.001)}" if 0 < share < 0.0005 else words.percent(share)


def _composition(one: Composition) -> str:
    """Return the oldest composition of an EPCI and what has changed since."""
    count = words.counted(one.communes, "commune")
    said = f"{count} au 1er janvier {one.vintage} (la plus ancienne connue)"
    if not one.joined_since and not one.left_since:
        return f"{said}, les mêmes aujourd’hui"
    changes = [
        f"{words.counted(len(codes), word, words_of)} depuis"
        for codes, word, words_of in (
            (one.joined_since, "commune entrée", "communes entrées"),
            (one.left_since, "commune sortie", "communes sorties"),
        )
        if codes
    ]
    return f"{said} ; {words.listed(changes)}"


def _classing(one: Classing, level: str) -> str:
    """Return how a zoning classes a territory: « ZRR, millésime 2014 : 3 communes classées sur 49 »."""
    vintage = one.vintage or NOT_DECLARED
    head = f"{one.name}, millésime {vintage}"
    if vintage == NOT_DECLARED:
        head += " (aucun chiffre ne s’en sert)"
    what = "quartier" if one.scheme == "QPV" else "commune"
    if level in ("commune", "qpv") and one.asked == 1 and what == _WHAT[level]:
        statuses = [_STATUSES[status][0] for status in one.counts]
        said = statuses[0] if statuses else "absente de la liste"
        return f"{head} : {_masculine(said) if what == 'quartier' else said}"
    counts = [f"{words.number(n)} {_agreed(_STATUSES[status], n, what)}" for status, n in one.counts.items()]
    if not counts:
        counts = ["aucun classé" if what == "quartier" else "aucune classée"]
    elif "not_classed" in one.counts and sum(one.counts.values()) < one.asked:
        counts.append(f"{words.number(one.asked - sum(one.counts.values()))} hors de la liste")
    return f"{head} : {words.listed(counts)} sur {words.counted(one.asked, what)}"


_WHAT = {"commune": "commune", "qpv": "quartier"}


def _agreed(forms: tuple[str, str], count: int, what: str) -> str:
    said = words.plural(count, *forms)
    return _masculine(said) if what == "quartier" else said


def _masculine(said: str) -> str:
    return said.replace("classées", "classés").replace("classée", "classé").replace("absente", "absent")


def _became(one: Succession) -> str:
    share = "part inconnue" if one.population_share is None else words.percent(one.population_share, 0)
    after = f"{one.to_name} ({one.to_code})"
    return f"{one.name} ({one.code}) est devenue {after} : {_when(one)}, {share} de sa population"


def _former(one: Succession) -> str:
    people = "population inconnue" if one.population is None else words.counted(one.population, "habitant")
    part = one.population_share
    share = "" if part is not None and part >= WHOLE else f", {words.percent(part)} de sa population"
    return f"{one.name} ({one.code}, {people}{share}), {_when(one)}"


def _when(one: Succession) -> str:
    return f"{_CHANGES.get(one.kind or '', 'changement')} le {words.day(one.date)}"


def _ptce(name: str, seat: bool, members: int) -> str:
    told = ["siège ici"] if seat else []
    if members:
        told.append(words.counted(members, "membre ici", "membres ici"))
    return f"{name} ({', '.join(told)})"
