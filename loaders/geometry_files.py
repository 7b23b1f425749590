"""Layers of geometry files (SHP, GeoPackage, GeoJSON, alone or in a ZIP): bounded, placed, mended.

Whatever the file, contours come out valid, flat and in EPSG:4326; a layer whose coordinates are not where it
says is refused with what was read.
"""

import codecs
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geodata.geojson import MAX_POSITIONS, positions_beyond_limit
from graphmodel import Fault, InputFaultsError
from graphmodel.french import number
from loaders.archives import is_zip, member_names, unpacked
from loaders.contours import EXPECTED_CRS, in_degrees, sound
from loaders.findings import Findings
from loaders.tables import column_word

MAX_TEXT_BYTES = 200_000_000
"""A GeoJSON is read whole: a larger one would not fit in an ordinary memory."""
MAX_BYTES = 8_000_000_000
MAX_FEATURES = 200_000
MAX_VERTICES = 20_000_000
"""Vertices of the features kept of one layer: some 500 MB of memory."""

SUFFIXES = (".shp", ".gpkg", ".geojson", ".json")
_CHUNK = 2_000
_CHUNK_BYTES = 640_000_000
"""Bytes that the features read together may take, were each as large as the largest."""
_VERTEX = 16
"""Bytes of a vertex: two numbers of eight."""
_HEAD = 4096
_SHAPEFILE = b"\x00\x00\x27\x0a"
_SQLITE = b"SQLite format 3\x00"
_BROKEN = (RuntimeError, ValueError, OSError, shapely.errors.ShapelyError)
"""What a damaged file makes the readers raise; pyogrio's own errors are of the first kind."""
_COMPANIONS = (".dbf", ".shx")
_SHX_HEAD = 100


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that can be read.

    Attributes
    ----------
    path, name
        File and layer in it.
    columns
        Column as the file writes it, by folded name.
    crs
        Coordinate system as the file declares it; None when it declares none.
    """

    path: Path
    name: str
    columns: Mapping[str, str]
    crs: str | None
    encoding: str | None

    def first(self, *names: str) -> str | None:
        """Return the first of some folded names that is a column."""
        return next((name for name in names if name in self.columns), None)


def holds_geometry(path: Path) -> bool:
    """Tell whether a file, or a member of a ZIP, is one of geometries: by its first bytes, or its suffix."""
    if is_zip(path):
        return any(Path(name).suffix.lower() in SUFFIXES for name in member_names(path))
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((_SHAPEFILE, _SQLITE)) or text.startswith(b"{")


@contextmanager
def layers_of(path: Path) -> Iterator[list[Layer]]:
    """Yield the layers with polygons of a file; those of a ZIP are there until the block ends.

    Raises
    ------
    InputFaultsError
        The archive must not be opened, or a file is damaged, incomplete or too large.
    """
    if is_zip(path):
        with unpacked(path) as files:
            wanted = [file for file in files if file.suffix.lower() in SUFFIXES]
            yield [layer for file in wanted for layer in _layers(file)]
    else:
        yield list(_layers(path))


def _layers(path: Path) -> Iterator[Layer]:
    _check_file(path)
    encoding = _encoding(path)
    with _reading(path):
        named = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        infos = [pyogrio.read_info(path, layer=name, encoding=encoding) for name in named]
    for name, info in zip(named, infos, strict=True):
        columns = {column_word(str(field)): str(field) for field in info["fields"]}
        yield Layer(path, name, columns, info["crs"], encoding)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Keep the readers' English warnings off the screen, and turn what they raise into our error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _BROKEN as error:
        raise _unreadable(path) from error


def read_layer(findings: Findings, layer: Layer, columns: Mapping[str, str | None],
               starting: Sequence[str] = ()) -> gpd.GeoDataFrame | None:  # fmt: skip
    """Return the features of a layer; None, with a fault, when none can be used.

    Parameters
    ----------
    findings
        Where faults go.
    columns
        Folded name of the layer's column for each name wanted; None gives a column of None.
    starting
        Beginnings of the code (column `code`) of the features wanted; none keeps all.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns wanted (texts, None where empty), `row` (rank in the layer, from 1) and polygons in
        EPSG:4326, valid.

    Raises
    ------
    InputFaultsError
        More features or vertices than the limits.
    """
    findings.sheet = layer.name
    if layer.crs is None:
        message = "La couche ne déclare aucun système de coordonnées."
        fix = "Ajoutez le fichier .prj, ou enregistrez-la de nouveau avec son système."
        findings.error("missing_crs", message, value="aucun", expected=EXPECTED_CRS, fix=fix)
        return None
    code = columns.get("code")
    keep = _starts(layer.columns[code], starting) if code and starting else None
    frame = _read(layer, [layer.columns[name] for name in columns.values() if name], keep)
    found = gpd.GeoDataFrame(
        {wanted: _texts(frame[layer.columns[name]]) if name else None for wanted, name in columns.items()}
        | {"row": frame["row"].to_numpy()},
        geometry=frame.geometry.to_numpy(),
        crs=frame.crs,
        index=range(len(frame)),
    )
    placed = in_degrees(findings, found, layer.crs)
    return None if placed is None else sound(findings, placed)


def codes_in(layer: Layer, column: str) -> list[str | None]:
    """Return a column of a layer as text, by its folded name, no geometry read."""
    name = layer.columns[column]
    with _reading(layer.path):
        frame = pyogrio.read_dataframe(
            layer.path, layer=layer.name, columns=[name], read_geometry=False, encoding=layer.encoding
        )
    return _texts(frame[name])


def _starts(column: str, starting: Sequence[str]) -> Callable[[pd.DataFrame], pd.Series]:
    """Return the filter of the features whose code starts with one of some texts."""
    beginnings = tuple(starting)

    def keep(frame: pd.DataFrame) -> pd.Series:
        codes = frame[column].astype("string").fillna("")
        # Codes of the first nine départements lose their zero when they are kept as numbers.
        padded = codes.where(codes.str.len() != 4, "0" + codes)
        return padded.str.startswith(beginnings).astype(bool)

    return keep


def _read(
    layer: Layer, columns: list[str], keep: Callable[[pd.DataFrame], pd.Series] | None
) -> gpd.GeoDataFrame:
    """Read a layer in pieces, keeping what is wanted, within the limits."""
    pieces: list[gpd.GeoDataFrame] = []
    vertices = features = first = 0
    chunk = max(1, min(_CHUNK, _CHUNK_BYTES // max(1, _largest_feature(layer.path))))
    while True:
        piece = _piece(layer, columns, first, chunk)
        size = len(piece)
        piece["row"] = np.arange(first + 1, first + size + 1)
        piece = piece[keep(piece)] if keep is not None else piece
        vertices += int(shapely.get_num_coordinates(piece.geometry.to_numpy()).sum())
        features += len(piece)
        if vertices > MAX_VERTICES or features > MAX_FEATURES:
            said = f"Plus de {number(MAX_FEATURES)} entités ou {number(MAX_VERTICES)} sommets."
            raise _too_large(layer.path, said)
        pieces.append(piece)
        first += size
        if size < chunk:
            return gpd.GeoDataFrame(pd.concat(pieces, ignore_index=True), crs=pieces[0].crs)


def _piece(layer: Layer, columns: list[str], first: int, chunk: int) -> gpd.GeoDataFrame:
    with _reading(layer.path):
        piece: gpd.GeoDataFrame = pyogrio.read_dataframe(
            layer.path, layer=layer.name, columns=columns, skip_features=first, max_features=chunk,
            encoding=layer.encoding, on_invalid="ignore", force_2d=True,
        )  # fmt: skip
    return piece


def _texts(column: pd.Series) -> list[str | None]:
    """Return cells as text, whole numbers without decimals, None where empty."""
    texts: list[str | None] = []
    for cell in column.tolist():
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        texts.append(None if pd.isna(cell) or not str(cell).strip() else str(cell).strip())
    return texts


def _check_file(path: Path) -> None:
    """Refuse a file that is too large, or a shapefile without its companions."""
    size, text = path.stat().st_size, path.suffix.lower() in (".geojson", ".json")
    if size > (MAX_TEXT_BYTES if text else MAX_BYTES):
        limit = (MAX_TEXT_BYTES if text else MAX_BYTES) // 1_000_000
        raise _too_large(path, f"Le fichier dépasse {number(limit)} Mo.")
    if text and positions_beyond_limit(path):
        raise _too_large(path, f"Le fichier compte plus de {number(MAX_POSITIONS)} positions.")
    if _largest_feature(path) > MAX_VERTICES * _VERTEX:
        raise _too_large(path, f"Une entité compte plus de {number(MAX_VERTICES)} sommets.")
    if path.suffix.lower() == ".shp":
        beside = {file.suffix.lower() for file in path.parent.glob(f"{path.stem}.*")}
        missing = [suffix for suffix in _COMPANIONS if suffix not in beside]
        if missing:
            said = f"Il manque à ce fichier SHP ses compagnons {' et '.join(missing)}."
            fix = "Placez-les dans le même dossier, ou donnez l’archive ZIP entière."
            raise InputFaultsError([Fault("error", "missing_companion", said, path.name, fix=fix)])


def _largest_feature(path: Path) -> int:
    """Return the bytes of the largest geometry of a GeoPackage or a shapefile, none read; 0 elsewhere."""
    if path.suffix.lower() == ".gpkg":
        return _largest_blob(path)
    index = next((f for f in path.parent.glob(f"{path.stem}.*") if f.suffix.lower() == ".shx"), None)
    if path.suffix.lower() != ".shp" or index is None or index.stat().st_size < _SHX_HEAD + 8:
        return 0
    count = (index.stat().st_size - _SHX_HEAD) // 8
    words = np.memmap(index, dtype=">i4", mode="r", offset=_SHX_HEAD, shape=(count, 2))
    return 2 * int(words[:, 1].max())


def _largest_blob(path: Path) -> int:
    """Return the bytes of the largest geometry of a GeoPackage; SQLite tells a length without its content."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as found:
            columns = found.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
            sizes = [
                found.execute(f"SELECT MAX(LENGTH({_quoted(name)})) FROM {_quoted(table)}").fetchone()[0]
                for table, name in columns
            ]
    except sqlite3.Error as error:
        raise _unreadable(path) from error
    return max((size for size in sizes if size is not None), default=0)


def _quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _encoding(path: Path) -> str | None:
    """Return the encoding of a shapefile's table, found by looking: UTF-8 when it is, else cp1252.

    The companion `.cpg` is missing or wrong as often as not.
    """
    if path.suffix.lower() != ".shp":
        return None
    table = next(file for file in path.parent.glob(f"{path.stem}.*") if file.suffix.lower() == ".dbf")
    decoder = codecs.getincrementaldecoder("utf-8")()
    with table.open("rb") as stream:
        head = stream.read(32)
        stream.seek(int.from_bytes(head[8:10], "little"))
        try:
            while piece := stream.read(1 << 20):
                decoder.decode(piece)
        except UnicodeDecodeError:
            return "cp1252"
    return "UTF-8"


def _unreadable(path: Path) -> InputFaultsError:
    fix = "Enregistrez-le de nouveau en GeoPackage ou en GeoJSON."
    said = "Ce fichier de géométries est abîmé ou n’en est pas un."
    return InputFaultsError([Fault("error", "unreadable", said, path.name, fix=fix)])


def _too_large(path: Path, said: str) -> InputFaultsError:
    fix = "Simplifiez les contours, ou ne gardez que les départements utiles."
    return InputFaultsError([Fault("error", "too_large", said, path.name, fix=fix)])
