"""A snapshot as plain Python rows, for answers that follow relationships one by one."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation.participations import OPERATOR_BASIS, OPERATOR_ROLES
from graphmodel.frames import records_of
from graphmodel.selection import contained

Record = dict[str, Any]
"""A node or a relationship: `key` and its known values."""


class View:
    """Nodes and relationships of a snapshot of one contract.

    Parameters
    ----------
    graph
        Snapshot of one contract, with the territories.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self.graph = graph
        self.nodes = cache(self._nodes)
        self.links = cache(self._links)
        self._inside = cache(self._contained)

    def _nodes(self, label: str) -> dict[str, Record]:
        return {str(row["key"]): row for row in records_of(self.graph.nodes(label))}

    def _links(self, kind: str, source: str, target: str) -> list[Record]:
        frame = self.graph.relationships(kind)
        kept = frame[(frame["source_label"] == source) & (frame["target_label"] == target)]
        return records_of(kept)

    def leaving(self, kind: str, source: str, target: str) -> dict[str, list[Record]]:
        """Return the relationships between two labels by the key of their source."""
        return grouped(self.links(kind, source, target), "source")

    def arriving(self, kind: str, source: str, target: str) -> dict[str, list[Record]]:
        """Return the relationships between two labels by the key of their target."""
        return grouped(self.links(kind, source, target), "target")

    def operations(self, year: object = None) -> list[Record]:
        """Return the participations of operators: pilots and partners, by the reports."""
        return [
            part
            for part in self.links("TAKES_PART_IN", "Organisation", "Action")
            if part.get("basis") == OPERATOR_BASIS
            and part.get("role") in OPERATOR_ROLES
            and (year is None or part.get("year") == year)
        ]

    def coded_operations(self, year: object = None) -> list[Record]:
        """Return the participations of operators without those of the animation."""
        actions = self.nodes("Action")
        return [part for part in self.operations(year) if actions[part["target"]].get("coded") is not False]

    def axes(self, action: str) -> list[str]:
        """Return the identifiers of the axes of an action, sorted."""
        nodes = self.nodes("Axis")
        links = self._axes_of.get(action, ())
        return sorted(str(nodes[link["target"]]["id"]) for link in links)

    @cached_property
    def _axes_of(self) -> dict[str, list[Record]]:
        return self.leaving("PART_OF", "Action", "Axis")

    def named(self, label: str, wanted: object) -> set[str]:
        """Return the keys of the nodes of a label whose identifier, code or key is the one asked."""
        return {
            key
            for key, node in self.nodes(label).items()
            if wanted in (key, node.get("id"), node.get("code"))
        }

    def inside(self, territory: object) -> set[str]:
        """Return the keys of the territories with a code (or key) and of all they contain, at any depth."""
        return {key for found in self.named("Territory", territory) for key in self._inside(found)}

    def _contained(self, territory: str) -> set[str]:
        contains = self.graph.relationships("CONTAINS")
        return contained(contains, territory) if territory in self._containers else {territory}

    @cached_property
    def _containers(self) -> frozenset[str]:
        return frozenset(self.graph.relationships("CONTAINS")["source"])


def grouped(records: Iterable[Record], end: str) -> dict[str, list[Record]]:
    """Return records by the value of one of their fields."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[str(record[end])].append(record)
    return dict(found)


def is_there(place: Record, year: object = None) -> bool:
    """Tell whether an action is in a place that year: nobody reached is not there; no year is every year."""
    nobody = place.get("degree") == "reached" and place.get("beneficiaries") == 0
    return not nobody and (year is None or place.get("year") is None or place["year"] == year)


def years_of(records: Iterable[Record]) -> list[int]:
    """Return the known years of records, sorted, each once."""
    return sorted({record["year"] for record in records if record.get("year") is not None})
