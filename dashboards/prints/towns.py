"""The names of the communes on a thematic map: the largest towns, and in an inset the communes it shows."""

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.prints import furniture, signs
from dashboards.prints.atlas import Labels
from dashboards.prints.ground import PrintGround
from dashboards.prints.labels import Candidate, Name, around_point, clear, inside_area, place
from dashboards.prints.page import Page, Z
from dashboards.prints.scale import MapFrame
from dashboards.prints.text import Face
from dashboards.theme import LIGHT

TOWNS: Final = 20
CAPITALS: Final = 8
"""Towns written larger: as many as the region has départements."""
_CAPITAL, _TOWN, _INSET_TOWN = Face(8.5, 600), Face(7.0), Face(6.5)
_DOT: Final = 0.55
_APART_MM: Final = 6.0
_TRIED: Final = 40
"""Positions tried of each name, the best: on a small page all of them exclude one another."""


def label_towns(page: Page, frame: MapFrame, ground: PrintGround, labels: Labels,
                marks: Sequence[BaseGeometry] = ()) -> None:  # fmt: skip
    """Write the towns of the main map, or the communes of an inset, clear of marks in page millimetres."""
    if labels.main:
        name_towns(page, frame, ground, [*labels.fixed, *marks], hidden=labels.hidden)
    else:
        name_communes(page, frame, ground, [*labels.fixed, *marks], z=labels.z)


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
        if min(near, default=99.0) > _APART_MM and len(chosen) < TOWNS:
            chosen.append(code)
    choices = []
    for rank, code in enumerate(chosen):
        x, y = frame.point(middles[code].x, middles[code].y)
        signs.disc(page, x, y, _DOT, LIGHT.land, Z["mark"] + 0.5, edge=LIGHT.ink, line=0.9)
        face = _CAPITAL if rank < CAPITALS else _TOWN
        name = Name(code, (ground.commune_names[code],), face, priority=4.0 - rank / TOWNS)
        choices.append((name, clear(around_point(name, x, y, _DOT), frame.box, list(fixed), must=True)))
    write_names(page, choices)


def name_communes(page: Page, frame: MapFrame, ground: PrintGround, fixed: Sequence[BaseGeometry], *,
                  z: float = 0.0) -> None:  # fmt: skip
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
    write_names(page, choices, z=z)


def write_names(page: Page, choices: Sequence[tuple[Name, Sequence[Candidate]]], *, z: float = 0.0) -> None:
    """Place names and write those that have a place; the others are in `Page.unplaced`."""
    tried = [(name, sorted(near, key=lambda one: one.cost)[:_TRIED]) for name, near in choices]
    placed = place(tried)
    for name, _ in choices:
        if name.key in placed:
            furniture.write_name(page, name, placed[name.key], z=z)
        else:
            page.unplaced.append(name.lines[0])
