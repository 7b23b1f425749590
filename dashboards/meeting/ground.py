"""The map of the meeting as drawing paths: EPCI, départements and other territories, in one small frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.maps.ground import MAIN_TOWNS, ground_data
from dashboards.prints.ground import print_ground
from geodata.territories import load_reference

WIDTH: Final = 1000
"""Width of the frame; its height follows the region."""
MARGIN: Final = 12
COARSE_M: Final = 450.0
"""Metres under which a bend is dropped: about one pixel on a wall."""

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Town:
    """A town named on the map, and where it stands in the frame."""

    name: str
    at: Point


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ground of every map of a meeting.

    Attributes
    ----------
    width, height
        Size of the frame, in its own units.
    epci, departements
        Path of each territory by code, shared borders drawn once on each side.
    region
        Path of the outline.
    centers
        A point inside each EPCI and département.
    towns
        The largest towns.
    epci_names
        Short names of the EPCI by code.
    vintage
        Year of the composition of the EPCI.
    """

    width: int
    height: int
    epci: Mapping[str, str]
    departements: Mapping[str, str]
    region: str
    centers: Mapping[str, Point]
    towns: tuple[Town, ...]
    epci_names: Mapping[str, str]
    vintage: str

    @property
    def frame(self) -> str:
        """The frame as a drawing declares it."""
        return f"0 0 {self.width} {self.height}"


class _Frame:
    """Places metres of EPSG:2154 in the frame of the drawing."""

    def __init__(self, region: BaseGeometry) -> None:
        west, south, east, north = region.bounds
        self._scale = (WIDTH - 2 * MARGIN) / (east - west)
        self._west, self._north = west, north
        self.height = round((north - south) * self._scale) + 2 * MARGIN

    def point(self, east: float, north: float) -> Point:
        """Return where a place stands."""
        return (
            round((east - self._west) * self._scale) + MARGIN,
            round((self._north - north) * self._scale) + MARGIN,
        )

    def path(self, shape: BaseGeometry) -> str:
        """Return a shape as the text of a path, each point as a step from the last."""
        return "".join(_ring(self.point(*pair) for pair in ring.coords) for ring in _rings(shape))


def _rings(shape: BaseGeometry) -> Iterable[shapely.LinearRing]:
    for polygon in shapely.get_parts(shape):
        if isinstance(polygon, shapely.Polygon):
            yield polygon.exterior
            yield from polygon.interiors


def _ring(points: Iterable[Point]) -> str:
    first, *others = dict.fromkeys(points)
    steps, last = [], first
    for point in others:
        steps.append(f"{point[0] - last[0]} {point[1] - last[1]}")
        last = point
    return f"M{first[0]} {first[1]}l{' '.join(steps)}z".replace(" -", "-") if len(others) > 1 else ""


@lru_cache(maxsize=1)
def drawing() -> Drawing:
    """Return the ground of the reference, at the earliest composition of the EPCI known."""
    ground = print_ground()
    frame = _Frame(ground.region)
    epci = _coarse(ground.epci)
    departements = _coarse(ground.departements)
    shapes = {**ground.epci, **ground.departements}
    inside = {code: shape.representative_point() for code, shape in shapes.items()}
    return Drawing(
        WIDTH,
        frame.height,
        {code: frame.path(shape) for code, shape in epci.items()},
        {code: frame.path(shape) for code, shape in departements.items()},
        frame.path(ground.region.simplify(COARSE_M)),
        {code: frame.point(point.x, point.y) for code, point in inside.items()},
        _towns(frame),
        ground.epci_names,
        ground.epci_vintage,
    )


def _coarse(shapes: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return neighbours with fewer bends, their common border still common."""
    simple = shapely.coverage_simplify(np.array(list(shapes.values()), dtype=object), COARSE_M)
    return dict(zip(shapes, simple, strict=True))


def outline(communes: Iterable[str]) -> tuple[str, Point] | None:
    """Return the path of a territory made of communes, and a point inside; None without any commune drawn."""
    ground = print_ground()
    found = [ground.communes[code] for code in sorted(communes) if code in ground.communes]
    if not found:
        return None
    frame = _Frame(ground.region)
    whole = shapely.union_all(found)
    point = whole.representative_point()
    return frame.path(whole.simplify(COARSE_M)), frame.point(point.x, point.y)


def _towns(frame: _Frame) -> tuple[Town, ...]:
    """Return the largest town of each of the most populated EPCI."""
    points = load_reference().frame("commune", crs=2154).geometry.representative_point()
    names = ground_data().commune_names
    by_name = {name: code for code, name in names.items()}
    found = []
    for town in ground_data().towns[:MAIN_TOWNS]:
        at = by_name[town.name]
        found.append(Town(town.name, frame.point(float(points.x[at]), float(points.y[at]))))
    return tuple(found)
