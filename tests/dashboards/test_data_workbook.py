"""Tables as files, read back by another program than the one that wrote them."""

import csv
import io
import zipfile
from pathlib import Path

import python_calamine

from dashboards.data_tables import tables_of
from dashboards.data_workbook import ABOUT, about_rows, write_archive, write_workbook
from graphmodel import ContractGraph
from tests.dashboards.test_data_tables import small

COMMAND = "maillage export data --out donnees.xlsx"


def written(folder: Path, graph: ContractGraph) -> tuple[Path, Path]:
    tables = tables_of(graph)
    about = about_rows(graph, tables, "publication", COMMAND)
    return (
        write_workbook(folder / "donnees.xlsx", tables, about),
        write_archive(folder / "donnees.zip", tables, about),
    )


def test_a_sheet_a_table_with_typed_cells(tmp_path: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(written(tmp_path, small())[0]))
    assert book.sheet_names[0] == ABOUT
    rows = book.get_sheet_by_name("Financement").to_python()
    assert rows[2][rows[0].index("Montant (€)")] == 2000.0
    assert rows[1][rows[0].index("Montant (€)")] == "secret"
    assert rows[3][rows[0].index("Montant (€)")] == ""


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    book, archive = written(tmp_path, small())
    with zipfile.ZipFile(book) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)
    with zipfile.ZipFile(archive) as parts:
        text = parts.read("organisation.csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][1] == "'=A()"


def test_the_file_says_what_it_is_and_how_to_make_it_again(graph: ContractGraph) -> None:
    said = dict(about_rows(graph, tables_of(graph), "publication", COMMAND))
    assert said["Pour refaire ce fichier"] == COMMAND
    assert said["Mode"] == "publication"
    assert ("Avertissement" in said) == graph.fictional
    working = dict(about_rows(graph, (), "working", COMMAND))
    assert "document de travail" in working["Mode"]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    first, second = (written(tmp_path / folder, small()) for folder in ("a", "b"))
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
