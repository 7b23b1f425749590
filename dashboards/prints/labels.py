"""Names on a map: candidate positions, and the exact choice among them.

Each name has candidate positions with a cost; at most one is taken; two that touch exclude each other,
leaders included. The choice is the optimum of an integer programme solved by HiGHS, so that the same page
always bears the same names at the same places.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import shapely
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from shapely.geometry.base import BaseGeometry

from dashboards.prints.text import ASCENT, DESCENT, MM_PER_PT, Box, Face, width_of
from graphmodel.errors import MaillageError

GAP: Final = 0.55
"""Millimetres between a mark and its name."""
NAME_LEADING: Final = 1.1
"""Distance of the baselines of a name in two lines, as a multiple of its size."""
RINGS: Final = (3.2, 6.0, 9.0, 12.5)
"""Lengths in millimetres of the leaders that are tried."""
_WORTH, _WORTH_OF_PRIORITY = 20.0, 10.0
_DIRECTIONS: Final = 24
_CROSSED, _EDGE = 12.0, 0.8
"""Cost of a leader over each obstacle, of a name over an edge."""
_SIDES: Final = (
    ("E", 0.0), ("NE", 0.6), ("SE", 0.7), ("N", 0.9), ("S", 1.0), ("W", 1.2), ("NW", 1.5), ("SW", 1.6),
    ("ENE", 0.8), ("ESE", 0.9), ("WNW", 1.7), ("WSW", 1.8),
)  # fmt: skip
"""Positions beside a mark and how much each is disliked."""
_LEANING = {"E": (0.0, 0.5), "W": (-1.0, 0.5), "ENE": (0.0, 0.8), "ESE": (0.0, 0.2),
            "WNW": (-1.0, 0.8), "WSW": (-1.0, 0.2)}  # fmt: skip


class UnnamedPartnerError(MaillageError):
    """A partner of the contract found no place for its name: the map must not be printed."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to place.

    Attributes
    ----------
    key
        What it names.
    lines
        Its lines, set in French.
    face
        How it is written.
    priority
        0 ordinary; a higher one wins places from a lower one.
    pad
        Millimetres of plate around the letters; 0 without a plate.
    """

    key: str
    lines: tuple[str, ...]
    face: Face
    priority: float = 0.0
    pad: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres, plate included."""
        wide = max(width_of(line, self.face) for line in self.lines)
        step = self.face.size * MM_PER_PT * NAME_LEADING
        high = (ASCENT + DESCENT) * self.face.size * MM_PER_PT + (len(self.lines) - 1) * step
        return wide + 2 * self.pad, high + 2 * self.pad


@dataclass(frozen=True, slots=True)
class Candidate:
    """One position of one name: its box, the leader to its mark if it has one, how much it is disliked."""

    box: Box
    cost: float
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None

    @property
    def shape(self) -> BaseGeometry:
        """What it covers."""
        box = self.box.polygon
        if self.leader is None:
            return box
        return shapely.union_all([box, shapely.LineString(self.leader)])


def around_point(
    name: Name, x: float, y: float, radius: float, rings: Sequence[float] = RINGS
) -> list[Candidate]:
    """Return the positions of a name near a mark: beside it, then at the end of a leader.

    Parameters
    ----------
    name
        What is written.
    x, y, radius
        The mark, in millimetres of the page.
    rings
        Lengths of the leaders that are tried; none keeps the name beside its mark.
    """
    wide, high = name.size
    found = []
    for side, cost in _SIDES:
        away = radius + GAP
        if side in _LEANING:
            left, up = _LEANING[side]
            box = Box(x + (away if left == 0 else -away - wide), y - high * up, wide, high)
        else:
            reach = away if len(side) == 1 else away * math.sqrt(0.5)
            left = {"E": x + reach, "W": x - reach - wide}.get(side[-1], x - wide / 2)
            box = Box(left, y - reach - high if "N" in side else y + reach, wide, high)
        found.append(Candidate(box, cost))
    return [*found, *_led((x, y, radius), wide, high, rings)]


def _led(
    mark: tuple[float, float, float], wide: float, high: float, rings: Sequence[float]
) -> Iterable[Candidate]:
    x, y, radius = mark
    for ring, length in enumerate(rings):
        for step in range(_DIRECTIONS):
            angle = step * 2 * math.pi / _DIRECTIONS
            dx, dy = math.cos(angle), -math.sin(angle)
            end_x, end_y = x + dx * (radius + length), y + dy * (radius + length)
            left = end_x + 0.3 if dx > 0.3 else end_x - wide - 0.3 if dx < -0.3 else end_x - wide / 2
            top = end_y - high / 2 if abs(dx) > 0.3 else end_y - high - 0.2 if dy < 0 else end_y + 0.2
            start = (x + dx * (radius + 0.2), y + dy * (radius + 0.2))
            yield Candidate(
                Box(left, top, wide, high), 4.0 + 2.5 * ring + 0.05 * step, (start, (end_x, end_y))
            )


def inside_area(name: Name, area: BaseGeometry, foreign: BaseGeometry, step: float = 1.5) -> list[Candidate]:
    """Return the positions of the name of an area: a grid of centres within it.

    Parameters
    ----------
    name
        What is written.
    area
        The part of the area that belongs to nobody else, in millimetres of the page.
    foreign
        Areas of others, over which the name should not lie.
    step
        Millimetres between two centres.
    """
    if area.is_empty:
        return []
    wide, high = name.size
    heart = largest_circle(area)
    west, south, east, north = area.bounds
    grid = np.stack(np.meshgrid(np.arange(west, east, step), np.arange(south, north, step)), -1).reshape(
        -1, 2
    )
    centers = [heart, *grid[shapely.contains_xy(area, grid)].tolist()]
    boxes = [Box(x - wide / 2, y - high / 2, wide, high) for x, y in centers]
    shapes = np.array([box.polygon for box in boxes])
    outside = 1 - shapely.area(shapely.intersection(shapes, area)) / (wide * high)
    over = shapely.area(shapely.intersection(shapes, foreign)) / (wide * high)
    away = shapely.distance(shapely.points(centers), shapely.Point(heart))
    costs = 4 * outside + 9 * over + 0.12 * away
    return [Candidate(box, float(cost)) for box, cost in zip(boxes, costs, strict=True)]


def largest_circle(area: BaseGeometry) -> tuple[float, float]:
    """Return the centre of the largest circle that an area holds."""
    polygon: Any = area
    x, y = shapely.maximum_inscribed_circle(polygon, tolerance=0.2).coords[0]
    return float(x), float(y)


def clear(
    candidates: Iterable[Candidate],
    frame: Box,
    obstacles: Sequence[BaseGeometry],
    disliked: BaseGeometry | None = None,
    *,
    must: bool = False,
) -> list[Candidate]:
    """Return the positions that stay in a frame and touch no obstacle.

    Parameters
    ----------
    candidates
        Positions of one name.
    frame
        Where they must be, whole.
    obstacles
        Marks, plates and frames that a name must not touch.
    disliked
        Lines that cost something to cross.
    must
        True for a name that has to be placed: its leader may cross obstacles, at a cost.
    """
    kept = [c for c in candidates if _within(c.box, frame)]
    if not kept:
        return []
    boxes = np.array([candidate.box.polygon for candidate in kept])
    shapes = np.array([candidate.shape for candidate in kept])
    barred = _touching(boxes if must else shapes, obstacles) > 0
    cost = _CROSSED * _touching(shapes, obstacles)
    if disliked is not None:
        cost = cost + _EDGE * shapely.intersects(shapes, disliked)
    return [
        replace(candidate, cost=candidate.cost + float(cost[rank]))
        for rank, candidate in enumerate(kept)
        if not barred[rank]
    ]


def _touching(
    shapes: np.ndarray[tuple[int], np.dtype[np.object_]], obstacles: Sequence[BaseGeometry]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return how many obstacles each shape touches."""
    if not len(obstacles):
        return np.zeros(len(shapes), dtype=np.int64)
    touched = shapely.STRtree(obstacles).query(shapes, predicate="intersects")[0]
    return np.bincount(touched, minlength=len(shapes))


def _within(box: Box, frame: Box) -> bool:
    edge = 0.4
    return (box.x >= frame.x + edge and box.right <= frame.right - edge
            and box.y >= frame.y + edge and box.bottom <= frame.bottom - edge)  # fmt: skip


def place(names: Sequence[tuple[Name, Sequence[Candidate]]]) -> dict[str, Candidate]:
    """Return the position of each name that has one, the best choice of all.

    Parameters
    ----------
    names
        Each name with the positions that are free of obstacles; keys are distinct.

    Notes
    -----
    One binary a position. A position excludes, in one constraint, all those of another name that it touches:
    fewer and tighter constraints than pairs.
    """
    every = [(rank, candidate) for rank, (_, candidates) in enumerate(names) for candidate in candidates]
    if not every:
        return {}
    owner = np.array([rank for rank, _ in every])
    worth = np.array(
        [_WORTH + _WORTH_OF_PRIORITY * names[rank][0].priority - candidate.cost for rank, candidate in every]
    )
    rows = [np.flatnonzero(owner == rank) for rank in range(len(names))]
    rows = [row for row in rows if len(row)] + _exclusions(every, owner)
    matrix = coo_array(
        (
            np.ones(sum(map(len, rows))),
            (np.repeat(np.arange(len(rows)), [len(row) for row in rows]), np.concatenate(rows)),
        ),
        shape=(len(rows), len(every)),
    )
    solved = milp(
        -worth, integrality=np.ones(len(every), dtype=np.int64), bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix.tocsr(), ub=np.ones(len(rows))), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    if solved.x is None:
        return {}
    chosen = np.flatnonzero(np.round(solved.x)).tolist()
    return {names[every[index][0]][0].key: every[index][1] for index in chosen}


def _exclusions(
    every: Sequence[tuple[int, Candidate]], owner: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return, for each position and each other name, the position and those of the name that it touches."""
    shapes = np.array([candidate.shape for _, candidate in every])
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    other = owner[first] < owner[second]
    first, second = first[other], second[other]
    order = np.lexsort((second, owner[second], first))
    first, second = first[order], second[order]
    if not len(first):
        return []
    starts = np.flatnonzero(np.r_[True, (np.diff(first) != 0) | (np.diff(owner[second]) != 0)])
    groups = np.split(second, starts[1:])
    return [np.r_[first[start], group] for start, group in zip(starts.tolist(), groups, strict=True)]
