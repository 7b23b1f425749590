"""What map M1 shows: the perimeters of the authorities that signed, and how they overlap. No drawing here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

from dashboards.maps import facts
from dashboards.prints.ground import PrintGround
from geodata.territories import load_reference
from graphmodel import ContractGraph
from graphmodel.frames import known, records_of

KINDS: tuple[str, ...] = ("departement", "epci", "commune", "syndicat_mixte", "pnr", "custom")
"""Kinds of perimeter in the order of the legend."""
_ARTICLE = r"(?: de l’| de la| du| des| de)? ?"
_BRIEF = (
    (re.compile("Conseil (?:général|départemental)" + _ARTICLE), "CG"),
    (re.compile("Syndicat mixte" + _ARTICLE), "SM"),
)
DEMANDED = "collectivité"
"""What the category of a party says when it is an authority with a territory."""


@dataclass(frozen=True, slots=True)
class Party:
    """An authority that signed.

    Attributes
    ----------
    key, name
        Its key and its name in the contract.
    short
        What the map writes.
    kind
        Level of its territory, one of `KINDS`.
    communes
        Communes of its territory; None when the perimeter is unknown.
    population
        Inhabitants of them; None when that of a commune is not known, or the perimeter is not.
    """

    key: str
    name: str
    short: str
    kind: str
    communes: frozenset[str] | None
    population: int | None

    @property
    def brief(self) -> str:
        """What the table writes: « CG Isère », « SM Rhône Pluriel »."""
        for pattern, letters in _BRIEF:
            if pattern.match(self.short):
                return f"{letters} {pattern.sub('', self.short)}"
        return self.short


@dataclass(frozen=True, slots=True)
class Overlap:
    """Share of the population of `first` that lives in `second`, between 0 and 1; both are names."""

    first: str
    second: str
    share: float


@dataclass(frozen=True, slots=True)
class PerimetersMapData:
    """Everything map M1 says.

    Attributes
    ----------
    parties
        Every authority that signed, by kind then name; the region, which is the whole map, is not among them.
    overlaps
        Shares strictly between 0 and 1, the largest first.
    inclusions
        Pairs of names: the first lies whole in the second.
    total, union
        Sum of the populations of the known perimeters; inhabitants of their union; None when not known.
    fictional
        True when anything shown is fictional.
    """

    parties: tuple[Party, ...]
    overlaps: tuple[Overlap, ...]
    inclusions: tuple[tuple[str, str], ...]
    total: int | None
    union: int | None
    fictional: bool

    @property
    def drawn(self) -> tuple[Party, ...]:
        """Parties whose perimeter is known."""
        return tuple(party for party in self.parties if party.communes is not None)

    @property
    def subjects(self) -> tuple[Party, ...]:
        """EPCI within which a town signed too, the most populated first: towns are small on a whole map."""
        towns = [party.communes or frozenset() for party in self.drawn if party.kind == "commune"]
        found = [
            party
            for party in self.drawn
            if party.kind == "epci" and any(town <= (party.communes or frozenset()) for town in towns)
        ]
        return tuple(sorted(found, key=lambda party: (-(party.population or 0), party.name)))

    @property
    def has_insets(self) -> bool:
        """True when the page has insets."""
        return bool(self.subjects)

    @property
    def unknown(self) -> tuple[Party, ...]:
        """Parties whose perimeter nobody has given: said, never drawn."""
        return tuple(party for party in self.parties if party.communes is None)


def perimeters_map_data(graph: ContractGraph, ground: PrintGround) -> PerimetersMapData:
    """Return what map M1 shows of a snapshot with one contract."""
    parties = _parties(graph, ground)
    drawn = [party for party in parties if party.communes is not None]
    union = frozenset().union(*(party.communes or frozenset() for party in drawn))
    return PerimetersMapData(
        parties=parties,
        overlaps=overlaps_of(drawn, ground.populations),
        inclusions=tuple(
            (one.brief, other.brief)
            for one, other in permutations(drawn, 2)
            if (one.communes or frozenset()) < (other.communes or frozenset())
        ),
        total=_sum(party.population for party in drawn),
        union=people_in(union, ground.populations),
        fictional=_fictional(graph),
    )


def _parties(graph: ContractGraph, ground: PrintGround) -> tuple[Party, ...]:
    resolver = facts.Resolver(graph, load_reference())
    signed = graph.relationships("SIGNED")
    territory = _territories(graph)
    rows = {str(row["key"]): row for row in records_of(graph.nodes("Organisation"))}
    levels = {str(row["key"]): row for row in records_of(graph.nodes("Territory"))}
    parties = []
    for key, category in zip(signed["source"], signed["category"], strict=True):
        place = territory.get(key)
        if place is None and DEMANDED not in str(known(category) or ""):
            continue
        if place is not None and resolver.level(place) == "region":
            continue
        parties.append(_party(rows[key], levels.get(place or ""), place, resolver, ground))
    return tuple(sorted(parties, key=lambda party: (KINDS.index(party.kind), party.name)))


def _territories(graph: ContractGraph) -> dict[str, str]:
    administers = graph.relationships("ADMINISTERS")
    pairs = sorted(zip(administers["source"], administers["target"], strict=True))
    return {str(organisation): str(place) for organisation, place in pairs}


def _party(row: Mapping[str, object], place: Mapping[str, object] | None, key: str | None,
           resolver: facts.Resolver, ground: PrintGround) -> Party:  # fmt: skip
    level = str((place or {}).get("level", "custom"))
    name = str(row["name"])
    communes = None
    if key is not None and not resolver.perimeter_unknown(key):
        communes = resolver.communes(key)
    code = str((place or {}).get("code", ""))
    short = ground.epci_names.get(code) or (ground.commune_names.get(code) if level == "commune" else None)
    return Party(
        key=str(row["key"]),
        name=name,
        short=short or name,
        kind=level if level in KINDS else "custom",
        communes=communes,
        population=people_in(communes, ground.populations) if communes else None,
    )


def people_in(communes: Iterable[str], populations: Mapping[str, int | None]) -> int | None:
    """Return the inhabitants of communes; None when that of one is not known."""
    return _sum(populations.get(code) for code in communes)


def _sum(values: Iterable[int | None]) -> int | None:
    every = list(values)
    there = [value for value in every if value is not None]
    return sum(there) if len(there) == len(every) else None


def overlaps_of(parties: Iterable[Party], populations: Mapping[str, int | None]) -> tuple[Overlap, ...]:
    """Return the shares of population strictly between 0 and 1, the largest first."""
    found = []
    for one, other in combinations(parties, 2):
        shared = people_in((one.communes or frozenset()) & (other.communes or frozenset()), populations)
        for first, second in ((one, other), (other, one)):
            if shared and first.population and shared < first.population:
                found.append(Overlap(first.brief, second.brief, shared / first.population))
    return tuple(sorted(found, key=lambda overlap: (-overlap.share, overlap.first, overlap.second)))


def _fictional(graph: ContractGraph) -> bool:
    """True when a signature, a territory of a party or its composition is fictional."""
    signed = graph.relationships("SIGNED")
    administers = graph.relationships("ADMINISTERS")
    administers = administers[administers["source"].isin(set(signed["source"]))]
    contains = graph.relationships("CONTAINS")
    contains = contains[contains["source"].isin(set(administers["target"]))]
    contains = contains[contains["target"].isin(_communes_of(graph))]
    return any(bool(frame["fictional"].any()) for frame in (signed, administers, contains))


def _communes_of(graph: ContractGraph) -> set[str]:
    levels = graph.nodes("Territory")["level"]
    return set(levels.index[levels == "commune"])
