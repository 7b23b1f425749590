"""Overlaps of territories: exact values on a grid, plain oracles, points thrown at the real contours."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.mesh import Mesh, mesh_of
from geodata.overlaps import Overlaps, overlap_table
from geodata.perimeters import Perimeter, perimeter_of_communes, unknown_perimeter
from geodata.territories import Territories

SIDE = 1_000.0
ORIGIN = (840_000.0, 6_500_000.0)


def square(x: float, y: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """Return a box in kilometres from the corner of the grid."""
    left, low = ORIGIN[0] + x * SIDE, ORIGIN[1] + y * SIDE
    return shapely.box(left, low, left + width * SIDE, low + height * SIDE)


def frame(rows: dict[str, tuple[int | None, shapely.Geometry | None]]) -> gpd.GeoDataFrame:
    """Return territories in metres by code."""
    people = pd.array([people for people, _ in rows.values()], dtype="Int64")
    shapes = [shape for _, shape in rows.values()]
    return gpd.GeoDataFrame({"population": people}, geometry=shapes, index=list(rows), crs=2154)


def grid(size: int = 3, people: int | None = 100) -> gpd.GeoDataFrame:
    """Return communes of one square kilometre; the one at column x and row y has people × (x + 1)."""
    return frame({
        f"{x}{y}": (None if people is None else people * (x + 1), square(x, y))
        for x in range(size) for y in range(size)
    })  # fmt: skip


def table_of(mesh: Mesh, containers: gpd.GeoDataFrame, contained: gpd.GeoDataFrame) -> pd.DataFrame:
    """Lay both frames as polygons and return their overlaps by pair."""
    feet = [
        mesh.of_polygons(list(f.index), np.array(f.geometry, dtype=object)) for f in (containers, contained)
    ]
    return overlap_table(mesh, *feet).set_index(["container", "contained"])


def test_two_perimeters_that_cross() -> None:
    mesh = mesh_of(grid())
    first, second = frame({"A": (None, square(0, 0, 2, 1.5))}), frame({"B": (None, square(1, 0, 2, 3))})
    row = table_of(mesh, first, second).loc[("A", "B")]
    assert row["area_km2"] == pytest.approx(1.5)
    assert row["area_share"] == pytest.approx(1.5 / 6)
    assert row["population"] == pytest.approx(300)
    assert row["population_share"] == pytest.approx(300 / 1500)
    back = table_of(mesh, second, first).loc[("B", "A")]
    assert back["area_share"] == pytest.approx(1.5 / 3)
    assert back["population_share"] == pytest.approx(300 / 450)


def test_two_borders_in_one_cell_are_drawn_not_multiplied() -> None:
    mesh = mesh_of(grid(1))
    halves = frame({"W": (None, square(0, 0, 0.5, 1)), "E": (None, square(0.5, 0, 0.5, 1))})
    found = table_of(mesh, halves, halves)
    assert set(found.index) == {("W", "W"), ("E", "E")}
    assert found["population_share"].tolist() == [1.0, 1.0]


def test_a_quarter_is_cut_out_with_its_people() -> None:
    quarters = frame(
        {"Q": (90, square(0.9, 0, 0.2, 0.5)), "U": (None, square(2.5, 2.5, 0.2, 0.2)), "N": (50, None)}
    )
    mesh = mesh_of(grid(), quarters)
    cells = {(c, q): n for c, q, n in zip(mesh.communes, mesh.quarters, mesh.people, strict=True)}
    assert cells[("00", "Q")] == pytest.approx(45)
    assert cells[("00", None)] == pytest.approx(55)
    assert cells[("10", None)] == pytest.approx(155)
    assert sum(cells.values()) == pytest.approx(1_800)
    assert sum(mesh.areas) == pytest.approx(9e6)
    west = frame({"W": (None, square(0, 0, 1, 1)), "H": (None, square(0, 0, 0.9, 1))})
    foot = mesh.of_quarters(["Q"], np.array([quarters.geometry["Q"]], dtype=object))
    held = mesh.of_polygons(list(west.index), np.array(west.geometry, dtype=object))
    found = overlap_table(mesh, held, foot).set_index("container")
    assert found.loc["W", "population_share"] == pytest.approx(0.5)
    assert found.loc["W", "population"] == pytest.approx(45)
    # West of the quarter only the rest of the commune is left, less dense than the commune as a whole.
    assert mesh.people @ held.weights.toarray()[1] == pytest.approx(55 * 0.9 / 0.95)


def test_quarters_larger_than_their_commune_are_told() -> None:
    mesh = mesh_of(grid(1), frame({"P": (150, square(0, 0, 0.5, 0.5))}))
    assert mesh.overfull == ("00",)
    assert dict(zip(mesh.quarters, mesh.people, strict=True)) == {None: 0, "P": 150}
    assert mesh_of(grid(1), frame({"P": (100, square(0, 0, 0.5, 0.5))})).overfull == ()


def test_quarters_that_overlap_count_a_place_once() -> None:
    quarters = frame({"P": (20, square(0, 0, 0.5, 0.5)), "Q": (20, square(0.25, 0, 0.5, 0.5))})
    mesh = mesh_of(grid(1), quarters)
    assert sum(mesh.areas) == pytest.approx(1e6)
    assert dict(zip(mesh.quarters, mesh.people, strict=True)) == pytest.approx({None: 70, "P": 20, "Q": 10})


def test_unknown_people_stay_unknown() -> None:
    mesh = mesh_of(frame({"a": (None, square(0, 0)), "b": (10, square(1, 0))}))
    whole = frame({"AB": (None, square(0, 0, 2, 1)), "A": (None, square(0, 0, 0.5, 1))})
    found = table_of(mesh, whole, frame({"X": (None, square(0, 0, 1.5, 1))}))
    assert found.loc[("AB", "X"), "population_share"] == 1
    assert np.isnan(found.loc[("AB", "X"), "population"])
    assert np.isnan(found.loc[("A", "X"), "population_share"])
    assert found.loc[("A", "X"), "area_share"] == pytest.approx(1 / 3)


def test_what_reaches_beyond_the_cells_has_no_population_share() -> None:
    mesh = mesh_of(grid())
    beyond = frame({"B": (None, square(1, 1, 4, 1))})
    row = table_of(mesh, frame({"A": (None, square(0, 0, 2, 3))}), beyond).loc[("A", "B")]
    assert row["area_share"] == pytest.approx(1 / 4)
    assert np.isnan(row["population_share"])
    assert row["population"] == pytest.approx(200)


def test_a_border_drawn_twice_is_no_overlap() -> None:
    mesh = mesh_of(grid())
    left, right = frame({"L": (None, square(0, 0, 1.0000001, 3))}), frame({"R": (None, square(1, 0, 2, 3))})
    assert table_of(mesh, left, right).empty


def test_nothing_to_lay_gives_an_empty_table() -> None:
    mesh = mesh_of(grid())
    nothing = frame({})
    assert table_of(mesh, nothing, nothing).empty
    assert overlap_table(mesh, mesh.of_communes({}), mesh.of_communes({"G": ["00"]})).empty


tenth = st.integers(0, 30)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(tenth, tenth, tenth, tenth), min_size=1, max_size=4), st.integers(0, 2))
def test_boxes_against_a_plain_oracle(bounds: list[tuple[int, int, int, int]], missing: int) -> None:
    boxes = {
        f"B{i}": (None, square(min(a, b) / 10, min(c, d) / 10, abs(a - b) / 10, abs(c - d) / 10))
        for i, (a, b, c, d) in enumerate(bounds) if a != b and c != d
    }  # fmt: skip
    cells = grid().drop(index=[f"{missing}0"])
    others = frame({"C": (None, square(0.5, 0.5, 1.25, 1.25)), "D": (None, square(1.2, 0, 1, 3))})
    found = table_of(mesh_of(cells), frame(boxes), others)
    for code, (_, box) in boxes.items():
        for other, shape in others.geometry.items():
            common = shapely.intersection(box, shape)
            pieces = [common.intersection(cell).area for cell in cells.geometry]
            people = sum(n * area / SIDE**2 for n, area in zip(cells["population"], pieces, strict=True))
            if sum(pieces) == 0:
                assert (code, other) not in found.index
                continue
            row = found.loc[(code, other)]
            assert row["area_km2"] * 1e6 == pytest.approx(sum(pieces))
            assert row["population"] == pytest.approx(people)


PARK = shapely.Point(4.6, 45.4).buffer(0.2)
GROUP = shapely.Point(4.8, 45.5).buffer(0.2)


@pytest.fixture(scope="module")
def overlaps(territories: Territories) -> Overlaps:
    """Return the reference with two perimeters that cross, and three QPV drawn for the test."""
    quarters = [
        Perimeter(
            "QA", "A", "qpv", "2015", polygon=shapely.Point(4.8755, 45.758).buffer(0.012), population=9_000
        ),
        Perimeter("QB", "B", "qpv", "2015", polygon=shapely.Point(4.835, 45.738).buffer(0.004)),
        Perimeter("QC", "C", "qpv", "2015"),
    ]
    known = territories.frame("commune").index
    return Overlaps(
        territories.with_perimeters(
            [
                Perimeter("PARK", "Parc", "pnr", polygon=PARK),
                Perimeter("GROUP", "Groupe", "syndicat_mixte", polygon=GROUP),
                perimeter_of_communes("PAIR", "Paire", ["69123", "69266"], known, level="syndicat_mixte"),
                unknown_perimeter("PILAT", "Pilat", "pnr"),
                *quarters,
            ]
        )
    )


def test_official_levels_nest(overlaps: Overlaps) -> None:
    for container in ("region", "departement", "epci"):
        table = overlaps.between(container, "commune")  # type: ignore[arg-type]
        assert len(table) == 2738
        assert table["area_share"].to_numpy() == pytest.approx(1)
        assert table["population"].sum() == pytest.approx(6_584_131)
    crossing = overlaps.between("departement", "epci")
    assert crossing.groupby("contained")["population_share"].sum().to_numpy() == pytest.approx(1)
    assert (crossing["population_share"] < 1).sum() > 0


def test_unknown_perimeters_are_named_and_in_no_table(overlaps: Overlaps) -> None:
    assert overlaps.unknown == ("PILAT", "QC")
    assert set(overlaps.between("region", "pnr")["contained"]) == {"PARK"}
    assert "QC" not in set(overlaps.between("region", "qpv")["contained"])


def test_a_quarter_of_unknown_population_is_estimated_nowhere(overlaps: Overlaps) -> None:
    inside = overlaps.between("commune", "qpv").set_index(["container", "contained"])
    assert inside.loc[("69123", "QB"), "population_share"] == 1
    assert np.isnan(inside.loc[("69123", "QB"), "population"])
    shares = inside.loc[(slice(None), "QA"), "population_share"]
    assert shares.sum() == pytest.approx(1)
    assert set(shares.index.get_level_values(0)) == {"69123", "69266"}
    pair = overlaps.between("syndicat_mixte", "qpv").set_index(["container", "contained"])
    assert pair.loc[("PAIR", "QA"), "population"] == pytest.approx(9_000)


def test_shares_against_points_thrown_at_the_contours(overlaps: Overlaps) -> None:
    """Points at random in the container, weighed by the density of the commune they fall in."""
    communes = overlaps.territories.frame("commune", crs=2154)
    communes["density"] = communes["population"].astype(float) / communes.area
    shapes = gpd.GeoSeries([PARK, GROUP], crs=4326).to_crs(2154)
    west, south, east, north = shapes[0].bounds
    draw = np.random.default_rng(20140101)
    points = shapely.points(draw.uniform(west, east, 40_000), draw.uniform(south, north, 40_000))
    thrown = gpd.GeoDataFrame(geometry=points[shapely.contains(shapes[0], points)], crs=2154)
    thrown["in_group"] = shapely.contains(shapes[1], np.array(thrown.geometry, dtype=object))
    fallen = thrown.sjoin(communes[["density", "epci", "geometry"]], predicate="within")
    assert len(fallen) == pytest.approx(len(thrown), rel=0.001)
    area_share = fallen["in_group"].mean()
    people_share = fallen.loc[fallen["in_group"], "density"].sum() / fallen["density"].sum()
    row = overlaps.between("syndicat_mixte", "pnr").set_index("container").loc["GROUP"]
    assert row["area_share"] == pytest.approx(area_share, abs=0.012)
    assert row["population_share"] == pytest.approx(people_share, abs=0.02)
    by_epci = fallen.groupby("epci")["density"].sum() / fallen["density"].sum()
    table = overlaps.between("epci", "pnr").set_index("container")["population_share"]
    assert table.sum() == pytest.approx(1)
    for epci, share in by_epci.items():
        assert table[epci] == pytest.approx(share, abs=0.025)
