"""Geometry files and archives: what is refused before it is read, and what is mended."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geodata.perimeters import Perimeter
from graphmodel import BatchBuilder, InputFaultsError, Source
from loaders import archives, geometry_files
from loaders.archives import unpacked
from loaders.findings import Findings
from loaders.geometry_files import layers_of, read_layer
from loaders.perimeter import read_perimeter
from loaders.perimeter_nodes import add_perimeters
from tests.support.official import LYON, contour, errors_of, write_geojson, write_layer, write_zip

SQUARE = shapely.box(4.8, 45.7, 4.9, 45.8)
BOW = shapely.Polygon([(4.8, 45.7), (4.9, 45.8), (4.9, 45.7), (4.8, 45.8)])


def read(path: Path) -> tuple[Findings, list[shapely.Geometry]]:
    findings = Findings.of(path, "perimeter")
    with layers_of(path) as layers:
        frames = [read_layer(findings, layer, {"code": "code"}) for layer in layers]
    return findings, [shape for frame in frames if frame is not None for shape in frame.geometry]


@pytest.mark.parametrize(
    ("suffix", "crs"),
    [(".geojson", 4326), *((suffix, crs) for suffix in (".gpkg", ".shp") for crs in (2154, 4326, 4171))],
)
def test_any_declared_system_comes_out_in_degrees(tmp_path: Path, suffix: str, crs: int) -> None:
    findings, (shape,) = read(write_layer(tmp_path / f"p{suffix}", [{"code": "P"}], [SQUARE], crs=crs))
    assert not findings.builder.faults
    assert shapely.area(shapely.symmetric_difference(shape, SQUARE)) < 1e-7


def test_a_missing_system_is_refused(tmp_path: Path) -> None:
    findings, shapes = read(write_layer(tmp_path / "p.gpkg", [{"code": "P"}], [SQUARE], crs=None))
    (fault,) = findings.builder.faults
    assert (fault.code, fault.value, shapes) == ("missing_crs", "aucun", [])
    assert "EPSG:2154" in (fault.expected or "")


@pytest.mark.parametrize(("drawn", "declared", "guess"), [
    (2154, 4326, "Lambert-93 (EPSG:2154)"), (4326, 2154, "longitude et latitude (EPSG:4326)"),
])  # fmt: skip
def test_a_wrong_system_is_refused_with_what_was_read(
    tmp_path: Path, drawn: int, declared: int, guess: str
) -> None:
    import geopandas as gpd

    frame = gpd.GeoDataFrame({"code": ["P"]}, geometry=[SQUARE], crs=4326).to_crs(drawn)
    path = tmp_path / "p.gpkg"
    frame.set_crs(declared, allow_override=True).to_file(path)
    findings, _ = read(path)
    (fault,) = findings.builder.faults
    assert fault.code == "wrong_crs"
    assert f"EPSG:{declared}" in (fault.value or "")
    assert guess in (fault.fix or "")
    assert "e+" not in (fault.value or "")


def test_crossing_rings_are_mended_and_what_has_no_surface_is_refused(tmp_path: Path) -> None:
    line = shapely.Polygon([(4.8, 45.7), (4.9, 45.8), (4.8, 45.7)])
    path = write_layer(tmp_path / "p.gpkg", [{"code": "BOW"}, {"code": "FLAT"}], [BOW, line])
    findings, shapes = read(path)
    said = {fault.code: (fault.severity, fault.row, fault.value) for fault in findings.builder.faults}
    assert said == {"mended_ring": ("warning", 1, "BOW"), "flat_polygon": ("error", 2, "FLAT")}
    assert [shapely.is_valid(shape) for shape in shapes] == [True]


def test_points_are_no_perimeters(tmp_path: Path) -> None:
    findings, _ = read(write_layer(tmp_path / "p.gpkg", [{"code": "P"}], [shapely.Point(4.8, 45.7)]))
    assert [fault.code for fault in findings.builder.faults] == ["no_polygon"]


@pytest.mark.parametrize(
    "name", ["../dehors.geojson", "/etc/dehors.geojson", "a/../../b.geojson", "C:/b.geojson"]
)
def test_a_path_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "{}")
    with pytest.raises(InputFaultsError) as error, unpacked(path):
        pass
    assert errors_of(error.value)["escaping_path"].value == name
    assert sorted(each.name for each in tmp_path.iterdir()) == ["z.zip"]


def test_a_symbolic_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    link = zipfile.ZipInfo("lien.geojson")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputFaultsError) as error, unpacked(path):
        pass
    assert "escaping_path" in errors_of(error.value)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p.geojson", b"0" * 30_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(InputFaultsError) as error, unpacked(path):
        pass
    assert "zip_bomb" in errors_of(error.value)


def test_an_archive_too_large_or_damaged_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_geojson(tmp_path / "p.geojson", [{"code": "P"}], [SQUARE])
    path = write_zip(tmp_path / "z.zip", [file], tmp_path)
    monkeypatch.setattr(archives, "MAX_UNPACKED", 10)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 0)
    with pytest.raises(InputFaultsError) as error, unpacked(path):
        pass
    assert set(errors_of(error.value)) == {"too_large", "too_many_members"}
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(InputFaultsError) as error, unpacked(path):
        pass
    assert set(errors_of(error.value)) == {"damaged_archive"}


def test_a_file_or_a_layer_beyond_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_layer(tmp_path / "p.gpkg", [{"code": "P"}], [SQUARE])
    monkeypatch.setattr(geometry_files, "MAX_VERTICES", 3)
    with pytest.raises(InputFaultsError) as error:
        read(path)
    assert "too_large" in errors_of(error.value)
    monkeypatch.setattr(geometry_files, "MAX_BYTES", 10)
    with pytest.raises(InputFaultsError, match="dépasse"):
        read(path)


def test_a_shapefile_without_its_companions_or_of_noise_is_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.shp", [{"code": "P"}], [SQUARE])
    (tmp_path / "p.dbf").unlink()
    with pytest.raises(InputFaultsError, match=r"\.dbf"):
        read(path)
    noise = tmp_path / "n.gpkg"
    noise.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 20)
    with pytest.raises(InputFaultsError) as error:
        read(noise)
    assert "unreadable" in errors_of(error.value)


def test_a_contour_of_a_million_vertices_is_laid_over_communes() -> None:
    angles = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    radius = 0.1 * (1 + 0.01 * np.sin(5000 * angles))
    star = shapely.Polygon(np.column_stack([4.85 + radius * np.cos(angles), 45.75 + radius * np.sin(angles)]))
    builder = BatchBuilder(Source("s", "s", "0", "perimeter"))
    add_perimeters(builder, [Perimeter("STAR", "Étoile", polygon=star)])
    shares = {str(row.values["target"]): row.values["area_share"] for row in builder.rows["CONTAINS"]}
    assert shares[f"commune/{LYON}@2025"] == 1.0
    assert [fault.code for fault in builder.faults] == ["thinned_contours"]
    kept = shapely.from_geojson(json.dumps(builder.rows["Territory"][0].values["contour"]))
    assert shapely.get_num_coordinates(kept) < 50_000
    assert shapely.area(kept) == pytest.approx(shapely.area(star), rel=1e-3)
    # The same shape with a thousandth of the vertices covers the same communes.
    plain = shapely.Point(4.85, 45.75).buffer(0.1, quad_segs=250)
    other = BatchBuilder(Source("s", "s", "0", "perimeter"))
    add_perimeters(other, [Perimeter("STAR", "Étoile", polygon=plain)])
    again = {str(row.values["target"]): row.values["area_share"] for row in other.rows["CONTAINS"]}
    for key in again.keys() & shares.keys():
        assert float(str(shares[key])) == pytest.approx(float(str(again[key])), abs=0.06)
    assert len(again.keys() ^ shares.keys()) <= 2


def test_polygons_of_any_container_are_perimeters_with_their_own_level(tmp_path: Path) -> None:
    rows = [
        {"code": "RHONE-PLURIEL", "nom": "Rhône Pluriel", "niveau": "syndicat mixte", "millesime": "2014"},
        {"code": "PNR-PILAT", "nom": "PNR du Pilat", "niveau": "pnr", "millesime": "2014"},
    ]
    shapes = [contour(LYON), SQUARE]
    for path in (
        write_layer(tmp_path / "p.gpkg", rows, shapes),
        write_geojson(tmp_path / "p.geojson", rows, shapes),
    ):
        batch = read_perimeter(path)
        assert {row.key for row in batch.rows["Territory"]} == {
            "syndicat_mixte/RHONE-PLURIEL@2014", "pnr/PNR-PILAT@2014"
        }  # fmt: skip
        assert not batch.warnings


def test_a_level_that_is_none_or_is_the_references_is_refused(tmp_path: Path) -> None:
    rows = [{"code": "A", "niveau": "planète"}, {"code": "B", "niveau": "commune"}]
    for path in (write_layer(tmp_path / "p.gpkg", rows, [SQUARE, SQUARE]),
                 write_geojson(tmp_path / "p.geojson", rows, [SQUARE, SQUARE])):  # fmt: skip
        with pytest.raises(InputFaultsError) as error:
            read_perimeter(path, 2014)
        assert "unknown_level" in errors_of(error.value)


def test_a_geojson_that_nests_beyond_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 200_000, encoding="utf-8")
    with pytest.raises(InputFaultsError):
        read_perimeter(path, 2014)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}), encoding="utf-8")
    with pytest.raises(InputFaultsError):
        read_perimeter(path, 2014)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_a_feature_larger_than_memory_allows_is_refused_unread(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = np.linspace(0, 2 * np.pi, 2_001)[:-1]
    circle = shapely.Polygon(np.stack([4.85 + 0.05 * np.cos(turn), 45.75 + 0.05 * np.sin(turn)], axis=1))
    path = write_layer(tmp_path / f"p{suffix}", [{"code": "P"}], [circle], crs=4326)
    monkeypatch.setattr(geometry_files, "MAX_VERTICES", 1_000)
    monkeypatch.setattr(pyogrio, "read_info", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(InputFaultsError, match="compte plus de 1\u202f000 sommets"):
        read(path)


def test_large_features_are_read_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_layer(tmp_path / "p.gpkg", [{"code": c} for c in "ABC"], [SQUARE] * 3, crs=4326)
    monkeypatch.setattr(geometry_files, "_CHUNK_BYTES", 1)
    findings, shapes = read(path)
    assert (len(shapes), findings.builder.faults) == (3, [])


def test_a_contour_drawn_at_random_is_refused(tmp_path: Path) -> None:
    scribble = shapely.Polygon(np.random.default_rng(0).uniform((4.8, 45.7), (4.9, 45.8), (400, 2)))
    findings, shapes = read(write_layer(tmp_path / "p.gpkg", [{"code": "P"}], [scribble], crs=4326))
    assert ([fault.code for fault in findings.builder.faults], shapes) == (["tangled_ring"], [])
