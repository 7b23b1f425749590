"""Signs of a map as geometry, in millimetres of the page: areas, edges, hatches, circles, zonings."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path as Outline
from shapely.geometry.base import BaseGeometry

from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box
from dashboards.theme import LIGHT, PRINT

HATCH_MM: Final = 2.0
"""Distance of the lines of a syndicat mixte or a park."""
ZRR_MM: Final = 1.55
ZERO_RADIUS: Final = 0.8
CROSS_HALF: Final = 0.85
SECRET_SIDE: Final = 1.5
Dashes = tuple[float, tuple[float, ...]] | str
_SOLID: Final = "solid"


def outline_of(geometry: BaseGeometry) -> Outline:
    """Return polygons as one compound path, holes included."""
    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(geometry)
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    vertices = np.concatenate(rings) if rings else np.empty((0, 2))
    codes = [
        code
        for ring in rings
        for code in (Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY)
    ]
    return Outline(vertices, codes if rings else None)


def fill(page: Page, geometry: BaseGeometry, color: str, clip: Box, z: float = Z["fill"]) -> None:
    """Fill an area, without an edge."""
    if not geometry.is_empty:
        page.add(PathPatch(outline_of(geometry), facecolor=color, edgecolor="none", zorder=z), clip)


def lines(page: Page, geometry: BaseGeometry | Sequence[BaseGeometry], color: str, width: float,
          z: float, *, clip: Box | None = None, dashes: Dashes = _SOLID) -> None:  # fmt: skip
    """Draw lines, or the edges of areas; `width` in points."""
    parts = shapely.get_parts(np.atleast_1d(np.array(geometry, dtype=object)))
    drawn: list[Any] = []
    for part in parts:
        if part.geom_type == "Polygon":
            drawn.extend(shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors))
        elif part.geom_type == "MultiPolygon":
            drawn.extend(shapely.get_coordinates(p.exterior) for p in part.geoms)
        elif not part.is_empty:
            drawn.append(shapely.get_coordinates(part))
    if drawn:
        page.add(
            LineCollection(drawn, colors=color, linewidths=width, linestyles=[dashes], zorder=z,
                           capstyle="butt" if dashes != _SOLID else "round", joinstyle="round"), clip,
        )  # fmt: skip


def cased(page: Page, geometry: BaseGeometry | Sequence[BaseGeometry], color: str, width: float,
          casing: float, z: float, *, clip: Box | None = None, dashes: Dashes = _SOLID) -> None:  # fmt: skip
    """Draw lines detached from what lies under them by a white casing; widths in points."""
    lines(page, geometry, LIGHT.casing, casing, z - 0.1, clip=clip)
    lines(page, geometry, color, width, z, clip=clip, dashes=dashes)


def hatch(
    area: BaseGeometry, spacing: float, angle: float, origin: tuple[float, float] = (0.0, 0.0)
) -> BaseGeometry:
    """Return parallel lines cut by an area.

    Parameters
    ----------
    area
        Polygons in millimetres.
    spacing
        Millimetres between two lines, measured across them.
    angle
        Degrees from the horizontal, counter-clockwise on paper.
    origin
        A point that lies on a line, so that the areas of one map share their lines.
    """
    if area.is_empty:
        return shapely.MultiLineString()
    turn = np.radians(angle)
    along, across = np.array([np.cos(turn), -np.sin(turn)]), np.array([np.sin(turn), np.cos(turn)])
    corners = shapely.get_coordinates(shapely.envelope(area)) - origin
    first, last = np.floor((corners @ across).min() / spacing), np.ceil((corners @ across).max() / spacing)
    reach = np.array([(corners @ along).min() - 1, (corners @ along).max() + 1])
    steps = np.arange(first, last + 1)[:, None, None] * spacing
    ends = np.array(origin) + steps * across + reach[None, :, None] * along
    return shapely.intersection(shapely.MultiLineString(list(ends)), area)


def dots(page: Page, area: BaseGeometry, spacing: float, color: str, clip: Box, z: float,
         diameter: float = 0.32) -> None:  # fmt: skip
    """Draw staggered dots cut by an area, all of one grid of the page; lengths in millimetres."""
    if area.is_empty:
        return
    west, north, east, south = area.bounds
    rows = np.arange(np.floor(north / spacing), np.ceil(south / spacing) + 1)
    columns = np.arange(np.floor(west / spacing), np.ceil(east / spacing) + 1)
    x, y = np.meshgrid(columns * spacing, rows * spacing)
    x = x + (rows[:, None] % 2) * spacing / 2
    shapely.prepare(area)
    inside = shapely.contains_xy(area, x.ravel(), y.ravel())
    points = np.column_stack([x.ravel()[inside], y.ravel()[inside]])
    page.add(
        EllipseCollection(
            diameter, diameter, 0.0, units="xy", offsets=points, offset_transform=page.axes.transData,
            facecolors=color, edgecolors="none", zorder=z,
        ), clip,
    )  # fmt: skip


def draw_perimeter(page: Page, area: BaseGeometry, color: str, angle: float, clip: Box,
                   origin: tuple[float, float], *, park: bool = False, z: float = 0.0) -> None:  # fmt: skip
    """Draw a syndicat mixte or a park: hatch without fill, cased edge, dashed for a park."""
    lines(page, hatch(area, HATCH_MM, angle, origin), color, 0.5, Z["hatch"] + z, clip=clip)
    cased(page, area, color, 1.35, 2.6, Z["perimeter"] + z, clip=clip,
          dashes=(0.0, (4.0, 1.6)) if park else _SOLID)  # fmt: skip


def draw_zrr(page: Page, area: BaseGeometry, clip: Box, origin: tuple[float, float], z: float = 0.0) -> None:
    """Draw a zone de revitalisation rurale: ink lines on white ones, dashed cased edge."""
    strokes = hatch(area, ZRR_MM, 45.0, origin)
    lines(page, strokes, LIGHT.hatch_white, 1.0, Z["hatch"] + z - 0.1, clip=clip)
    lines(page, strokes, LIGHT.hatch_ink, 0.34, Z["hatch"] + z, clip=clip)
    cased(page, area, LIGHT.ink, 0.55, 1.5, Z["perimeter"] + z - 0.5, clip=clip, dashes=(0.0, (3.0, 1.2)))


def draw_qpv(page: Page, area: BaseGeometry, scale: int, clip: Box, z: float = 0.0) -> None:
    """Draw a priority neighbourhood: its contour from 1:500 000, else a ring at its centre.

    In grey a ring would read as a town: it is a square.
    """
    if scale <= 500_000:
        cased(page, area, LIGHT.qpv, 1.1, 2.2, Z["perimeter"] + z + 0.5, clip=clip)
        return
    at = area.centroid
    if page.grey:
        cased(page, at.buffer(0.55, cap_style="square"), LIGHT.qpv, 0.85, 1.9, Z["mark"] + z, clip=clip)
        return
    for color, width, order in ((LIGHT.casing, 1.9, 0.0), (LIGHT.qpv, 0.85, 0.1)):
        page.add(Circle((at.x, at.y), 0.5, facecolor="none", edgecolor=color, linewidth=width,
                        zorder=Z["mark"] + z + order), clip)  # fmt: skip


def disc(page: Page, x: float, y: float, radius: float, color: str, z: float, *,
         edge: str = LIGHT.casing, line: float = 0.7, clip: Box | None = None) -> None:  # fmt: skip
    """Draw a circle; `radius` in millimetres, `line` in points."""
    page.add(Circle((x, y), radius, facecolor=color, edgecolor=edge, linewidth=line, zorder=z), clip)


def zero(page: Page, x: float, y: float, z: float, color: str = LIGHT.ink) -> None:
    """Draw the sign of zero: an empty ring."""
    disc(page, x, y, ZERO_RADIUS, LIGHT.land, z, edge=color, line=0.75)


def cross(page: Page, x: float, y: float, z: float, color: str = LIGHT.ink) -> None:
    """Draw the sign of no data: a cross on a white one."""
    half = CROSS_HALF
    strokes = [shapely.LineString([(x - half, y + s * half), (x + half, y - s * half)]) for s in (1, -1)]
    cased(page, strokes, color, 0.8, 2.0, z)


def secret(page: Page, x: float, y: float, z: float) -> None:
    """Draw the sign of a secret value: a small dark square."""
    half = SECRET_SIDE / 2
    page.rectangle(Box(x - half, y - half, SECRET_SIDE, SECRET_SIDE), z,
                   fill=PRINT["print_secret_dot"], edge=LIGHT.casing, line=0.5)  # fmt: skip


def edges_of(areas: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the edges of areas that share vertices, each edge once, joined into long lines."""
    rings, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(np.array(list(areas), dtype=object))), return_index=True
    )
    inside = ring[1:] == ring[:-1]
    pairs = np.hstack([rings[:-1], rings[1:]])[inside]
    swapped = (pairs[:, 0] > pairs[:, 2]) | ((pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3]))
    pairs[swapped] = pairs[swapped][:, [2, 3, 0, 1]]
    once = np.unique(pairs, axis=0).reshape(-1, 2, 2)
    segments: Any = shapely.linestrings(once)
    merged: BaseGeometry = shapely.line_merge(shapely.MultiLineString(list(segments)))
    return merged
