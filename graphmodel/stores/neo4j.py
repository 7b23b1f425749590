"""The server store: a Neo4j database, read as collected columns and written in one managed transaction."""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import islice
from typing import Any

from neo4j.time import Date

from graphmodel.attestations import Record
from graphmodel.contract_graph import Version
from graphmodel.errors import StoreChangedError, StoreUnavailableError
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA
from graphmodel.stores import neo4j_cypher as cypher
from graphmodel.stores.base import Store
from graphmodel.stores.credentials import check_url, read_credentials
from graphmodel.stores.frozen import Frozen
from graphmodel.stores.loads import Load, Past, Writes, check_expected
from graphmodel.stores.neo4j_rows import DERIVED, decode_columns, decode_records, encode
from graphmodel.stores.neo4j_server import Neo4jServer, Transaction
from graphmodel.stores.neo4j_strays import find_strays
from graphmodel.stores.packing import compact_json, pack_before, unpack_before

FORMAT = 1
"""Number of the layout in the database, kept on the `:Meta` node."""
PAGE = 10_000
"""Rows of one reading record."""
CHUNK = 5_000
"""Rows of one writing statement; larger ones are no faster."""

Statement = tuple[str, list[Any], bool]
"""Cypher, its rows, and whether every row must find its place."""


class Neo4jStore(Store):
    """A store in a Neo4j database (Community edition, 5.7 or later).

    Parameters
    ----------
    url
        `bolt://`, `neo4j://`, `neo4j+s://` URL, without credentials: `graphmodel.stores.credentials`.

    Raises
    ------
    StoreUnavailableError
        The server cannot be used.
    UsageError
        The URL carries credentials, or the database holds nodes of somebody else.
    """

    def __init__(self, url: str) -> None:
        check_url(url)
        self.url = url
        self._server = Neo4jServer(url, read_credentials(url))
        self._prepared = False
        self.version()

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    def version(self) -> Version:
        """Return the number of the last load; the marker moves at every commit, ours or by hand."""

        def ask(tx: Transaction) -> tuple[int, int]:
            row = tx.run(cypher.VERSION, key=cypher.META_KEY).single(strict=True)
            return row["number"] or 0, row["format"] or FORMAT

        (number, layout), marker = self._server.read_marked(ask)
        self._check_format(layout)
        return Version(number, f"{number}.{marker}")

    def _check_format(self, layout: int) -> None:
        if layout > FORMAT:
            raise StoreUnavailableError(
                f"La base « {self.url} » vient d’une version plus récente de maillage : mettez "
                "l’outil à jour."
            )

    def history(self) -> list[Load]:
        """Return the loads, oldest first."""
        rows = self._server.read(lambda tx: [record["load"] for record in tx.run(cypher.LOADS)])
        return [
            Load(
                row["number"],
                row["at"],
                row["author"],
                json.loads(row["sources"]),
                json.loads(row["counts"]),
                row["action"],
            )
            for row in rows
        ]

    def taken_back(self, number: int) -> dict[str, dict[str, Record]]:
        """Return the records as they stood before a load."""

        def ask(tx: Transaction) -> bytes | None:
            row = tx.run(cypher.BEFORE, key=_load_key(number)).single()
            return row["before"] if row else None

        packed = self._server.read(ask)
        return unpack_before(None if packed is None else bytes(packed))

    def frozen(self) -> list[Frozen]:
        """Return the versions kept under a name, oldest first."""
        rows = self._server.read(lambda tx: [record["frozen"] for record in tx.run(cypher.FROZEN_LIST)])
        return [Frozen(**row) for row in rows]

    def keep_frozen(self, frozen: Frozen, content: bytes) -> None:
        """Keep an export under its name."""
        self._prepare()
        row = asdict(frozen) | {"key": f"frozen/{frozen.name}", "content": content}

        def work(tx: Transaction) -> None:
            tx.run(cypher.KEEP_FROZEN, row=row).consume()

        self._server.write(work)

    def frozen_content(self, name: str) -> bytes:
        """Return the bytes of an export kept under a name."""

        def ask(tx: Transaction) -> bytes | None:
            row = tx.run(cypher.FROZEN_CONTENT, key=f"frozen/{name}").single()
            return row["content"] if row else None

        return bytes(self._server.read(ask) or b"")

    def occupied(self) -> Collection[str]:
        """Return the tables whose label or type the server has; it plans each question anew."""
        found = self._server.read(
            lambda tx: [record[0] for query in cypher.IN_USE for record in tx.run(query)]
        )
        return SCHEMA.tables.keys() & set(found)

    # -- reading ----------------------------------------------------------------------------------------

    def read(self, table: str, keys: Sequence[str]) -> dict[str, Record]:
        """Return the records with the given keys."""
        known: dict[str, Record] = {}
        if not keys or self._size(table) == 0:
            return known
        for part in _chunks(keys, PAGE):
            columns = self._columns_of(cypher.found(table), table, keys=part)
            known.update((record.key, record) for record in decode_records(table, columns))
        return known

    def read_all(self, table: str) -> Iterator[Record]:
        """Yield every record of a table, in the order of the keys."""
        for columns in self._pages(table, None, attestations=True):
            yield from decode_records(table, columns)

    def columns(self, table: str, contract: str | None) -> Mapping[str, Sequence[object]]:
        """Return the columns of a table, decoded."""
        whole: dict[str, list[Any]] = {name: [] for name in (*SCHEMA.columns(table), *DERIVED)}
        for columns in self._pages(table, contract):
            for name, cells in columns.items():
                whole[name] += cells
        return decode_columns(table, whole) if whole["key"] else {"key": ()}

    def _pages(
        self, table: str, contract: str | None, *, attestations: bool = False
    ) -> Iterator[dict[str, list[Any]]]:
        query = cypher.page(table, attestations=attestations)
        after, size = "", PAGE
        while size == PAGE:
            columns = self._columns_of(query, table, after=after, limit=PAGE, contract=contract)
            size = len(columns["key"])
            if size:
                after = columns["key"][-1]
                yield columns

    def _columns_of(self, query: str, table: str, **given: object) -> dict[str, list[Any]]:
        given |= cypher.parameters(table)
        return self._server.read(lambda tx: _row(tx, query, given))

    def _size(self, table: str) -> int:
        return self._server.read(lambda tx: int(tx.run(cypher.count(table)).single(strict=True)["size"]))

    def rows(self, query: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return the rows of a reading query, dates as Python's; the server refuses it any write."""

        def ask(tx: Transaction) -> list[tuple[Any, ...]]:
            return [tuple(map(_native, record.values())) for record in tx.run(query, dict(parameters))]

        return self._server.read(ask)

    def strays(self) -> Iterable[Fault]:
        """Yield what stands in the database out of the schema."""
        return find_strays(self._server)

    # -- writing ----------------------------------------------------------------------------------------

    def commit(self, writes: Writes, load: Load, expected: int, past: Sequence[Past] = ()) -> None:
        """Write everything in one managed transaction; its retry repeats the whole."""
        self._prepare()
        token = uuid.uuid4().hex
        loads = [_load_row(*entry) for entry in [*past, (load, writes.before)]]

        def work(tx: Transaction) -> None:
            state = tx.run(cypher.LOCK, key=cypher.META_KEY, format=FORMAT, at=load.at).single(strict=True)
            self._check_format(state["format"])
            if state["token"] == token:
                return  # the first try went through, only its answer was lost
            check_expected(state["number"], expected)
            for statement, rows, complete in _made_ahead(_statements(writes)):
                _run(tx, statement, rows, complete)
            for kind in _roles_touched(writes):
                for statement in cypher.role_statements(kind):
                    tx.run(statement).consume()
            for part in _chunks(loads, 100):
                tx.run(cypher.ADD_LOADS, rows=part).consume()
            tx.run(cypher.UNLOCK, key=cypher.META_KEY, number=load.number, token=token).consume()

        self._server.write(work)

    def _prepare(self) -> None:
        """Make the constraints and indexes that are missing: once, and outside of data transactions."""
        if self._prepared:
            return
        present = self._server.read(schema_names)
        wanted = cypher.schema_statements()
        missing = [statement for name, statement in wanted.items() if name not in present]
        if missing:
            self._server.administer(missing)
        self._prepared = True


def _native(cell: object) -> object:
    return cell.to_native() if isinstance(cell, Date) else cell


def _row(tx: Transaction, query: str, given: dict[str, object]) -> dict[str, Any]:
    """Return the only record of a query; `Record.data` would walk through every cell of the columns."""
    record = tx.run(query, given).single(strict=True)
    return dict(zip(record.keys(), record.values(), strict=True))


def schema_names(tx: Transaction) -> set[str]:
    """Return the names of the constraints and indexes of a database."""
    names: set[str] = set()
    for query in ("SHOW CONSTRAINTS YIELD name", "SHOW INDEXES YIELD name"):
        names.update(record["name"] for record in tx.run(query))
    return names


def _statements(writes: Writes) -> Iterator[Statement]:
    """Yield the statements of a write, in an order that never leaves a relationship without its ends."""
    for table in reversed(SCHEMA.tables):
        for keys in _chunks(writes.removed.get(table, ()), CHUNK):
            yield cypher.delete(table), keys, False
    for table in SCHEMA.tables:
        held = {} if writes.fresh else writes.before.get(table, {})
        gone = set(writes.removed.get(table, ()))
        fresh: dict[str, Record] = {}
        changed: dict[str, Record] = {}
        for record in writes.records.get(table, ()):
            (changed if record.key in held and record.key not in gone else fresh)[record.key] = record
        for part in _chunks(list(changed.values()), CHUNK):
            yield cypher.change(table), [encode(table, record) for record in part], True
        yield from _creations(table, fresh.values())


def _made_ahead(statements: Iterator[Statement]) -> Iterator[Statement]:
    """Yield statements made one ahead by another thread: rows are encoded while the server writes."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        following = pool.submit(next, statements, None)
        while (statement := following.result()) is not None:
            following = pool.submit(next, statements, None)
            yield statement


def _creations(table: str, records: Iterable[Record]) -> Iterator[Statement]:
    if SCHEMA.is_node(table):
        for part in _chunks(list(records), CHUNK):
            yield cypher.create_nodes(table), [encode(table, record) for record in part], True
        return
    by_ends: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        ends = (str(record.values["source_label"]), str(record.values["target_label"]))
        by_ends.setdefault(ends, []).append(record)
    for ends, group in by_ends.items():
        for part in _chunks(group, CHUNK):
            rows = [[r.values["source"], r.values["target"], encode(table, r)] for r in part]
            yield cypher.create_relationships(table, *ends), rows, True


def _run(tx: Transaction, statement: str, rows: list[Any], complete: bool) -> None:
    """Run one statement; each row must have found its place when `complete` says so.

    Raises
    ------
    StoreChangedError
        A row to change or an end of a relationship went since the plan was made.
    """
    result = tx.run(statement, rows=rows)
    if not complete:
        result.consume()
    elif result.single(strict=True)["done"] != len(rows):
        raise StoreChangedError(
            "Des éléments de la base ont été supprimés ou renommés pendant ce temps : rien n’a été écrit. "
            "Lancez maillage check, puis relancez le chargement."
        )


def _roles_touched(writes: Writes) -> Iterator[str]:
    for kind in cypher.ROLES:
        if any(
            table in group for group in (writes.records, writes.removed) for table in (kind, "Organisation")
        ):
            yield kind


def _load_key(number: int) -> str:
    return f"load/{number}"


def _load_row(load: Load, before: Mapping[str, Mapping[str, Record]]) -> dict[str, Any]:
    return {
        "key": _load_key(load.number),
        "name": f"Chargement {load.number}",
        "number": load.number,
        "at": load.at,
        "author": load.author,
        "sources": compact_json(load.sources),
        "counts": compact_json(load.counts),
        "action": load.action,
        "before": pack_before(before),
    }


def _chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while part := list(islice(remaining, size)):
        yield part
