"""The values of a measure of territories: a number, zero, no data with its reason, or secret."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from dashboards import words
from dashboards.class_limits import Method, class_of, limits_by
from dashboards.measures import LETTERS, MEASURES, Level, Measure
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

Status = Literal["value", "zero", "no_data", "secret"]
"""What a unit bears: a class of the palette, or one of three grounds that are no class."""
STATUSES: Final[tuple[Status, ...]] = ("zero", "no_data", "secret")
NOT_TOLD: Final = "l’évaluation n’en dit rien"
"""Reason of a unit that no value speaks of."""
SECRET_REASON: Final = "secret statistique"

Found = Mapping[tuple[str, Level], Mapping[int, Mapping[str, IndicatorValue]]]
"""Values of the catalogue by measure and level, then year, then code of the unit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one unit bears.

    Attributes
    ----------
    value
        None unless the status is `value` or `zero`.
    status
        See `Status`.
    reason
        French reason of a value that is not there; empty when it is.
    covered
        True for a value shown in a working document that a publication would keep.
    """

    value: float | None
    status: Status
    reason: str = ""
    covered: bool = False


def reading_of(value: IndicatorValue | None, mode: Mode, missing: str = NOT_TOLD) -> Reading:
    """Return what a unit bears.

    Parameters
    ----------
    value
        Value of the unit, released in `mode`; None when the evaluation has none.
    mode
        In publication, a value that secrecy covers is `secret`, whatever it holds.
    missing
        Reason given when there is no value at all.
    """
    if value is None:
        return Reading(None, "no_data", missing)
    secret = value.secrecy not in (None, "V")
    if mode == "publication" and secret:
        return Reading(
            None, "secret", value.reason if value.value is None and value.reason else SECRET_REASON
        )
    if value.value is None:
        return Reading(None, "no_data", value.reason or missing)
    return Reading(float(value.value), "value" if value.value > 0 else "zero", "", secret)


def catalogued(values: Iterable[IndicatorValue], measures: Iterable[Measure] = MEASURES) -> Found:
    """Return the values of measures, those of the catalogue unless told, in one pass over an evaluation."""
    by_name: dict[tuple[str, str | None], list[Measure]] = {}
    for measure in measures:
        if measure.indicator is not None:
            by_name.setdefault((measure.indicator, measure.measure), []).append(measure)
    levels = {letter: level for level, letter in LETTERS.items()}
    found: dict[tuple[str, Level], dict[int, dict[str, IndicatorValue]]] = {}
    for value in values:
        for measure in by_name.get((value.indicator, value.measure), ()):
            params = value.params
            level, year, code = (
                levels.get(params.get("level", "")),
                params.get("year", ""),
                params.get("territory"),
            )
            if level is None or code is None or not year.isdecimal():
                continue
            if all(params.get(name) == text for name, text in measure.params.items()):
                found.setdefault((measure.id, level), {}).setdefault(int(year), {})[code] = value
    return found


@dataclass(frozen=True, slots=True)
class Series:
    """A measure at one level, every year.

    Attributes
    ----------
    measure, level
        What is measured and of which units.
    readings
        Year, then code of the unit: every unit of the map is there, each year.
    fictional
        True when any value is.
    """

    measure: Measure
    level: Level
    readings: Mapping[int, Mapping[str, Reading]]
    fictional: bool = False

    def positive(self, year: int | None = None) -> list[float]:
        """Return the positive values that are shown, of a year or of all, in order."""
        years = self.readings if year is None else [year]
        every = (reading for one in years for reading in self.readings.get(one, {}).values())
        return sorted(r.value for r in every if r.status == "value" and r.value is not None)

    def limits(self, method: Method = "fixes") -> tuple[float, ...]:
        """Return the limits between classes, the same every year."""
        values = self.positive()
        own = self.measure.limits
        if method == "fixes" and own is not None:
            return tuple(limit for limit in own if values and limit <= values[-1])
        # Shares are written in percent: two more digits make the same number of them.
        decimals = self.measure.decimals + (2 if self.measure.kind == "share" else 0)
        return limits_by(method, values, decimals)

    @property
    def largest(self) -> float:
        """Largest value of all the years, 0 without any: circles are to one scale on every map."""
        return max(self.positive(), default=0.0)

    def signs(self, year: int, method: Method = "fixes") -> dict[str, str]:
        """Return the class of each unit as a digit, or its status."""
        limits = self.limits(method)
        return {
            code: str(class_of(reading.value or 0.0, limits)) if reading.status == "value" else reading.status
            for code, reading in self.readings.get(year, {}).items()
        }

    def counts(self, year: int, method: Method = "fixes") -> Counter[str]:
        """Return the number of units by class (`0` …) and by status; the sum is the number of units."""
        return Counter(self.signs(year, method).values())

    def middle(self, year: int) -> float | None:
        """Return the median of the units whose value is known, zeros included; None without any.

        None too when a value is secret: what is left is no longer the middle of all, zero most often.
        """
        readings = self.readings.get(year, {}).values()
        known = [one.value for one in readings if one.value is not None]
        secret = any(one.status == "secret" for one in readings)
        return median(known) if known and not secret else None


def series_of(
    measure: Measure, level: Level, found: Found, codes: Collection[str], years: Iterable[int], mode: Mode
) -> Series:
    """Return a measure of the evaluation at one level.

    Parameters
    ----------
    measure, level
        What is asked; its `indicator` is not None.
    found
        Values of the catalogue, released in `mode`; see `catalogued`.
    codes
        Units of the map.
    years
        Years of the contract.
    mode
        Mode of the values.
    """
    told = found.get((measure.id, level), {})
    readings = {
        year: {code: reading_of(told.get(year, {}).get(code), mode) for code in codes}
        for year in sorted(years)
    }
    fictional = any(value.fictional for rows in told.values() for value in rows.values())
    return Series(measure, level, readings, fictional)


def counted_series(
    measure: Measure, level: Level, counts: Mapping[int, Mapping[str, int]], codes: Collection[str],
    known: Collection[int], *, fictional: bool,
) -> Series:  # fmt: skip
    """Return the number of actions of each unit; a year of which nothing is known has no data.

    Parameters
    ----------
    measure, level
        What is counted, of which units.
    counts
        Number of actions by year and code; a unit that is not there has none.
    codes
        Units of the map.
    known
        Years of which reports came in.
    fictional
        True when the reports are.
    """
    unknown = Reading(None, "no_data", "bilan non reçu")
    readings = {
        year: {code: _counted(rows.get(code, 0)) if year in known else unknown for code in codes}
        for year, rows in sorted(counts.items())
    }
    return Series(measure, level, readings, fictional)


def _counted(number: int) -> Reading:
    return Reading(float(number), "value" if number else "zero")


def status_words(reading: Reading) -> str:
    """Return what stands in the place of a value: « pas de donnée : bilan non reçu »."""
    if reading.status == "no_data":
        return f"{words.NO_DATA}{words.NBSP}: {reading.reason}" if reading.reason else words.NO_DATA
    if reading.status == "secret":
        return words.typeset(reading.reason or SECRET_REASON)
    return words.ZERO
