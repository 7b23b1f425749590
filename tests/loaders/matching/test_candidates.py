"""Candidates of a store and of a plan; decisions read from a file."""

from pathlib import Path

import pytest

from graphmodel import InputFaultsError, open_store
from graphmodel.aliases import Kept
from graphmodel.decisions import decide_match
from graphmodel.stores import Store
from loaders.matching import proposed_by, read_decisions, to_decide
from loaders.matching.candidates import proposal_warnings
from tests.graphmodel.stores.material import Book


def load(store: Store, book: str, **names: str) -> None:
    builder = Book(book).builder()
    for identifier, name in names.items():
        builder.node("Organisation", identifier, name=name)
    store.apply(store.plan(builder.build()))


def test_a_plan_proposes_only_what_it_brings_and_a_decision_closes_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "x.sqlite", create=True) as store:
        load(store, "a", bois="Ficti-Bois", bois2="FICTI BOIS", lyon="Ville de Lyon")
        builder = Book("b").builder()
        builder.node("Organisation", "mairie", name="Mairie de Lyon")
        plan = store.plan(builder.build())
        found = proposed_by(store, plan)
        assert [(c.first.id, c.second.id) for c in found] == [("lyon", "mairie")]
        (warning,) = proposal_warnings(found, [Book("a").batch(["bois"]), builder.build()])
        assert warning.file == "b.xlsx"
        assert "maillage matches" in warning.sentence()
        assert [(c.first.id, c.second.id) for c in to_decide(store)] == [("bois", "bois2")]
        pair = Kept("CES/organisation/bois", "bois"), Kept("CES/organisation/bois2", "bois2")
        decide_match(store, *pair, "different", author="A", why="Deux villes")
        assert to_decide(store) == []
        load(store, "c", bois="Ficti-Bois")
        assert proposed_by(store, store.plan(Book("a").batch(["bois"]))) == []


def test_a_row_already_joined_is_no_new_organisation(tmp_path: Path) -> None:
    with open_store(tmp_path / "x.sqlite", create=True) as store:
        load(store, "a", bois="Ficti-Bois", bois2="FICTI BOIS")
        pair = Kept("CES/organisation/bois", "bois"), Kept("CES/organisation/bois2", "bois2")
        decide_match(store, *pair, "same", author="A", why="Même siège")
        builder = Book("b").builder()
        builder.node("Organisation", "bois2", name="ficti bois")
        assert proposed_by(store, store.plan(builder.build())) == []


HEAD = "contrat;organisation;nom;autre;autre nom;ressemblance;indice;décision;auteur;date;motif\n"


def test_a_file_of_decisions_is_read_and_rows_that_wait_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(
        HEAD + "CES;a;A;b;B;0,9;même sigle;même;Une analyste;01/03/2017;Même siège\n"
        "CES;a;A;c;C;0,9;même sigle;;;;\n;c;C;'=d;D;;;DIFFÉRENTE;Un autre;;Deux villes\n",
        encoding="utf-8-sig",
    )
    one, other = read_decisions(path, "CES")
    assert (one.first, one.second) == (Kept("CES/organisation/a", "a"), Kept("CES/organisation/b", "b"))
    assert (one.verdict, one.author, one.on, one.why) == ("same", "Une analyste", "2017-03-01", "Même siège")
    assert (other.verdict, other.second.id) == ("different", "=d")


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(HEAD + "CES;a;A;a;A;;;peut-être;;32/13/2017;\n;c;C;d;D;;;même;X;;Y\n", encoding="utf-8")
    with pytest.raises(InputFaultsError) as raised:
        read_decisions(path, None)
    told = {(fault.row, fault.column) for fault in raised.value.faults}
    assert told == {(2, "décision"), (2, "auteur"), (2, "motif"), (2, "autre"), (2, "date"), (3, "contrat")}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a;b\n1;2\n", b'"'])
def test_a_file_that_is_no_list_of_decisions_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(content)
    with pytest.raises(InputFaultsError):
        read_decisions(path, "CES")
