"""Tables of overlaps and of double count: numbers with a comma, the unknown said, one sentence."""

import csv
from pathlib import Path

import pytest

from dashboards.overlap_tables import (
    double_count,
    overlap_sentence,
    perimeter_table,
    write_double_count,
    write_perimeters,
)
from geodata.territories import load_reference
from graphmodel import ContractGraph


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_perimeters_of_the_parties_pair_by_pair(graph: ContractGraph, tmp_path: Path) -> None:
    table = perimeter_table(graph)
    rows = read(write_perimeters(table, tmp_path / "chevauchements.csv"))
    metro = load_reference().get("200040715", "epci", 2019)
    isere = load_reference().get("38", "departement")
    (pair,) = [row for row in rows if row["Relation"] != "inconnu"]
    assert (pair["Code"], pair["Code du second"]) == ("38", "200040715")
    assert pair["Relation"] == "le second est dans le premier"
    assert int(pair["Habitants communs"]) == metro.population
    assert pair["Part des habitants du second (%)"] == "100,0"
    assert metro.population
    assert isere.population
    share = float(pair["Part des habitants du premier (%)"].replace(",", "."))
    assert share == pytest.approx(100 * metro.population / isere.population, abs=0.01)
    (lost,) = [row for row in rows if row["Relation"] == "inconnu"]
    assert lost["Premier périmètre"] == "Syndicat mixte du Parc du Pilat"
    assert {lost[name] for name in lost if name.startswith(("Part", "Habitants", "Surface"))} == {"inconnu"}
    assert (table.known, table.unknown, table.crossing, table.nested) == (2, 1, 0, 1)


def test_factors_say_what_they_count_and_what_cannot_be(graph: ContractGraph, tmp_path: Path) -> None:
    values = double_count(graph)
    rows = read(write_double_count(values, tmp_path / "double-compte.csv"))
    assert {row["Année"] for row in rows} == {str(v.params["year"]) for v in values if v.measure}
    for row, value in zip(rows, [v for v in values if v.measure], strict=True):
        told = row["Facteur de double compte"]
        if value.value is None:
            assert told == "non calculable"
        else:
            assert float(told.replace(",", ".")) == pytest.approx(float(value.value), abs=1e-4)


def test_the_sentence_counts_unknown_perimeters_apart(graph: ContractGraph) -> None:
    said = overlap_sentence(perimeter_table(graph), []).replace("\u00a0", " ")
    assert said == (
        "Périmètres : 2 connus et 1 inconnu, sans recoupement calculable ; 0 paire se croise, 1 s’emboîte."
    )
