"""Perimeters from GeoJSON: what is read, mended, refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geodata import geojson, geojson_features
from geodata.geojson import read_geojson_perimeters
from geodata.mending import is_tangled
from geodata.territory import OFFICIAL_LEVELS
from graphmodel.errors import InputFaultsError

SQUARE = [[4.8, 45.7], [4.9, 45.7], [4.9, 45.8], [4.8, 45.8], [4.8, 45.7]]


def feature(ring: Any, **properties: Any) -> dict[str, Any]:
    """Return a feature made of one ring."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write(folder: Path, *features: Any, **more: Any) -> Path:
    """Write a collection and return its path."""
    path = folder / "zone.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}), "utf-8")
    return path


def codes(caught: pytest.ExceptionInfo[InputFaultsError]) -> list[tuple[str, int | None]]:
    """Return the codes and rows of the faults."""
    return [(fault.code, fault.row) for fault in caught.value.faults]


def test_polygons_are_read_with_their_code_and_name(tmp_path: Path) -> None:
    path = write(tmp_path, feature(SQUARE, CODE_QP="QP069001", NOM_QP="Mermoz"), feature(SQUARE))
    perimeters, warnings = read_geojson_perimeters(path, level="qpv", vintage="2015", fictional=True)
    assert [(p.code, p.name) for p in perimeters] == [("QP069001", "Mermoz"), ("zone-2", "zone-2")]
    assert perimeters[0].polygon is not None
    assert perimeters[0].polygon.equals(shapely.Polygon(SQUARE))
    assert (perimeters[0].level, perimeters[0].vintage, perimeters[0].fictional) == ("qpv", "2015", True)
    assert perimeters[0].population is None
    assert warnings == ()


def test_a_bare_geometry_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "parc.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [SQUARE]}), encoding="utf-8-sig")
    (perimeter,), _ = read_geojson_perimeters(path)
    assert (perimeter.code, perimeter.vintage) == ("parc", "non déclaré")


def test_a_ring_that_crosses_itself_is_mended_with_a_warning(tmp_path: Path) -> None:
    bow = [[4.8, 45.7], [4.9, 45.8], [4.9, 45.7], [4.8, 45.8], [4.8, 45.7]]
    (perimeter,), warnings = read_geojson_perimeters(write(tmp_path, feature(bow, nom="Nœud")))
    assert perimeter.polygon is not None
    assert shapely.is_valid(perimeter.polygon)
    assert perimeter.polygon.area == pytest.approx(0.005)
    assert [(w.severity, w.code) for w in warnings] == [("warning", "mended_ring")]


def test_a_position_that_is_not_a_number_is_a_fault(tmp_path: Path) -> None:
    ring = [[4.8, 45.7], [float("nan"), 45.7], [4.9, 45.8], [4.8, 45.8], [4.8, 45.7]]
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(write(tmp_path, feature(ring, code="P", nom="P")))
    assert codes(caught) == [("no_polygon", 1)]


def test_lambert_swapped_and_foreign_coordinates_are_refused_with_the_reason(tmp_path: Path) -> None:
    to_metres = Transformer.from_crs(4326, 2154, always_xy=True).transform
    metres = [list(to_metres(*point)) for point in SQUARE]
    swapped = [[y, x] for x, y in SQUARE]
    abroad = [[x - 80, y] for x, y in SQUARE]
    odd = [[x * 1e4, y] for x, y in SQUARE]
    path = write(
        tmp_path, *(feature(ring, code=str(n)) for n, ring in enumerate((metres, swapped, abroad, odd)))
    )
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(path)
    assert codes(caught) == [("wrong_crs", row) for row in (1, 2, 3, 4)]
    said = str(caught.value)
    for word in ("Lambert-93", "la latitude vient avant", "hors de France", "pas des degrés"):
        assert word in said


@pytest.mark.parametrize(
    ("name", "refused"),
    [("urn:ogc:def:crs:OGC:1.3:CRS84", False), ("EPSG:4326", False), ("urn:ogc:def:crs:EPSG::2154", True)],
)
def test_the_declared_system_counts(tmp_path: Path, name: str, refused: bool) -> None:
    path = write(tmp_path, feature(SQUARE), crs={"type": "name", "properties": {"name": name}})
    if refused:
        with pytest.raises(InputFaultsError, match="EPSG::2154"):
            read_geojson_perimeters(path)
    else:
        assert len(read_geojson_perimeters(path)[0]) == 1


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [4, 45]}}
    flat = [[4.8, 45.7], [4.9, 45.7], [4.8, 45.7], [4.8, 45.7]]
    twice = feature(SQUARE, code="a")
    path = write(tmp_path, 3, point, twice, twice, feature(flat), {"type": "Feature"})
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(path)
    assert {code for code, _ in codes(caught)} == {
        "not_a_feature", "no_polygon", "duplicate_code", "flat_polygon"
    }  # fmt: skip
    assert len(caught.value.faults) == 5
    assert all(fault.file == "zone.geojson" for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ("[]", "not_geojson"),
        ('{"type": "Topology"}', "not_geojson"),
        ('{"type": "FeatureCollection", "features": []}', "empty_file"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(path)
    assert codes(caught) == [(code, None)]


def test_missing_and_oversized_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputFaultsError, match="ne peut pas être lu"):
        read_geojson_perimeters(tmp_path / "absent.geojson")
    monkeypatch.setattr(geojson, "MAX_BYTES", 10)
    with pytest.raises(InputFaultsError, match="dépasse"):
        read_geojson_perimeters(write(tmp_path, feature(SQUARE)))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_any_geometry_gives_faults_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, thing: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    shapes = [{"type": kind, "coordinates": thing} for kind in ("Polygon", "MultiPolygon")]
    features = [{"type": "Feature", "properties": thing, "geometry": shape} for shape in (*shapes, thing)]
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(write(folder, *features))
    assert len(caught.value.faults) >= 3


def test_faults_of_properties_and_of_geometry_are_said_together(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [4, 45]}
    path = write(
        tmp_path,
        feature(SQUARE, code="A", niveau="galaxie", millesime="hier"),
        feature(SQUARE, code="A", niveau="commune"),
        feature(SQUARE, code=[1], millesime=2015),
        {"type": "Feature", "properties": {"code": "D", "niveau": "planète"}, "geometry": point},
    )
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(path, reserved=OFFICIAL_LEVELS)
    assert codes(caught) == [
        ("unknown_level", 1), ("wrong_type", 1), ("duplicate_code", 2), ("unknown_level", 2),
        ("wrong_type", 3), ("unknown_level", 4), ("no_polygon", 4),
    ]  # fmt: skip


def test_a_feature_that_is_none_does_not_shift_the_rows(tmp_path: Path) -> None:
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(write(tmp_path, 3, feature(SQUARE, code="A", niveau="galaxie")))
    assert codes(caught) == [("not_a_feature", 1), ("unknown_level", 2)]


def test_too_many_positions_or_features_are_refused_before_any_geometry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, *(feature(SQUARE, code=str(n)) for n in range(4)))
    monkeypatch.setattr(geojson_features, "shape", lambda _: pytest.fail("a geometry was built"))
    monkeypatch.setattr(geojson, "MAX_FEATURES", 3)
    with pytest.raises(InputFaultsError, match="4 entités : au plus 3"):
        read_geojson_perimeters(path)
    monkeypatch.setattr(geojson, "MAX_POSITIONS", 12)
    monkeypatch.setattr(json, "loads", lambda _: pytest.fail("the file was parsed"))
    with pytest.raises(InputFaultsError, match="plus de 12 positions"):
        read_geojson_perimeters(path)


def test_a_heavy_contour_is_not_mended_in_a_file_refused_for_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bow = [[4.8, 45.7], [4.9, 45.8], [4.9, 45.7], [4.8, 45.8], [4.8, 45.7]]
    monkeypatch.setattr(geojson_features, "_LIGHT", 3)
    monkeypatch.setattr(geojson_features, "mended", lambda _: pytest.fail("a contour was mended"))
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(write(tmp_path, feature(bow, code="A"), feature(SQUARE, niveau="galaxie")))
    assert codes(caught) == [("unknown_level", 2)]


def test_a_contour_drawn_at_random_is_refused_and_one_knot_is_mended(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    scribble = shapely.Polygon(rng.uniform((4.8, 45.7), (4.9, 45.8), (400, 2)))
    path = write(tmp_path, feature(shapely.get_coordinates(scribble).tolist(), code="A"))
    with pytest.raises(InputFaultsError, match="se recoupe en plus de"):
        read_geojson_perimeters(path)
    turn = np.linspace(0, 2 * np.pi, 5_001)[:-1]
    circle = np.stack([4.85 + 0.05 * np.cos(turn), 45.75 + 0.05 * np.sin(turn)], axis=1)
    circle[[100, 110]] = circle[[110, 100]]
    knotted = shapely.Polygon(circle)
    assert not knotted.is_valid
    assert not is_tangled(knotted)
    (perimeter,), warnings = read_geojson_perimeters(
        write(tmp_path, feature(shapely.get_coordinates(knotted).tolist(), code="A"))
    )
    assert perimeter.polygon is not None
    assert shapely.is_valid(perimeter.polygon)
    assert [warning.code for warning in warnings] == ["mended_ring"]


def test_faults_alike_are_said_a_hundred_times_then_counted(tmp_path: Path) -> None:
    many = [feature(SQUARE, code=str(n), niveau="galaxie") for n in range(130)]
    with pytest.raises(InputFaultsError) as caught:
        read_geojson_perimeters(write(tmp_path, *many))
    assert len(caught.value.faults) == 101
    assert caught.value.faults[-1].message.startswith("et 30 autres lignes")
