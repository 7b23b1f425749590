"""Contours that cross themselves, mended where it can be done in bounded time."""

import numpy as np
import shapely

MAX_CROSSINGS = 1_000
"""Crossings beyond which a contour is not mended: no territory has them, and time grows with their square."""

_FIRST_STEP = 8
_LARGEST_STEP = 4_096
_OWN = 3
"""A segment of a ring always meets itself and its two neighbours."""


def mended(shape: shapely.Geometry) -> shapely.Geometry | None:
    """Return the valid polygons of an invalid polygon; None when it has no surface or cannot be made valid.

    Parameters
    ----------
    shape
        Polygon or multipolygon, finite; one that `is_tangled` takes minutes.
    """
    try:
        return polygons_of(shapely.make_valid(shape))
    except shapely.errors.ShapelyError:
        return None


def is_tangled(shape: shapely.Geometry) -> bool:
    """Tell whether a polygon crosses itself more than `MAX_CROSSINGS` times.

    Segments are looked at in a scattered order, and counting stops at the limit: a million vertices drawn at
    random are refused in a second or two, a true contour of as many with one knot is looked at whole.
    """
    segments = _segments(shape)
    tree = shapely.STRtree(segments)
    order = np.random.default_rng(0).permutation(len(segments))
    met = looked = 0
    step = _FIRST_STEP
    while looked < len(segments):
        some = segments[order[looked : looked + step]]
        met += len(tree.query(some, predicate="intersects")[0]) - _OWN * len(some)
        looked += len(some)
        if met > 2 * MAX_CROSSINGS:
            return True
        step = min(2 * step, _LARGEST_STEP)
    return False


def _segments(shape: shapely.Geometry) -> np.ndarray:
    """Return the segments of every ring of a polygon, as lines."""
    points, ring = shapely.get_coordinates(
        shapely.get_rings(np.asarray(shapely.get_parts(shape))), return_index=True
    )
    same = ring[1:] == ring[:-1]
    return np.asarray(shapely.linestrings(np.stack([points[:-1][same], points[1:][same]], axis=1)))


def polygons_of(found: shapely.Geometry) -> shapely.Geometry | None:
    """Return the polygons of a mended geometry, without the lines and points it left; None when flat."""
    parts = [part for part in shapely.get_parts(found) if part.geom_type in ("Polygon", "MultiPolygon")]
    polygons = shapely.get_parts(parts)
    if not len(polygons):
        return None
    return shapely.union_all(polygons)
