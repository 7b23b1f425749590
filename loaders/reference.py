"""The territory reference as rows of the graph: region, départements, EPCI, communes, and how they nest.

Communes are those of the reference's vintage. EPCI stand twice: as today, and in the earliest composition the
reference holds, which is the nearest known to the frozen perimeters of 1 January 2014; the date of each
composition is on the relationship.
"""

import hashlib
import json
from datetime import date
from functools import lru_cache

import shapely

from geodata.contiguity import commune_contiguity
from geodata.territories import Territories, load_reference
from geodata.territory import Level
from graphmodel import Batch, BatchBuilder, Source
from graphmodel.batch import Ref
from graphmodel.frames import known

REFERENCE_ID = "territoires"
"""Identity of the reference among the sources of a store."""


_COLUMNS = ["name", "population", "area_km2", "kind", "perimeter"]


@lru_cache(maxsize=1)
def reference_batch() -> Batch:
    """Return the territories of the reference and their nesting as one batch.

    Nodes are keyed `<level>/<code>@<vintage>`; `CONTAINS` carries `composition` (current or frozen), the date
    of the composition, and shares of 1, as official levels nest whole communes. `ADJACENT_TO` carries the
    length of the shared border in metres.
    """
    territories = load_reference()
    manifest = json.dumps(territories.manifest, sort_keys=True).encode()
    source = Source(REFERENCE_ID, "geodata/reference", hashlib.sha256(manifest).hexdigest(), "reference")
    builder = BatchBuilder(source)
    communes = _add_level(builder, territories, "commune", territories.vintage)
    departements = _add_level(builder, territories, "departement", territories.vintage)
    (region,) = _add_level(builder, territories, "region", territories.vintage).values()
    for code, departement in departements.items():
        _contain(builder, region, departement, territories.vintage, "current")
        for commune in territories.contains(code, "departement"):
            _contain(builder, departement, communes[commune], territories.vintage, "current")
    earliest = territories.vintages["epci"][0]
    for vintage, composition in ((territories.vintage, "current"), (earliest, "frozen")):
        _add_epci(builder, territories, communes, vintage, composition)
    _add_neighbours(builder, communes)
    return builder.build()


def _add_level(builder: BatchBuilder, territories: Territories, level: Level, vintage: str) -> dict[str, Ref]:
    """Add the territories of a level and return their references by code."""
    frame = territories.frame(level, vintage)
    points = shapely.get_coordinates(frame.to_crs(2154).representative_point().to_crs(4326))
    people = frame.attrs["population_vintage"]
    found: dict[str, Ref] = {}
    rows = frame[_COLUMNS].to_dict("records")
    for code, row, (longitude, latitude) in zip(map(str, frame.index), rows, points.tolist(), strict=True):
        values = {
            "population": known(row["population"]),
            "population_vintage": people,
            "area_km2": round(float(row["area_km2"]), 6),
            "kind": known(row["kind"]),
            "perimeter": row["perimeter"],
            "center": (round(longitude, 6), round(latitude, 6)),
        }
        found[code] = builder.territory(level, code, vintage, values, name=str(row["name"]))
    return found


def _add_epci(
    builder: BatchBuilder, territories: Territories, communes: dict[str, Ref], vintage: str, composition: str
) -> None:
    groups = _add_level(builder, territories, "epci", vintage)
    for commune, epci in sorted(territories.composition(vintage).items()):
        _contain(builder, groups[epci], communes[commune], vintage, composition)


def _contain(builder: BatchBuilder, whole: Ref, part: Ref, vintage: str, composition: str) -> None:
    values = {
        "composition": composition,
        "date": date(int(vintage), 1, 1),
        "population_share": 1.0,
        "area_share": 1.0,
    }
    builder.relationship("CONTAINS", whole, part, values)


def _add_neighbours(builder: BatchBuilder, communes: dict[str, Ref]) -> None:
    borders = commune_contiguity().borders
    for (first, second), length in sorted(borders.items()):
        values = {"length_m": round(length, 1)}
        builder.relationship("ADJACENT_TO", communes[first], communes[second], values)
