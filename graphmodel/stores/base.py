"""What every store does: plan, apply, snapshot, version, history, undo.

The logic of plans, attestations and versions is here, once; a store only reads and writes rows. That is what
makes both stores give the same snapshot.
"""

import gc
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Self

from graphmodel.aliases import translated
from graphmodel.attestations import Record
from graphmodel.batch import Batch
from graphmodel.cells import wrong_cells
from graphmodel.codec import to_json
from graphmodel.contract_graph import ContractGraph, Selection, Version
from graphmodel.errors import StoreChangedError, StoreUnavailableError
from graphmodel.faults import Fault
from graphmodel.frames import frame_of
from graphmodel.plan import Plan, make_plan
from graphmodel.references import Use
from graphmodel.schema import SCHEMA
from graphmodel.selection import unknown_contract
from graphmodel.stores.frozen import Frozen
from graphmodel.stores.loads import Load, Past, Writes, aliases_of, now
from graphmodel.stores.undoing import undo

_ATTEMPTS = 3
_NAMED = 3


class Store(ABC):
    """A place that keeps contract graphs; see `open_store`.

    Attributes
    ----------
    url
        URL without credentials.
    """

    url: str

    # -- what a store must know how to do ---------------------------------------------------------------

    @abstractmethod
    def version(self) -> Version:
        """Return the version: number of writes, and a marker that also sees edits made by hand."""

    @abstractmethod
    def history(self) -> list[Load]:
        """Return the loads, oldest first."""

    @abstractmethod
    def read(self, table: str, keys: Sequence[str]) -> dict[str, Record]:
        """Return the records of a table with the given keys; absent keys are left out."""

    @abstractmethod
    def read_all(self, table: str) -> Iterator[Record]:
        """Yield every record of a table, attestations included."""

    @abstractmethod
    def columns(self, table: str, contract: str | None) -> Mapping[str, Sequence[object]]:
        """Return the columns of a table for a contract (None: all), without the attestations."""

    @abstractmethod
    def commit(self, writes: Writes, load: Load, expected: int, past: Sequence[Past] = ()) -> None:
        """Write everything in one transaction, and the load with it.

        Parameters
        ----------
        writes
            Rows; `before` tells which keys the store already holds.
        load
            The load, numbered.
        expected
            Version the rows were made on.
        past
            Loads copied from another store, to stand before this one.

        Raises
        ------
        StoreChangedError
            When the store is no longer at version `expected`; nothing is written.
        """

    @abstractmethod
    def taken_back(self, number: int) -> dict[str, dict[str, Record]]:
        """Return the records that a load changed or removed as they stood before, by table and key."""

    @abstractmethod
    def frozen(self) -> list[Frozen]:
        """Return the versions kept under a name, oldest first."""

    @abstractmethod
    def keep_frozen(self, frozen: Frozen, content: bytes) -> None:
        """Keep the bytes of an export under its name, which is free."""

    @abstractmethod
    def frozen_content(self, name: str) -> bytes:
        """Return the bytes of an export kept under a name; empty when there is none."""

    @abstractmethod
    def close(self) -> None:
        """Release files and connections."""

    # -- what all stores share --------------------------------------------------------------------------

    def occupied(self) -> Collection[str]:
        """Return the tables that may hold rows; the others are not worth a question to the store."""
        return SCHEMA.tables.keys()

    def strays(self) -> Iterable[Fault]:
        """Yield what only this kind of store can hold wrong (labels, properties, rows out of the schema)."""
        return ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def plan(self, batches: Batch | Sequence[Batch], *, replace: bool = False) -> Plan:
        """Return what loading batches would change; nothing is written.

        Parameters
        ----------
        batches
            One batch, or several to write in one transaction.
        replace
            True takes away what each file said before and no longer says.

        Raises
        ------
        InputFaultsError
            A relationship refers to a node that is nowhere, or a node to take away is still used.
        """
        number = self.version().number
        aliases = aliases_of(self.history())
        every = [translated(b, aliases) for b in ([batches] if isinstance(batches, Batch) else batches)]
        with collector_paused():
            if replace:
                return make_plan(every, number, self.read, self.attested_by, self.uses)
            return make_plan(every, number, self.read)

    def apply(self, plan: Plan, *, author: str = "", action: str = "load") -> Load | None:
        """Write a plan in one transaction, whole or not at all.

        Returns
        -------
        The load, or None when the plan changes nothing.

        Raises
        ------
        StoreChangedError
            When somebody wrote since the plan was made.
        """
        if plan.empty:
            return None
        sources = [
            {
                "id": s.id,
                "name": s.name,
                "sha256": s.sha256,
                "kind": s.kind,
                "rows": rows,
                "fictional": s.fictional,
                "author": s.author,
                "known_on": s.known_on.isoformat() if s.known_on else None,
            }
            for s, rows in plan.sources
        ]
        load = Load(plan.version + 1, now(), author, sources, plan.counts(), action)
        writes = Writes(
            {table: change.written for table, change in plan.tables.items() if change.written},
            {table: change.removed for table, change in plan.tables.items() if change.removed},
            {table: change.before for table, change in plan.tables.items() if change.before},
        )
        with collector_paused():
            self.commit(writes, load, plan.version)
        return load

    def undo(self, *, author: str = "") -> Load:
        """Take back the last load, correction or decision that stands, as a new write.

        Raises
        ------
        UsageError
            When there is nothing to take back.
        InputFaultsError
            When a node to take away is used by relationships that stay.
        """
        return undo(self, author)

    def uses(self, nodes: Mapping[str, set[str]]) -> list[Use]:
        """Return the relationships that touch nodes given by label and keys."""
        found: list[Use] = []
        for kind, table in SCHEMA.relationships.items():
            if not any(label in nodes for pair in table.endpoints for label in pair):
                continue
            columns = self.columns(kind, None)
            touching = {
                str(columns["key"][at]): (label, key)
                for end in ("source", "target")
                for at, (label, key) in enumerate(
                    zip(columns.get(f"{end}_label", ()), columns.get(end, ()), strict=True)
                )
                if key in nodes.get(str(label), ())
            }
            records = self.read(kind, list(touching)) if touching else {}
            for key, (label, node) in touching.items():
                sources = tuple(dict.fromkeys(a.source for a in records[key].attestations))
                found.append(Use(kind, key, str(label), str(node), sources))
        return found

    def snapshot(self, selection: Selection | None = None) -> ContractGraph:
        """Return the graph frozen at the present version.

        Parameters
        ----------
        selection
            Part to read; by default all of the only contract, or of all contracts when there are several.
        """
        chosen = selection or Selection()
        graph = self._whole(chosen.contract)
        if chosen.contract is not None and chosen.contract not in graph.contracts:
            raise unknown_contract(
                chosen.contract, sorted(map(str, self.columns("Contract", None).get("id", ())))
            )
        if chosen == Selection():
            return graph
        return graph.select(chosen.contract, chosen.years, chosen.axis, chosen.territory)

    def _whole(self, contract: str | None) -> ContractGraph:
        """Read every table at one version: again when somebody wrote meanwhile."""
        for _ in range(_ATTEMPTS):
            version = self.version()
            with collector_paused():
                frames = {t: frame_of(t, self._sound_columns(t, contract)) for t in self.occupied()}
            if self.version() == version:
                return ContractGraph(frames, {}, version)
        raise StoreChangedError("La base est en cours d’écriture : réessayez dans un instant.")

    def _sound_columns(self, table: str, contract: str | None) -> Mapping[str, Sequence[object]]:
        columns = self.columns(table, contract)
        wrong = list(islice(wrong_cells(table, columns), _NAMED))
        if wrong:
            cells = " ; ".join(f"{cell.column} de {cell.key} : « {str(cell.value)[:80]} »" for cell in wrong)
            raise StoreUnavailableError(
                f"La base « {self.url} » a été modifiée hors de maillage et n’est plus lisible ({cells}). "
                "Lancez maillage check pour la liste, puis corrigez ou rechargez les fichiers."
            )
        return columns

    def attested_by(self, source: str) -> dict[str, dict[str, Record]]:
        """Return every record that a source attests, by table and key."""
        found: dict[str, dict[str, Record]] = {}
        for table in self.occupied():
            records = {
                r.key: r
                for r in self.read_all(table)
                if any(a.source == source and a.correction is None for a in r.attestations)
            }
            if records:
                found[table] = records
        return found

    def digest(self) -> str:
        """Return the SHA-256 of the content alone: equal for equal rows, whatever their history and store."""
        total = hashlib.sha256()
        occupied = self.occupied()
        for table in filter(occupied.__contains__, SCHEMA.tables):
            for line in sorted(self._content_lines(table)):
                total.update(line.encode())
        return total.hexdigest()

    def _content_lines(self, table: str) -> Iterator[str]:
        names = SCHEMA.columns(table)
        columns = self._sound_columns(table, None)
        keys = columns.get("key", ())
        cells = [columns.get(name) or [None] * len(keys) for name in names]
        for row in zip(*cells, strict=True):
            said = {name: _plain(value) for name, value in zip(names, row, strict=True) if value is not None}
            yield json.dumps([table, to_json(said)], ensure_ascii=False, sort_keys=True) + "\n"


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cyclic collector from walking again and again through millions of cells that hold no cycle.

    It doubles the time of a large load otherwise.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _plain(value: object) -> object:
    """Whole floats and integers are one number; tuples and lists one list."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, tuple) else value
