"""The portrait of a territory of any kind: who it is, four figures beside its likes, and who acts there."""

import math
from dataclasses import dataclass
from typing import Final

from dashboards import view_data, words
from dashboards.measured import Reading, Series, status_words
from dashboards.measures import COUNTED, Level, Measure, measure_of
from dashboards.sheets.subject import Subject, subject_of
from dashboards.territory_series import TerritorySeries
from dashboards.territory_units import units_of
from graphmodel.evaluation import Evaluation

COMPUTING: Final = "calcul des indicateurs en cours"
PEERS: Final[dict[str, Level]] = {
    "commune": "commune", "epci": "epci", "departement": "departement",
    "syndicat_mixte": "epci", "pnr": "epci", "authority": "epci",
}  # fmt: skip
"""Units each kind of territory is laid beside."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a territory stands among its likes: places from 0 to 1, and the words of the ends.

    Attributes
    ----------
    marks
        One a territory whose value is shown.
    own, middle
        Its own place, and that of the median; None when it has no value.
    low, high, said
        Words of the ends, and of the median.
    """

    marks: tuple[float, ...]
    own: float | None
    middle: float | None
    low: str
    high: str
    said: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures: title, number and what follows it, or « – » and the reason."""

    title: str
    value: str
    unit: str
    reason: str = ""
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class YearBar:
    """The value of a year on the scale of all the years, 0 to 1; `length` None when there is no value."""

    year: int
    shown: str
    length: float | None
    current: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """An operator of the actions located there: name, codes of the actions, seat there (None: unknown)."""

    key: str
    id: str
    name: str
    actions: tuple[str, ...]
    inside: bool | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything the profile of a territory says.

    Attributes
    ----------
    code, name, about, communes
        The territory; what it is, its communes and inhabitants; codes of the communes.
    party, zrr, quarters
        Signed the contract; communes classed in ZRR; number of priority neighbourhoods.
    figures, bars, bars_title
        Value, actions, neighbourhoods reached; the value year by year.
    actors
        Who acts there, most actions first.
    crossings
        Partner perimeters it crosses or lies in: (selection of the pair, words).
    """

    code: str
    name: str
    about: str
    communes: frozenset[str]
    party: bool
    zrr: int
    quarters: int
    figures: tuple[Figure, ...]
    bars: tuple[YearBar, ...]
    actors: tuple[Actor, ...]
    crossings: tuple[tuple[str, str], ...]


def portrait_of(
    told: TerritorySeries, code: str, measure: Measure, year: int, evaluation: Evaluation | None
) -> Portrait:
    """Return the portrait of a territory.

    Parameters
    ----------
    told
        Measures of the snapshot.
    code
        Code of the territory, of any kind.
    measure, year
        What the page shows.
    evaluation
        The indicators; None while they are computed.

    Raises
    ------
    UsageError
        When no territory has this code, or several do.
    """
    subject = subject_of(told.graph, code)
    here = Here(told, subject, evaluation)
    quarters = told.quarters_in(subject)
    second = measure_of("T11") if measure is COUNTED else COUNTED
    third = measure_of("T01") if measure.id == "T02" else measure_of("T02")
    assert second is not None
    assert third is not None
    return Portrait(
        code=subject.code,
        name=here.name,
        about=_about(subject, here),
        communes=subject.communes,
        # The graph may hold another vintage of the same territory.
        party=subject.party or subject.code in told.partners,
        zrr=len(subject.communes & set(told.signs.zrr)),
        quarters=quarters,
        figures=tuple(here.figure(one, year) for one in (measure, second, third)),
        bars=_bars(here, measure, year),
        actors=_actors(told, subject, year),
        crossings=told.crossings_of(subject),
    )


class Here:
    """The values of one territory and of its likes.

    Parameters
    ----------
    told, subject, evaluation
        Measures of the snapshot, the territory, the indicators (None while they are computed).
    """

    def __init__(self, told: TerritorySeries, subject: Subject, evaluation: Evaluation | None) -> None:
        self.told, self.subject, self.evaluation = told, subject, evaluation
        self.level = PEERS.get(subject.level)
        self.unit = units_of(self.level).get(subject.code) if self.level == subject.level else None
        self.name = self.unit.short if self.unit is not None else subject.name

    def series(self, measure: Measure) -> Series | None:
        """Return the measure of its likes; None when it is not known for them, or not yet."""
        if self.level is None or self.level not in measure.levels:
            return None
        return self.told.series(measure, self.level, self.evaluation)

    def reading(self, measure: Measure, year: int) -> Reading:
        """Return its value in a year, or why there is none."""
        if not self.subject.communes:
            return Reading(None, "no_data", "périmètre inconnu")
        if measure is COUNTED:
            if year not in self.told.reported:
                return Reading(None, "no_data", "bilan non reçu")
            count = len(self.told.located_in(year, self.subject))
            return Reading(float(count), "value" if count else "zero")
        if measure.needs_indicators and self.evaluation is None:
            return Reading(None, "no_data", COMPUTING)
        if self.level is None or self.level not in measure.levels:
            kind = words.LEVELS.get(self.subject.level, (self.subject.level,))[0]
            return Reading(None, "no_data", f"cette mesure n’est pas calculée par {kind}")
        series = self.series(measure)
        own = series.readings.get(year, {}).get(self.subject.code) if series is not None else None
        if own is None and self.evaluation is not None:
            return self.told.reading(measure, self.subject.code, year, self.evaluation)
        return own or Reading(None, "no_data")

    def figure(self, measure: Measure, year: int) -> Figure:
        """Return the figure of a measure, with its place among its likes."""
        reading, series = self.reading(measure, year), self.series(measure)
        title = words.typeset(f"{measure.name}, {year}")
        if reading.value is None:
            reason = reading.reason or status_words(reading)
            return Figure(title, "–", words.NOT_COMPUTABLE, reason, None)
        strip = _strip(series, measure, year, reading.value) if series is not None else None
        note = "couvert par le secret : ne pas publier" if reading.covered else ""
        unit = measure.unit_of(reading.value)
        if measure is COUNTED:
            unit = f"sur {words.number(len(self.told.places(year, 'commune').located))} localisées"
        return Figure(title, measure.number(reading.value), unit, words.typeset(note), strip)


def _about(subject: Subject, here: Here) -> str:
    level = words.LEVELS.get(subject.level, (subject.level,))[0]
    parts = [here.unit.kind if here.unit is not None else level[:1].upper() + level[1:]]
    if len(subject.communes) > 1:
        parts.append(words.counted(len(subject.communes), "commune"))
    elif not subject.communes:
        parts.append("périmètre inconnu")
    elif subject.level == "qpv":
        parts.append(", ".join(units_of("commune")[one].name for one in subject.communes))
    people = subject.population
    parts.append("population inconnue" if people is None else f"{words.number(people)}{words.NBSP}hab.")
    return " · ".join(parts)


def _strip(series: Series, measure: Measure, year: int, own: float) -> Strip | None:
    """Return the places of all, the square root spreading the small values that most have."""
    values = [r.value for r in series.readings.get(year, {}).values() if r.value is not None]
    if len(values) < 3:
        return None
    low, high = min(*values, own), max(*values, own)
    if high == low:
        return None

    def place(value: float) -> float:
        return round(math.sqrt((value - low) / (high - low)), 4)

    middle = series.middle(year)
    said = f"médiane{words.NBSP}{measure.number(middle)}" if middle is not None else "médiane non montrée"
    marks = tuple(sorted({place(value) for value in values}))
    return Strip(
        marks,
        place(own),
        None if middle is None else place(middle),
        measure.number(low),
        measure.number(high),
        said,
    )


def _bars(here: Here, measure: Measure, current: int) -> tuple[YearBar, ...]:
    readings = {year: here.reading(measure, year) for year in here.told.years}
    most = max((one.value or 0.0 for one in readings.values()), default=0.0)
    return tuple(
        YearBar(
            year,
            measure.number(one.value) if one.value is not None else status_words(one),
            None if one.value is None else (one.value / most if most else 0.0),
            year == current,
        )
        for year, one in readings.items()
    )


def _actors(told: TerritorySeries, subject: Subject, year: int) -> tuple[Actor, ...]:
    graph = told.graph
    codes = told.located_in(year, subject)
    names, identifiers = view_data.short_actor_names(graph), graph.nodes("Organisation")["id"]
    seats = told.seats
    found = []
    for key, actions in told.operators(year, codes).items():
        places = seats.get(key)
        inside = None if not places else bool(places & _seat_marks(subject))
        found.append(
            Actor(key, str(identifiers[key]), names[key], tuple(view_data.codes_in_order(actions)), inside)
        )
    return tuple(sorted(found, key=lambda one: (-len(one.actions), one.name)))


def _seat_marks(subject: Subject) -> frozenset[str]:
    return frozenset({subject.key}) if subject.level == "qpv" else subject.communes
