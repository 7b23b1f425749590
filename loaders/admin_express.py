"""IGN ADMIN EXPRESS, 2.x, 3.x and 4.0: communes, their arrondissements and delegated communes, their EPCI."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.names import normalize
from geodata.territories import load_reference
from graphmodel import Batch
from graphmodel.batch import Place, Ref
from loaders.commune_codes import departements, present_names
from loaders.declared_vintage import settle
from loaders.findings import Findings
from loaders.geometry_files import Layer, codes_in, layers_of, read_layer

_CODES = ("insee_com", "code_insee")
_NAMES = ("nom_officiel", "nom", "nom_com", "nom_m")
_PARENT = re.compile(r"insee_ratt$|insee_com$|code_insee_de_la_commune")
_NONE = ("", "NR", "NC", "NULL", "ZZZZZZZZZ")
"""How the vintages write that a commune has no EPCI, or a value is not known."""
_DELEGATED = (("COMD", "déléguée"), ("COMA", "associée"), ("DÉLÉG", "déléguée"), ("ASSOCI", "associée"))
_COORDINATES = 7

MAX_DRAWN = 500_000
"""Vertices of a layer beyond which its contours are thinned before they are kept."""
THINNED = 10
"""Metres by which thinned contours may be off."""

COMMUNE, PART, EPCI = "commune", "part", "epci"


@dataclass(slots=True)
class _Read:
    """What the layers have given: references by code, EPCI of each commune, names of EPCI."""

    findings: Findings
    vintage: str
    communes: dict[str, Ref] = field(default_factory=dict)
    epci: dict[str, list[str]] = field(default_factory=dict)
    epci_names: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    other_population: int = 0

    @property
    def present(self) -> bool:
        """True at the vintage of the reference, whose contours and figures stand."""
        return self.vintage == load_reference().vintage


def role_of(columns: Iterable[str]) -> str | None:
    """Return what a layer of ADMIN EXPRESS holds, by its folded columns; None when it is none of ours."""
    names = set(columns)
    if names & {"insee_arm", "insee_cad", "insee_ratt"}:
        return PART
    if "code_insee" in names and any(name.startswith("code_insee_de_la_commune") for name in names):
        return PART
    if names & {"siren_epci", "codes_siren_des_epci", "code_epci"} and names & {"insee_com", "code_insee"}:
        return COMMUNE
    if names & {"code_siren", "code_epci"} and names & {*_NAMES, "nom_epci"} and "code_insee" not in names:
        return EPCI
    return None


def read_admin_express(path: Path, vintage: int | None = None) -> Batch:
    """Return the communes of the reference's départements, at the vintage of the file.

    Parameters
    ----------
    path
        SHP, GeoPackage, or the ZIP of one delivery with several layers.
    vintage
        Year declared: no edition says its own.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "admin-express")
    with layers_of(path) as layers:
        roles = [(layer, role_of(layer.columns)) for layer in layers]
        read = _Read(findings, settle(findings, vintage, None, "ces contours", _listed(roles)))
        if COMMUNE not in [role for _, role in roles]:
            message = "Aucune couche de communes d’ADMIN EXPRESS."
            expected = "INSEE_COM, NOM, POPULATION, SIREN_EPCI (2.x et 3.x) ou code_insee, nom_officiel (4.0)"
            findings.error("missing_column", message, expected=expected)
        for role, reader in ((EPCI, _read_epci), (COMMUNE, _read_communes), (PART, _read_parts)):
            for layer, found in roles:
                if found == role:
                    reader(read, layer)
    findings.sheet = None
    _add_epci(read)
    _say_present(read)
    return findings.batch()


def _listed(roles: Iterable[tuple[Layer, str | None]]) -> Iterator[str | None]:
    """Yield the codes of the communes of every layer, none read before it is asked for."""
    for layer, role in roles:
        column = layer.first(*_CODES)
        if role == COMMUNE and column is not None:
            yield from codes_in(layer, column)


def _read_epci(read: _Read, layer: Layer) -> None:
    """Keep the names and natures of EPCI; their contours are those of their communes."""
    columns = {
        "code": layer.first("code_siren", "code_epci"),
        "name": layer.first(*_NAMES, "nom_epci"),
        "nature": layer.first("nature", "type_epci"),
    }
    frame = read_layer(read.findings, layer, columns)
    if frame is not None:
        for code, name, nature in zip(frame["code"], frame["name"], frame["nature"], strict=True):
            if code and name:
                read.epci_names[code] = (_typographic(name), nature)


def _read_communes(read: _Read, layer: Layer) -> None:
    columns = {
        "code": layer.first(*_CODES),
        "name": layer.first(*_NAMES),
        "population": layer.first("population"),
        "epci": layer.first("siren_epci", "codes_siren_des_epci", "code_epci"),
    }
    frame = read_layer(read.findings, layer, columns, sorted(departements()))
    if frame is None:
        return
    if not len(frame):
        message = "La couche n’a aucune commune des départements de la référence."
        read.findings.error("outside_reference", message, expected=", ".join(sorted(departements())))
    values = _measured(read, frame)
    for row, more in zip(_records(frame), values, strict=True):
        _add_commune(read, row, more)


def _add_commune(read: _Read, row: Mapping[str, object], measured: dict[str, object]) -> None:
    code, name = str(row["code"]).zfill(5), _typographic(str(row["name"] or row["code"]))
    number = int(str(row["row"]))
    if code in read.communes:
        read.findings.error("duplicate_code", f"Le code {code} est déjà pris.", number, value=code)
        return
    people = _population(read, row["population"], number)
    if read.present:
        values: dict[str, object] = {}
        known = present_names().get(code)
        name = known if known and normalize(known) == normalize(name) else name
        read.other_population += people is not None and people != _reference_people().get(code)
    else:
        values = {"population": people, "perimeter": "known", **measured}
    place = Place(read.findings.sheet, number)
    read.communes[code] = read.findings.builder.territory(
        "commune", code, read.vintage, values, name=name, place=place
    )
    said = str(row["epci"] or "")
    read.epci[code] = [siren for siren in said.split("/") if siren.strip().upper() not in _NONE]


def _population(read: _Read, text: object, row: int) -> int | None:
    if text is None or str(text).upper() in _NONE:
        return None
    try:
        people = int(float(str(text)))
    except ValueError:
        people = -1
    if people < 0:
        message = "Cette population n’est pas un nombre positif."
        read.findings.error("wrong_type", message, row, "POPULATION", text, "un nombre entier")
        return None
    return people


@lru_cache(maxsize=1)
def _reference_people() -> dict[str, int | None]:
    return {territory.code: territory.population for territory in load_reference().every("commune")}


def _records(frame: gpd.GeoDataFrame) -> list[dict[str, object]]:
    """Return the attributes of each row, without its geometry."""
    names = [str(name) for name in frame.columns if name != "geometry"]
    return [
        dict(zip(names, row, strict=True)) for row in zip(*(frame[n].tolist() for n in names), strict=True)
    ]


def _measured(read: _Read, frame: gpd.GeoDataFrame) -> list[dict[str, object]]:
    """Return the contour, centre and area of each row; the area before any thinning."""
    metres = frame.to_crs(2154)
    areas = metres.area.to_numpy() / 1e6
    vertices = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    if vertices > MAX_DRAWN and not read.present:
        thin = shapely.coverage_simplify(metres.geometry.to_numpy(), THINNED)
        frame = frame.set_geometry(gpd.GeoSeries(thin, index=frame.index, crs=2154).to_crs(4326))
        count = f"{vertices:,}".replace(",", "\u202f")
        message = f"Contours de {count} sommets : gardés à {THINNED} m près, limites communes comprises."
        read.findings.note("thinned_contours", message)
    shapes = shapely.set_precision(frame.geometry.to_numpy(), 10**-_COORDINATES)
    centres = shapely.get_coordinates(shapely.point_on_surface(shapes)).round(6)
    texts = np.atleast_1d(shapely.to_geojson(shapes))
    return [
        {"contour": json.loads(text), "center": (float(x), float(y)), "area_km2": round(float(area), 6)}
        for text, (x, y), area in zip(texts, centres, areas, strict=True)
    ]


def _read_parts(read: _Read, layer: Layer) -> None:
    """Add arrondissements and delegated communes, each in its commune."""
    code = layer.first("insee_arm", "insee_cad", "code_insee", "insee_com")
    parent = next((name for name in layer.columns if _PARENT.match(name) and name != code), None)
    columns = {
        "code": code, "name": layer.first(*_NAMES), "population": layer.first("population"),
        "parent": parent, "type": layer.first("type", "nature"),
    }  # fmt: skip
    frame = read_layer(read.findings, layer, columns, sorted(departements()))
    if frame is None:
        return
    for row, more in zip(_records(frame), _measured(read, frame), strict=True):
        _add_part(read, row, more)


def _add_part(read: _Read, row: Mapping[str, object], measured: dict[str, object]) -> None:
    code, number = str(row["code"]), int(str(row["row"]))
    kind = str(row["type"] or "").upper()
    whole = read.communes.get(str(row["parent"]))
    if whole is None:
        message = "La commune de rattachement n’est pas dans le fichier."
        read.findings.error("unknown_reference", message, number, value=row["parent"])
        return
    municipal = kind.startswith("ARM") or "ARRONDISSEMENT" in kind or code.startswith(("6938", "751", "132"))
    level = "arrondissement" if municipal else "delegated_commune"
    values = {"population": _population(read, row["population"], number), "perimeter": "known", **measured}
    if not municipal:
        values["kind"] = next((word for mark, word in _DELEGATED if mark in kind), None)
    place = Place(read.findings.sheet, number)
    name = _typographic(str(row["name"] or code))
    part = read.findings.builder.territory(level, code, read.vintage, values, name=name, place=place)
    whole_shares = {"composition": "declared", "population_share": 1.0, "area_share": 1.0}
    read.findings.builder.relationship("CONTAINS", whole, part, whole_shares, place=place)


def _add_epci(read: _Read) -> None:
    """Add the EPCI of the communes; at the reference's vintage it has them already."""
    if read.present:
        return
    groups: dict[str, Ref] = {}
    for commune, sirens in sorted(read.epci.items()):
        for siren in sirens:
            if siren not in groups:
                name, kind = read.epci_names.get(siren, (None, None))
                groups[siren] = read.findings.builder.territory(
                    "epci", siren, read.vintage, {"kind": kind}, name=name or siren
                )
            values = {"composition": "declared", "population_share": 1.0, "area_share": 1.0}
            read.findings.builder.relationship("CONTAINS", groups[siren], read.communes[commune], values)


def _say_present(read: _Read) -> None:
    """Say that the reference's contours and figures stand, at its own vintage."""
    if read.present and read.communes:
        message = (
            "Millésime de la référence : ses contours, ses populations et ses EPCI restent ceux des calculs"
        )
        if read.other_population:
            message += f" ({read.other_population} communes ont une autre population dans le fichier)"
        read.findings.note("reference_kept", f"{message}.")


def _typographic(name: str) -> str:
    return name.replace("'", "’")
