"""Contours that come in: from the system a file declares to longitude and latitude, checked and mended."""

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.mending import MAX_CROSSINGS, is_tangled, mended
from graphmodel.french import number
from loaders.findings import Findings

EXPECTED_CRS = "Lambert-93 (EPSG:2154), WGS 84 (EPSG:4326) ou tout système déclaré et convertible"

_FRANCE = (
    (-6.0, 41.0, 10.0, 52.0),
    (-63.5, 14.0, -60.5, 18.5),
    (-55.0, 1.5, -51.0, 6.5),
    (44.5, -13.5, 46.0, -12.0),
    (55.0, -22.0, 56.5, -20.5),
    (-57.0, 46.0, -55.5, 47.5),
)
"""Where France lies (west, south, east, north, in degrees): mainland, Antilles, Guyane, Mayotte, Réunion,
Saint-Pierre-et-Miquelon."""

Array = np.ndarray

_DEGREES = 1_000
"""From here on a coordinate is metres: its decimals say nothing more."""


def in_degrees(findings: Findings, frame: gpd.GeoDataFrame, declared: str) -> gpd.GeoDataFrame | None:
    """Return a frame in EPSG:4326; None, with a fault, when its coordinates are not where they should be.

    Parameters
    ----------
    frame
        Polygons in the system declared; rows without geometry are left to `sound`.
    declared
        The system as the file writes it.
    """
    try:
        placed = frame.to_crs(4326)
    except (CRSError, ValueError):
        placed = None
    bounds = frame.geometry.bounds.to_numpy()
    known = ~np.isnan(bounds).any(axis=1)
    if placed is not None and (not known.any() or _in_france(placed.geometry.bounds.to_numpy()[known]).all()):
        return placed
    first = bounds[known][0] if known.any() else bounds[0]
    west, south, east, north = (number(one, 0 if abs(one) >= _DEGREES else 3) for one in first)
    corners = f"{west} ; {south} à {east} ; {north}"
    read = f"{declared_name(declared)}, coordonnées {corners}"
    message = "Les coordonnées ne tombent pas en France dans le système que la couche déclare."
    fix = f"La couche semble être en {guess}." if (guess := _guess(bounds[known])) else None
    findings.error("wrong_crs", message, value=read, expected=EXPECTED_CRS, fix=fix)
    return None


def declared_name(declared: str) -> str:
    """Return the name of a system as people write it, from its code or its description."""
    try:
        system = CRS.from_user_input(declared)
    except CRSError:
        return declared[:60]
    authority = system.to_authority()
    return f"{system.name} ({':'.join(authority)})" if authority else system.name


def _in_france(bounds: Array) -> Array:
    """Tell which bounds (west, south, east, north) have their centre in France."""
    longitude, latitude = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    inside = np.zeros(len(bounds), dtype=bool)
    for west, south, east, north in _FRANCE:
        inside |= (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
    return inside


def _guess(bounds: Array) -> str | None:
    """Return the French name of the system that would put coordinates in mainland France."""
    if not len(bounds):
        return None
    west, south, east, north = np.nanmedian(bounds, axis=0).tolist()
    if -6 <= west <= east <= 10 and 41 <= south <= north <= 52:
        return "longitude et latitude (EPSG:4326)"
    if 0 <= west <= east <= 1_300_000 and 6_000_000 <= south <= north <= 7_200_000:
        return "Lambert-93 (EPSG:2154)"
    if -6 <= south <= north <= 10 and 41 <= west <= east <= 52:
        return "latitude puis longitude : inversez les deux nombres"
    return None


def sound(findings: Findings, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that have polygons, valid; rings that cross are mended with a warning, by row.

    A row without polygon is a fault; `code` and `row` name it.
    """
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    kept = np.ones(len(frame), dtype=bool)
    for place, shape in enumerate(shapes):
        row, code = int(frame["row"].iloc[place]), frame["code"].iloc[place]
        if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
            findings.error("no_polygon", "Cette entité n’a pas de polygone.", row, value=code)
            kept[place] = False
        elif not shapely.is_valid(shape):
            if is_tangled(shape):
                message = f"Ce contour se recoupe en plus de {number(MAX_CROSSINGS)} endroits."
                fix = "Redessinez-le, ou simplifiez-le."
                findings.error("tangled_ring", message, row, value=code, fix=fix)
                kept[place] = False
                continue
            whole = mended(shape)
            if whole is None:
                findings.error("flat_polygon", "Ce contour n’a pas de surface.", row, value=code)
                kept[place] = False
                continue
            findings.warning("mended_ring", "Contour qui se recoupe, réparé.", row, value=code)
            shapes[place] = whole
    result = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    return result[kept].reset_index(drop=True)
