"""What happens on « Vue d’ensemble » when a year, a sign, a view or a node is chosen."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html

from dashboards import frame, network_view
from dashboards.network_view import network_of
from dashboards.pages import overview
from dashboards.pages.overview_context import (
    context_of,
    selection_of_node,
    table_records,
    territory_there,
)
from dashboards.pages.page import Desk, GraphProvider, in_browser

SIGN_BUTTONS: dict[str, Any] = {"kind": "sign", "name": ALL}


def connect(app: Dash, desk: Desk) -> None:
    """Register the callbacks of the page."""
    _connect_year(app, desk.provider)
    _connect_selection(app, desk.provider)
    _connect_browser(app)


def _connect_year(app: Dash, provider: GraphProvider) -> None:
    @app.callback(
        Output(overview.MAP_ID, "src"),
        Output(overview.MAP_ID, "title"),
        Output(overview.MAP_TITLE_ID, "children"),
        Output(overview.NETWORK_TITLE_ID, "children"),
        Output(overview.CAPTION_ID, "children"),
        Output(overview.TABLE_TITLE_ID, "children"),
        Output(overview.EMPTY_ID, "children"),
        Output(network_view.NETWORK_ID, "elements"),
        Output(overview.TABLE_ID, "rowData"),
        Output(frame.SOURCE_ID, "children"),
        Output(overview.SELECTION_ID, "children", allow_duplicate=True),
        Input(overview.YEAR_ID, "value"),
        State(overview.SELECTED_ID, "data"),
        prevent_initial_call=True,
    )
    def show_year(year: str, selected: str | None) -> tuple[object, ...]:
        """Return what depends on the year; what is selected stays."""
        context = context_of(provider(), {"an": year, "sel": selected or ""})
        network = context.network
        elements, sentence = overview.shown_selection(context, network) if network else ([], overview.CHOOSE)
        return (
            context.map_source,
            context.map_question,
            context.map_question,
            context.network_question,
            context.caption,
            context.table_question,
            overview.empty_message(context),
            elements,
            table_records(context.rows),
            [html.Span(part) for part in context.sources],
            sentence,
        )


def _connect_selection(app: Dash, provider: GraphProvider) -> None:
    @app.callback(
        Output(network_view.NETWORK_ID, "elements", allow_duplicate=True),
        Output(overview.SELECTION_ID, "children"),
        Output(overview.SELECTED_ID, "data"),
        Input(network_view.NETWORK_ID, "tapNodeData"),
        Input(overview.TABLE_ID, "selectedRows"),
        Input(overview.CHOSEN_ID, "data"),
        State(overview.YEAR_ID, "value"),
        prevent_initial_call=True,
    )
    def show_selection(
        tapped: dict[str, str] | None,
        rows: list[dict[str, str]] | None,
        territory: dict[str, str] | None,
        year: str,
    ) -> tuple[object, object, str]:
        """Return the network around what was chosen in it, in the table or on the map, and how to say it."""
        graph = provider()
        network = network_of(graph, int(year))
        if ctx.triggered_id == overview.CHOSEN_ID and territory:
            code = territory.get("code", "")
            there = territory_there(graph, int(year), code)
            return network_view.elements_of(network, actions=there.actions), there.sentence, code
        by_table = ctx.triggered_id == overview.TABLE_ID
        chosen = (rows[0]["key"] if rows else None) if by_table else (tapped or {}).get("id")
        if chosen is None:
            return network_view.elements_of(network), overview.CHOOSE, ""
        said = selection_of_node(graph, chosen)
        return network_view.elements_of(network, chosen), network_view.described(network, chosen), said


def _connect_browser(app: Dash) -> None:
    in_browser(app, "showView", Output("side", "className"), Input(overview.VIEW_ID, "value"))
    in_browser(
        app,
        "nameNode",
        Output(overview.SELECTION_ID, "children", allow_duplicate=True),
        Input(network_view.NETWORK_ID, "mouseoverNodeData"),
        at_first=False,
    )
    in_browser(
        app,
        "pressSign",
        Output(SIGN_BUTTONS, "aria-pressed"),
        Input(SIGN_BUTTONS, "n_clicks"),
        State(SIGN_BUTTONS, "aria-pressed"),
        State(SIGN_BUTTONS, "id"),
    )
    in_browser(
        app,
        "writeAddress",
        Output("address", "data"),
        Input(overview.YEAR_ID, "value"),
        Input(overview.VIEW_ID, "value"),
        Input(SIGN_BUTTONS, "aria-pressed"),
        Input(overview.SELECTED_ID, "data"),
        State(SIGN_BUTTONS, "id"),
    )
    in_browser(
        app,
        "styleNetwork",
        Output(network_view.NETWORK_ID, "stylesheet"),
        Input("scheme", "data"),
        State("network-styles", "data"),
    )
