"""The secrecy of observed jobs (T07, T18): establishments of the ESS behind each figure, and the largest."""

from collections.abc import Iterable

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import Place
from graphmodel.indicators.territories.jobs import ESTABLISHMENTS, LARGEST, METRICS, Jobs, Perimeter
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy import Status, status_of

_ORDER: tuple[Status, ...] = ("A", "B", "V")


def job_status(context: EvaluationContext, value: IndicatorValue) -> Status:
    """Return the status of a value of T07 or T18; V for any other, and for all jobs together.

    A change of map gives away the jobs of the communes that moved: they are a cell of their own. How many
    establishments there are must be observed: an unknown number may not be released.
    """
    place = _place(context, value) if value.indicator in ("T07", "T18") and value.value is not None else None
    if place is None or value.params.get("key") == "total":
        return "V"
    jobs, year = Jobs.of(context), int(value.params["year"])
    if value.indicator == "T07":
        return _of_place(jobs, place, year, value.params["perimeter"])
    years = (year, int(value.params["year2"]))
    # Every measure of a change of map gives away the same figures.
    name = ("status of a change of map", place.level, place.code, years)
    return context.kept(name, lambda: min(_of_change(jobs, place, years), key=_ORDER.index))


def _place(context: EvaluationContext, value: IndicatorValue) -> Place | None:
    wanted = value.params.get("level"), value.params.get("territory")
    places = (*Jobs.of(context).places, *ground.places_at(context, "Q"))
    return next((place for place in places if (place.level, place.code) == wanted), None)


def _of_place(jobs: Jobs, place: Place, year: int, composition: str) -> Status:
    largest = jobs.at(place.key, year, LARGEST) if place.key is not None else None
    if largest is None:
        largest = jobs.own(place, year, composition, LARGEST)
    if largest is None:
        largest = jobs.largest(jobs.perimeter(place, composition), year)
    count = jobs.figure(place, year, composition, ESTABLISHMENTS)
    return _status(count, largest, jobs.figure(place, year, composition, METRICS["ess"]))


def _of_change(jobs: Jobs, place: Place, years: Iterable[int]) -> Iterable[Status]:
    before, after = jobs.perimeter(place, "frozen"), jobs.perimeter(place, "current")
    for year in years:
        for composition in ("frozen", "current"):
            yield _of_place(jobs, place, year, composition)
        moved = before.communes ^ after.communes if before is not None and after is not None else frozenset()
        if before is not None and moved:
            yield _of_communes(jobs, Perimeter(frozenset(moved), jobs.map_of(year)), year)


def _of_communes(jobs: Jobs, perimeter: Perimeter, year: int) -> Status:
    count, whole = (jobs.sum(perimeter, year, metric) for metric in (ESTABLISHMENTS, METRICS["ess"]))
    return _status(count, jobs.largest(perimeter, year), whole)


def _status(count: float | None, largest: float | None, whole: float | None) -> Status:
    if largest is not None and whole is not None:
        largest = min(largest, whole)
    return status_of(None if count is None else round(count), largest, whole)
