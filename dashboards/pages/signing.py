"""Who writes, and whether this browser may: the fields every form that writes shares."""

from collections.abc import Callable
from typing import Any

import dash_mantine_components as dmc
from dash import ctx, html
from dash.development.base_component import Component

from dashboards import frame
from dashboards.access import CLOSED, LOCKED
from dashboards.pages.page import Desk
from graphmodel import UsageError

AUTHOR_ID = "author"
CODE_ID = "code"


def sign_fields(desk: Desk) -> Component:
    """Return the fields « Auteur » and, where writing is protected, « Code d’écriture ».

    Where writing is closed for all, one sentence says so instead.
    """
    if desk.access is None or desk.access.state == "closed":
        return html.P([frame.icon("lock"), CLOSED], className="closed")
    locked = desk.access.state == "locked"
    said: list[Component | str] = [
        frame.icon("lock" if locked else "unlock"),
        LOCKED if locked else "Écriture ouverte.",
    ]
    code = dmc.PasswordInput(
        id=CODE_ID,
        label="Code d’écriture",
        className="field",
        visibilityToggleButtonProps={"aria-label": "Montrer le code"},
        style=None if locked else {"display": "none"},
    )
    author = dmc.TextInput(
        id=AUTHOR_ID,
        label="Auteur",
        placeholder="Votre nom ou votre service",
        className="field",
        persistence=True,
        persistence_type="local",
    )
    return html.Div([html.P(said, className="lock-line"), html.Div([author, code], className="sign-row")])


def signed(desk: Desk, author: str | None, code: str | None) -> str:
    """Return the author of a write, once it is sure that this browser may write.

    Called in a callback; a right code opens writing for the browser.

    Raises
    ------
    UsageError
        Writing is closed, the code is wrong, or nobody is named.
    """
    return signed_on(desk, author, code, lambda: ctx.response)


def signed_on(desk: Desk, author: str | None, code: str | None, answer: Callable[[], Any]) -> str:
    """Return the author of a write, once it is sure that this browser may write.

    Parameters
    ----------
    desk
        What knows whether writing is open.
    author, code
        What the fields hold.
    answer
        Gives the answer on which a right code leaves its cookie; asked only then.

    Raises
    ------
    UsageError
        Writing is closed, the code is wrong, or nobody is named.
    """
    access = desk.access
    if access is None or access.state == "closed":
        raise UsageError(CLOSED)
    if access.state == "locked":
        if not code:
            raise UsageError(LOCKED)
        if not access.unlock(code, answer()):
            raise UsageError("Ce code d’écriture n’est pas le bon : rien n’a été écrit.")
    name = (author or "").strip()
    if not name:
        raise UsageError("Dites qui écrit : le champ « Auteur » est vide.")
    return name
