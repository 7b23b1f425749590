"""Reads the files of the reference: tables as CSV, contours as one compressed coverage of cells."""

import csv
import io
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

GRID_DEGREES = 1e-7
"""Step of stored coordinates, in degrees: about one centimetre."""

Geometries = NDArray[np.object_]


def read_bytes(name: str) -> bytes:
    """Return a reference file.

    Raises
    ------
    FileNotFoundError
        When the package does not carry it.
    """
    return resources.files("geodata.reference").joinpath(name).read_bytes()


def read_table(name: str) -> list[dict[str, str]]:
    """Return a CSV table as rows of text; an empty cell is an unknown value."""
    text = read_bytes(f"{name}.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_manifest() -> dict[str, Any]:
    """Return what the build says of its result: vintages, package versions, counts, mended places."""
    manifest: dict[str, Any] = json.loads(read_bytes("manifest.json"))
    return manifest


def pack_cells(communes: Sequence[str], formers: Sequence[str], polygons: Geometries) -> bytes:
    """Return cells as bytes.

    Parameters
    ----------
    communes
        Code of the present commune of each cell.
    formers
        Code of the delegated or associated commune the cell is; empty where it is none.
    polygons
        Polygons or multipolygons, longitude and latitude, on the grid of `GRID_DEGREES`.
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    _, coordinates, (rings, polygon_offsets) = shapely.to_ragged_array(parts)
    steps = np.rint(coordinates / GRID_DEGREES).astype(np.int64)
    # Small differences compress about three times better than positions.
    deltas = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype(np.int32)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        commune=np.array(communes, dtype="U5"),
        former=np.array(formers, dtype="U5"),
        owner=owner.astype(np.int32),
        x=deltas[:, 0],
        y=deltas[:, 1],
        rings=rings.astype(np.int32),
        polygons=polygon_offsets.astype(np.int32),
    )
    return buffer.getvalue()


def unpack_cells(data: bytes) -> tuple[list[str], list[str], Geometries]:
    """Return commune codes, former codes and multipolygons (EPSG:4326) of cells packed by `pack_cells`."""
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        deltas = np.column_stack([stored["x"], stored["y"]]).astype(np.int64)
        coordinates = np.cumsum(deltas, axis=0) * GRID_DEGREES
        # One rounding for all, so that equal positions are equal floats on both sides of a border.
        coordinates = np.round(coordinates, 7)
        parts = shapely.from_ragged_array(
            shapely.GeometryType.POLYGON, coordinates, (stored["rings"], stored["polygons"])
        )
        communes, formers = stored["commune"].tolist(), stored["former"].tolist()
        cells = np.array(shapely.multipolygons(parts, indices=stored["owner"]), dtype=object)
    return communes, formers, cells
