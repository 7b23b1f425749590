"""`template`, `reminders` and the reports of `load`, as a person uses them."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from dashboards.cli import run

FULL = Path("tests/data/full.json")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that holds the whole exchange form."""
    path = tmp_path_factory.mktemp("follow_up") / "full.sqlite"
    assert run(["--store", str(path), "--quiet", "load", str(FULL)]) == 0
    return path


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> list[str]:
    """Return the option that names a copy of that store."""
    return ["--store", str(shutil.copy(loaded, tmp_path / "own.sqlite"))]


def test_filled_template_loads_as_nothing_new(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "copie.xlsx"
    assert run([*store, "template", str(path), "--filled"]) == 0
    assert "lignes sur" in capsys.readouterr().out
    assert run([*store, "load", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["written"] is False
    for counts in answer["changes"].values():
        assert (counts["added"], counts["changed"], counts["removed"]) == (0, 0, 0)


def test_empty_template_takes_the_lists_of_the_store(store: list[str], tmp_path: Path) -> None:
    assert run([*store, "template", str(tmp_path / "vide.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "vide.xlsx")
    lists = {column[0].value: [cell.value for cell in column[1:]] for column in book["Listes"].iter_cols()}
    assert "I.1.1" in lists["action"]
    assert "FICTI-2014-2016" in [cell.value for cell in book["Lisez-moi"]["B"]]


def test_template_of_one_operator(store: list[str], tmp_path: Path) -> None:
    path = tmp_path / "bilan.xlsx"
    assert run([*store, "template", str(path), "--for", "FICTI-COOP", "--year", "2015"]) == 0
    book = openpyxl.load_workbook(path)
    assert "bilan-FICTI-COOP-2015" in [cell.value for cell in book["Lisez-moi"]["B"]]


def test_templates_of_all_operators_go_to_a_folder(store: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "tous"
    assert run([*store, "template", str(folder), "--year", "2015"]) == 0
    names = {path.name for path in folder.iterdir()}
    assert {"bilan-FICTI-COOP-2015.xlsx", "bilan-FICTI-AGGLO-2015.xlsx"} <= names
    assert run([*store, "template", str(folder), "--year", "2015"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["x.xlsx", "--filled", "--for", "FICTI-COOP"],
        ["x.xlsx", "--year", "2015"],
        ["dossier", "--filled"],
        ["dossier"],
        ["x.xlsx", "--for", "Personne"],
        ["x.xlsx", "--for", "FICTI-COOP", "--year", "2050"],
    ],
)
def test_contradictory_wishes_are_refused(store: list[str], tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / words[0]
    assert run([*store, "template", str(path), *words[1:]]) == 2
    assert not path.exists()


def test_reminders_as_json(store: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*store, "reminders", "--on", "01/05/2015", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "maillage/reminders/1"
    assert (answer["on"], answer["year"], answer["fictional"]) == ("2015-05-01", None, True)
    [bois] = [one for one in answer["operators"] if one["id"] == "FICTI-BOIS"]
    assert bois["missing"][0] == {
        "kind": "report", "action": "II_1.1", "year": 2014, "due_on": "2015-03-31", "received_on": None,
        "days_late": 31, "metric": None,
    }  # fmt: skip


def test_reminders_on_screen_and_as_letters(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "lettres"
    assert run([*store, "reminders", "--on", "01/05/2015", "--out", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "II.1.1, 2014 : bilan non reçu, attendu le 31/03/2015 (31\u00a0jours de retard)" in said
    assert "Données fictives." in said
    letters = {path.name for path in folder.iterdir()}
    assert {"relance-FICTI-BOIS.txt", "relance-FICTI-BOIS.docx"} <= letters
    # The organisation that follows the contract up does not write to itself.
    assert not any("FICTI-RESEAU" in name for name in letters)


def test_nothing_is_owed_before_the_first_due_date(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*store, "reminders", "--on", "01/01/2014", "--year", "2014"]) == 0
    assert "bilan non reçu" not in capsys.readouterr().out


def test_day_that_is_none_is_refused(store: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*store, "reminders", "--on", "31/02/2015"]) == 2
    assert "jj/mm/aaaa" in capsys.readouterr().err


@pytest.fixture
def faulty(store: list[str], tmp_path: Path) -> Path:
    """Return a workbook with one faulty cell."""
    path = tmp_path / "faux.xlsx"
    assert run([*store, "template", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    book["Participations"]["A2"] = "Personne"
    book.save(path)
    return path


def test_faults_go_to_a_table_and_to_a_marked_copy(
    store: list[str], faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, copy = tmp_path / "rapport.csv", tmp_path / "copie.xlsx"
    words = [*store, "load", str(faulty), "--report", str(report), "--annotated", str(copy)]
    assert run(words) == 1
    assert "Copie annotée" in capsys.readouterr().err
    assert "Personne" in report.read_text(encoding="utf-8-sig")
    assert openpyxl.load_workbook(copy)["Participations"]["A2"].comment is not None
    assert run(words) == 2
    assert "existe déjà" in capsys.readouterr().err


def test_copies_of_a_folder_go_to_a_folder(store: list[str], faulty: Path, tmp_path: Path) -> None:
    folder, copies = tmp_path / "envois", tmp_path / "annotés"
    folder.mkdir()
    shutil.move(faulty, folder / "a.xlsx")
    shutil.copy(folder / "a.xlsx", folder / "b.xlsx")
    assert run([*store, "load", str(folder), "--annotated", str(tmp_path / "une.xlsx")]) == 2
    assert run([*store, "load", str(folder), "--annotated", str(copies)]) == 1
    assert {path.name for path in copies.iterdir()} == {"a-annoté.xlsx", "b-annoté.xlsx"}


def test_file_that_is_no_table_has_no_copy(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copie.xlsx"
    assert run([*store, "load", str(FULL), "--annotated", str(copy)]) == 0
    assert "aucune copie à annoter" in capsys.readouterr().err
    assert not copy.exists()


def test_file_without_fault_has_no_copy(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vide.xlsx"
    assert run([*store, "template", str(path)]) == 0
    assert run([*store, "load", str(path), "--annotated", str(tmp_path / "copie.xlsx")]) == 0
    assert "aucune faute, aucune copie" in capsys.readouterr().err
    assert not (tmp_path / "copie.xlsx").exists()
