"""« Territoires »: a measure on a map and in a table with the same content, the portrait of a territory."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, view_data, words
from dashboards.attributes import attributes
from dashboards.maps.territories import SIGNS
from dashboards.measures import COUNTED, LEVEL_NAMES, LEVELS, MEASURES, Measure
from dashboards.pages.grid import grid
from dashboards.pages.page import Desk, View, Visit
from dashboards.pages.territories_context import TerritoriesContext, context_of, table_records
from dashboards.pages.territories_profile import profile_of
from dashboards.pages.waiting import waiting
from graphmodel import ContractGraph

PATH = "/territoires"
NAME = "Territoires"
ICON = "map"

MEASURE_ID = "territories-measure"
YEAR_ID = "territories-year"
LEVEL_ID = "territories-level"
MAP_ID = "territories-map"
MAP_FIELD_ID = "territories-map-field"
TITLE_ID = "territories-title"
ABOUT_ID = "territories-about"
LIST_ID = "territories-list"
TABLE_ID = "territories-table"
PANEL_ID = "territories-panel"
PROFILE_ID = "territories-profile"
SELECTED_ID = "territories-selected"
METHOD_ID = "territories-method"
NOTICE_ID = "territories-notice"
WRITTEN_ID = "territories-written"
SHOWN_ID = "territories-shown"
MARK = "mark"
"""Kind of the buttons that show and hide the signs of the map."""

FILES = (
    ("Tableau (CSV)", "/territoires/fichiers/tableau.csv"),
    ("Tableau (XLSX)", "/territoires/fichiers/tableau.xlsx"),
    ("Carte imprimable (PNG)", "/territoires/fichiers/carte.png"),
    ("Carte imprimable (SVG)", "/territoires/fichiers/carte.svg"),
    ("Carte imprimable (PDF)", "/territoires/fichiers/carte.pdf"),
)
"""Files of the present view; the browser adds its settings to their address."""


_COMPUTING = words.typeset("Indicateurs en cours de calcul : voici le nombre d’actions.")


def build(visit: Visit) -> View:
    """Return the view for the settings of its address."""
    evaluation, asked = visit.desk.evaluations.ready(visit.graph), visit.settings.get("mesure")
    context = context_of(visit.graph, visit.settings, evaluation)
    if context.year is None:
        empty = frame.message(
            "Aucun contrat dans cette base",
            words.typeset("La carte apparaîtra après un premier chargement : maillage load convention."),
        )
        title = html.H1(NAME, className="sr-only")
        return View([title, empty], context.sources, "body-alone", fictional=context.fictional)
    profile, notice = profile_of(visit.graph, context, evaluation)
    told = (*context.notices, notice, _COMPUTING if evaluation is None and not asked else "")
    return View(
        body=[
            _map_panel(context, visit.graph, visit.desk, " ".join(filter(None, told))),
            _panel(context, profile),
        ],
        sources=context.sources,
        layout="body-territories",
        settings=_settings(context),
        fictional=context.fictional,
        exports=FILES,
    )


def _settings(context: TerritoriesContext) -> list[Component]:
    measure = dmc.Select(
        id=MEASURE_ID,
        value=context.measure.id,
        data=[{"value": one.id, "label": one.said} for one in MEASURES],
        allowDeselect=False,
        maxDropdownHeight=420,
        className="measure-choice",
        **attributes(aria_label="Mesure"),
    )
    years = dmc.SegmentedControl(
        id=YEAR_ID, value=str(context.year), data=[str(year) for year in context.years], className="segmented"
    )
    level = dmc.SegmentedControl(
        id=LEVEL_ID, value=context.level, data=level_choices(context.measure), className="segmented"
    )
    marks = [_mark(name, said, pressed=name in context.layers) for name, said in SIGNS]
    return [
        frame.setting("Mesure", measure, "label-measure"),
        frame.setting("Année", years, "label-territories-year"),
        frame.setting("Niveau", level, "label-level"),
        frame.setting("Repères", html.Div(marks, className="toggles"), "label-marks"),
        dcc.Store(id=METHOD_ID, data=context.method),
    ]


def level_choices(measure: Measure) -> list[dict[str, object]]:
    """Return the levels of the settings bar; those the measure is not known for cannot be chosen."""
    return [
        {"value": level, "label": LEVEL_NAMES[level], "disabled": level not in measure.levels}
        for level in LEVELS
    ]


def _mark(name: str, label: str, *, pressed: bool) -> Component:
    return html.Button(
        [frame.icon(f"sign-{name}"), label],
        type="button",
        className="toggle",
        id={"kind": MARK, "name": name},
        **attributes(aria_pressed="true" if pressed else "false"),
    )


def _map_panel(context: TerritoriesContext, graph: ContractGraph, desk: Desk, told: str) -> Component:
    """Return the title, what the address asked in vain, and the map: the bar has no room for a sentence."""
    title = html.Div(
        [html.H1(context.title, id=TITLE_ID), html.P(context.about, id=ABOUT_ID)], className="panel-title"
    )
    said = html.P(told, id=NOTICE_ID, className="notice territories-notice", role="status")
    field = html.Div(map_field(context, graph, desk), id=MAP_FIELD_ID, className="territories-map-field")
    return html.Section([title, said, field], className="map-panel territories-map-panel")


def map_field(context: TerritoriesContext, graph: ContractGraph, desk: Desk) -> list[Component]:
    """Return the map, or what stands in its place: indicators computed, no report received."""
    if context.series is None:
        return [waiting(desk)]
    if not context.known and context.year is not None:
        return [_nothing(context, graph, context.year)]
    drawn = html.Iframe(id=MAP_ID, src=context.map_source, title=f"Carte{words.NBSP}: {context.title}")
    return [html.P("Dessin de la carte…", className="map-wait"), drawn]


def _nothing(context: TerritoriesContext, graph: ContractGraph, year: int) -> Component:
    """Return the state of a year of which nothing is known, or of a measure nobody can tell."""
    others = [one for one in view_data.reported_years(graph) if one != year]
    load = html.A("Charger un bilan", href="/donnees", className="button inside")
    if year not in view_data.reported_years(graph):
        fact, remedy = view_data.nothing_known(graph, year)
        near = [
            html.A(f"Voir {one}", href=_address(context, one), className="button primary inside")
            for one in others[-1:]
        ]
        return frame.message(fact, remedy, "document", *near, load)
    reasons = {one.reason for one in context.series.readings[year].values()} if context.series else set()
    why = words.typeset(f"Motif : {' ; '.join(sorted(filter(None, reasons)))}.")
    other = html.A(
        "Voir le nombre d’actions",
        href=f"{PATH}?mesure={COUNTED.id}&an={year}",
        className="button primary inside",
    )
    return frame.message(f"Aucune valeur pour {year}", why, "document", other, load)


def _address(context: TerritoriesContext, year: int) -> str:
    return f"{PATH}?mesure={context.measure.id}&an={year}&niveau={context.level}"


def _panel(context: TerritoriesContext, profile: list[Component]) -> Component:
    """Return the panel: the list, and the portrait that hides it while a territory is chosen."""
    return html.Section(
        [
            html.Div(list_of(context), id=LIST_ID, className="territories-list"),
            html.Div(profile, id=PROFILE_ID, className="territories-profile"),
            dcc.Store(id=SELECTED_ID, data=context.selection if profile else ""),
            dcc.Store(id=WRITTEN_ID),
            dcc.Store(id=SHOWN_ID),
        ],
        className=panel_class(bool(profile)),
        id=PANEL_ID,
        **attributes(aria_label="Tableau et fiche"),
    )


def panel_class(chosen: bool) -> str:
    """Return the class of the panel: what it shows."""
    return "territories-panel show-profile" if chosen else "territories-panel show-list"


def list_of(context: TerritoriesContext) -> list[Component]:
    """Return the reading sentence and the table with the same content as the map."""
    if context.series is None:
        return [html.P("Le tableau se remplit avec la carte.", className="reading-sentence")]
    told = [html.Strong(text) if strong else text for text, strong in context.sentence]
    return [html.P(told, className="reading-sentence", role="status"), _table(context)]


def _table(context: TerritoriesContext) -> Component:
    unit = words.LEVELS[context.level][0]
    last = (
        {"field": "population", "headerName": "Habitants", "width": 92, "type": "rightAligned",
         "valueFormatter": {"function": "params.data.people"}}
        if context.measure is COUNTED
        else {"field": "actions", "headerName": "Actions", "width": 74, "type": "rightAligned",
              "valueFormatter": {"function": "params.data.said_actions"}}
    )  # fmt: skip
    columns = [
        {"field": "name", "headerName": unit if unit.isupper() else unit.capitalize(), "flex": 1,
         "minWidth": 130, "tooltipField": "full_name"},
        {"field": "where", "headerName": "Dép.", "width": 70},
        {"field": "value", "headerName": context.measure.column, "width": 122, "type": "rightAligned",
         "cellRenderer": "ValueBar", "comparator": {"function": "unknownLast"}, "tooltipField": "reason"},
        last,
    ]  # fmt: skip
    if context.level == "departement":
        columns.pop(1)
    table = grid(TABLE_ID, columns, table_records(context), "Aucun territoire", key="code",
                 options={"enableCellTextSelection": False})  # fmt: skip
    named = attributes(aria_label=f"{context.measure.name}, {context.year}, par {unit}")
    return html.Div(table, className="territories-table", role="region", **named)
