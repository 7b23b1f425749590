"""A map of ratios: flat classes, with two insets of towns. Maps M3 and M7, and views of a measure."""

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.measured import STATUSES
from dashboards.prints.atlas import Atlas, Labels, Place, draw_atlas
from dashboards.prints.blocks import Block
from dashboards.prints.ground import PrintGround
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_data import RatioMapData
from dashboards.prints.ratio_legend import draw_class, draw_ground_of, legend_blocks
from dashboards.prints.scale import MapFrame
from dashboards.prints.towns import label_towns
from dashboards.prints.zonings_data import ZoningsMapData
from dashboards.prints.zonings_map import draw_zones, inset_places


def draw_ratio_map(page: Page, layout: Layout, data: RatioMapData, ground: PrintGround,
                   zonings: ZoningsMapData | None, places: tuple[Place, ...] = (),
                   more: tuple[Block, ...] = ()) -> None:  # fmt: skip
    """Draw a map of ratios; names that found no place are in `Page.unplaced`.

    Parameters
    ----------
    page, layout
        Where.
    data
        Values and classes.
    ground
        Contours, of the units of `data`.
    zonings
        Priority quarters and rural communes drawn over them; None draws none.
    places
        What the insets show; none takes those with the most quarters of `zonings`.
    more
        Blocks after the legend.

    Raises
    ------
    LayoutError
        When the legend does not fit the page.
    """
    areas = class_areas(data, ground)
    rural = shapely.coverage_union_all([ground.communes[code] for code in zonings.rural]) if zonings else None

    def paint(page: Page, frame: MapFrame, z: float) -> None:
        fill_classes(page, frame, data, areas, z)
        if zonings is not None and rural is not None:
            draw_zones(page, frame, zonings, rural, z)

    def label(page: Page, frame: MapFrame, labels: Labels) -> None:
        quarters = zonings.quarters if zonings is not None and not labels.main else ()
        marks = [frame.shape(one.shape) for one in quarters if one.shape.intersects(frame.ground)]
        label_towns(page, frame, ground, labels, marks)

    def blocks(page: Page, insets: bool) -> list[Block]:  # noqa: ARG001
        return [*legend_blocks(data, zonings, insets=insets), *more]

    shown = places or (inset_places(zonings, ground) if zonings is not None else ())
    marks = zonings.marks if zonings is not None else ()
    by_commune = data.level == "commune"
    draw_atlas(page, layout, ground, Atlas(paint, label, blocks, shown, communes=by_commune, marks=marks))


def class_areas(data: RatioMapData, ground: PrintGround) -> dict[str, BaseGeometry]:
    """Return the ground of each class and status, in EPSG:2154; units that touch are joined."""
    shapes = ground.units(data.level)
    signs_of = {code: data.sign(code) for code in data.rows}
    wanted = [*(str(rank) for rank in range(len(data.limits) + 1)), *STATUSES]
    return {
        sign: shapely.coverage_union_all([shapes[code] for code, own in signs_of.items() if own == sign])
        for sign in wanted
    }


def fill_classes(page: Page, frame: MapFrame, data: RatioMapData, areas: dict[str, BaseGeometry],
                 z: float = 0.0) -> None:  # fmt: skip
    """Fill the classes and the grounds that are no class on a map."""
    for sign, area in areas.items():
        seen = frame.shape(area if frame.ground.contains(area) else shapely.intersection(area, frame.ground))
        if seen.is_empty:
            continue
        if sign in STATUSES:
            draw_ground_of(page, sign, seen, frame.box, Z["fill"] + z)
        else:
            draw_class(page, data, int(sign), seen, frame.box, Z["fill"] + z)
