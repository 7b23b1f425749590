"""Perimeters that the graph holds: from its territories back to contours that can be drawn."""

import json

import shapely

from geodata.perimeters import Perimeter
from geodata.territories import Territories, load_reference
from geodata.territory import OFFICIAL_LEVELS
from graphmodel import ContractGraph
from graphmodel.frames import records_of
from graphmodel.keys import NOT_DECLARED


def perimeters_of(graph: ContractGraph) -> list[Perimeter]:
    """Return the perimeters a graph holds, those whose perimeter is not known included.

    Official levels are left out: the reference has their contours. A territory without a contour that holds
    whole communes is made of them.
    """
    communes = _communes_of(graph)
    found = []
    for row in records_of(graph.nodes("Territory")):
        level = row["level"]
        if level in OFFICIAL_LEVELS:
            continue
        contour = row.get("contour")
        people = row.get("population")
        found.append(
            Perimeter(
                str(row["code"]),
                str(row["name"]),
                level,  # type: ignore[arg-type]  # the schema's enumeration holds the levels
                str(row.get("vintage") or NOT_DECLARED),
                communes=communes.get(str(row["key"])) if contour is None else None,
                polygon=None if contour is None else shapely.from_geojson(json.dumps(contour)),
                population=people if isinstance(people, int) else None,
                fictional=bool(row["fictional"]),
            )
        )
    return found


def _communes_of(graph: ContractGraph) -> dict[str, tuple[str, ...]]:
    """Return the present communes that territories are told to hold, for those that cut none."""
    territories = graph.nodes("Territory")
    present = territories[(territories["level"] == "commune")
                          & territories["code"].isin(load_reference().frame("commune").index)]  # fmt: skip
    rows = graph.relationships("CONTAINS")
    rows = rows[rows["target"].isin(present.index)]
    share = rows["population_share"].fillna(rows["area_share"]).fillna(1.0)
    cutting = set(rows.loc[share < 1.0, "source"])
    whole = rows[~rows["source"].isin(cutting)]
    codes = whole["target"].map(present["code"])
    return {str(key): tuple(sorted(set(held))) for key, held in codes.groupby(whole["source"])}


def territories_of(graph: ContractGraph) -> Territories:
    """Return the reference with the perimeters of a graph added: frames by level with CRS and vintage."""
    return load_reference().with_perimeters(perimeters_of(graph))
