"""A contract graph as plain rows, in the order of their source, for whoever writes a file from it."""

from functools import cached_property
from typing import Any

from graphmodel import ContractGraph, UsageError
from graphmodel.frames import records_of
from loaders.contract_json.references import REGION

Record = dict[str, Any]
"""One row; what is unknown is left out."""


class Tables:
    """Rows of a graph by table.

    Parameters
    ----------
    graph
        The graph of one contract.

    Raises
    ------
    UsageError
        When it holds none, or several.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self.graph = graph
        self.contract: Record = graph.contract
        if not self.contract:
            raise UsageError("La base ne contient aucun contrat : il n’y a rien à exporter.")
        self._nodes: dict[str, list[Record]] = {}
        self._links: dict[str, list[Record]] = {}
        self._ids: dict[str, dict[str, str]] = {}

    @cached_property
    def stated(self) -> dict[str, Any] | None:
        """What the source file wrote though it is the default; None when the graph comes from elsewhere."""
        forms = self.contract.get("forms")
        return forms.get("stated", {}) if isinstance(forms, dict) else None

    @property
    def hollow(self) -> Any:
        """The hollow of the source file; empty when the graph comes from elsewhere."""
        forms = self.contract.get("forms")
        return forms.get("hollow", {}) if isinstance(forms, dict) else {}

    @cached_property
    def operators(self) -> frozenset[str]:
        """Keys of the organisations that are more than named: listed, of a known world, or at work."""
        listed = {r["key"] for r in self.nodes("Organisation") if "position" in r or "world" in r}
        at_work = {r["source"] for r in self.links("TAKES_PART_IN") if r["basis"] == "report"}
        return frozenset(listed | at_work)

    def states(self, key: str, identifier: str | None = None) -> bool:
        """Tell whether a key that has a default is to be written, for one element where it is a list."""
        if self.stated is None:
            return True
        said = self.stated.get(key)
        return bool(said) if identifier is None else identifier in (said or ())

    def nodes(self, label: str) -> list[Record]:
        """Return the nodes of a label, by position then key."""
        if label not in self._nodes:
            self._nodes[label] = sorted(records_of(self.graph.nodes(label)), key=_order)
        return self._nodes[label]

    def id_of(self, label: str, key: str) -> str:
        """Return the identifier of a node; a region is `R`, whatever its code."""
        if label not in self._ids:
            self._ids[label] = {
                row["key"]: REGION if row.get("level") == "region" else row["id"] for row in self.nodes(label)
            }
        return self._ids[label][key]

    def links(self, kind: str, source: str | None = None, target: str | None = None) -> list[Record]:
        """Return the relationships of a type between given labels, by position then key.

        Each has `source_id` and `target_id` besides its columns.
        """
        if kind not in self._links:
            rows: list[Record] = sorted(records_of(self.graph.relationships(kind)), key=_order)
            for row in rows:
                for end in ("source", "target"):
                    row[f"{end}_id"] = self.id_of(row[f"{end}_label"], row[end])
            self._links[kind] = rows
        return [
            row
            for row in self._links[kind]
            if source in (None, row["source_label"]) and target in (None, row["target_label"])
        ]

    def targets(self, kind: str, source: str, target: str) -> dict[str, str]:
        """Return the identifier that each source key points to."""
        return {row["source"]: row["target_id"] for row in self.links(kind, source, target)}

    def sources(self, kind: str, source: str, target: str) -> dict[str, str]:
        """Return the identifier that points to each target key."""
        return {row["target"]: row["source_id"] for row in self.links(kind, source, target)}


def _order(row: Record) -> tuple[bool, int, str]:
    position = row.get("position")
    return position is None, position or 0, row["key"]


def without_unknown(row: Record) -> Record:
    """Return a row without its unknown values."""
    return {name: value for name, value in row.items() if value is not None}


def by_year(found: dict[str, Any], year: int, first: str, value: Any) -> None:
    """Put a value at `found[year][first]`."""
    found.setdefault(str(year), {})[first] = value
