"""The cooperation network as a plain attributed graph, ready for the software of network people.

Nodes and edges carry texts and numbers only, under names that a French reader understands in Gephi; what is
not known is left out, never written as zero or as an empty text. Names of natural persons and whatever the
schema marks as personal never come in.
"""

import re
from dataclasses import dataclass, replace

import networkx as nx

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation.participations import EVERYTHING, Lens, Participations
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import TwoMode
from graphmodel.frames import records_of
from graphmodel.schema import SCHEMA

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 refuses: the same texts must stand in every format."""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Which cooperation network to write.

    Attributes
    ----------
    year
        Year of the reports; None for all years together.
    projection
        True for operators linked by the actions they share (Newman weights); False for the two-mode network.
    without
        Keys of the operators left out, such as the pivot.
    lens
        Part of the cooperation kept: axis, worlds, families, territory of the seats.
    """

    year: int | None = None
    projection: bool = False
    without: frozenset[str] = frozenset()
    lens: Lens = EVERYTHING

    @property
    def seen(self) -> Lens:
        """The lens, the operators left out taken away."""
        return replace(self.lens, without=self.lens.without | self.without)


def exchange_network(graph: ContractGraph, view: NetworkView) -> "nx.Graph[str]":
    """Return the cooperation network that annual reports state, with plain attributes.

    Nodes are named `Organisation:<key>` and `Action:<key>`. Their attributes: `label` (name), `genre`
    (organisation or action), `code`, and `monde`, `famille`, `axe` where known. Two-mode edges carry `roles`,
    `annees` and `weight` (number of years); projected ones `weight` (Newman, in actions) and
    `actions_communes`. Graph attributes: `contrat`, `annee`, `vue`, `sans` (names left out).

    Parameters
    ----------
    graph
        Snapshot of one contract.
    view
        What part of it.
    """
    read = Participations(graph)
    network = read.network(view.year, view.seen)
    organisations, actions = _organisations(graph), _actions(graph, read)
    made: nx.Graph[str] = nx.Graph()
    made.graph.update(_about(graph, view, organisations))
    for key in network.operators:
        made.add_node(organisations[key][0], **organisations[key][1])
    names = {key: name for key, (name, _) in organisations.items()}
    if view.projection:
        for first, second, weights in project(network).to_networkx().edges(data=True):
            made.add_edge(names[first], names[second], weight=weights["weight"],
                          actions_communes=weights["shared"])  # fmt: skip
        return made
    made.add_nodes_from((f"Action:{key}", actions[key]) for key in network.actions)
    _add_parts(made, read, network, view, names)
    return made


def _about(
    graph: ContractGraph, view: NetworkView, organisations: dict[str, tuple[str, dict[str, str]]]
) -> dict[str, str]:
    about = {
        "contrat": _clean(str(graph.contract.get("id", ""))),
        "annee": "toutes" if view.year is None else str(view.year),
        "vue": "organisations" if view.projection else "organisations et actions",
    }
    if view.without:
        about["sans"] = ", ".join(sorted(organisations[key][1]["label"] for key in view.without))
    return about


def _organisations(graph: ContractGraph) -> dict[str, tuple[str, dict[str, str]]]:
    """Return the name and the attributes of the node of each organisation, natural persons unnamed."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    persons = 0
    for row in records_of(graph.nodes("Organisation")):
        key = str(row["key"])
        about = {"genre": "organisation"}
        if row.get("natural_person") is True:
            persons += 1
            name = f"Organisation:personne-physique-{persons}"
            about["label"] = f"Personne physique {persons}"
        else:
            name = f"Organisation:{_clean(key)}"
            about |= {"label": _clean(str(row["name"])), "code": _clean(str(row["id"]))}
        if row.get("world") is not None:
            about["monde"] = SCHEMA.french("world", str(row["world"]))
        if row.get("family") is not None:
            about["famille"] = _clean(str(row["family"]))
        found[key] = name, about
    return found


def _actions(graph: ContractGraph, read: Participations) -> dict[str, dict[str, str]]:
    found = {}
    for row in records_of(graph.nodes("Action")):
        key = str(row["key"])
        about = {"genre": "action", "label": _clean(str(row["name"])), "code": _clean(str(row["id"]))}
        if key in read.axes:
            about["axe"] = _clean(read.axes[key])
        found[key] = about
    return found


def _add_parts(
    made: "nx.Graph[str]", read: Participations, network: TwoMode, view: NetworkView, names: dict[str, str]
) -> None:
    pairs = {(key, action) for action, row in network.parts.items() for key in row}
    roles: dict[tuple[str, str], set[str]] = {pair: set() for pair in pairs}
    years: dict[tuple[str, str], set[int]] = {pair: set() for pair in pairs}
    for part in read.parts:
        pair = part.operator, part.action
        if pair in pairs and view.year in (None, part.year) and part.role in Lens().roles:
            roles[pair].add(SCHEMA.french("role", part.role))
            if part.year is not None:
                years[pair].add(part.year)
    for pair in sorted(pairs):
        about: dict[str, str | float] = {
            "roles": ", ".join(sorted(roles[pair])), "weight": float(len(years[pair]) or 1)
        }  # fmt: skip
        if years[pair]:
            about["annees"] = ", ".join(str(year) for year in sorted(years[pair]))
        made.add_edge(names[pair[0]], f"Action:{pair[1]}", **about)


def _clean(text: str) -> str:
    # XML readers also turn a carriage return into a line feed: names keep on one line.
    return _NOT_XML.sub("\ufffd", text).replace("\r", " ").replace("\n", " ").replace("\t", " ")


def to_graphology(network: "nx.Graph[str]") -> dict[str, object]:
    """Return a network in the JSON form of graphology, which Gephi Lite opens.

    Nodes are set on a circle of radius 100, in order: its viewer refuses nodes without a place.

    Parameters
    ----------
    network
        Undirected, without parallel edges, with JSON values for attributes.
    """
    places = nx.circular_layout(network, scale=100)
    nodes = [
        {"key": key, "attributes": {**about, "x": float(places[key][0]), "y": float(places[key][1])}}
        for key, about in network.nodes(data=True)
    ]
    edges = [
        {"key": f"e{rank}", "source": first, "target": second, "undirected": True, "attributes": dict(about)}
        for rank, (first, second, about) in enumerate(network.edges(data=True))
    ]
    return {
        "attributes": dict(network.graph),
        "options": {"type": "undirected", "multi": False, "allowSelfLoops": False},
        "nodes": nodes,
        "edges": edges,
    }


def from_graphology(content: dict[str, object]) -> "nx.Graph[str]":
    """Return the network of a graphology document that `to_graphology` made, places left out."""
    made: nx.Graph[str] = nx.Graph()
    made.graph.update(_mapping(content["attributes"]))
    for node in _rows(content["nodes"]):
        about = {name: v for name, v in _mapping(node["attributes"]).items() if name not in ("x", "y")}
        made.add_node(str(node["key"]), **about)
    for edge in _rows(content["edges"]):
        made.add_edge(str(edge["source"]), str(edge["target"]), **_mapping(edge["attributes"]))
    return made


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a graphology document has an object here")
    return value


def _rows(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError("a graphology document has a list here")
    return [_mapping(row) for row in value]
