"""The report as a Word document: styles, captions, contents, tables, alternative text, same bytes."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from dashboards.report.outline import numbered
from dashboards.report.word import report_docx
from tests.dashboards.report.sample import HOSTILE, report

SCRIPTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


@pytest.fixture(scope="module")
def content() -> bytes:
    return report_docx(numbered(report()))


@pytest.fixture(scope="module")
def document(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_headings_have_their_styles_and_numbers(document: Any) -> None:
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "1  Le contrat") in found
    assert ("Heading 2", "1.1  Qui signe") in found
    assert ("Heading 3", "1.2.1  Précisions") in found


def test_captions_are_fields_that_count(document: Any) -> None:
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert [p.text.split(".")[0] for p in captions] == ["Tableau 1", "Carte 1", "Tableau 2"]
    fields = [mark.text for p in captions for mark in p._p.iter(qn("w:instrText"))]
    assert [field.split()[:2] for field in fields] == [
        ["SEQ", "Tableau"],
        ["SEQ", "Carte"],
        ["SEQ", "Tableau"],
    ]


def test_contents_show_the_headings_and_are_filled_at_opening(document: Any) -> None:
    shown = [p.text for p in document.paragraphs if p.style.name.startswith("TOC")]
    assert shown == ["1  Le contrat", "1.1  Qui signe", "1.2  Où", "2  Les annexes", "2.1  Tableau large"]
    update = document.settings.element.find(qn("w:updateFields"))
    assert update is not None
    assert update.get(qn("w:val")) == "true"


def test_a_picture_has_its_words(document: Any) -> None:
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == ["Carte de deux périmètres."]


def test_heads_are_repeated_and_rows_never_parted(document: Any) -> None:
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows[:3]] == [True, True, False]


def test_every_style_names_its_font_in_four_scripts(document: Any) -> None:
    used = {p.style.name for p in document.paragraphs} - {"Default Paragraph Font"}
    for name in used:
        fonts = document.styles[name].element.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(script)) for script in SCRIPTS} == {"Source Sans 3"}
        assert not [key for key in fonts.attrib if "Theme" in key]


def test_it_is_french(document: Any) -> None:
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "fr-FR"
    assert document.core_properties.language == "fr-FR"


def test_hostile_text_stays_text(document: Any) -> None:
    whole = "".join("".join(p.text.split()) for p in document.paragraphs)
    assert "".join(HOSTILE.split()) in whole


def test_every_page_says_that_its_data_are_fictional(document: Any) -> None:
    assert "DONNÉES FICTIVES" in document.sections[0].header.paragraphs[0].text
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])


def test_a_wide_table_lies_on_a_page_held_sideways(document: Any) -> None:
    assert [s.page_width > s.page_height for s in document.sections] == [False, True, False]


def test_the_same_report_gives_the_same_bytes(content: bytes) -> None:
    assert report_docx(numbered(report())) == content
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
