"""The network of a contract, read once per version of the store: who, where, which groups, which places.

Nothing here depends on what a person chose: it is kept from one click to the next.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboards import view_data
from dashboards.maps.facts import Resolver
from dashboards.mode import current_mode
from dashboards.pages.cooperation.groups import Community, community_list
from geodata.territories import load_reference
from graphmodel import ContractGraph
from graphmodel.cooperation.communities import Communities, communities
from graphmodel.cooperation.participations import Participations
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import TwoMode
from graphmodel.frames import known

_KEPT_VERSIONS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A territory and the actors that have their seat in it (keys)."""

    code: str
    name: str
    level: str
    actors: frozenset[str]


class Subject:
    """What « Coopérations » shows whatever was chosen.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self.graph = graph
        self.read = Participations(graph)
        self.years = view_data.years_of(graph)
        self.latest = view_data.latest_year(graph)
        self.reported = view_data.reported_years(graph)
        organisations, actions = graph.nodes("Organisation"), graph.nodes("Action")
        self.names = _actor_names(graph)
        self.full_names = {
            key: self.names[key] if _hidden(person) else str(name)
            for key, name, person in zip(
                map(str, organisations.index), organisations["name"], organisations["natural_person"],
                strict=True,
            )
        }  # fmt: skip
        self.codes = {str(key): view_data.action_code(str(code)) for key, code in actions["id"].items()}
        self.action_names = _short_action_names(graph)
        self._ids = {str(key): f"Organisation:{code}" for key, code in organisations["id"].items()}
        self._ids |= {str(key): f"Action:{code}" for key, code in actions["id"].items()}
        self._keys = {handle: key for key, handle in self._ids.items()}
        pivot = graph.contract.get("pivot")
        self.pivot = self._keys.get(f"Organisation:{pivot}") if pivot else None

    @cached_property
    def union(self) -> TwoMode:
        """The network of all years together: positions and communities come from it."""
        return self.read.network(None)

    @cached_property
    def found(self) -> Communities:
        """The communities of all years, and how stable they are from one seed to another."""
        return communities(project(self.union))

    @cached_property
    def communities(self) -> tuple[Community, ...]:
        """The communities that bear a letter, largest first; the rest are « autres »."""
        return community_list(self.union, self.found, self.action_names)

    @cached_property
    def letter_of(self) -> dict[str, str]:
        """Letter of the community of each actor and each action that has one, by key."""
        return {
            key: one.letter
            for one in self.communities
            for key in (*sorted(one.members), *sorted(one.actions))
        }

    @cached_property
    def axis_names(self) -> dict[str, str]:
        """Name of each axis by identifier, in order."""
        frame = self.graph.nodes("Axis")
        return {str(code): str(name) for code, name in sorted(zip(frame["id"], frame["name"], strict=True))}

    @cached_property
    def families(self) -> tuple[str, ...]:
        """Families of the actors of the network, sorted."""
        found = {self.read.families.get(key) for key in self.union.operators}
        return tuple(sorted(family for family in found if family))

    def axes_of(self, actor: str) -> frozenset[str]:
        """Return the identifiers of the axes of an actor's actions, over all years."""
        return self._axes_of_actors.get(actor, frozenset())

    @cached_property
    def _axes_of_actors(self) -> dict[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for action, row in self.union.parts.items():
            for key in row if action in self.read.axes else ():
                found[key].add(self.read.axes[action])
        return {key: frozenset(axes) for key, axes in found.items()}

    def key_of(self, handle: str) -> str | None:
        """Return the key of `Organisation:id` or `Action:id`, None when nothing bears it."""
        return self._keys.get(handle)

    def handle_of(self, key: str) -> str:
        """Return how the address names an actor or an action; empty for neither."""
        return self._ids.get(key, "")

    def is_actor(self, handle: str) -> bool:
        """Tell whether a text names an organisation of the contract."""
        return handle.startswith("Organisation:") and handle in self._keys

    def name_of(self, key: str) -> str:
        """Return the name of an actor, or the code and the short title of an action."""
        if key in self.codes:
            return f"{self.codes[key]} {self.action_names[key]}"
        return self.full_names.get(key, key)

    @cached_property
    def seats(self) -> dict[str, str]:
        """Official code of the commune of each actor's seat, by key; absent where not known."""
        levels, codes = (self.graph.nodes("Territory")[name] for name in ("level", "code"))
        found = {}
        for actor, place in self.graph.ends("BASED_IN", "Organisation", "Territory").items():
            if levels.get(place) == "commune":
                found[str(actor)] = str(codes[place])
            else:
                inside = self.resolver.communes(place)
                if len(inside) == 1:
                    found[str(actor)] = next(iter(inside))
        return found

    @cached_property
    def seat_names(self) -> dict[str, str]:
        """Name of the commune of each actor's seat, by key: read once, a row of the reference is dear."""
        communes = load_reference().frame("commune")["name"].to_dict()
        return {actor: str(communes[code]) for actor, code in self.seats.items() if code in communes}

    @cached_property
    def resolver(self) -> Resolver:
        """Tells the communes of the territories of the graph."""
        return Resolver(self.graph, load_reference())

    @cached_property
    def _units(self) -> tuple[dict[str, str], dict[str, str]]:
        """EPCI and département of each commune, the EPCI in the composition that the maps draw."""
        reference = load_reference()
        departements = reference.frame("commune")["departement"]
        return (
            reference.composition(reference.vintages["epci"][0]),
            {str(code): str(value) for code, value in departements.items()},
        )

    @property
    def epci_of_communes(self) -> dict[str, str]:
        """EPCI of each commune that is in one, in the composition of the maps."""
        return self._units[0]

    def epci_of(self, actor: str) -> str | None:
        """Return the code of the EPCI of an actor's seat, None when it is not known or in none."""
        return self._units[0].get(self.seats.get(actor, ""))

    @cached_property
    def offered_places(self) -> tuple[Place, ...]:
        """Territories that the settings offer: EPCI then départements where an actor has its seat."""
        reference = load_reference()
        offered = []
        for level, unit_of in (("epci", self._units[0]), ("departement", self._units[1])):
            inside: defaultdict[str, set[str]] = defaultdict(set)
            for actor in self.union.operators:
                unit = unit_of.get(self.seats.get(actor, ""))
                if unit is not None:
                    inside[unit].add(actor)
            vintage = reference.vintages["epci"][0] if level == "epci" else None
            places = [
                Place(code, reference.get(code, level, vintage).name, level, frozenset(actors))  # type: ignore[arg-type]
                for code, actors in inside.items()
            ]
            offered += sorted(places, key=lambda place: place.name)
        return tuple(offered)

    def place(self, code: str) -> Place | None:
        """Return a territory of the settings, the reference or the graph by its code, None if unknown."""
        for place in self.offered_places:
            if place.code == code:
                return place
        communes, name, level = self._ground_of(code)
        if communes is None:
            return None
        inside = {key for key in self.union.operators if self.seats.get(key) in communes}
        return Place(code, name, level, frozenset(inside))

    def _ground_of(self, code: str) -> tuple[frozenset[str] | None, str, str]:
        rows = self.graph.nodes("Territory")
        for key in rows.index[rows["code"] == code]:
            return (
                self.resolver.communes(str(key)),
                self.resolver.name(str(key)),
                self.resolver.level(str(key)),
            )
        reference = load_reference()
        for level, unit_of in (("epci", self._units[0]), ("departement", self._units[1])):
            inside = frozenset(commune for commune, unit in unit_of.items() if unit == code)
            if inside:
                vintage = reference.vintages["epci"][0] if level == "epci" else None
                return inside, reference.get(code, level, vintage).name, level  # type: ignore[arg-type]
        if code in self._units[1]:
            return frozenset({code}), reference.get(code, "commune").name, "commune"
        return None, "", ""

    @cached_property
    def missing(self) -> Mapping[int, frozenset[tuple[str | None, str]]]:
        """Reports not received by year: operator (None when the report names none) and action."""
        submitted = self.graph.ends("SUBMITTED_BY", "Report", "Organisation")
        about = self.graph.ends("ABOUT", "Report", "Action")
        found: defaultdict[int, set[tuple[str | None, str]]] = defaultdict(set)
        reports = self.graph.nodes("Report")
        for key, year, received in zip(reports.index, reports["year"], reports["received_on"], strict=True):
            if known(received) is None and key in about:
                found[int(year)].add((submitted.get(key), str(about[key])))
        return {year: frozenset(pairs) for year, pairs in found.items()}

    @cached_property
    def degrees(self) -> Counter[str]:
        """Number of neighbours of each actor and action over all years."""
        pairs = [(key, action) for action, row in self.union.parts.items() for key in row]
        return Counter(key for pair in pairs for key in pair)


def _hidden(person: object) -> bool:
    return known(person) is True and current_mode() == "publication"


def _actor_names(graph: ContractGraph) -> dict[str, str]:
    """Return short names; natural persons are not named in a publication."""
    names = view_data.short_actor_names(graph)
    persons = graph.nodes("Organisation")["natural_person"]
    hidden = [str(key) for key, person in persons.items() if _hidden(person)]
    return names | {key: f"Personne physique {rank}" for rank, key in enumerate(hidden, 1)}


def _short_action_names(graph: ContractGraph) -> dict[str, str]:
    frame = graph.nodes("Action")
    return {
        str(key): str(known(short) or name)
        for key, short, name in zip(frame.index, frame["short_name"], frame["name"], strict=True)
    }


_KEPT: dict[tuple[int, str, int, str], Subject] = {}


def subject_of(graph: ContractGraph) -> Subject:
    """Return the subject of a snapshot, made once for each version of the store and mode of the pages."""
    key = (graph.version.number, str(graph.version.marker), id(graph), current_mode())
    found = _KEPT.get(key)
    if found is None:
        while len(_KEPT) >= _KEPT_VERSIONS:
            _KEPT.pop(next(iter(_KEPT)))
        found = _KEPT[key] = Subject(graph)
    return found
