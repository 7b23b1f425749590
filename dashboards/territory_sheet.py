"""What is known of one territory: what it holds, lies in and crosses, how it is classed, what it has become.

The reference answers alone; a store adds its quarters, perimeters, zonings and organisations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas as pd

from geodata.crossings import (
    CROSSES,
    HOLDS,
    INSIDE,
    Crossings,
    declared_perimeters,
    official_pairs,
    party_territories,
)
from geodata.names import normalize
from geodata.overlaps import Overlaps
from geodata.territories import load_reference
from geodata.territory import OFFICIAL_LEVELS, Level, Territory
from geodata.vintages import START, load_history
from graphmodel import ContractGraph
from graphmodel.frames import known
from graphmodel.keys import territory_key
from graphmodel.selection import contained
from graphmodel.surroundings import (
    Classing,
    Neighbour,
    Succession,
    became,
    classings_of,
    contents_of,
    former_of,
    holders_of,
    organisations_of,
    ptce_of,
)

LARGE: tuple[Level, ...] = ("departement", "epci")
"""Official levels that a perimeter may cross."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A territory that another one crosses: neither holds the other.

    Attributes
    ----------
    code, name, level
        The other one.
    population, area_km2
        Of the common part; None when unknown.
    share, area_share
        Part of the inhabitants and of the area of the territory asked for.
    other_share, other_area_share
        Part of those of the other one.
    """

    code: str
    name: str
    level: str
    population: int | None
    area_km2: float
    share: float | None
    other_share: float | None
    area_share: float
    other_area_share: float


@dataclass(frozen=True, slots=True)
class Composition:
    """The communes of an EPCI at 1 January of a year, in today's codes, and those it has not today."""

    vintage: str
    communes: int
    joined_since: tuple[str, ...]
    left_since: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TerritorySheet:
    """Everything the sheet of a territory says before what the contract did there.

    Attributes
    ----------
    contains, within
        What it holds and what holds it, with the share of the contained one.
    crosses
        What it crosses; None when its own perimeter is unknown, or not one the reference can lay out.
    unknown_perimeters
        Names of the perimeters of the store that can be compared with nothing.
    composition_vintage
        Year of the composition of the EPCI that `crosses` rests on.
    compositions
        For an EPCI, its oldest known composition; empty for others.
    former, became
        Communes of 1 January 2014 that became it; what the former commune asked for became.
    authorities
        Organisations that administer it or what it lies in, and the name of that territory.
    ptce
        PTCE present: name, whether its seat is there, number of members based there.
    """

    contains: tuple[Neighbour, ...] = ()
    within: tuple[Neighbour, ...] = ()
    crosses: tuple[Crossing, ...] | None = ()
    unknown_perimeters: tuple[str, ...] = ()
    composition_vintage: str = ""
    classed: tuple[Classing, ...] = ()
    compositions: tuple[Composition, ...] = ()
    former: tuple[Succession, ...] = ()
    became: tuple[Succession, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    ptce: tuple[tuple[str, bool, int], ...] = ()


def reference_sheet(territory: Territory, query: str) -> TerritorySheet:
    """Return what the reference alone says of one of its territories.

    Parameters
    ----------
    territory
        As the reference resolved it.
    query
        What was typed: the name or code of a former commune, perhaps.
    """
    vintage = territory.vintage if territory.level == "epci" else load_reference().vintage
    pairs = official_pairs(territory.level, territory.code, vintage)
    former = _history_of(territory)
    return TerritorySheet(
        contains=_communes_in(territory),
        within=tuple(_as_holder(row) for row in _rows(pairs) if row["relation"] != CROSSES),
        crosses=tuple(_official_crossing(row) for row in _rows(pairs) if row["relation"] == CROSSES),
        composition_vintage=vintage,
        compositions=_compositions(territory),
        former=former,
        became=_asked(former, query),
    )


def store_sheet(graph: ContractGraph, key: str, base: TerritorySheet, query: str) -> TerritorySheet:
    """Return a sheet with what a store adds to it.

    Parameters
    ----------
    graph
        Snapshot that has the territory.
    key
        Its key.
    base
        What the reference says; empty for a territory that stands only in the store.
    query
        What was typed: the name or code of a former commune, perhaps.
    """
    contains, holders = contents_of(graph, key), holders_of(graph, key)
    crossed, around, unknown = _perimeters_around(graph, key, base)
    if graph.nodes("Territory").at[key, "level"] != "qpv":
        # What holds a part of it only is among what it crosses, or lies in it; a quarter has no crossings.
        holders = [one for one in holders if _holds_whole(one)]
    held = _joined([*base.within, *around], holders)
    former = tuple(former_of(graph, key)) or base.former
    inside = contained(graph.relationships("CONTAINS"), key)
    held_by = [key, *(_key_of(one) for one in held)]
    administered = organisations_of(graph, held_by)
    names = graph.nodes("Territory")["name"]
    return TerritorySheet(
        contains=tuple(contains) or base.contains,
        within=held,
        crosses=None if crossed is None else (*(base.crosses or ()), *crossed),
        unknown_perimeters=unknown,
        composition_vintage=base.composition_vintage,
        classed=tuple(classings_of(graph, inside)),
        compositions=base.compositions,
        former=former,
        became=tuple(row for one in _asked(former, query) for row in became(graph, one.code)) or base.became,
        authorities=tuple((administered[one], str(names[one])) for one in held_by if one in administered),
        ptce=tuple(ptce_of(graph, inside)),
    )


def _key_of(one: Neighbour) -> str:
    return one.key or territory_key(one.level, one.code, one.vintage or "")


def _holds_whole(one: Neighbour) -> bool:
    share = one.population_share if one.area_share is None else one.area_share
    return share is None or share >= INSIDE


def _joined(first: Iterable[Neighbour], second: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
    """Return holders without those said twice; an older composition of an EPCI stands beside today's."""
    found = {(one.level, one.code, one.vintage): one for one in (*first, *second)}
    return tuple(found[name] for name in sorted(found, key=lambda name: tuple(map(str, name))))


def _perimeters_around(
    graph: ContractGraph, key: str, base: TerritorySheet
) -> tuple[tuple[Crossing, ...] | None, tuple[Neighbour, ...], tuple[str, ...]]:
    """Return what a territory crosses of the store's perimeters, the official ones that hold a perimeter, and
    the names of the unknown perimeters.
    """
    territories = graph.nodes("Territory")
    official = str(territories.at[key, "level"]) in OFFICIAL_LEVELS
    others = [*party_territories(graph), *declared_perimeters(graph)]
    crossings = Crossings(graph, {key, *others}, base.composition_vintage or None)
    unknown = tuple(sorted({str(territories.at[one, "name"]) for one in crossings.unknown if one != key}))
    if key in crossings.unknown:
        return None, (), unknown
    crossed, around = [], []
    for row in _rows(crossings.pairs):
        if row["relation"] == CROSSES and key in (row["first"], row["second"]):
            turned = row if row["first"] == key else _turned(row)
            other = territories.loc[str(turned["second"])]
            # The reference has said those of the official territories, whether they signed or not.
            if other["level"] not in LARGE:
                crossed.append(_crossing(turned, str(other["code"]), str(other["name"]), str(other["level"])))
    for level in () if official else LARGE:
        pairs = crossings.with_level(level)
        for row in _rows(pairs[pairs["first"] == key].assign(level=level)):
            if row["relation"] == CROSSES:
                crossed.append(_official_crossing(row))
            elif row["relation"] != HOLDS:
                around.append(_as_holder(row))
    return tuple(crossed), tuple(around), unknown


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): known(cell) for name, cell in row.items()} for row in table.to_dict("records")]


def _turned(row: dict[str, object]) -> dict[str, object]:
    """Return a pair with its second territory first."""
    swap = {"first": "second", "first_share": "second_share", "first_area_share": "second_area_share"}
    swap |= {second: first for first, second in swap.items()}
    return {name: row[swap.get(name, name)] for name in row}


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _crossing(row: dict[str, object], code: str, name: str, level: str) -> Crossing:
    people = _number(row["population"])
    return Crossing(
        code, name, level,
        None if people is None else round(people),
        round(_number(row["area_km2"]) or 0.0, 3),
        _number(row["first_share"]), _number(row["second_share"]),
        _number(row["first_area_share"]) or 0.0, _number(row["second_area_share"]) or 0.0,
    )  # fmt: skip


def _official_crossing(row: dict[str, object]) -> Crossing:
    other = load_reference().get(str(row["second"]), cast(Level, row["level"]))
    return _crossing(row, other.code, other.name, other.level)


def _as_holder(row: dict[str, object]) -> Neighbour:
    """Return an official territory that holds the one asked for."""
    other = load_reference().get(str(row["second"]), cast(Level, row["level"]))
    return Neighbour(other.key, other.code, other.name, other.level, other.vintage, "current",
                     _number(row["first_share"]), _number(row["first_area_share"]))  # fmt: skip


def _communes_in(territory: Territory) -> tuple[Neighbour, ...]:
    """Return the communes of a territory of the reference, with the shares that their overlaps give."""
    if territory.level == "commune":
        return ()
    table = Overlaps(load_reference(), territory.vintage).between(territory.level, "commune")
    table = table[table["container"] == territory.code]
    every = {one.code: one for one in load_reference().every("commune")}
    return tuple(
        Neighbour(every[code].key, code, every[code].name, "commune", every[code].vintage, "current",
                  _number(people), _number(area))
        for code, people, area in zip(
            map(str, table["contained"]), table["population_share"], table["area_share"], strict=True)
    )  # fmt: skip


def _compositions(territory: Territory) -> tuple[Composition, ...]:
    """Return the oldest composition known of an EPCI; nothing for another level, or one made since."""
    reference = load_reference()
    first = reference.vintages["epci"][0]
    if territory.level != "epci" or territory.vintage == first:
        return ()
    now = set(reference.contains(territory.code, "epci", territory.vintage))
    then = {commune for commune, epci in reference.composition(first).items() if epci == territory.code}
    if not then:
        return ()
    return (Composition(first, len(then), tuple(sorted(now - then)), tuple(sorted(then - now))),)


def _history_of(territory: Territory) -> tuple[Succession, ...]:
    """Return the communes of 1 January 2014 that have become a commune."""
    if territory.level != "commune":
        return ()
    history = load_history()
    people = history.people_at(START)
    found = []
    for code, shares in history.moved(START, history.on).items():
        change = history.change_of(code, START, history.on)
        if change is not None and territory.code in shares:
            name, day = history.name_at(code, START) or code, date.fromisoformat(change.date)
            found.append(
                Succession(code, name, territory.code, territory.name, day, change.kind, people.get(code),
                           shares[territory.code])
            )  # fmt: skip
    return tuple(found)


def _asked(former: Iterable[Succession], query: str) -> tuple[Succession, ...]:
    """Return the former communes that a text names, those that gave their code or name on left out."""
    return tuple(
        one
        for one in former
        if one.code != one.to_code and (one.code == query.strip() or normalize(one.name) == normalize(query))
    )
