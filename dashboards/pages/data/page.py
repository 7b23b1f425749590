"""The page « Données »: its views and the bar that leads to them."""

from collections.abc import Callable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, view_data, words
from dashboards.attributes import attributes
from dashboards.pages.data import basket, completeness, deciding, exporting, history, loading
from dashboards.pages.page import View, Visit
from graphmodel import MaillageError

PATH = "/donnees"
NAME = "Données"
ICON = "database"

Builder = Callable[[Visit], Sequence[Component]]
VIEWS: dict[str, tuple[str, Builder]] = {
    "charger": ("Charger", loading.body),
    "completude": ("Complétude", completeness.body),
    "decider": ("À décider", deciding.body),
    "historique": ("Historique", history.body),
    "exporter": ("Exporter", exporting.body),
    "rapport": ("Rapport", basket.body),
}
"""Views of the page: name in the address, word, what makes it."""
FIRST = "charger"


def build(visit: Visit) -> View:
    """Return the view that the address names."""
    asked = visit.settings.get("vue", FIRST)
    shown = asked if asked in VIEWS else FIRST
    notices = [] if asked in VIEWS else [words.unknown_setting(asked)]
    try:
        body = list(VIEWS[shown][1](visit))
    except MaillageError as error:
        body = [frame.message("Cette partie n’a pas pu être lue", str(error), "warning")]
    end = [loading.stepper(visit)] if shown == FIRST else []
    return View(
        body=[html.H1(loading.TITLE if shown == FIRST else VIEWS[shown][0], className="sr-only"), *body]
        if shown != FIRST
        else body,
        sources=view_data.source_parts(visit.graph),
        layout=f"body-data data-{shown}",
        bar=[_tabs(shown), *end],
        fictional=visit.graph.fictional,
        notices=notices,
    )


def _tabs(shown: str) -> Component:
    links = [
        html.A(
            word,
            href=f"{PATH}?vue={name}" if name != FIRST else PATH,
            className="tab inside",
            **(attributes(aria_current="true") if name == shown else {}),
        )
        for name, (word, _) in VIEWS.items()
    ]
    return html.Nav(links, className="tabs", **attributes(aria_label="Parties de la page Données"))


def stores() -> list[Component]:
    """Return what the page keeps in the browser: where to go once something is written."""
    return [dcc.Store(id="go")]
