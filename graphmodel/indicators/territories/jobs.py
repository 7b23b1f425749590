"""Jobs by territory and year, on the map of whichever year: what T07, T17 and T18 stand on.

Two lists of communes are told apart: those before the changes that the graph knows (`SUCCEEDED_BY`) and those
after. A year's figures are on one of them, a perimeter too; figures pass from one to the other by the
inhabitants.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graphmodel.frames import known, records_of
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import Place
from graphmodel.passage import Passage
from graphmodel.vintage_effect import total, weights_inside

METRICS = {"ess": "employment_ess", "total": "employment_total"}
"""Metric of each key of `comparaison.cle` and of T18."""

ESTABLISHMENTS, LARGEST = "establishments_ess", "largest_ess"
"""Metrics that secrecy asks for: establishments of the ESS, jobs of the largest of them."""

Map = Literal["early", "late"]
_READ = (*METRICS.values(), ESTABLISHMENTS, LARGEST)
PERIMETERS = ("frozen", "current")


@dataclass(frozen=True, slots=True)
class Perimeter:
    """Communes of a territory, and the list they are of."""

    communes: frozenset[str]
    on: Map


class Jobs:
    """Reads the observed jobs of a contract's territory.

    Parameters
    ----------
    context
        The evaluation.
    """

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context
        self.values, self._vintages = _observed(context)
        self.base = frozenset(map(str, ground.cells_of(context).communes))
        self._levels = context.graph.nodes("Territory")["level"]

    @classmethod
    def of(cls, context: EvaluationContext) -> "Jobs":
        """Return the jobs of an evaluation, read once."""
        return context.kept("jobs", lambda: cls(context))

    @property
    def years(self) -> list[int]:
        """Years of which something is observed, in order."""
        return sorted({year for year, metric in self.values if metric in METRICS.values()})

    @cached_property
    def _changes(self) -> Passage:
        return Passage.from_graph(self.context.graph)

    @cached_property
    def _targets(self) -> frozenset[str]:
        return frozenset(target for shares in self._changes.moved.values() for target in shares)

    @cached_property
    def base_map(self) -> Map:
        """List that the cells are on: `early` when one of their communes is to change."""
        gone = self._changes.moved.keys() - self._targets
        return "late" if self._changes.moved and not (self.base & gone) else "early"

    @cached_property
    def passage(self) -> Passage:
        """Passage from the whole early list to the late one."""
        if self.base_map == "early":
            return self._changes.between(self.base)
        inside = {code for code, shares in self._changes.moved.items() if shares.keys() & self.base}
        return self._changes.between(inside | (self.base - self._targets))

    @cached_property
    def whole(self) -> Perimeter:
        """The contract's territory."""
        return Perimeter(self.base, self.base_map)

    def vintage(self, year: int) -> str | None:
        """Return the vintage of the codes of a year, None when nobody says it."""
        return self._vintages.get(year)

    def map_of(self, year: int) -> Map:
        """Return the list of communes that the figures of a year are on."""
        return self.context.kept(("map of jobs", year), lambda: self._map_of(year))

    def _map_of(self, year: int) -> Map:
        told = {code for figures in self._of_year(year).values() for code in figures}
        codes = {code for code in told if str(self._levels.get(code)) == "commune"}
        if self.base_map == "early":
            vintages = self.context.graph.nodes("Territory")["vintage"]
            own = {str(known(vintages[code])) for code in self.base}
            vintage = self.vintage(year)
            return "late" if codes - self.base or (vintage is not None and vintage not in own) else "early"
        return "early" if codes & (self._changes.moved.keys() - self._targets) else "late"

    def perimeter(self, place: Place, composition: str) -> Perimeter | None:
        """Return the communes of a territory in a composition; None when it is not known in that one.

        A perimeter that no source gives again as current (a département, an authority) has not changed.
        """
        if composition == "current" and place.level == "E" and self._is_epci(place):
            found = self._current.get(place.code)
            return Perimeter(frozenset(found), "late") if found else None
        if place.key is None:
            return None  # an EPCI of today alone
        communes = frozenset(ground.cells_of(self.context).communes_in(place.key))
        return Perimeter(communes, self.base_map) if communes else None

    def _is_epci(self, place: Place) -> bool:
        return place.key is None or str(self._levels.get(place.key)) == "epci"

    @cached_property
    def _current(self) -> dict[str, set[str]]:
        """Communes of each EPCI of today, by its code."""
        rows = self.context.graph.relationships("CONTAINS")
        rows = rows[rows["composition"] == "current"]
        codes = self.context.graph.nodes("Territory")["code"]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for source, target in zip(rows["source"], rows["target"], strict=True):
            if self._levels.get(source) == "epci" and self._levels.get(target) == "commune":
                found[str(codes[source])].add(str(target))
        return dict(found)

    @property
    def has_current(self) -> bool:
        """True when the graph knows the EPCI of today."""
        return bool(self._current)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Départements and EPCI or authorities of the tables, the EPCI of today that are new among them."""
        told = ground.places_at(self.context, "DE")
        seen = {place.code for place in told if place.level == "E"}
        return (*told, *(Place("E", code, None) for code in sorted(self._current.keys() - seen)))

    def at(self, key: str, year: int, metric: str) -> float | None:
        """Return what is observed of a territory itself."""
        return self._of_year(year).get(metric, {}).get(key)

    def figure(self, place: Place, year: int, composition: str, metric: str) -> float | None:
        """Return a figure of a territory in a composition: that of its communes, else its own.

        What is observed of a département or of a quarter stands first: their map does not change. What is
        observed of an EPCI is of today's, and stands for the frozen one when that has the same communes.
        """
        if place.level == "Q":
            return self.at(str(place.key), year, metric)
        if place.level == "D" and (own := self.at(str(place.key), year, metric)) is not None:
            return own
        found = self.sum(self.perimeter(place, composition), year, metric)
        return self.own(place, year, composition, metric) if found is None else found

    def own(self, place: Place, year: int, composition: str, metric: str) -> float | None:
        """Return what is observed of an EPCI itself, in a composition of the same communes as today's."""
        perimeter = self.perimeter(place, composition)
        if perimeter is None or perimeter != self.perimeter(place, "current"):
            return None
        return self._of_groups.get((place.code, year, metric))

    @cached_property
    def _of_groups(self) -> dict[tuple[str, int, str], float]:
        """Figures observed of EPCI themselves, by code, year and metric."""
        codes = self.context.graph.nodes("Territory")["code"]
        return {
            (str(codes[key]), year, metric): value
            for (year, metric), figures in self.values.items()
            for key, value in figures.items()
            if value is not None and str(self._levels.get(key)) == "epci"
        }

    def largest(self, perimeter: Perimeter | None, year: int) -> float | None:
        """Return the jobs of the largest establishment of a perimeter on the map of the year, if known."""
        if perimeter is None or self.map_of(year) != perimeter.on:
            return None
        told = self._of_year(year).get(LARGEST, {})
        known_ones = [value for code in perimeter.communes if (value := told.get(code)) is not None]
        return max(known_ones, default=None)

    def sum(self, perimeter: Perimeter | None, year: int, metric: str) -> float | None:
        """Return the jobs of a perimeter in a year; None when one of its communes is unknown."""
        if perimeter is None:
            return None
        return total(self._of_year(year).get(metric, {}), self.weights(perimeter, year))

    def weights(self, perimeter: Perimeter, year: int) -> Mapping[str, float | None]:
        """Return what a perimeter holds of each commune of the map of a year."""
        on, passage = self.map_of(year), self.passage
        if on == perimeter.on:
            return dict.fromkeys(perimeter.communes, 1.0)
        if on == "early":
            return weights_inside(perimeter.communes, passage.forward, passage.back)
        return weights_inside(perimeter.communes, passage.back, passage.forward)

    def _of_year(self, year: int) -> Mapping[str, Mapping[str, float | None]]:
        return self.context.kept(("jobs of", year), lambda: self._sorted_out(year))

    def _sorted_out(self, year: int) -> Mapping[str, Mapping[str, float | None]]:
        return {metric: figures for (of, metric), figures in self.values.items() if of == year}


def _observed(
    context: EvaluationContext,
) -> tuple[dict[tuple[int, str], dict[str, float | None]], dict[int, str]]:
    """Return the jobs of each territory by year and metric, and the vintage of each year's commune codes."""
    about = context.graph.ends("ABOUT", "Observation", "Territory")
    levels = context.graph.nodes("Territory")["level"]
    values: defaultdict[tuple[int, str], dict[str, float | None]] = defaultdict(dict)
    vintages: dict[int, str] = {}
    for row in records_of(context.graph.nodes("Observation")):
        territory, metric = about.get(str(row["key"])), str(row.get("metric"))
        if territory is None or metric not in _READ or "year" not in row:
            continue
        year, value = int(str(row["year"])), row.get("value")
        values[year, metric][territory] = None if value is None else float(str(value))
        if "vintage" in row and levels.get(territory) == "commune":
            vintages[year] = str(row["vintage"])
    return dict(values), vintages
