"""What a decision writes: a value retained, two organisations joined or parted, a correction."""

from collections.abc import Callable
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboards import words
from dashboards.cli.typed_value import value_of
from dashboards.pages.data.deciding import LISTS_ID, SAID_ID, UNLOCK_ID, UNLOCK_SAID_ID
from dashboards.pages.data.way import way
from dashboards.pages.page import Desk
from dashboards.pages.signing import AUTHOR_ID, CODE_ID, signed
from graphmodel import MaillageError, Store, UsageError
from graphmodel.aliases import Kept
from graphmodel.decisions import conflicts, correct, decide_match, withdraw_correction
from graphmodel.decisions.corrections import correctable
from graphmodel.finding import find_element
from graphmodel.wording import french_property, french_value

BACK = "/donnees?vue=decider"
Written = tuple[Any, Any]


def _each(kind: str) -> dict[str, Any]:
    return {"kind": kind, "rank": ALL}


def connect_decisions(app: Dash, desk: Desk) -> None:
    """Register the callbacks of « À décider »."""
    _connect_unlock(app, desk)
    _connect_conflicts(app, desk)
    _connect_matches(app, desk)
    _connect_withdrawals(app, desk)
    _connect_corrections(app, desk)


def _connect_unlock(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(UNLOCK_SAID_ID, "children"),
        Input(UNLOCK_ID, "n_clicks"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        prevent_initial_call=True,
    )
    def unlock(clicks: int | None, author: str, code: str) -> Written:
        """Open the part to a browser that gives the code; nothing is written."""
        if not clicks:
            raise PreventUpdate
        try:
            signed(desk, author, code)
        except MaillageError as error:
            return no_update, str(error)
        return way(BACK), "Ouvert."


def _write(
    desk: Desk, author: str, code: str, act: Callable[[Store, str], object], back: str = BACK
) -> Written:
    """Sign and write one decision; return where to go then, and what to say."""
    if desk.access is None:
        raise PreventUpdate
    try:
        name = signed(desk, author, code)
        with desk.access.open() as store:
            act(store, name)
    except MaillageError as error:
        return no_update, str(error)
    return way(back), "Décision écrite."


def _clicked() -> int:
    """Rank of the button that was clicked; components that have just appeared do not count."""
    if not ctx.triggered or not ctx.triggered[0]["value"] or not isinstance(ctx.triggered_id, dict):
        raise PreventUpdate
    return int(ctx.triggered_id["rank"])


def _connect_conflicts(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(SAID_ID, "children"),
        Input(_each("conflict-keep"), "n_clicks"),
        State(_each("conflict-choice"), "value"),
        State(_each("conflict-why"), "value"),
        State(LISTS_ID, "data"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        prevent_initial_call=True,
    )
    def keep(
        _clicks: list[int], choices: list[str], whys: list[str], lists: dict[str, Any], author: str, code: str
    ) -> Written:
        """Retain what one of the documents says."""
        rank = _clicked()
        table, key, name = lists["conflicts"][rank]

        def act(store: Store, who: str) -> None:
            if choices[rank] is None:
                raise UsageError("Choisissez d’abord la valeur à retenir.")
            found = next(
                (
                    c
                    for c in conflicts(store)
                    if (c.element.table, c.element.key, c.property) == (table, key, name)
                ),
                None,
            )
            if found is None or int(choices[rank]) >= len(found.statements):
                raise UsageError("Ce désaccord n’est plus là : rouvrez la page.")
            value = found.statements[int(choices[rank])].values[name]
            correct(store, table, key, name, value, author=who, why=_reason(whys[rank]))

        return _write(desk, author, code, act)


def _reason(text: str | None) -> str:
    if not (text or "").strip():
        raise UsageError("Dites pourquoi : une décision est motivée.")
    return (text or "").strip()


def _connect_matches(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(SAID_ID, "children", allow_duplicate=True),
        Input(_each("match-same"), "n_clicks"),
        Input(_each("match-different"), "n_clicks"),
        State(_each("match-why"), "value"),
        State(LISTS_ID, "data"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        prevent_initial_call=True,
    )
    def decide(
        _same: list[int],
        _different: list[int],
        whys: list[str],
        lists: dict[str, Any],
        author: str,
        code: str,
    ) -> Written:
        """Join or part two organisations."""
        rank = _clicked()
        one_key, one_id, other_key, other_id = lists["matches"][rank]
        verdict: Any = "same" if ctx.triggered_id["kind"] == "match-same" else "different"

        def act(store: Store, who: str) -> None:
            pair = Kept(one_key, one_id), Kept(other_key, other_id)
            decide_match(store, *pair, verdict, author=who, why=_reason(whys[rank]))

        return _write(desk, author, code, act)


def _connect_withdrawals(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(SAID_ID, "children", allow_duplicate=True),
        Input(_each("withdraw"), "n_clicks"),
        State(_each("withdraw-why"), "value"),
        State(_each("withdraw-why"), "id"),
        State(LISTS_ID, "data"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        prevent_initial_call=True,
    )
    def withdraw(
        _clicks: list[int],
        whys: list[str],
        ids: list[dict[str, int]],
        lists: dict[str, Any],
        author: str,
        code: str,
    ) -> Written:
        """Take a correction back: the documents decide again."""
        rank = _clicked()
        table, key, name = lists["journal"][rank]
        why = next((said for said, at in zip(whys, ids, strict=True) if at["rank"] == rank), None)
        return _write(
            desk,
            author,
            code,
            lambda store, who: withdraw_correction(store, table, key, name, author=who, why=_reason(why)),
        )


def _connect_corrections(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("correct-property", "data"),
        Output("correct-now", "children"),
        Input("correct-key", "value"),
        Input("correct-property", "value"),
    )
    def show_now(word: str | None, name: str | None) -> Written:
        """Return what can be corrected of an element, and what it says now."""
        if not (word or "").strip() or desk.access is None:
            return [], ""
        try:
            with desk.access.open() as store:
                element = find_element(store, (word or "").strip(), desk.access.contract)
                record = store.read(element.table, [element.key])[element.key]
        except MaillageError as error:
            return [], str(error).partition("\n")[0]
        names = correctable(element.table)
        options = [{"value": one, "label": french_property(element.table, one)} for one in names]
        said = element.name
        if name in names:
            now = french_value(element.table, name, record.values.get(name))
            said += f"{words.NBSP}: {french_property(element.table, name)} = {now}"
        return options, said

    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(SAID_ID, "children", allow_duplicate=True),
        Input("correct-write", "n_clicks"),
        State("correct-key", "value"),
        State("correct-property", "value"),
        State("correct-value", "value"),
        State("correct-why", "value"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        prevent_initial_call=True,
    )
    def write(
        clicks: int | None,
        word: str,
        name: str | None,
        text: str | None,
        why: str | None,
        author: str,
        code: str,
    ) -> Written:
        """Override a value."""
        if not clicks:
            raise PreventUpdate

        def act(store: Store, who: str) -> None:
            if not (word or "").strip() or not name:
                raise UsageError("Dites quel élément, et laquelle de ses valeurs.")
            element = find_element(store, word.strip(), desk.access.contract if desk.access else None)
            value = value_of(element.table, name, text) if (text or "").strip() and text else None
            correct(store, element.table, element.key, name, value, author=who, why=_reason(why))

        return _write(desk, author, code, act)
