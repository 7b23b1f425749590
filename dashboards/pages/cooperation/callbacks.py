"""What happens on « Coopérations »: choices gather in one state in the browser, the server draws it."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboards import frame
from dashboards.pages.cooperation import page
from dashboards.pages.cooperation.chance import chance_of
from dashboards.pages.cooperation.chance_panel import chance_section
from dashboards.pages.cooperation.context import CooperationContext, context_of
from dashboards.pages.cooperation.panels import panel
from dashboards.pages.cooperation.route_panel import PICK
from dashboards.pages.cooperation.table import TABLE_ID, columns, content_key, records, sentence
from dashboards.pages.page import Desk, in_browser

PICKS: dict[str, Any] = {"kind": PICK, "name": ALL}


def connect(app: Dash, desk: Desk) -> None:
    """Register the callbacks of the page."""
    _connect_choices(app)
    _connect_drawing(app, desk)
    _connect_chance(app, desk)
    _connect_browser(app)


def _connect_choices(app: Dash) -> None:
    in_browser(
        app,
        "coopChoose",
        Output(page.STATE_ID, "data"),
        Input(page.DRAWING_ID, "value"),
        Input(page.YEAR_ID, "value"),
        Input(page.AXIS_ID, "value"),
        Input(page.WORLD_ID, "value"),
        Input(page.FAMILY_ID, "value"),
        Input(page.PLACE_ID, "value"),
        Input(page.COLOUR_ID, "value"),
        Input(page.MODE_ID, "value"),
        Input("coop-slider", "value"),
        Input(TABLE_ID, "selectedRows"),
        Input(PICKS, "value"),
        Input(page.ACTED_ID, "data"),
        State(page.STATE_ID, "data"),
        State("coop-years", "data"),
        at_first=False,
    )


def _connect_drawing(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output(page.NETWORK_ID, "elements"),
        Output(page.TITLE_ID, "children"),
        Output(page.CAPTION_ID, "children"),
        Output(page.PANEL_ID, "children"),
        Output(page.ROOT_ID, "className"),
        Output(page.LEGEND_ID, "children"),
        Output(page.EMPTY_ID, "children"),
        Output(page.ADDRESS_ID, "data"),
        Output(frame.SOURCE_ID, "children", allow_duplicate=True),
        Output(page.SENTENCE_ID, "children"),
        Output(TABLE_ID, "columnDefs"),
        Output(TABLE_ID, "rowData"),
        Output(page.TABLED_ID, "data"),
        Input(page.STATE_ID, "data"),
        State(page.TABLED_ID, "data"),
        prevent_initial_call=True,
    )
    def show(state: dict[str, str] | None, tabled: str | None) -> tuple[object, ...]:
        """Return what the state shows; the table only when its content changes."""
        context = context_of(desk.provider(), state or {})
        if context is None:
            raise PreventUpdate
        return (
            page.elements(context),
            context.question,
            context.caption,
            panel(context),
            page.root_class(context),
            page.legend(context),
            page.empty_message(context),
            context.choices.said,
            [html.Span(part) for part in context.sources],
            *_table_of(context, tabled),
        )


def _table_of(context: CooperationContext, tabled: str | None) -> tuple[object, ...]:
    key = content_key(context)
    if key == tabled:
        return (no_update,) * 4
    return sentence(context), columns(context), records(context), key


def _connect_chance(app: Dash, desk: Desk) -> None:
    @app.callback(Output(page.CHANCE_ID, "children"), Input(page.ADDRESS_ID, "data"))
    def show_chance(address: dict[str, str] | None) -> list[Component]:
        """Return the network beside chance: asked for once the drawing is there, which never waits for it."""
        context = context_of(desk.provider(), address or {})
        if context is None or context.empty is not None:
            return []
        return chance_section(chance_of(context.subject, context.choices))


def _connect_browser(app: Dash) -> None:
    in_browser(
        app,
        "coopWrite",
        Output("coop-written", "data"),
        Input(page.ADDRESS_ID, "data"),
        at_first=False,
    )
    in_browser(
        app,
        "coopKnow",
        Output("coop-known", "data"),
        Input(page.STATE_ID, "data"),
        State("coop-years", "data"),
    )
    in_browser(app, "coopDrawn", Output("coop-drawn", "data"), Input(page.NETWORK_ID, "elements"))
    in_browser(
        app,
        "styleNetwork",
        Output(page.NETWORK_ID, "stylesheet"),
        Input("scheme", "data"),
        State(page.STYLES_ID, "data"),
    )
