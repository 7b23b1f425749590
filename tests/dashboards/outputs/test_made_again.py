"""Every output: the same bytes in another process, by the command it prints, and what it says of itself."""

import json
import re
import shlex
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from tests.dashboards.outputs.conftest import COMMANDS, make

WITHOUT_COMMAND = {".png", ".docx", ".txt"}
"""Pictures print theirs in pixels, as their SVG does; letters are made from dates that people give."""
EXCHANGE = {"donnees.json", "modele.xlsx"}
"""What is read back into a store: its own form says nothing of the tool."""


def text_of(path: Path) -> str:
    """Return everything a reader finds written in a file."""
    if path.suffix in (".xlsx", ".zip"):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".gpkg":
        with closing(sqlite3.connect(path)) as base:
            return "\n".join(" ".join(row) for row in base.execute("SELECT rubrique, contenu FROM a_lire"))
    return path.read_text(encoding="utf-8-sig")


def printed(path: Path) -> list[str]:
    """Return the command that a file prints, as words."""
    found = re.search(r"maillage ((?:export|evaluate) [^<\"\n\r·;]*--out [^<\"\n\r·;]+)", text_of(path))
    assert found is not None, path.name
    return shlex.split(found[1])


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def alone(made: Path) -> list[Path]:
    """Return the files that were asked for by name, those of folders left out."""
    return [path for path in sorted(made.iterdir()) if path.is_file()]


@pytest.fixture(scope="session")
def again(made: Path, small_path: Path) -> Path:
    """Return the folder made again with another hash seed, by the printed commands where there is one."""
    said = [printed(path) for path in alone(made)
            if path.suffix not in WITHOUT_COMMAND and path.name not in EXCHANGE]  # fmt: skip
    unsaid = [command.split() for command in COMMANDS
              if re.search(r"\.png|donnees\.json|modele\.xlsx|lettres", command)]  # fmt: skip
    commands = list(dict.fromkeys(map(tuple, [*said, *unsaid])))
    return make(small_path, commands, made.with_name("again"), "2")


def test_the_printed_commands_give_every_file_again_to_the_byte(made: Path, again: Path) -> None:
    first, second = files_of(made), files_of(again)
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []
    forms = {Path(name).suffix for name in first}
    assert forms == {".svg", ".pdf", ".png", ".html", ".gexf", ".graphml", ".json", ".csv", ".xlsx", ".zip",
                     ".gpkg", ".txt", ".docx"}  # fmt: skip


def test_every_output_says_its_tool_its_store_its_mode_and_that_its_data_are_fictional(made: Path) -> None:
    for path in alone(made):
        if path.suffix in WITHOUT_COMMAND or path.name in EXCHANGE:
            continue
        said = text_of(path)
        assert re.search(r"[Mm]aillage \d+\.\d+|\"tool_version\"", said), path.name
        assert re.search(r"base version|Version de la base|\"store_version\"", said), path.name
        assert re.search(r"(?i)publication|document de travail", said), path.name
        assert re.search(r"(?i)données fictives|\"fictional\": true|;oui;|fictif", said), path.name


def test_a_working_document_says_that_it_is_one(made: Path) -> None:
    assert "document de travail" in text_of(made / "travail.xlsx")
    assert "ne pas diffuser" in text_of(made / "travail.xlsx")


def test_the_letters_and_the_exchange_form_say_that_their_data_are_fictional(made: Path) -> None:
    letters = sorted((made / "lettres").glob("*.txt"))
    assert letters
    assert all("données fictives" in letter.read_text(encoding="utf-8").casefold() for letter in letters)
    assert json.loads((made / "donnees.json").read_text(encoding="utf-8"))
