"""The immutable snapshot of a contract's graph that every analysis reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import pandas as pd

from graphmodel.errors import UsageError
from graphmodel.frames import empty_frame, known
from graphmodel.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Version:
    """Version of a store.

    Attributes
    ----------
    number
        Count of the writes, from 0 for an empty store.
    marker
        Cheap text that also changes when somebody edits the database by hand; caches key on it.
    """

    number: int
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What part of a store to read.

    Attributes
    ----------
    contract
        Identifier of the contract; None for the only one.
    years
        Years kept; None for all. Rows without a year are always kept.
    axis
        Identifier of an axis: its actions and what hangs on them; None for all.
    territory
        Key of a territory: actions that take place in it or in what it contains; None for all.
    """

    contract: str | None = None
    years: frozenset[int] | None = None
    axis: str | None = None
    territory: str | None = None


class ContractGraph:
    """Nodes by label and relationships by type, frozen at one version of a store.

    Frames are indexed by key and sorted by it; base columns come first (`graphmodel.schema`), then the
    properties, then `fictional`, `source_count` and `conflicts`. pandas copies on write: changing a frame
    never changes the graph. The lists that stand in cells are shared by all frames: read them through
    `node`, `contract` or `records_of`, which give copies, before changing one.

    Parameters
    ----------
    nodes, relationships
        Frames by label and by type; those left out are empty.
    version
        Version of the store they were read from.
    """

    def __init__(
        self,
        nodes: Mapping[str, pd.DataFrame],
        relationships: Mapping[str, pd.DataFrame],
        version: Version | None = None,
    ) -> None:
        given = {**nodes, **relationships}
        self._frames: dict[str, pd.DataFrame] = {
            table: _sound(table, given.get(table)) for table in SCHEMA.tables
        }
        self.version = version or Version(0)

    def nodes(self, label: str) -> pd.DataFrame:
        """Return the nodes of a label, one row each."""
        return self._table(label, SCHEMA.is_node(label))

    def relationships(self, kind: str) -> pd.DataFrame:
        """Return the relationships of a type: `source` and `target` are keys of nodes."""
        return self._table(kind, kind in SCHEMA.relationships)

    def _table(self, name: str, exists: bool) -> pd.DataFrame:
        if not exists:
            raise UsageError(f"« {name} » n’est pas au schéma du graphe.")
        return self._frames[name].copy(deep=False)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Every frame by table name."""
        return {name: frame.copy(deep=False) for name, frame in self._frames.items()}

    def count_nodes(self) -> dict[str, int]:
        """Return the number of nodes by label, empty labels left out."""
        return {label: len(self._frames[label]) for label in SCHEMA.nodes if len(self._frames[label])}

    def count_relationships(self) -> dict[str, int]:
        """Return the number of relationships by type, empty types left out."""
        return {kind: len(self._frames[kind]) for kind in SCHEMA.relationships if len(self._frames[kind])}

    @cached_property
    def fictional(self) -> bool:
        """True when any row of the graph is fictional."""
        return any(bool(frame["fictional"].any()) for frame in self._frames.values())

    @cached_property
    def contracts(self) -> tuple[str, ...]:
        """Identifiers of the contracts."""
        return tuple(str(identifier) for identifier in self._frames["Contract"]["id"])

    @cached_property
    def contract(self) -> dict[str, object]:
        """Properties of the contract of this graph, unknown ones left out; empty without a contract.

        Raises
        ------
        UsageError
            When the graph holds several contracts: select one first.
        """
        frame = self._frames["Contract"]
        if len(frame) > 1:
            names = ", ".join(self.contracts)
            raise UsageError(f"La base contient plusieurs contrats ({names}) : précisez --contract.")
        if frame.empty:
            return {}
        row = {name: known(value) for name, value in frame.iloc[0].items()}
        return {"key": frame.index[0]} | {str(k): v for k, v in row.items() if v is not None}

    def node(self, label: str, key: str) -> dict[str, object]:
        """Return one node as a dictionary, unknown properties left out.

        Raises
        ------
        KeyError
            When there is no such node.
        """
        row = self._frames[label].loc[key]
        return {"key": key} | {str(n): v for n, cell in row.items() if (v := known(cell)) is not None}

    def ends(self, kind: str, source_label: str, target_label: str) -> dict[str, str]:
        """Return the target of each source of a relationship between two labels, by key.

        For relationships that leave a source once: the action a funding is about, the body of a meeting.
        """
        rows = self._frames[kind]
        rows = rows[(rows["source_label"] == source_label) & (rows["target_label"] == target_label)]
        return dict(zip(map(str, rows["source"]), map(str, rows["target"]), strict=True))

    def targets(self, kind: str, source: str) -> pd.DataFrame:
        """Return the relationships of a type that leave a node."""
        frame = self._frames[kind]
        return frame[frame["source"] == source]

    def sources(self, kind: str, target: str) -> pd.DataFrame:
        """Return the relationships of a type that arrive at a node."""
        frame = self._frames[kind]
        return frame[frame["target"] == target]

    def select(
        self,
        contract: str | None = None,
        years: Iterable[int] | None = None,
        axis: str | None = None,
        territory: str | None = None,
    ) -> "ContractGraph":
        """Return the part of the graph that a selection names; see `Selection` and `graphmodel.selection`."""
        from graphmodel.selection import select

        chosen = Selection(contract, frozenset(years) if years is not None else None, axis, territory)
        return select(self, chosen)

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """Return the graph as a typed `MultiDiGraph`; inverse of `from_networkx`."""
        from graphmodel.convert import graph_to_networkx

        return graph_to_networkx(self)

    @classmethod
    def from_networkx(cls, graph: "nx.MultiDiGraph[str]") -> "ContractGraph":
        """Return the contract graph held by a `MultiDiGraph` that `to_networkx` made."""
        from graphmodel.convert import graph_from_networkx

        return graph_from_networkx(graph)

    def equals(self, other: "ContractGraph") -> bool:
        """Tell whether two graphs hold the same rows, whatever their versions."""
        return all(self._frames[table].equals(other._frames[table]) for table in SCHEMA.tables)


def _sound(table: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    return empty_frame(table) if frame is None else frame
