"""What map M1 shows: the perimeters of the authorities that signed, and how they overlap. No drawing here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from shapely.geometry.base import BaseGeometry

from dashboards.prints.ground import PrintGround
from geodata.crossings import HOLDS, WITHIN, Crossings, party_territories
from graphmodel import ContractGraph
from graphmodel.frames import known, records_of

KINDS: tuple[str, ...] = ("departement", "epci", "commune", "syndicat_mixte", "pnr", "custom")
"""Kinds of perimeter in the order of the legend."""
_ARTICLE = r"(?: de l’| de la| du| des| de)? ?"
_BRIEF = (
    (re.compile("Conseil (?:général|départemental)" + _ARTICLE), "CG"),
    (re.compile("Syndicat mixte" + _ARTICLE), "SM"),
)
WHOLE = 0.9995
"""Share from which a perimeter lies in another with all its inhabitants."""
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
        Communes of its territory, those it holds by half or more where a file drew it; None when the
        perimeter is unknown.
    population
        Inhabitants; None when that of a commune is not known, or the perimeter is not.
    contour
        Contour that a file gave, in EPSG:2154; None when it is made of communes, or unknown.
    """

    key: str
    name: str
    short: str
    kind: str
    communes: frozenset[str] | None
    population: int | None
    contour: BaseGeometry | None = None

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
    territory = {
        who: place for who, place in _territories(graph).items() if place in party_territories(graph)
    }
    crossings = Crossings(graph, territory.values(), ground.epci_vintage)
    parties = _parties(graph, ground, territory, crossings)
    drawn = {territory[party.key]: party for party in parties if party.communes is not None}
    pairs = crossings.pairs[crossings.pairs["first"].isin(drawn) & crossings.pairs["second"].isin(drawn)]
    return PerimetersMapData(
        parties=parties,
        overlaps=_overlaps(pairs, drawn),
        inclusions=tuple(sorted(_inclusions(pairs, drawn))),
        total=_sum(party.population for party in drawn.values()),
        union=crossings.population(drawn),
        fictional=_fictional(graph),
    )


def _overlaps(pairs: pd.DataFrame, drawn: Mapping[str, Party]) -> tuple[Overlap, ...]:
    """Return the shares of population strictly between 0 and 1, the largest first."""
    found = []
    for pair in pairs.to_dict("records"):
        first, second = drawn[str(pair["first"])].brief, drawn[str(pair["second"])].brief
        for one, other, share in (
            (first, second, pair["first_share"]),
            (second, first, pair["second_share"]),
        ):
            if 0 < share < WHOLE:
                found.append(Overlap(one, other, float(share)))
    return tuple(sorted(found, key=lambda overlap: (-overlap.share, overlap.first, overlap.second)))


def _inclusions(pairs: pd.DataFrame, drawn: Mapping[str, Party]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names of which the first lies whole in the second."""
    for pair in pairs.to_dict("records"):
        first, second = drawn[str(pair["first"])].brief, drawn[str(pair["second"])].brief
        if pair["relation"] == WITHIN:
            yield first, second
        elif pair["relation"] == HOLDS:
            yield second, first


def _parties(graph: ContractGraph, ground: PrintGround, territory: Mapping[str, str],
             crossings: Crossings) -> tuple[Party, ...]:  # fmt: skip
    signed = graph.relationships("SIGNED")
    levels = {str(row["key"]): row for row in records_of(graph.nodes("Territory"))}
    rows = {str(row["key"]): row for row in records_of(graph.nodes("Organisation"))}
    region = set(_territories(graph)) - set(territory)
    parties = []
    for key, category in zip(signed["source"], signed["category"], strict=True):
        place = territory.get(key)
        if key in region or (place is None and DEMANDED not in str(known(category) or "")):
            continue
        parties.append(_party(rows[key], levels.get(place or ""), crossings, ground))
    return tuple(sorted(parties, key=lambda party: (KINDS.index(party.kind), party.name)))


def _territories(graph: ContractGraph) -> dict[str, str]:
    administers = graph.relationships("ADMINISTERS")
    pairs = sorted(zip(administers["source"], administers["target"], strict=True))
    return {str(organisation): str(place) for organisation, place in pairs}


def _party(row: Mapping[str, object], place: Mapping[str, object] | None, crossings: Crossings,
           ground: PrintGround) -> Party:  # fmt: skip
    level, key = str((place or {}).get("level", "custom")), str((place or {}).get("key", ""))
    name, code = str(row["name"]), str((place or {}).get("code", ""))
    short = ground.epci_names.get(code) or (ground.commune_names.get(code) if level == "commune" else None)
    there = key in crossings.known
    return Party(
        key=str(row["key"]),
        name=name,
        short=short or name,
        kind=level if level in KINDS else "custom",
        communes=crossings.communes(key) if there else None,
        population=crossings.population([key]) if there else None,
        contour=crossings.contour(key) if there else None,
    )


def _sum(values: Iterable[int | None]) -> int | None:
    every = list(values)
    there = [value for value in every if value is not None]
    return sum(there) if len(there) == len(every) else None


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
