"""What a map of ratios shows: the measure of each unit in a year, by class or by what stands in its place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboards.class_limits import Method, class_of
from dashboards.measured import STATUSES, Reading, Series, Status, catalogued, reading_of, series_of
from dashboards.measures import Level, Measure, measure_of
from dashboards.prints.ground import PrintGround
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

__all__ = ["STATUSES", "Level", "RatioMapData", "ratio_map_data", "shown_data"]

MIXED = "T06"
"""Indicator whose values with and without region-wide actions are two measures."""


@dataclass(frozen=True, slots=True)
class RatioMapData:
    """Everything a map of ratios says.

    Attributes
    ----------
    measure
        What is shown: its words, its unit, its palette.
    level
        Units of the map.
    year
        Year shown.
    rows
        What every unit of the ground bears, by code.
    limits
        Upper limits of all the classes but the last, growing; the same for every year of the series.
    mode
        In publication, secret values are withheld; in a working document they are shown.
    mean, mean_status
        Value of the whole region; None when not known or secret, status None when the region has none.
    fictional
        True when anything shown is fictional.
    coverage
        Share of the reports that came in for the year (G02), 0-1; None when not known.
    names, populations
        Name and inhabitants of every unit, by code.
    series
        Every year of the measure.
    method
        How the limits were chosen.
    """

    measure: Measure
    level: Level
    year: int
    rows: Mapping[str, Reading]
    limits: tuple[float, ...]
    mode: Mode
    mean: float | None
    mean_status: Status | None
    fictional: bool
    coverage: float | None
    names: Mapping[str, str]
    populations: Mapping[str, int | None]
    series: Series
    method: Method = "fixes"
    years: tuple[int, ...] = field(default=())

    @property
    def counts(self) -> Counter[str]:
        """Number of units by class (`0` … ) and by status; the sum is the number of units."""
        return Counter(self.sign(code) for code in self.rows)

    @property
    def top(self) -> float | None:
        """Largest value that is shown, of the years drawn: a secret one would be told by the legend."""
        years = self.years or (self.year,)
        shown = [self.rows] if not self.years else [self.series.readings[year] for year in years]
        values = (row.value or 0.0 for rows in shown for row in rows.values() if row.status == "value")
        return max(values, default=None)

    @property
    def diverging(self) -> bool:
        """True when the classes stand around a reference value."""
        return self.measure.palette == "diverging"

    def sign(self, code: str) -> str:
        """Return the class of a unit as a digit, or its status."""
        row = self.rows[code]
        if row.status != "value" or row.value is None:
            return row.status
        return str(class_of(row.value, self.limits))


def ratio_map_data(values: Iterable[IndicatorValue], ground: PrintGround, year: int, *,
                   level: Level = "commune", region_wide: bool = False,
                   mode: Mode = "publication") -> RatioMapData:  # fmt: skip
    """Return what map M3, the euros paid per inhabitant, shows.

    Parameters
    ----------
    values
        Values of T06, released in `mode`; those of other years give the limits that the series share.
    ground
        Units drawn.
    year
        Year shown.
    level
        Units.
    region_wide
        True for the run with region-wide actions, False for the one without them.
    mode
        Mode of the values.
    """
    measure = measure_of(f"{MIXED}-region" if region_wide else MIXED)
    if measure is None:
        raise LookupError(MIXED)
    return measured_data(values, measure, ground, year, level=level, mode=mode)


def measured_data(values: Iterable[IndicatorValue], measure: Measure, ground: PrintGround, year: int, *,
                  level: Level, mode: Mode, method: Method = "fixes") -> RatioMapData:  # fmt: skip
    """Return what the map of a measure of the evaluation shows; see `ratio_map_data`."""
    told = [value for value in values if _is(value, measure)]
    found = catalogued(told, (measure,))
    years = {int(v.params["year"]) for v in told if v.params.get("year", "").isdecimal()} | {year}
    series = series_of(measure, level, found, sorted(ground.units(level)), years, mode)
    whole = next(
        (v for v in told if v.params.get("level") == "R" and v.params.get("year") == str(year)), None
    )
    data = shown_data(series, ground, year, mode, method=method)
    mean = reading_of(whole, mode) if whole is not None else None
    return _with_mean(data, mean, whole.coverage if whole else _coverage(told, year))


def shown_data(series: Series, ground: PrintGround, year: int, mode: Mode, *,
               method: Method = "fixes") -> RatioMapData:  # fmt: skip
    """Return what the map of a year of a series shows, without a value of the region."""
    level = series.level
    return RatioMapData(
        measure=series.measure,
        level=level,
        year=year,
        rows=dict(series.readings[year]),
        limits=series.limits(method),
        mode=mode,
        mean=None,
        mean_status=None,
        fictional=series.fictional,
        coverage=None,
        names=ground.unit_names(level),
        populations=ground.populations if level == "commune" else {},
        series=series,
        method=method,
    )


def _with_mean(data: RatioMapData, mean: Reading | None, coverage: float | None) -> RatioMapData:
    return replace(
        data, mean=mean.value if mean else None, mean_status=mean.status if mean else None, coverage=coverage
    )


def _is(value: IndicatorValue, measure: Measure) -> bool:
    return (
        value.indicator == measure.indicator
        and value.measure == measure.measure
        and all(value.params.get(name) == text for name, text in measure.params.items())
    )


def _coverage(values: Sequence[IndicatorValue], year: int) -> float | None:
    """Return the share of reports behind the values of a year, where they all say the same."""
    told = {value.coverage for value in values if value.params.get("year") == str(year)}
    return told.pop() if len(told) == 1 else None
