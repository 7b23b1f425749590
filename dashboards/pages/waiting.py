"""What a page shows while the indicators are being computed: why, and a page that completes itself."""

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboards import frame
from dashboards.pages.page import Desk
from graphmodel import MaillageError

PULSE_ID = "waiting-pulse"
"""Asks again whether the indicators are there."""
ASK_EVERY_MS = 1500


def waiting(desk: Desk, fact: str = "Calcul des indicateurs…") -> Component:
    """Return the state of a view whose indicators are not there yet, or could not be computed.

    Parameters
    ----------
    desk
        Where the indicators are expected from.
    fact
        What is being computed, in a few words.
    """
    failure = desk.evaluations.failure()
    if failure is not None:
        again = html.A("Réessayer", href="", className="button primary")
        return frame.message("Les indicateurs manquent", failure, "warning", again)
    said = frame.message(
        fact, "Moins d’une minute d’ordinaire, une fois par version de la base. La page se complète seule."
    )
    return html.Div([said, dcc.Interval(id=PULSE_ID, interval=ASK_EVERY_MS)], className="waiting")


def connect(app: Dash, desk: Desk, remade: str) -> None:
    """Make the page again when the indicators are there.

    Parameters
    ----------
    app
        The dashboard.
    desk
        Where the indicators are expected from.
    remade
        Store whose change makes the present page again.
    """

    @app.callback(
        Output(remade, "data", allow_duplicate=True),
        Input(PULSE_ID, "n_intervals"),
        prevent_initial_call=True,
    )
    def complete(count: int | None) -> int:
        """Change the store once the indicators are there, or cannot be."""
        try:
            found = desk.evaluations.ready(desk.provider())
        except MaillageError as error:
            raise PreventUpdate from error
        if found is None and desk.evaluations.failure() is None:
            raise PreventUpdate
        return count or 0
