"""The snapshot that every page reads, kept until the store says that it has changed."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from graphmodel import ContractGraph, MaillageError, Selection, Store, StoreUnavailableError, open_store

CHECK_EVERY_S = 1.0
"""Seconds during which the store is not asked again whether it has changed."""
RETRY_EVERY_S = 8
"""Seconds between two attempts while the store is gone: each may wait for an answer that does not come."""
PATIENCE_S = 3
"""Seconds a page waits for a store that does not answer, before it shows what is known."""
_LOG = logging.getLogger(__name__)


class Snapshots:
    """Gives the contract graph of a store at its present version; reads it again only when it has changed.

    When the store goes away, the last snapshot stands and `unavailable_since` says since when; when it comes
    back, the next call reads it. Safe for several threads.

    Parameters
    ----------
    url
        URL of the store; see `open_store`.
    contract
        Identifier of the contract where the store holds several.
    opener
        How a store is opened; replaced in tests.
    clock
        Monotonic seconds; replaced in tests.
    """

    def __init__(
        self,
        url: str,
        contract: str | None = None,
        *,
        opener: Callable[[str], Store] = open_store,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url = url
        self.contract = contract
        self.unavailable_since: datetime | None = None
        self._opener = opener
        self._clock = clock
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._graph: ContractGraph | None = None
        self._checked = float("-inf")

    def __call__(self) -> ContractGraph:
        """Return the snapshot.

        Raises
        ------
        StoreUnavailableError
            When the store is out of reach and was never read.
        """
        if self._graph is None:
            with self._lock:
                if self._graph is None:
                    self._refresh(threading.Event())
                    self._checked = self._clock()
        elif self._clock() - self._checked >= self._pause and self._lock.acquire(blocking=False):
            # Else somebody is asking the store already: what is known is good enough meanwhile.
            self._follow()
        if self._graph is None:
            raise StoreUnavailableError("La base ne répond pas et n’a encore jamais été lue.")
        return self._graph

    @property
    def _pause(self) -> float:
        return RETRY_EVERY_S if self.unavailable_since else CHECK_EVERY_S

    def _follow(self) -> None:
        """Ask the store aside, and wait for it only while it answers: a lost server may take long to fail.

        The lock is held on entry; the other thread gives it back.
        """
        answered = threading.Event()

        def ask() -> None:
            try:
                self._refresh(answered)
            except MaillageError:
                _LOG.warning("the store answers but cannot be read; the last snapshot stands", exc_info=True)
            finally:
                self._checked = self._clock()
                answered.set()
                self._lock.release()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        if answered.wait(PATIENCE_S):
            asking.join()

    def _refresh(self, answered: threading.Event) -> None:
        """Read the snapshot when the version has changed; `answered` is set once the store has said it."""
        try:
            # The connection stays open: what tells a hand-made edit is only seen by a connection that lasts.
            store = self._store = self._store or self._opener(self.url)
            changed = self._graph is None or store.version() != self._graph.version
            answered.set()
            if changed:
                self._graph = store.snapshot(Selection(contract=self.contract))
            self.unavailable_since = None
        except StoreUnavailableError:
            self._forget_store()
            if self._graph is None:
                raise
            self.unavailable_since = self.unavailable_since or datetime.now()

    def _forget_store(self) -> None:
        if self._store is not None:
            with suppress(StoreUnavailableError):
                self._store.close()
        self._store = None
