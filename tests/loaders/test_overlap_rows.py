"""Computed overlaps in the graph: crossing perimeters, quarters, reloading, and what contains what."""

import json
from pathlib import Path

import pytest
import shapely

from geodata.loaded import perimeters_of
from geodata.perimeters import Perimeter, unknown_perimeter
from geodata.territories import load_reference
from graphmodel import BatchBuilder, ContractGraph, Source, open_store
from graphmodel.elementary_cells import CellModel
from graphmodel.selection import contained
from loaders.overlap_rows import overlaps_batch, with_overlaps
from loaders.perimeter import read_perimeter
from loaders.perimeter_nodes import add_perimeters
from loaders.reference import reference_batch

PARK, GROUP = shapely.Point(4.6, 45.4).buffer(0.2), shapely.Point(4.8, 45.5).buffer(0.2)
QUARTER = shapely.Point(4.403, 45.43).buffer(0.008)


def file_of(folder: Path, name: str, shapes: dict[str, tuple[str, shapely.Geometry]]) -> Path:
    """Write perimeters (level and polygon by code) as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {"code": code, "nom": code, "niveau": level},
         "geometry": shapely.geometry.mapping(shape)}
        for code, (level, shape) in shapes.items()
    ]  # fmt: skip
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> ContractGraph:
    """Return a store where two files of perimeters were loaded one after the other."""
    folder = tmp_path_factory.mktemp("overlaps")
    first = read_perimeter(file_of(folder, "a.geojson", {"PARK": ("pnr", PARK)}), 2014)
    second = read_perimeter(file_of(folder, "b.geojson", {"GROUP": ("syndicat_mixte", GROUP)}), 2014)
    builder = BatchBuilder(Source("qpv", "qpv", "0" * 64, "qpv"))
    add_perimeters(builder, [Perimeter("QX", "QX", "qpv", "2015", polygon=QUARTER, population=40_000)])
    quarters = builder.build()
    with open_store(folder / "o.sqlite", create=True) as store:
        store.apply(store.plan(with_overlaps(store, [reference_batch(), first])))
        store.apply(store.plan(with_overlaps(store, [second])))
        store.apply(store.plan(with_overlaps(store, [quarters])))
        assert store.plan(with_overlaps(store, [quarters])).empty
        return store.snapshot()


def share(graph: ContractGraph, whole: str, part: str, name: str = "population_share") -> float | None:
    rows = graph.relationships("CONTAINS")
    rows = rows[(rows["source"] == whole) & (rows["target"] == part)]
    return None if rows.empty or rows[name].isna().all() else float(rows[name].dropna().iloc[0])


def test_perimeters_of_two_files_cross_both_ways(graph: ContractGraph) -> None:
    park, group = "pnr/PARK@2014", "syndicat_mixte/GROUP@2014"
    assert share(graph, group, park, "area_share") == pytest.approx(0.3265, abs=0.001)
    assert share(graph, group, park) == pytest.approx(0.249, abs=0.008)
    assert share(graph, park, group) == pytest.approx(0.211, abs=0.008)


def test_official_levels_hold_perimeters_and_are_held(graph: ContractGraph) -> None:
    park = "pnr/PARK@2014"
    assert share(graph, "region/82@2025", park) == 1
    by_departement = [
        share(graph, f"departement/{code}@2025", park) or 0 for code in ("42", "69", "07", "38")
    ]
    assert sum(by_departement) == pytest.approx(1, abs=0.02)
    assert share(graph, park, "epci/244200895@2025") == 1


def test_a_commune_that_is_cut_gets_its_share_of_people(graph: ContractGraph) -> None:
    park = "pnr/PARK@2014"
    rows = graph.relationships("CONTAINS")
    rows = rows[(rows["source"] == park) & rows["target"].str.startswith("commune/")]
    assert rows["area_share"].notna().all()
    assert rows["population_share"].notna().all()
    # Saint-Étienne: the border crosses a quarter, where people live closer together than around it.
    cut = rows[rows["area_share"] < 1]
    assert (cut["population_share"] - cut["area_share"]).abs().max() > 0.005
    assert len(rows) > 90


def test_a_quarter_lies_in_every_larger_level(graph: ContractGraph) -> None:
    quarter = "qpv/QX@2015"
    for whole in ("region/82@2025", "departement/42@2025", "epci/244200770@2025", "commune/42218@2025"):
        assert share(graph, whole, quarter) == 1
    assert share(graph, "pnr/PARK@2014", quarter) is not None
    assert share(graph, "syndicat_mixte/GROUP@2014", quarter) is None


def test_what_lies_in_a_territory_for_a_part_is_followed_no_further(graph: ContractGraph) -> None:
    inside = contained(graph.relationships("CONTAINS"), "pnr/PARK@2014")
    communes = {key for key in inside if key.startswith("commune/")}
    model = CellModel.from_graph(graph)
    assert abs(len(communes) - len(model.communes_in("pnr/PARK@2014"))) <= 3
    assert "syndicat_mixte/GROUP@2014" not in inside
    assert "commune/69123@2025" not in inside


def test_cells_and_contours_agree_on_the_people_of_a_perimeter(graph: ContractGraph) -> None:
    model = CellModel.from_graph(graph)
    park, group = "pnr/PARK@2014", "syndicat_mixte/GROUP@2014"
    told = share(graph, "departement/42@2025", park)
    loire = model.union([park]) * model.weights("departement/42@2025")
    assert model.population(loire) / model.population(model.weights(park)) == pytest.approx(told, abs=0.01)
    assert model.population_of(group) == pytest.approx(70_600 / (share(graph, park, group) or 1), rel=0.05)


def test_unknown_perimeters_and_no_perimeter_add_nothing() -> None:
    assert len(overlaps_batch([])) == 0
    assert len(overlaps_batch([unknown_perimeter("PILAT", "Pilat", "pnr")])) == 0


def test_a_fictional_perimeter_makes_the_rows_fictional() -> None:
    lyon = load_reference().geometry("69123")
    batch = overlaps_batch([Perimeter("X", "X", "custom", "2014", polygon=lyon, fictional=True)])
    assert batch.source.fictional


def test_perimeters_are_read_back_by_contour_or_by_whole_communes(
    graph: ContractGraph, tmp_path: Path
) -> None:
    assert {one.code for one in perimeters_of(graph)} == {"PARK", "GROUP", "QX"}
    assert all(one.polygon is not None and one.communes is None for one in perimeters_of(graph))
    builder = BatchBuilder(Source("duo", "duo", "0" * 64, "workbook"))
    pair = builder.territory("syndicat_mixte", "DUO", "2014")
    for code in ("69123", "69266"):
        commune = "Territory", f"commune/{code}@2025"
        builder.relationship("CONTAINS", pair, commune, {"composition": "declared"})
    with open_store(tmp_path / "t.sqlite", create=True) as store:
        store.apply(store.plan(with_overlaps(store, [reference_batch(), builder.build()])))
        found = store.snapshot()
    (duo,) = perimeters_of(found)
    assert duo.communes == ("69123", "69266")
    assert share(found, "epci/200046977@2025", f"syndicat_mixte/DUO@{duo.vintage}") == 1
