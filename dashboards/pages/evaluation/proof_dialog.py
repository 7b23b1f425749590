"""The dialog « D’où vient ce chiffre ? » of a value, and the buttons that open it."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes

DIALOG_ID = "proof"
CONTENT_ID = "proof-content"
ASKED_ID = "proof-asked"
OPENED_ID = "proof-opened"
PROOF_WANTED_ID = "proof-wanted"
"""Key in the address when the page is made; the browser opens the dialog on it."""


def proof_button(key: str, code: str, title: str, *, small: bool = False) -> Component:
    """Return the button that opens the proof of a value.

    Parameters
    ----------
    key
        Name of the value, see `Figure.key`.
    code, title
        Its indicator and what it is, for those who hear the button.
    small
        True for a reference inside a sentence: the code is its text.
    """
    said = f"D’où vient ce chiffre : {code} {title[:80]}"
    return html.Button(
        code if small else frame.icon("link"),
        type="button",
        className="ev-cited" if small else "icon-button ev-proof-button",
        title=words.typeset("D’où vient ce chiffre ?"),
        **attributes(aria_label=words.typeset(said), data_proof=key),
    )


def proof_dialog() -> Component:
    """Return the dialog, empty: the server fills it for the value asked."""
    copy = html.Button(
        [frame.icon("share"), html.Span("Copier la référence")],
        type="button",
        className="ev-text-button",
        id="proof-copy",
    )
    close = html.Button(
        frame.icon("close"),
        type="button",
        className="icon-button",
        title="Fermer",
        **attributes(aria_label="Fermer", data_close=DIALOG_ID),
    )
    title = html.H2(
        [html.Span(id="proof-code"), words.typeset("D’où vient ce chiffre ?")], id=f"{DIALOG_ID}-title"
    )
    said = html.Span(id="proof-copied", className="said", role="status")
    return html.Dialog(
        [
            html.Div([title, said, copy, close], className="dialog-head"),
            html.Div(id=CONTENT_ID, className="proof-content", **attributes(aria_live="polite")),
        ],
        id=DIALOG_ID,
        className="drawer proof",
        **attributes(aria_labelledby=f"{DIALOG_ID}-title"),
    )


def stores_of_proof() -> list[Component]:
    """Return what carries the value asked to the server, and what the browser answers."""
    return [dcc.Store(id=ASKED_ID), dcc.Store(id=OPENED_ID)]
