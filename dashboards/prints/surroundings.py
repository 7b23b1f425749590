"""What stands around the content of a map with insets: windows, scale bar, north, neighbours, tags."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

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


def draw_inset_plates(page: Page, frame: MapFrame, title: tuple[str, str]) -> list[shapely.Polygon]:
    """Draw the tag of an inset and its scale bar, in its left corners; return what they cover."""
    tag = furniture.draw_tag(page, frame, *title)
    bar = draw_bar(page, frame, frame.box.x + bar_size(frame, inset=True)[0], frame.box.bottom, inset=True)
    return [tag.polygon, bar.polygon]
