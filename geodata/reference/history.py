"""Movements of communes from 1943 on, derived from the yearly editions (build time only).

Until 1 January 2019 the history edition tells the life of each commune, day by day. After it, two following
editions are compared: a commune that is no longer there went to the one that lists it among its former codes;
the day is then known to the year only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

from geodata.reference.packages import Edition, Entry, inside, typographic

KINDS = {
    "changement de nom": "name",
    "changement de département": "code",
    "dé-fusion": "split",
    "création": "creation",
    "rétablissement": "split",
    "dissolution ou élargissement de la commune nouvelle": "merger",
}
"""Reason of an end in the source to our kind; every other reason is a merger."""


@dataclass(frozen=True, slots=True, order=True)
class Movement:
    """One commune becomes another.

    Attributes
    ----------
    date
        ISO date from which it holds.
    dated
        `day`, or `year` when only the year is known: the date is then 1 January.
    kind
        `merger`, `split`, `name` or `code`.
    from_code, from_name, to_code, to_name
        Communes before and after; the same code on both sides for the one that gives its code on.
    """

    date: str
    dated: str
    kind: str
    from_code: str
    from_name: str
    to_code: str
    to_name: str


def movements(editions: Sequence[Edition]) -> list[Movement]:
    """Return every movement that touches the eight départements, by date.

    Parameters
    ----------
    editions
        Editions in the order of their years; the first with a history.
    """
    found = set(_told(editions[0].history))
    for before, after in pairwise(editions):
        found.update(_compared(before, after))
    return sorted(found, key=astuple)


def _told(history: list[Entry]) -> Iterator[Movement]:
    """Yield the movements of the history edition, commune to commune."""
    by_id = {entry["id"]: entry for entry in history}
    for entry in history:
        if entry["type"] != "COM" or "dateFin" not in entry:
            continue
        on = entry["dateFin"]
        starts = [entry["successeur"]] if "successeur" in entry else _member_successors(entry, by_id)
        for target in {_commune_of(by_id[start], by_id)["id"] for start in starts}:
            after = by_id[target]
            if not (inside(entry["code"]) or inside(after["code"])):
                continue
            kind = KINDS.get(entry["raisonFin"], "merger")
            names = typographic(entry["nom"]), typographic(after["nom"])
            yield Movement(on, "day", kind, entry["code"], names[0], after["code"], names[1])


def _member_successors(entry: Entry, by_id: dict[str, Entry]) -> list[str]:
    """Return what the members of an ended commune became, for a commune that split."""
    members = [by_id[member] for member in entry.get("membres", [])]
    return [member["successeur"] for member in members if "successeur" in member]


def _commune_of(entry: Entry, by_id: dict[str, Entry]) -> Entry:
    """Return the full commune an entry is part of, climbing through delegated and associated ones."""
    while entry["type"] != "COM":
        entry = by_id[entry["pole"]]
    return entry


def _compared(before: Edition, after: Edition) -> Iterator[Movement]:
    """Yield the movements between two following editions."""
    taker = {old: code for code, row in after.communes.items() for old in row.get("anciensCodes", [])}
    gone = [code for code in before.communes if inside(code) and code not in after.communes]
    merged = {taker[code] for code in gone if taker[code] in before.communes}
    on = f"{after.year}-01-01"
    for code in gone:
        kind = "merger" if taker[code] in merged else "code"
        yield _movement(on, kind, code, before, taker[code], after)
    for code in before.communes.keys() & after.communes.keys():
        if code in merged:
            yield _movement(on, "merger", code, before, code, after)
        elif inside(code) and before.communes[code]["nom"] != after.communes[code]["nom"]:
            yield _movement(on, "name", code, before, code, after)


def _movement(on: str, kind: str, old: str, before: Edition, new: str, after: Edition) -> Movement:
    """Return a movement known to the year."""
    names = typographic(before.communes[old]["nom"]), typographic(after.communes[new]["nom"])
    return Movement(on, "year", kind, old, names[0], new, names[1])
