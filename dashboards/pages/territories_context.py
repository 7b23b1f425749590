"""What « Territoires » shows for a measure, a year and a level: a declared context, without a browser."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dashboards import view_data, words
from dashboards.class_limits import METHODS, Method, class_of
from dashboards.maps.communes import boundary_words
from dashboards.maps.ground import ground_data
from dashboards.maps.territories import MAP_PATH, SHOWN_FIRST, SIGNS, map_level
from dashboards.measured import Series, status_words
from dashboards.measures import COUNTED, LEVEL_NAMES, MEASURES, Level, Measure, measure_of
from dashboards.pages.page import Settings, layers_of, year_of
from dashboards.territory_series import series_of_graph
from dashboards.territory_units import units_of
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation

_LAST = {"value": 0, "zero": 1, "secret": 2, "no_data": 3}
"""Order of the table: what has a value, then what stands in its place, in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    code, name, full_name, where
        Unit, its short and full names, its départements.
    value, shown, reason
        Value (None when there is none), how it is written, and what stands in its place.
    share
        Length of its bar, 0 to 1.
    actions
        Number of actions of the year; None when nothing is known of the year.
    population
        Inhabitants; None when not known.
    """

    code: str
    name: str
    full_name: str
    where: str
    value: float | None
    shown: str
    reason: str
    share: float
    actions: int | None
    population: int | None


@dataclass(frozen=True, slots=True)
class TerritoriesContext:
    """Everything the page shows, the portrait of a territory apart.

    Attributes
    ----------
    measure, year, level, method, layers
        What was chosen; `year` None when the contract has none.
    years
        Years that can be chosen.
    series
        The measure at the level; None while its indicators are computed.
    rows, sentence
        Table; reading sentence, as texts and whether each is strong.
    sources, version, fictional, notices
        Source line, marker of the store's version for caches, badge, what the address asked for in vain.
    selection
        What the address selects: code of a territory, or two joined by `*`; empty for none.
    """

    measure: Measure
    year: int | None
    level: Level
    method: Method
    layers: tuple[str, ...]
    years: tuple[int, ...]
    series: Series | None
    rows: tuple[Row, ...]
    sentence: tuple[tuple[str, bool], ...]
    sources: tuple[str, ...]
    version: str
    fictional: bool
    notices: tuple[str, ...] = ()
    selection: str = ""

    @property
    def title(self) -> str:
        """Question of the page."""
        return self.measure.asked(self.year) if self.year is not None else "Où va l’argent du contrat ?"

    @property
    def about(self) -> str:
        """What stands beside the question."""
        return words.typeset(f"{self.measure.name}, {self.measure.about}")

    @property
    def back(self) -> str:
        """Words of the way back to the list: « Les 126 EPCI »."""
        count = len(units_of(self.level))
        return f"Les {words.number(count)} {words.LEVELS[self.level][1]}"

    @property
    def map_source(self) -> str:
        """Address of the map's page."""
        asked = {
            "mesure": self.measure.id, "an": self.year or "", "niveau": self.level, "classes": self.method,
            "v": self.version,
        }  # fmt: skip
        return f"{MAP_PATH}?{urlencode(asked)}"

    @property
    def known(self) -> bool:
        """False when no unit has a value this year, be it secret: the map would be a blank."""
        if self.series is None or self.year is None:
            return False
        return any(one.status != "no_data" for one in self.series.readings.get(self.year, {}).values())


def context_of(
    graph: ContractGraph, settings: Settings, evaluation: Evaluation | None = None
) -> TerritoriesContext:
    """Return what the page shows; settings that mean nothing here are ignored and named.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    settings
        Settings of the address.
    evaluation
        The indicators, in the mode of the pages; None while they are computed.
    """
    told = series_of_graph(graph)
    notices: list[str] = []
    year = year_of(graph, settings, notices)
    asked_level = map_level(settings.get("niveau", "epci"))
    if asked_level is None:
        notices.append(words.unknown_setting(settings["niveau"]))
    level: Level = asked_level or "epci"
    measure = _measure(graph, settings, evaluation, level, notices)
    if level not in measure.levels:
        notices.append(_no_level(measure, level))
        level = measure.levels[0]
    series = told.series(measure, level, evaluation) if year is not None else None
    actions = told.actions(year, level) if year is not None and year in told.reported else None
    rows = _rows(series, year, actions) if series is not None and year is not None else ()
    return TerritoriesContext(
        measure=measure,
        year=year,
        level=level,
        method=_method(settings, notices),
        layers=layers_of(settings, [name for name, _ in SIGNS], SHOWN_FIRST, notices),
        years=told.years,
        series=series,
        rows=rows,
        sentence=_sentence(series, year) if series is not None and year is not None else (),
        sources=sources_of(graph, year, series),
        version=f"{graph.version.number}-{graph.version.marker}",
        fictional=graph.fictional,
        notices=tuple(notices),
        selection=settings.get("sel", ""),
    )


def _no_level(measure: Measure, level: Level) -> str:
    shown = LEVEL_NAMES[measure.levels[0]]
    return words.typeset(
        f"« {measure.name} » n’est pas connu par {words.LEVELS[level][0]} : {shown} affichés."
    )


def _measure(
    graph: ContractGraph, settings: Settings, evaluation: Evaluation | None, level: Level, notices: list[str]
) -> Measure:
    asked = settings.get("mesure")
    if asked is not None:
        found = measure_of(asked)
        if found is not None:
            return found
        notices.append(words.unknown_setting(asked))
    # The first measure is money; a publication may have none of it to show.
    first = series_of_graph(graph).series(MEASURES[0], level, evaluation)
    return MEASURES[0] if first is not None and first.largest else COUNTED


def _method(settings: Settings, notices: list[str]) -> Method:
    asked = settings.get("classes", "fixes")
    for name, _, _ in METHODS:
        if name == asked:
            return name
    notices.append(words.unknown_setting(asked))
    return "fixes"


def _rows(series: Series, year: int, actions: object) -> tuple[Row, ...]:
    units, measure, largest = units_of(series.level), series.measure, max(series.positive(year), default=0.0)
    rows = []
    for code, reading in series.readings.get(year, {}).items():
        unit = units[code]
        value = reading.value
        here = len(actions.get(code, ())) if isinstance(actions, dict) else None
        shown = measure.number(value) if value is not None else words.SECRET
        if reading.status == "no_data":
            shown = words.NO_DATA
        rows.append(
            Row(
                code,
                unit.short,
                unit.name,
                unit.where,
                value,
                shown,
                "" if value is not None else status_words(reading),
                value / largest if value and largest else 0.0,
                here,
                unit.population,
            )
        )
    order = {code: _LAST[reading.status] for code, reading in series.readings.get(year, {}).items()}
    return tuple(sorted(rows, key=lambda row: (order[row.code], -(row.value or 0.0), row.name, row.code)))


def _sentence(series: Series, year: int) -> tuple[tuple[str, bool], ...]:
    """Return the facts of a year as one or two sentences: (text, strong)."""
    readings = series.readings.get(year, {})
    counts = series.counts(year)
    plural = words.LEVELS[series.level][1]
    total = len(readings)
    unmeasured = counts["no_data"] + counts["secret"]
    if unmeasured == total:
        reasons = sorted({status_words(reading) for reading in readings.values()})
        return (
            (f"Aucun des {words.number(total)} {plural} ne peut être mesuré", True),
            (f" ({'; '.join(reasons)}).", False),
        )
    least = _least(series, year, counts)
    most = _most(series, year, total - unmeasured, secret=bool(counts["secret"]))
    # Without a first part, the second begins the sentence.
    said = [*most, *least] if most else least[1:]
    middle = series.middle(year)
    if middle is not None:
        said += [(f". Médiane{words.NBSP}: ", False), (series.measure.brief(middle), True)]
    return tuple((words.typeset(text), strong) for text, strong in [*said, (".", False)])


def _most(series: Series, year: int, measured: int, *, secret: bool) -> list[tuple[str, bool]]:
    """Return how many are in the highest class, or have any, out of those that are measured.

    Nothing where secrecy leaves no positive value: those that are left say nothing of the others.
    """
    plural, measure, limits = words.LEVELS[series.level][1], series.measure, series.limits()
    values = series.positive(year)
    if secret and not values:
        return []
    out_of = _out_of(series, measured, secret=secret)
    if measure.nature == "count" or not limits:
        return [(words.number(len(values)), True), (f" {plural} {out_of} ont {_some(measure)}", False)]
    top = sum(class_of(value, limits) == len(limits) for value in values)
    return [(words.number(top), True), (f" {plural} {out_of} atteignent {measure.told(limits[-1])}", False)]


def _out_of(series: Series, measured: int, *, secret: bool) -> str:
    """Return « sur 126 », « sur 17 mesurés » when some are not, « sur 17 montrés » when some are secret."""
    if measured == len(units_of(series.level)):
        return f"sur {words.number(measured)}"
    said = "montré" if secret else "mesuré"
    return f"sur {words.number(measured)} {said}{'es' if series.level == 'commune' else 's'}"


def _some(measure: Measure) -> str:
    return (
        "reçu quelque chose"
        if measure.kind == "euros"
        else f"au moins un{'e' if measure is COUNTED else ''} {measure.unit.split('|')[0]}"
    )


def _least(series: Series, year: int, counts: dict[str, int]) -> list[tuple[str, bool]]:
    """Return how many have zero, and how many cannot be measured and why."""
    said: list[tuple[str, bool]] = []
    if counts["zero"]:
        said += [(" ; ", False), (f"{words.number(counts['zero'])} {series.measure.zero}", True)]
    lost = counts["no_data"] + counts["secret"]
    if lost:
        why = _missing(series, year, counts["no_data"], alone=not counts["secret"])
        why += [f"{words.number(counts['secret'])} au secret"] if counts["secret"] else []
        done = "mesuré" if counts["no_data"] else "montré"
        agreed = words.plural(lost, f"{done}e" if series.level == "commune" else done)
        can = "ne peut pas être" if lost == 1 else "ne peuvent pas être"
        said += [
            (" et ", False),
            (f"{words.number(lost)} {can} {agreed}", True),
            (f" ({', '.join(why)})", False),
        ]
    return said


def _missing(series: Series, year: int, count: int, *, alone: bool) -> list[str]:
    """Return why values are not there: the reason they share when nothing is secret, else how many."""
    if not count:
        return []
    reasons = {one.reason for one in series.readings.get(year, {}).values() if one.status == "no_data"}
    return [reasons.pop()] if alone and len(reasons) == 1 else [f"{words.number(count)} sans donnée"]


def sources_of(graph: ContractGraph, year: int | None, series: Series | None) -> tuple[str, ...]:
    """Return the source line: sources, n, vintages of the boundaries."""
    parts = list(view_data.source_parts(graph, year))
    if series is not None and year is not None:
        known = sum(one.value is not None for one in series.readings.get(year, {}).values())
        measured = "mesurées" if series.level == "commune" else "mesurés"
        plural = words.LEVELS[series.level][1]
        parts.insert(1, words.typeset(f"n = {words.number(known)} {plural} {measured}"))
    parts[2:2] = boundary_words(ground_data())[:1]
    return tuple(parts)


def table_records(context: TerritoriesContext) -> list[dict[str, object]]:
    """Return the rows of the table as the grid reads them."""
    return [
        {
            "code": row.code, "name": row.name, "full_name": row.full_name, "where": row.where,
            "value": row.value, "shown": row.shown, "reason": row.reason or row.full_name,
            "share": round(row.share, 4), "actions": row.actions,
            "said_actions": words.number(row.actions) if row.actions is not None else words.NO_DATA,
            "population": row.population,
            "people": words.number(row.population) if row.population is not None else "inconnue",
        }
        for row in context.rows
    ]  # fmt: skip
