"""What the page asks of the server once it is drawn: the proof of a value, and itself when values come."""

from urllib.parse import parse_qsl, urlencode

from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboards import words
from dashboards.pages.evaluation.context import PATH, choice_of
from dashboards.pages.evaluation.evidence import Evidence, evidence_of, quote_of
from dashboards.pages.evaluation.figures import Figure
from dashboards.pages.evaluation.finding import figure_at
from dashboards.pages.evaluation.index import index_of
from dashboards.pages.evaluation.proof import proof_content
from dashboards.pages.evaluation.proof_dialog import (
    ASKED_ID,
    CONTENT_ID,
    OPENED_ID,
    PROOF_WANTED_ID,
)
from dashboards.pages.page import Desk, in_browser
from dashboards.provenance_view import sees_values
from graphmodel import ContractGraph, MaillageError
from graphmodel.indicators import IndicatorValue
from graphmodel.provenance import Statement


def connect(app: Dash, desk: Desk) -> None:
    """Register the callbacks of the page."""
    in_browser(app, "openProof", Output(OPENED_ID, "data"), Input(PROOF_WANTED_ID, "data"))

    @app.callback(Output(CONTENT_ID, "children"), Input(ASKED_ID, "data"), prevent_initial_call=True)
    def show_proof(asked: dict[str, str] | None) -> list[Component]:
        """Return the proof of the value asked."""
        if not asked:
            raise PreventUpdate
        try:
            return shown_proof(desk, str(asked.get("key", "")), str(asked.get("search", "")))
        except MaillageError as error:
            return [html.P(str(error))]


def shown_proof(desk: Desk, key: str, search: str) -> list[Component]:
    """Return the content of the dialog for a key and the settings of an address; a sentence for no value.

    Raises
    ------
    MaillageError
        The store cannot be read.
    """
    graph = desk.provider()
    evaluation = desk.evaluations.ready(graph)
    if evaluation is None:
        return [html.P("Les indicateurs sont en cours de calcul : la preuve s’ouvrira ensuite.")]
    index = index_of(evaluation)
    settings = dict(parse_qsl(search.lstrip("?")))
    figure = figure_at(index, key, choice_of(index.years, settings))
    if figure is None:
        told = f"Le lien demandait « {key[:80]} » : aucune valeur de ce nom dans cette version de la base."
        return [html.P(words.typeset(told), className="nothing")]
    evidence, said = rests_on(desk, graph, figure)
    address = f"{PATH}?{urlencode({**settings, 'preuve': figure.key})}"
    masked = masks(desk, figure.value)
    return proof_content(index, figure, evidence, said, masked=masked, address=address)


def rests_on(desk: Desk, graph: ContractGraph, figure: Figure) -> tuple[Evidence | None, Statement | None]:
    """Return what a value rests on and where its effect is said; None for both without a store.

    Raises
    ------
    MaillageError
        The store cannot be read.
    """
    if desk.access is None:
        return None, None
    effect = figure.value.params.get("effect") or figure.value.effect.split(",")[0].strip()
    with desk.access.open() as store:
        told = sees_values(desk.access)
        return evidence_of(store, graph, figure.value, captions=told), quote_of(store, graph, effect)


def masks(desk: Desk, value: IndicatorValue) -> bool:
    """Tell whether the rows of a value are silent: it is secret, and this browser may not see it."""
    secret = value.secrecy not in (None, "V")
    return secret and (desk.access is None or not sees_values(desk.access))
