"""« Vue d’ensemble »: where the actions take place, who cooperates, and the table of actions of a year."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, network_view, words
from dashboards.attributes import attributes
from dashboards.network_view import Network
from dashboards.pages.grid import grid
from dashboards.pages.overview_context import (
    SIGNS,
    VIEWS,
    OverviewContext,
    context_of,
    table_records,
)
from dashboards.pages.page import View, Visit

PATH = "/"
NAME = "Vue d’ensemble"
ICON = "map"

YEAR_ID = "year"
VIEW_ID = "view"
MAP_ID = "map"
TABLE_ID = "actions"
MAP_TITLE_ID = "map-title"
NETWORK_TITLE_ID = "network-title"
TABLE_TITLE_ID = "table-title"
EMPTY_ID = "network-empty"
CHOSEN_ID = "chosen"
SELECTED_ID = "selected"
CAPTION_ID = "network-caption"
SELECTION_ID = "network-selection"

CHOOSE = words.typeset("Choisir un acteur, une action ou une ligne du tableau pour voir ses liens.")
"""What stands under the network while nothing is chosen."""
NO_REPORT_NO_PLACE = "une ligne par action du plan ; « non dit » n’est pas zéro"
"""What stands beside the title of the table."""


def build(visit: Visit) -> View:
    """Return the view for the settings of its address."""
    context = context_of(visit.graph, visit.settings)
    if context.year is None or context.network is None:
        empty = frame.message(
            "Aucun contrat dans cette base",
            words.typeset(
                "La carte et le réseau apparaîtront après un premier chargement : maillage load convention."
            ),
        )
        title = html.H1(NAME, className="sr-only")
        return View([title, empty], context.sources, "body-alone", fictional=context.fictional)
    return View(
        body=[_map_panel(context), _side_panel(context, context.network)],
        sources=context.sources,
        layout="body-overview",
        settings=_settings(context),
        fictional=context.fictional,
        notices=context.notices,
    )


def _settings(context: OverviewContext) -> list[Component]:
    years = dmc.SegmentedControl(
        id=YEAR_ID, value=str(context.year), data=[str(year) for year in context.years], className="segmented"
    )
    signs = html.Div(
        [frame.toggle(name, word, pressed=name in context.signs) for name, word in SIGNS], className="toggles"
    )
    view = dmc.SegmentedControl(
        id=VIEW_ID,
        value=context.view,
        data=[{"value": value, "label": label} for value, label in VIEWS],
        className="segmented",
    )
    return [
        frame.setting("Année", years, "label-year"),
        frame.setting("Repères", signs, "label-signs"),
        frame.setting("À côté de la carte (T)", view, "label-view"),
    ]


def _map_panel(context: OverviewContext) -> Component:
    title = html.Div(
        [
            html.H1(context.map_question, id=MAP_TITLE_ID),
            html.P("Nombre d’actions par EPCI, hors actions régionales"),
        ],
        className="panel-title",
    )
    frame_of_map = html.Iframe(id=MAP_ID, src=context.map_source, title=context.map_question)
    wait = html.P("Dessin de la carte…", className="map-wait")
    return html.Section([title, wait, frame_of_map], className="map-panel")


def _side_panel(context: OverviewContext, network: Network) -> Component:
    selected = context.selection
    elements, sentence = shown_selection(context, network)
    said = html.P(sentence, id=SELECTION_ID, role="status", className="selection")
    chosen = dcc.Store(id=SELECTED_ID, data=selected.said if selected else "")
    return html.Section(
        [
            frame.drawer_handle(),
            _drawing(context, elements),
            _table(context),
            said,
            _network_legend(),
            chosen,
        ],
        className=f"side-panel view-{context.view}",
        id="side",
        **attributes(data_territory=selected.epci or "" if selected else ""),
    )


def shown_selection(context: OverviewContext, network: Network) -> tuple[list[dict[str, object]], str]:
    """Return the network around what the address selects, and one sentence on it."""
    selected = context.selection
    if selected is None:
        return network_view.elements_of(network), CHOOSE
    if selected.node is not None:
        sentence = network_view.described(network, selected.node)
        return network_view.elements_of(network, selected.node), sentence
    there = context.there
    return (
        (network_view.elements_of(network, actions=there.actions), there.sentence)
        if there
        else (network_view.elements_of(network), CHOOSE)
    )


def _drawing(context: OverviewContext, elements: list[dict[str, object]]) -> Component:
    title = html.Div(
        [html.H2(context.network_question, id=NETWORK_TITLE_ID), html.P(context.caption, id=CAPTION_ID)],
        className="panel-title",
    )
    said_aloud = f"Réseau des coopérations : {context.caption}. Le tableau (T) dit la même chose."
    drawn = html.Div(
        network_view.network_component(elements, "light"),
        className="network",
        role="img",
        **attributes(aria_label=words.typeset(said_aloud)),
    )
    empty = html.Div(empty_message(context), id=EMPTY_ID, className="network-empty")
    field = html.Div([drawn, empty], className="network-field")
    return html.Div([title, field], className="drawing")


def empty_message(context: OverviewContext) -> list[Component]:
    """Return what stands in the place of the network when nothing is known of the year."""
    return [frame.message(*context.empty)] if context.empty else []


def _network_legend() -> Component:
    shapes = [
        ("ess", "ESS"),
        ("ess_company", "société ESS"),
        ("classic", "classique"),
        ("public", "public"),
        ("research", "recherche"),
    ]
    lines = [("action", "action"), ("pilot", "porte"), ("partner", "participe")]
    items = [html.Li([frame.icon(f"sign-{name}"), word]) for name, word in (*shapes, *lines)]
    return html.Ul(items, className="network-legend", **attributes(aria_label="Légende du réseau"))


def _table(context: OverviewContext) -> Component:
    columns = [
        {"field": "code", "headerName": "Code", "width": 84},
        {"field": "name", "headerName": "Action", "flex": 4, "tooltipField": "full_name"},
        {"field": "pilots", "headerName": "Portée par", "flex": 2.6, "tooltipField": "all_pilots"},
        {"field": "actors", "headerName": "Acteurs", "width": 84, "type": "rightAligned"},
        {"field": "places", "headerName": "Où", "flex": 2.8, "tooltipField": "all_places"},
    ]
    table = grid(TABLE_ID, columns, table_records(context.rows), "Aucune action")
    title = html.Div(
        [html.H2(context.table_question, id=TABLE_TITLE_ID), html.P(NO_REPORT_NO_PLACE)],
        className="panel-title",
    )
    named = attributes(aria_label="Actions et territoires")
    return html.Div([title, table], className="table-panel", role="region", **named)


def stores() -> list[Component]:
    """Return what the callbacks keep in the browser: drawing rules of both schemes, territory chosen."""
    styles = {"light": network_view.stylesheet("light"), "dark": network_view.stylesheet("dark")}
    return [dcc.Store(id="network-styles", data=styles), dcc.Store(id=CHOSEN_ID)]
