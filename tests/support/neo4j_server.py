"""The real Neo4j server that tests share: where it is, whose turn it is, and emptying it."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import filelock
import neo4j

from tests.support.rules import unavailable

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PATIENCE_S = 900
"""Seconds a worker waits for its turn: the longest module of the suite, with a wide margin."""


def server_url() -> str:
    """Return `NEO4J_URI`; leave the test out where it is not set, or names a server not ours to empty."""
    url = os.environ.get("NEO4J_URI", "")
    if not url:
        unavailable("NEO4J_URI is not set; `make neo4j` starts a server and prints what to export")
    # Tests empty the database: a server elsewhere may be somebody's, one on loopback was started for this.
    if urlsplit(url).hostname not in LOOPBACK and os.environ.get("MAILLAGE_TEST_WIPE") != "1":
        unavailable("NEO4J_URI is not on loopback and tests would empty it; MAILLAGE_TEST_WIPE=1 allows that")
    return url


def credentials() -> tuple[str, str]:
    """Return user and password from the environment."""
    return os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")


def wipe(url: str) -> None:
    """Delete every node labelled `:Maillage`, with its relationships, and no other."""
    with (
        neo4j.GraphDatabase.driver(url, auth=credentials()) as driver,
        driver.session(database=os.environ.get("NEO4J_DATABASE")) as session,
    ):
        # A large load would not fit one transaction of the small test server.
        session.run("MATCH (n:Maillage) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@contextmanager
def turn(url: str) -> Iterator[str]:
    """Hold the server alone, emptied, for the time of the block; the block may nest in one process.

    One database, several pytest workers (and several checkouts on one machine): the lock is a file of the
    system's temporary folder, named after the address.
    """
    name = f"maillage-neo4j-{hashlib.sha256(url.encode()).hexdigest()[:12]}.lock"
    lock = filelock.FileLock(Path(tempfile.gettempdir()) / name, timeout=PATIENCE_S, is_singleton=True)
    with lock:
        wipe(url)
        yield url
