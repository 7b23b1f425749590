"""Rows against the schema: every fault, each in French, and nothing sound refused."""

import datetime
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel import Batch, Fault, Place, Source
from graphmodel.batch import Row
from graphmodel.schema import SCHEMA, Property
from graphmodel.validation import validate_rows
from tests.graphmodel.stores.material import batches, values_of

SOURCE = Source("essai", "essai.xlsx", "0" * 64, "workbook")
OBJECT = object()

WRONG: dict[str, list[Any]] = {
    "text": [3, True, ["a"], "a\x00b", "\ud800", datetime.date(2014, 1, 1), OBJECT],
    "integer": ["3", 3.0, True, 2**63, [3]],
    "number": ["3,5", float("nan"), float("inf"), True],
    "boolean": ["oui", 1, 0, "true"],
    "date": ["2014-01-01", 20140101, datetime.datetime(2014, 1, 1, 12)],
    "year": [1899, 2101, "2014", 2014.0, True],
    "money": ["12 €", 12.5, True, 2**63],
    "share": [-0.01, 1.01, "0,5", float("nan")],
    "text_list": ["a", [1], [None], ("a",)],
    "integer_list": [3, ["3"], [True], [2.0]],
    "json": [OBJECT, float("nan"), {"a": float("inf")}, {"a": {1, 2}}, "\ud800"],
    "point": [(4.8,), (4.8, 91.0), (181.0, 45.0), "4.8, 45.7", (float("nan"), 45.0)],
    "enumeration": ["nul mot", 1, True],
}
SAMPLE: dict[str, Property] = {prop.type: prop for prop in SCHEMA.properties()}


def sound_row(table: str, **said: object) -> Row:
    """Return a row with what its table requires, and what is said."""
    required = {
        prop.name: sorted(SCHEMA.enumerations[prop.enumeration].french)[0]
        if prop.enumeration
        else {"text": "x", "integer": 1}[prop.type]
        for prop in SCHEMA.tables[table].properties.values()
        if prop.required
    }
    base: dict[str, object] = {"key": "C/x/1", "contract": "C", "id": "1", "name": "Un"}
    if not SCHEMA.is_node(table):
        source, target = sorted(SCHEMA.relationships[table].endpoints)[0]
        base = {"key": "a>b", "source": "a", "target": "b", "source_label": source, "target_label": target}
    return Row(str(base["key"]), {**base, **required, **said}, Place("Feuille", 7))


def faults(table: str, *rows: Row) -> list[Fault]:
    """Return the faults of rows of one table."""
    return validate_rows({table: list(rows)}, SOURCE)


def test_every_type_of_the_schema_is_tried() -> None:
    assert SAMPLE.keys() == WRONG.keys()


@pytest.mark.parametrize(
    ("kind", "value"),
    [(kind, value) for kind, found in WRONG.items() for value in found],
    # Addresses in memory differ between processes, which must all name the tests alike.
    ids=lambda value: re.sub(r" at 0x[0-9a-f]+", "", repr(value)),
)
def test_a_value_of_another_type_is_one_fault(kind: str, value: object) -> None:
    prop = SAMPLE[kind]
    found = faults(prop.owner, sound_row(prop.owner, **{prop.name: value}))
    assert [(f.code in ("wrong_type", "wrong_value"), f.row, f.sheet) for f in found] == [
        (True, 7, "Feuille")
    ]
    assert prop.french in found[0].message
    assert found[0].expected
    found[0].sentence().encode()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(SCHEMA.properties())).flatmap(lambda p: st.tuples(st.just(p), values_of(p))))
def test_whatever_a_property_may_hold_is_sound(drawn: tuple[Property, object]) -> None:
    prop, value = drawn
    assert faults(prop.owner, sound_row(prop.owner, **{prop.name: value})) == []


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches())
def test_whatever_the_schema_allows_is_sound(batch: Batch) -> None:
    assert validate_rows(batch.rows, SOURCE) == []


@pytest.mark.parametrize("kind", sorted(WRONG))
def test_unknown_is_sound_everywhere_but_where_a_value_is_required(kind: str) -> None:
    prop = SAMPLE[kind]
    found = faults(prop.owner, sound_row(prop.owner, **{prop.name: None}))
    assert [f.code for f in found] == (["missing_value"] if prop.required else [])


@pytest.mark.parametrize("prop", [p for p in SCHEMA.properties() if p.required],
                         ids=lambda p: f"{p.owner}.{p.name}")  # fmt: skip
def test_a_required_value_that_is_absent_is_told(prop: Property) -> None:
    row = sound_row(prop.owner)
    del row.values[prop.name]
    (fault,) = faults(prop.owner, row)
    assert (fault.code, fault.column) == ("missing_value", prop.french)


def test_a_property_of_another_table_is_unknown() -> None:
    (fault,) = faults("Axis", sound_row("Axis", amount=3))
    assert (fault.code, fault.column) == ("unknown_property", "amount")


def test_a_table_of_nowhere_is_told() -> None:
    (fault,) = faults("Planet", Row("x", {}))
    assert fault.code == "unknown_table"


def test_ends_are_those_of_the_type() -> None:
    assert faults("SIGNED", sound_row("SIGNED")) == []
    (fault,) = faults("SIGNED", sound_row("SIGNED", target_label="Action"))
    assert fault.code == "wrong_ends"
    assert "Organisation" in fault.message


@pytest.mark.parametrize("key", ["", "x" * 2001], ids=["empty", "endless"])
def test_a_key_is_neither_empty_nor_endless(key: str) -> None:
    row = sound_row("Axis")
    row.values["key"] = key
    (fault,) = faults("Axis", row)
    assert fault.expected is not None
    assert "identifiant" in fault.expected


@pytest.mark.parametrize("column", ["key", "source", "target", "source_label"])
def test_no_text_of_a_row_holds_a_nul(column: str) -> None:
    found = faults("SIGNED", sound_row("SIGNED", **{column: "a\x00b"}))
    assert "wrong_type" in {f.code for f in found}


def test_the_words_of_a_closed_list_are_told_in_french() -> None:
    (fault,) = faults("Funding", sound_row("Funding", kind="payé"))
    assert fault.expected == "une valeur parmi : prévu, conventionné, payé, attribué"


def test_all_faults_come_at_once() -> None:
    rows = {
        "Funding": [sound_row("Funding", amount="x", year=3000), sound_row("Funding", kind=1, nothing=2)],
        "Territory": [Row("t", {"key": "t", "id": "t", "name": "t"})],
        "SIGNED": [sound_row("SIGNED", source_label="Action")],
        "Planet": [Row("x", {})],
    }
    found = validate_rows(rows, SOURCE)
    assert sorted(f.code for f in found) == sorted(
        ["wrong_type", "wrong_value", "wrong_value", "unknown_property", "missing_value", "missing_value",
         "wrong_ends", "unknown_table"]
    )  # fmt: skip
    assert {f.file for f in found} == {"essai.xlsx"}
    assert {f.severity for f in found} == {"error"}
