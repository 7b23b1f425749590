"""Faults as a table, and marked in a copy of the file."""

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel import Fault, InputFaultsError, UsageError
from loaders.convention import load_convention
from loaders.import_report import COLUMNS, annotate, fault_rows, write_fault_table
from loaders.import_report.marks import MOST
from loaders.template import Content, Identity, write_template
from loaders.workbook import known_of_batches, read_workbook
from tests.loaders.workbook.formats import write_ods, write_xls

CONTRACT = "CES-ESS-RA-2014-2016"
FAULTS = (
    Fault("error", "wrong", "C’est faux.", "f.csv", None, 3, "Montant", "=1+1", "un montant", "Corriger."),
    Fault("warning", "doubt", "À voir.", "f.csv"),
)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Fault]]:
    """Return a faulty workbook and its faults."""
    path = tmp_path_factory.mktemp("report") / "bilan.xlsx"
    content = Content(Identity("essai", CONTRACT))
    content.add("Organisations", id="FICTI-A", name="@Ficti A", siren="123456789", seat="69123")
    content.add("Participations", organisation="FICTI-A", action="II.9.9", year=2014, role="partenaire")
    content.add("Participations", organisation="FICTI-A", action="II.1.1", year=2031, role=None)
    write_template(path, content)
    with pytest.raises(InputFaultsError) as caught:
        read_workbook(path, known_of_batches([load_convention()]))
    return path, list(caught.value.faults)


def texts(page: Worksheet) -> list[list[object]]:
    """Return the values of a sheet."""
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_table_as_csv(tmp_path: Path) -> None:
    path = write_fault_table(FAULTS, tmp_path / "rapport.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, first, second = csv.reader(stream, delimiter=";")
    assert tuple(head) == COLUMNS
    assert first[:7] == ["faute", "f.csv", "", "3", "Montant", "'=1+1", "C’est faux."]
    assert second[0] == "avertissement"
    assert second[3] == ""


def test_table_as_workbook_never_runs(tmp_path: Path) -> None:
    path = write_fault_table(FAULTS, tmp_path / "rapport.xlsx")
    page = openpyxl.load_workbook(path)["Fautes"]
    assert texts(page)[1] == list(fault_rows(FAULTS)[0])
    value = page["F2"]
    assert (value.data_type, value.quotePrefix) == ("s", True)


def test_no_fault_is_a_table_without_lines(tmp_path: Path) -> None:
    path = write_fault_table([], tmp_path / "rapport.csv")
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("name", ["rapport.txt", "rapport"])
def test_table_of_another_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"csv ou \.xlsx"):
        write_fault_table(FAULTS, tmp_path / name)


def test_faulty_cells_are_marked_and_commented(faulty: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    path, faults = faulty
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    done = annotate(path, faults, tmp_path / "copie.xlsx")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert done.rebuilt is None
    book = openpyxl.load_workbook(done.path)
    marked = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.comment is not None
    }
    assert marked == {
        ("Organisations", "D2"),
        ("Participations", "B2"),
        ("Participations", "C3"),
        ("Participations", "D3"),
    }
    assert done.marked == len(marked) == len(faults)
    cell = book["Participations"]["B2"]
    assert cell.fill.fgColor.rgb == "00F8B4AB"
    assert cell.comment is not None
    assert "Cette action n’est pas au plan d’actions." in cell.comment.text
    assert cell.comment.text.startswith("Faute")


def test_copy_keeps_the_look_and_lists_the_faults(faulty: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    path, faults = faulty
    book = openpyxl.load_workbook(annotate(path, faults, tmp_path / "copie.xlsx").path)
    assert book["Participations"].freeze_panes == "B2"
    assert book["Participations"].data_validations.dataValidation
    assert book["Listes"].sheet_state == "hidden"
    assert "Exemple" in str(book["Organisations"]["A1"].comment)
    listed = book["Fautes"]
    assert [row[:10] for row in texts(listed)[1:]] == [list(row) for row in fault_rows(faults)]
    assert [row[10].value for row in listed.iter_rows(min_row=2)] == ["D2", "B2", "D3", "C3"]
    link = listed["K2"].hyperlink
    assert link is not None
    assert link.location == "'Organisations'!D2"


def test_texts_of_the_copy_never_run(faulty: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    path, faults = faulty
    cell = openpyxl.load_workbook(annotate(path, faults, tmp_path / "copie.xlsx").path)["Organisations"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("@Ficti A", "s", True)


def test_copy_once_mended_is_read_as_the_file(tmp_path: Path) -> None:
    known = known_of_batches([load_convention()])
    path = tmp_path / "bilan.xlsx"
    content = Content(Identity("essai", CONTRACT))
    content.add("Organisations", id="FICTI-A", name="Ficti A", seat="00000")
    write_template(path, content)
    with pytest.raises(InputFaultsError) as caught:
        read_workbook(path, known)
    copy = annotate(path, caught.value.faults, tmp_path / "copie.xlsx").path
    book = openpyxl.load_workbook(copy)
    [seat] = [cell for cell in book["Organisations"][2] if cell.comment is not None]
    seat.value = "69123"
    book.save(copy)
    batch = read_workbook(copy, known)
    assert batch.source.id == "essai"
    assert [row.values["target"] for row in batch.rows["BASED_IN"]] == ["commune/69123@2025"]


def test_formulas_become_values(tmp_path: Path) -> None:
    path = tmp_path / "formules.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Code", "Montant"])
    page.append(["II.1.1", '=HYPERLINK("http://exemple.invalid")'])
    book.save(path)
    faults = [Fault("error", "wrong", "Faux.", path.name, page.title, 2, "Montant")]
    copy = openpyxl.load_workbook(annotate(path, faults, tmp_path / "copie.xlsx").path)
    assert [cell.data_type for row in copy[page.title].iter_rows() for cell in row].count("f") == 0


def test_text_table_is_rebuilt_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Code;Montant\nII.1.1;12,5\nII.1.2;=1+1\n", encoding="utf-8")
    done = annotate(path, FAULTS, tmp_path / "copie.xlsx")
    assert done.rebuilt is not None
    assert (done.marked, done.elsewhere) == (1, 1)
    assert "refaite à partir de ses valeurs" in done.sentence()
    book = openpyxl.load_workbook(done.path)
    page = book["Données"]
    assert texts(page) == [["Code", "Montant"], ["II.1.1", "12,5"], ["II.1.2", "=1+1"]]
    cell = page["B3"]
    assert (cell.data_type, cell.quotePrefix, cell.fill.fgColor.rgb) == ("s", True, "FFF8B4AB")
    assert cell.comment is not None
    assert "Attendu : un montant." in cell.comment.text
    assert book["Fautes"]["A1"].value == done.rebuilt


@pytest.mark.parametrize("write", [write_xls, write_ods])
def test_other_workbooks_are_rebuilt(tmp_path: Path, write: Callable[..., Path]) -> None:
    path = write(tmp_path / f"f.{write.__name__[-3:]}", [["Code", "Montant"], ["II.1.1", -4]])
    faults = [Fault("error", "negative", "Ce montant est négatif.", path.name, "Feuille", 2, "Montant", "-4")]
    done = annotate(path, faults, tmp_path / "copie.xlsx")
    assert done.rebuilt is not None
    cell = openpyxl.load_workbook(done.path)["Feuille"]["B2"]
    assert cell.value == -4
    assert cell.comment is not None


def test_workbook_too_large_to_keep_is_rebuilt(
    faulty: tuple[Path, list[Fault]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, faults = faulty
    monkeypatch.setattr("loaders.import_report.annotated.MOST_CELLS", 10)
    done = annotate(path, faults, tmp_path / "copie.xlsx")
    assert done.rebuilt is not None
    page = openpyxl.load_workbook(done.path)["Participations"]
    assert page["B2"].comment is not None
    assert page["B2"].value == "II.9.9"


def test_marks_are_bounded_and_the_list_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    count = MOST + 5
    path.write_text("A\n" + "x\n" * count, encoding="utf-8")
    faults = [Fault("error", "wrong", "Faux.", path.name, None, row, "A") for row in range(2, count + 2)]
    done = annotate(path, faults, tmp_path / "copie.xlsx")
    assert done.marked == MOST
    book = openpyxl.load_workbook(done.path, read_only=True)
    assert sum(1 for _ in book["Fautes"].iter_rows()) == count + 2


def test_copy_never_replaces_a_file(faulty: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    path, faults = faulty
    with pytest.raises(UsageError, match="existe déjà"):
        annotate(path, faults, path)
    with pytest.raises(UsageError, match="xlsx"):
        annotate(path, faults, tmp_path / "copie.ods")


def test_file_that_is_no_table_cannot_be_copied(tmp_path: Path) -> None:
    path = tmp_path / "rien.xlsx"
    path.write_bytes(b"PK\x03\x04 rien")
    with pytest.raises(InputFaultsError):
        annotate(path, FAULTS, tmp_path / "copie.xlsx")
    assert not (tmp_path / "copie.xlsx").exists()
