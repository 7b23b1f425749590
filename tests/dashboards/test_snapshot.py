"""The snapshot is read again when the store changes, and kept when it goes away."""

from pathlib import Path

import pytest

from dashboards.snapshot import CHECK_EVERY_S, RETRY_EVERY_S, Snapshots
from graphmodel import Store, StoreUnavailableError, open_store
from tests.dashboards.conftest import small_builder


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'x.sqlite'}"
    with open_store(address, create=True) as store:
        store.apply(store.plan([small_builder().build()]), author="essai")
    return address


def test_a_write_is_seen_after_the_check_and_not_before(url: str) -> None:
    clock = Clock()
    snapshots = Snapshots(url, clock=clock)
    first = snapshots()
    assert snapshots() is first
    with open_store(url) as store:
        store.undo()
    assert snapshots() is first
    clock.now += CHECK_EVERY_S
    second = snapshots()
    assert second is not first
    assert len(first.nodes("Action")) == 8
    assert len(second.nodes("Action")) == 0
    clock.now += CHECK_EVERY_S
    assert snapshots() is second


def test_the_last_snapshot_stands_while_the_store_is_gone(url: str) -> None:
    clock, gone = Clock(), [False]

    def opener(address: str) -> Store:
        if gone[0]:
            raise StoreUnavailableError("absente")
        return open_store(address)

    snapshots = Snapshots(url, opener=opener, clock=clock)
    first = snapshots()
    gone[0] = True
    snapshots._forget_store()
    clock.now += CHECK_EVERY_S
    assert snapshots() is first
    since = snapshots.unavailable_since
    assert since is not None
    clock.now += CHECK_EVERY_S
    snapshots()
    assert snapshots.unavailable_since == since
    gone[0] = False
    clock.now += RETRY_EVERY_S
    snapshots()
    assert snapshots.unavailable_since is None


def test_a_store_that_was_never_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        Snapshots(f"sqlite:///{tmp_path / 'absent.sqlite'}")()
