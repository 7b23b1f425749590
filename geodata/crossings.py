"""How the perimeters of a contract cross: every pair, by inhabitants and by area, with what is unknown.

Each perimeter is laid on the communes and the quarters cut out of them, so that whole communes, contours and
the two mixed are compared in one way.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.loaded import perimeters_of
from geodata.mesh import METRIC
from geodata.overlaps import Overlaps
from geodata.perimeters import Perimeter
from geodata.territories import load_reference
from geodata.territory import OFFICIAL_LEVELS, Level
from graphmodel import ContractGraph, UsageError
from graphmodel.frames import records_of
from graphmodel.keys import NOT_DECLARED

INSIDE = 0.995
"""Share of its area from which a perimeter lies in another: two drawings of one border differ by as much."""

LEAST = 0.011
"""Share of the area of the smaller one under which two perimeters only touch, where one is a contour."""

CROSSES, WITHIN, HOLDS, SAME = "crosses", "within", "holds", "same"
"""What the first of a pair does with the second."""

COLUMNS = ("first", "second", "relation", "population", "first_share", "second_share",
           "area_km2", "first_area_share", "second_area_share")  # fmt: skip


class Crossings:
    """The perimeters of some territories of a graph, laid one on another.

    Parameters
    ----------
    graph
        Snapshot; contours and contents of what the reference does not have come from it.
    keys
        Keys of territories of the graph.
    vintage
        Year of the composition of the EPCI; None is the earliest known, nearest to the contract's perimeters.

    Attributes
    ----------
    known, unknown
        The keys whose perimeter is known, and those of which nobody has given it, each sorted.
    vintage
        As given, or the year it stands for.
    """

    def __init__(self, graph: ContractGraph, keys: Iterable[str], vintage: str | None = None) -> None:
        reference = load_reference()
        self.vintage = vintage or reference.vintages["epci"][0]
        rows = {str(row["key"]): row for row in records_of(graph.nodes("Territory"))}
        held = {(one.level, one.code, one.vintage): one for one in perimeters_of(graph)}
        asked = sorted(set(keys))
        found = {key: self._perimeter(rows[key], held) for key in asked}
        self._perimeters = {key: one for key, one in found.items() if one is not None and one.known}
        self.known = tuple(self._perimeters)
        self.unknown = tuple(key for key in asked if key not in self._perimeters)
        # One vintage of quarters is cut out of the communes: two of them would overlap.
        quarters = [one for one in held.values() if one.level == "qpv" and one.known]
        first = min((one.vintage for one in quarters), default="")
        cut = [one for one in quarters if one.vintage == first]
        self._overlaps = Overlaps(reference.with_perimeters([*self._perimeters.values(), *cut]), self.vintage)

    def _perimeter(
        self, row: dict[str, object], held: dict[tuple[Level, str, str], Perimeter]
    ) -> Perimeter | None:
        """Return a territory as a perimeter under its key; None when the reference cannot draw it."""
        key, code = str(row["key"]), str(row["code"])
        level = cast(Level, row["level"])
        if level not in OFFICIAL_LEVELS:
            one = held.get((level, code, str(row.get("vintage") or NOT_DECLARED)))
            return None if one is None else replace(one, code=key, level="custom")
        vintage = self.vintage if level == "epci" else None
        try:
            communes = tuple(load_reference().contains(code, level, vintage))
        except UsageError:
            return None
        return Perimeter(key, str(row["name"]), "custom", communes=communes)

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        """Part of each cell that is in each known perimeter, in the order of `known`."""
        laid = self._overlaps.footprint("custom")
        order = [laid.codes.index(key) for key in self.known]
        weights: NDArray[np.float64] = laid.weights.toarray()[order]
        return weights

    def population(self, keys: Iterable[str]) -> int | None:
        """Return the inhabitants of the union of known perimeters, each counted once; None when unknown.

        Where two contours cut the same cell, the larger of the two parts stands for their union.
        """
        rows = [self.known.index(key) for key in keys]
        if not rows:
            return 0
        weights = self._weights[rows].max(axis=0)
        people = self._overlaps.mesh.people
        if np.isnan(people[weights > 0]).any():
            return None
        return round(float(weights @ np.nan_to_num(people)))

    def contour(self, key: str) -> BaseGeometry | None:
        """Return the contour that a file gave of a perimeter, in EPSG:2154; None for one made of communes."""
        one = self._perimeters[key]
        if one.polygon is None:
            return None
        drawn: BaseGeometry = gpd.GeoSeries([one.polygon], crs=4326).to_crs(METRIC).iloc[0]
        return drawn

    def communes(self, key: str) -> frozenset[str]:
        """Return the communes of a perimeter, those it holds by half or more where it is a contour."""
        inside = self._overlaps.territories.contains(key, "custom")
        return frozenset(inside)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every pair that overlaps, once, the first key before the second.

        Columns `COLUMNS`: `relation` is what the first does with the second (`crosses`, `within`, `holds`,
        `same`); `population` and `area_km2` of the common part; `first_share` of the inhabitants of the
        first, `first_area_share` of its area. NaN where a population is unknown.
        """
        if not self.known:
            return self._told(_nothing())
        table = self._overlaps.between("custom", "custom")
        other = table.rename(columns={"container": "contained", "contained": "container"})
        both = table.merge(other, on=["container", "contained"], suffixes=("", "_back"))
        return self._told(both[both["container"] < both["contained"]])

    def with_level(self, level: Level) -> pd.DataFrame:
        """Return the pairs of these perimeters and the official territories of a level, as `pairs`.

        `second` is the official code; the EPCI are those of the composition of `vintage`.
        """
        if not self.known:
            return self._told(_nothing())
        held = self._overlaps.between("custom", level)
        back = self._overlaps.between(level, "custom")
        back = back.rename(columns={"container": "contained", "contained": "container"})
        return self._told(held.merge(back, on=["container", "contained"], suffixes=("", "_back")))

    def _told(self, table: pd.DataFrame) -> pd.DataFrame:
        return _told(table, {key for key, one in self._perimeters.items() if one.polygon is not None})


def official_pairs(level: Level, code: str, vintage: str | None = None) -> pd.DataFrame:
    """Return the départements and EPCI that a territory of the reference lies in or crosses.

    Parameters
    ----------
    level, code
        An official territory.
    vintage
        Year of the composition of the EPCI; None is that of the commune codes.

    Returns
    -------
    pandas.DataFrame
        As `Crossings.pairs`, `first` being `code`, and the `level` of `second`; what it holds is left out.
    """
    overlaps = Overlaps(load_reference(), vintage)
    larger: tuple[Level, ...] = ("departement", "epci")
    found = []
    for other in larger:
        if level not in (other, "region"):
            held = overlaps.between(level, other)
            back = overlaps.between(other, level)
            back = back[back["contained"] == code].rename(
                columns={"container": "contained", "contained": "container"}
            )
            pairs = held[held["container"] == code].merge(
                back, on=["container", "contained"], suffixes=("", "_back")
            )
            found.append(_told(pairs, set()).assign(level=other))
    told = pd.concat(found) if found else _told(_nothing(), set()).assign(level=None)
    return told[told["relation"] != HOLDS].reset_index(drop=True)


def _told(table: pd.DataFrame, drawn: set[str]) -> pd.DataFrame:
    """Return overlaps both ways as pairs, without those that only touch: where one is among the drawn."""
    found = pd.DataFrame(
        {
            "first": table["container"],
            "second": table["contained"],
            "relation": "",
            "population": table["population"],
            "first_share": table["population_share_back"],
            "second_share": table["population_share"],
            "area_km2": table["area_km2"],
            "first_area_share": table["area_share_back"],
            "second_area_share": table["area_share"],
        },
        columns=list(COLUMNS),
    )
    exact = ~found["first"].isin(drawn) & ~found["second"].isin(drawn)
    shares = found[["first_area_share", "second_area_share"]]
    found = found[exact | (shares.max(axis=1) >= LEAST)]
    relations = [
        _relation(first, second)
        for first, second in zip(found["first_area_share"], found["second_area_share"], strict=True)
    ]
    return found.assign(relation=relations).sort_values(["first", "second"], ignore_index=True)


def _relation(first: float, second: float) -> str:
    if first >= INSIDE:
        return SAME if second >= INSIDE else WITHIN
    return HOLDS if second >= INSIDE else CROSSES


def _nothing() -> pd.DataFrame:
    names = ("container", "contained", "population_share", "area_share", "population", "area_km2",
             "population_share_back", "area_share_back")  # fmt: skip
    return pd.DataFrame(columns=list(names))


def party_territories(graph: ContractGraph) -> dict[str, str]:
    """Return the territories of the authorities that signed, with the organisation of each, by key.

    The region is the whole map: it crosses nothing and is left out.
    """
    signed = set(graph.relationships("SIGNED")["source"])
    administers = graph.relationships("ADMINISTERS")
    levels = graph.nodes("Territory")["level"]
    pairs = sorted(zip(administers["target"], administers["source"], strict=True))
    return {str(place): str(who) for place, who in pairs if who in signed and levels.get(place) != "region"}


def declared_perimeters(graph: ContractGraph) -> list[str]:
    """Return the keys of the perimeters that files or the convention brought, quarters apart, sorted."""
    levels = graph.nodes("Territory")["level"]
    return sorted(map(str, levels.index[~levels.isin([*OFFICIAL_LEVELS, "qpv", "arrondissement",
                                                      "delegated_commune"])]))  # fmt: skip
