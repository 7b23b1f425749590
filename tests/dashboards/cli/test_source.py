"""`maillage source`: from a value to its file, sheet, row and column, or to its quote."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import run
from graphmodel import open_store
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The convention and the demonstration's reports."""
    from loaders import registry

    path = tmp_path_factory.mktemp("source") / "demo.sqlite"
    with open_store(path, create=True) as opened:
        for name in ("convention", "demonstration"):
            batches = registry.read(registry.FileRequest(Path(name), opened))
            opened.apply(opened.plan(batches), author="Une analyste")
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run([*words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maillage/source/1"
    return document


def test_a_value_leads_to_file_sheet_row_and_column(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = answer(capsys, "source", "Action:I_1.2", "--store", store)
    convention, reports = document["sources"]
    assert convention["quote"].startswith("I_1.2 Faire (re)découvrir")
    assert convention["lines"] == [1110, 1110]
    assert (reports["file"], reports["sheet"], reports["fictional"]) == (
        "bilans_fictifs.xlsx",
        "Actions",
        True,
    )
    assert len(reports["sha256"]) == 64
    wide = document["values"]["region_wide"]
    assert wide["value"] is False
    assert wide["said"] == [{"source": 1, "value": False, "column": "Régionale"}]


def test_the_row_named_is_the_row_of_the_workbook(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    reports = answer(capsys, "source", "Action:I_1.2", "--store", store)["sources"][1]
    path = Path(load_demonstration.__code__.co_filename).parent / "bilans_fictifs.xlsx"
    sheet = openpyxl.load_workbook(path, read_only=True)[reports["sheet"]]
    row = next(sheet.iter_rows(min_row=reports["row"], max_row=reports["row"], values_only=True))
    assert str(row[0]).replace(".", "_", 1) == "I_1.2"


def test_the_quote_named_is_in_the_convention(
    store: str, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ambiguity = answer(capsys, "source", "ambiguity:E01", "--store", store)["sources"][0]
    first, last = ambiguity["lines"]
    text = shared / "convention" / "000_9092218c93b45cea.txt"
    found = " ".join(text.read_text(encoding="utf-8").split("\n")[first - 1 : last])
    assert ambiguity["quote"] in found


def test_an_indicator_leads_to_its_card_and_to_the_files_it_rests_on(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = answer(capsys, "source", "indicator:T01", "--store", store)
    assert document["formula"]
    files = {one["file"] for one in document["rests_on"]["TAKES_PLACE_IN"]}
    assert files == {"bilans_fictifs.xlsx"}
    assert run(["source", "indicator:T01", "--store", store]) == 0
    assert "bilans_fictifs.xlsx (fictif)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("I_1.2", ["Objective:I_1.2", "Action:I_1.2@2014"]),
        ("E01", ["indicator:E01", "Ambiguity:E01"]),
        ("Action:I_1.22", ["Rien ne s’appelle", "I_1.2"]),
        ("indicator:Z99", ["inconnu"]),
        ("", ["Nommez un élément"]),
        ("SITS_IN:CRESS-RA", ["Plusieurs éléments", "CRESS-RA → "]),
    ],
)
def test_a_name_that_fits_several_or_none_is_exit_code_2(
    store: str, key: str, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["source", key, "--store", store]) == 2
    told = capsys.readouterr().err
    assert all(word in told for word in expected)


@pytest.mark.parametrize(
    "key", ["Action:I.1.2", "action:i_1.2@2014", "Organisation:Grand Lyon", "Ambiguïté:E01", "S01"]
)
def test_looser_writings_are_read(store: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["source", key, "--store", store]) == 0
    assert capsys.readouterr().out


def test_the_convention_alone_says_it_all_by_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.sqlite"
    with open_store(path, create=True) as opened:
        opened.apply(opened.plan(load_convention()))
    assert run(["source", "Organisation:CRESS-RA", "--store", str(path)]) == 0
    told = capsys.readouterr().out
    assert "lignes 52 à 55" in told
    assert "« La Chambre Régionale" in told
