"""What the map of the zonings shows: priority quarters and rural revitalisation communes. No drawing here."""

import json
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.prints.ground import PrintGround
from graphmodel import ContractGraph
from graphmodel.frames import known, records_of
from graphmodel.zonings import chosen_zoning, classed_communes

RURAL_SCHEMES = ("ZRR", "FRR")
"""Zonings of whole communes, the one of the contract's time first."""


@dataclass(frozen=True, slots=True)
class Zoning:
    """A zoning as the foot of a page says it; dates None where its file does not say."""

    scheme: str
    name: str
    vintage: str
    in_force_from: date | None
    in_force_to: date | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A priority quarter: contour in EPSG:2154, or its point; inhabitants, None when unknown."""

    code: str
    name: str
    shape: BaseGeometry
    population: int | None


@dataclass(frozen=True, slots=True)
class ZoningsMapData:
    """Everything the map says.

    Attributes
    ----------
    quarters
        Quarters that can be drawn, by code.
    unplaced
        Number of quarters of which no file gives the position.
    rural
        Codes of the communes classed.
    left_out
        Codes of the communes classed in part or for a time: neither in nor out.
    rural_people
        Inhabitants of `rural`; None when that of one is unknown.
    quarters_zoning, rural_zoning
        The zonings shown; None where the store has none of declared vintage.
    fictional
        True when anything shown is fictional.
    """

    quarters: tuple[Quarter, ...]
    unplaced: int
    rural: tuple[str, ...]
    left_out: tuple[str, ...]
    rural_people: int | None
    quarters_zoning: Zoning | None
    rural_zoning: Zoning | None
    fictional: bool

    @property
    def shown(self) -> tuple[Zoning, ...]:
        """Zonings whose list is loaded: the contract may declare others, of which nothing can be drawn."""
        told = (
            (self.quarters_zoning, bool(self.quarters or self.unplaced)),
            (self.rural_zoning, bool(self.rural or self.left_out)),
        )
        return tuple(zoning for zoning, loaded in told if zoning is not None and loaded)

    @property
    def marks(self) -> tuple[BaseGeometry, ...]:
        """What the plates of an inset should leave in sight: the quarters, in EPSG:2154."""
        return tuple(quarter.shape for quarter in self.quarters)

    @property
    def quarters_people(self) -> int | None:
        """Inhabitants of the quarters drawn; None when those of one are unknown."""
        counts = [quarter.population for quarter in self.quarters]
        return None if None in counts else sum(count or 0 for count in counts)


def zonings_map_data(graph: ContractGraph, ground: PrintGround) -> ZoningsMapData:
    """Return what the map of the zonings shows of a snapshot with one contract.

    Raises
    ------
    UsageError
        When several vintages of a zoning are there and the contract says nothing of which.
    """
    quarters_key = chosen_zoning(graph, "QPV", None)
    rural_key = next((key for scheme in RURAL_SCHEMES if (key := chosen_zoning(graph, scheme, None))), None)
    quarters, unplaced = _quarters(graph, quarters_key)
    classed, partly, _ = classed_communes(graph, rural_key) if rural_key else ([], [], None)
    rural, left_out = (_codes(graph, keys, ground) for keys in (classed, partly))
    people = [ground.populations.get(code) for code in rural]
    return ZoningsMapData(
        quarters,
        unplaced,
        rural,
        left_out,
        None if None in people else sum(count or 0 for count in people),
        _zoning(graph, quarters_key),
        _zoning(graph, rural_key),
        _fictional(graph, {key for key in (quarters_key, rural_key) if key}),
    )


def _zoning(graph: ContractGraph, key: str | None) -> Zoning | None:
    if key is None:
        return None
    row = graph.nodes("Zoning").loc[key]
    days = [known(row[name]) for name in ("in_force_from", "in_force_to")]
    since, until = (day if isinstance(day, date) else None for day in days)
    return Zoning(str(row["scheme"]), str(row["name"]), str(row["vintage"]), since, until)


def _quarters(graph: ContractGraph, zoning: str | None) -> tuple[tuple[Quarter, ...], int]:
    """Return the quarters of a zoning that have a place, and the number of those that have none."""
    rows = graph.relationships("CLASSED_IN")
    keys = set(rows.loc[(rows["target"] == zoning) & (rows["status"] == "classed"), "source"])
    territories = [row for row in records_of(graph.nodes("Territory"))
                   if row["key"] in keys and row["level"] == "qpv"]  # fmt: skip
    shapes = [_shape(row) for row in territories]
    placed = [(row, shape) for row, shape in zip(territories, shapes, strict=True) if shape is not None]
    metres = gpd.GeoSeries(np.array([shape for _, shape in placed], dtype=object), crs=4326).to_crs(2154)
    found = [
        Quarter(str(row["code"]), str(row["name"]), shape, people if isinstance(people, int) else None)
        for (row, _), shape in zip(placed, metres, strict=True)
        for people in [row.get("population")]
    ]
    return tuple(sorted(found, key=lambda one: one.code)), len(territories) - len(placed)


def _shape(row: dict[str, object]) -> BaseGeometry | None:
    """Return the contour of a quarter, or its point, in EPSG:4326; None when neither is known."""
    contour, center = row.get("contour"), row.get("center")
    if isinstance(contour, dict):
        shape: BaseGeometry = shapely.from_geojson(json.dumps(contour))
        return shape
    return shapely.Point(center) if isinstance(center, list | tuple) else None


def _codes(graph: ContractGraph, keys: list[str], ground: PrintGround) -> tuple[str, ...]:
    territories = graph.nodes("Territory")
    own = territories[territories.index.isin(keys) & (territories["level"] == "commune")]
    return tuple(sorted({str(code) for code in own["code"]} & set(ground.communes)))


def _fictional(graph: ContractGraph, zonings: set[str]) -> bool:
    """True when a zoning, or a row that classes in it, is fictional."""
    rows = graph.relationships("CLASSED_IN")
    own = graph.nodes("Zoning")["fictional"]
    return bool(
        rows.loc[rows["target"].isin(zonings), "fictional"].any() or own[own.index.isin(zonings)].any()
    )
