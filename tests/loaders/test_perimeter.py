"""Perimeters from GeoJSON go into the graph and come back as contours."""

import json
from pathlib import Path

import pytest
import shapely

from geodata.loaded import territories_of
from geodata.territories import load_reference
from graphmodel import InputFaultsError, open_store
from loaders.perimeter import read_perimeter
from loaders.reference import reference_batch


def geojson(tmp_path: Path, shapes: dict[str, shapely.Geometry]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": f"Périmètre {code}"},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, shape in shapes.items()
    ]
    path = tmp_path / "perimetres.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_a_perimeter_made_of_two_communes_holds_just_them(tmp_path: Path) -> None:
    communes = load_reference().frame("commune")
    shape = shapely.coverage_union_all(communes.loc[["69123", "69266"]].geometry.to_numpy())
    batch = read_perimeter(geojson(tmp_path, {"P": shape}), 2014)
    held = {str(row.values["target"]): row.values for row in batch.rows["CONTAINS"]}
    assert set(held) == {"commune/69123@2025", "commune/69266@2025"}
    assert all(values["area_share"] == 1.0 and values["population_share"] == 1.0 for values in held.values())


def test_a_perimeter_across_a_commune_says_its_share_and_not_its_people(tmp_path: Path) -> None:
    commune = load_reference().geometry("38185")
    assert commune is not None
    west, south, east, north = shapely.bounds(commune).tolist()
    half = shapely.intersection(commune, shapely.box(west, south, (west + east) / 2, north))
    batch = read_perimeter(geojson(tmp_path, {"H": half}), 2014)
    (row,) = (r for r in batch.rows["CONTAINS"] if r.values["target"] == "commune/38185@2025")
    expected = load_reference().frame("commune", crs=2154).area["38185"]
    assert row.values["area_share"] == pytest.approx(
        1e6 * float(str(batch.rows["Territory"][0].values["area_km2"])) / expected, abs=1e-4
    )
    assert "population_share" not in row.values


def test_contours_come_back_from_the_graph(tmp_path: Path) -> None:
    square = shapely.box(4.8, 45.7, 4.9, 45.8)
    with open_store(tmp_path / "p.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), read_perimeter(geojson(tmp_path, {"S": square}), 2014)]))
        frame = territories_of(store.snapshot()).frame("custom", crs=4326)
    assert frame.crs.to_epsg() == 4326
    assert frame.loc["S", "vintage"] == "2014"
    assert shapely.equals_exact(shapely.normalize(frame.geometry["S"]), shapely.normalize(square), 1e-7)


def test_without_a_vintage_the_file_loads_with_a_warning(tmp_path: Path) -> None:
    batch = read_perimeter(geojson(tmp_path, {"S": shapely.box(4.8, 45.7, 4.9, 45.8)}))
    assert [w.code for w in batch.warnings] == ["undeclared_vintage"]


def test_a_wrong_projection_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaultsError):
        read_perimeter(geojson(tmp_path, {"S": shapely.box(840000, 6500000, 850000, 6510000)}), 2014)
