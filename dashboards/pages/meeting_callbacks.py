"""What happens on « Séance » when the agenda is kept, and the addresses of the screens."""

import time
from urllib.parse import parse_qsl

from dash import Dash, Input, Output, State
from flask import Flask

from dashboards.meeting.notes import write_agenda
from dashboards.pages import meeting, meeting_routes
from dashboards.pages.meeting_context import context_of
from dashboards.pages.page import Desk
from dashboards.pages.signing import AUTHOR_ID, CODE_ID, signed
from graphmodel import MaillageError

ASSETS_ADDRESS = "/assets/"
PATIENCE_S = 4.0
PAUSE_S = 0.1
KEPT = "Déroulé gardé dans la base."


def connect(app: Dash, desk: Desk) -> None:
    """Register the callback of the page; moving screens is the browser's."""

    @app.callback(
        Output(meeting.KEPT_ID, "children"),
        Input(meeting.KEEP_ID, "n_clicks"),
        State("url", "search"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        prevent_initial_call=True,
    )
    def keep(clicks: int | None, search: str | None, author: str | None, code: str | None) -> str:
        """Write the agenda of the address in the store, and say so."""
        if not clicks:
            return ""
        try:
            name = signed(desk, author, code)
            settings = dict(parse_qsl((search or "").lstrip("?")))
            context = context_of(desk.provider(), settings)
            if desk.access is not None:
                with desk.access.open() as store:
                    write_agenda(store, context.meeting.on, context.agenda, name)
                    written = store.version().number
                _wait_for(desk, written)
        except MaillageError as error:
            return str(error)
        return KEPT


def _wait_for(desk: Desk, version: int) -> None:
    """Wait until the pages read what was just written, a few seconds at most: a reload then shows it."""
    end = time.monotonic() + PATIENCE_S
    while desk.provider().version.number < version and time.monotonic() < end:
        time.sleep(PAUSE_S)


def add_routes(server: Flask, desk: Desk) -> None:
    """Serve the screens, the notes and the record."""
    meeting_routes.add_routes(server, desk, ASSETS_ADDRESS)
