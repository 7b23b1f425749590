"""Relationships and nodes of a graph, found by either end."""

from collections import defaultdict
from functools import cached_property

from graphmodel import ContractGraph
from graphmodel.frames import records_of
from loaders.workbook.known import Known, known_of_graph

Record = dict[str, object]


class Links:
    """A graph of one contract as the sheets ask for it.

    Attributes
    ----------
    graph
        The snapshot.
    known
        What a reader of the sheets will know: a cell is only written when it will be understood.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self.graph = graph
        self.known: Known = known_of_graph(graph)
        self._nodes: dict[str, dict[str, Record]] = {}
        self._sides: dict[tuple[str, str], dict[str, list[Record]]] = {}

    def nodes(self, label: str) -> dict[str, Record]:
        """Return the nodes of a label by key."""
        if label not in self._nodes:
            self._nodes[label] = {str(row["key"]): row for row in records_of(self.graph.nodes(label))}
        return self._nodes[label]

    def rows(self, kind: str) -> list[Record]:
        """Return the relationships of a type."""
        return [row for rows in self._side(kind, "source").values() for row in rows]

    def leaving(self, kind: str, key: object) -> list[Record]:
        """Return the relationships of a type that leave a node."""
        return self._side(kind, "source").get(str(key), [])

    def entering(self, kind: str, key: object) -> list[Record]:
        """Return the relationships of a type that enter a node."""
        return self._side(kind, "target").get(str(key), [])

    def _side(self, kind: str, end: str) -> dict[str, list[Record]]:
        if (kind, end) not in self._sides:
            found: defaultdict[str, list[Record]] = defaultdict(list)
            for row in records_of(self.graph.relationships(kind)):
                found[str(row[end])].append(row)
            self._sides[kind, end] = found
        return self._sides[kind, end]

    @cached_property
    def administrators(self) -> dict[str, str]:
        """Organisations by the territory that a reader will take them for."""
        return {territory: organisation for organisation, territory in self.known.administered.items()}

    @cached_property
    def businesses(self) -> set[str]:
        """Keys of the organisations of which nothing is known but a support."""
        supported = {str(row["target"]) for row in self.rows("SUPPORTS")}
        busy = {
            str(row["source"])
            for kind in ("TAKES_PART_IN", "FUNDS", "SITS_IN", "MEMBER_OF", "INVITED_TO", "ADMINISTERS")
            for row in self.rows(kind)
        }
        return {key for key in supported - busy if self._only_supported(key)}

    def _only_supported(self, key: str) -> bool:
        told = {"key", "contract", "id", "name", "siren", "world", "family", "legal_form", "position",
                "fictional", "source_count", "conflicts"}  # fmt: skip
        seats = [row for row in self.leaving("BASED_IN", key) if row.get("precision") != "établissement"]
        row = self.nodes("Organisation").get(key, {})
        return not seats and row.keys() <= told
