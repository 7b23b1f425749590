"""Perimeters from GeoJSON: territories whose contour a file gives, and the communes they cover."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import geopandas as gpd
import numpy as np
import shapely

from geodata.geojson import read_geojson_perimeters
from geodata.perimeters import Perimeter
from geodata.territories import load_reference
from geodata.territory import NOT_DECLARED, Level
from graphmodel import Batch, BatchBuilder, Fault, Source
from graphmodel.batch import Ref
from graphmodel.keys import territory_key

SLIVER = 0.01
"""Share of a commune or of a quarter under which an overlap is a defect of drawing, not a fact."""

WHOLE = 0.995
"""Share from which a commune is whole in a perimeter: generalised contours never match to the metre."""

_COORDINATES = 7


def read_perimeter(
    path: Path, vintage: int | None = None, *, level: Level = "custom", fictional: bool = False
) -> Batch:
    """Return the territories of a GeoJSON file as a batch.

    Parameters
    ----------
    path
        Polygons in longitude and latitude, each with a code and a name.
    vintage
        Year of the perimeters; None loads them as « non déclaré », with a warning.
    level, fictional
        What they are.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    declared = str(vintage) if vintage is not None else NOT_DECLARED
    perimeters, warnings = read_geojson_perimeters(path, level=level, vintage=declared, fictional=fictional)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    builder = BatchBuilder(Source(path.name, path.name, digest, "perimeter", fictional=fictional))
    for warning in warnings:
        builder.fault(warning)
    if vintage is None:
        builder.fault(_undeclared())
    add_perimeters(builder, perimeters)
    return builder.build()


def add_perimeters(builder: BatchBuilder, perimeters: Iterable[Perimeter]) -> list[Ref]:
    """Add perimeters and the communes they cover to a batch; return their references.

    A perimeter `CONTAINS` the communes it overlaps, with the share of each commune's area (EPSG:2154); a
    quarter is contained by the communes it lies in, with the share of its own area. Population shares are
    left unknown unless the commune is whole.
    """
    references = []
    for perimeter in perimeters:
        reference = _add(builder, perimeter)
        references.append(reference)
        if perimeter.polygon is not None:
            _add_overlaps(builder, reference, perimeter.level, _metres(perimeter.polygon))
    return references


def _add(builder: BatchBuilder, perimeter: Perimeter) -> Ref:
    values: dict[str, object] = {"perimeter": "known", "population": perimeter.population}
    if perimeter.polygon is not None:
        rounded = shapely.set_precision(perimeter.polygon, 10**-_COORDINATES)
        longitude, latitude = shapely.get_coordinates(shapely.point_on_surface(perimeter.polygon))[0].tolist()
        values["contour"] = json.loads(shapely.to_geojson(rounded))
        values["center"] = (round(longitude, 6), round(latitude, 6))
        values["area_km2"] = round(float(shapely.area(_metres(perimeter.polygon))) / 1e6, 6)
    return builder.territory(perimeter.level, perimeter.code, perimeter.vintage, values, name=perimeter.name)


def _metres(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in EPSG:2154, where areas are measured."""
    projected: shapely.Geometry = gpd.GeoSeries(np.array([shape]), crs=4326).to_crs(2154).iloc[0]
    return projected


def _add_overlaps(builder: BatchBuilder, reference: Ref, level: Level, shape: shapely.Geometry) -> None:
    for commune, of_commune, of_shape in _overlaps(shape):
        if level == "qpv":
            values = {"composition": "declared", "area_share": of_shape}
            builder.relationship("CONTAINS", commune, reference, values)
        else:
            values = {"composition": "declared", "area_share": of_commune}
            builder.relationship("CONTAINS", reference, commune, values | _population(of_commune))


def _population(share: float) -> dict[str, object]:
    return {"population_share": 1.0} if share == 1.0 else {}


def _overlaps(shape: shapely.Geometry) -> Iterator[tuple[Ref, float, float]]:
    """Yield the communes a shape overlaps, with the share of the commune and the share of the shape."""
    territories = load_reference()
    communes = territories.frame("commune", crs=2154)
    contours = communes.geometry.to_numpy()
    near = sorted(communes.sindex.query(shape, predicate="intersects").tolist())
    for index in near:
        common = shapely.area(shapely.intersection(contours[index], shape))
        of_commune, of_shape = (
            _share(common / shapely.area(contours[index])),
            _share(common / shapely.area(shape)),
        )
        if max(of_commune, of_shape) >= SLIVER:
            key = territory_key("commune", cast(str, communes.index[index]), territories.vintage)
            yield ("Territory", key), of_commune, of_shape


def _share(value: float) -> float:
    return 1.0 if value >= WHOLE else round(float(value), 6)


def _undeclared() -> Fault:
    return Fault(
        "warning",
        "undeclared_vintage",
        "Le fichier ne dit pas de quelle année sont ses périmètres : « millésime non déclaré ».",
        fix="Le déclarer avec --vintage ANNÉE ; aucun chiffre ne s’en sert avant.",
    )
