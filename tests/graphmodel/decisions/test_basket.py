"""What is added to the report: order, signature, and that history, undo and copies hold it."""

from pathlib import Path

import pytest

from graphmodel import Store, UsageError, open_store
from graphmodel.batch import BatchBuilder, Source
from graphmodel.decisions import add_item, move_item, remove_item, report_items
from graphmodel.provenance import provenance

CONTRACT = "C"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = open_store(tmp_path / "store.sqlite", create=True)
    rows = BatchBuilder(Source("c", "c.xlsx", "0" * 64, "workbook"), CONTRACT)
    rows.node("Contract", CONTRACT, {"title": "Contrat"})
    found.apply(found.plan(rows.build()))
    return found


def titles(store: Store) -> list[str]:
    return [item.title for item in report_items(store.snapshot())]


def filled(store: Store) -> list[str]:
    return [add_item(store, CONTRACT, f"/territoires?sel={n}", f"Vue {n}", author="A").id for n in range(3)]


def test_items_stand_in_the_order_they_were_added(store: Store) -> None:
    filled(store)
    assert titles(store) == ["Vue 0", "Vue 1", "Vue 2"]


@pytest.mark.parametrize(
    ("rank", "by", "expected"),
    [(2, -1, [0, 2, 1]), (0, 1, [1, 0, 2]), (0, -1, [0, 1, 2]), (2, 1, [0, 1, 2]), (2, -2, [2, 0, 1])],
)
def test_an_item_moves_within_the_list(store: Store, rank: int, by: int, expected: list[int]) -> None:
    move_item(store, CONTRACT, filled(store)[rank], by, author="A")
    assert titles(store) == [f"Vue {n}" for n in expected]


def test_what_is_taken_out_is_gone_and_undo_brings_it_back(store: Store) -> None:
    remove_item(store, CONTRACT, filled(store)[1], author="A")
    assert titles(store) == ["Vue 0", "Vue 2"]
    store.undo()
    assert titles(store) == ["Vue 0", "Vue 1", "Vue 2"]


def test_the_last_item_can_be_taken_out(store: Store) -> None:
    made = add_item(store, CONTRACT, "/", "Accueil", author="A")
    remove_item(store, CONTRACT, made.id, author="A")
    assert titles(store) == []


def test_who_added_and_why_stay_with_the_item(store: Store) -> None:
    add_item(store, CONTRACT, "/evaluation?sel=T05", "Équité", author="A. Martin", comment="À montrer")
    (item,) = report_items(store.snapshot())
    assert (item.address, item.comment, item.added_by) == ("/evaluation?sel=T05", "À montrer", "A. Martin")
    key = str(store.snapshot().nodes("ReportItem").index[0])
    (said,) = provenance(store, "ReportItem", key).statements
    assert said.document.name == "Ajouts au rapport"


@pytest.mark.parametrize(
    ("address", "title", "author"),
    [
        ("https://exemple.fr/", "Titre", "A"),
        ("//exemple.fr/", "Titre", "A"),
        ("territoires", "Titre", "A"),
        ("/", "  ", "A"),
        ("/", "Titre", " "),
        ("/", "T" * 161, "A"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    store: Store, address: str, title: str, author: str
) -> None:
    before = store.version().number
    with pytest.raises(UsageError):
        add_item(store, CONTRACT, address, title, author=author)
    assert store.version().number == before


def test_a_view_is_added_once(store: Store) -> None:
    add_item(store, CONTRACT, "/", "Accueil", author="A")
    with pytest.raises(UsageError, match="déjà"):
        add_item(store, CONTRACT, "/", "Autre titre", author="A")


def test_an_item_that_is_gone_cannot_be_moved(store: Store) -> None:
    with pytest.raises(UsageError, match="plus dans le rapport"):
        move_item(store, CONTRACT, "7", 1, author="A")
