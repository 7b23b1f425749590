"""What map M3 shows: euros paid per inhabitant by commune or EPCI (T06). No drawing here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboards.class_limits import class_of, limits_of
from dashboards.measured import Reading, Status, reading_of
from dashboards.measures import LETTERS
from dashboards.prints.ground import PrintGround
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

Level = Literal["commune", "epci"]
"""Units of the map."""


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
    rows: Mapping[str, Reading]
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
        return str(class_of(row.value, self.limits))


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
    rows = {code: reading_of(shown.get(code), mode) for code in sorted(units)}
    whole = next((v for v in told if v.params["level"] == "R" and v.params["year"] == str(year)), None)
    mean = reading_of(whole, mode)
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
