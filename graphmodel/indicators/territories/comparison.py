"""Question 3, territories of the contract beside matched ones (T17): a compared change, never an effect."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray

from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import Place
from graphmodel.indicators.territories.jobs import METRICS, PERIMETERS, Jobs
from graphmodel.indicators.territories.observation_cards import T17
from graphmodel.indicators.value import IndicatorValue, Simulation

MOST_ENUMERATED = 200_000
"""Reassignments up to which every one is tried; beyond, `DRAWS` are drawn."""
DRAWS, SEED = 9_999, 2014
EQUAL = 1e-12
"""Two gaps closer than this are equal: sums in another order differ by rounding."""

NO_COMPARISON = (
    "Aucune comparaison n’est déclarée : remplir la feuille « Comparaison » (territoires et témoins)."
)
NO_GROUP = "il faut au moins un territoire du contrat et un témoin"
OVERLAP = "un territoire est à la fois du contrat et témoin"
UNKNOWN = "l’emploi de ces territoires est inconnu ou nul : {}"

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A declared comparison: key (`ess` or `total`), two years, both groups, growths given."""

    key: str
    first: int
    later: int
    treated: tuple[str, ...]
    control: tuple[str, ...]
    given: Mapping[str, float]

    @property
    def territories(self) -> tuple[str, ...]:
        """Return the treated, then the control."""
        return self.treated + self.control


@dataclass(frozen=True, slots=True)
class Permutation:
    """A gap and its place among the reassignments of the same numbers.

    Attributes
    ----------
    gap
        Mean of the treated minus mean of the control.
    upper, two_sided
        Share of the reassignments whose gap is as great, or as far from zero.
    least
        Smallest share possible: one of all the reassignments.
    simulation
        Draws and seed; None when every reassignment was tried.
    """

    gap: float
    upper: float
    two_sided: float
    least: float
    simulation: Simulation | None


def permuted(treated: Sequence[float], control: Sequence[float]) -> Permutation:
    """Return the gap between two groups and its place among all the ways of making them.

    Parameters
    ----------
    treated, control
        Growths, neither empty.

    Examples
    --------
    >>> found = permuted([0.08, 0.05], [0.03, 0.02, 0.04, 0.01])
    >>> round(found.gap, 4), round(found.upper, 4), round(found.least, 4)
    (0.04, 0.0667, 0.0667)
    """
    values = np.array([*treated, *control])
    size, n = len(treated), len(values)
    ways = math.comb(n, size)
    gap = float(np.mean(treated) - np.mean(control))
    if ways <= MOST_ENUMERATED:
        sums = values[np.array(list(combinations(range(n), size)))].sum(axis=1)
        extra, drawn = 0, None
    else:
        generator = np.random.default_rng(SEED)
        sums = generator.permuted(np.tile(values, (DRAWS, 1)), axis=1)[:, :size].sum(axis=1)
        extra, drawn = 1, Simulation(DRAWS, SEED)
    gaps: Numbers = sums / size - (values.sum() - sums) / (n - size)
    upper = (extra + int((gaps >= gap - EQUAL).sum())) / (extra + len(gaps))
    both = (extra + int((np.abs(gaps) >= abs(gap) - EQUAL).sum())) / (extra + len(gaps))
    return Permutation(gap, upper, both, 1 / ways, drawn)


@register(T17)
def t17(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the gap of growth between the territories of the contract and their controls, with its p.

    Worked example: (0.08; 0.05) against (0.03; 0.02; 0.04; 0.01): +0.04, p = 1/15, the smallest possible.
    """
    found = Collector(T17, context, ("Observation", "Territory", "CONTAINS"))
    comparison = declared(context)
    if comparison is None:
        return found.missing(NO_COMPARISON)
    perimeter = _perimeter(context, comparison)
    _add_gap(found, comparison, _growths(context, comparison, perimeter), perimeter)
    for first, later in pairwise(year for year in Jobs.of(context).years if year <= comparison.first):
        _add_pretrend(found, comparison, (first, later), perimeter)
    return found.values


def _perimeter(context: EvaluationContext, comparison: Comparison) -> str:
    """Return the perimeter on which all growths are read: the frozen one, today’s where only it will do."""
    frozen, current = (_growths(context, comparison, name) for name in PERIMETERS)
    return "current" if None in frozen.values() and None not in current.values() else "frozen"


def declared(context: EvaluationContext) -> Comparison | None:
    """Return the comparison that the contract declares; None when it declares none, or not its years."""
    said = cast("Mapping[str, object]", context.contract.get("comparison") or {})
    first, later = said.get("annee0"), said.get("annee1")
    if first is None or later is None or said.get("cle") not in METRICS:
        return None
    return Comparison(
        str(said["cle"]),
        int(str(first)),
        int(str(later)),
        tuple(map(str, cast("Sequence[str]", said.get("traites") or ()))),
        tuple(map(str, cast("Sequence[str]", said.get("temoins") or ()))),
        {str(k): float(str(v)) for k, v in cast("Mapping[str, object]", said.get("valeurs") or {}).items()},
    )


def _growths(context: EvaluationContext, comparison: Comparison, perimeter: str) -> dict[str, float | None]:
    """Return the growth of each territory: the one given, else that of its observed jobs."""
    computed = _computed(context, comparison.key, perimeter)
    return {
        code: comparison.given.get(code, computed(code, comparison.first, comparison.later))
        for code in comparison.territories
    }


def _computed(
    context: EvaluationContext, key: str, perimeter: str
) -> Callable[[str, int, int], float | None]:
    """Return how the growth of a territory is computed, in points of log on one perimeter for both years."""
    jobs = Jobs.of(context)
    places: dict[str, Place] = {}
    for place in (*jobs.places, *ground.places_at(context, "K")):
        places.setdefault(place.code, place)

    def growth(code: str, first: int, later: int) -> float | None:
        place = places.get(code)
        if place is None:
            return None
        start, end = (jobs.figure(place, year, perimeter, METRICS[key]) for year in (first, later))
        return math.log(end / start) if start and end else None

    return growth


def _add_gap(
    found: Collector, comparison: Comparison, growth: Mapping[str, float | None], perimeter: str
) -> None:
    reason = _obstacle(comparison, growth)
    n = len(comparison.territories)
    params = {"year": str(comparison.first), "year2": str(comparison.later), "key": comparison.key}
    years = [comparison.first, comparison.later]
    result = None if reason else permuted(*_groups(comparison, growth))
    fields = {"gap": "gap", "p_upper": "upper", "p_two_sided": "two_sided", "p_min": "least"}
    for measure, field in fields.items():
        value: float | None = getattr(result, field, None)
        drawn = result.simulation if result and measure in ("p_upper", "p_two_sided") else None
        found.add(measure, value, years=years, n=n, reason=reason, simulation=drawn, perimeter=perimeter,
                  params=params)  # fmt: skip


def _groups(comparison: Comparison, growth: Mapping[str, float | None]) -> tuple[list[float], list[float]]:
    """Return the growths of both groups, all known."""
    treated, control = (
        [cast(float, growth[code]) for code in group] for group in (comparison.treated, comparison.control)
    )
    return treated, control


def _obstacle(comparison: Comparison, growth: Mapping[str, float | None]) -> str | None:
    """Return why two groups cannot be compared; None when they can."""
    if not comparison.treated or not comparison.control:
        return NO_GROUP
    if set(comparison.treated) & set(comparison.control):
        return OVERLAP
    unknown = [code for code in comparison.territories if growth[code] is None]
    return UNKNOWN.format(", ".join(unknown)) if unknown else None


def _add_pretrend(found: Collector, comparison: Comparison, years: tuple[int, int], perimeter: str) -> None:
    """Add the gap of the same territories before: near zero, they were on the same road."""
    first, later = years
    computed = _computed(found.context, comparison.key, perimeter)
    growth = {code: computed(code, first, later) for code in comparison.territories}
    reason = _obstacle(comparison, growth)
    gap = None if reason else permuted(*_groups(comparison, growth)).gap
    params = {"year": str(first), "year2": str(later), "key": comparison.key}
    n = len(comparison.territories)
    found.add("pretrend", gap, years=[first, later], n=n, reason=reason, perimeter=perimeter, params=params)
