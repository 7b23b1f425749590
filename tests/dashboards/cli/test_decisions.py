"""`conflicts`, `correct`, `matches`, `history`, `undo` and `source` as a person uses them, on both stores."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import run
from graphmodel import open_store
from tests.graphmodel.stores.conftest import store_url
from tests.graphmodel.stores.material import Book

__all__ = ["store_url"]

SIGNED = ("--author", "Une analyste", "--why", "Statuts relus")


@pytest.fixture
def url(store_url: str) -> str:
    """Return a store in which two files disagree and one organisation is written in two ways."""
    with open_store(store_url) as store:
        for name, family in (("a", "mutuelle"), ("b", "association")):
            store.apply(store.plan(Book(name).batch(["o1"], ["o1"], family=family)), author="Une analyste")
        builder = Book("c").builder()
        builder.node("Organisation", "bois", {"siren": "900000001"}, name="Ficti-Bois")
        builder.node("Organisation", "bois-2", name="Association Ficti Bois")
        builder.node("Funding", "f1", {"amount": 100, "year": 2014})
        store.apply(store.plan(builder.build()), author="Un autre")
    return store_url


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """Run a command and return all it says."""
    assert run(list(words)) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_conflict_is_listed_decided_journaled_and_undone(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, "conflicts", "--store", url)
    for word in ("« mutuelle »", "« association »", "a.xlsx", "feuille « Organisations », ligne 2",
                 "maillage correct Organisation:o1 family"):  # fmt: skip
        assert word in text
    (conflict,) = answer(capsys, "conflicts", "--store", url)["conflicts"]
    assert [value["value"] for value in conflict["values"]] == ["mutuelle", "association"]
    text = said(capsys, "correct", "Organisation:o1", "Famille", "mutuelle", *SIGNED, "--store", url)
    assert "Organisation:o1 (Org o1), Famille : « mutuelle »" in text
    assert "Aucun désaccord" in said(capsys, "conflicts", "--store", url)
    (entry,) = answer(capsys, "history", "--corrections", "--store", url)["corrections"]
    assert (entry["kind"], entry["state"], entry["why"]) == ("conflict", "in_force", "Statuts relus")
    assert "désaccord tranché, en vigueur" in said(capsys, "history", "--corrections", "--store", url)
    assert "correction, Organisation:o1, Famille" in said(capsys, "undo", "--store", url)
    assert len(answer(capsys, "conflicts", "--store", url)["conflicts"]) == 1
    assert "(annulé)" in said(capsys, "history", "--store", url)


def test_a_correction_is_typed_by_the_schema_and_withdrawn(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "correct", "Funding:f1", "amount", "1 234,50 €", *SIGNED, "--store", url)
    with open_store(url) as store:
        assert store.read("Funding", ["CES/funding/f1"])["CES/funding/f1"].values["amount"] == 123_450
    assert "1\u202f234,50\u202f€" in said(capsys, "source", "Funding:f1", "--store", url)
    said(capsys, "correct", "Funding:f1", "amount", "--withdraw", *SIGNED, "--store", url)
    with open_store(url) as store:
        assert store.read("Funding", ["CES/funding/f1"])["CES/funding/f1"].values["amount"] == 100


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["Funding:f1", "amount", "beaucoup", *SIGNED], 1, "un montant en euros"),
        (["Organisation:o1", "world", "lunaire", *SIGNED], 1, "économie sociale et solidaire"),
        (["Organisation:o1", "siren", "900000002", *SIGNED], 1, "La clé de ce numéro SIREN est fausse"),
        (["Organisation:o1", "famile", "x", *SIGNED], 2, "Vouliez-vous dire family"),
        (["Organisation:zzz", "family", "x", *SIGNED], 2, "Rien ne s’appelle"),
        (["Organisation:o1", "family", "x"], 2, "--author et --why"),
        (["Organisation:o1", "family", *SIGNED], 2, "Donnez une valeur"),
        (["Organisation:o1", "family", "x", "--unknown", *SIGNED], 2, "Donnez une valeur"),
        (["Organisation:o1", "acronym", "--withdraw", *SIGNED], 2, "n’a pas de correction"),
    ],
)
def test_a_wrong_correction_is_a_sentence_and_writes_nothing(
    tmp_path: Path, words: list[str], code: int, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as store:
        builder = Book("c").builder()
        builder.node("Organisation", "o1")
        builder.node("Funding", "f1", {"amount": 100, "year": 2014})
        store.apply(store.plan(builder.build()))
    assert expected in said(capsys, "correct", *words, "--store", str(path), code=code)
    with open_store(path) as store:
        assert store.version().number == 1


def test_a_pair_is_proposed_decided_and_parted(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "matches", "--store", url)
    assert "même nom, écrit autrement" in text
    assert "--decide bois bois-2 same|different" in text
    (candidate,) = answer(capsys, "matches", "--store", url)["candidates"]
    assert [one["id"] for one in candidate["organisations"]] == ["bois", "bois-2"]
    said(capsys, "matches", "--decide", "bois", "Organisation:bois-2", "même", *SIGNED, "--store", url)
    content = answer(capsys, "matches", "--store", url)
    assert content["candidates"] == []
    assert [d["verdict"] for d in content["decisions"]] == ["same"]
    assert "sous le nom de CES/organisation/bois-2" in said(
        capsys, "source", "Organisation:bois", "--store", url
    )
    text = said(capsys, "source", "Organisation:bois-2", "--store", url, code=2)
    assert "a été réunie à Organisation:bois" in text
    said(capsys, "matches", "--decide", "bois", "bois-2", "different", *SIGNED, "--store", url)
    assert "Association Ficti Bois" in said(capsys, "source", "Organisation:bois-2", "--store", url)
    assert "n’est pas bois" in said(capsys, "history", "--store", url)


def test_decisions_are_written_filled_and_replayed_in_another_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, path = (str(tmp_path / name) for name in ("a.sqlite", "b.sqlite", "d.csv"))
    builder = Book("c").builder()
    builder.node("Contract", "CES", {"start_year": 2014})
    builder.node("Organisation", "bois", name="Ficti-Bois")
    builder.node("Organisation", "bois-2", name="=Ficti Bois")
    for name in (one, other):
        with open_store(name, create=True) as store:
            store.apply(store.plan(builder.build()))
    said(capsys, "matches", "--out", path, "--store", one)
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert rows[1][4] == "'=Ficti Bois"
    rows[1][7:] = ["même", "Une analyste", "01/03/2017", "Même siège"]
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    for name in (one, other):
        assert "1\u00a0décision écrite, 0\u00a0déjà connue" in said(capsys, "matches", path, "--store", name)
        assert "0\u00a0décision écrite, 1\u00a0déjà connue" in said(capsys, "matches", path, "--store", name)
        (decision,) = answer(capsys, "matches", "--store", name)["decisions"]
        assert (decision["on"], decision["author"]) == ("2017-03-01", "Une analyste")


@pytest.mark.parametrize(
    "words",
    [["--decide", "bois", "o9", "same", *SIGNED], ["--decide", "bois", "bois-2", "peut-être", *SIGNED],
     ["absent.csv"], ["--decide", "bois", "bois", "same", *SIGNED]],
)  # fmt: skip
def test_a_wrong_decision_is_exit_code_2(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "x.sqlite")
    with open_store(path, create=True) as store:
        store.apply(store.plan(Book("c").batch(["bois", "bois-2"])))
    said(capsys, "matches", *words, "--store", path, code=2)


def test_a_load_without_author_carries_the_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "x.sqlite")
    monkeypatch.setenv("LOGNAME", "mduval")
    said(capsys, "load", "convention", "--store", path, "--quiet")
    monkeypatch.setenv("MAILLAGE_AUTHOR", "Marie Duval")
    said(capsys, "undo", "--store", path)
    said(capsys, "load", "convention", "--store", path, "--quiet", "--author", "Une analyste")
    loads = answer(capsys, "history", "--store", path)["loads"]
    assert [one["author"] for one in loads] == [
        "mduval (compte de l’ordinateur)", "Marie Duval", "Une analyste"
    ]  # fmt: skip
