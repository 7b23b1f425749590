"""Neighbours against a plain oracle."""

from itertools import combinations

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.contiguity import commune_contiguity, contiguity
from geodata.territories import Territories


def grid(cells: list[tuple[int, int]]) -> gpd.GeoDataFrame:
    """Return unit squares of a hundredth of a degree near Lyon, by their column and row."""
    step = 0.01
    shapes = [
        shapely.box(4 + x * step, 45 + y * step, 4 + (x + 1) * step, 45 + (y + 1) * step) for x, y in cells
    ]
    return gpd.GeoDataFrame({"code": [f"{x}-{y}" for x, y in cells]}, geometry=shapes, crs=4326)


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_squares_side_by_side_are_neighbours_and_corners_are_not(cells: set[tuple[int, int]]) -> None:
    found = contiguity(grid(sorted(cells)))
    oracle = {
        tuple(sorted((f"{a[0]}-{a[1]}", f"{b[0]}-{b[1]}")))
        for a, b in combinations(cells, 2)
        if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1
    }
    assert set(found.borders) == oracle
    assert set(found.islands) == set(found.codes) - {code for pair in oracle for code in pair}


def test_neighbours_and_lengths_are_those_of_a_plain_intersection(territories: Territories) -> None:
    metric = territories.frame("commune", crs=2154).geometry
    sample = [code for code in metric.index if code.startswith("691")][:40]
    found = commune_contiguity()
    for code in sample:
        near = metric[metric.intersects(metric[code].buffer(1))].drop(code)
        lengths = {
            other: metric[code].boundary.intersection(shape.buffer(0.05)).length
            for other, shape in near.items()
        }
        oracle = {other: length for other, length in lengths.items() if length > 1}
        assert set(found.neighbours(code)) == set(oracle), code
        for other, length in found.neighbours(code).items():
            assert length == pytest.approx(oracle[other], abs=5), (code, other)


def test_it_is_symmetric_and_nobody_is_alone() -> None:
    found = commune_contiguity()
    assert found.islands == ()
    assert len(found.borders) == 7826
    for first, second in found.pairs():
        assert found.neighbours(first)[second] == found.neighbours(second)[first] > 0


def test_the_border_of_a_department_is_the_sum_of_its_communes(territories: Territories) -> None:
    wide = contiguity(territories.frame("departement")).borders["38", "69"]
    fine = [
        length for (a, b), length in commune_contiguity().borders.items() if {a[:2], b[:2]} == {"38", "69"}
    ]
    assert wide == pytest.approx(sum(fine))
