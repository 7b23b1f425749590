"""A store copied into another, of either kind, with its attestations and its loads."""

from pathlib import Path

import pytest

from graphmodel.errors import CopyDiffersError, UsageError
from graphmodel.stores import Store, open_store
from graphmodel.stores.push import push
from tests.graphmodel.stores.material import Book, correction

A, B = Book("a"), Book("b", fictional=True)


def fill(store: Store) -> None:
    """Load two files that disagree, correct one value, take one load back."""
    store.apply(store.plan(A.batch(["o1", "o2"], signed=["o1"], family="association")), author="Anne")
    store.apply(store.plan(B.batch(["o1"], family="coopérative")))
    plan = correction(store, "Organisation", "CES/organisation/o1", {"siren": "123456782"})
    store.apply(plan, author="Anne", action="correction")
    store.apply(store.plan(A.batch(["o3"])))
    store.undo()


def test_a_copy_is_equal_in_every_respect(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "source.sqlite", create=True) as source:
        fill(source)
        load = push(source, store, author="Anne")
        assert store.digest() == source.digest()
        assert store.snapshot().equals(source.snapshot())
        assert store.history()[:-1] == source.history()
        for table in ("Organisation", "SIGNED"):
            assert list(store.read_all(table)) == list(source.read_all(table))
        assert (load.action, load.number, load.author) == ("push", 6, "Anne")
        assert load.counts["nodes"]["added"] == 3
        assert load.sources[0]["fictional"] is True


def test_a_copy_goes_back_in_time_as_its_source_would(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "source.sqlite", create=True) as source:
        fill(source)
        push(source, store)
        source.undo()
        store.undo()
        assert store.digest() == source.digest()
        assert store.plan(A.batch(["o1", "o2"], signed=["o1"], family="association")).empty


def test_a_copy_comes_back_from_a_server(store: Store, tmp_path: Path) -> None:
    fill(store)
    with open_store(tmp_path / "copie.sqlite", create=True) as copy:
        push(store, copy)
        assert copy.digest() == store.digest()


def test_a_store_that_holds_something_is_not_copied_over(store: Store, tmp_path: Path) -> None:
    store.apply(store.plan(A.batch(["o1"])))
    before = store.digest()
    with open_store(tmp_path / "source.sqlite", create=True) as source:
        fill(source)
        with pytest.raises(UsageError, match="contient déjà"):
            push(source, store)
    assert store.digest() == before


def test_a_copy_that_differs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        open_store(tmp_path / "a.sqlite", create=True) as source,
        open_store(tmp_path / "b.sqlite", create=True) as copy,
    ):
        fill(source)
        monkeypatch.setattr(copy, "digest", lambda: "autre")
        with pytest.raises(CopyDiffersError, match="diffère"):
            push(source, copy)
