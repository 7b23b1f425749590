"""The report as a PDF: tags, language, reading order, boxes of characters, margins without ink."""

import io
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image

from dashboards.report.outline import numbered
from dashboards.report.typeset import report_pdf
from tests.dashboards.report.sample import HOSTILE, report

MARGIN_PT = 5 / 25.4 * 72
"""Nothing is printed nearer the edge of the page."""


@pytest.fixture(scope="module")
def content() -> bytes:
    return report_pdf(numbered(report()))


@pytest.fixture(scope="module")
def text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def tags(content: bytes) -> list[tuple[str, str]]:
    """Return the tags of a PDF in the order of reading, each with its alternative text."""
    found: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        held = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
        if isinstance(held, pypdf.generic.ArrayObject):
            for child in held:
                walk(child)
        elif isinstance(held, pypdf.generic.DictionaryObject):
            if "/S" in held:
                found.append((str(held["/S"]), str(held.get("/Alt", ""))))
            if "/K" in held:
                walk(held["/K"])

    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def test_it_says_its_language_and_that_it_is_tagged(content: bytes) -> None:
    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712


def test_headings_tables_figures_and_captions_are_tagged(content: bytes) -> None:
    found = {name for name, _ in tags(content)}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/Figure", "/Caption", "/TOC"} <= found


def test_a_figure_has_its_words(content: bytes) -> None:
    assert [alt for name, alt in tags(content) if name == "/Figure" and alt] == ["Carte de deux périmètres."]


def test_it_is_read_in_the_order_of_its_parts(text: str) -> None:
    places = [
        text.rindex(said) for said in ("Le contrat", "Qui signe", "Somme versée", "Les annexes", "Fin.")
    ]
    assert places == sorted(places)


def test_hostile_text_stays_text(text: str) -> None:
    flat = "".join(text.split())
    assert "".join(HOSTILE.split()) in flat


def test_every_page_says_that_its_data_are_fictional(content: bytes) -> None:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert all("DONNÉES FICTIVES" in page.extract_text() for page in pages)


def test_true_data_are_not_called_fictional() -> None:
    real = pypdf.PdfReader(io.BytesIO(report_pdf(numbered(report(fictional=False)))))
    assert not any("FICTIVES" in page.extract_text() for page in real.pages)


def test_no_character_leaves_its_page_nor_is_missing(content: bytes) -> None:
    for page in pypdfium2.PdfDocument(content):
        words = page.get_textpage()
        width, height = page.get_size()
        assert "\ufffd" not in words.get_text_bounded()
        for rank in range(words.count_chars()):
            left, low, right, high = words.get_charbox(rank)
            if right > left:
                assert MARGIN_PT <= left <= right <= width - MARGIN_PT
                assert MARGIN_PT <= low <= high <= height - MARGIN_PT


def test_the_margin_bears_no_ink(content: bytes) -> None:
    for page in pypdfium2.PdfDocument(content):
        drawn: Image.Image = page.render(scale=100 / 72).to_pil().convert("L")
        edge = round(5 / 25.4 * 100)
        width, height = drawn.size
        for box in ((0, 0, width, edge), (0, height - edge, width, height), (0, 0, edge, height),
                    (width - edge, 0, width, height)):  # fmt: skip
            assert drawn.crop(box).getextrema() == (255, 255)


def test_a_long_table_repeats_its_head(content: bytes) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    wide = [page for page in pages if "Financeur 0" in page or "Financeur 29" in page]
    assert all("Prévu" in page for page in wide)


def test_the_same_report_gives_the_same_bytes(content: bytes) -> None:
    assert report_pdf(numbered(report())) == content
