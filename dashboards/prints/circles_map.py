"""A map of counts: circles whose area is in proportion, with an inset of the Lyon area. Map M2, and views."""

import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.actions_data import UnitCount
from dashboards.prints.actions_legend import LARGEST_MM, UNIT_MM, radius_of
from dashboards.prints.blocks import Block, flow
from dashboards.prints.ground import PrintGround, draw_frame, draw_ground, draw_neighbours
from dashboards.prints.labels import (
    RINGS,
    Candidate,
    Name,
    UnnamedPartnerError,
    around_point,
    clear,
    place,
)
from dashboards.prints.layout import Layout
from dashboards.prints.page import INSET, Page, Z
from dashboards.prints.scale import MapFrame, bar_size, draw_bar, draw_north, frame_for
from dashboards.prints.text import MM_PER_PT, Box, Face, french, width_of
from dashboards.theme import LIGHT, PRINT

LOG = logging.getLogger(__name__)

INSET_SCALE: Final = 600_000
INSET_SOUTH_M: Final = 3_000
"""How far south of the Lyon area the inset is centred, so that its scale covers no circle."""
INSET_EPCI: Final = "200046977"
"""The inset is centred on the Lyon area, whose neighbours are smaller than its circle."""
RADII_SCALE: Final = 1_500_000
"""Scale at which the largest circle has its full radius; smaller maps have smaller circles."""
_PARTNER_FACE, _FACE, _NUMBER = Face(7.5, 600), Face(6.5), Face(7.0, 600)
_LONG_RINGS: Final = (*RINGS, 18.0, 24.0)
_TRIED: Final = 40
"""Positions tried of a name that may go without one, the best."""
_MOST_NAMES: Final = 140
"""Names that are tried: those of the largest circles where the units are many."""


@dataclass(frozen=True, slots=True)
class Circles:
    """What a map of circles draws.

    Attributes
    ----------
    rows
        Every unit, by code.
    largest, heaviest
        Value of the largest circle and sum of the values, over all the maps of a series.
    centers
        Where the sign of each unit stands, metres in EPSG:2154.
    zeros
        True draws the sign of zero; units too many for it are left blank.
    number
        Writes a value.
    reach
        Share of their full radius that circles have at the scale of the page.
    """

    rows: tuple[UnitCount, ...]
    largest: float
    heaviest: float
    centers: Mapping[str, tuple[float, float]]
    zeros: bool = True
    number: Callable[[float | None], str] = words.number
    reach: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A unit on the page: its row, where its sign stands, the radius of what is drawn, its value written."""

    row: UnitCount
    x: float
    y: float
    radius: float
    text: str

    @property
    def inside(self) -> bool:
        """True when its number is written in the circle."""
        return (
            self.row.sign in ("partner", "other")
            and self.radius >= UNIT_MM - 1e-9
            and width_of(self.text, _NUMBER) <= 2 * self.radius - 0.6
        )

    @property
    def shape(self) -> BaseGeometry:
        """What it covers, with the air a name leaves around it."""
        return shapely.Point(self.x, self.y).buffer(self.radius + 0.25)

    def said(self) -> str:
        """Name, followed by the number where the sign does not bear it."""
        bare = self.inside or self.row.value is None
        return french(self.row.name if bare else f"{self.row.name} {self.text}")


def draw_circles_map(page: Page, layout: Layout, circles: Circles, ground: PrintGround,
                     blocks: Callable[[Page, Circles], Sequence[Block]]) -> None:  # fmt: skip
    """Draw a map of circles, names that found no place in `Page.unplaced`.

    Raises
    ------
    UnnamedPartnerError
        When a party to the contract cannot be named.
    LayoutError
        When the legend does not fit the page.
    """
    main = frame_for(ground.region.bounds, layout.main)
    shown = replace(circles, reach=min(1.2, RADII_SCALE / main.scale) if main.scale > 1_800_000 else 1.0)
    inset = None
    if layout.insets:
        east, north = ground.centers[INSET_EPCI]
        inset = MapFrame(layout.insets[0], INSET_SCALE, (east, north - INSET_SOUTH_M))
    draw_ground(page, main, ground)
    _fill_maps(page, shown, ground, main, inset)
    draw_frame(page, main)
    if inset is not None:
        draw_frame(page, inset, z=INSET)
    flow(page, blocks(page, shown), layout.columns)


def _fill_maps(
    page: Page, circles: Circles, ground: PrintGround, main: MapFrame, inset: MapFrame | None
) -> None:
    """Draw circles and names of the main map and of the inset, which has the same radii."""
    marks = _marks(circles, main)
    fixed, shown, hole = [], set[str](), None
    if inset is not None:
        window, tag = furniture.draw_window(page, main, inset, "A", [mark.shape for mark in marks])
        hole = window.polygon
        fixed.append(tag.polygon)
    bar = draw_bar(page, main, main.box.right - 6, main.box.bottom - 3)
    north = draw_north(page, main.box.right - 6, bar.y - 4)
    fixed += [bar.polygon, north.polygon]
    fixed += draw_neighbours(page, main, ground, fixed)
    if inset is not None:
        shown = _draw_inset(page, circles, ground, inset)
    draw_marks(page, marks, avoid=[hole.boundary.buffer(0.3)] if hole is not None else [])
    named = [mark for mark in marks if mark.row.partner or mark.row.code not in shown]
    named = sorted(named, key=lambda mark: not mark.row.partner)[:_MOST_NAMES]
    placed = _name_marks(page, named, marks, main.box, fixed,
                         edges=main.shape(ground.departement_edges), window=hole)  # fmt: skip
    _report(page, [mark for mark in named if mark.row.code not in placed])


def _draw_inset(page: Page, circles: Circles, ground: PrintGround, inset: MapFrame) -> set[str]:
    """Draw the inset; return the EPCI whose sign it bears: those that enter it whole, clear of its plates."""
    draw_ground(page, inset, ground, z=INSET)
    near = [mark for mark in _marks(circles, inset) if _whole(mark, inset.box)]
    tag = furniture.draw_tag(page, inset, "A", "Agglomération lyonnaise").polygon
    bar = _inset_bar(page, inset, near).polygon
    marks = [mark for mark in near if not mark.shape.intersects(tag) and not mark.shape.intersects(bar)]
    draw_marks(page, marks, z=INSET)
    placed = _name_marks(page, marks, marks, inset.box, [tag, bar], z=INSET)
    _report(page, [mark for mark in marks if mark.row.code not in placed])
    return {mark.row.code for mark in marks}


def _inset_bar(page: Page, inset: MapFrame, marks: Sequence[Mark]) -> Box:
    """Draw the scale bar in the lower corner where it covers the fewest signs."""
    wide, high = bar_size(inset, inset=True)
    corners = [inset.box.x + wide, inset.box.right]
    covered = [
        sum(m.shape.intersects(shapely.box(right - wide, inset.box.bottom - high, right, inset.box.bottom))
            for m in marks)
        for right in corners
    ]  # fmt: skip
    return draw_bar(page, inset, corners[covered.index(min(covered))], inset.box.bottom, inset=True)


def _report(page: Page, missing: Sequence[Mark]) -> None:
    partners = [mark.row.name for mark in missing if mark.row.partner]
    if partners:
        raise UnnamedPartnerError(
            f"La carte n’a pas de place pour le nom de {words.listed(partners)}, partenaire du contrat : "
            "elle n’est pas imprimée."
        )
    if missing:
        page.unplaced.extend(mark.said() for mark in missing)
        LOG.info("noms sans place sur la carte : %d (%s)", len(missing), ", ".join(page.unplaced))


def _marks(circles: Circles, frame: MapFrame) -> list[Mark]:
    """Return the signs of a map, the largest first."""
    marks = []
    for row in circles.rows:
        if row.sign == "zero" and not circles.zeros:
            continue
        x, y = frame.point(*circles.centers[row.code])
        radius = {
            "zero": signs.ZERO_RADIUS,
            "no_data": signs.CROSS_HALF,
            "secret": signs.SECRET_SIDE / 2,
        }.get(row.sign, radius_of(row.value or 0, circles))
        said = french(circles.number(row.value)) if row.value is not None else ""
        marks.append(Mark(row, x, y, radius, said))
    return sorted(marks, key=lambda mark: (-mark.radius, mark.row.code))


def _whole(mark: Mark, box: Box) -> bool:
    """True when a sign enters a frame whole: its centre and its radius."""
    room = box.grown(-mark.radius - 0.5)
    return room.x <= mark.x <= room.right and room.y <= mark.y <= room.bottom


def draw_marks(page: Page, marks: Sequence[Mark], z: float = 0.0, avoid: Sequence[BaseGeometry] = ()) -> None:
    """Draw signs, the largest first, and the numbers that their circles can hold, clear of lines to avoid."""
    for rank, mark in enumerate(marks):
        order = Z["mark"] + z + rank / 1000
        if mark.row.sign in ("partner", "other"):
            color = LIGHT.acc if mark.row.partner else PRINT["print_circle_other"]
            signs.disc(page, mark.x, mark.y, mark.radius, color, order)
        elif mark.row.sign == "zero":
            signs.zero(page, mark.x, mark.y, order)
        elif mark.row.sign == "no_data":
            signs.cross(page, mark.x, mark.y, order)
        else:
            signs.secret(page, mark.x, mark.y, order)
        if mark.inside:
            over = [*(other.shape for other in marks[rank + 1 :]), *avoid]
            _write_number(page, mark, over, z)


def _write_number(page: Page, mark: Mark, over: Sequence[BaseGeometry], z: float) -> None:
    """Write a number in its circle, beside the smaller circles and the lines that lie over it."""
    text = mark.text
    face = _NUMBER.at(min(max(7.0, 4.6 + mark.radius * 0.6), 9.5))
    while width_of(text, face) > 2 * mark.radius - 0.6 and face.size > 6:
        face = face.at(face.size - 0.25)
    wide, high = width_of(text, face), 0.68 * face.size * MM_PER_PT
    covers = shapely.union_all(list(over))
    for x, y in _spots(mark):
        if not shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2).intersects(covers):
            break
    else:
        x, y = mark.x, mark.y
    color = LIGHT.casing if mark.row.partner else LIGHT.ink
    page.line(x, y + high / 2, text, face, color=color, align="center", z=Z["text"] + z)


def _spots(mark: Mark) -> list[tuple[float, float]]:
    """Return where a number may stand in its circle, the centre first."""
    around = [
        (mark.x + share * mark.radius * math.cos(turn), mark.y - share * mark.radius * math.sin(turn))
        for share in (0.25, 0.45, 0.6)
        for turn in (step * math.pi / 6 for step in range(12))
    ]
    return [(mark.x, mark.y), *around]


def _name_marks(page: Page, named: Sequence[Mark], marks: Sequence[Mark], frame: Box,
                fixed: Sequence[BaseGeometry], *, edges: BaseGeometry | None = None,
                window: shapely.Polygon | None = None, z: float = 0.0) -> set[str]:  # fmt: skip
    """Place and write the names of signs; return the codes of those that have a place."""
    choices: list[tuple[Name, list[Candidate]]] = []
    for mark in named:
        others = [other.shape for other in marks if other is not mark]
        # The inset bears the names within its window; a partner is named there and on the main map.
        hole = [window.boundary if mark.row.partner else window] if window is not None else []
        # A leader may leave the window: else a sign that does not enter the inset could not be named.
        must = mark.row.partner or (window is not None and window.intersects(mark.shape))
        name = Name(mark.row.code, (mark.said(),), _PARTNER_FACE if mark.row.partner else _FACE,
                    priority=4.0 if mark.row.partner else mark.radius / LARGEST_MM)  # fmt: skip
        rings = _LONG_RINGS if must else RINGS
        near = around_point(name, mark.x, mark.y, mark.radius, rings=rings)
        obstacles = [*others, *hole, *(plate.buffer(0.5) for plate in fixed)]
        free = sorted(clear(near, frame, obstacles, edges, must=must), key=lambda one: one.cost)
        choices.append((name, free if must else free[:_TRIED]))
    placed = place(choices)
    for name, _ in choices:
        if name.key in placed:
            furniture.write_name(page, name, placed[name.key], z=z)
    return set(placed)
