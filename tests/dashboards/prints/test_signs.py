"""Signs as geometry: hatches in millimetres, edges once, grounds that tell the truth."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.prints.ground import PrintGround, neighbours, short_names
from dashboards.prints.signs import edges_of, hatch, outline_of
from geodata.territories import load_reference

AREA = shapely.Polygon([(3, 2), (31, 5), (28, 30), (9, 24)])


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([-45.0, 0.0, 30.0, 45.0, 90.0]), st.floats(0.8, 4), st.floats(-9, 9))
def test_hatch_lines_lie_in_the_area_at_their_distance(angle: float, spacing: float, shift: float) -> None:
    strokes = hatch(AREA, spacing, angle, (shift, shift))
    assert AREA.buffer(1e-6).covers(strokes)
    turn = np.radians(angle)
    middles = shapely.get_coordinates(shapely.centroid(shapely.get_parts(strokes))) - shift
    steps = middles @ np.array([np.sin(turn), np.cos(turn)]) / spacing
    assert steps == pytest.approx(np.round(steps), abs=1e-6)
    # Length of the lines × their distance is the area, but for what the two edge lines miss.
    assert strokes.length * spacing == pytest.approx(AREA.area, rel=0.35)


def test_two_areas_share_the_lines_of_one_map() -> None:
    left, right = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
    both = hatch(shapely.box(0, 0, 20, 10), 2.0, 45.0)
    assert hatch(left, 2.0, 45.0).length + hatch(right, 2.0, 45.0).length == pytest.approx(both.length)


def test_a_hatch_of_nothing_is_nothing() -> None:
    assert hatch(shapely.Polygon(), 2.0, 45.0).is_empty


def test_a_shared_edge_is_drawn_once() -> None:
    assert edges_of([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]).length == 7


def test_a_hole_stays_a_hole() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 3, 3))
    path = outline_of(ring)
    assert path.contains_point((0.5, 0.5))
    assert len(path.to_polygons(closed_only=True)) == 2


def test_every_epci_of_every_year_has_a_short_name() -> None:
    reference = load_reference()
    codes = {code for year in reference.vintages["epci"] for code in reference.frame("epci", year).index}
    names = short_names()
    assert codes <= set(names)
    assert len(set(names.values())) == len(names)
    assert max(map(len, names.values())) <= 30


def test_the_sign_of_an_epci_stands_in_it(ground: PrintGround) -> None:
    for code, (east, north) in ground.centers.items():
        assert ground.epci[code].contains(shapely.Point(east, north)), code


def test_neighbours_are_outside_the_region(ground: PrintGround) -> None:
    assert len(neighbours()) == 7
    for neighbour in neighbours():
        assert not ground.region.contains(shapely.Point(neighbour.east, neighbour.north)), neighbour.name


def test_the_edges_of_the_epci_are_those_of_their_union(ground: PrintGround) -> None:
    perimeter = sum(shape.length for shape in ground.epci.values())
    outer = shapely.union_all(list(ground.epci.values())).length
    assert ground.epci_edges.length == pytest.approx((perimeter + outer) / 2, rel=1e-6)
