"""Quarters of the politique de la ville (QPV) of 2015 and 2024: perimeters, or lists without any."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely

from geodata.perimeters import Perimeter
from graphmodel import Batch
from graphmodel.batch import NOWHERE, Ref
from loaders.commune_codes import CommuneCodes, Where, label_of
from loaders.findings import Findings
from loaders.geometry_files import Layer, holds_geometry, layers_of, read_layer
from loaders.perimeter_nodes import add_perimeters
from loaders.qpv_codes import (
    CODE_EXPECTED,
    CODES,
    COMMUNE_CODES,
    COMMUNE_NAMES,
    NAMES,
    communes_named,
    departement_of,
    generation,
    in_reference,
    is_quarter_table,
    outside_sentence,
)
from loaders.qpv_lists import add_list
from loaders.tables import read_sheets
from loaders.zonings import add_zoning, class_in


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A quarter with its perimeter and the communes its file names, where it was read."""

    perimeter: Perimeter
    named: tuple[str, ...]
    layer: str
    row: int


def read_qpv(path: Path, vintage: int | None = None) -> Batch:
    """Return the quarters of the reference's départements, and the communes they lie in.

    Parameters
    ----------
    path
        GeoJSON, SHP, GeoPackage, a ZIP that holds each quarter in several coordinate systems, or a table.
    vintage
        Not needed, as the form of the codes says the year; another one declared is a fault.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "qpv")
    if holds_geometry(path):
        with layers_of(path) as layers:
            _add_layers(findings, layers)
    else:
        tables = [table for sheet in read_sheets(path) if (table := sheet.table(is_quarter_table))]
        if not tables:
            findings.error("missing_column", "Aucune colonne de codes de quartiers.", expected="CODE_QP")
        for table in tables:
            add_list(findings, table)
    _check_vintage(findings, vintage)
    return findings.batch()


def _check_vintage(findings: Findings, declared: int | None) -> None:
    """Refuse a declared year that is not that of the codes: they cannot be both."""
    found = {str(row.values["vintage"]) for row in findings.builder.rows.get("Zoning", ())}
    if declared is not None and found and found != {str(declared)}:
        message = f"Les codes sont ceux des quartiers de {' et '.join(sorted(found))}."
        findings.error("contradicted_vintage", message, value=declared, expected=CODE_EXPECTED,
                       fix="Ne déclarez pas de millésime : les codes le disent.")  # fmt: skip


def _add_layers(findings: Findings, layers: Iterable[Layer]) -> None:
    """Add the quarters of the layers of a file, each once: projected layers first, then the others."""
    ours = [layer for layer in layers if is_quarter_table(layer.columns)]
    if not ours:
        findings.error("missing_column", "Aucune couche n’a de codes de quartiers.", expected="CODE_QP")
    found: dict[str, _Drawn] = {}
    outside: set[str] = set()
    for layer in sorted(ours, key=lambda layer: layer.crs != "EPSG:2154"):
        first_met: set[str] = set()
        for drawn in _read(findings, layer, outside):
            code = drawn.perimeter.code
            if code in first_met:
                _say_again(findings, found[code], drawn)
            first_met.add(code)
            found.setdefault(code, drawn)
    findings.sheet = None
    _add(findings, list(found.values()))
    if outside:
        findings.note("outside_reference", outside_sentence(len(outside)))


def _say_again(findings: Findings, first: _Drawn, again: _Drawn) -> None:
    """Record a code met again in its layer: the same quarter written twice counts once, else a fault."""
    code = again.perimeter.code
    here, there = first.perimeter.polygon, again.perimeter.polygon
    same = here is not None and there is not None
    same = same and bool(shapely.equals_exact(shapely.normalize(here), shapely.normalize(there)))
    if same and (first.perimeter.name, first.named) == (again.perimeter.name, again.named):
        message = f"Le quartier {code} est écrit deux fois, à l’identique : compté une fois."
        findings.warning("repeated_row", message, again.row, value=code)
    else:
        message = f"Le code {code} est déjà pris dans la même couche, par un autre quartier."
        fix = "Gardez une seule des deux entités."
        findings.error("duplicate_code", message, again.row, value=code, fix=fix)


def _read(findings: Findings, layer: Layer, outside: set[str]) -> list[_Drawn]:
    """Return the quarters of a layer that are in the reference's départements."""
    columns = {
        "code": layer.first(*CODES), "name": layer.first(*NAMES),
        "commune": layer.first(*COMMUNE_CODES), "communes": layer.first(*COMMUNE_NAMES),
    }  # fmt: skip
    frame = read_layer(findings, layer, columns)
    found: list[_Drawn] = []
    codes = CommuneCodes(findings)
    for code, name, commune, communes, row, shape in (
        zip(*(frame[column] for column in (*columns, "row", "geometry")), strict=True)
        if frame is not None
        else ()
    ):
        said = generation(findings, code, row, layer.columns[columns["code"] or ""])
        if said is None:
            continue
        if not in_reference(said[0]):
            outside.add(said[0])
            continue
        named: list[str] = []
        if commune:
            read = [codes.read(part, Where(row, columns["commune"])) for part in commune.split(",")]
            named = [part for part in read if part is not None]
        elif communes:
            where = Where(row, layer.columns[columns["communes"] or ""])
            named = communes_named(findings, communes, departement_of(said[0]), where)
        perimeter = Perimeter(said[0], (name or said[0]).replace("'", "’"), "qpv", said[1], polygon=shape)
        found.append(_Drawn(perimeter, tuple(named), layer.name, row))
    codes.close()
    return found


def _add(findings: Findings, quarters: list[_Drawn]) -> None:
    """Add quarters, the communes they overlap and their zoning; say where file and contours disagree."""
    builder = findings.builder
    refs = add_perimeters(builder, [drawn.perimeter for drawn in quarters])
    holders: dict[str, set[str]] = {}
    for row in builder.rows.get("CONTAINS", ()):
        holders.setdefault(str(row.values["target"]), set()).add(str(row.values["source"])[8:13])
    zonings: dict[str, Ref] = {}
    for drawn, ref in zip(quarters, refs, strict=True):
        vintage = drawn.perimeter.vintage
        if vintage not in zonings:
            zonings[vintage] = add_zoning(builder, "QPV", vintage)
        class_in(builder, ref, zonings[vintage], "classed", None, NOWHERE)
        findings.sheet = drawn.layer
        held = holders.get(ref[1], set())
        if not held:
            message = f"Le quartier {drawn.perimeter.code} ne recouvre aucune commune de la référence."
            findings.error("outside_communes", message, drawn.row, value=drawn.perimeter.code)
        for commune in sorted(set(drawn.named) - held) if held else ():
            where = f"{drawn.perimeter.code} à {label_of(commune)}"
            message = f"Le fichier place le quartier {where}, que son contour ne recouvre pas."
            findings.warning("named_outside", message, drawn.row, value=commune)
    findings.sheet = None
