"""The small parts of figures: scales, axes, rows of words, marks that differ by shape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from matplotlib.patches import Circle, PathPatch, Polygon, Wedge
from matplotlib.path import Path as Outline

from dashboards import words
from dashboards.prints import signs
from dashboards.prints.page import Align, Page, Z
from dashboards.prints.text import ASCENT, MM_PER_PT, Box, Face, fit
from dashboards.theme import LIGHT, PRINT

HEAD, BODY, SMALL, STRONG = Face(8.0, 600), Face(7.5), Face(7.0), Face(7.5, 600)
HAIR: Final = PRINT["print_hairline"]
MUTED: Final = PRINT["print_secondary"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand in millimetres: `low` at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return the place of a value, kept within the ends."""
        low, high, value = self.low, self.high, min(max(value, self.low), self.high)
        if self.log:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return self.start + (value - low) / (high - low) * (self.end - self.start)


def centered(
    page: Page,
    x: float,
    y: float,
    text: str,
    face: Face = BODY,
    *,
    align: Align = "left",
    width: float = 999.0,
    color: str = LIGHT.ink,
    high: float = 6.6,
) -> None:
    """Write a text, in lines where `width` asks for it, its middle at `y`; it shrinks to fit."""
    fitted = fit(text, face, width, high, floor=6.0, leading=1.1)
    left = {"left": x, "center": x - width / 2, "right": x - width}[align]
    # The middle of small letters, not that of the box with its ascenders.
    top = y - fitted.height / 2 - 0.02 * face.size * MM_PER_PT
    page.lines(
        x, top, fitted, color=color, align=align, container=Box(left, y - high / 2 - 0.3, width, high + 0.6)
    )


def baseline(
    page: Page,
    x: float,
    y: float,
    text: str,
    face: Face = SMALL,
    *,
    align: Align = "left",
    color: str = LIGHT.ink,
    halo: float = 0.0,
) -> None:
    """Write one line, its middle at `y`, without a container."""
    page.line(
        x, y + (ASCENT / 2 - 0.06) * face.size * MM_PER_PT, text, face, color=color, align=align, halo=halo
    )


def rule(
    page: Page,
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    color: str = HAIR,
    width: float = 0.5,
    z: float = Z["thin"],
    dashes: signs.Dashes = "solid",
) -> None:
    """Draw a straight line; `width` in points."""
    signs.lines(page, shapely.LineString([(x1, y1), (x2, y2)]), color, width, z, dashes=dashes)


def grid(
    page: Page,
    scale: Scale,
    ticks: Sequence[float],
    top: float,
    bottom: float,
    *,
    decimals: int = 0,
    said: Sequence[str] = (),
) -> None:
    """Draw the vertical lines of a scale and their numbers under them; `said` replaces the numbers."""
    for rank, tick in enumerate(ticks):
        x = scale.at(tick)
        rule(page, x, top, x, bottom)
        text = said[rank] if said else words.number(tick, decimals)
        baseline(page, x, bottom + 2.0, text, align="center", color=MUTED)


def regular(
    page: Page,
    x: float,
    y: float,
    radius: float,
    sides: int,
    turn: float = 0.0,
    *,
    fill: str,
    edge: str = LIGHT.ink,
    line: float = 0.8,
    z: float = Z["mark"],
) -> None:
    """Draw a regular polygon, `turn` in degrees from the top."""
    angles = np.radians(turn - 90 + np.arange(sides) * 360 / sides)
    points = np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)])
    page.add(
        Polygon(
            points, closed=True, facecolor=fill, edgecolor=edge, linewidth=line, zorder=z, joinstyle="miter"
        )
    )


def disc(
    page: Page,
    x: float,
    y: float,
    radius: float,
    *,
    fill: str,
    edge: str = LIGHT.ink,
    line: float = 0.8,
    z: float = Z["mark"],
) -> None:
    """Draw a circle."""
    page.add(Circle((x, y), radius, facecolor=fill, edgecolor=edge, linewidth=line, zorder=z))


def quarters(page: Page, x: float, y: float, radius: float, count: int, of: int = 3, *, fill: str) -> None:
    """Draw a level as a circle filled in part: 0 empty, `of` full; it reads without colour."""
    disc(page, x, y, radius, fill=LIGHT.surface, line=0.0, edge="none", z=Z["mark"] - 0.2)
    if count >= of:
        disc(page, x, y, radius, fill=fill, line=0.0, edge="none", z=Z["mark"] - 0.1)
    elif count > 0:
        start, end = -90.0, -90.0 + 360.0 * count / of
        page.add(Wedge((x, y), radius, start, end, facecolor=fill, edgecolor="none", zorder=Z["mark"] - 0.1))
    disc(page, x, y, radius, fill="none", line=0.9)


def ribbon(
    page: Page,
    left: tuple[float, float, float],
    right: tuple[float, float, float],
    color: str,
    *,
    alpha: float = 0.45,
    z: float = Z["fill"],
) -> None:
    """Draw a band from one side to another: each end is its x, the top and the bottom of the band there."""
    (x1, top1, bottom1), (x2, top2, bottom2) = left, right
    middle = (x1 + x2) / 2
    vertices = [
        (x1, top1),
        (middle, top1),
        (middle, top2),
        (x2, top2),
        (x2, bottom2),
        (middle, bottom2),
        (middle, bottom1),
        (x1, bottom1),
        (x1, top1),
    ]
    codes = [
        Outline.MOVETO,
        Outline.CURVE4,
        Outline.CURVE4,
        Outline.CURVE4,
        Outline.LINETO,
        Outline.CURVE4,
        Outline.CURVE4,
        Outline.CURVE4,
        Outline.CLOSEPOLY,
    ]
    page.add(PathPatch(Outline(vertices, codes), facecolor=color, edgecolor="none", alpha=alpha, zorder=z))


def blank(page: Page, box: Box) -> None:
    """Draw the texture of « no data » in a box."""
    page.rectangle(box, Z["fill"], fill=PRINT["print_blank"])
    lines = signs.hatch(box.polygon, 0.75, 0.0)
    signs.lines(page, lines, PRINT["print_blank_line"], 0.28, Z["hatch"], clip=box)


def secret(page: Page, box: Box) -> None:
    """Draw the texture of « secret » in a box."""
    page.rectangle(box, Z["fill"], fill=PRINT["print_blank"])
    signs.dots(page, box.polygon, 0.72, PRINT["print_secret_dot"], box, Z["hatch"])
