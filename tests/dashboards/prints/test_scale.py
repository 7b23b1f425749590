"""Scales are exact: what is measured with a ruler on paper is what the page says."""

import pytest
import shapely

from dashboards.prints.ground import PrintGround
from dashboards.prints.page import Page
from dashboards.prints.scale import SCALES, MapFrame, bar_length, draw_bar, frame_for
from dashboards.prints.text import Box
from graphmodel import UsageError

FRAME = MapFrame(Box(10, 26, 190, 180), 1_500_000, (890_000.0, 6_470_000.0))


def test_one_kilometre_is_the_millimetres_of_the_scale() -> None:
    x, y = FRAME.point(*FRAME.center)
    assert (x, y) == (105, 116)
    assert FRAME.point(890_000 + 150_000, 6_470_000)[0] - x == pytest.approx(100)
    assert y - FRAME.point(890_000, 6_470_000 + 75_000)[1] == pytest.approx(50)


def test_a_shape_and_a_point_land_at_the_same_place() -> None:
    moved = FRAME.shape(shapely.Point(812_345, 6_512_345))
    assert (moved.x, moved.y) == pytest.approx(FRAME.point(812_345, 6_512_345))


def test_the_ground_of_a_frame_fills_it() -> None:
    assert FRAME.shape(FRAME.ground).equals_exact(FRAME.outline.normalize(), 1e-6) or FRAME.shape(
        FRAME.ground
    ).symmetric_difference(FRAME.outline).area == pytest.approx(0, abs=1e-6)


def test_the_largest_scale_that_fits_is_taken(ground: PrintGround) -> None:
    frame = frame_for(ground.region.bounds, Box(10, 26, 190, 183))
    assert frame.scale == 1_500_000
    larger = SCALES[SCALES.index(frame.scale) - 1]
    west, _, east, _ = ground.region.bounds
    assert (east - west) * 1000 / larger > 190


def test_what_fits_at_no_scale_is_refused() -> None:
    with pytest.raises(UsageError, match="trop grand"):
        frame_for((0, 0, 9e7, 9e7), Box(0, 0, 100, 100))


def test_the_bar_measures_what_it_says() -> None:
    page = Page(210, 297)
    draw_bar(page, FRAME, 190, 200)
    assert bar_length(FRAME) == 50
    bars = [patch for patch in page.axes.patches if patch.get_height() == 1.1]
    # 50 km at 1:1 500 000 are 33.33 mm of ground; the projection makes them shorter by less than 1 in 1000.
    assert sum(patch.get_width() for patch in bars) == pytest.approx(33.333 * FRAME.factor, abs=1e-3)
    assert 0.99906 <= FRAME.factor <= 0.99986


def test_paper_has_the_size_it_says() -> None:
    page = Page(210, 297)
    assert page.figure.get_size_inches() * 25.4 == pytest.approx([210, 297])
    assert page.axes.transData.transform((210, 0)) == pytest.approx(page.figure.bbox.max)
