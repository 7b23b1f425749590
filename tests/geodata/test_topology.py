"""The TopoJSON written, decoded again by a plain oracle."""

import gzip
import json
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.perimeters import unknown_perimeter
from geodata.territories import Territories
from geodata.topology import QUANTIZATION, to_topojson


def decoded(text: str, layer: str = "territories") -> dict[str, Any]:
    """Return the shapes of a topology by code, decoded by the words of the TopoJSON specification."""
    topology = json.loads(text)
    scale, translate = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> np.ndarray:
        walked = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.vstack([walked[0], *(arc[1:] for arc in walked[1:])])

    def polygon(rings: list[list[int]]) -> shapely.Polygon:
        return shapely.Polygon(ring(rings[0]), [ring(inner) for inner in rings[1:]])

    found = {}
    for geometry in topology["objects"][layer]["geometries"]:
        groups = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found[geometry["properties"]["code"]] = shapely.MultiPolygon([polygon(group) for group in groups])
    return found


def test_communes_fit_in_200_kilobytes(territories: Territories) -> None:
    text = to_topojson(territories.frame("commune"))
    assert len(gzip.compress(text.encode())) < 200_000
    geometries = json.loads(text)["objects"]["territories"]["geometries"]
    assert len(geometries) == 2738
    assert geometries[0]["properties"] == {"code": "01001", "name": "L’Abergement-Clémenciat"}


@pytest.mark.parametrize("level", ["commune", "epci"])
def test_contours_are_kept_within_a_step(territories: Territories, level: str) -> None:
    frame = territories.frame(level)  # type: ignore[arg-type]
    west, south, east, north = frame.total_bounds
    step = np.hypot(east - west, north - south) / (QUANTIZATION - 1)
    shapes = decoded(to_topojson(frame))
    assert set(shapes) == set(frame.index)
    lines = shapely.get_parts(shapely.union_all(shapely.boundary(np.array(frame.geometry))))
    vertices = shapely.points(np.vstack([shapely.get_coordinates(shape) for shape in shapes.values()]))
    _, away = shapely.STRtree(lines).query_nearest(vertices, return_distance=True, all_matches=False)
    assert away.max() <= step / 2 + 1e-9
    for code, original in frame.geometry.items():
        moved = shapes[code].buffer(0).symmetric_difference(original)
        assert moved.area <= original.length * step / 2, code


def test_the_result_is_kept_by_content(territories: Territories) -> None:
    frame = territories.frame("departement")
    text = to_topojson(frame)
    assert to_topojson(frame.copy()) is text
    renamed = frame.assign(name=frame["name"].str.upper())
    assert to_topojson(renamed) != text
    assert to_topojson(frame, quantization=500) != text
    assert to_topojson(frame.to_crs(2154), layer="d").startswith('{"type":"Topology"')


def test_missing_values_are_null_and_unknown_perimeters_are_left_out(territories: Territories) -> None:
    more = territories.with_perimeters([unknown_perimeter("X", "Sans périmètre", "pnr")])
    assert json.loads(to_topojson(more.frame("pnr")))["objects"]["territories"]["geometries"] == []
    frame = gpd.GeoDataFrame(
        {"code": ["a", "b"], "population": [3, None]},
        geometry=[shapely.box(4, 45, 5, 46), shapely.box(5, 45, 6, 46)], crs=4326,
    ).astype({"population": "Int64"})  # fmt: skip
    geometries = json.loads(to_topojson(frame, columns=("code", "population")))["objects"]["territories"][
        "geometries"
    ]
    assert [g["properties"] for g in geometries] == [
        {"code": "a", "population": 3}, {"code": "b", "population": None}
    ]  # fmt: skip
