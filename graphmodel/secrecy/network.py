"""What leaves of a network: no personal data, no attribute that rests on too few units."""

from dataclasses import dataclass
from typing import Any

import networkx as nx

from graphmodel.schema import SCHEMA
from graphmodel.secrecy.rules import Kind, Mode, status_of


@dataclass(frozen=True, slots=True)
class SecretAttribute:
    """An attribute of a network that rests on units, and what tells how many.

    Attributes
    ----------
    name
        Attribute of nodes and edges.
    count, largest
        Attributes that hold the number of units and the largest contribution; they leave with the value.
    kind
        What the units are.
    """

    name: str
    count: str
    largest: str | None = None
    kind: Kind = "enterprise"


PERSONAL = frozenset(
    prop.name for prop in SCHEMA.properties() if prop.personal in ("private", "professional")
)
"""Names of the properties that the schema marks as personal, public mandates apart."""


def release_network(network: "nx.Graph[str]", mode: Mode, *, fictional: bool) -> "nx.Graph[str]":
    """Return a new network without what may not leave; see `gate.release`."""
    made: nx.Graph[str] = network.__class__()
    about = dict(network.graph)
    rules: tuple[SecretAttribute, ...] = tuple(about.pop("secret_attributes", ()))
    made.graph.update(about)
    made.graph["mode"] = mode
    if fictional:
        made.graph["avertissement"] = "données fictives"
    for key, attributes in network.nodes(data=True):
        made.add_node(key, **_attributes(attributes, rules, mode))
    for first, second, attributes in network.edges(data=True):
        made.add_edge(first, second, **_attributes(attributes, rules, mode))
    return made


def _attributes(attributes: dict[str, Any], rules: tuple[SecretAttribute, ...], mode: Mode) -> dict[str, Any]:
    """Return what may leave of the attributes of a node or an edge."""
    kept = {name: value for name, value in attributes.items() if name not in PERSONAL}
    for rule in rules:
        if rule.name not in kept:
            continue
        largest = kept.get(rule.largest) if rule.largest else None
        value = kept[rule.name]
        status = status_of(kept.get(rule.count), largest, value, rule.kind)
        kept[f"{rule.name}_status"] = status
        if status != "V" and mode == "publication":
            for name in (rule.name, rule.count, rule.largest):
                kept.pop(name or "", None)
    return kept
