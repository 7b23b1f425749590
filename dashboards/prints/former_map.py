"""The map of the communes of 1 January 2014: groups numbered on the map, and named beside."""

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.blocks import NOTE, Block, Row, Rows, Section, Swatch, flow
from dashboards.prints.content import Content, Request
from dashboards.prints.former_data import FormerMapData, former_map_data
from dashboards.prints.ground import PrintGround, draw_frame, draw_neighbours
from dashboards.prints.labels import Name, around_point, clear, inside_area, place
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.scale import MapFrame, draw_bar, draw_north, frame_for
from dashboards.prints.text import Box, Face
from dashboards.theme import LIGHT, PRINT
from graphmodel.errors import MaillageError

BELOW: Final = 61.0
"""Millimetres under the map of a portrait page: the rest is for the map."""
BLANK_MM: Final = 0.75
"""Distance of the lines that say « contour unknown », the sign of what has no value."""
_NUMBER: Final = Face(7.0, 700)
_RINGS: Final = (2.2, 3.4, 5.0, 7.0)
_CHANGED: Final = PRINT["print_epci_partner"]


class UnnumberedGroupError(MaillageError):
    """A group of communes found no place for its number: the page would name what it does not show."""


def former_content(asked: Request) -> Content:
    """Return the map of the communes of 1 January 2014."""
    data, ground = former_map_data(), asked.ground
    drawn = words.number(len(data.unchanged) + len(data.changed))
    return Content(
        title="Les communes au 1er janvier 2014, sur leur propre carte",
        about=f"{drawn} communes sur {words.number(data.communes)} dessinées comme elles étaient",
        fictional=False,
        sources=(
            "Source : mouvements de communes de l’INSEE et contours des communes déléguées et associées "
            f"(IGN) ; {data.note[0].lower()}{data.note[1:]}",
        ),
        draw=lambda page, layout: draw_former_map(page, layout, data, ground),
        insets=0,
        below=BELOW,
        ground_words="Communes au 1er janvier 2014 ; régions voisines d’alors.",
    )


def draw_former_map(page: Page, layout: Layout, data: FormerMapData, ground: PrintGround) -> None:
    """Draw the map.

    Raises
    ------
    UnnumberedGroupError
        When the number of a group has no place.
    LayoutError
        When the legend does not fit the page.
    """
    frame = frame_for(ground.region.bounds, layout.main)
    _draw_communes(page, frame, data, ground)
    bar = draw_bar(page, frame, frame.box.right - 6, frame.box.bottom - 3)
    north = draw_north(page, frame.box.right - 6, bar.y - 4)
    plates = [one.polygon for one in (bar, north)]
    _number_groups(page, frame, data, [*plates, *draw_neighbours(page, frame, ground, plates)])
    draw_frame(page, frame)
    flow(page, [*_signs(data), *_groups(data)], layout.columns)


def _draw_communes(page: Page, frame: MapFrame, data: FormerMapData, ground: PrintGround) -> None:
    """Draw the land, what changed since, what stands together, and every edge once."""
    page.rectangle(frame.box, Z["ground"], fill=PRINT["print_ground"])
    signs.fill(page, frame.shape(ground.region), LIGHT.land, frame.box, Z["ground"] + 0.5)
    changed = shapely.union_all(list(data.changed.values()))
    signs.fill(page, frame.shape(changed), _CHANGED, frame.box)
    groups = frame.shape(shapely.union_all(list(data.together.values())))
    draw_blank(page, groups, frame.box)
    every = [*data.unchanged.values(), *data.changed.values(), *data.together.values()]
    signs.lines(page, frame.shape(signs.edges_of(every)), PRINT["print_commune_edge"], 0.14, Z["thin"],
                clip=frame.box)  # fmt: skip
    departements = frame.shape(signs.edges_of(data.departements.values()))
    signs.cased(page, departements, PRINT["print_secondary"], 0.8, 1.7, Z["edge"], clip=frame.box)
    signs.lines(page, [frame.shape(shape) for shape in data.together.values()], LIGHT.ink, 0.6,
                Z["perimeter"], clip=frame.box)  # fmt: skip


def draw_blank(page: Page, area: BaseGeometry, clip: Box) -> None:
    """Draw what no source tells apart: pale grey and level lines, as where there is no value."""
    signs.fill(page, area, PRINT["print_blank"], clip, Z["fill"] + 0.1)
    strokes = signs.hatch(area, BLANK_MM, 0.0)
    signs.lines(page, strokes, PRINT["print_blank_line"], 0.28, Z["fill"] + 0.2, clip=clip)


def _number_groups(page: Page, frame: MapFrame, data: FormerMapData,
                   fixed: Sequence[BaseGeometry]) -> None:  # fmt: skip
    """Write the number of each group in it where it fits, else at the end of a leader."""
    choices = []
    shapes = {group.code: frame.shape(data.together[group.code]) for group in data.groups}
    for rank, group in enumerate(data.groups, start=1):
        name = Name(group.code, (str(rank),), _NUMBER, priority=4.0, pad=0.45)
        own = max(shapely.get_parts(shapes[group.code]), key=shapely.area)
        others = [shape for code, shape in shapes.items() if code != group.code]
        middle = own.representative_point()
        led = [one for one in around_point(name, middle.x, middle.y, 0.0, rings=_RINGS) if one.leader]
        inside = [one for one in inside_area(name, own, shapely.union_all(others)) if own.contains(one.shape)]
        choices.append((name, clear([*inside, *led], frame.box, [*fixed, *others], must=True)))
    placed = place(choices)
    if len(placed) < len(choices):
        missing = words.listed(name.lines[0] for name, _ in choices if name.key not in placed)
        raise UnnumberedGroupError(f"La carte n’a pas de place pour les numéros {missing}.")
    for name, _ in choices:
        furniture.write_name(page, name, placed[name.key])


def _signs(data: FormerMapData) -> list[Block]:
    """Return the signs with their numbers, whose sum is that of the communes, and how to read the map."""
    said = legend_rows(data)
    rows = [Row(_swatch(row), text) for row, text in enumerate(said)]
    rows += edge_rows(furniture.EDGES[:1])
    title = f"Communes au 1er janvier 2014 (n = {words.number(data.communes)})"
    return [Rows(title, tuple(rows), step=5.0), Section("", reading_words(data), NOTE)]


def _swatch(row: int) -> Swatch:
    def draw(page: Page, box: Box) -> None:
        if row == 1:
            page.rectangle(box, Z["fill"], fill=_CHANGED)
        elif row == 2:
            draw_blank(page, box.polygon, box)
        edge, line = (LIGHT.ink, 0.6) if row == 2 else (PRINT["print_commune_edge"], 0.3)
        page.rectangle(box, Z["frame"], edge=edge, line=line)

    return draw


def legend_rows(data: FormerMapData) -> list[str]:
    """Return the words of the three signs, with the communes each stands for."""
    return [
        f"commune d’aujourd’hui (n = {words.number(len(data.unchanged))})",
        f"fusionnée ou recodée depuis, dessinée comme elle était (n = {words.number(len(data.changed))})",
        f"{words.counted(len(data.groups), 'groupe')} dessinés d’un seul tenant "
        f"(n = {words.number(data.grouped)})",
    ]


def reading_words(data: FormerMapData) -> str:
    """Return how to read the map, and what not to conclude."""
    drawn = words.number(len(data.unchanged) + len(data.changed))
    return (
        f"{drawn} communes sont dessinées comme elles étaient. Le contour d’époque manque à "
        f"{words.number(data.grouped)} autres : chaque groupe numéroté réunit celles d’une même fusion. "
        "Ne pas conclure : une commune changée n’est pas un territoire atteint par le contrat."
    )


def _groups(data: FormerMapData) -> list[Block]:
    """Return the groups under their numbers, each a block so that the list may go on in the next column."""

    def numbered(rank: int) -> Swatch:
        def draw(page: Page, box: Box) -> None:
            page.line(box.right, box.y + box.h / 2 + 0.9, str(rank), _NUMBER, align="right")

        return draw

    entries = [
        Rows("", (Row(numbered(rank), f"{group.name} ({group.code[:2]})"),), step=3.2, swatch=4.2, gap=0.2)
        for rank, group in enumerate(data.groups, start=1)
    ]
    return [Section("Dessinées d’un seul tenant, faute de contour d’époque", "", breaks=True), *entries]
