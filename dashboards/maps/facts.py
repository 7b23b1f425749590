"""What the map of a contract shows, as codes of communes and EPCI: counts, zonings, perimeters.

The graph says what takes place where; the territory reference says which communes a territory is made of.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import shapely
import shapely.geometry

from dashboards.maps.elements import Neighbourhood, Perimeter
from dashboards.view_data import action_code, codes_in_order, places_in, short_actor_names, territory_names
from geodata.territories import Territories
from geodata.territory import OFFICIAL_LEVELS, Level
from graphmodel import ContractGraph, UsageError
from graphmodel.frames import known, records_of

ALL_SCHEMES_OF_COMMUNES = ("ZRR", "FRR")
"""Zonings that class whole communes."""
TENTH = 0.1
"""Share of its area from which a neighbourhood stands in a commune."""
HALF = 0.5
"""Share of its area from which a commune belongs to a perimeter drawn by hand."""
_PARTS = ("commune", "arrondissement", "delegated_commune", "qpv")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the actions of a year take place.

    Attributes
    ----------
    by_epci, by_commune
        Codes of the actions by territory code; every EPCI of the reference is there, with none where nothing
        takes place. An action counts once in a territory, whatever the number of its places there.
    located, region_wide, elsewhere
        Codes of the actions that have a place; that cover the region; without a known place.
    """

    by_epci: dict[str, tuple[str, ...]]
    by_commune: dict[str, tuple[str, ...]]
    located: tuple[str, ...]
    region_wide: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyPerimeters:
    """Territories of the parties to the contract.

    Attributes
    ----------
    drawn
        Those whose communes are known.
    unknown
        Names of those whose perimeter nobody has given yet.
    crossings
        Communes in two perimeters of which neither holds the other.
    """

    drawn: tuple[Perimeter, ...]
    unknown: tuple[str, ...]
    crossings: tuple[str, ...]


class Resolver:
    """Tells which communes of the reference a territory of the graph is made of.

    Parameters
    ----------
    graph
        Snapshot; what its `CONTAINS` relationships say comes first.
    reference
        Territory reference, for the official levels.
    """

    def __init__(self, graph: ContractGraph, reference: Territories) -> None:
        self._reference = reference
        self._rows = {str(row["key"]): row for row in records_of(graph.nodes("Territory"))}
        self._names = territory_names(graph)
        self._drawn = _members(reference)
        self._communes = frozenset(map(str, reference.frame("commune").index))
        self._below: defaultdict[str, list[str]] = defaultdict(list)
        self._above: defaultdict[str, list[str]] = defaultdict(list)
        contains = graph.relationships("CONTAINS")
        share = contains["area_share"].fillna(1.0)
        for container, contained, part in zip(contains["source"], contains["target"], share, strict=True):
            if part >= TENTH:
                self._above[contained].append(container)
            # A grouping cut in two says nothing of which of its communes lie here.
            if part >= (HALF if self.level(contained) in _PARTS else 1.0):
                self._below[container].append(contained)
        self._found: dict[str, frozenset[str]] = {}

    def level(self, key: str) -> str:
        """Return the level of a territory, empty when it is not in the graph."""
        return str(self._rows.get(key, {}).get("level", ""))

    def name(self, key: str) -> str:
        """Return the name of a territory."""
        return self._names.get(key, key)

    def contour(self, key: str) -> dict[str, object] | None:
        """Return the contour a file gave of a territory, as GeoJSON; None for the official ones."""
        found = self._rows.get(key, {}).get("contour")
        return found if isinstance(found, dict) else None

    def perimeter_unknown(self, key: str) -> bool:
        """True while nobody has given this perimeter: neither a contour nor a commune of it is known."""
        return not self.contour(key) and not self.communes(key)

    def communes(self, key: str) -> frozenset[str]:
        """Return the codes of the communes of a territory; empty when they are not known."""
        if key not in self._found:
            self._found[key] = self._resolve(key, frozenset())
        return self._found[key]

    def _resolve(self, key: str, seen: frozenset[str]) -> frozenset[str]:
        row = self._rows.get(key)
        if row is None or key in seen:
            return frozenset()
        level, code = str(row["level"]), str(row["code"])
        if level == "commune":
            return frozenset({code}) & self._communes
        if level in ("qpv", "arrondissement", "delegated_commune"):
            above = [parent for parent in self._above[key] if self.level(parent) == "commune"]
            return frozenset(str(self._rows[parent]["code"]) for parent in above) & self._communes
        if level in OFFICIAL_LEVELS:
            found = self._official(code, level, row.get("vintage"))
            if found:
                return found
        parts = [
            self._resolve(child, seen | {key}) for child in self._below[key] if self.level(child) != "qpv"
        ]
        return frozenset().union(*parts)

    def _official(self, code: str, level: Level, vintage: object) -> frozenset[str]:
        """Communes of an official territory; an EPCI in the composition drawn, if it existed."""
        if (level, code) in self._drawn:
            return frozenset(self._drawn[level, code])
        for asked in (str(vintage) if vintage else None, None):
            try:
                return frozenset(self._reference.contains(code, level, asked))
            except UsageError:
                continue
        return frozenset()


def _members(reference: Territories) -> dict[tuple[str, str], list[str]]:
    """Communes of the départements, and of the EPCI in the earliest composition, by level and code."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for commune, epci in reference.composition(reference.vintages["epci"][0]).items():
        found["epci", epci].append(commune)
    for code, departement in reference.frame("commune")["departement"].items():
        found["departement", str(departement)].append(str(code))
    return dict(found)


def places_of(graph: ContractGraph, year: int, resolver: Resolver, epci_of: dict[str, str]) -> Places:
    """Return where the actions of a year take place.

    Parameters
    ----------
    graph
        Snapshot.
    year
        Places of that year, and those that hold for every year.
    resolver
        Communes of the territories.
    epci_of
        EPCI of each commune, by code; also says which EPCI there are.
    """
    actions = graph.nodes("Action")
    region_wide = {str(key) for key, wide in actions["region_wide"].items() if known(wide) is True}
    rows = places_in(graph, year)
    rows = rows[~((rows["degree"] == "reached") & (rows["beneficiaries"] == 0).fillna(False))]
    communes: defaultdict[str, set[str]] = defaultdict(set)
    for action, territory in zip(rows["source"], rows["target"], strict=True):
        if resolver.level(territory) == "region":
            region_wide.add(action)
        elif action not in region_wide:
            communes[action] |= resolver.communes(territory)
    codes = {str(key): action_code(str(identifier)) for key, identifier in actions["id"].items()}
    located = {key for key, found in communes.items() if found and key not in region_wide}
    return Places(
        by_epci=_by_unit(communes, located, codes, epci_of),
        by_commune=_by_unit(communes, located, codes, {code: code for code in epci_of}, empty=False),
        located=tuple(codes_in_order(codes[key] for key in located)),
        region_wide=tuple(codes_in_order(codes[key] for key in region_wide)),
        elsewhere=tuple(codes_in_order(codes[key] for key in codes.keys() - located - region_wide)),
    )


def _by_unit(
    communes: dict[str, set[str]],
    located: set[str],
    codes: dict[str, str],
    unit_of: dict[str, str],
    *,
    empty: bool = True,
) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {unit: set() for unit in unit_of.values()} if empty else defaultdict(set)
    for key in located:
        for commune in communes[key]:
            unit = unit_of.get(commune)
            if unit is not None:
                found[unit].add(codes[key])
    return {unit: tuple(codes_in_order(actions)) for unit, actions in sorted(found.items())}


def party_perimeters(graph: ContractGraph, resolver: Resolver) -> PartyPerimeters:
    """Return the territories of the parties; the region itself is the whole map and is not drawn again."""
    signed = set(graph.relationships("SIGNED")["source"])
    administers = graph.relationships("ADMINISTERS")
    pairs = zip(administers["target"], administers["source"], strict=True)
    parties = {territory: party for territory, party in pairs if party in signed}
    names = short_actor_names(graph)
    drawn, unknown = [], []
    for key, party in sorted(parties.items()):
        if resolver.level(key) == "region":
            continue
        if resolver.perimeter_unknown(key):
            unknown.append(resolver.name(key))
        else:
            communes = tuple(sorted(resolver.communes(key)))
            drawn.append(Perimeter(names[party], communes, resolver.contour(key)))
    drawn.sort(key=lambda perimeter: (-len(perimeter.communes), perimeter.name))
    return PartyPerimeters(tuple(drawn), tuple(sorted(unknown)), crossings_of(drawn))


def crossings_of(perimeters: Iterable[Perimeter]) -> tuple[str, ...]:
    """Return the communes that lie in two perimeters of which neither holds the other."""
    crossed: set[str] = set()
    for one, other in combinations([frozenset(p.communes) for p in perimeters], 2):
        shared = one & other
        if shared and shared not in (one, other):
            crossed |= shared
    return tuple(sorted(crossed))


def zoned_communes(graph: ContractGraph, resolver: Resolver, schemes: Iterable[str]) -> tuple[str, ...]:
    """Return the communes classed, wholly or in part, in zonings of some schemes."""
    zonings = graph.nodes("Zoning")
    chosen = set(zonings.index[zonings["scheme"].isin(list(schemes))])
    classed = graph.relationships("CLASSED_IN")
    classed = classed[
        classed["target"].isin(chosen) & classed["status"].isin(["classed", "partly", "transitional"])
    ]
    found = frozenset().union(
        *(resolver.communes(key) for key in classed["source"] if resolver.level(key) == "commune")
    )
    return tuple(sorted(found))


def neighbourhoods_of(graph: ContractGraph) -> tuple[Neighbourhood, ...]:
    """Return the priority neighbourhoods that have a centre or a contour."""
    frame = graph.nodes("Territory")
    frame = frame[frame["level"] == "qpv"]
    found = []
    for center, contour in zip(frame["center"], frame["contour"], strict=True):
        point, shape = known(center), known(contour)
        if isinstance(shape, dict):
            inside = shapely.geometry.shape(shape).representative_point()
            found.append(Neighbourhood((round(inside.y, 5), round(inside.x, 5)), shape))
        elif isinstance(point, list | tuple):
            found.append(Neighbourhood((float(point[1]), float(point[0]))))
    return tuple(found)
