"""Any view of a measure of the territories, printed: flat classes for a ratio, circles for a count."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from dashboards import view_data, words
from dashboards.asked_view import asked_level, asked_measure, asked_years
from dashboards.maps import facts
from dashboards.measured import Reading, Series, catalogued, counted_series, series_of
from dashboards.measures import Level, Measure
from dashboards.prints import furniture
from dashboards.prints.actions_data import Sign, UnitCount, partner_units
from dashboards.prints.actions_legend import sign_swatch, sizes_block
from dashboards.prints.blocks import Block, Row, Rows, Section
from dashboards.prints.circles_map import Circles, draw_circles_map
from dashboards.prints.content import Content, Request, population_words
from dashboards.prints.ground import PrintGround
from dashboards.prints.ratio_data import measured_data
from dashboards.prints.ratio_legend import UNITS, edge_rows
from dashboards.prints.ratio_map import draw_ratio_map
from dashboards.prints.series_map import draw_series_map, series_words
from dashboards.prints.zonings_data import zonings_map_data
from dashboards.prints.zonings_legend import zoning_words
from geodata.territories import load_reference
from graphmodel import ContractGraph, UsageError

_SIGNS: Mapping[Sign, str] = {
    "partner": "partie au contrat", "other": "autre territoire", "zero": "zéro", "no_data": "pas de donnée",
    "secret": "secret : moins de 3 structures",
}  # fmt: skip

_WARNING = (
    "Un disque plus grand ne dit pas un effet ; un territoire plus peuplé a plus de tout. Ne pas "
    "additionner : une action présente en deux lieux compte dans chacun."
)


def view_content(asked: Request) -> Content:
    """Return the view of a measure.

    Raises
    ------
    UsageError
        An unknown measure, a level it is not known for, a year without reports, a series of circles.
    """
    measure = asked_measure(asked.options.measure)
    level, year = asked_level(measure, asked.options.level), asked_years(asked.graph, asked.options.year)[-1]
    return (_ratio if measure.nature == "ratio" else _counts)(asked, measure, level, year)


def _ratio(asked: Request, measure: Measure, level: Level, year: int) -> Content:
    ground, options = asked.ground, asked.options
    data = measured_data(asked.values(measure.indicator or ""), measure, ground, year, level=level,
                         mode=options.mode, method=options.classes)  # fmt: skip
    title = f"{measure.name}, par {UNITS[level][0]}"
    if options.series:
        years = asked_years(asked.graph, None)
        return Content(
            title=f"{title} : {series_words(years)}",
            about=f"{measure.about} · mêmes limites de classe chaque année",
            fictional=data.fictional,
            sources=(_source(asked, measure, years, fictional=data.fictional),),
            draw=lambda page, layout: draw_series_map(page, layout, data, ground, years),
            insets=0,
            ground_words=population_words(ground),
        )
    zonings = zonings_map_data(asked.graph, ground)
    drawn = zonings if options.zonings else None
    shown = zonings.shown if drawn is not None else ()
    listed = (f"Zonages : {' ; '.join(map(zoning_words, shown))}.",) if shown else ()
    return Content(
        title=f"{title}, en {year}",
        about=measure.about,
        fictional=data.fictional,
        sources=(_source(asked, measure, (year,), fictional=data.fictional), *listed),
        draw=lambda page, layout: draw_ratio_map(page, layout, data, ground, drawn),
        insets=2 if drawn is not None and zonings.quarters else 0,
        zonings=shown,
        ground_words=population_words(ground),
    )


def _counts(asked: Request, measure: Measure, level: Level, year: int) -> Content:
    ground, options = asked.ground, asked.options
    if options.series or options.zonings or options.classes != "fixes":
        raise UsageError(f"« {measure.said} » se dessine en cercles : ni série, ni classes, ni zonages.")
    series = count_series(asked, measure, level)
    circles = circles_of(asked.graph, series, ground, year)
    return Content(
        title=f"{measure.name}, par {UNITS[level][0]}, en {year}",
        about=f"{measure.about} · cercles à la même échelle chaque année",
        fictional=series.fictional,
        sources=(_source(asked, measure, (year,), fictional=series.fictional),),
        draw=lambda page, layout: draw_circles_map(
            page, layout, circles, ground, lambda _, shown: _legend(shown, series, year)
        ),
        insets=1,
        below=60.4,
        ground_words=population_words(ground),
    )


def count_series(asked: Request, measure: Measure, level: Level) -> Series:
    """Return the counts of a measure of every year: from the evaluation, or counted on the graph."""
    codes, years = sorted(asked.ground.units(level)), asked_years(asked.graph, None)
    if measure.indicator is not None:
        found = catalogued(asked.values(measure.indicator), (measure,))
        return series_of(measure, level, found, codes, years, asked.options.mode)
    resolver = facts.Resolver(asked.graph, load_reference())
    counts: dict[int, dict[str, int]] = {}
    for year in years:
        places = facts.places_of(asked.graph, year, resolver, dict(asked.ground.epci_of))
        if level == "departement":
            inside: defaultdict[str, set[str]] = defaultdict(set)
            for commune, actions in places.by_commune.items():
                inside[commune[:2]].update(actions)
            counts[year] = {code: len(actions) for code, actions in inside.items()}
        else:
            by_unit = places.by_epci if level == "epci" else places.by_commune
            counts[year] = {code: len(actions) for code, actions in by_unit.items()}
    return counted_series(measure, level, counts, codes, years, fictional=asked.graph.fictional)


def circles_of(graph: ContractGraph, series: Series, ground: PrintGround, year: int) -> Circles:
    """Return what the map of circles of a year draws, to the scale of all the years."""
    names = ground.unit_names(series.level)
    partners = partner_units(graph, facts.Resolver(graph, load_reference()), series.level)
    rows = tuple(
        UnitCount(
            code, names[code], reading.value, _sign(reading, partner=code in partners), code in partners
        )
        for code, reading in sorted(series.readings[year].items())
    )
    sums = [sum(series.positive(one)) for one in series.readings]
    points = {code: shape.representative_point() for code, shape in ground.units(series.level).items()}
    centers = ground.centers if series.level == "epci" else {c: (p.x, p.y) for c, p in points.items()}
    many = series.level == "commune"
    if many:
        rows = tuple(replace(row, partner=False) for row in rows)
    return Circles(rows, series.largest, max(sums, default=0.0), centers, zeros=not many,
                   number=number_of(series.measure))  # fmt: skip


def number_of(measure: Measure) -> Callable[[float | None], str]:
    """Return what writes a value beside its circle: amounts in thousands of euros."""

    def said(value: float | None) -> str:
        if value is None:
            return words.NOT_COMPUTABLE
        if measure.kind == "euros":
            small = 0 < value < 10_000
            return f"{words.number(value / 1000, 1 if small else 0)} k€"
        return measure.number(value)

    return said


def _sign(reading: Reading, *, partner: bool) -> Sign:
    if reading.status == "value":
        return "partner" if partner else "other"
    return reading.status


def _legend(circles: Circles, series: Series, year: int) -> list[Block]:
    counts = {sign: sum(row.sign == sign for row in circles.rows) for sign in _SIGNS}
    rows = [
        Row(None if sign == "zero" and not circles.zeros else sign_swatch(sign),
            said + (", non dessiné" if sign == "zero" and not circles.zeros else ""), counts[sign])
        for sign, said in _SIGNS.items() if counts[sign]
    ]  # fmt: skip
    total = f"Total : {words.counted(len(circles.rows), *UNITS[series.level])}."
    name = series.measure.name
    sizes: Block = (
        sizes_block(name, circles, circles.number)
        if circles.largest
        else Section(name, "Aucun disque : aucune valeur ne peut être montrée.")
    )
    edges = tuple(edge_rows(furniture.EDGES[:2]))
    return [
        sizes,
        Rows(UNITS[series.level][1].capitalize() if series.level != "epci" else "EPCI", tuple(rows),
             foot=total, step=4.4, swatch=4.0),
        Rows("", edges, step=3.8, gap=0.6),
        Section("Lecture", _reading(circles, series, year)),
        Section("Ne pas conclure", _WARNING),
    ]  # fmt: skip


def _reading(circles: Circles, series: Series, year: int) -> str:
    """Return a sentence that reads the largest circle."""
    shown = [row for row in circles.rows if row.value and row.sign in ("partner", "other")]
    if not shown:
        return "Aucune valeur ne peut être montrée."
    row = max(shown, key=lambda one: (one.value or 0, one.code))
    said = " (fictif)" if series.fictional else ""
    return f"{row.name} : {series.measure.told(row.value or 0)} en {year}{said}."


def _source(asked: Request, measure: Measure, years: tuple[int, ...], *, fictional: bool) -> str:
    origin = " (jeu de démonstration fictif)" if fictional else ""
    reports = [view_data.reports_of(asked.graph, year) for year in years]
    received, due = sum(one.received for one in reports), sum(one.due for one in reports)
    span = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}"
    coverage = f", {received} reçus sur {due}" if due else ""
    about = f" ({measure.indicator})" if measure.indicator else ""
    return f"Source : bilans annuels {span} des opérateurs{origin}{coverage}{about}."
