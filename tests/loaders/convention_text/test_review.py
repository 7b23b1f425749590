"""A proposal is reviewed before it enters the graph: preview, workbook to correct, load."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from dashboards.cli.app import app
from graphmodel import InputFaultsError, open_store
from loaders.convention_text import (
    batch_of,
    is_convention_text,
    propose,
    read_draft,
    text_of,
    write_draft,
)
from loaders.convention_text.repair import folded
from loaders.registry import recognise
from tests.support.conventions import Layout, Written, write_convention


@pytest.fixture
def said() -> Written:
    """Return an invented convention."""
    return write_convention(21, Layout(), "roman_")


@pytest.fixture
def text(said: Written, tmp_path: Path) -> Path:
    """Return the file of the invented convention."""
    path = tmp_path / "convention.txt"
    path.write_text("\n".join(said.lines), encoding="utf-8")
    return path


@pytest.fixture
def draft(said: Written, tmp_path: Path) -> Path:
    """Return the workbook of its proposals."""
    path = tmp_path / "proposition.xlsx"
    write_draft(path, propose(text_of(said.lines, "convention.txt", "a" * 64)))
    return path


def run(store: Path, *words: str, code: int = 0) -> str:
    """Run `load` and return what it prints."""
    result = CliRunner().invoke(app, ["--store", str(store), "load", *words])
    assert result.exit_code == code, result.output
    return result.stdout


def counts(store: Path) -> dict[str, int]:
    """Return the nodes of a store by label."""
    with open_store(f"sqlite:///{store}", create=True) as opened:
        return opened.snapshot().count_nodes()


def test_a_text_is_recognised_and_proposed_but_not_written(text: Path, said: Written, tmp_path: Path) -> None:
    assert recognise(text) == "text"
    printed = run(tmp_path / "s.sqlite", str(text))
    assert f"{len(said.parties)} parties" in printed
    assert f"{len(said.actions)} actions" in printed
    assert all(code in printed for code in said.actions)
    assert "rien n’a été écrit" in printed.casefold()
    assert not counts(tmp_path / "s.sqlite")


def test_a_text_named_as_such_is_loaded(text: Path, said: Written, tmp_path: Path) -> None:
    run(tmp_path / "s.sqlite", str(text), "--as", "text")
    found = counts(tmp_path / "s.sqlite")
    assert (found["Organisation"], found["Action"]) == (len(said.parties), len(said.actions))
    assert found["Funding"] == len(said.amounts)


def test_json_gives_every_proposal_with_its_quote_and_lines(
    text: Path, said: Written, tmp_path: Path
) -> None:
    content: dict[str, Any] = json.loads(run(tmp_path / "s.sqlite", str(text), "--json"))
    (proposal,) = content["proposals"]
    assert content["written"] is False
    assert len(proposal["parties"]) == len(said.parties)
    assert all(row["quote"] and row["lines"] for row in proposal["parties"] + proposal["actions"])


def test_the_workbook_comes_back_as_it_was_written(said: Written, draft: Path) -> None:
    assert read_draft(draft) == propose(text_of(said.lines, "convention.txt", "a" * 64))


def test_a_corrected_workbook_loads_what_the_reviewer_kept(
    said: Written, draft: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(draft)
    parties, money = book["Parties"], book["Financements"]
    parties["A2"] = "non"
    parties["C3"] = "Nom corrigé"
    refused = parties["B2"].value
    for row in range(2, money.max_row + 1):
        money.cell(row, 1).value = "non" if money.cell(row, 2).value == refused else "oui"
        money.cell(row, 4).value = "1 234,56 €"
    book.save(draft)
    assert recognise(draft) == "text"
    run(tmp_path / "s.sqlite", str(draft))
    with open_store(f"sqlite:///{tmp_path / 's.sqlite'}") as store:
        graph = store.snapshot()
    assert len(graph.nodes("Organisation")) == len(said.parties) - 1
    assert "Nom corrigé" in set(graph.nodes("Organisation")["name"])
    assert set(graph.nodes("Funding")["amount"]) <= {123456}


def test_every_faulty_cell_is_said_at_once(draft: Path) -> None:
    book = openpyxl.load_workbook(draft)
    book["Actions"]["B2"] = None
    book["Actions"]["F3"] = "l’an prochain"
    book["Financements"]["D2"] = "beaucoup"
    book.save(draft)
    with pytest.raises(InputFaultsError) as caught:
        read_draft(draft)
    assert [(f.sheet, f.row, f.column) for f in caught.value.faults] == [
        ("Actions", 2, "Code"), ("Actions", 3, "Année du plan"), ("Financements", 2, "Montant (€)"),
    ]  # fmt: skip


def test_a_draft_is_written_once(text: Path, tmp_path: Path) -> None:
    target = tmp_path / "p.xlsx"
    run(tmp_path / "s.sqlite", str(text), "--draft", str(target))
    assert read_draft(target).parties
    result = CliRunner().invoke(
        app, ["--store", str(tmp_path / "s.sqlite"), "load", str(text), "--draft", str(target)]
    )
    assert result.exit_code != 0
    assert not counts(tmp_path / "s.sqlite")


def test_the_draft_and_its_text_are_one_source(text: Path, draft: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    run(store, str(text), "--as", "text")
    before = counts(store)
    content = json.loads(run(store, str(draft), "--json"))
    assert counts(store) == before
    assert content["changes"]["nodes"]["added"] == 0


def test_a_party_already_known_keeps_its_identifier(said: Written, text: Path) -> None:
    proposal = propose(text_of(said.lines))
    party = proposal.parties[0]
    batch = batch_of(proposal, text, "a" * 64, known={folded(party.written): "DEJA-CONNUE"})
    identifiers = [row.values["id"] for row in batch.rows["Organisation"]]
    assert identifiers[0] == "DEJA-CONNUE"
    assert party.id not in identifiers


@pytest.mark.parametrize(
    "content", ["territoire;commune\nX;69123\n", "Cher Monsieur,\nMerci de votre envoi.\n", "", "\0\1\2"]
)
def test_another_text_is_no_convention(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(content, encoding="utf-8")
    assert not is_convention_text(path)


def test_a_text_that_proposes_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text("Bonjour.\n", encoding="utf-8")
    result = CliRunner().invoke(
        app, ["--store", str(tmp_path / "s.sqlite"), "load", str(path), "--as", "text"]
    )
    assert result.exit_code in (1, 2)
    assert not counts(tmp_path / "s.sqlite")
