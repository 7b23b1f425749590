"""The data dictionary says the whole schema, and every key of the JSON form has a place in it."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from graphmodel.frames import DERIVED_COLUMNS
from graphmodel.schema import SCHEMA
from graphmodel.schema.dictionary import KeyMap, dictionary_markdown, format_map, read_key_map

TEXT = dictionary_markdown()
NAME = re.compile(r"`([^`]+)`")


def mapping() -> dict[str, str]:
    """Return the place of each key of the form."""
    text = (files("graphmodel.schema") / "format_mapping.csv").read_text("utf-8")
    return {row["key"]: row["place"] for row in csv.DictReader(text.splitlines())}


def normal(name: str) -> str:
    """Return a key as the mapping writes it: `lieux[..].degre` as `lieux[].degre`, a last `[…]` dropped."""
    short = re.sub(r"(\[[^\]]*\])+", "[]", name).removesuffix("[]")
    return re.sub(r"^montants_\d{4}$", "montants_YYYY", short)


def keys_of_section(heading: str, rows: list[str]) -> set[str]:
    """Return the keys that one section of the form's description names, in its heading and its table."""
    found: set[str] = set()
    known = [normal(name) for name in NAME.findall(heading.split("{")[0])]
    found.update(known)
    inside = f"{known[0]}[]." if heading.count("`") == 2 and "{id" in heading else ""
    stem = ""
    for row in rows:
        cells = row.split(" | ")
        for name in NAME.findall(cells[0]):
            full = stem + name if name.startswith(".") else name
            stem = full.rpartition(".")[0]
            key = normal(full)
            found.add(key if key in known else inside + key)
        if cells[1].startswith("{`"):
            found.update(f"{normal(NAME.findall(cells[0])[0])}.{name}" for name in NAME.findall(cells[1]))
    return found


def keys_of_form(text: str) -> set[str]:
    """Return every key that the description of the form names."""
    found: set[str] = set()
    for section in re.split(r"^## ", text.split("# Into the graph")[0], flags=re.MULTILINE)[1:]:
        heading, *lines = section.split("\n")
        rows = [line.strip("| ") for line in lines if line.startswith("| ") and "`" in line]
        found |= keys_of_section(heading, rows)
    return found


def test_every_key_of_the_form_has_a_place(shared: Path) -> None:
    named = keys_of_form((shared / "method" / "format.md").read_text("utf-8"))
    assert len(named) > 120
    assert named - mapping().keys() == set()


def test_keys_are_read_from_the_description_as_a_person_would() -> None:
    text = (
        "## `operateurs` {id: …} — all\n| name | type |\n|---|---|\n| `monde` | `ESS` \\| `PUBLIC` |\n"
        "## Money: `financements` [row], `cout_total`\n| name | type |\n|---|---|\n"
        "| `financements[].action`, `.annee` | id |\n| `montants_2014` | {action: number} |\n"
        "| `cout_total[year][action]` | number |\n## General\n| `contrat` | {`id`, `nom`} | – |\n"
        "# Into the graph\n| `not_a_key` | x |\n"
    )
    assert keys_of_form(text) == {
        "operateurs", "operateurs[].monde", "financements", "financements[].action", "financements[].annee",
        "montants_YYYY", "cout_total", "contrat", "contrat.id", "contrat.nom",
    }  # fmt: skip


@pytest.mark.parametrize(("key", "place"), mapping().items(), ids=mapping())
def test_every_place_is_of_the_schema(key: str, place: str) -> None:
    table, _, prop = place.partition(".")
    assert table in SCHEMA.tables, key
    assert not prop or prop in (*SCHEMA.columns(table), *DERIVED_COLUMNS), key


@pytest.mark.parametrize("table", SCHEMA.tables)
def test_every_table_and_property_is_told(table: str) -> None:
    section = TEXT.split(f"### {table}\n")[1].split("\n### ")[0].split("\n## ")[0]
    assert SCHEMA.tables[table].french in section
    assert SCHEMA.tables[table].sentence in section
    for prop in SCHEMA.tables[table].properties.values():
        assert f"| `{prop.name}` | `{prop.camel}` | {prop.french} |" in section


@pytest.mark.parametrize("name", SCHEMA.enumerations)
def test_every_closed_list_is_told(name: str) -> None:
    section = TEXT.split(f"### {name}\n")[1].split("\n### ")[0]
    for value, french in SCHEMA.enumerations[name].french.items():
        assert f"| `{value}` | `{SCHEMA.enumerations[name].file_words[value]}` | {french} |" in section


def test_tables_are_whole_whatever_their_cells_hold() -> None:
    found = KeyMap("Titre", "Phrase.", ("Clé", "Place"), (("a|b", "Action"),))
    assert "| `a\\|b` | Action |" in dictionary_markdown([found])
    for line in TEXT.splitlines():
        if line.startswith("| "):
            assert line.endswith(" |")


def test_a_mapping_is_read_in_the_order_asked(tmp_path: Path) -> None:
    path = tmp_path / "mapping.csv"
    path.write_text("a,b,c\n1,2,3\n", "utf-8")
    found = read_key_map(path, "T", "I", (("c", "Troisième"), ("a", "Premier")))
    assert (found.columns, found.rows) == (("Troisième", "Premier"), (("3", "1"),))


def test_the_mapping_of_the_form_is_in_the_dictionary() -> None:
    for row in format_map().rows:
        assert f"| `{row[0]}` | {row[1]} |" in TEXT
