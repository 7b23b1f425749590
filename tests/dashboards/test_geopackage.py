"""The layers of the contract, read back by GDAL and by SQLite."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pyogrio
import pytest

from dashboards.geopackage import layers_of, write_geopackage
from graphmodel import ContractGraph

ABOUT = [("Avertissement", "Données fictives")]


@pytest.fixture(scope="module")
def written(graph: ContractGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_geopackage(tmp_path_factory.mktemp("gpkg") / "contrat.gpkg", layers_of(graph), ABOUT)


def test_every_layer_reads_back_with_its_rows(graph: ContractGraph, written: Path) -> None:
    layers = layers_of(graph)
    for name, layer in layers.items():
        again = gpd.read_file(written, layer=name)
        assert len(again) == len(layer)
        assert again.crs is not None
        assert again.crs.to_epsg() == 4326
        assert again.geometry.is_valid.all()
        assert list(again.columns.drop("geometry")) == list(layer.columns.drop("geometry"))
    assert len(layers["communes"]) == 2738
    assert len(layers["departements"]) == 8


def test_counts_of_a_year_are_those_of_the_codes_beside_them(graph: ContractGraph) -> None:
    for name in ("communes", "epci"):
        layer = layers_of(graph)[name]
        years = [column.removeprefix("actions_") for column in layer.columns if column.startswith("actions_")]
        assert years
        for year in years:
            told = [len(codes.split(", ")) if codes else 0 for codes in layer[f"codes_{year}"]]
            assert told == list(layer[f"actions_{year}"])
            assert sum(told) > 0


def test_styles_and_what_the_file_is_stand_inside(written: Path) -> None:
    with closing(sqlite3.connect(written)) as base:
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
        assert base.execute("SELECT * FROM a_lire").fetchall() == ABOUT
        listed = {name for (name,) in base.execute("SELECT table_name FROM gpkg_contents")}
    assert set(styles) < {str(name) for name, _ in pyogrio.list_layers(written)} == listed
    for name, style in styles.items():
        root = ElementTree.fromstring(style.split("\n", 1)[1])
        assert (root.tag, root.get("labelsEnabled")) == ("qgis", "1")
        symbol = root.find("renderer-v2/symbols/symbol")
        assert symbol is not None
        assert symbol.get("type") == ("marker" if name == "qpv" else "fill")
        layer = symbol.find("layer")
        assert layer is not None
        assert layer.get("class") in ("SimpleFill", "SimpleMarker")
        options = {option.get("name"): option.get("value") for option in layer.iterfind("Option/Option")}
        colors = [value for key, value in options.items() if str(key).endswith("color")]
        assert colors
        assert all(len([int(part) for part in str(color).split(",")]) == 4 for color in colors)
        text = root.find("labeling/settings/text-style")
        assert text is not None
        assert text.get("fieldName") in gpd.read_file(written, layer=name).columns
        scales = root.find("labeling/settings/rendering")
        assert scales is not None
        # QGIS draws the names between the two, counted as denominators.
        if scales.get("scaleVisibility") == "1":
            assert float(str(scales.get("scaleMin"))) < float(str(scales.get("scaleMax")))


def test_the_same_content_gives_the_same_bytes(graph: ContractGraph, written: Path, tmp_path: Path) -> None:
    again = write_geopackage(tmp_path / "contrat.gpkg", layers_of(graph), ABOUT)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(written.read_bytes()).digest()
