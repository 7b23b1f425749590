"""Small official files as tests build them: from the official column names, with the reference's contours."""

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
import xlsxwriter

from geodata.territories import load_reference
from graphmodel import Batch, Fault, InputFaultsError

LYON, VILLEURBANNE = "69123", "69266"


def contour(code: str) -> shapely.Geometry:
    """Return the contour of a commune of the reference, in EPSG:4326."""
    shape = load_reference().geometry(code, "commune")
    assert shape is not None
    return shape


def write_layer(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    shapes: Sequence[shapely.Geometry],
    *,
    crs: int | None = 2154,
    layer: str | None = None,
    geometry: str = "geometry",
    encoding: str | None = None,
) -> Path:
    """Write polygons given in EPSG:4326 as a layer in a system (None: undeclared Lambert-93)."""
    frame = gpd.GeoDataFrame(list(rows), geometry=list(shapes), crs=4326).to_crs(crs or 2154)
    if crs is None:
        frame = frame.set_crs(None, allow_override=True)
    options: dict[str, object] = {"encoding": encoding} if encoding else {}
    if path.suffix == ".gpkg" and geometry != "geometry":
        options["layer_options"] = {"GEOMETRY_NAME": geometry}
    pyogrio.write_dataframe(frame, path, layer=layer, append=path.exists(), **options)
    return path


def write_csv(path: Path, lines: Iterable[str], encoding: str = "utf-8") -> Path:
    """Write lines of text."""
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write sheets of cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
    return path


def write_zip(path: Path, files: Iterable[Path], root: Path) -> Path:
    """Write an archive of files, named from a folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, str(file.relative_to(root)))
    return path


def write_geojson(
    path: Path, rows: Sequence[Mapping[str, object]], shapes: Sequence[shapely.Geometry]
) -> Path:
    """Write features in the order properties, geometry."""
    features = [
        {"type": "Feature", "properties": dict(row), "geometry": shapely.geometry.mapping(shape)}
        for row, shape in zip(rows, shapes, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def held(batch: Batch, whole: str) -> dict[str, Mapping[str, object]]:
    """Return what a territory of a batch contains, by key, with the values of each link."""
    rows = batch.rows.get("CONTAINS", [])
    return {str(row.values["target"]): row.values for row in rows if row.values["source"] == whole}


def territory(batch: Batch, key: str) -> Mapping[str, object]:
    """Return the values of a territory of a batch."""
    (row,) = [row for row in batch.rows["Territory"] if row.key == key]
    return row.values


def statuses(batch: Batch) -> dict[str, object]:
    """Return the status of each territory classed in a zoning, by its key."""
    return {str(row.values["source"]): row.values["status"] for row in batch.rows["CLASSED_IN"]}


def codes_of(faults: Iterable[Fault]) -> list[str]:
    """Return the codes of faults, sorted."""
    return sorted(fault.code for fault in faults)


def errors_of(error: InputFaultsError) -> dict[str, Fault]:
    """Return the blocking faults of an error, by code."""
    return {fault.code: fault for fault in error.faults if fault.severity == "error"}
