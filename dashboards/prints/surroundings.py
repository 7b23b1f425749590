"""What stands around the content of a map with insets: windows, scale bar, north, neighbours, tags."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.prints import furniture
from dashboards.prints.ground import PrintGround, draw_neighbours
from dashboards.prints.page import Page
from dashboards.prints.scale import MapFrame, bar_size, draw_bar, draw_north


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What names must keep clear of on the main map, in millimetres of the page.

    Attributes
    ----------
    plates
        Bar, north, letters of the windows, names of the neighbours.
    windows
        What the insets show.
    """

    plates: tuple[shapely.Polygon, ...]
    windows: tuple[shapely.Polygon, ...]


def draw_surroundings(
    page: Page, main: MapFrame, ground: PrintGround, insets: Sequence[MapFrame]
) -> Surroundings:
    """Draw on the main map the windows of the insets, the scale bar, the north and the neighbours."""
    windows = [furniture.draw_window(page, main, frame, "AB"[rank]) for rank, frame in enumerate(insets)]
    bar = draw_bar(page, main, main.box.right - 4, main.box.bottom - 2)
    north = draw_north(page, main.box.right - 6, bar.y - 4)
    plates = [box.polygon for box in (bar, north, *(tag for _, tag in windows))]
    return Surroundings(
        (*plates, *draw_neighbours(page, main, ground, plates)),
        tuple(window.polygon for window, _ in windows),
    )


def draw_inset_plates(page: Page, frame: MapFrame, title: tuple[str, str],
                      marks: Sequence[BaseGeometry] = ()) -> list[shapely.Polygon]:  # fmt: skip
    """Draw the tag of an inset and its scale bar; return what they cover.

    The bar stands in the lower corner where it covers the fewest marks (EPSG:2154), the left one if equal.
    """
    tag = furniture.draw_tag(page, frame, *title)
    wide, high = bar_size(frame, inset=True)
    seen = [frame.shape(mark).buffer(1.8) for mark in marks if mark.intersects(frame.ground)]

    def covered(right: float) -> int:
        plate = shapely.box(right - wide, frame.box.bottom - high, right, frame.box.bottom)
        return sum(mark.intersects(plate) for mark in seen)

    right = min((frame.box.x + wide, frame.box.right), key=covered)
    bar = draw_bar(page, frame, right, frame.box.bottom, inset=True)
    return [tag.polygon, bar.polygon]
