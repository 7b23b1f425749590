"""Draw the fictional zones on the real communes: quarters, rural communes, urban units.

Run by `python -m loaders.demonstration` alone: what is drawn is kept in files, which a load reads.
"""

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from geodata.contiguity import commune_contiguity
from geodata.territories import Territories
from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import areas_of, people_of, table

DIGITS = 6
"""Decimals of longitudes and latitudes: about ten centimetres."""

_MARGIN_M = 80.0
"""Distance kept between a quarter and the limit of its commune, and between two quarters."""

_CORNERS = 11
_TRIES = 400
_URBAN_DENSITY = 420.0
"""Inhabitants per km² from which a neighbouring commune belongs to an urban unit."""

_RURAL_DENSITY = 55.0
_RURAL_PEOPLE = 2500
_RURAL_SHARE = 0.94


@dataclass(frozen=True, slots=True)
class Outline:
    """A fictional quarter: polygon in longitude and latitude, commune, inhabitants."""

    code: str
    name: str
    commune: str
    population: int
    polygon: shapely.Polygon


def draw_neighbourhoods(territories: Territories) -> list[Outline]:
    """Return the quarters of the table, each drawn inside its commune and apart from the others.

    Raises
    ------
    RuntimeError
        A commune is too small for its quarters.
    """
    communes = territories.frame("commune", crs=2154).geometry
    drawn: list[Outline] = []
    taken: dict[str, list[shapely.Polygon]] = {}
    for row in table("neighbourhoods"):
        commune, people = row["commune"], int(row["population"])
        rank = len(taken.setdefault(commune, [])) + 1
        code = f"QF{commune}{rank:02d}"
        room = communes[commune].buffer(-_MARGIN_M)
        polygon = _place(Draw(f"neighbourhood/{code}"), room, taken[commune], people)
        taken[commune].append(polygon)
        drawn.append(Outline(code, row["name"], commune, people, _degrees(polygon)))
    return drawn


def _place(
    draw: Draw, room: shapely.Polygon | shapely.MultiPolygon, others: list[shapely.Polygon], people: int
) -> shapely.Polygon:
    """Return a polygon in a room, away from others; its area follows its people (EPSG:2154)."""
    west, south, east, north = room.bounds
    centre = room.representative_point()
    reach = max(east - west, north - south) / 2
    for attempt in range(_TRIES):
        # Quarters stand near the middle of the town first, farther as room lacks.
        spread = reach * (0.25 + 0.75 * attempt / _TRIES)
        angle, distance = draw.between(0, 2 * math.pi), spread * math.sqrt(draw.between(0, 1))
        x, y = centre.x + distance * math.cos(angle), centre.y + distance * math.sin(angle)
        polygon = _polygon(draw, x, y, people)
        apart = all(polygon.distance(other) > _MARGIN_M for other in others)
        if apart and room.contains(polygon):
            return polygon
    raise RuntimeError(f"no room for a quarter of {people} inhabitants")


def _polygon(draw: Draw, x: float, y: float, people: int) -> shapely.Polygon:
    """Return an uneven polygon around a point, at about 14,000 inhabitants per km²."""
    radius = math.sqrt(people / 14_000 * 1e6 / math.pi)
    corners = []
    for corner in range(_CORNERS):
        angle = 2 * math.pi * (corner + draw.between(-0.3, 0.3)) / _CORNERS
        length = radius * draw.between(0.72, 1.25)
        corners.append((x + length * math.cos(angle), y + 0.8 * length * math.sin(angle)))
    return shapely.Polygon(corners)


def _degrees(polygon: shapely.Polygon) -> shapely.Polygon:
    """Return a polygon of EPSG:2154 in longitude and latitude, rounded."""
    projected = gpd.GeoSeries([polygon], crs=2154).to_crs(4326).iloc[0]
    return shapely.Polygon(np.round(shapely.get_coordinates(projected), DIGITS))


def choose_rural_communes(territories: Territories) -> list[str]:
    """Return the codes of the communes of the fictional list of ZRR: thinly peopled ones of rural EPCI."""
    people, areas = people_of(territories), areas_of(territories)
    draw = Draw("rural")
    chosen = []
    for row in table("rural_epci"):
        for code in territories.contains(row["epci"], "epci"):
            thin = people[code] / areas[code] < _RURAL_DENSITY and people[code] < _RURAL_PEOPLE
            if thin and draw.happens(_RURAL_SHARE):
                chosen.append(code)
    return sorted(chosen)


def draw_urban_units(territories: Territories) -> dict[str, list[str]]:
    """Return the fictional urban units: communes by code of the largest one, which gives its name.

    From each commune that has a quarter, neighbours are taken in as long as they are densely peopled.
    """
    people, areas = people_of(territories), areas_of(territories)
    borders = commune_contiguity()
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for start in dict.fromkeys(row["commune"] for row in table("neighbourhoods")):
        if start in seen:
            continue
        unit, waiting = {start}, [start]
        while waiting:
            for other in borders.neighbours(waiting.pop()):
                if other not in unit and people[other] / areas[other] >= _URBAN_DENSITY:
                    unit.add(other)
                    waiting.append(other)
        seen |= unit
        largest = max(sorted(unit), key=people.__getitem__)
        found[largest] = sorted(unit)
    return found
