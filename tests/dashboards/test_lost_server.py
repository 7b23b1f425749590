"""A Neo4j server that goes away and comes back under the dashboard: pages stay, then follow."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from dashboards.snapshot import CHECK_EVERY_S, RETRY_EVERY_S, Snapshots
from graphmodel import StoreUnavailableError, open_store
from tests.dashboards.conftest import small_builder

_MOST_CONNECTIONS = 10_000


class Relay:
    """Passes bytes on to a server; can be cut, then mended, on the same port."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.port = 0
        self._listening: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        """Listen again."""
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def cut(self) -> None:
        """Stop listening and cut what is open."""
        for each in (self._listening, *self._open):
            if each is not None:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._open.clear()

    def _accept(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            for _ in range(_MOST_CONNECTIONS):
                client, _ = listening.accept()
                server = socket.create_connection(self.target)
                self._open += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    for each in (one, other):
        with contextlib.suppress(OSError):
            each.close()


@pytest.fixture
def relay(neo4j_url: str) -> Iterator[Relay]:
    """Return a relay before the test server, which holds the small contract."""
    with open_store(neo4j_url, create=True) as store:
        store.apply(store.plan([small_builder().build()]), author="essai")
    parts = urlsplit(neo4j_url)
    made = Relay(parts.hostname or "127.0.0.1", parts.port or 7687)
    yield made
    made.cut()


def settle(snapshots: Snapshots) -> None:
    """Wait until nobody asks the store any more: a lost server takes its time to fail."""
    with snapshots._lock:
        pass


def is_gone(snapshots: Snapshots) -> bool:
    """Tell whether the pages say that the store is gone."""
    return snapshots.unavailable_since is not None


def test_pages_stay_while_the_server_is_gone_and_follow_when_it_is_back(relay: Relay, neo4j_url: str) -> None:
    now = [0.0]
    snapshots = Snapshots(f"bolt://127.0.0.1:{relay.port}", clock=lambda: now[0])
    first = snapshots()
    relay.cut()
    now[0] += CHECK_EVERY_S
    assert snapshots() is first
    settle(snapshots)
    assert is_gone(snapshots)
    now[0] += CHECK_EVERY_S
    assert snapshots() is first
    with open_store(neo4j_url) as store:
        store.undo()
    relay.mend()
    now[0] += RETRY_EVERY_S
    snapshots()
    settle(snapshots)
    after = snapshots()
    assert not is_gone(snapshots)
    assert after.version != first.version


def test_a_server_that_never_answered_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(StoreUnavailableError):
        Snapshots(f"bolt://127.0.0.1:{port}")()
