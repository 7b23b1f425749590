"""Two organisations decided to be one: joined, replayed at later loads, parted again, on both stores."""

import pytest

from graphmodel.aliases import Kept
from graphmodel.batch import Batch, Place
from graphmodel.check import check_store
from graphmodel.decisions import correct, decide_match, journal, match_decisions
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.provenance import provenance
from graphmodel.stores import Store, open_store
from tests.graphmodel.stores.material import Book

WHO = {"author": "Une analyste", "why": "Même SIREN"}


def kept(name: str) -> Kept:
    return Kept(f"CES/organisation/{name}", name)


def taking_part(book: Book, *organisations: str) -> Batch:
    """Return a file in which each organisation takes part in one action, and the contract."""
    builder = book.builder()
    builder.node("Contract", "CES", {"start_year": 2014})
    action = builder.node("Action", "I_1", at=2014, name="Une action")
    for row, name in enumerate(organisations, 2):
        org = builder.node("Organisation", name, name=f"Nom {name}", place=Place("Organisations", row))
        said = {"role": "pilot", "year": 2014, "basis": "report"}
        builder.relationship("TAKES_PART_IN", org, action, said, place=Place("Participations", row))
    return builder.build()


def load(store: Store, *batches: Batch, replace: bool = False) -> None:
    for batch in batches:
        store.apply(store.plan(batch, replace=replace), author="Une analyste")


def organisations(store: Store) -> dict[str, str]:
    frame = store.snapshot().nodes("Organisation")
    return dict(zip(frame["id"], frame["name"], strict=True))


def takers(store: Store) -> list[tuple[str, int]]:
    frame = store.snapshot().relationships("TAKES_PART_IN")
    return list(zip(frame["source"], frame["source_count"], strict=True))


def test_a_merge_keeps_one_row_and_every_statement(store: Store) -> None:
    load(store, taking_part(Book("a"), "o1"), taking_part(Book("b"), "o2"))
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    assert organisations(store) == {"o1": "Nom o1"}
    assert takers(store) == [("CES/organisation/o1", 2)]
    found = provenance(store, "Organisation", "CES/organisation/o1")
    said = [(s.document.name, s.place.row, s.values["name"], s.named) for s in found.statements]
    assert said == [("a.xlsx", 2, "Nom o1", None), ("b.xlsx", 2, "Nom o2", "CES/organisation/o2")]
    assert found.conflicts == ()
    assert check_store(store) == []


def test_undo_and_a_contrary_decision_both_part_what_was_joined(store: Store) -> None:
    load(store, taking_part(Book("a"), "o1"), taking_part(Book("b"), "o2"))
    digest = store.digest()
    records = sorted(store.read_all("TAKES_PART_IN"), key=lambda r: r.key)
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    assert store.digest() != digest
    store.undo()
    assert store.digest() == digest
    assert sorted(store.read_all("TAKES_PART_IN"), key=lambda r: r.key) == records
    assert match_decisions(store) == []
    decide_match(store, kept("o2"), kept("o1"), "same", **WHO)
    decide_match(store, kept("o1"), kept("o2"), "different", **WHO)
    assert store.digest() == digest
    assert sorted(store.read_all("TAKES_PART_IN"), key=lambda r: r.key) == records
    assert [e.state for e in journal(store)] == ["replaced", "in_force"]


def test_later_loads_replay_the_decision(store: Store, store_url: str) -> None:
    load(store, taking_part(Book("a"), "o1"), taking_part(Book("b"), "o2"))
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    digest = store.digest()
    with open_store(store_url) as again:
        assert again.plan(taking_part(Book("b"), "o2")).empty
        load(again, taking_part(Book("c"), "o2"))
        assert organisations(again) == {"o1": "Nom o1"}
        assert takers(again) == [("CES/organisation/o1", 3)]
        again.undo()
        assert again.digest() == digest
        assert check_store(again) == []


def test_a_decision_made_before_the_files_come_is_replayed(store: Store) -> None:
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    load(store, taking_part(Book("b"), "o2"))
    assert organisations(store) == {"o1": "Nom o2"}
    load(store, taking_part(Book("a"), "o1"))
    assert organisations(store) == {"o1": "Nom o1"}
    assert check_store(store) == []


def test_a_file_that_writes_both_is_taken_back_row_by_row(store: Store) -> None:
    load(store, taking_part(Book("a"), "o1", "o2"))
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    assert store.plan(taking_part(Book("a"), "o1", "o2"), replace=True).empty
    load(store, taking_part(Book("a"), "o1"), replace=True)
    found = provenance(store, "Organisation", "CES/organisation/o1")
    assert [(s.values["name"], s.named) for s in found.statements] == [("Nom o1", None)]
    load(store, taking_part(Book("a"), "o2"), replace=True)
    assert organisations(store) == {"o1": "Nom o2"}
    assert check_store(store) == []


def test_three_names_are_joined_and_one_lets_go(store: Store) -> None:
    load(store, taking_part(Book("a"), "o1", "o2", "o3"))
    decide_match(store, kept("o2"), kept("o3"), "same", **WHO)
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    assert organisations(store) == {"o1": "Nom o1"}
    decide_match(store, kept("o1"), kept("o3"), "different", **WHO)
    assert organisations(store) == {"o1": "Nom o1", "o3": "Nom o3"}
    assert {key for key, _ in takers(store)} == {"CES/organisation/o1", "CES/organisation/o3"}
    assert check_store(store) == []


def test_a_correction_follows_the_organisation(store: Store) -> None:
    load(store, taking_part(Book("a"), "o1"), taking_part(Book("b"), "o2"))
    correct(store, "Organisation", "CES/organisation/o2", "family", "mutuelle", **WHO)
    decide_match(store, kept("o1"), kept("o2"), "same", **WHO)
    assert store.snapshot().nodes("Organisation")["family"].tolist() == ["mutuelle"]
    assert [e.state for e in journal(store)] == ["in_force", "in_force"]
    decide_match(store, kept("o1"), kept("o2"), "different", **WHO)
    assert store.snapshot().nodes("Organisation")["family"].tolist() == [None, "mutuelle"]
    assert check_store(store) == []


def test_two_that_are_linked_are_not_one(store: Store) -> None:
    builder = Book("a").builder()
    builder.node("Contract", "CES", {"start_year": 2014})
    one, other = (builder.node("Organisation", name) for name in ("o1", "o2"))
    builder.relationship("MEMBER_OF", one, other, {"year": 2014})
    load(store, builder.build())
    with pytest.raises(InputFaultsError, match="Une relation lie"):
        decide_match(store, kept("o1"), kept("o2"), "same", **WHO)


def test_two_corrections_that_differ_are_refused(store: Store) -> None:
    load(store, taking_part(Book("a"), "o1", "o2"))
    correct(store, "Organisation", "CES/organisation/o1", "family", "mutuelle", **WHO)
    correct(store, "Organisation", "CES/organisation/o2", "family", "fondation", **WHO)
    with pytest.raises(InputFaultsError, match="corrigé des deux côtés"):
        decide_match(store, kept("o1"), kept("o2"), "same", **WHO)


def test_a_decision_is_signed_and_about_two(store: Store) -> None:
    with pytest.raises(UsageError, match="--author"):
        decide_match(store, kept("o1"), kept("o2"), "same", author="", why="x")
    with pytest.raises(UsageError, match="deux fois"):
        decide_match(store, kept("o1"), kept("o1"), "same", **WHO)
