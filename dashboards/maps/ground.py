"""The territories a map is drawn on, in the compact form that travels to the browser."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd

from dashboards.maps.elements import Level, PlaceName, Point
from geodata.territories import Territories, load_reference
from geodata.topology import to_topojson

QUANTUM = 10_000
"""Steps of the coordinates across the region: about 27 m."""
MAIN_TOWNS = 7
"""Towns written larger than the others."""
TOWN_STEPS = ((14, 0.0), (60, 8.6), (160, 9.6), (260, 10.6))
"""Number of towns that may be named, and the zoom from which they may."""


@dataclass(frozen=True, slots=True)
class GroundData:
    """Territories of the reference at one composition of the EPCI.

    Attributes
    ----------
    topology
        Communes as `compact_topology` writes them.
    commune_names, epci_names
        Names by code.
    epci_of
        EPCI of each commune by code; communes of no EPCI are absent.
    departement_of
        Code of the département by code of EPCI or commune.
    populations
        Inhabitants by code of EPCI or commune; None where not known.
    levels
        EPCI and départements as unions of communes.
    centers
        A point inside each EPCI.
    towns
        Names of towns, the most populated first.
    bounds
        South-west and north-east corners.
    vintage, epci_vintage, population_vintage, source
        What a map must print.
    """

    topology: Mapping[str, object]
    commune_names: Mapping[str, str]
    epci_names: Mapping[str, str]
    epci_of: Mapping[str, str]
    departement_of: Mapping[str, str]
    populations: Mapping[str, int | None]
    levels: Mapping[str, Level]
    centers: Mapping[str, Point]
    towns: tuple[PlaceName, ...]
    bounds: tuple[Point, Point]
    vintage: str
    epci_vintage: str
    population_vintage: str
    source: str


@lru_cache(maxsize=2)
def ground_data(epci_vintage: str | None = None) -> GroundData:
    """Return the territories of the reference.

    Parameters
    ----------
    epci_vintage
        Year of the composition of the EPCI; None is the earliest known, the nearest to the contract's start.

    Raises
    ------
    UsageError
        When no composition is known for the year.
    """
    reference = load_reference()
    vintage = epci_vintage or reference.vintages["epci"][0]
    communes = reference.frame("commune")
    epci = reference.frame("epci", vintage)
    epci_of = reference.composition(vintage)
    codes = [str(code) for code in communes.index]
    west, south, east, north = (float(edge) for edge in communes.total_bounds)
    return GroundData(
        topology=compact_topology(communes),
        commune_names=_texts(communes["name"]),
        epci_names=_texts(epci["name"]),
        epci_of={code: epci_of[code] for code in codes if code in epci_of},
        departement_of=_texts(communes["departement"]) | _texts(epci["departement"]),
        populations=_people(communes) | _people(epci),
        levels={
            "epci": _level(codes, epci_of),
            "departement": _level(codes, _texts(communes["departement"])),
        },
        centers=_centers(epci),
        towns=_towns(communes),
        bounds=((south, west), (north, east)),
        vintage=reference.vintage,
        epci_vintage=vintage,
        population_vintage=reference.population_vintage,
        source=str(communes.attrs["source"]),
    )


def compact_topology(communes: gpd.GeoDataFrame) -> dict[str, object]:
    """Return the topology of a coverage in the form that travels: shared borders once, lines as short texts.

    Parameters
    ----------
    communes
        Indexed by code, EPSG:4326, borders shared.

    Returns
    -------
    `transform` as in TopoJSON; `codes` of the communes; `polygons`, for each the arcs of its polygons;
    `arcs`, each line as `encoded_line` writes it.
    """
    made = json.loads(to_topojson(communes, quantization=QUANTUM, columns=["code"], layer="communes"))
    geometries = made["objects"]["communes"]["geometries"]
    return {
        "transform": made["transform"],
        "codes": [geometry["properties"]["code"] for geometry in geometries],
        "polygons": [_polygons(geometry) for geometry in geometries],
        "arcs": [encoded_line(number for pair in arc for number in pair) for arc in made["arcs"]],
    }


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    arcs: list[Any] = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else arcs


def encoded_line(steps: Iterable[int]) -> str:
    """Return whole numbers as a text of printable letters, small ones as one letter (« encoded polyline »).

    Each number is doubled, its sign in the last bit, and cut in groups of five bits, lowest first; a group
    that is not the last has 32 added; 63 makes it a letter from `?` on.

    Examples
    --------
    >>> encoded_line([0, 1, -1, 16])
    '?A@_@'
    """
    letters = []
    for step in steps:
        left = ~(step << 1) if step < 0 else step << 1
        while left >= 32:
            letters.append(chr((32 | (left & 31)) + 63))
            left >>= 5
        letters.append(chr(left + 63))
    return "".join(letters)


def _texts(column: "pd.Series[Any]") -> dict[str, str]:
    return {str(code): str(value) for code, value in column.items()}


def _people(frame: gpd.GeoDataFrame) -> dict[str, int | None]:
    column = frame["population"]
    return {
        str(code): int(value) if there else None
        for code, value, there in zip(frame.index, column, column.notna(), strict=True)
    }


def _level(codes: list[str], unit_of: Mapping[str, str]) -> Level:
    units = sorted({unit_of[code] for code in codes if code in unit_of})
    rank = {unit: position for position, unit in enumerate(units)}
    return Level(tuple(units), tuple(rank.get(unit_of.get(code, "")) for code in codes))


def _centers(frame: gpd.GeoDataFrame) -> dict[str, Point]:
    points = frame.geometry.representative_point()
    return {
        str(code): (round(y, 4), round(x, 4))
        for code, y, x in zip(frame.index, points.y, points.x, strict=True)
    }


def _towns(communes: gpd.GeoDataFrame) -> tuple[PlaceName, ...]:
    """Names of towns by population; at first the largest town of each EPCI only, so that suburbs wait."""
    largest = communes[communes["population"].notna()].nlargest(400, "population")
    centers = _centers(largest)
    heads = ~largest["epci"].duplicated() | largest["epci"].isna()
    ordered = [*largest.index[heads], *largest.index[~heads]]
    found = []
    for position, code in enumerate(ordered):
        zoom = next((zoom for most, zoom in TOWN_STEPS if position < most), TOWN_STEPS[-1][1] + 1)
        rank = 1 if position < MAIN_TOWNS else 2 if position < TOWN_STEPS[1][0] else 3
        found.append(PlaceName(str(largest.at[code, "name"]), centers[str(code)], rank, zoom))
    return tuple(found)


def reference() -> Territories:
    """Return the territory reference the ground is made of."""
    return load_reference()
