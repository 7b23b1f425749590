"""Perimeters as nodes of the graph, and the communes their contours overlap."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import cast

import geopandas as gpd
import numpy as np
import shapely

from geodata.perimeters import Perimeter
from geodata.territories import load_reference
from geodata.territory import Level
from graphmodel import BatchBuilder, Fault
from graphmodel.batch import NOWHERE, Place, Ref
from graphmodel.keys import territory_key

SLIVER = 0.01
"""Share of a commune or of a quarter under which an overlap is a defect of drawing, not a fact."""

WHOLE = 0.995
"""Share from which a commune is whole in a perimeter: generalised contours never match to the metre."""

MAX_DRAWN = 50_000
"""Vertices of a contour beyond which it is thinned before it is kept; shares rest on all of them."""
THINNED = 10
"""Metres by which a thinned contour may be off."""

_COORDINATES = 7
_PIECE = 4_000
"""Vertices of the pieces a contour is cut into before it is laid over the communes."""


def add_perimeters(builder: BatchBuilder, perimeters: Iterable[Perimeter]) -> list[Ref]:
    """Add perimeters and the communes they cover to a batch; return their references.

    A perimeter `CONTAINS` the communes it overlaps, with the share of each commune's area (EPSG:2154); a
    quarter is contained by the communes it lies in, with the share of its own area. Population shares are
    left unknown unless the commune is whole, or the quarter lies in one commune.
    """
    references = []
    for perimeter in perimeters:
        reference = add_territory(builder, perimeter)
        references.append(reference)
        if perimeter.polygon is not None:
            _add_overlaps(builder, reference, perimeter.level, _metres(perimeter.polygon))
    return references


def add_territory(builder: BatchBuilder, perimeter: Perimeter, place: Place = NOWHERE) -> Ref:
    """Add a perimeter as a territory, with contour, centre and area where it has a polygon."""
    values: dict[str, object] = {"perimeter": "known", "population": perimeter.population}
    if perimeter.polygon is not None:
        rounded = shapely.set_precision(_drawn(builder, perimeter, perimeter.polygon), 10**-_COORDINATES)
        longitude, latitude = shapely.get_coordinates(shapely.point_on_surface(perimeter.polygon))[0].tolist()
        values["contour"] = json.loads(shapely.to_geojson(rounded))
        values["center"] = (round(longitude, 6), round(latitude, 6))
        values["area_km2"] = round(float(shapely.area(_metres(perimeter.polygon))) / 1e6, 6)
    level, code, name = perimeter.level, perimeter.code, perimeter.name
    return builder.territory(level, code, perimeter.vintage, values, name=name, place=place)


def _drawn(builder: BatchBuilder, perimeter: Perimeter, shape: shapely.Geometry) -> shapely.Geometry:
    """Return the contour to keep: the perimeter's own, thinned with a warning where it is too fine."""
    vertices = int(shapely.get_num_coordinates(shape))
    if vertices <= MAX_DRAWN:
        return shape
    thin = shapely.simplify(_metres(shape), THINNED)
    count = f"{vertices:,}".replace(",", "\u202f")
    message = f"« {perimeter.name} » : contour de {count} sommets, dessiné à {THINNED} m près."
    builder.fault(Fault("note", "thinned_contours", message, value=perimeter.code))
    kept: shapely.Geometry = gpd.GeoSeries(np.array([thin]), crs=2154).to_crs(4326).iloc[0]
    return kept


def _metres(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in EPSG:2154, where areas are measured."""
    projected: shapely.Geometry = gpd.GeoSeries(np.array([shape]), crs=4326).to_crs(2154).iloc[0]
    return projected


def _add_overlaps(builder: BatchBuilder, reference: Ref, level: Level, shape: shapely.Geometry) -> None:
    for commune, of_commune, of_shape in _overlaps(shape):
        if level == "qpv":
            values = {"composition": "declared", "area_share": of_shape}
            builder.relationship("CONTAINS", commune, reference, values | _population(of_shape))
        else:
            values = {"composition": "declared", "area_share": of_commune}
            builder.relationship("CONTAINS", reference, commune, values | _population(of_commune))


def _population(share: float) -> dict[str, object]:
    return {"population_share": 1.0} if share == 1.0 else {}


def _overlaps(shape: shapely.Geometry) -> Iterator[tuple[Ref, float, float]]:
    """Yield the communes a shape overlaps, with the share of the commune and the share of the shape."""
    communes = _communes_in_metres()
    contours = communes.geometry.to_numpy()
    pieces = np.array(list(_cut(shape)), dtype=object)
    part, commune = communes.sindex.query(pieces, predicate="intersects")
    common = shapely.area(shapely.intersection(contours[commune], pieces[part]))
    covered = np.bincount(commune, common, len(contours))
    areas, whole = shapely.area(contours), shapely.area(shape)
    for index in np.flatnonzero(covered).tolist():
        of_commune, of_shape = _share(covered[index] / areas[index]), _share(covered[index] / whole)
        if max(of_commune, of_shape) >= SLIVER:
            key = territory_key("commune", cast(str, communes.index[index]), load_reference().vintage)
            yield ("Territory", key), of_commune, of_shape


@lru_cache(maxsize=1)
def _communes_in_metres() -> gpd.GeoDataFrame:
    """Return the communes of the reference in EPSG:2154, projected once; not to be changed."""
    return load_reference().frame("commune", crs=2154)


def _cut(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    """Yield a shape in pieces of few vertices, so that one of a million is laid over communes in seconds."""
    if shapely.get_num_coordinates(shape) <= _PIECE:
        yield shape
        return
    west, south, east, north = shapely.bounds(shape).tolist()
    wide = east - west >= north - south
    middle = (west + east) / 2 if wide else (south + north) / 2
    first = (west, south, middle, north) if wide else (west, south, east, middle)
    second = (middle, south, east, north) if wide else (west, middle, east, north)
    for box in (first, second):
        half = shapely.make_valid(shapely.clip_by_rect(shape, *box))
        if not half.is_empty and shapely.get_num_coordinates(half) < shapely.get_num_coordinates(shape):
            yield from _cut(half)
        elif not half.is_empty:
            yield half


def _share(value: float) -> float:
    return 1.0 if value >= WHOLE else round(float(value), 6)
