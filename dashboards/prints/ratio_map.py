"""Map M3, « Montant payé par habitant »: flat classes on an A4 landscape page, with two insets of towns."""

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.measured import STATUSES
from dashboards.prints import furniture, signs
from dashboards.prints.ground import PrintGround, draw_frame, draw_ground
from dashboards.prints.labels import Candidate, Name, around_point, clear, inside_area, place
from dashboards.prints.page import INSET, Page, Z
from dashboards.prints.ratio_data import RatioMapData
from dashboards.prints.ratio_legend import draw_ground_of, draw_legend, palette
from dashboards.prints.scale import MapFrame, frame_for
from dashboards.prints.surroundings import draw_inset_plates, draw_surroundings
from dashboards.prints.text import Box, Face
from dashboards.prints.zonings_data import ZoningsMapData
from dashboards.prints.zonings_map import draw_zones, inset_frames
from dashboards.theme import LIGHT

MAIN_BOX: Final = Box(10, 26, 158, 162)
LEGEND: Final = Box(233, 26, 54, 162)
FOOT: Final = 190.4
TOWNS: Final = 20
CAPITALS: Final = 8
"""Towns written larger: as many as the region has départements."""
_CAPITAL, _TOWN, _INSET_TOWN = Face(8.5, 600), Face(7.0), Face(6.5)
_DOT: Final = 0.55


def ratio_page(data: RatioMapData, zonings: ZoningsMapData, ground: PrintGround, heading: furniture.Heading,
               foot: furniture.Imprint, *, grey: bool = False) -> Page:  # fmt: skip
    """Return the page; names that found no place are in `Page.unplaced`.

    Parameters
    ----------
    data
        Values and classes.
    zonings
        Priority quarters and rural communes drawn over them.
    ground
        Contours, of the units of `data`.
    heading, foot
        Head and foot of the page.
    grey
        True for the edition to be photocopied.

    Raises
    ------
    TextOverflowError
        When a text does not fit its box.
    """
    page = Page(297, 210)
    furniture.draw_header(page, heading)
    insets = inset_frames(zonings, ground)
    areas = class_areas(data, ground)
    rural = shapely.coverage_union_all([ground.communes[code] for code in zonings.rural])
    main = frame_for(ground.region.bounds, MAIN_BOX)
    draw_ground(page, main, ground, communes=data.level == "commune")
    _fill(page, main, areas, grey=grey)
    around = draw_surroundings(page, main, ground, [frame for frame, _ in insets])
    fixed = [*around.plates, *around.windows]
    draw_zones(page, main, zonings, rural)
    name_towns(page, main, ground, fixed, hidden=[frame.ground for frame, _ in insets])
    draw_frame(page, main)
    for letter, (frame, title) in zip("AB", insets, strict=False):
        _draw_inset(page, frame, areas, zonings, ground, rural, (letter, title), grey=grey)
    draw_legend(page, data, zonings, LEGEND, grey=grey, insets=bool(insets))
    furniture.draw_footer(page, foot, FOOT)
    return page


def class_areas(data: RatioMapData, ground: PrintGround) -> dict[str, BaseGeometry]:
    """Return the ground of each class and status, in EPSG:2154; units that touch are joined."""
    shapes = ground.communes if data.level == "commune" else ground.epci
    signs_of = {code: data.sign(code) for code in data.rows}
    wanted = [*(str(rank) for rank in range(len(data.limits) + 1)), *STATUSES]
    return {
        sign: shapely.coverage_union_all([shapes[code] for code, own in signs_of.items() if own == sign])
        for sign in wanted
    }


def _fill(page: Page, frame: MapFrame, areas: dict[str, BaseGeometry], *, grey: bool, z: float = 0.0) -> None:
    for sign, area in areas.items():
        seen = frame.shape(area if frame.ground.contains(area) else shapely.intersection(area, frame.ground))
        if seen.is_empty:
            continue
        if sign in STATUSES:
            draw_ground_of(page, sign, seen, frame.box, Z["fill"] + z)
        else:
            signs.fill(page, seen, palette(grey=grey)[int(sign)], frame.box, Z["fill"] + z)


def _draw_inset(page: Page, frame: MapFrame, areas: dict[str, BaseGeometry], zonings: ZoningsMapData,
                ground: PrintGround, rural: BaseGeometry, title: tuple[str, str], *,
                grey: bool) -> None:  # fmt: skip
    draw_ground(page, frame, ground, communes=True, z=INSET)
    _fill(page, frame, areas, grey=grey, z=INSET)
    draw_zones(page, frame, zonings, rural, INSET)
    plates = draw_inset_plates(page, frame, title)
    quarters = [frame.shape(one.shape) for one in zonings.quarters if one.shape.intersects(frame.ground)]
    _name_communes(page, frame, ground, [*plates, *quarters])
    draw_frame(page, frame, z=INSET)


def name_towns(page: Page, frame: MapFrame, ground: PrintGround, fixed: Sequence[BaseGeometry], *,
               hidden: Sequence[BaseGeometry] = ()) -> None:  # fmt: skip
    """Mark and write the most populated towns; of those an inset shows, the largest alone."""
    ranked = sorted(ground.communes, key=lambda code: (-(ground.populations.get(code) or 0), code))
    chosen: list[str] = []
    middles = {code: ground.communes[code].representative_point() for code in ranked[: 4 * TOWNS]}
    for code, at in middles.items():
        window = next((window for window in hidden if window.contains(at)), None)
        if window is not None and any(window.contains(middles[other]) for other in chosen):
            continue
        near = [middles[other].distance(at) * 1000 / frame.scale for other in chosen]
        if min(near, default=99.0) > 6.0 and len(chosen) < TOWNS:
            chosen.append(code)
    choices = []
    for rank, code in enumerate(chosen):
        x, y = frame.point(middles[code].x, middles[code].y)
        signs.disc(page, x, y, _DOT, LIGHT.land, Z["mark"] + 0.5, edge=LIGHT.ink, line=0.9)
        face = _CAPITAL if rank < CAPITALS else _TOWN
        name = Name(code, (ground.commune_names[code],), face, priority=4.0 - rank / TOWNS)
        choices.append((name, clear(around_point(name, x, y, _DOT), frame.box, list(fixed), must=True)))
    _write(page, choices)


def _name_communes(page: Page, frame: MapFrame, ground: PrintGround, fixed: Sequence[BaseGeometry]) -> None:
    """Write in an inset the most populated communes, each within its own area."""
    seen = [code for code, shape in ground.communes.items() if shape.intersects(frame.ground)]
    seen.sort(key=lambda code: (-(ground.populations.get(code) or 0), code))
    choices = []
    for rank, code in enumerate(seen[:TOWNS]):
        inside = shapely.intersection(ground.communes[code], frame.ground)
        area = max(shapely.get_parts(frame.shape(inside)), key=lambda part: part.area)
        if area.area < 20:
            continue
        face = Face(7.0, 600) if rank < 3 else _INSET_TOWN
        name = Name(code, (ground.commune_names[code],), face, priority=4.0 - rank / TOWNS)
        candidates = inside_area(name, area, shapely.difference(frame.outline, area))
        choices.append((name, clear(candidates, frame.box.grown(-0.5), list(fixed))))
    _write(page, choices, z=INSET)


def _write(page: Page, choices: Sequence[tuple[Name, Sequence[Candidate]]], *, z: float = 0.0) -> None:
    placed = place(choices)
    for name, _ in choices:
        if name.key in placed:
            furniture.write_name(page, name, placed[name.key], z=z)
        else:
            page.unplaced.append(name.lines[0])
