"""The map of the communes of 1 January 2014, on an A4 portrait page: groups numbered, and named beside."""

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.former_data import FormerMapData
from dashboards.prints.ground import PrintGround, draw_frame, draw_neighbours
from dashboards.prints.labels import Name, around_point, clear, inside_area, place
from dashboards.prints.page import Page, Z
from dashboards.prints.scale import MapFrame, draw_bar, draw_north, frame_for
from dashboards.prints.text import Box, Face
from dashboards.theme import LIGHT, PRINT
from graphmodel.errors import MaillageError

MAIN_BOX: Final = Box(10, 26, 190, 183)
FOOT: Final = 277.4
BLANK_MM: Final = 0.75
"""Distance of the lines that say « contour unknown », the sign of what has no value."""
_NUMBER: Final = Face(7.0, 700)
_ENTRY: Final = Face(7.0)
_RINGS: Final = (2.2, 3.4, 5.0, 7.0)
_CHANGED: Final = PRINT["print_epci_partner"]


class UnnumberedGroupError(MaillageError):
    """A group of communes found no place for its number: the page would name what it does not show."""


def former_page(data: FormerMapData, ground: PrintGround, heading: furniture.Heading,
                foot: furniture.Imprint) -> Page:  # fmt: skip
    """Return the page.

    Raises
    ------
    UnnumberedGroupError
        When the number of a group has no place.
    TextOverflowError
        When a text does not fit its box.
    """
    page = Page(210, 297)
    frame = frame_for(ground.region.bounds, MAIN_BOX)
    furniture.draw_header(page, heading)
    _draw_communes(page, frame, data, ground)
    bar = draw_bar(page, frame, frame.box.right - 6, frame.box.bottom - 3)
    north = draw_north(page, frame.box.right - 6, bar.y - 4)
    plates = [one.polygon for one in (bar, north)]
    _number_groups(page, frame, data, [*plates, *draw_neighbours(page, frame, ground, plates)])
    draw_frame(page, frame)
    _draw_legend(page, Box(10, 213, 56, FOOT - 214), data)
    _draw_groups(page, Box(71, 213, 129, FOOT - 214), data)
    furniture.draw_footer(page, foot, FOOT)
    return page


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


def _draw_legend(page: Page, box: Box, data: FormerMapData) -> None:
    """Draw the signs with their numbers, whose sum is that of the communes, and how to read the map."""
    title = f"Communes au 1er janvier 2014 (n = {words.number(data.communes)})"
    y = page.paragraph(Box(box.x, box.y, box.w, 9), title, furniture.HEADING) + 3.4
    for row, said in enumerate(legend_rows(data)):
        swatch = Box(box.x + 0.3, y - 2.0, 8, 4.0)
        if row == 1:
            page.rectangle(swatch, Z["fill"], fill=_CHANGED)
        elif row == 2:
            draw_blank(page, swatch.polygon, box.grown(2))
        edge, line = (LIGHT.ink, 0.6) if row == 2 else (PRINT["print_commune_edge"], 0.3)
        page.rectangle(swatch, Z["frame"], edge=edge, line=line)
        furniture.draw_row(page, box.x + 11, y, said, box.w - 11)
        y += 6.6
    signs.lines(page, shapely.LineString([(box.x, y - 0.8), (box.x + 8.4, y - 0.8)]),
                PRINT["print_secondary"], 0.8, Z["mark"])  # fmt: skip
    furniture.draw_row(page, box.x + 11, y - 0.8, "limite de département", box.w - 11)
    page.paragraph(Box(box.x, y + 3, box.w, box.bottom - y - 3), reading_words(data), furniture.NOTE,
                   floor=6.5, color=PRINT["print_text"])  # fmt: skip


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


def _draw_groups(page: Page, box: Box, data: FormerMapData) -> None:
    """List the groups in two columns, under their numbers."""
    title = "Dessinées d’un seul tenant, faute de contour d’époque"
    page.paragraph(Box(box.x, box.y, box.w, 5), title, furniture.HEADING)
    half = (len(data.groups) + 1) // 2
    wide = (box.w - 5) / 2
    for column in range(2):
        x, y = box.x + column * (wide + 5), box.y + 5.4
        for rank in range(column * half, min(len(data.groups), (column + 1) * half)):
            group = data.groups[rank]
            page.line(x + 4.2, y + 2.3, str(rank + 1), _NUMBER, align="right")
            said = f"{group.name} ({group.code[:2]})"
            y = page.paragraph(Box(x + 5.6, y, wide - 5.6, 6.4), said, _ENTRY, floor=6.5, leading=1.1) + 1.2
