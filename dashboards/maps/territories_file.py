"""The map of a measure as a file that stands alone: title, source line, table, and nothing to fetch."""

from collections.abc import Sequence

from dashboards import view_data, words
from dashboards.asked_view import asked_level, asked_measure, asked_years
from dashboards.evaluations import evaluation_of
from dashboards.map_kinds import BY_KIND, MapOptions
from dashboards.maps import elements, legend
from dashboards.maps.communes import boundary_words
from dashboards.maps.offline import OfflineMap
from dashboards.maps.territories import TerritoryMap, territory_map
from dashboards.origin import origin_words
from dashboards.territory_series import map_of, series_of_graph
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation


def view_file(graph: ContractGraph, options: MapOptions, evaluation: Evaluation | None = None) -> OfflineMap:
    """Return the offline map of a view.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    options
        Measure, year, units, way to choose the limits, mode; a page on a screen has no paper.
    evaluation
        Evaluation released in the mode; None takes the one kept on disk where the measure needs it.

    Raises
    ------
    UsageError
        An unknown measure, level or year; an option of paper.
    """
    if options.series or options.grey or options.paper != "a4" or options.orientation is not None:
        raise UsageError("Une page .html n’a ni papier, ni gris, ni série : choisir .png, .svg ou .pdf.")
    measure = asked_measure(options.measure)
    level, year = asked_level(measure, options.level), asked_years(graph, options.year)[-1]
    found = evaluation
    if found is None and measure.needs_indicators:
        found = evaluation_of(graph, options.mode)
    content = map_of(series_of_graph(graph), found, measure, level, year, options.classes)
    if content is None:
        raise UsageError(f"« {measure.said} » demande des indicateurs qui ne sont pas calculés.")
    origin = origin_words(graph, options.mode, BY_KIND["view"].command(options, ".html"))
    sources = (*view_data.source_parts(graph, year), *boundary_words(content.ground), origin)
    return standing_alone(content, sources)


def standing_alone(content: TerritoryMap, sources: Sequence[str]) -> OfflineMap:
    """Return the map with what stands around a file: its title, its table, where its data come from."""
    made = territory_map(content)
    measure, units = content.series.measure, words.LEVELS[content.series.level][1]
    subtitle = words.typeset(
        f"{measure.name} · {measure.about} · par {words.LEVELS[content.series.level][0]}"
    )
    made.page.lead = legend.title_bar(content.title, subtitle, fictional=content.series.fictional)
    legend.source_line(sources).add_to(made)
    legend.table_dialog(f"Les {units} et leurs valeurs").add_to(made)
    elements.MapElement("table", table_of(content, sources)).add_to(made)
    return made


def table_of(content: TerritoryMap, sources: Sequence[str]) -> dict[str, object]:
    """Return the table with the same content as the map; its lines are the cards, which travel once."""
    measure = content.series.measure
    titles = ("Territoire", "Code", "Repères", f"{measure.name}, {content.year}", "Note")
    count = words.counted(len(content.units), *words.LEVELS[content.series.level])
    return {
        "caption": words.typeset(f"{content.title} {count}. {' · '.join(sources)}"),
        "columns": [{"title": title, "figure": title == titles[3]} for title in titles],
        "cards": True,
    }
