"""The files of the demonstration are what the generator draws, and read like any other file."""

import json
from pathlib import Path

import pytest
import shapely
from python_calamine import CalamineWorkbook

from geodata.territories import Territories
from graphmodel import Batch, ContractGraph
from loaders.demonstration import neighbourhoods
from loaders.demonstration.__main__ import write
from loaders.demonstration.draw import SEED, Draw
from loaders.demonstration.files import (
    NEIGHBOURHOODS,
    RURAL,
    URBAN_UNITS,
    WORKBOOK,
    bundled,
    read_table,
    zones,
)
from loaders.template import SHEETS
from loaders.workbook.rows import Grid


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where the four files are drawn again."""
    folder = tmp_path_factory.mktemp("again")
    write(folder)
    return folder


def cells(path: Path) -> dict[str, Grid]:
    """Return every cell of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_workbook_is_what_the_seed_draws(again: Path) -> None:
    """Cells, not bytes: another version of the compressing library packs the same sheets otherwise."""
    drawn, shipped = cells(again / WORKBOOK), cells(Path(str(bundled(WORKBOOK))))
    assert list(drawn) == list(shipped)
    for name in drawn:
        assert drawn[name] == shipped[name], name


def test_tables_are_what_the_seed_draws(again: Path) -> None:
    for name in (RURAL, URBAN_UNITS):
        assert (again / name).read_text(encoding="utf-8") == bundled(name).read_text(encoding="utf-8")


def test_outlines_are_what_the_seed_draws(again: Path) -> None:
    drawn = json.loads((again / NEIGHBOURHOODS).read_text(encoding="utf-8"))["features"]
    shipped = json.loads(bundled(NEIGHBOURHOODS).read_text(encoding="utf-8"))["features"]
    assert [f["properties"] for f in drawn] == [f["properties"] for f in shipped]
    for one, other in zip(drawn, shipped, strict=True):
        first, second = shapely.geometry.shape(one["geometry"]), shapely.geometry.shape(other["geometry"])
        # The last decimal may differ from one projection library to the next.
        assert shapely.hausdorff_distance(first, second) < 3e-6


def test_lots_do_not_depend_on_the_machine() -> None:
    draw = Draw("test")
    assert SEED == 20142016
    assert [draw.whole(0, 999) for _ in range(5)] == [273, 379, 948, 293, 605]
    assert Draw("other").between(0, 1) != Draw("test").between(0, 1)
    assert sorted(Draw("x").some(range(6), 9)) == [0, 1, 2, 3, 4, 5]


def test_every_sheet_has_rows_but_those_that_others_fill() -> None:
    """Bodies and documents come from the convention; remarks are taken down in the meetings to come."""
    shipped = cells(Path(str(bundled(WORKBOOK))))
    empty = [name for name in SHEETS if len(shipped[name]) < 2]
    assert sorted(empty) == ["Documents", "Instances", "Remarques"]


def test_everything_is_flagged_fictional(batches: list[Batch], graph: ContractGraph) -> None:
    assert [batch.source.fictional for batch in batches] == [True] * 4
    assert not [warning for batch in batches for warning in batch.warnings]
    parts = graph.relationships("TAKES_PART_IN")
    assert set(parts.loc[~parts["fictional"], "basis"]) == {"convention"}
    assert bool(graph.nodes("Funding").query("basis != 'convention'")["fictional"].all())


def test_what_the_convention_says_stays_as_it_said_it(graph: ContractGraph) -> None:
    """No party is told again by the fictional file, and nothing the two say is in conflict."""
    signed = set(graph.relationships("SIGNED")["source"])
    organisations = graph.nodes("Organisation")
    assert len(signed) == 20
    assert not organisations.loc[list(signed), "fictional"].any()
    for frame in graph.frames.values():
        assert not frame["conflicts"].map(bool).any()


def test_fictional_names_cannot_be_taken_for_real_ones(graph: ContractGraph) -> None:
    organisations = graph.nodes("Organisation")
    made = organisations[organisations["fictional"]]
    assert len(made) > 200
    assert made["name"].str.startswith("Ficti").all()
    assert graph.nodes("Ptce")["name"].str.startswith("Ficti").all()
    people = graph.nodes("Mandate")
    assert people.loc[people["fictional"], "person"].str.startswith("Ficti").all()
    assert all(quarter.name.startswith("Ficti-") for quarter in neighbourhoods())


def test_quarters_lie_inside_their_commune(territories: Territories, graph: ContractGraph) -> None:
    communes = territories.frame("commune").geometry
    inside = zones().neighbourhoods
    for quarter in neighbourhoods():
        assert quarter.polygon is not None
        assert shapely.is_valid(quarter.polygon)
        assert shapely.contains(communes[inside[quarter.code]], quarter.polygon)
        assert quarter.population is not None
        assert quarter.population >= 1000
    contains = graph.relationships("CONTAINS")
    contains = contains[contains["target"].str.startswith("qpv/")]
    found = {t.split("/")[1].split("@")[0]: s.split("/")[1].split("@")[0]
             for s, t in zip(contains["source"], contains["target"], strict=True)}  # fmt: skip
    assert found == inside
    assert (contains["area_share"] == 1.0).all()


def test_quarters_are_small_and_apart(territories: Territories) -> None:
    people = territories.frame("commune")["population"]
    polygons = [quarter.polygon for quarter in neighbourhoods() if quarter.polygon is not None]
    tree = shapely.STRtree(polygons)
    crossing = tree.query(polygons, predicate="intersects")
    assert all(one == other for one, other in crossing.T)
    totals: dict[str, int] = {}
    for quarter in neighbourhoods():
        commune = zones().neighbourhoods[quarter.code]
        totals[commune] = totals.get(commune, 0) + (quarter.population or 0)
    assert all(total < 0.3 * people[commune] for commune, total in totals.items())


def test_rural_communes_are_whole_real_ones(territories: Territories, graph: ContractGraph) -> None:
    frame = territories.frame("commune")
    listed = [row["code"] for row in read_table(RURAL)]
    assert 250 <= len(listed) == len(set(listed)) <= 400
    assert set(listed) <= set(frame.index)
    assert frame.loc[listed, "population"].max() < 2500
    assert {code[:2] for code in listed} == {"07", "26", "38", "42", "73"}
    names = dict(zip(graph.nodes("Zoning").index, graph.nodes("Zoning")["name"], strict=True))
    assert names == {
        "zoning/QPV@2015": "QPV (contours fictifs)", "zoning/ZRR@2014": "ZRR (liste fictive)",
    }  # fmt: skip


def test_urban_units_hold_every_quarter_once(territories: Territories) -> None:
    rows = read_table(URBAN_UNITS)
    communes = [row["commune"] for row in rows]
    assert len(communes) == len(set(communes))
    assert set(zones().neighbourhoods.values()) <= set(communes)
    people = territories.frame("commune")["population"]
    for code in {row["code"] for row in rows}:
        assert people[[row["commune"] for row in rows if row["code"] == code]].sum() >= 10_000
