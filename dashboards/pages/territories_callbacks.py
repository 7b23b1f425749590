"""What happens on « Territoires » when a measure, a year, a level, a sign or a territory is chosen."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, html

from dashboards import frame
from dashboards.pages import overview, territories
from dashboards.pages.page import Desk, in_browser
from dashboards.pages.territories_context import context_of
from dashboards.pages.territories_profile import profile_of

MARK_BUTTONS: dict[str, Any] = {"kind": territories.MARK, "name": ALL}


def connect(app: Dash, desk: Desk) -> None:
    """Register the callbacks of the page."""
    _connect_view(app, desk)
    _connect_selection(app, desk)
    _connect_browser(app)


def _asked(measure: str, year: str, level: str, method: str | None, selected: str | None) -> dict[str, str]:
    return {
        "mesure": measure,
        "an": year,
        "niveau": level,
        "classes": method or "fixes",
        "sel": selected or "",
    }


def _connect_view(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output(territories.TITLE_ID, "children"),
        Output(territories.ABOUT_ID, "children"),
        Output(territories.MAP_FIELD_ID, "children"),
        Output(territories.LIST_ID, "children"),
        Output(territories.PROFILE_ID, "children", allow_duplicate=True),
        Output(territories.LEVEL_ID, "data"),
        Output(territories.LEVEL_ID, "value"),
        Output(territories.NOTICE_ID, "children"),
        Output(frame.SOURCE_ID, "children", allow_duplicate=True),
        Input(territories.MEASURE_ID, "value"),
        Input(territories.YEAR_ID, "value"),
        Input(territories.LEVEL_ID, "value"),
        State(territories.METHOD_ID, "data"),
        State(territories.SELECTED_ID, "data"),
        prevent_initial_call=True,
    )
    def show_view(
        measure: str, year: str, level: str, method: str | None, selected: str | None
    ) -> tuple[object, ...]:
        """Return what depends on the settings; what is selected stays, and is told anew."""
        graph = desk.provider()
        evaluation = desk.evaluations.ready(graph)
        context = context_of(graph, _asked(measure, year, level, method, selected), evaluation)
        profile, _ = profile_of(graph, context, evaluation)
        return (
            context.title,
            context.about,
            territories.map_field(context, graph, desk),
            territories.list_of(context),
            profile,
            territories.level_choices(context.measure),
            context.level,
            " ".join(context.notices),
            [html.Span(part) for part in context.sources],
        )


def _connect_selection(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output(territories.PROFILE_ID, "children"),
        Output(territories.PANEL_ID, "className"),
        Output(territories.SELECTED_ID, "data"),
        Input(overview.CHOSEN_ID, "data"),
        State(territories.MEASURE_ID, "value"),
        State(territories.YEAR_ID, "value"),
        State(territories.LEVEL_ID, "value"),
        prevent_initial_call=True,
    )
    def show_territory(
        chosen: dict[str, str] | None, measure: str, year: str, level: str
    ) -> tuple[object, str, str]:
        """Return the portrait of the territory chosen on the map or in the table; no code is the list."""
        code = str((chosen or {}).get("code") or "")
        graph = desk.provider()
        evaluation = desk.evaluations.ready(graph)
        context = context_of(graph, _asked(measure, year, level, None, code), evaluation)
        profile, _ = profile_of(graph, context, evaluation)
        return profile, territories.panel_class(bool(profile)), code if profile else ""


def _connect_browser(app: Dash) -> None:
    in_browser(
        app,
        "pressMark",
        Output(MARK_BUTTONS, "aria-pressed"),
        Input(MARK_BUTTONS, "n_clicks"),
        State(MARK_BUTTONS, "aria-pressed"),
        State(MARK_BUTTONS, "id"),
    )
    in_browser(
        app,
        "writeTerritories",
        Output(territories.WRITTEN_ID, "data"),
        Input(territories.MEASURE_ID, "value"),
        Input(territories.YEAR_ID, "value"),
        Input(territories.LEVEL_ID, "value"),
        Input(territories.METHOD_ID, "data"),
        Input(MARK_BUTTONS, "aria-pressed"),
        Input(territories.SELECTED_ID, "data"),
        State(MARK_BUTTONS, "id"),
    )
    in_browser(
        app,
        "followSelection",
        Output(territories.SHOWN_ID, "data"),
        Input(territories.SELECTED_ID, "data"),
    )
