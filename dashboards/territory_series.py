"""Every measure of the territories of a snapshot, found once and kept while the snapshot is shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from threading import Lock
from typing import Final

from dashboards import view_data
from dashboards.class_limits import Method
from dashboards.maps import facts
from dashboards.maps.ground import ground_data
from dashboards.maps.measured_elements import Pole
from dashboards.maps.territories import Signs, TerritoryMap
from dashboards.measured import Found, Reading, Series, catalogued, counted_series, reading_of, series_of
from dashboards.measures import Level, Measure
from dashboards.sheets.subject import Subject
from dashboards.territory_units import unit_of_communes, units_of
from geodata.territories import load_reference
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from graphmodel.secrecy import Mode


@dataclass(frozen=True, slots=True)
class Partner:
    """The territory of a party: code, name of the party, codes of its communes."""

    code: str
    name: str
    communes: frozenset[str]


Actions = Mapping[str, tuple[str, ...]]
"""Codes of the actions that take place in each unit."""


class TerritorySeries:
    """The measures of a snapshot, by level.

    Parameters
    ----------
    graph
        Snapshot with one contract.

    Attributes
    ----------
    graph, resolver
        The snapshot, and the communes of its territories.
    years, reported
        Years of the contract; those of which something is known.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self.graph = graph
        self.resolver = facts.Resolver(graph, load_reference())
        self.years = view_data.years_of(graph)
        self.reported = view_data.reported_years(graph)
        self._places: dict[tuple[int, Level], facts.Places] = {}
        self._made: dict[tuple[str, Level, Mode | None], Series] = {}
        self._evaluation: Evaluation | None = None
        self._found: Found = {}
        self._lock = Lock()

    def places(self, year: int, level: Level) -> facts.Places:
        """Return where the actions of a year take place; `by_epci` is by unit of the level."""
        if (year, level) not in self._places:
            unit_of = unit_of_communes(level)
            self._places[year, level] = facts.places_of(self.graph, year, self.resolver, unit_of)
        return self._places[year, level]

    def actions(self, year: int, level: Level) -> Actions:
        """Return the codes of the actions that take place in each unit, in a year."""
        return self.places(year, level).by_epci

    def series(self, measure: Measure, level: Level, evaluation: Evaluation | None) -> Series | None:
        """Return a measure at a level; None while it needs indicators that are not there."""
        if measure.needs_indicators and evaluation is None:
            return None
        mode = evaluation.mode if evaluation is not None and measure.needs_indicators else None
        with self._lock:
            self._follow(evaluation)
            key = (measure.id, level, mode)
            if key not in self._made:
                self._made[key] = self._make(measure, level, mode)
            return self._made[key]

    def reading(self, measure: Measure, code: str, year: int, evaluation: Evaluation) -> Reading:
        """Return the value of a territory that is no unit of the map: a syndicat mixte, a park."""
        with self._lock:
            self._follow(evaluation)
        told = self._found.get((measure.id, "epci"), {}).get(year, {}).get(code)
        return reading_of(told, evaluation.mode)

    def _follow(self, evaluation: Evaluation | None) -> None:
        if evaluation is not None and evaluation is not self._evaluation:
            self._evaluation = evaluation
            self._found = catalogued(evaluation.values)
            self._made = {key: made for key, made in self._made.items() if key[2] is None}

    def _make(self, measure: Measure, level: Level, mode: Mode | None) -> Series:
        codes = units_of(level)
        if mode is not None:
            return series_of(measure, level, self._found, codes, self.years, mode)
        counts = {
            year: {code: len(actions) for code, actions in self.actions(year, level).items()}
            for year in self.years
        }
        return counted_series(measure, level, counts, codes, self.reported, fictional=self.graph.fictional)

    @cached_property
    def signs(self) -> Signs:
        """Return what can be laid over any measure."""
        return Signs(
            facts.party_perimeters(self.graph, self.resolver),
            facts.zoned_communes(self.graph, self.resolver, facts.ALL_SCHEMES_OF_COMMUNES),
            facts.neighbourhoods_of(self.graph),
            tuple(self._poles()),
        )

    def _poles(self) -> Iterable[Pole]:
        """Poles of cooperation, at the commune of their seat; one without a seat cannot be drawn."""
        names, communes = self.graph.nodes("Ptce")["name"], units_of("commune")
        seats = self.graph.relationships("BASED_IN")
        for key, place in zip(seats["source"], seats["target"], strict=True):
            if key in names.index:
                for code in sorted(self.resolver.communes(place))[:1]:
                    yield Pole(str(names[key]), communes[code].at)

    def located(self, year: int, communes: Iterable[str]) -> tuple[str, ...]:
        """Return the codes of the actions of a year that take place in any of some communes, in order."""
        by_commune = self.places(year, "commune").by_commune
        return tuple(view_data.codes_in_order({a for one in communes for a in by_commune.get(one, ())}))

    def located_in(self, year: int, subject: Subject) -> tuple[str, ...]:
        """Return the codes of the actions located in a territory in a year; of a quarter, those naming it."""
        if subject.level != "qpv":
            return self.located(year, subject.communes)
        rows = view_data.places_in(self.graph, year)
        named = rows.loc[rows["target"] == subject.key, "source"].drop_duplicates()
        return tuple(view_data.codes_in_order(self._codes[str(key)] for key in named))

    def operators(self, year: int, codes: Collection[str]) -> dict[str, set[str]]:
        """Return the operators of some actions in a year: key, codes of those of the actions they operate."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in view_data.participations(self.graph, year):
            if self._codes.get(one.action) in codes:
                found[one.organisation].add(self._codes[one.action])
        return dict(found)

    @cached_property
    def _codes(self) -> dict[str, str]:
        identifiers = self.graph.nodes("Action")["id"]
        return {str(key): view_data.action_code(str(one)) for key, one in identifiers.items()}

    @cached_property
    def seats(self) -> dict[str, frozenset[str]]:
        """Seat of each organisation: codes of its communes and key of its quarter; without seat, absent."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        seats = self.graph.relationships("BASED_IN")
        for key, place in zip(seats["source"], seats["target"], strict=True):
            found[str(key)] |= {*self.resolver.communes(place), str(place)}
        return {key: frozenset(places) for key, places in found.items()}

    def quarters_in(self, subject: Subject) -> int:
        """Return the number of priority neighbourhoods whose commune lies in a territory."""
        territories = self.graph.nodes("Territory")
        quarters = territories.index[territories["level"] == "qpv"]
        return sum(bool(self.resolver.communes(str(key)) & subject.communes) for key in quarters)

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """Territories of the parties whose communes are known, the region left out, by code."""
        signed = set(self.graph.relationships("SIGNED")["source"])
        administers = self.graph.relationships("ADMINISTERS")
        names, codes = view_data.short_actor_names(self.graph), self.graph.nodes("Territory")["code"]
        found = {}
        for party, place in zip(administers["source"], administers["target"], strict=True):
            communes = self.resolver.communes(place)
            if party in signed and communes and self.resolver.level(place) != "region":
                found[str(codes[place])] = Partner(str(codes[place]), names[party], communes)
        return found

    def crossings_of(self, subject: Subject) -> tuple[tuple[str, str], ...]:
        """Return the pairs of partner perimeters that cross at a territory: selection and words of each."""
        own = self.partners.get(subject.code)
        there = [one for one in self.partners.values() if one.communes & subject.communes]
        pairs = combinations(there, 2) if own is None else ((own, one) for one in there if one is not own)
        found = []
        for first, second in pairs:
            shared = first.communes & second.communes
            if shared & subject.communes and shared not in (first.communes, second.communes):
                found.append((f"{first.code}*{second.code}", f"{first.name} × {second.name}"))
        return tuple(found)


_KEPT: dict[int, TerritorySeries] = {}
_MOST_KEPT: Final = 2
"""Snapshots whose measures are kept: the present one, and that of a page still open."""


def series_of_graph(graph: ContractGraph) -> TerritorySeries:
    """Return the measures of a snapshot, made once while it is among the last ones shown."""
    found = _KEPT.get(id(graph))
    # What is kept holds its snapshot, so that no other can have its number.
    if found is None or found.graph is not graph:
        found = TerritorySeries(graph)
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[id(graph)] = found
    return found


def map_of(
    told: TerritorySeries, evaluation: Evaluation | None, measure: Measure, level: Level, year: int,
    method: Method = "fixes",
) -> TerritoryMap | None:  # fmt: skip
    """Return what the map of a measure shows; None while its indicators are not there."""
    series = told.series(measure, level, evaluation)
    if series is None:
        return None
    actions = {code: len(found) for code, found in told.actions(year, level).items()}
    return TerritoryMap(
        series, year, method, dict(units_of(level)), ground_data(),
        actions if year in told.reported else None, told.signs,
    )  # fmt: skip
