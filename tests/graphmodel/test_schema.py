"""The schema's four tables say one sound schema."""

import csv
import re
from importlib.resources import files

import pytest

from graphmodel.schema import SCHEMA, Property
from graphmodel.schema.model import camel_case

PROPERTIES = list(SCHEMA.properties())
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@pytest.mark.parametrize("name", ["labels", "relationships", "properties", "enumerations"])
def test_every_line_has_every_cell_and_no_other(name: str) -> None:
    text = (files("graphmodel.schema") / f"{name}.csv").read_text("utf-8")
    head, *lines = csv.reader(text.splitlines())
    assert [line for line in lines if len(line) != len(head)] == []
    assert len({tuple(line[:2]) for line in lines}) == len(lines)


def test_labels_are_camel_case_types_upper_snake_and_no_name_serves_twice() -> None:
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", label) for label in SCHEMA.nodes)
    assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind) for kind in SCHEMA.relationships)
    assert len(SCHEMA.tables) == len(SCHEMA.nodes) + len(SCHEMA.relationships)


def test_segments_of_keys_are_apart() -> None:
    segments = [table.segment for table in SCHEMA.nodes.values()]
    assert len(set(segments)) == len(segments)


def test_only_territories_and_zonings_belong_to_no_contract() -> None:
    assert {t.name for t in SCHEMA.nodes.values() if not t.scoped} == {"Territory", "Zoning"}


@pytest.mark.parametrize("kind", SCHEMA.relationships)
def test_ends_and_discriminators_exist(kind: str) -> None:
    table = SCHEMA.relationships[kind]
    assert table.endpoints
    assert {label for pair in table.endpoints for label in pair} <= SCHEMA.nodes.keys()
    assert set(table.discriminators) <= table.properties.keys()


@pytest.mark.parametrize("prop", PROPERTIES, ids=lambda p: f"{p.owner}.{p.name}")
def test_a_property_is_whole(prop: Property) -> None:
    assert SNAKE.fullmatch(prop.name)
    assert prop.french
    assert prop.sentence.endswith(".")
    assert prop.personal in ("", "public", "professional", "private")
    assert (prop.type == "enumeration") == (prop.enumeration is not None)
    assert prop.enumeration is None or prop.enumeration in SCHEMA.enumerations
    assert prop.type != "money" or prop.unit == "€"


@pytest.mark.parametrize("table", SCHEMA.tables)
def test_names_in_neo4j_stay_apart(table: str) -> None:
    names = [camel_case(name) for name in SCHEMA.columns(table)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", SCHEMA.enumerations)
def test_words_and_values_of_a_closed_list_answer_each_other(name: str) -> None:
    enumeration = SCHEMA.enumerations[name]
    assert enumeration.file_words.keys() == enumeration.french.keys()
    for value in enumeration.french:
        assert enumeration.from_file(enumeration.to_file(value)) == value
        assert SCHEMA.french(name, value)
    assert enumeration.from_file("un mot de nulle part") is None


def test_every_closed_list_serves() -> None:
    assert {p.enumeration for p in PROPERTIES if p.enumeration} == SCHEMA.enumerations.keys()


@pytest.mark.parametrize(
    ("snake", "camel"), [("year", "year"), ("population_share", "populationShare"), ("area_km2", "areaKm2")]
)
def test_snake_case_becomes_lower_camel_case(snake: str, camel: str) -> None:
    assert camel_case(snake) == camel


def test_words_of_files_are_those_of_the_form() -> None:
    """A few fixed points of the form, written out."""
    words = {
        "world": {"ess": "ESS", "ess_company": "ESS_COMMERCIALE", "classic": "CLASSIQUE", "public": "PUBLIC"},
        "funding_kind": {"planned": "prevu", "agreed": "conventionne", "paid": "paye"},
        "degree": {"targeted": "cible", "reached": "atteint"},
        "measure_status": {"reported": "renseigne", "missing": "manquant", "not_applicable": "sans_objet"},
    }
    for name, expected in words.items():
        for value, word in expected.items():
            assert SCHEMA.enumerations[name].to_file(value) == word


def test_included_is_derived_and_never_stored() -> None:
    assert set(SCHEMA.enumerations["degree"].french) == {"targeted", "reached"}
