"""What is refused before a reader opens it: no workbook, a giant, a stray or malformed cell."""

import zipfile
from pathlib import Path

import pytest

from graphmodel import InputFaultsError
from loaders.workbook import extent
from loaders.workbook.extent import check_extent

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(path: Path, sheet: str, more: dict[str, bytes] | None = None) -> Path:
    """Write the bones of a workbook with one sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", HEAD + sheet + "</worksheet>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


def code_of(path: Path) -> str:
    """Return the code of the one fault of a file; empty when there is none."""
    try:
        check_extent(path)
    except InputFaultsError as error:
        (fault,) = error.faults
        assert fault.file == path.name
        assert fault.fix
        return fault.code
    return ""


def test_small_sheet_passes(tmp_path: Path) -> None:
    cells = '<dimension ref="A1:B2"/><row r="2"><c r="B2" s="1"><v>1</v></c></row>'
    assert code_of(workbook(tmp_path / "a.xlsx", cells)) == ""


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="XFD1048576"/></row>', "extent"),
        ('<row r="1"><c s="4" r="A200001"/></row>', "extent"),
        ('<row r="1"><c r="SG1"/></row>', "extent"),
        ('<row r="1"><c r="KN20000"/></row>', "extent"),
        ('<dimension ref="A1:XFD1048576"/>', "extent"),
        ('<row r="1"><c r="ABCD1"/></row>', "malformed_reference"),
        ('<row r="1"><c r="A0"/></row>', "malformed_reference"),
        ('<row r="1"><c r=""/></row>', "malformed_reference"),
        ('<dimension ref="nowhere"/>', "malformed_reference"),
        ('<x:row r="1"><x:c r="XFD1048576"/></x:row>', "extent"),
    ],
)
def test_stray_and_malformed_cells_are_refused(tmp_path: Path, cells: str, code: str) -> None:
    assert code_of(workbook(tmp_path / "a.xlsx", cells)) == code


def test_last_cell_allowed_passes(tmp_path: Path) -> None:
    assert code_of(workbook(tmp_path / "a.xlsx", '<row r="1"><c r="Y200000"/></row>')) == ""
    assert code_of(workbook(tmp_path / "b.xlsx", '<row r="1"><c r="SF10000"/></row>')) == ""


def test_stray_cell_astride_two_pieces_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "_PIECE", 7)
    assert code_of(workbook(tmp_path / "a.xlsx", '<row r="1"><c r="XFD1048576"/></row>')) == "extent"
    assert code_of(workbook(tmp_path / "b.xlsx", '<row r="1"><c r="B2"/></row>')) == ""


def test_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "MAX_UNPACKED", 100_000)
    path = workbook(tmp_path / "a.xlsx", "", {"xl/sharedStrings.xml": b"0" * 200_000})
    assert path.stat().st_size < 2000
    assert code_of(path) == "too_large"


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7 renamed")
    assert code_of(path) == "damaged_workbook"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert code_of(path) == "locked_workbook"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    assert code_of(path) == "damaged_workbook"


def test_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", '<row r="1"><c r="A1"/></row>' * 500)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path) == "damaged_workbook"
    path.write_bytes(whole[:120] + bytes(20) + whole[140:])
    assert code_of(path) == "damaged_workbook"
