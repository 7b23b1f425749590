"""The default store: one SQLite file, readable beside one writer, whole after a crash."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graphmodel.attestations import Record, encode_attestation
from graphmodel.codec import sqlite_decoders, sqlite_encoders, sqlite_type
from graphmodel.contract_graph import Version
from graphmodel.errors import StoreUnavailableError
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA
from graphmodel.seal import seal_in, seal_of
from graphmodel.stores.base import Store
from graphmodel.stores.frozen import Frozen
from graphmodel.stores.loads import Load, Past, Writes, check_expected
from graphmodel.stores.packing import compact_json, pack_before, readable_attestations, unpack_before

FORMAT = 1
"""Number of the file's layout, kept in SQLite's `user_version`."""

_EXTRA = ("fictional", "source_count", "conflicts", "attestations")
_CHUNK = 900


class SqliteStore(Store):
    """A store in one file.

    Parameters
    ----------
    path
        The file.
    create
        True makes it (and its folder) when absent.

    Raises
    ------
    StoreUnavailableError
        The file is absent, is not a maillage store, or is damaged.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self.url = f"sqlite:///{path.as_posix()}"
        if not path.exists() and not create:
            raise StoreUnavailableError(
                f"La base « {path} » n’existe pas. Chargez d’abord un fichier (maillage load …) "
                "ou lancez maillage demo."
            )
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=30, isolation_level=None, check_same_thread=False
            )
            self._prepare(create)

    def _prepare(self, create: bool) -> None:
        run = self._connection.execute
        found = run("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if found > FORMAT:
            raise StoreUnavailableError(
                f"La base « {self.path} » vient d’une version plus récente de maillage : "
                "mettez l’outil à jour."
            )
        if tables and found == 0:
            raise StoreUnavailableError(f"Le fichier « {self.path} » n’est pas une base de maillage.")
        if not tables and not create:
            raise StoreUnavailableError(
                f"La base « {self.path} » est vide ou n’est pas une base de maillage."
            )
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        missing = list(self._missing_columns(tables))
        if missing or found == 0:
            run("BEGIN IMMEDIATE")
            for statement in [*ddl(), *missing, f"PRAGMA user_version = {FORMAT}"]:
                run(statement)
            run("COMMIT")

    def _missing_columns(self, tables: set[str]) -> Iterator[str]:
        """Yield the statements that add the properties the schema has gained since the file was made."""
        for table in SCHEMA.tables:
            if table in tables:
                present = {row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")')}
                for name in SCHEMA.columns(table):
                    if name not in present:
                        yield f'ALTER TABLE "{table}" ADD COLUMN {_column(table, name)}'
            elif tables:
                yield from ddl([table])

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a fault of ours, not of the file
        except sqlite3.Error as error:
            raise StoreUnavailableError(_sentence(self.path, error)) from error
        except OSError as error:
            raise StoreUnavailableError(
                f"La base « {self.path} » ne peut pas être ouverte : accès refusé ou dossier absent."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def version(self) -> Version:
        """Return the number of the last load; the marker also counts writes of other programs."""
        with self._translated():
            number = self._number()
            marker = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return Version(number, f"{number}.{marker}")

    def _number(self) -> int:
        return int(self._connection.execute('SELECT coalesce(max(number), 0) FROM "load"').fetchone()[0])

    def history(self) -> list[Load]:
        """Return the loads, oldest first."""
        with self._translated():
            rows = self._connection.execute(
                'SELECT number, at, author, sources, counts, action FROM "load" ORDER BY number'
            )
            return [
                Load(n, at, who, json.loads(sources), json.loads(counts), action)
                for n, at, who, sources, counts, action in rows
            ]

    def _keeps_frozen(self) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'frozen'"
        return self._connection.execute(query).fetchone() is not None

    def frozen(self) -> list[Frozen]:
        """Return the versions kept under a name, oldest first."""
        with self._translated():
            if not self._keeps_frozen():
                return []
            rows = self._connection.execute(
                "SELECT name, at, author, version, digest, sha256, rows FROM frozen ORDER BY at, name"
            )
            return [Frozen(*row) for row in rows]

    def keep_frozen(self, frozen: Frozen, content: bytes) -> None:
        """Keep an export under its name; the table is made when the first one is."""
        row = (*asdict(frozen).values(), content)
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.execute(_FROZEN)
                self._connection.execute("INSERT INTO frozen VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def frozen_content(self, name: str) -> bytes:
        """Return the bytes of an export kept under a name."""
        with self._translated():
            row = self._connection.execute("SELECT content FROM frozen WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def read(self, table: str, keys: Sequence[str]) -> dict[str, Record]:
        """Return the records with the given keys."""
        found: dict[str, Record] = {}
        with self._translated():
            if self._connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is None:
                return found
            for start in range(0, len(keys), _CHUNK):
                part = keys[start : start + _CHUNK]
                marks = ",".join("?" * len(part))
                for record in self._records(table, f"WHERE key IN ({marks})", part):
                    found[record.key] = record
        return found

    def read_all(self, table: str) -> Iterator[Record]:
        """Yield every record of a table, in the order of the keys."""
        with self._translated():
            yield from self._records(table, "ORDER BY key", ())

    def _records(self, table: str, clause: str, parameters: Sequence[str]) -> Iterator[Record]:
        names = SCHEMA.columns(table)
        decoders = sqlite_decoders(table)
        query = f'SELECT {_list(names)}, conflicts, attestations FROM "{table}" {clause}'
        for row in self._connection.execute(query, parameters):
            *cells, conflicts, attestations = row
            values = {
                name: decoders[name](cell) if name in decoders else cell
                for name, cell in zip(names, cells, strict=True)
                if cell is not None
            }
            listed = _listed(attestations)
            yield Record(
                str(values["key"]),
                values,
                readable_attestations(map(compact_json, filter(_is_list, listed)), table),
                tuple(conflicts.split(",")) if conflicts else (),
                seal_in(listed),
            )

    def columns(self, table: str, contract: str | None) -> Mapping[str, Sequence[object]]:
        """Return the columns of a table, decoded."""
        names = (*SCHEMA.columns(table), *_EXTRA[:3])
        where, parameters = (
            ("", ()) if contract is None else (" WHERE contract IS NULL OR contract = ?", (contract,))
        )
        with self._translated():
            rows = self._connection.execute(
                f'SELECT {_list(names)} FROM "{table}"{where} ORDER BY key', parameters
            ).fetchall()
        if not rows:
            return {"key": ()}
        columns: dict[str, Sequence[object]] = dict(zip(names, zip(*rows, strict=True), strict=True))
        for name, decode in sqlite_decoders(table).items():
            columns[name] = [decode(cell) for cell in columns[name]]
        columns["fictional"] = [bool(cell) for cell in columns["fictional"]]
        return columns

    def strays(self) -> Iterator[Fault]:
        """Yield the tables and columns of the file that the schema does not name."""
        with self._translated():
            names = [
                str(row[0])
                for row in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            for name in sorted(set(names) - {*SCHEMA.tables, "load", "frozen"}):
                yield Fault("warning", "unknown_label", f"Table hors du schéma dans le fichier : {name}.")
            for table in SCHEMA.tables:
                present = {row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")')}
                unknown = sorted(present - {*SCHEMA.columns(table), *_EXTRA})
                if unknown:
                    text = f"Propriété hors du schéma sur {table} : {', '.join(unknown)}."
                    yield Fault("error", "unknown_property", text)

    def commit(self, writes: Writes, load: Load, expected: int, past: Sequence[Past] = ()) -> None:
        """Write everything in one transaction."""
        many = self._connection.executemany
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                check_expected(self._number(), expected)
                for table, keys in writes.removed.items():
                    many(f'DELETE FROM "{table}" WHERE key = ?', [(key,) for key in keys])
                for table, records in writes.records.items():
                    # In the order of the keys, each row goes to the page the last one went to.
                    many(_insert(table), _rows(table, sorted(records, key=_key)))
                loads = [*past, (load, writes.before)]
                many(
                    'INSERT INTO "load" VALUES (?, ?, ?, ?, ?, ?, ?)', [_load_row(*entry) for entry in loads]
                )
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def taken_back(self, number: int) -> dict[str, dict[str, Record]]:
        """Return the records as they stood before a load."""
        with self._translated():
            row = self._connection.execute('SELECT before FROM "load" WHERE number = ?', (number,)).fetchone()
        return unpack_before(row[0]) if row else {}


_FROZEN = (
    "CREATE TABLE IF NOT EXISTS frozen (name TEXT PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, "
    "version INTEGER NOT NULL, digest TEXT NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL, "
    "content BLOB NOT NULL)"
)


def ddl(tables: Iterable[str] | None = None) -> list[str]:
    """Return the statements that create the tables of the schema, and the table of loads."""
    statements = [
        f'CREATE TABLE IF NOT EXISTS "{table}" ('
        f"{', '.join(_column(table, n) for n in SCHEMA.columns(table))}, fictional INTEGER NOT NULL, "
        "source_count INTEGER NOT NULL, conflicts TEXT, attestations TEXT NOT NULL) WITHOUT ROWID"
        for table in (tables or SCHEMA.tables)
    ]
    if tables is None:
        statements.append(
            'CREATE TABLE IF NOT EXISTS "load" (number INTEGER PRIMARY KEY, at TEXT NOT NULL, '
            "author TEXT NOT NULL, sources TEXT NOT NULL, counts TEXT NOT NULL, action TEXT NOT NULL, "
            "before BLOB)"
        )
    return statements


def _column(table: str, name: str) -> str:
    if name == "key":
        return "key TEXT PRIMARY KEY NOT NULL"
    prop = SCHEMA.tables[table].properties.get(name)
    return f'"{name}" {sqlite_type(prop.type) if prop else "TEXT"}'


def _insert(table: str) -> str:
    names = (*SCHEMA.columns(table), *_EXTRA)
    return f'INSERT OR REPLACE INTO "{table}" ({_list(names)}) VALUES ({",".join("?" * len(names))})'


def _key(record: Record) -> str:
    return record.key


def _rows(table: str, records: Iterable[Record]) -> Iterator[tuple[Any, ...]]:
    names = SCHEMA.columns(table)
    encoders = [(names.index(name), encode) for name, encode in sqlite_encoders(table).items()]
    for record in records:
        cells = list(map(record.values.get, names))
        for at, encode in encoders:
            cells[at] = encode(cells[at])
        texts = [*map(encode_attestation, record.attestations), f'"{seal_of(record.values)}"']
        conflicts = ",".join(record.conflicts) or None
        yield (*cells, record.fictional, record.source_count, conflicts, f"[{','.join(texts)}]")


def _load_row(load: Load, before: Mapping[str, Mapping[str, Record]]) -> tuple[Any, ...]:
    sources, counts = compact_json(load.sources), compact_json(load.counts)
    return load.number, load.at, load.author, sources, counts, load.action, pack_before(before)


def _is_list(one: object) -> bool:
    """Tell an attestation from the seal beside it."""
    return isinstance(one, list)


def _listed(text: str) -> list[object]:
    """Return the attestations of a row as they are written; none when an edit damaged them."""
    try:
        found = json.loads(text)
    except (ValueError, TypeError):
        return []
    return found if isinstance(found, list) else []


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _sentence(path: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text:
        return (
            f"La base « {path} » est occupée par un autre programme : fermez-le ou réessayez dans un instant."
        )
    if "readonly" in text:
        return (
            f"La base « {path} » est en lecture seule : changez les droits du fichier ou choisissez --store."
        )
    if "unable to open" in text:
        return f"La base « {path} » ne peut pas être ouverte : accès refusé ou dossier absent."
    if "full" in text:
        return f"Le disque est plein : rien n’a été écrit dans « {path} »."
    return (
        f"Le fichier « {path} » est endommagé ou n’est pas une base de maillage. "
        "Restaurez une copie, ou rechargez les fichiers."
    )
