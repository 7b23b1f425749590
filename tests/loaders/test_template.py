"""The template: its columns stand in the schema, its file is what people can fill."""

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.schema import SCHEMA
from loaders.template import CHOICES, SHEETS, VERSION, Content, Identity, write_template
from loaders.template.model import words_of

CONTRACT = "CES-ESS-RA-2014-2016"
SHAPES = {"EMPLOYMENT", "COMPARISON"}
"""Records that are no table of the schema."""


def identity() -> Identity:
    """Return the identity of a small file."""
    return Identity("essai", "CES-ESS-RA-2014-2016", "moi", datetime.date(2015, 3, 1), fictional=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a template with two rows."""
    path = tmp_path_factory.mktemp("template") / "modele.xlsx"
    content = Content(identity())
    content.add("Organisations", id="FICTI-A", name="Ficti A", local_authority=False, variants=["a", "b"])
    content.add(
        "Bilans", organisation="FICTI-A", action="II.1.1", year=2014, due_on=datetime.date(2015, 3, 31)
    )
    lists = {"links": {"coopération": "coopération", "réponse": "réponse"}}
    write_template(path, content, lists=lists, actions=["I.1.1.1", "II.1.1"])
    return path


@pytest.fixture(scope="module")
def book(written: Path) -> openpyxl.Workbook:
    """Return the template as another library reads it."""
    return openpyxl.load_workbook(written)


@pytest.mark.parametrize("name", SHEETS)
def test_every_target_stands_in_the_schema(name: str) -> None:
    sheet = SHEETS[name]
    assert sheet.record in SHAPES or sheet.record in SCHEMA.tables
    for column in sheet.columns:
        if column.owner is not None:
            assert column.property in SCHEMA.tables[column.owner].properties
        if column.target[:1] in (("out",), ("in",), ("authority",)):
            assert column.target[1] in SCHEMA.relationships
        assert column.header
        assert column.width > 0


@pytest.mark.parametrize("name", SHEETS)
def test_links_go_where_the_schema_lets_them(name: str) -> None:
    sheet = SHEETS[name]
    for column in sheet.columns:
        if column.target[:1] == ("out",):
            allowed = SCHEMA.relationships[column.target[1]].endpoints
            assert all((sheet.record, label) in allowed for label in column.target[2].split("|"))
        if column.target[:1] == ("in",):
            allowed = SCHEMA.relationships[column.target[1]].endpoints
            assert (column.target[2], sheet.record) in allowed


def test_headings_and_fields_are_unique_in_a_sheet() -> None:
    for sheet in SHEETS.values():
        assert len({column.header for column in sheet.columns}) == len(sheet.columns)
        assert len(sheet.by_field) == len(sheet.columns)


def test_identity_and_caption_fields_exist() -> None:
    for sheet in SHEETS.values():
        assert set(sheet.identity) <= set(sheet.by_field)
        assert not sheet.caption or sheet.caption in sheet.by_field


def test_what_schema_requires_the_template_requires() -> None:
    """A required property that a sheet could leave empty would refuse rows without a cell to blame."""
    for sheet in SHEETS.values():
        for column in sheet.columns:
            if column.owner == sheet.record and column.owner is not None:
                required = SCHEMA.tables[column.owner].properties[column.property].required
                assert column.required or not required or "default" in column.options


def test_sheets_stand_in_order_with_their_headings(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Lisez-moi", *SHEETS, "Listes"]
    assert book["Listes"].sheet_state == "hidden"
    for name, sheet in SHEETS.items():
        page = book[name]
        assert [cell.value for cell in page[1]] == [column.header for column in sheet.columns]
        assert page.freeze_panes == "B2"


def test_every_heading_explains_itself(book: openpyxl.Workbook) -> None:
    for name, sheet in SHEETS.items():
        for cell, column in zip(book[name][1], sheet.columns, strict=True):
            assert cell.comment is not None
            assert (column.help or column.header) in cell.comment.text
            assert ("Obligatoire" in cell.comment.text) == column.required


def lists_of(page: Worksheet) -> dict[int, str]:
    """Return the ranges of the drop-down lists of a sheet, by column number."""
    return {
        cells.min_col: str(check.formula1)
        for check in page.data_validations.dataValidation
        if check.type == "list"
        for cells in check.sqref.ranges
    }


def test_closed_lists_drop_down_with_the_french_words_of_the_schema(book: openpyxl.Workbook) -> None:
    page = book["Listes"]
    by_kind = {
        column[0].value: [cell.value for cell in column[1:] if cell.value is not None]
        for column in page.iter_cols()
    }
    for name, sheet in SHEETS.items():
        found = lists_of(book[name])
        for number, column in enumerate(sheet.columns, 1):
            if column.kind.startswith("enum:"):
                words = list(SCHEMA.enumerations[column.kind[5:]].french.values())
                assert by_kind[column.kind] == words
                assert found[number].endswith(f"${len(words) + 1}")


def test_lists_of_the_contract_drop_down_when_given(book: openpyxl.Workbook) -> None:
    columns = SHEETS["Cotations"].columns
    number = next(n for n, column in enumerate(columns, 1) if column.kind == "choice:links")
    assert number in lists_of(book["Cotations"])
    criteria = next(n for n, c in enumerate(SHEETS["Actes"].columns, 1) if c.kind == "choice:criteria")
    assert criteria not in lists_of(book["Actes"])


def test_first_sheet_says_which_file_it_is(book: openpyxl.Workbook) -> None:
    page = book["Lisez-moi"]
    said = {row[0].value: row[1].value for row in page.iter_rows(max_row=9) if row[0].value}
    assert said["Identifiant du fichier"] == "essai"
    assert said["Données fictives"] == "oui"
    assert said["Version du modèle"] == VERSION
    assert said["Connu le"] == datetime.datetime(2015, 3, 1)


def test_values_are_written_as_people_read_them(book: openpyxl.Workbook) -> None:
    sheet = SHEETS["Organisations"]
    cells = dict(zip(sheet.by_field, (cell.value for cell in book["Organisations"][2]), strict=True))
    assert cells["local_authority"] == "non"
    assert cells["variants"] == "a ; b"
    assert cells["siren"] is None
    due = dict(zip(SHEETS["Bilans"].by_field, book["Bilans"][2], strict=True))["due_on"]
    assert due.value == datetime.datetime(2015, 3, 31)
    assert due.number_format == "dd/mm/yyyy"


def test_same_content_makes_the_same_bytes(tmp_path: Path, written: Path) -> None:
    again = tmp_path / "again.xlsx"
    content = Content(identity())
    content.add("Organisations", id="FICTI-A", name="Ficti A", local_authority=False, variants=["a", "b"])
    content.add(
        "Bilans", organisation="FICTI-A", action="II.1.1", year=2014, due_on=datetime.date(2015, 3, 31)
    )
    lists = {"links": {"coopération": "coopération", "réponse": "réponse"}}
    write_template(again, content, lists=lists, actions=["I.1.1.1", "II.1.1"])
    assert again.read_bytes() == written.read_bytes()
    with zipfile.ZipFile(again) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_row_for_an_unknown_sheet_or_field_is_refused(tmp_path: Path) -> None:
    content = Content(identity())
    content.add("Feuille inconnue", id="x")
    with pytest.raises(KeyError):
        write_template(tmp_path / "x.xlsx", content)
    content = Content(identity())
    content.add("Organisations", unknown="x")
    with pytest.raises(KeyError):
        write_template(tmp_path / "y.xlsx", content)


def test_words_of_a_kind() -> None:
    assert words_of("enum:degree") == {"targeted": "ciblé", "reached": "atteint"}
    assert words_of("choice:presence") == CHOICES["presence"]
    assert words_of("text") is None
    assert words_of("choice:links") is None
    assert words_of("choice:links", {"links": {"a": "a"}}) == {"a": "a"}


def test_sheets_print_on_wide_pages_with_their_headings(book: openpyxl.Workbook) -> None:
    for name in SHEETS:
        page = book[name]
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize("text", ["=1+1", "+33", "-5", "@a", "\tx"])
def test_texts_never_run_as_formulas(tmp_path: Path, text: str) -> None:
    content = Content(Identity(text, CONTRACT, author=text))
    content.add("Organisations", id="FICTI-A", name=text)
    write_template(tmp_path / "x.xlsx", content)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    for cell in (book["Organisations"]["B2"], book["Lisez-moi"]["B3"], book["Lisez-moi"]["B5"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_number_of_seventeen_digits_and_old_date_are_kept_as_texts(tmp_path: Path) -> None:
    content = Content(identity())
    content.add("Mesures", metric="m", year=2014, value=0.1 + 0.2, status="renseigné")
    content.add("Actes", criterion="c", year=2014, date=datetime.date(1850, 5, 1))
    write_template(tmp_path / "x.xlsx", content)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    told = {cell.value for name in ("Mesures", "Actes") for cell in book[name][2]}
    assert {"0.30000000000000004", "1850-05-01"} <= told
