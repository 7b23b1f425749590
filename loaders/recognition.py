"""What a file is, by what it holds: first bytes, names of columns and of sheets; never its own name."""

import json
import mmap
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from graphmodel import Fault, InputFaultsError
from loaders.admin_express import role_of
from loaders.archives import is_zip, member_names
from loaders.banatic import is_banatic
from loaders.cog import is_cog_table
from loaders.convention_text import is_convention_text, is_draft_file
from loaders.geometry_files import MAX_TEXT_BYTES, holds_geometry, layers_of
from loaders.groupings import is_composition
from loaders.mapping import recognised
from loaders.observation import is_observation_table
from loaders.perimeter_tables import is_perimeter_table
from loaders.qpv_codes import is_quarter_table
from loaders.scdl import is_grant_table
from loaders.signature import refuse_others
from loaders.tables import column_word, read_sheets
from loaders.template.model import README_SHEET
from loaders.workbook.book import is_ods, open_book
from loaders.workbook.layouts import readme_of
from loaders.zrr import is_zoning_table

TABLES: tuple[tuple[str, Callable[[Mapping[str, int]], bool]], ...] = (
    ("scdl", is_grant_table),
    ("cog", is_cog_table),
    ("qpv", is_quarter_table),
    ("zrr", is_zoning_table),
    ("banatic", is_banatic),
    ("epci", is_composition),
    ("observation", is_observation_table),
    ("perimeter", is_perimeter_table),
)
"""Kinds of tables and what tells a header of each, the most particular first."""

_HEAD = 65_536
_GEOJSON = (b'"FeatureCollection"', b'"Feature"', b'"MultiPolygon"', b'"Polygon"')
_FEATURES = b'"features"'
_PROPERTIES = b'"properties"'
_WORKBOOK_PART = "xl/workbook.xml"
_MOST = 1_000_000


def recognise_content(path: Path) -> str:
    """Return the kind of a file.

    Raises
    ------
    InputFaultsError
        When no loader knows it, or when it cannot even be looked at.
    """
    if is_zip(path) and _WORKBOOK_PART in member_names(path):
        if _is_template(path):
            return "workbook"
        return "text" if is_draft_file(path) else _kind_of_tables(path) or "workbook"
    if is_convention_text(path):
        return "text"
    refuse_others(path)
    if holds_geometry(path):
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if text.startswith(b"{") and not any(mark in head for mark in _GEOJSON):
            return "json"
        return _kind_of_text(path) if text.startswith(b"{") else _kind_of_layers(path)
    kind = _kind_of_tables(path)
    if kind is not None:
        return kind
    if is_like_ours(path):
        return "workbook"
    raise unknown(path)


def is_like_ours(path: Path) -> bool:
    """Tell whether a workbook or a text table follows the template, or has headings like ours."""
    if is_zip(path) and not is_ods(path):
        return False
    book = open_book(path)
    return readme_of(book) is not None or recognised(book)


def _is_template(path: Path) -> bool:
    """Tell whether a workbook has the sheet of every copy of the template, or is too damaged to tell.

    The reader of workbooks then says what is wrong with it.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_WORKBOOK_PART) as part:
            names = part.read(_MOST).decode("utf-8", "replace").casefold()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
        return True
    return README_SHEET.casefold() in names


def _kind_of_text(path: Path) -> str:
    """Return the kind of a GeoJSON by the properties of its first feature, no geometry read.

    What cannot be read is a perimeter: its own loader says what is wrong, row by row.
    """
    if not 0 < path.stat().st_size <= MAX_TEXT_BYTES:
        return "perimeter"
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        # An old file has properties of its coordinate system first.
        start = content.find(_PROPERTIES, max(0, content.find(_FEATURES)))
        text = content[start : start + _HEAD].decode("utf-8", "replace") if start >= 0 else ""
    try:
        found, _ = json.JSONDecoder().raw_decode(text[text.index("{") :])
    except (ValueError, RecursionError):
        return "perimeter"
    return _kind_of_columns([{column_word(str(name)): str(name) for name in found}])


def _kind_of_layers(path: Path) -> str:
    """Return the kind of a geometry file by its columns: quarters, ADMIN EXPRESS, else a perimeter."""
    with layers_of(path) as layers:
        return _kind_of_columns([layer.columns for layer in layers])


def _kind_of_columns(columns: Sequence[Mapping[str, str]]) -> str:
    if any(is_quarter_table(names) for names in columns):
        return "qpv"
    return "admin-express" if any(role_of(names) == "commune" for names in columns) else "perimeter"


def _kind_of_tables(path: Path) -> str | None:
    """Return the kind of the first table that one is known of; None when none is."""
    for sheet in read_sheets(path):
        for _, columns in sheet.headers():
            for kind, fits in TABLES:
                if fits(columns):
                    return kind
    return None


def unknown(path: Path) -> InputFaultsError:
    """Return the error of a file that no loader knows."""
    fault = Fault(
        "error",
        "unknown_format",
        "Ce fichier n’est d’aucun format connu.",
        path.name,
        expected="un classeur du modèle, un fichier JSON d’échange, un fichier officiel (ADMIN EXPRESS, QPV, "
        "ZRR, COG, EPCI, BANATIC) ou un périmètre",
        fix="Préciser sa nature avec --as.",
    )
    return InputFaultsError([fault])
