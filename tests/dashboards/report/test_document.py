"""The report of a small contract: its nine parts, what was added, and its command, which makes it again."""

import io
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from dashboards import cli, words
from dashboards.evaluations import evaluation_of
from dashboards.report.blocks import Bullets, Heading, Paragraph, Picture, Report, Table
from dashboards.report.document import check_format, report_of
from dashboards.report.outline import bare
from dashboards.report.typeset import report_pdf
from dashboards.report.word import report_docx
from graphmodel import Store, UsageError
from graphmodel.decisions import add_item
from tests.dashboards.conftest import CONTRACT
from tests.support.small_store import CENTS, small_store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder for the store and for the evaluations that are kept."""
    folder = tmp_path_factory.mktemp("rapport")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with small_store(home) as found:
        for address, title in (
            ("/territoires?mesure=actions&an=2015", "Les actions de 2015"),
            ("/evaluation?question=4&preuve=G02", "La preuve de G02"),
            ("/contrat", "Le contrat"),
            ("/ailleurs", "Une page inconnue"),
        ):
            add_item(found, CONTRACT, address, title, author="Camille", comment=f"Sur {title}")
        yield found


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    graph = store.snapshot()
    return report_of(store, graph, evaluation_of(graph, "publication"), "rapport.docx")


def said(report: Report) -> str:
    """Return every word of a report."""
    told: list[str] = []
    for part in report.parts:
        told += [part.title, part.lead]
        for block in part.blocks:
            if isinstance(block, Heading | Paragraph):
                told.append(block.text)
            elif isinstance(block, Bullets):
                told += block.items
            elif isinstance(block, Table):
                told += [block.caption, *block.notes, *(c.text for r in block.rows for c in r.cells)]
            elif isinstance(block, Picture):
                told += [block.caption, block.alt, block.source]
            else:
                told += [block.title, block.text]
    return "\n".join(map(bare, told))


def test_it_has_nine_parts_none_of_them_empty(report: Report) -> None:
    assert [part.number for part in report.parts] == list(range(1, 10))
    assert all(part.blocks for part in report.parts)


def test_every_table_and_picture_has_its_own_number(report: Report) -> None:
    blocks = [block for part in report.parts for block in part.blocks]
    numbers = [block.number for block in blocks if isinstance(block, Table | Picture)]
    assert len(numbers) == len(set(numbers))
    assert numbers[0] == "Tableau 1"


def test_rows_of_a_table_fill_its_columns(report: Report) -> None:
    for part in report.parts:
        for table in part.blocks:
            if isinstance(table, Table):
                assert all(
                    row.kind == "section" or len(row.cells) == len(table.columns) for row in table.rows
                )


def test_what_is_drawn_has_words_for_those_who_do_not_see_it(report: Report) -> None:
    drawn = [b for part in report.parts for b in part.blocks if isinstance(b, Picture)]
    assert drawn
    assert all(20 < len(one.alt) <= 350 for one in drawn)


def test_views_stand_in_the_annex_in_their_order_with_who_added_them(report: Report) -> None:
    annex = said(report)
    places = [annex.rindex(t) for t in ("Sur Les actions de 2015", "Sur La preuve de G02", "Sur Le contrat")]
    assert places == sorted(places)
    assert "Ajouté par Camille" in annex
    assert "ne se redessine pas" in annex


def test_a_proof_goes_down_to_the_rows_it_rests_on(report: Report) -> None:
    captions = [b.caption for b in report.parts[-1].blocks if isinstance(b, Table)]
    assert any("G02" in caption for caption in captions)
    assert any(caption.startswith("Premières lignes") for caption in captions)


def test_a_publication_keeps_the_amount_of_one_unit(report: Report) -> None:
    hidden = {words.number(CENTS / 100), words.number(CENTS / 100, 2), str(CENTS)}
    assert not [amount for amount in hidden if amount in said(report)]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="format de rapport"):
        check_format(Path("rapport.odt"))


def test_the_command_that_is_printed_makes_the_same_file_again(
    store: Store, report: Report, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = report_docx(report)
    printed = docx.Document(io.BytesIO(first)).sections[0].footer.paragraphs[-1].text
    assert printed == report.command
    monkeypatch.chdir(home)
    assert cli.run([*shlex.split(printed)[1:], "--store", store.url]) == 0
    assert (home / "rapport.docx").read_bytes() == first


def test_the_pdf_conforms_and_names_the_version_it_is_made_from(store: Store, report: Report) -> None:
    read = pypdf.PdfReader(io.BytesIO(report_pdf(report)))
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    first = read.pages[0].extract_text().replace("\u00a0", " ")
    assert f"base version {store.version().number}" in first
    assert all("publication" in page.extract_text() for page in read.pages)
