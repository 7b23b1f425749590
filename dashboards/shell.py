"""What is there before and around every page: address, stores, strip, help, search, drawer of sources."""

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboards import frame, theme
from dashboards.pages import PAGES, waiting
from dashboards.pages.page import Desk, in_browser
from dashboards.provenance_view import drawer_content
from dashboards.search import find
from graphmodel import MaillageError

PAGE_ID = "page"
REMADE_ID = "remade"
"""A change of it makes the present page again: something was written that it shows."""


def shell() -> Component:
    """Return the frame of the whole application; pages come and go inside."""
    stores = [component for page in PAGES for component in page.stores()]
    inside = html.Div(
        [*frame.furniture(), html.Div(id=PAGE_ID, className="page")],
        className="shell",
    )
    found: Component = dmc.MantineProvider(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="scheme"),
            dcc.Store(id="address"),
            dcc.Store(id="opened"),
            dcc.Store(id=REMADE_ID),
            dcc.Store(id="source-asked"),
            dcc.Store(id="finders", data=frame.finders(PAGES)),
            *stores,
            inside,
        ],
        theme=theme.mantine_theme(),
        # The choice of the reader comes first; without one, that of the machine.
        defaultColorScheme="auto",
    )
    return found


def connect(app: Dash, desk: Desk) -> None:
    """Register the callbacks of the frame."""
    in_browser(app, "switchScheme", Output("scheme", "data"), Input(frame.SCHEME_ID, "n_clicks"))
    shared, asked = Output(frame.SHARED_ID, "children"), Input(frame.SHARE_ID, "n_clicks")
    in_browser(app, "share", shared, asked, at_first=False)
    in_browser(
        app,
        "openFound",
        Output("opened", "data"),
        Input(frame.SEARCH_ID, "value"),
        State("finders", "data"),
        at_first=False,
    )
    _connect_search(app, desk)
    _connect_sources(app, desk)
    waiting.connect(app, desk, REMADE_ID)


def _connect_search(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output(frame.SEARCH_ID, "data"),
        Output(frame.SEARCH_ID, "nothingFoundMessage"),
        Input(frame.SEARCH_ID, "searchValue"),
        prevent_initial_call=True,
    )
    def show_found(text: str | None) -> tuple[list[dict[str, str]], str]:
        """Return the results of what was typed, and what to say when there are none."""
        try:
            results = find(desk.provider(), text or "")
        except MaillageError as error:
            return [], str(error)
        options = [
            {"value": f"{one.kind} {one.selection}", "label": f"{one.name} — {one.about}"} for one in results
        ]
        return options, _nothing(text or "")


def _nothing(text: str) -> str:
    if len(text.strip()) < 2:
        return "Deux lettres suffisent."
    return (
        f"Aucun nom ne commence par « {text.strip()[:40]} ». Essayez le nom d’une commune : sa communauté "
        "s’affichera."
    )


def _connect_sources(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output(frame.DRAWER_CONTENT_ID, "children"),
        Input("source-asked", "data"),
        prevent_initial_call=True,
    )
    def show_source(asked: dict[str, str] | None) -> list[Component]:
        """Return where the row of a handle comes from."""
        if not asked:
            raise PreventUpdate
        return drawer_content(desk, str(asked.get("handle", "")))
