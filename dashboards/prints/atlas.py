"""A map with insets and a legend on any page: the order in which the parts of a thematic map are drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from shapely.geometry.base import BaseGeometry

from dashboards.prints.blocks import Block, flow
from dashboards.prints.ground import PrintGround, draw_frame, draw_ground
from dashboards.prints.layout import Layout
from dashboards.prints.page import INSET, Page
from dashboards.prints.scale import MapFrame, frame_for
from dashboards.prints.surroundings import draw_inset_plates, draw_surroundings

INSET_SCALE: Final = 400_000
"""Scale of the insets: quarters are drawn by their contours from 1:500 000 on."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an inset shows: the middle of its ground in EPSG:2154, its title."""

    middle: tuple[float, float]
    title: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What the names of a map must obey: plates to keep clear of, grounds that insets show, drawing order."""

    fixed: Sequence[BaseGeometry]
    hidden: Sequence[BaseGeometry] = ()
    z: float = 0.0

    @property
    def main(self) -> bool:
        """True on the main map."""
        return self.z == 0.0


@dataclass(frozen=True, slots=True)
class Atlas:
    """How a thematic map is drawn.

    Attributes
    ----------
    paint
        Draws the theme on a map; its last argument is added to the order of drawing.
    label
        Places and writes the names of a map.
    blocks
        Returns the legend once the names are placed; its second argument tells whether there are insets.
    insets
        Places shown larger.
    communes
        True draws the edges of the communes on the main map too.
    marks
        What the scale bar of an inset should not cover, in EPSG:2154.
    """

    paint: Callable[[Page, MapFrame, float], None]
    label: Callable[[Page, MapFrame, Labels], None]
    blocks: Callable[[Page, bool], Sequence[Block]]
    insets: tuple[Place, ...] = ()
    communes: bool = False
    marks: Sequence[BaseGeometry] = ()


def draw_atlas(page: Page, layout: Layout, ground: PrintGround, atlas: Atlas) -> None:
    """Draw the main map, its insets and its legend.

    Raises
    ------
    LayoutError
        When the legend does not fit the page.
    """
    insets = [
        (MapFrame(box, INSET_SCALE, place.middle), place.title)
        for place, box in zip(atlas.insets, layout.insets, strict=False)
    ]
    main = frame_for(ground.region.bounds, layout.main)
    draw_ground(page, main, ground, communes=atlas.communes)
    atlas.paint(page, main, 0.0)
    around = draw_surroundings(page, main, ground, [frame for frame, _ in insets])
    hidden = [frame.ground for frame, _ in insets]
    atlas.label(page, main, Labels((*around.plates, *around.windows), hidden))
    draw_frame(page, main)
    for letter, (frame, title) in zip("AB", insets, strict=False):
        draw_ground(page, frame, ground, communes=True, z=INSET)
        atlas.paint(page, frame, INSET)
        plates = draw_inset_plates(page, frame, (letter, title), atlas.marks)
        atlas.label(page, frame, Labels(plates, z=INSET))
        draw_frame(page, frame, z=INSET)
    flow(page, atlas.blocks(page, bool(insets)), layout.columns)
