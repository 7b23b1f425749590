"""Makes one clean coverage out of contours drawn apart (build time only).

Every border is noded on the grid, faces are rebuilt from the linework, each face goes to one commune and,
where known, to one delegated commune. Two neighbours then share every vertex of their border, exactly.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.reference.files import GRID_DEGREES, Geometries

SLIVER_KM2 = 0.2
"""Below this a face nobody owns is a drawing error, given to its longest neighbour; above, it is a hole."""


@dataclass(slots=True)
class Faces:
    """Faces of the linework.

    Attributes
    ----------
    shapes
        Polygons in longitude and latitude.
    commune, former
        Codes of the owners; empty where unknown.
    notes
        What was mended or left: rows (kind, code, km², reason).
    """

    shapes: Geometries
    commune: list[str]
    former: list[str]
    notes: list[dict[str, object]] = field(default_factory=list)


def metres(shapes: Geometries) -> Geometries:
    """Return shapes projected from EPSG:4326 to EPSG:2154."""
    series = gpd.GeoSeries(shapes, crs=4326).to_crs(2154)
    return np.array(series, dtype=object)


def areas_km2(shapes: Geometries) -> NDArray[np.float64]:
    """Return areas in km², measured in EPSG:2154."""
    return np.asarray(shapely.area(metres(shapes)) / 1e6, dtype=np.float64)


def build_faces(communes: Mapping[str, shapely.Geometry], formers: Mapping[str, shapely.Geometry],
                parent: Mapping[str, str]) -> Faces:  # fmt: skip
    """Return the faces of all contours with their owners.

    Parameters
    ----------
    communes
        Contours of present communes.
    formers
        Contours of delegated and associated communes.
    parent
        Present commune of each delegated one. A face outside every commune but inside a delegated one goes to
        its parent: so a commune without contour gets the union of its delegated communes.
    """
    outlines = shapely.boundary(np.array([*communes.values(), *formers.values()], dtype=object))
    lines = shapely.union_all(outlines, grid_size=GRID_DEGREES)
    shapes = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    points = shapely.point_on_surface(shapes)
    commune, former = _owners(points, communes), _owners(points, formers)
    for index, code in enumerate(former):
        if code and not commune[index]:
            commune[index] = parent[code]
        elif code and parent[code] != commune[index]:
            former[index] = ""
    return Faces(shapes, commune, former)


def _owners(points: Geometries, contours: Mapping[str, shapely.Geometry]) -> list[str]:
    """Return the code of the contour each point is in; the first by code where contours overlap."""
    codes = sorted(contours)
    tree = shapely.STRtree([contours[code] for code in codes])
    owners = [""] * len(points)
    hits, found = tree.query(points, predicate="within")
    for point, index in sorted(zip(hits.tolist(), found.tolist(), strict=True), reverse=True):
        owners[point] = codes[index]
    return owners


def give_holes(faces: Faces, absorbed: Mapping[str, str], heads: Set[str]) -> None:
    """Give to its commune each hole that is the land of a commune it absorbed.

    Parameters
    ----------
    faces
        Changed in place.
    absorbed
        Former commune without contour to present commune. A hole that touches exactly one of these present
        communes is its land; then one that touches exactly one of those still without; a hole that touches
        none is a true one (another département's enclave) and stays.
    heads
        Present communes whose contour is their own from before: it becomes a part of the same code.
    """
    area = areas_km2(faces.shapes)
    tree = shapely.STRtree(faces.shapes)
    holes = [int(i) for i in np.flatnonzero([not code for code in faces.commune]) if area[i] >= SLIVER_KM2]
    touched = {
        hole: {faces.commune[i] for i in tree.query(faces.shapes[hole], predicate="intersects")} - {""}
        for hole in holes
    }
    waiting = set(absorbed.values())
    progress = True
    while progress:
        progress = False
        for hole in [h for h in holes if len(touched[h] & waiting) == 1]:
            (taker,) = touched[hole] & waiting
            _give(faces, hole, taker, sorted(c for c, to in absorbed.items() if to == taker), taker in heads)
            faces.notes[-1]["area_km2"] = round(float(area[hole]), 6)
            waiting.discard(taker)
            holes.remove(hole)
            progress = True
    for hole in holes:
        around = "vide laissé, entre " + ", ".join(sorted(touched[hole]))
        faces.notes.append(_note("hole", "", area[hole], around))


def _give(faces: Faces, hole: int, taker: str, lost: list[str], own_contour: bool) -> None:
    """Give one hole to a commune, and keep the commune's earlier contour apart where it was its own."""
    for index, commune in enumerate(faces.commune):
        if own_contour and commune == taker and not faces.former[index]:
            faces.former[index] = taker
    faces.commune[hole] = taker
    faces.former[hole] = lost[0] if len(lost) == 1 else ""
    reason = f"vide rendu : terre de {', '.join(lost)}, absorbée sans contour"
    faces.notes.append(_note("given", taker, 0.0, reason))


def absorb_slivers(faces: Faces) -> None:
    """Give each small face without owner to the neighbour with which it shares the longest border."""
    area = areas_km2(faces.shapes)
    tree = shapely.STRtree(faces.shapes)
    for index in np.flatnonzero([not code for code in faces.commune]):
        if area[index] >= SLIVER_KM2:
            continue
        near = [i for i in tree.query(faces.shapes[index], predicate="intersects") if faces.commune[i]]
        shared = shapely.length(shapely.intersection(faces.shapes[index], faces.shapes[near]))
        best = near[int(np.argmax(shared))]
        faces.commune[index], faces.former[index] = faces.commune[best], faces.former[best]
        faces.notes.append(_note("sliver", faces.commune[best], area[index], "interstice absorbé"))


def settle_rests(faces: Faces, least_km2: float = SLIVER_KM2) -> None:
    """Give small rests of a commune (inside it, in none of its delegated communes) to their neighbour there.

    A rest is a difference of drawing between the commune and its parts; a large one is the part without
    contour and keeps an empty former code.
    """
    parts = {commune for commune, former in zip(faces.commune, faces.former, strict=True) if former}
    area = areas_km2(faces.shapes)
    tree = shapely.STRtree(faces.shapes)
    for index, commune in enumerate(faces.commune):
        if commune not in parts or faces.former[index] or area[index] >= least_km2:
            continue
        near = [i for i in tree.query(faces.shapes[index], predicate="intersects")
                if faces.commune[i] == commune and i != index]  # fmt: skip
        if near:
            shared = shapely.length(shapely.intersection(faces.shapes[index], faces.shapes[near]))
            faces.former[index] = faces.former[near[int(np.argmax(shared))]]


def cells(faces: Faces) -> tuple[list[str], list[str], Geometries]:
    """Return the cells: faces of one commune and one former commune, united.

    Raises
    ------
    ValueError
        When the result is not a valid coverage.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for index, (commune, former) in enumerate(zip(faces.commune, faces.former, strict=True)):
        if commune:
            groups.setdefault((commune, former), []).append(index)
    keys = sorted(groups)
    united = [shapely.coverage_union_all(faces.shapes[groups[key]]) for key in keys]
    parts, owner = shapely.get_parts(np.array(united, dtype=object), return_index=True)
    shapes = np.array(shapely.multipolygons(parts, indices=owner), dtype=object)
    if not shapely.coverage_is_valid(shapes) or not shapely.is_valid(shapes).all():
        raise ValueError("the cells do not make a valid coverage")
    return [key[0] for key in keys], [key[1] for key in keys], shapes


def _note(kind: str, code: str, km2: float, reason: str) -> dict[str, object]:
    """Return one line of the list of mended places."""
    return {"kind": kind, "code": code, "area_km2": round(float(km2), 6), "reason": reason}
