"""Conflicts listed, corrections that hold and can be taken back, on both stores."""

import pytest

from graphmodel.batch import Batch, Place
from graphmodel.check import check_store
from graphmodel.decisions import conflicts, correct, journal, withdraw_correction
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.stores import Store, open_store
from tests.graphmodel.stores.material import Book

KEY = "CES/organisation/o1"
WHO = {"author": "Une analyste", "why": "Statuts relus"}


def load(store: Store, batch: Batch, *, replace: bool = False) -> list[str]:
    """Load a batch and return the codes of the warnings."""
    plan = store.plan(batch, replace=replace)
    store.apply(plan, author="Une analyste")
    return [warning.code for warning in plan.warnings]


def value(store: Store, name: str = "family") -> object:
    return store.read("Organisation", [KEY])[KEY].values.get(name)


def test_two_files_that_disagree_are_listed_with_what_each_says(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    load(store, Book("b").batch(["o1"], family="association"))
    (found,) = conflicts(store)
    assert (found.element.handle, found.property) == ("Organisation:o1", "family")
    said = [(s.document.name, s.place.sheet, s.place.row, s.values["family"]) for s in found.statements]
    assert said == [("a.xlsx", "Organisations", 2, "mutuelle"), ("b.xlsx", "Organisations", 2, "association")]
    assert value(store) is None


def test_a_correction_settles_a_conflict_and_its_withdrawal_opens_it_again(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    load(store, Book("b").batch(["o1"], family="association"))
    correct(store, "Organisation", KEY, "family", "association", **WHO)
    assert (value(store), conflicts(store)) == ("association", [])
    withdraw_correction(store, "Organisation", KEY, "family", **WHO)
    assert value(store) is None
    assert len(conflicts(store)) == 1
    (entry,) = journal(store)
    assert (entry.kind, entry.state, entry.ended_by) == ("conflict", "withdrawn", "Une analyste")
    assert dict(entry.over) == {"a": "mutuelle", "b": "association"}


def test_a_correction_survives_reloads_and_reopening(store: Store, store_url: str) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    correct(store, "Organisation", KEY, "family", "fondation", **WHO)
    assert load(store, Book("a").batch(["o1"], family="mutuelle"), replace=True) == []
    with open_store(store_url) as again:
        assert value(again) == "fondation"
        assert [e.state for e in journal(again)] == ["in_force"]
        assert check_store(again) == []


def test_a_file_that_changes_under_a_correction_is_told_and_to_review(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    correct(store, "Organisation", KEY, "family", "fondation", **WHO)
    assert load(store, Book("a").batch(["o1"], family="association")) == ["changed_under_correction"]
    assert value(store) == "fondation"
    assert [e.state for e in journal(store)] == ["to_review"]
    assert load(store, Book("a").batch(["o1"], family="association")) == []
    assert load(store, Book("a").batch(["o1"], family="fondation")) == ["changed_under_correction"]
    assert [e.state for e in journal(store)] == ["in_force"]


def test_undo_takes_the_last_correction_back_then_the_load(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    correct(store, "Organisation", KEY, "family", "fondation", **WHO)
    store.undo(author="Une analyste")
    assert value(store) == "mutuelle"
    assert journal(store) == []
    store.undo(author="Une analyste")
    assert store.read("Organisation", [KEY]) == {}


def test_a_second_correction_replaces_the_first(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    correct(store, "Organisation", KEY, "family", "fondation", **WHO)
    correct(store, "Organisation", KEY, "family", "association", **WHO)
    assert value(store) == "association"
    assert [e.state for e in journal(store)] == ["replaced", "in_force"]
    withdraw_correction(store, "Organisation", KEY, "family", **WHO)
    assert value(store) == "mutuelle"


def test_a_value_is_corrected_to_unknown(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    correct(store, "Organisation", KEY, "family", None, **WHO)
    assert value(store) is None
    assert conflicts(store) == []


def test_a_correction_of_a_row_that_goes_has_no_object(store: Store) -> None:
    load(store, Book("a").batch(["o1", "o2"], family="mutuelle"))
    correct(store, "Organisation", KEY, "family", "fondation", **WHO)
    load(store, Book("a").batch(["o2"], family="mutuelle"), replace=True)
    assert [e.state for e in journal(store)] == ["row_gone"]


def test_a_relationship_is_corrected_but_not_what_makes_its_key(store: Store) -> None:
    builder = Book("a").builder()
    contract = builder.node("Contract", "CES", {"start_year": 2014})
    org = builder.node("Organisation", "o1")
    funding = builder.node("Funding", "f1", {"amount": 100, "year": 2014})
    builder.relationship("FUNDS", org, funding, place=Place("Financements", 3))
    builder.relationship("SITS_IN", org, contract, {"role": "membre"}, place=Place("Instances", 3))
    load(store, builder.build())
    key = next(iter(r.key for r in store.read_all("SITS_IN")))
    with pytest.raises(UsageError, match="ne se corrige pas"):
        correct(store, "SITS_IN", key, "role", "président", **WHO)
    correct(store, "Funding", "CES/funding/f1", "amount", 123_450, **WHO)
    assert store.snapshot().nodes("Funding")["amount"].tolist() == [123_450]


@pytest.mark.parametrize(
    ("name", "said", "error"),
    [
        ("family", "mutuelle", UsageError),
        ("siren", 12, InputFaultsError),
        ("world", "lune", InputFaultsError),
        ("contract", "X", UsageError),
        ("rien", "X", UsageError),
        ("name", None, UsageError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    store: Store, name: str, said: object, error: type[Exception]
) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    with pytest.raises(error):
        correct(store, "Organisation", KEY, name, said, **WHO)
    assert store.version().number == 1


@pytest.mark.parametrize(("author", "why"), [("", "relu"), ("Une analyste", " ")])
def test_a_correction_is_signed_and_motivated(store: Store, author: str, why: str) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    with pytest.raises(UsageError, match="--author et --why"):
        correct(store, "Organisation", KEY, "family", "fondation", author=author, why=why)


def test_a_file_that_contradicts_another_is_told_once_with_its_place(store: Store) -> None:
    load(store, Book("a").batch(["o1"], family="mutuelle"))
    plan = store.plan(Book("b").batch(["o1"], family="association"))
    (warning,) = plan.warnings
    assert (warning.code, warning.file) == ("conflict", "b.xlsx")
    assert (warning.sheet, warning.row) == ("Organisations", 2)
    assert "un autre fichier dit « mutuelle »" in warning.sentence()
    store.apply(plan)
    assert load(store, Book("b").batch(["o1"], family="association")) == []
    assert load(store, Book("a").batch(["o1"], family="association")) == []
    assert conflicts(store) == []


def test_a_column_that_contradicts_another_file_throughout_is_counted(store: Store) -> None:
    names = [f"o{number}" for number in range(30)]
    load(store, Book("a").batch(names, family="mutuelle", acronym="A"))
    warnings = store.plan(Book("b").batch(names, family="association", acronym="B")).warnings
    assert len(warnings) == 42
    assert [w.sentence() for w in warnings if w.row is None] == [
        f"b.xlsx : 10 valeurs de plus de « {label} » dans le même cas. Toutes : maillage conflicts."
        for label in ("Sigle", "Famille")
    ]
