"""What map M3 shows: euros paid per inhabitant by commune or EPCI (T06). No drawing here."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dashboards.prints.ground import PrintGround
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

Level = Literal["commune", "epci"]
"""Units of the map."""
Status = Literal["value", "zero", "no_data", "secret"]
"""What a unit bears: a class of the palette, or one of three grounds that are no class."""
STATUSES: Final[tuple[Status, ...]] = ("zero", "no_data", "secret")
CLASSES: Final = 5
LETTERS: Final[Mapping[Level, str]] = {"commune": "K", "epci": "E"}
"""Levels as the indicators name them."""
_STEPS: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Numbers that are easy to say; a limit is one of them times a power of ten."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """The value of a unit: None unless its status is `value` or `zero`."""

    value: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class RatioMapData:
    """Everything map M3 says.

    Attributes
    ----------
    level
        Units of the map.
    year
        Year of the payments.
    rows
        Value of every unit of the ground, by code.
    limits
        Upper limits of all the classes but the last, growing; the same for every year of the series.
    region_wide
        True when the amounts of region-wide actions are in.
    mode
        In publication, secret values are withheld; in a working document they are shown.
    mean, mean_status
        Euros per inhabitant of the whole region; None when not known or secret.
    fictional
        True when anything shown is fictional.
    coverage
        Share of the reports that came in for the year (G02), 0-1; None when not known.
    names, populations
        Name and inhabitants of every unit, by code.
    """

    level: Level
    year: int
    rows: Mapping[str, Ratio]
    limits: tuple[float, ...]
    region_wide: bool
    mode: Mode
    mean: float | None
    mean_status: Status
    fictional: bool
    coverage: float | None
    names: Mapping[str, str]
    populations: Mapping[str, int | None]

    @property
    def counts(self) -> Counter[str]:
        """Number of units by class (`0` … ) and by status; the sum is the number of units."""
        return Counter(self.sign(code) for code in self.rows)

    @property
    def top(self) -> float | None:
        """Largest value that is shown: a secret one would be told by the legend."""
        return max((row.value or 0.0 for row in self.rows.values() if row.status == "value"), default=None)

    def sign(self, code: str) -> str:
        """Return the class of a unit as a digit, or its status."""
        row = self.rows[code]
        if row.status != "value" or row.value is None:
            return row.status
        return str(sum(row.value >= limit for limit in self.limits))


def ratio_map_data(values: Iterable[IndicatorValue], ground: PrintGround, year: int, *,
                   level: Level = "commune", region_wide: bool = False,
                   mode: Mode = "publication") -> RatioMapData:  # fmt: skip
    """Return what map M3 shows.

    Parameters
    ----------
    values
        Values of T06, released in `mode`; those of other years give the limits that the series share.
    ground
        Communes and EPCI drawn.
    year
        Year shown.
    level
        Units.
    region_wide
        True for the run with region-wide actions, False for the one without them.
    mode
        Mode of the values.
    """
    run = "with" if region_wide else "without"
    told = [
        value
        for value in values
        if value.measure == "per_inhabitant" and value.params.get("ubiquitous") == run
    ]
    own = [value for value in told if value.params["level"] == LETTERS[level]]
    shown = {value.params["territory"]: value for value in own if value.params["year"] == str(year)}
    units = ground.communes if level == "commune" else ground.epci
    rows = {code: _ratio(shown.get(code), mode) for code in sorted(units)}
    whole = next((v for v in told if v.params["level"] == "R" and v.params["year"] == str(year)), None)
    mean = _ratio(whole, mode)
    positive = [v.value for v in own if v.value is not None and v.value > 0]
    return RatioMapData(
        level=level,
        year=year,
        rows=rows,
        limits=limits_of(positive),
        region_wide=region_wide,
        mode=mode,
        mean=mean.value,
        mean_status=mean.status,
        fictional=any(value.fictional for value in shown.values()),
        coverage=whole.coverage if whole else None,
        names=ground.commune_names if level == "commune" else ground.epci_names,
        populations=ground.populations if level == "commune" else {},
    )


def _ratio(value: IndicatorValue | None, mode: Mode) -> Ratio:
    if value is None:
        return Ratio(None, "no_data")
    if mode == "publication" and value.secrecy not in (None, "V"):
        return Ratio(None, "secret")
    if value.value is None:
        return Ratio(None, "no_data")
    return Ratio(float(value.value), "value" if value.value > 0 else "zero")


def limits_of(values: Sequence[float], classes: int = CLASSES) -> tuple[float, ...]:
    """Return limits near the quantiles of positive values, each a number that is easy to say.

    Parameters
    ----------
    values
        Positive values of all the years of a series together.
    classes
        Number of classes wanted; there are fewer where the values are few or alike.

    Examples
    --------
    >>> limits_of([0.1 * rank for rank in range(1, 101)])
    (2.0, 4.0, 6.0, 8.0)
    """
    ordered = sorted(values)
    found: list[float] = []
    for rank in range(1, classes):
        at = min(len(ordered) - 1, math.ceil(rank * len(ordered) / classes) - 1)
        if at < 0:
            continue
        limit = easy(ordered[at])
        if ordered[0] < limit <= ordered[-1] and (not found or limit > found[-1]):
            found.append(limit)
    return tuple(found)


def easy(value: float) -> float:
    """Return the number that is easy to say nearest to a positive value, as a ratio.

    >>> easy(0.0312), easy(1.09), easy(970)
    (0.03, 1.0, 1000.0)
    """
    power = math.floor(math.log10(value))
    choices = [step * 10.0**p for p in (power, power + 1) for step in _STEPS]
    best = min(choices, key=lambda choice: abs(math.log(choice / value)))
    return round(best, max(0, 2 - power))
