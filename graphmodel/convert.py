"""The contract graph as a NetworkX graph, and back: a documented pair of inverses.

A node of the `MultiDiGraph` is named `Label:key`; its attributes are `label`, the base columns and the known
properties. An edge has for key the relationship's key, and for attributes `type` and the known properties.
Unknown values are left out, so that `null` never becomes a number.
"""

from collections import defaultdict

import networkx as nx

from graphmodel.contract_graph import ContractGraph, Version
from graphmodel.frames import frame_of, records_of
from graphmodel.schema import SCHEMA


def graph_to_networkx(graph: ContractGraph) -> "nx.MultiDiGraph[str]":
    """Return a typed `MultiDiGraph` of every node and relationship.

    The graph attribute `version` keeps the number of the store's version.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(version=graph.version.number)
    for label in SCHEMA.nodes:
        for row in records_of(graph.nodes(label)):
            network.add_node(f"{label}:{row['key']}", label=label, **row)
    for kind in SCHEMA.relationships:
        for row in records_of(graph.relationships(kind)):
            ends = (f"{row[f'{end}_label']}:{row[end]}" for end in ("source", "target"))
            source, target = ends
            attributes = {name: value for name, value in row.items() if name != "key"}
            network.add_edge(source, target, key=str(row["key"]), type=kind, **attributes)
    return network


def graph_from_networkx(network: "nx.MultiDiGraph[str]") -> ContractGraph:
    """Return the contract graph of a `MultiDiGraph` made by `graph_to_networkx`.

    `graph_from_networkx(graph_to_networkx(g))` equals `g`.
    """
    tables: dict[str, list[dict[str, object]]] = defaultdict(list)
    for _, attributes in network.nodes(data=True):
        tables[attributes["label"]].append(attributes)
    for _, _, key, attributes in network.edges(keys=True, data=True):
        tables[attributes["type"]].append({"key": key, **attributes})
    frames = {}
    for table, rows in tables.items():
        names = {name for row in rows for name in row}
        frames[table] = frame_of(table, {name: [row.get(name) for row in rows] for name in names})
    return ContractGraph(frames, {}, Version(int(network.graph.get("version", 0))))
