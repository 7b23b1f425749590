"""Territories as quantised TopoJSON, the form web maps carry: borders once, coordinates as small integers."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import geopandas as gpd
import shapely

QUANTIZATION = 5_000
"""Steps across the frame: positions within 30 m for the region, whose contours have a vertex a kilometre."""

_KEPT = 16
"""Topologies kept in memory."""

_cache: dict[str, str] = {}


def to_topojson(frame: gpd.GeoDataFrame, *, quantization: int = QUANTIZATION,
                columns: Sequence[str] = ("code", "name"), layer: str = "territories") -> str:  # fmt: skip
    """Return a frame as TopoJSON text in EPSG:4326.

    Parameters
    ----------
    frame
        Territories; those whose perimeter is unknown are left out.
    quantization
        Number of steps across the frame's width and height; lower is smaller and coarser.
    columns
        Columns carried as properties; a missing value is `null`.
    layer
        Name of the object in the topology.

    Notes
    -----
    The result is kept by content: the same contours, columns and settings are built once.
    """
    drawn = frame[frame.geometry.notna()]
    if drawn.crs is not None and drawn.crs.to_epsg() != 4326:
        drawn = drawn.to_crs(4326)
    key = _digest(drawn, quantization, columns, layer)
    if key not in _cache:
        while len(_cache) >= _KEPT:
            del _cache[next(iter(_cache))]
        _cache[key] = _build(drawn, quantization, list(columns), layer)
    return _cache[key]


def _build(frame: gpd.GeoDataFrame, quantization: int, columns: list[str], layer: str) -> str:
    """Return the topology as compact JSON."""
    from topojson.core.topology import Topology  # a tenth of a second, for those who ask for it only

    if frame.empty:
        return _compact({"type": "Topology", "objects": {layer: _collection([])}, "arcs": []})
    table = (
        frame[[*columns, frame.geometry.name]].reset_index(drop=True).astype(dict.fromkeys(columns, object))
    )
    table = table.where(table.notna(), None)
    topology = Topology(
        gpd.GeoDataFrame(table, geometry=frame.geometry.name, crs=4326),
        prequantize=quantization,
        shared_coords=True,
        object_name=layer,
    ).to_dict()
    return _compact(_lean(topology, layer))


def _lean(topology: dict[str, Any], layer: str) -> dict[str, Any]:
    """Return the topology without what repeats itself, arcs numbered in the order of use: a fifth smaller."""
    number: dict[int, int] = {}

    def renumbered(arcs: Any) -> Any:
        if isinstance(arcs, list):
            return [renumbered(arc) for arc in arcs]
        # A negative index is an arc walked backwards: ~index is the arc.
        return number.setdefault(arcs, len(number)) if arcs >= 0 else ~number.setdefault(~arcs, len(number))

    geometries = []
    for geometry in topology["objects"][layer]["geometries"]:
        kind, arcs = geometry["type"], renumbered(geometry["arcs"])
        if kind == "MultiPolygon" and len(arcs) == 1:
            kind, arcs = "Polygon", arcs[0]
        geometries.append({"type": kind, "properties": geometry["properties"], "arcs": arcs})
    used = sorted(number, key=number.__getitem__)
    return {
        "type": "Topology",
        "bbox": topology["bbox"],
        "transform": topology["transform"],
        "objects": {layer: _collection(geometries)},
        "arcs": [topology["arcs"][index] for index in used],
    }


def _collection(geometries: list[Any]) -> dict[str, Any]:
    """Return a collection of the topology."""
    return {"type": "GeometryCollection", "geometries": geometries}


def _compact(topology: dict[str, Any]) -> str:
    """Return JSON without spaces, accents kept."""
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":"))


def _digest(frame: gpd.GeoDataFrame, quantization: int, columns: Sequence[str], layer: str) -> str:
    """Return a digest of all that the result depends on."""
    digest = sha256(repr((quantization, list(columns), layer)).encode())
    for shape in shapely.to_wkb(frame.geometry.to_numpy()):
        digest.update(shape)
    digest.update(frame[list(columns)].to_json(force_ascii=False).encode())
    return digest.hexdigest()
