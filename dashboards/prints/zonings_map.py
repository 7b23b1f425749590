"""The map of the zonings: priority quarters and ZRR on an A4 landscape page, with two insets of towns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.ground import PrintGround, draw_frame, draw_ground
from dashboards.prints.labels import Name, around_point, clear, place
from dashboards.prints.page import INSET, Page, Z
from dashboards.prints.scale import MapFrame, frame_for
from dashboards.prints.surroundings import draw_inset_plates, draw_surroundings
from dashboards.prints.text import Box, Face
from dashboards.prints.zonings_data import Quarter, Zoning, ZoningsMapData

MAIN_BOX: Final = Box(10, 26, 158, 162)
INSETS: Final = (Box(171, 26, 58, 79.5), Box(171, 108.5, 58, 79.5))
LEGEND: Final = Box(233, 26, 54, 0)
INSET_SCALE: Final = 400_000
"""Scale of the insets: quarters are drawn by their contours from 1:500 000 on."""
FOOT: Final = 190.4
_FACE: Final = Face(7.0, 600)
_TOWNS: Final = 16
_RING_MM: Final = 0.9
_ORIGIN: Final = (800_000.0, 6_500_000.0)
"""Point of the ground to which the phase of the hatch is fixed."""


def zonings_page(data: ZoningsMapData, ground: PrintGround, heading: furniture.Heading,
                 foot: furniture.Imprint) -> Page:  # fmt: skip
    """Return the page; names that found no place are in `Page.unplaced`.

    Raises
    ------
    TextOverflowError
        When a text does not fit its box.
    """
    page = Page(297, 210)
    furniture.draw_header(page, heading)
    insets = inset_frames(data, ground)
    rural = shapely.coverage_union_all([ground.communes[code] for code in data.rural])
    main = frame_for(ground.region.bounds, MAIN_BOX)
    draw_ground(page, main, ground)
    around = draw_surroundings(page, main, ground, [frame for frame, _ in insets])
    fixed = [*around.plates, *around.windows]
    draw_zones(page, main, data, rural)
    _name_towns(page, main, data, ground, fixed, hidden=[frame.ground for frame, _ in insets])
    draw_frame(page, main)
    for letter, (frame, title) in zip("AB", insets, strict=False):
        _draw_inset(page, frame, data, ground, rural, (letter, title))
    _draw_legend(page, data, bool(insets))
    furniture.draw_footer(page, foot, FOOT)
    return page


def quarters_by_commune(data: ZoningsMapData, ground: PrintGround) -> dict[str, list[Quarter]]:
    """Return the quarters by the commune that holds the middle of each, by code."""
    codes = sorted(ground.communes)
    tree = shapely.STRtree([ground.communes[code] for code in codes])
    found: defaultdict[str, list[Quarter]] = defaultdict(list)
    for quarter in data.quarters:
        at = tree.nearest(quarter.shape.representative_point())
        found[codes[int(at)]].append(quarter)
    return dict(sorted(found.items()))


def inset_frames(data: ZoningsMapData, ground: PrintGround) -> list[tuple[MapFrame, str]]:
    """Return the insets, with their titles: the EPCI with the most quarters, two at most, around them."""
    by_epci: defaultdict[str, list[Quarter]] = defaultdict(list)
    for commune, quarters in quarters_by_commune(data, ground).items():
        if commune in ground.epci_of:
            by_epci[ground.epci_of[commune]] += quarters
    chosen = sorted(by_epci, key=lambda code: (-len(by_epci[code]), code))[: len(INSETS)]
    frames = []
    for code, box in zip(chosen, INSETS, strict=False):
        west, south, east, north = shapely.total_bounds([one.shape for one in by_epci[code]]).tolist()
        middle = ((west + east) / 2, (south + north) / 2)
        frames.append((MapFrame(box, INSET_SCALE, middle), ground.epci_names[code]))
    return frames


def draw_zones(page: Page, frame: MapFrame, data: ZoningsMapData, rural: BaseGeometry,
               z: float = 0.0) -> None:  # fmt: skip
    """Draw the rural communes, then the quarters over them; `rural` is their union in EPSG:2154."""
    if not rural.is_empty:
        signs.draw_zrr(page, frame.shape(rural), frame.box, frame.point(*_ORIGIN), z)
    for quarter in data.quarters:
        signs.draw_qpv(page, frame.shape(quarter.shape), _scale_of(quarter, frame), frame.box, z)


def _scale_of(quarter: Quarter, frame: MapFrame) -> int:
    """Return the scale at which to draw a quarter: a point has no contour, so that a ring stands for it."""
    return frame.scale if quarter.shape.area else max(frame.scale, 1_000_000)


def _draw_inset(page: Page, frame: MapFrame, data: ZoningsMapData, ground: PrintGround, rural: BaseGeometry,
                title: tuple[str, str]) -> None:  # fmt: skip
    draw_ground(page, frame, ground, communes=True, z=INSET)
    draw_zones(page, frame, data, rural, INSET)
    plates = draw_inset_plates(page, frame, title)
    _name_towns(page, frame, data, ground, plates, z=INSET)
    draw_frame(page, frame, z=INSET)


def _name_towns(page: Page, frame: MapFrame, data: ZoningsMapData, ground: PrintGround,
                fixed: Sequence[BaseGeometry], *, hidden: Sequence[BaseGeometry] = (),
                z: float = 0.0) -> None:  # fmt: skip
    """Write the names of the largest communes that have a quarter, clear of the quarters.

    Of those within `hidden` grounds, which insets show, only the largest of each is named.
    """
    towns = quarters_by_commune(data, ground)
    middle = {code: shapely.union_all([one.shape for one in found]).centroid for code, found in towns.items()}
    marks = {one.code: _mark(one, frame) for one in data.quarters}
    seen = [code for code in towns if frame.ground.contains(middle[code])]
    seen.sort(key=lambda code: (-(ground.populations.get(code) or 0), code))
    for window in hidden:
        seen = [code for code in seen if code not in [c for c in seen if window.contains(middle[c])][1:]]
    choices = []
    for rank, code in enumerate(seen[:_TOWNS]):
        name = Name(code, (ground.commune_names[code],), _FACE, priority=4.0 - rank / _TOWNS)
        own = [marks[one.code] for one in towns[code]]
        candidates = [
            candidate for mark in own
            for candidate in around_point(name, mark.centroid.x, mark.centroid.y, _RING_MM)
        ]  # fmt: skip
        choices.append((name, clear(candidates, frame.box, [*fixed, *marks.values()], must=z == 0.0)))
    placed = place(choices)
    for name, _ in choices:
        if name.key in placed:
            furniture.write_name(page, name, placed[name.key], z=z)
        else:
            page.unplaced.append(name.lines[0])


def _mark(quarter: Quarter, frame: MapFrame) -> BaseGeometry:
    """Return what a quarter covers on a map: its contour, or its ring."""
    shape = frame.shape(quarter.shape)
    return shape.buffer(0.5) if _scale_of(quarter, frame) <= 500_000 else shape.centroid.buffer(_RING_MM)


def _draw_legend(page: Page, data: ZoningsMapData, insets: bool) -> None:
    box = Box(LEGEND.x, LEGEND.y, LEGEND.w, FOOT - 2 - LEGEND.y)
    page.paragraph(Box(box.x, box.y, box.w, 5), "Zonages", furniture.HEADING)
    y = box.y + 8.0
    for sign, said in legend_rows(data).items():
        swatch = Box(box.x + 0.4, y - 2.4, 8, 4.8)
        shape = swatch.polygon
        if sign == "qpv":
            at = shapely.Point(box.x + 4.4, y).buffer(1)
            signs.draw_qpv(page, at, 1_000_000, swatch.grown(1))
        else:
            signs.draw_zrr(page, shape, swatch.grown(1), (swatch.x, swatch.y))
        furniture.draw_row(page, box.x + 11, y, said, box.w - 11)
        y += 7.4
    for said, color, width in furniture.EDGES if insets else furniture.EDGES[:2]:
        signs.lines(page, shapely.LineString([(box.x, y), (box.x + 8.4, y)]), color, width, Z["mark"])
        furniture.draw_row(page, box.x + 11, y, said, box.w - 11)
        y += 3.9
    for title, text in (("Comptage", counting_words(data)), ("Lecture", reading_words())):
        y = furniture.draw_section(page, Box(box.x, y + 2, box.w, box.bottom - y - 2), title, text) + 2


def legend_rows(data: ZoningsMapData) -> Mapping[str, str]:
    """Return the signs that are drawn, each with its number."""
    rows = {}
    if data.quarters:
        rows["qpv"] = (
            f"quartier prioritaire, contour dans les cartons (n = {words.number(len(data.quarters))})"
        )
    if data.rural and data.rural_zoning:
        name = data.rural_zoning.scheme
        rows["zrr"] = f"commune classée en {name} (n = {words.number(len(data.rural))})"
    return rows


def counting_words(data: ZoningsMapData) -> str:
    """Return how many people live there, what is left out, what the store does not have."""
    said = []
    for zoning, people, what in (
        (data.quarters_zoning, data.quarters_people, "quartiers"),
        (data.rural_zoning, data.rural_people, "communes classées"),
    ):
        if zoning in data.shown:
            count = "population inconnue" if people is None else words.counted(people, "habitant")
            said.append(f"{what.capitalize()} : {count}.")
    if data.left_out:
        said.append(
            f"{words.counted(len(data.left_out), 'commune')} en partie ou pour un temps : hors carte."
        )
    if data.unplaced:
        said.append(f"{words.counted(data.unplaced, 'quartier')} sans position connue : non dessinés.")
    schemes = {zoning.scheme for zoning in data.shown}
    missing = [
        name for name, absent in (("QPV", "QPV" not in schemes), ("ZRR", not schemes - {"QPV"})) if absent
    ]
    if missing:
        said.append(f"Aucune liste de {words.listed(missing)} de millésime déclaré dans cette base.")
    return " ".join(said)


def reading_words() -> str:
    """Return how to read the two zonings, and what not to conclude."""
    return (
        "QPV et ZRR se lisent à part : leurs habitants ne s’additionnent qu’après en avoir ôté ceux qui sont "
        "dans les deux. Ne pas conclure : un zonage dit qui est prioritaire, pas qui a été atteint."
    )


def zoning_words(zoning: Zoning) -> str:
    """Return a zoning with its vintage and its dates of force, as the foot of the page says it."""
    said = f"{zoning.name}, millésime {zoning.vintage}"
    if zoning.in_force_from:
        said += f", en vigueur du {words.day(zoning.in_force_from)}"
        said += f" au {words.day(zoning.in_force_to)}" if zoning.in_force_to else ", sans fin dite"
    return said
