"""Load and read back 50,000 nodes and 200,000 relationships: each store against its raw driver.

Both sides write the same final rows into the same empty tables or constraints, in one transaction, turn and
turn about in one run; the figure is the ratio of the median times. The raw side is given its rows ready
made: what the store adds is the comparison with what is there, the attestations and the encoding.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.material import builder_of
from graphmodel.batch import Batch
from graphmodel.schema import SCHEMA
from graphmodel.stores import Store, open_store
from graphmodel.stores.loads import Writes

ENDS = frozenset({"source", "target", "source_label", "target_label"})


@dataclass
class Timing:
    """Seconds of each run, ours and raw."""

    name: str
    ours: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Raw over ours: 1 is as fast as the raw driver, 0.5 twice as slow."""
        return statistics.median(self.raw) / statistics.median(self.ours)

    def line(self) -> str:
        """Return a row of the table."""
        ours, raw = statistics.median(self.ours), statistics.median(self.raw)
        return f"{self.name:<28}{ours:>10.2f} s{raw:>10.2f} s{self.ratio:>10.2f}"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def writes_of(batch: Batch) -> Writes:
    """Return the final rows of a batch in an empty store."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "x.sqlite", create=True) as store:
        plan = store.plan(batch)
    return Writes({table: change.written for table, change in plan.tables.items()}, {}, {})


def load(store: Store, batch: Batch) -> None:
    """Load as every loader does."""
    store.apply(store.plan(batch))


# -- SQLite ------------------------------------------------------------------------------------------------


def bench_sqlite(batch: Batch, writes: Writes, repeats: int) -> Iterator[Timing]:
    """Yield the timings of the file store."""
    from graphmodel.stores import sqlite

    rows = {table: list(sqlite._rows(table, records)) for table, records in writes.records.items()}
    writing, reading = Timing("SQLite, chargement"), Timing("SQLite, relecture")
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with open_store(folder / "a.sqlite", create=True) as store:
                writing.ours.append(timed(lambda: load(store, batch)))
                reading.ours.append(timed(store.snapshot))
            writing.raw.append(timed(lambda: _raw_sqlite(folder / "b.sqlite", rows)))  # noqa: B023
            reading.raw.append(timed(lambda: _raw_sqlite_read(folder / "b.sqlite")))  # noqa: B023
    yield from (writing, reading)


def _raw_sqlite(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    import sqlite3

    from graphmodel.stores import sqlite

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    for statement in sqlite.ddl():
        connection.execute(statement)
    connection.execute("BEGIN")
    for table, cells in rows.items():
        connection.executemany(sqlite._insert(table), cells)
    connection.execute("COMMIT")
    connection.close()


def _raw_sqlite_read(path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    for table in SCHEMA.tables:
        names = ", ".join(f'"{name}"' for name in SCHEMA.columns(table))
        connection.execute(f'SELECT {names} FROM "{table}"').fetchall()
    connection.close()


# -- Neo4j -------------------------------------------------------------------------------------------------


def bench_neo4j(url: str, batch: Batch, writes: Writes, repeats: int) -> Iterator[Timing]:
    """Yield the timings of the server store; the database is emptied of our nodes before and after."""
    from graphmodel.stores.neo4j import Neo4jStore, _statements
    from tests.support.neo4j_server import turn, wipe

    statements = [(cypher, rows) for cypher, rows, _ in _statements(writes)]
    writing, reading = Timing("Neo4j, chargement"), Timing("Neo4j, relecture")
    with turn(url):
        for at in range(repeats + 1):
            wipe(url)
            with Neo4jStore(url) as store:
                ours = timed(lambda: load(store, batch))
                read = timed(store.snapshot)
            wipe(url)
            raw = timed(lambda: _raw_neo4j(url, statements))
            raw_read = timed(lambda: _raw_neo4j_read(url))
            if at:  # the first turn warms the server and makes the constraints that both sides need
                writing.ours.append(ours)
                writing.raw.append(raw)
                reading.ours.append(read)
                reading.raw.append(raw_read)
        wipe(url)
    yield from (writing, reading)


def _raw_neo4j(url: str, statements: list[tuple[str, list[Any]]]) -> None:
    import neo4j

    from tests.support.neo4j_server import credentials

    def work(tx: neo4j.ManagedTransaction) -> None:
        for cypher, rows in statements:
            tx.run(cypher, rows=rows).consume()  # type: ignore[arg-type]

    with neo4j.GraphDatabase.driver(url, auth=credentials()) as driver, driver.session() as session:
        session.execute_write(work)


def _raw_neo4j_read(url: str) -> None:
    """Read the same cells the plain way: one record a row."""
    import neo4j

    from graphmodel.stores.neo4j_rows import neo4j_name
    from tests.support.neo4j_server import credentials

    with neo4j.GraphDatabase.driver(url, auth=credentials()) as driver, driver.session() as session:
        for table in SCHEMA.tables:
            node = SCHEMA.is_node(table)
            names = [
                name
                for name in SCHEMA.columns(table)
                if node or not name.endswith(("source", "target", "_label"))
            ]
            cells = ", ".join(f"x.`{neo4j_name(table, name)}`" for name in names)
            match = f"MATCH (x:`{table}`)" if node else f"MATCH (s)-[x:`{table}`]->(t)"
            ends = "" if node else ", s.key, t.key"
            session.run(f"{match} RETURN {cells}{ends}").values()  # type: ignore[arg-type]


def run(nodes: int, relationships: int, repeats: int, url: str | None) -> list[Timing]:
    """Measure and print the table; without a server's URL, SQLite alone.

    Returns
    -------
    The timings, in the order printed.
    """
    builder = builder_of(nodes, relationships)
    start = time.perf_counter()
    batch = builder.build()
    checked = time.perf_counter() - start
    writes = writes_of(batch)
    count = sum(len(rows) for table, rows in batch.rows.items() if SCHEMA.is_node(table))
    print(
        f"{count} nœuds, {len(batch) - count} relations, {repeats} tours ; validation des lignes : "
        f"{checked:.2f} s"
    )
    print(f"{'':<28}{'maillage':>12}{'brut':>12}{'rapport':>10}")
    timings = [*bench_sqlite(batch, writes, repeats)]
    print("\n".join(timing.line() for timing in timings), flush=True)
    if url:
        server = [*bench_neo4j(url, batch, writes, repeats)]
        print("\n".join(timing.line() for timing in server))
        timings += server
    else:
        print("Neo4j : NEO4J_URI n’est pas défini (make neo4j), non mesuré.")
    return timings
