"""The contract as layers for a geographic information system: one GeoPackage, styles inside."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from string import Template
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
import shapely.geometry

from dashboards import theme, view_data
from dashboards.maps import facts
from dashboards.maps.ground import reference
from geodata.territory import Level
from graphmodel import ContractGraph
from graphmodel.frames import records_of

CRS = 4326
DAY = "2014-01-01T00:00:00.000Z"
"""Date written inside the file: the same content gives the same bytes, whenever it is written."""
CLASSED = {"classed": "classée", "partly": "partiellement classée", "transitional": "transitoire",
           "not_classed": "non classée"}  # fmt: skip

Layers = Mapping[str, gpd.GeoDataFrame]


def layers_of(graph: ContractGraph) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name, in EPSG:4326, the lowest first.

    Parameters
    ----------
    graph
        Snapshot of one contract.

    Returns
    -------
    dict of GeoDataFrame
        `departements`, `epci`, `communes` with the number and the codes of the actions of each reported year
        (full counts: an action counts in each territory it takes place in, so they must not be added),
        `perimetres` of the parties, `qpv` where a file gave their position. An empty layer is left out.
    """
    resolver = facts.Resolver(graph, reference())
    composition = reference().vintages["epci"][0]
    epci_of = reference().composition(composition)
    places = {
        year: facts.places_of(graph, year, resolver, dict(epci_of))
        for year in view_data.reported_years(graph)
    }
    layers = {
        "departements": _official("departement", None),
        "epci": _counted(
            _official("epci", composition), {year: found.by_epci for year, found in places.items()}
        ),
        "communes": _counted(
            _communes(graph, resolver, epci_of), {year: found.by_commune for year, found in places.items()}
        ),
        "perimetres": _perimeters(graph, resolver),
        "qpv": _neighbourhoods(graph),
    }
    return {name: layer for name, layer in layers.items() if len(layer)}


def _official(level: Level, vintage: str | None) -> gpd.GeoDataFrame:
    frame = reference().frame(level, vintage)
    names = {"name": "nom", "population": "population", "area_km2": "superficie_km2"}
    kept = frame[[name for name in names if name in frame.columns] + ["geometry"]].rename(columns=names)
    kept.insert(0, "code", [str(code) for code in frame.index])
    return kept.sort_values("code", ignore_index=True)


def _communes(graph: ContractGraph, resolver: facts.Resolver, epci_of: Mapping[str, str]) -> gpd.GeoDataFrame:
    frame = _official("commune", None)
    departements = reference().frame("commune")["departement"]
    frame.insert(2, "departement", [str(departements[code]) for code in frame["code"]])
    frame.insert(3, "epci", [epci_of.get(code) for code in frame["code"]])
    for name, found in _zonings(graph, resolver).items():
        frame.insert(4, name, [found.get(code) for code in frame["code"]])
    return frame


def _zonings(graph: ContractGraph, resolver: facts.Resolver) -> dict[str, dict[str, str]]:
    """Return the class of each commune by zoning, the zoning named with its vintage."""
    names = {
        str(row["key"]): f"{row['scheme']}_{row['vintage']}".lower()
        for row in records_of(graph.nodes("Zoning"))
    }
    found: dict[str, dict[str, str]] = {}
    for row in records_of(graph.relationships("CLASSED_IN")):
        if resolver.level(str(row["source"])) != "commune":
            continue
        for code in resolver.communes(str(row["source"])):
            found.setdefault(names[str(row["target"])], {})[code] = CLASSED[str(row["status"])]
    return found


def _counted(
    frame: gpd.GeoDataFrame, actions: Mapping[int, Mapping[str, tuple[str, ...]]]
) -> gpd.GeoDataFrame:
    """Add, by year, how many actions take place in each unit and which; a year without report is absent."""
    for year, by_unit in sorted(actions.items()):
        found = [by_unit.get(code, ()) for code in frame["code"]]
        frame[f"actions_{year}"] = [len(codes) for codes in found]
        frame[f"codes_{year}"] = [", ".join(codes) for codes in found]
    return frame


def _perimeters(graph: ContractGraph, resolver: facts.Resolver) -> gpd.GeoDataFrame:
    communes = reference().frame("commune").geometry
    drawn = facts.party_perimeters(graph, resolver).drawn
    shapes = [
        shapely.geometry.shape(dict(item.contour))
        if item.contour
        else shapely.coverage_union_all(np.asarray(communes[list(item.communes)]))
        for item in drawn
    ]
    rows = {"nom": [item.name for item in drawn], "communes": [len(item.communes) for item in drawn]}
    return gpd.GeoDataFrame(rows, geometry=_multi(shapes), crs=CRS)


def _neighbourhoods(graph: ContractGraph) -> gpd.GeoDataFrame:
    """Return the quarters as points: a quarter whose contour no file gave has a position at most."""
    found = []
    for row in records_of(graph.nodes("Territory")):
        if row["level"] != "qpv":
            continue
        contour, center = row.get("contour"), row.get("center")
        if isinstance(contour, dict):
            point = shapely.geometry.shape(contour).representative_point()
        elif isinstance(center, list | tuple):
            point = shapely.Point(center)
        else:
            continue
        found.append((str(row["code"]), str(row["name"]), row.get("vintage"), point))
    found.sort(key=lambda row: row[0])
    columns = {name: [row[rank] for row in found] for rank, name in enumerate(("code", "nom", "millesime"))}
    return gpd.GeoDataFrame(columns, geometry=[row[3] for row in found], crs=CRS)


def _multi(shapes: Iterable[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return every polygon as a multipolygon: a layer has one type."""
    return [shapely.MultiPolygon([s]) if isinstance(s, shapely.Polygon) else s for s in shapes]


def write_geopackage(path: Path, layers: Layers, about: Iterable[tuple[str, str]]) -> Path:
    """Write layers, their styles and a table that says what the file is.

    Parameters
    ----------
    path
        `.gpkg`; a file of that name is replaced.
    layers
        See `layers_of`.
    about
        What the file says of itself, kept in the table `a_lire`.

    Notes
    -----
    QGIS reads the default style of each layer from the table `layer_styles` of the file.
    """
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": DAY})
    try:
        for name, layer in layers.items():
            shaped = layer.set_geometry(_multi(layer.geometry), crs=CRS)
            shaped.to_file(path, layer=name, driver="GPKG", engine="pyogrio")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    with closing(sqlite3.connect(path)) as base:
        _add_table(base, "a_lire", ("rubrique", "contenu"), about)
        styles = [_style_row(rank, name, layer) for rank, (name, layer) in enumerate(layers.items(), start=1)]
        _add_table(base, "layer_styles", _STYLE_COLUMNS, styles)
        base.commit()
    return path


_STYLE_COLUMNS = (
    "id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML",
    "styleSLD", "useAsDefault", "description", "owner", "ui", "update_time",
)  # fmt: skip


def _style_row(rank: int, name: str, layer: gpd.GeoDataFrame) -> tuple[object, ...]:
    return (
        rank,
        "",
        "",
        name,
        "geom",
        "maillage",
        _style(name, layer),
        "",
        1,
        "Style de maillage",
        "",
        "",
        DAY,
    )


def _add_table(base: sqlite3.Connection, name: str, columns: tuple[str, ...],
               rows: Iterable[tuple[object, ...]]) -> None:  # fmt: skip
    """Add a table without geometry and declare it, so that readers of the format list it."""
    types = {"id": "INTEGER PRIMARY KEY", "useAsDefault": "BOOLEAN", "update_time": "DATETIME"}
    declared = ", ".join(f'"{column}" {types.get(column, "TEXT")}' for column in columns)
    base.execute(f'CREATE TABLE "{name}" ({declared})')
    base.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})', list(rows))
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES (?, 'attributes', ?, '', ?)",
        (name, name, DAY),
    )


_QML = Template(
    '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM">\n'
    '<qgis version="3.22" styleCategories="Symbology|Labeling" labelsEnabled="1">'
    '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>'
    '<symbol type="$type" name="0" alpha="1"><layer class="$symbol" enabled="1" pass="0">'
    '<Option type="Map">$options</Option></layer></symbol></symbols></renderer-v2>$labels</qgis>'
)
# In this file format `scaleMax` is the scale seen from farthest: names appear from there inward.
_LABELS = Template(
    '<labeling type="simple"><settings calloutType="simple">'
    '<text-style fieldName="nom" isExpression="0" fontSize="$size" fontSizeUnit="Point" '
    'textColor="27,27,47,255"><text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" '
    'bufferColor="255,255,255,255"/></text-style>'
    '<rendering drawLabels="1" scaleVisibility="$limited" scaleMin="0" scaleMax="$scale"/></settings>'
    "</labeling>"
)


def _style(name: str, layer: gpd.GeoDataFrame) -> str:
    """Return the style of a layer: the tokens of the screen, names from the scale where they find room."""
    colours = theme.LIGHT
    edge = {"style": "no", "outline_style": "solid", "outline_color": _rgb(colours.ink)}
    looks: dict[str, dict[str, str]] = {
        "departements": {**edge, "outline_width": "0.7"},
        "epci": {**edge, "outline_width": "0.3"},
        "communes": {**edge, "style": "solid", "color": "255,255,255,255", "outline_width": "0.06"},
        "perimetres": {**edge, "outline_style": "dash", "outline_width": "0.5"},
        "qpv": {"name": "circle", "color": "255,255,255,0", "outline_color": _rgb(colours.qpv), "size": "2.4",
                "outline_width": "0.5"},
    }  # fmt: skip
    is_point = layer.geometry.iloc[0].geom_type == "Point"
    options = "".join(
        f'<Option type="QString" name={quoteattr(key)} value={quoteattr(value)}/>'
        for key, value in looks[name].items()
    )
    limited = name in ("communes", "qpv")
    return _QML.substitute(
        type="marker" if is_point else "fill",
        symbol="SimpleMarker" if is_point else "SimpleFill",
        options=options,
        labels=_LABELS.substitute(size="8", limited=int(limited), scale="250000" if limited else "0"),
    )


def _rgb(colour: str) -> str:
    """Return a colour of the tokens as QGIS writes it."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
