"""The same rows from every format of file, and files that are no data refused in one sentence."""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from dashboards.cli.loading import Request, load_files
from dashboards.cli.session import SESSION
from graphmodel import Fault, InputFaultsError, open_store
from loaders import text_tables
from loaders.convention import load_convention
from loaders.text_tables import encoding_of, read_text_rows
from loaders.workbook import Known, read_workbook
from loaders.workbook.book import open_book
from tests.support.damage import damaged

from .formats import Line, with_part, write_csv, write_ods, write_ole, write_xls

LINES: list[Line] = [
    ["Financeur", "Action", "Année", "Nature", "Montant (€)"],
    ["ETAT", "II.1.1", 2014, "payé", 1234.5],
    ["REGION-RA", "II_1.1", 2015, "prévu", 10],
]
PLACES: Line = ["Action", "Niveau", "Code du territoire", "Degré"]
TEXT: list[Line] = [[str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in line]
                    for line in LINES]  # fmt: skip


def write_xlsx(path: Path, lines: list[Line]) -> Path:
    """Write an XLSX workbook of one sheet."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Financements"
    for line in lines:
        book.active.append(list(line))
    book.save(path)
    return path


WRITERS: dict[str, Callable[[Path], Path]] = {
    "a.xlsx": lambda path: write_xlsx(path, LINES),
    "a.xlsm": lambda path: write_xlsx(path, LINES),
    "a.xls": lambda path: write_xls(path, LINES, "Financements"),
    "a.ods": lambda path: write_ods(path, LINES, "Financements"),
    "semicolon.csv": lambda path: write_csv(path, LINES),
    "tab.tsv": lambda path: write_csv(path, LINES, "\t", "utf-8-sig"),
    "comma.csv": lambda path: write_csv(path, [[f'"{cell}"' for cell in line] for line in TEXT], ","),
    "cp1252.csv": lambda path: write_csv(path, LINES, ";", "cp1252"),
    "utf16.csv": lambda path: write_csv(path, LINES, "\t", "utf-16"),
    "silent16.csv": lambda path: write_csv(path, LINES, ";", "utf-16-le"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_says_the_same(tmp_path: Path, known: Known, name: str) -> None:
    batch = read_workbook(WRITERS[name](tmp_path / name), known)
    assert batch.warnings == ()
    said = [(row.values["amount"], row.values["year"], row.values["kind"]) for row in batch.rows["Funding"]]
    assert said == [(123450, 2014, "paid"), (1000, 2015, "planned")]
    assert [row.place.row for row in batch.rows["Funding"]] == [2, 3]


def test_encodings(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes("été;1 234,50 €\nœuvre;2\n".encode(encoding))
        assert encoding_of(path).startswith(encoding.removesuffix("-sig")[:6])
        assert read_text_rows(path) == [["été", "1 234,50 €"], ["œuvre", "2"]]


def test_macros_are_said_and_hidden_sheets_too(tmp_path: Path, known: Known) -> None:
    path = write_xlsx(tmp_path / "a.xlsm", LINES)
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("Brouillon")
    hidden.append(["Action"])
    hidden.append(["II.1.1"])
    hidden.sheet_state = "hidden"
    book.save(path)
    batch = read_workbook(with_part(path, "xl/vbaProject.bin", b"\0" * 10), known)
    assert [(fault.code, fault.sheet) for fault in batch.warnings] == [
        ("macros", None), ("hidden_sheet", "Brouillon")
    ]  # fmt: skip
    assert len(batch.rows["Funding"]) == 2


def formulas(path: Path, cell: str, value: object) -> Path:
    """Write a workbook whose amount is a formula with a kept value, or none."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Financements")
    sheet.write_row(0, 0, LINES[0])
    sheet.write_row(1, 0, LINES[1][:4])
    sheet.write_formula(1, 4, cell, None, value)
    book.close()
    return path


@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "#DIV/0!"])
def test_formula_in_error_is_a_fault(tmp_path: Path, known: Known, shown: str) -> None:
    with pytest.raises(InputFaultsError) as caught:
        read_workbook(formulas(tmp_path / "a.xlsx", "=1/0", shown), known)
    faults = [fault for fault in caught.value.faults if fault.severity == "error"]
    assert [(fault.code, fault.value, fault.column) for fault in faults] == [
        ("formula_error", shown, "Montant (€)")
    ]


def test_formula_never_calculated_is_a_fault_not_an_unknown(tmp_path: Path, known: Known) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [LINES[0], [*LINES[1][:4], "=1+1"]])
    with pytest.raises(InputFaultsError) as caught:
        read_workbook(path, known)
    (fault,) = caught.value.faults
    assert fault.code == "formula_not_calculated"
    assert fault.fix is not None
    assert "tableur" in fault.fix


def test_formula_whose_value_no_spreadsheet_worked_out_is_said(tmp_path: Path, known: Known) -> None:
    batch = read_workbook(formulas(tmp_path / "a.xlsx", "=6+6", 12), known)
    assert [fault.code for fault in batch.warnings] == ["formulas_unsure"]
    assert batch.rows["Funding"][0].values["amount"] == 1200


def bomb(path: Path) -> Path:
    """Write a workbook of a megabyte that unpacks to a gigabyte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(1000):
                part.write(bytes(1 << 20))
    return path


def million(path: Path) -> Path:
    """Write a workbook with a million styled rows, all empty."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(1, 1_048_577, 64))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    return path


def sheet_xml(path: Path, cells: str) -> Path:
    """Write the bones of a workbook with one sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return path


def raw(content: bytes) -> Callable[[Path], Path]:
    """Return the writer of a file of some bytes."""

    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


UGLY: dict[str, tuple[Callable[[Path], Path], str]] = {
    "stray.xlsx": (lambda p: sheet_xml(p, '<row r="1"><c r="XFD1048576"/></row>'), "extent"),
    "malformed.xlsx": (lambda p: sheet_xml(p, '<row r="1"><c r="A0"/></row>'), "malformed_reference"),
    "bomb.xlsx": (bomb, "too_large"),
    "million.xlsx": (million, "extent"),
    "locked.xlsx": (lambda p: write_ole(p, "EncryptedPackage", b"\1" * 5000), "locked_workbook"),
    "pdf.xlsx": (raw(b"%PDF-1.7\n" + b"\0" * 200), "not_data"),
    "page.xls": (raw(b"<html><table><tr><td>1</td></tr></table></html>"), "not_data"),
    "letter.ods": (lambda p: write_ods(p, LINES, kind=ODT), "not_data"),
    "picture.csv": (raw(b"\x89PNG\r\n\x1a\n" + bytes(50)), "not_data"),
    "empty.csv": (raw(b""), "empty_file"),
    "blank.csv": (raw(b"\r\n \r\n"), "empty_file"),
    "cut.xlsx": (lambda p: raw(write_xlsx(p, LINES).read_bytes()[:2000])(p), "damaged"),
    "broken.xls": (raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)), "damaged_workbook"),
    "quotes.csv": (raw(b'Action;Montant\n"' + b"x" * 200_000), "malformed_csv"),
    "binary.csv": (raw(bytes(range(256)) * 10), "not_a_table"),
}
ODT = "application/vnd.oasis.opendocument.text"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a store that holds the convention, and make it the session's."""
    path = tmp_path / "s.sqlite"
    with open_store(path, create=True) as opened:
        opened.apply(opened.plan([load_convention()]), author="t")
    monkeypatch.setattr(SESSION, "store", str(path))
    return path


def load(*paths: Path, together: bool = False, replace: bool = False) -> int:
    """Load files as a user does; return the exit code."""
    request = Request(None, None, "moi", False, replace, False, together)
    return load_files([str(path) for path in paths], request, as_json=False)


def test_ugly_files_are_each_refused_in_one_sentence_and_nothing_is_written(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(store) as opened:
        before = opened.digest()
    for name, (write, code) in UGLY.items():
        path = write(tmp_path / name)
        assert load(path) == 1, name
        said = capsys.readouterr()
        (sentence,) = [line for line in said.err.splitlines() if line.startswith("Faute")]
        assert name in sentence
        assert "Traceback" not in said.err
        from loaders.registry import FileRequest, read

        with open_store(store) as opened, pytest.raises(InputFaultsError) as caught:
            read(FileRequest(path, opened))
        assert caught.value.faults[0].code.startswith(code), name
    with open_store(store) as opened:
        assert opened.digest() == before
    if sys.platform == "linux":
        import resource

        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000


def test_file_that_the_system_keeps_is_said_in_one_sentence(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_csv(tmp_path / "a.csv", LINES)
    plain = Path.open

    def refuse(self: Path, *args: object, **options: object) -> object:
        if self.name == "a.csv":
            raise PermissionError(13, "Permission denied", str(self))
        return plain(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    assert store.exists()
    assert load(path) == 1
    assert "un autre programme le tient ouvert" in capsys.readouterr().err


def test_text_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "a.csv", LINES)
    for limit, value in (("MAX_BYTES", 20), ("MAX_ROWS", 2), ("MAX_CELLS", 5)):
        text_tables._read.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(text_tables, limit, value)
            with pytest.raises(InputFaultsError) as caught:
                read_text_rows(path)
        assert caught.value.faults[0].code == "too_large"


def test_cells_that_repeat_share_their_text(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["une action assez longue", str(n % 2)] for n in range(50)])
    rows = read_text_rows(path)
    assert len({id(row[0]) for row in rows}) == 1


def test_book_is_opened_once_for_recognition_and_reading(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", LINES)
    assert open_book(path) is open_book(path)


def test_folder_writes_the_good_files_and_lists_the_others(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "envois"
    folder.mkdir()
    write_csv(folder / "financements.csv", LINES)
    write_csv(folder / "faux.csv", [LINES[0], ["ETAT", "II.9.9", 2014, "payé", 1]])
    write_ods(folder / "lieux.ods", [PLACES, ["II.2.1.1", "commune", "69123", "ciblé"]], "Lieux")
    (folder / "vide.xlsx").write_bytes(b"")
    assert load(folder) == 1
    said = capsys.readouterr()
    assert "faux.csv, ligne 2" in said.err
    assert "vide.xlsx : Ce fichier est vide" in said.err
    with open_store(store) as opened:
        assert [load.sources[0]["name"] for load in opened.history()[1:]] == ["financements.csv", "lieux.ods"]
        digest = opened.digest()
    assert load(folder, together=True) == 1
    with open_store(store) as opened:
        assert opened.digest() == digest


def test_together_is_one_transaction_or_nothing(tmp_path: Path, store: Path) -> None:
    good = write_csv(tmp_path / "financements.csv", LINES)
    bad = write_csv(tmp_path / "faux.csv", [LINES[0], ["ETAT", "II.9.9", 2014, "payé", 1]])
    assert load(good, bad, together=True) == 1
    with open_store(store) as opened:
        assert len(opened.history()) == 1
    other = write_ods(tmp_path / "lieux.ods", [PLACES, ["II.2.1.1", "commune", "69123", "ciblé"]], "Lieux")
    assert load(good, other, together=True) == 0
    with open_store(store) as opened:
        assert len(opened.history()) == 2
        assert len(opened.history()[1].sources) == 2


def test_second_load_changes_nothing_and_replace_takes_away_what_came_from_that_file_only(
    tmp_path: Path, store: Path
) -> None:
    one = write_csv(tmp_path / "financements.csv", LINES)
    other = write_csv(tmp_path / "autres.csv", [LINES[0], LINES[1], ["ETAT", "I.1.2", 2016, "payé", 7]])
    assert load(one, other) == 0
    with open_store(store) as opened:
        before, digest = len(list(opened.read_all("Funding"))), opened.digest()
    assert load(one, other) == 0
    with open_store(store) as opened:
        assert opened.digest() == digest
    write_csv(one, [LINES[0], LINES[1]])
    assert load(one, replace=True) == 0
    with open_store(store) as opened:
        left = {record.key.rpartition("/")[2] for record in opened.read_all("Funding")}
    assert len(left) == before - 1
    assert not any(key.startswith("REGION-RA-II_1.1-2015") for key in left)
    assert any(key.startswith("ETAT-II_1.1-2014") for key in left)


def test_file_that_names_what_a_later_one_brings_has_a_second_go(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "envois"
    folder.mkdir()
    write_csv(folder / "a_participations.csv", [["Organisation", "Action", "Année", "Rôle"],
                                                ["Ficti A", "II.1.1", 2014, "partenaire"]])  # fmt: skip
    write_csv(folder / "organisations.csv", [["Identifiant", "Nom"], ["FICTI-A", "Ficti A"]])
    (folder / "notes.pptx").write_bytes(b"x")
    assert load(folder) == 0
    said = capsys.readouterr()
    assert "Lus sans faute : organisations.csv, a_participations.csv." in said.out
    assert "Laissés de côté, d’aucun format connu : notes.pptx." in said.out
    with open_store(store) as opened:
        assert len(opened.history()) == 3


def test_several_files_are_each_told_what_became_of_them(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write_csv(tmp_path / "financements.csv", LINES)
    bad = write_csv(tmp_path / "faux.csv", [LINES[0], ["ETAT", "II.1.1", 2019, "payé", -1]])
    assert load(good, bad) == 1
    said = capsys.readouterr().out
    assert store.exists()
    assert "Lus sans faute : financements.csv." in said
    assert "Non écrits : faux.csv (" in said


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "semicolon.csv", "utf16.csv"])
def test_damaged_file_is_read_or_refused_and_never_breaks_anything(
    tmp_path: Path, known: Known, name: str
) -> None:
    whole = WRITERS[name](tmp_path / name).read_bytes()
    refused: list[Fault] = []
    # Seeds 3 and 44 once let an error of the unpacking through.
    for seed in (*range(8), 44):
        path = tmp_path / f"broken{seed}{Path(name).suffix}"
        path.write_bytes(damaged(whole, seed))
        try:
            read_workbook(path, known)
        except InputFaultsError as error:
            refused.extend(error.faults)
    assert refused
    assert all(fault.message and fault.code for fault in refused)
