"""Every key of the extraction has a named place, and every place exists."""

import csv
from collections.abc import Iterator
from typing import Any

import pytest

from graphmodel.schema import SCHEMA
from loaders.convention import bundled_folder

ATTESTATION = {"attestation.quote", "attestation.lines"}
BASE = {"id", "name"}


@pytest.fixture(scope="module")
def mapping() -> list[dict[str, str]]:
    text = bundled_folder().joinpath("mapping.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def paths_of(value: Any, path: str = "") -> Iterator[str]:
    """Yield every key path; `[]` stands for the items of a list."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_of(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                yield from paths_of(inner, f"{path}[]")


def test_every_key_path_has_a_place_and_none_is_stale(
    extraction: dict[str, Any], mapping: list[dict[str, str]]
) -> None:
    there = set(paths_of(extraction))
    mapped = [row["source_path"] for row in mapping]
    assert sorted(there - set(mapped)) == []
    assert sorted(set(mapped) - there) == []
    assert len(mapped) == len(set(mapped))


def test_a_new_key_would_be_missed(extraction: dict[str, Any], mapping: list[dict[str, str]]) -> None:
    more = {**extraction, "contrat": {**extraction["contrat"], "nouveau": {"valeur": 1}}}
    missing = set(paths_of(more)) - {row["source_path"] for row in mapping}
    assert missing == {"contrat.nouveau", "contrat.nouveau.valeur"}


def test_every_place_is_a_file_and_an_element_of_the_schema(mapping: list[dict[str, str]]) -> None:
    wrong = []
    for row in mapping:
        table, _, prop = row["place"].partition(".")
        known = row["place"] in ATTESTATION or (
            table in SCHEMA.tables and (not prop or prop in BASE or prop in SCHEMA.tables[table].properties)
        )
        if not known or not bundled_folder().joinpath(row["file"]).is_file():
            wrong.append(row)
    assert wrong == []


def test_every_place_holds_something(mapping: list[dict[str, str]], graph: Any) -> None:
    """A place that stays empty is one of those the text leaves empty, and its row says so."""
    empty = set()
    for row in mapping:
        table, _, prop = row["place"].partition(".")
        if row["place"] in ATTESTATION:
            continue
        frame = graph.nodes(table) if SCHEMA.is_node(table) else graph.relationships(table)
        if frame.empty or (prop and frame[prop].isna().all()):
            empty.add(row["place"])
    assert empty == {"Contract.signature_date"}
