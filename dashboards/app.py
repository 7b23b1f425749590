"""The dashboard as a web application: pages, maps, health, security."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import Flask

from dashboards import compression, frame, health, shell, theme, words
from dashboards.access import StoreAccess
from dashboards.evaluations import Evaluations
from dashboards.map_routes import add_routes
from dashboards.maps.bundle import font_css
from dashboards.pages import PAGES
from dashboards.pages.page import Desk, Page, Settings, View, Visit
from dashboards.refusals import speak_french
from dashboards.security import protect
from graphmodel import ContractGraph, MaillageError

ASSETS = Path(__file__).parent / "assets"
ASSETS_ADDRESS = "/assets/"
_LOG = logging.getLogger(__name__)
_INDEX = Path(__file__).parent / "templates" / "index.html"


def create_app(
    provider: Callable[[], ContractGraph],
    *,
    password: str | None = None,
    access: StoreAccess | None = None,
    evaluations: Evaluations | None = None,
) -> Dash:
    """Return the dashboard.

    Parameters
    ----------
    provider
        Gives the snapshot of the present version; called at each request, so it must be fast when nothing
        has changed. See `dashboards.snapshot.Snapshots`.
    password
        Asked for at every address but the health one; None leaves reading open to this machine.
    access
        The store behind the snapshot, for sources, loads and decisions; None shows the snapshot alone.
    evaluations
        The indicators of the snapshots; None computes them aside when a page first asks.
    """
    app = Dash(
        "maillage",
        server=cast("bool", Flask("maillage", static_folder=None)),
        title=words.APP_NAME,
        assets_folder=str(ASSETS),
        assets_path_ignore=["leaflet", "topojson", "map", "meeting", "fonts", "icons"],
        suppress_callback_exceptions=True,
        update_title="",
        index_string=_INDEX.read_text(encoding="utf-8").replace(
            "TOKENS", theme.css() + font_css(ASSETS_ADDRESS)
        ),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    desk = Desk(provider, access, evaluations or Evaluations())
    app.layout = shell.shell()
    _connect_pages(app, desk)
    shell.connect(app, desk)
    for page in PAGES:
        page.connect(app, desk)
        if page.add_routes is not None:
            page.add_routes(app.server, desk)
    add_routes(app.server, provider, ASSETS_ADDRESS)
    health.add_route(app.server, provider)
    speak_french(app.server)
    compression.compress(app.server)
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


def _connect_pages(app: Dash, desk: Desk) -> None:
    @app.callback(Output(shell.PAGE_ID, "children"), Input("url", "href"), Input(shell.REMADE_ID, "data"))
    def show_page(href: str | None, _remade: float | None) -> Component:
        """Return the page of an address; the settings of a shared link are in its search part."""
        if href is None:
            raise PreventUpdate
        parts = urlsplit(href)
        return page_at(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), desk)


def page_at(path: str, settings: Settings, desk: Desk) -> Component:
    """Return a page, or a French sentence when there is none at this address or the store cannot be read."""
    try:
        graph = desk.provider()
    except MaillageError as error:
        said = frame.message("La base ne peut pas être lue", str(error), "plug")
        return html.Div(_alone(said), className="page lost")
    page = page_of(path)
    if page is None:
        said = frame.message("Cette page n’existe pas", "Les pages sont dans la barre du haut.")
        return _alone(said, fictional=graph.fictional)
    return frame.page_frame(PAGES, page.path, _view(page, Visit(graph, settings, desk)))


def _view(page: Page, visit: Visit) -> View:
    """Return the view of a page; one that fails says so, and the others live."""
    try:
        return page.build(visit)
    except Exception as error:
        _LOG.exception("the page %s failed", page.path)
        cause = (
            str(error) if isinstance(error, MaillageError) else "Le détail est dans le journal du serveur."
        )
        again = html.A("Réessayer", href=page.path, className="button primary inside")
        said = frame.message(
            f"La page {words.quoted(page.name)} n’a pas pu être dessinée", cause, "warning", again
        )
        title = html.H1(page.name, className="sr-only")
        return View([title, said], (), "body-alone", fictional=visit.graph.fictional)


def page_of(path: str) -> Page | None:
    """Return the page of an address; a final slash does not count."""
    asked = path.rstrip("/") or "/"
    return next((page for page in PAGES if page.path == asked), None)


def _alone(said: Component, *, fictional: bool = False) -> Component:
    title = html.H1(words.APP_NAME, className="sr-only")
    return frame.page_frame(PAGES, "", View([title, said], (), "body-alone", fictional=fictional))
