"""The files of the demonstration: read as any other file, written by the generator."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

import shapely

from geodata.geojson import read_geojson_perimeters
from geodata.perimeters import Perimeter
from geodata.territories import load_reference
from graphmodel import Batch, BatchBuilder, Source
from graphmodel.keys import territory_key
from loaders.demonstration.outlines import DIGITS, Outline
from loaders.demonstration.places import Zones
from loaders.perimeter import add_perimeters

WORKBOOK = "bilans_fictifs.xlsx"
NEIGHBOURHOODS = "qpv_contours_fictifs.geojson"
RURAL = "zrr_liste_fictive.csv"
URBAN_UNITS = "unites_urbaines_fictives.csv"

QPV_VINTAGE = "2015"
ZRR_VINTAGE = "2014"
QPV_NAME = "QPV (contours fictifs)"
ZRR_NAME = "ZRR (liste fictive)"

_QPV_FROM = date(2015, 1, 1)
_ZRR_FROM = date(2014, 7, 30)
_ZRR_TO = date(2017, 6, 30)


def bundled(name: str) -> Traversable:
    """Return a file of the demonstration as the package carries it."""
    return files("loaders.demonstration") / name


@cache
def neighbourhoods() -> tuple[Perimeter, ...]:
    """Return the fictional quarters with their outline and inhabitants, by code."""
    with as_file(bundled(NEIGHBOURHOODS)) as path:
        found, _ = read_geojson_perimeters(path, level="qpv", vintage=QPV_VINTAGE, fictional=True)
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    people = {f["properties"]["code"]: f["properties"]["population"] for f in features}
    return tuple(replace(quarter, population=people[quarter.code], source=QPV_NAME) for quarter in found)


@cache
def zones() -> Zones:
    """Return the codes of the fictional zones, from the files."""
    features = json.loads(bundled(NEIGHBOURHOODS).read_text(encoding="utf-8"))["features"]
    quarters = {f["properties"]["code"]: f["properties"]["commune"] for f in features}
    return Zones(quarters, [row["code"] for row in read_table(RURAL)])


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table parted by semicolons."""
    text = bundled(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def neighbourhood_batch() -> Batch:
    """Return the fictional quarters, in which commune each lies, and their classing in « QPV »."""
    builder = _builder(NEIGHBOURHOODS, "qpv")
    said = {"in_force_from": _QPV_FROM}
    zoning = builder.zoning("QPV", QPV_VINTAGE, said, name=QPV_NAME)
    for reference in add_perimeters(builder, neighbourhoods()):
        builder.relationship("CLASSED_IN", reference, zoning, {"status": "classed"})
    return builder.build()


def rural_batch() -> Batch:
    """Return the communes of the fictional list, classed in « ZRR »."""
    builder = _builder(RURAL, "zrr")
    said = {"in_force_from": _ZRR_FROM, "in_force_to": _ZRR_TO}
    zoning = builder.zoning("ZRR", ZRR_VINTAGE, said, name=ZRR_NAME)
    vintage = load_reference().vintage
    for row in read_table(RURAL):
        commune = ("Territory", territory_key("commune", row["code"], vintage))
        builder.relationship(
            "CLASSED_IN", commune, zoning, {"status": "classed", "wording": row["classement"]}
        )
    return builder.build()


def urban_unit_batch() -> Batch:
    """Return the fictional urban units and the communes they are made of."""
    builder = _builder(URBAN_UNITS, "perimeter")
    vintage = load_reference().vintage
    people = load_reference().frame("commune")["population"].to_dict()
    rows = read_table(URBAN_UNITS)
    for code in dict.fromkeys(row["code"] for row in rows):
        members = [row for row in rows if row["code"] == code]
        said = {"population": sum(int(people[row["commune"]]) for row in members), "perimeter": "known"}
        unit = builder.territory("urban_unit", code, vintage, said, name=members[0]["name"])
        for row in members:
            commune = ("Territory", territory_key("commune", row["commune"], vintage))
            values = {"composition": "declared", "population_share": 1.0, "area_share": 1.0}
            builder.relationship("CONTAINS", unit, commune, values)
    return builder.build()


def _builder(name: str, kind: str) -> BatchBuilder:
    digest = sha256(bundled(name).read_bytes()).hexdigest()
    return BatchBuilder(Source(f"demonstration-{name}", name, digest, kind, "démonstration", fictional=True))


def geojson_text(outlines: Sequence[Outline]) -> str:
    """Return the quarters as GeoJSON text, one feature a line."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "code": outline.code,
                    "nom": outline.name,
                    "commune": outline.commune,
                    "population": outline.population,
                    "fictif": True,
                },
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [
                            [round(x, DIGITS), round(y, DIGITS)]
                            for x, y in shapely.get_coordinates(outline.polygon)
                        ]
                    ],
                },
            },
            ensure_ascii=False,
        )
        for outline in outlines
    ]
    joined = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "name": "{QPV_NAME}", "features": [\n{joined}\n]}}\n'


def rural_text(communes: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the list of rural communes as a table parted by semicolons."""
    rows = [[code, names[code], "C - Classée (liste fictive)"] for code in communes]
    return _table_text(["code", "nom", "classement"], rows)


def urban_unit_text(units: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> str:
    """Return the urban units as a table parted by semicolons."""
    rows = [
        [f"UF{largest}", f"Unité urbaine fictive {_of(names[largest])}", commune]
        for largest, communes in units.items()
        for commune in communes
    ]
    return _table_text(["code", "name", "commune"], rows)


def _of(name: str) -> str:
    """Return a name after « de »: « d’Annecy », « de Valence »."""
    return f"d’{name}" if name[:1] in "AEIOUYÉÈ" else f"de {name}"


def _table_text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerows([head, *rows])
    return stream.getvalue()
