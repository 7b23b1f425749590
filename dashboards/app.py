"""The dashboard as a web application: pages, maps, health, security."""

from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, jsonify

from dashboards import frame, theme, words
from dashboards.map_routes import add_routes
from dashboards.maps.bundle import font_css
from dashboards.pages import LINKS, PAGES, overview
from dashboards.pages.page import in_browser
from dashboards.security import HEALTH_PATH, protect
from graphmodel import ContractGraph, MaillageError

ASSETS = Path(__file__).parent / "assets"
ASSETS_ADDRESS = "/assets/"
_INDEX = Path(__file__).parent / "templates" / "index.html"


def create_app(provider: Callable[[], ContractGraph], *, password: str | None = None) -> Dash:
    """Return the dashboard.

    Parameters
    ----------
    provider
        Gives the snapshot of the present version; called at each request, so it must be fast when nothing
        has changed. See `dashboards.snapshot.Snapshots`.
    password
        Asked for at every address but the health one; None leaves reading open.
    """
    app = Dash(
        "maillage",
        server=cast("bool", Flask("maillage", static_folder=None)),
        title=words.APP_NAME,
        assets_folder=str(ASSETS),
        assets_path_ignore=["leaflet", "topojson", "map", "fonts", "icons"],
        suppress_callback_exceptions=True,
        update_title="",
        index_string=_INDEX.read_text(encoding="utf-8").replace(
            "TOKENS", theme.css() + font_css(ASSETS_ADDRESS)
        ),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = _shell()
    _connect_shell(app, provider)
    for page in PAGES:
        page.connect(app, provider)
    add_routes(app.server, provider, ASSETS_ADDRESS)
    _add_health(app.server, provider)
    protect(app.server, lambda: list(app.csp_hashes()), password)
    _register_scripts(app)
    return app


def _register_scripts(app: Dash) -> None:
    """Render the index once: Dash only knows its scripts after that, in each process apart.

    Without it a worker that is asked for a script before its own first page answers 500, and the page stays
    blank.
    """
    with app.server.test_request_context("/"):
        app.index()  # type: ignore[no-untyped-call]


def _shell() -> Component:
    """What is there before and around every page."""
    shell: Component = dmc.MantineProvider(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="scheme"),
            dcc.Store(id="address"),
            *overview.stores(),
            html.Div(id="page", className="page"),
        ],
        theme=theme.mantine_theme(),
    )
    return shell


def _connect_shell(app: Dash, provider: Callable[[], ContractGraph]) -> None:
    @app.callback(Output("page", "children"), Input("url", "pathname"), State("url", "search"))
    def show_page(path: str, search: str | None) -> Component:
        """Return the page of an address; the settings of a shared link are in its search part."""
        return page_at(path, dict(parse_qsl((search or "").lstrip("?"))), provider)

    in_browser(app, "switchScheme", Output("scheme", "data"), Input(frame.SCHEME_ID, "n_clicks"))
    shared, asked = Output(frame.SHARED_ID, "children"), Input(frame.SHARE_ID, "n_clicks")
    in_browser(app, "share", shared, asked, at_first=False)


def page_at(path: str, settings: dict[str, str], provider: Callable[[], ContractGraph]) -> Component:
    """Return a page, or a French sentence when there is none at this address or the store cannot be read."""
    try:
        graph = provider()
    except MaillageError as error:
        return _alone(frame.message("La base ne peut pas être lue", str(error), "warning"))
    for page in PAGES:
        if page.path == path:
            return page.build(graph, settings)
    return _alone(frame.message("Cette page n’existe pas", "Les pages sont dans la barre du haut."))


def _alone(said: Component) -> Component:
    head = frame.header(LINKS, "", fictional=False)
    title = html.H1(words.APP_NAME, className="sr-only")
    return frame.desk(head, [], [title, said], frame.source_line(()))


def _add_health(server: Flask, provider: Callable[[], ContractGraph]) -> None:
    @server.get(HEALTH_PATH)
    def health() -> tuple[Response, int]:
        """Say whether the snapshot can be read, and its version."""
        try:
            version = provider().version
        except MaillageError as error:
            return jsonify(etat="base injoignable", message=str(error)), 503
        since = getattr(provider, "unavailable_since", None)
        state = "base injoignable, dernière version connue" if since else "en service"
        return jsonify(etat=state, version=version.number, depuis=since.isoformat() if since else None), 200
