"""Perimeters people bring: GeoJSON, SHP, GeoPackage, or a table of territories and their communes."""

from pathlib import Path

from geodata.geojson import MAX_FEATURES, read_geojson_perimeters
from geodata.perimeters import Perimeter
from geodata.territory import LEVEL_FRENCH, OFFICIAL_LEVELS, Level, level_of
from graphmodel import Batch, BatchBuilder, Source
from graphmodel.french import number
from graphmodel.keys import NOT_DECLARED
from loaders.declared_vintage import settle
from loaders.findings import Findings
from loaders.geometry_files import Layer, holds_geometry, layers_of, read_layer
from loaders.perimeter_nodes import SLIVER, WHOLE, add_perimeters
from loaders.perimeter_tables import add_table, is_perimeter_table
from loaders.tables import read_sheets

__all__ = ["SLIVER", "WHOLE", "add_perimeters", "read_perimeter"]

_CODES = ("code", "code_territoire", "siren", "id", "territoire")
_NAMES = ("nom", "name", "libelle", "nom_officiel")
_LEVELS = ("niveau", "level")
_VINTAGES = ("millesime", "vintage", "annee")


def read_perimeter(
    path: Path, vintage: int | None = None, *, level: Level = "custom", fictional: bool = False
) -> Batch:
    """Return the territories of a file as a batch.

    Parameters
    ----------
    path
        Polygons each with a code and a name, or a table `territoire;commune`; a feature or a row may say its
        level (`niveau`) and its year (`millesime`).
    vintage
        Year of the perimeters that say none; None loads them as « non déclaré », with a warning.
    level, fictional
        What they are, where they do not say it.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "perimeter")
    if fictional:
        source = findings.builder.source
        findings.builder = BatchBuilder(
            Source(source.id, source.name, source.sha256, source.kind, fictional=True)
        )
    if not holds_geometry(path):
        _read_tables(findings, path, vintage, level)
    elif _is_text(path):
        _read_geojson(findings, path, vintage, level, fictional)
    else:
        with layers_of(path) as layers:
            _read_layers(findings, layers, vintage, level, fictional)
    return findings.batch()


def _is_text(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _read_tables(findings: Findings, path: Path, vintage: int | None, level: Level) -> None:
    tables = [table for sheet in read_sheets(path) if (table := sheet.table(is_perimeter_table))]
    if not tables:
        message = "Aucune feuille n’a les colonnes d’un périmètre."
        findings.error("missing_column", message, expected="territoire et commune")
    for table in tables:
        add_table(findings, table, vintage, level)


def _read_geojson(findings: Findings, path: Path, vintage: int | None, level: Level, fictional: bool) -> None:
    declared = str(vintage) if vintage is not None else NOT_DECLARED
    perimeters, warnings = read_geojson_perimeters(
        path, level=level, vintage=declared, fictional=fictional, reserved=OFFICIAL_LEVELS
    )
    for warning in warnings:
        findings.builder.fault(warning)
    if any(perimeter.vintage == NOT_DECLARED for perimeter in perimeters):
        settle(findings, None, None, "ses périmètres")
    add_perimeters(findings.builder, perimeters)


def _check_levels(findings: Findings, perimeters: list[Perimeter]) -> None:
    """Refuse perimeters that claim a level whose contours are those of the reference."""
    for row, perimeter in enumerate(perimeters, start=1):
        if perimeter.level in OFFICIAL_LEVELS:
            message = f"Le niveau « {LEVEL_FRENCH[perimeter.level]} » a ses contours dans la référence."
            fix = "Donnez un autre niveau, ou chargez le fichier officiel."
            findings.error("unknown_level", message, row, value=perimeter.code, fix=fix)


def _read_layers(
    findings: Findings, layers: list[Layer], vintage: int | None, level: Level, fictional: bool
) -> None:
    """Add the features of every layer that has codes; a code stands once in the file."""
    perimeters: dict[str, Perimeter] = {}
    usable = [layer for layer in layers if layer.first(*_CODES) is not None]
    if not usable:
        findings.error("missing_column", "Aucune couche n’a de colonne de codes.", expected="code et nom")
    undeclared: str | None = None
    for layer in usable:
        columns = {"code": layer.first(*_CODES), "name": layer.first(*_NAMES),
                   "level": layer.first(*_LEVELS), "year": layer.first(*_VINTAGES)}  # fmt: skip
        frame = read_layer(findings, layer, columns)
        for code, name, word, year, row, shape in (
            zip(*(frame[column] for column in (*columns, "row", "geometry")), strict=True)
            if frame is not None else ()
        ):  # fmt: skip
            own = level_of(word) if word else level
            if own is None or code is None or code in perimeters:
                _refuse(findings, row, code, word, known=own is not None)
                continue
            if not year and undeclared is None:
                undeclared = settle(findings, vintage, None, "ses périmètres")
            perimeters[code] = Perimeter(code, name or code, own, year or undeclared or NOT_DECLARED,
                                         polygon=shape, fictional=fictional)  # fmt: skip
    findings.sheet = None
    if len(perimeters) > MAX_FEATURES:
        message = (
            f"Le fichier contient {number(len(perimeters))} périmètres : au plus {number(MAX_FEATURES)}."
        )
        findings.error("too_large", message, fix="Découpez-le.")
        return
    _check_levels(findings, list(perimeters.values()))
    add_perimeters(findings.builder, perimeters.values())


def _refuse(findings: Findings, row: int, code: str | None, word: str | None, *, known: bool) -> None:
    """Record why a feature is no perimeter: unknown level, no code, or a code already taken."""
    if not known:
        expected = ", ".join(LEVEL_FRENCH.values())
        findings.error("unknown_level", "Ce niveau n’est pas connu.", row, value=word, expected=expected)
    elif code is None:
        findings.error("empty_cell", "Cette entité n’a pas de code.", row)
    else:
        findings.error("duplicate_code", f"Le code « {code} » est déjà pris.", row, value=code)
