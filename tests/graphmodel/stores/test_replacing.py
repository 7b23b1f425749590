"""A replacing load takes away what its file no longer says, and nothing that others still use."""

import pytest

from graphmodel.errors import InputFaultsError
from graphmodel.stores import Store
from tests.graphmodel.stores.material import Book

A, B = Book("a"), Book("b")


def load(store: Store, *batches: object, replace: bool = False) -> dict[str, dict[str, int]]:
    """Plan and apply batches; return the counts."""
    plan = store.plan(list(batches), replace=replace)  # type: ignore[arg-type]
    store.apply(plan)
    return plan.counts()


def test_what_the_file_no_longer_says_goes(store: Store) -> None:
    load(store, A.batch(["o1", "o2"], signed=["o1", "o2"]))
    counts = load(store, A.batch(["o1"], signed=["o1"]), replace=True)
    assert counts["nodes"] == {"added": 0, "changed": 0, "removed": 1, "unchanged": 2}
    assert counts["relationships"] == {"added": 0, "changed": 0, "removed": 1, "unchanged": 1}
    assert store.snapshot().nodes("Organisation")["id"].tolist() == ["o1"]


def test_without_replace_it_stays(store: Store) -> None:
    load(store, A.batch(["o1", "o2"]))
    load(store, A.batch(["o1"]))
    assert store.snapshot().nodes("Organisation")["id"].tolist() == ["o1", "o2"]


def test_a_row_that_another_file_attests_stays_with_that_file_alone(store: Store) -> None:
    load(store, A.batch(["o1"], family="association"))
    load(store, B.batch(["o1"], family="coopérative"))
    load(store, A.batch(), replace=True)
    row = store.snapshot().nodes("Organisation").iloc[0]
    assert (row["family"], row["source_count"], row["conflicts"]) == ("coopérative", 1, None)


def test_a_replacing_load_is_taken_back_whole(store: Store) -> None:
    load(store, A.batch(["o1", "o2"], signed=["o1", "o2"]))
    before = store.digest()
    load(store, A.batch(["o3"], signed=["o3"]), replace=True)
    store.undo()
    assert store.digest() == before


def test_a_node_that_another_file_still_uses_is_not_taken_away(store: Store) -> None:
    load(store, A.batch(["o1"], signed=["o1"]))
    load(store, B.batch(signed=["o1"]))
    before = store.digest()
    with pytest.raises(InputFaultsError) as caught:
        store.plan(A.batch(), replace=True)
    assert [fault.code for fault in caught.value.faults] == ["still_used"]
    sentence = caught.value.faults[0].sentence()
    assert "CES/organisation/o1" in sentence
    assert "A SIGNÉ CES/organisation/o1>SIGNED>CES, d’après « b »" in sentence
    assert "« a »" not in sentence
    assert store.digest() == before


def test_a_node_goes_with_the_relationships_of_its_own_file(store: Store) -> None:
    load(store, A.batch(["o1"], signed=["o1"]), B.batch())
    load(store, A.batch(), replace=True)
    assert store.snapshot().count_nodes() == {"Contract": 1}


def test_a_new_relationship_to_a_node_taken_away_is_refused(store: Store) -> None:
    load(store, A.batch(["o1"]))
    with pytest.raises(InputFaultsError, match="introuvable"):
        store.plan([A.batch(), B.batch(signed=["o1"])], replace=True)


def test_two_batches_of_one_file_replace_together(store: Store) -> None:
    load(store, A.batch(["o1", "o2", "o3"]))
    load(store, A.batch(["o1"]), A.batch(["o2"]), replace=True)
    assert store.snapshot().nodes("Organisation")["id"].tolist() == ["o1", "o2"]


def test_a_file_that_takes_over_a_row_in_the_same_load_keeps_it(store: Store) -> None:
    load(store, A.batch(["o1"], family="association"))
    load(store, A.batch(), B.batch(["o1"], family="coopérative"), replace=True)
    row = store.snapshot().nodes("Organisation").iloc[0]
    assert (row["family"], row["source_count"], row["conflicts"]) == ("coopérative", 1, None)


def test_a_replacing_load_forgets_nothing_that_the_same_load_says(store: Store) -> None:
    load(store, A.batch(["o1"]), B.batch(["o1"]))
    load(store, A.batch(["o1"], family="association"), B.batch(), replace=True)
    row = store.snapshot().nodes("Organisation").iloc[0]
    assert (row["family"], row["source_count"]) == ("association", 1)
