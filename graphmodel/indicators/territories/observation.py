"""Question 3, what the observation of jobs says: location quotient (T07), effect of the map (T18)."""

import math
from collections.abc import Iterable
from itertools import combinations

from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import Interval, log_delta
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories import observation_cards as cards
from graphmodel.indicators.territories.ground import Place
from graphmodel.indicators.territories.jobs import METRICS, PERIMETERS, Jobs
from graphmodel.indicators.value import IndicatorValue
from graphmodel.vintage_effect import VintageEffect

NO_JOBS = "L’emploi observé manque : feuille « Emploi », ou fichier d’observation (load --as observation)."
UNKNOWN_HERE = "l’emploi d’une commune au moins de ce territoire est inconnu, ou son périmètre"
UNKNOWN_REGION = "l’emploi d’une commune au moins de la région est inconnu"
NO_JOB_HERE = "aucun emploi dans ce territoire"
NO_ESS = "aucun emploi de l’ESS en région"
NO_START = "aucun emploi au départ"
NO_CHANGE = "l’évolution affichée est nulle"

Figures = tuple[float, float]
"""Jobs of the ESS and all jobs."""


def location_quotient(zone: Figures, region: Figures) -> tuple[float, Interval | None]:
    """Return the quotient of a zone within its region and its interval; no interval where it is 0.

    Parameters
    ----------
    zone, region
        Jobs of the ESS and all jobs; the jobs of the zone, and those of the ESS in the region, are positive.

    Examples
    --------
    >>> lq, interval = location_quotient((120, 800), (1_000, 10_000))
    >>> round(lq, 1), round(interval.low, 3), round(interval.high, 3)
    (1.5, 1.284, 1.752)
    """
    (ess, jobs), (whole_ess, whole) = zone, region
    share, mean = ess / jobs, whole_ess / whole
    quotient = share / mean
    if not ess:
        return 0.0, None
    rest = whole - jobs
    other = (whole_ess - ess) / rest if rest else 0.0
    spread = jobs * share * (1 - share) + rest * other * (1 - other)
    variance = (1 - share) / (jobs * share) + spread / whole_ess**2 - 2 * (1 - share) / whole_ess
    return quotient, log_delta(quotient, math.sqrt(max(0.0, variance)))


@register(cards.T07)
def t07(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the location quotient of each département, EPCI or authority and quarter, by year observed.

    Worked example: 120 of 800 jobs against 1,000 of 10,000: LQ = 1.5, σ = 0.0793, [1.284; 1.752].
    """
    found = Collector(cards.T07, context, ("Observation", "Territory", "CONTAINS"))
    jobs = Jobs.of(context)
    if not jobs.years:
        return found.missing(NO_JOBS)
    for year in jobs.years:
        region = _region(context, jobs, year)
        for composition in PERIMETERS:
            for place in (*jobs.places, *ground.places_at(context, "Q")):
                _add_quotient(found, place, year, composition, region)
    return found.values


def _region(context: EvaluationContext, jobs: Jobs, year: int) -> Figures | None:
    """Return the jobs of the region: as observed of the region itself, else of all its communes."""
    key = str(context.contract.get("territory") or "")
    return _pair(jobs.at(key, year, metric) for metric in METRICS.values()) or _pair(
        jobs.sum(jobs.whole, year, metric) for metric in METRICS.values()
    )


def _pair(values: Iterable[float | None]) -> Figures | None:
    ess, jobs = values
    return None if ess is None or jobs is None else (ess, jobs)


def _zone(jobs: Jobs, place: Place, year: int, composition: str) -> Figures | None:
    return _pair(jobs.figure(place, year, composition, metric) for metric in METRICS.values())


def _add_quotient(
    found: Collector, place: Place, year: int, composition: str, region: Figures | None
) -> None:
    jobs = Jobs.of(found.context)
    zone = _zone(jobs, place, year, composition)
    value, interval, reason = None, None, None
    if zone is None or region is None:
        reason = UNKNOWN_HERE if zone is None else UNKNOWN_REGION
    elif not zone[1] or not region[0]:
        reason = NO_ESS if zone[1] else NO_JOB_HERE
    else:
        value, interval = location_quotient(zone, region)
    params = {"year": str(year), **place.params, "perimeter": composition}
    n = None if zone is None else round(zone[1])
    found.add("lq", value, years=[year], n=n, interval=interval, reason=reason, perimeter=composition,
              vintage=jobs.vintage(year) or place.vintage, params=params)  # fmt: skip


@register(cards.T18)
def t18(context: EvaluationContext) -> list[IndicatorValue]:
    """Return, for each EPCI or authority and each two years observed, what is only a change of map.

    Worked example: X has 4,000 jobs, then with K3 4,400 that become 4,700: +17.5 % read, +6.82 % at constant
    perimeter, 400 of 700 (57.14 %) by the map alone.
    """
    found = Collector(cards.T18, context, ("Observation", "Territory", "CONTAINS", "SUCCEEDED_BY"))
    jobs = Jobs.of(context)
    if len(jobs.years) < 2:
        return found.missing(NO_JOBS if not jobs.years else f"{NO_JOBS} Il faut deux années.")
    for place in (place for place in jobs.places if place.level == "E"):
        for first, later in combinations(jobs.years, 2):
            for key, metric in METRICS.items():
                _add_effect(found, place, first, later, key, metric)
    return found.values


def _add_effect(found: Collector, place: Place, first: int, later: int, key: str, metric: str) -> None:
    jobs = Jobs.of(found.context)
    effect = VintageEffect(
        *(
            jobs.figure(place, year, composition, metric)
            for year in (first, later)
            for composition in PERIMETERS
        )
    )
    params = {"year": str(first), "year2": str(later), **place.params, "key": key}
    for measure in cards.T18.measures:
        value: float | None = getattr(effect, measure)
        needed = (effect.start_before, effect.start_after, effect.end_before, effect.end_after)
        reason = UNKNOWN_HERE
        if None not in needed:
            reason = NO_CHANGE if measure == "perimeter_share" else NO_START
        found.add(measure, value, years=[first, later], reason=reason, vintage=place.vintage, params=params)
