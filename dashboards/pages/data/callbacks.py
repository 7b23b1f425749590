"""What writes on « Données »: a file, an undo, a mapping; each signed, each in one transaction."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboards import load_preview, uploads
from dashboards.load_preview import Options, Preview
from dashboards.pages.data import history, loading, mapping_view
from dashboards.pages.data.deciding_callbacks import connect_decisions
from dashboards.pages.data.way import way
from dashboards.pages.page import Desk, in_browser
from dashboards.pages.signing import AUTHOR_ID, CODE_ID, signed
from graphmodel import InputFaultsError, MaillageError, UsageError

GONE = "Ce fichier n’est plus là : choisissez-le à nouveau."


def connect(app: Dash, desk: Desk) -> None:
    """Register the callbacks of the page."""
    in_browser(
        app, "follow", Output("opened", "data", allow_duplicate=True), Input("go", "data"), at_first=False
    )
    _connect_write(app, desk)
    _connect_again(app, desk)
    _connect_undo(app, desk)
    _connect_mapping(app, desk)
    connect_decisions(app, desk)


def _connect_write(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("go", "data"),
        Output(loading.SAID_ID, "children"),
        Input(loading.WRITE_ID, "n_clicks"),
        State(loading.LOT_ID, "data"),
        State(AUTHOR_ID, "value"),
        State(CODE_ID, "value"),
        State(loading.SURE_ID, "checked"),
        prevent_initial_call=True,
        running=[(Output(loading.WRITE_ID, "disabled"), True, False)],
    )
    def write(clicks: int | None, lot: str, author: str, code: str, sure: bool) -> tuple[Any, Any]:
        """Write the file that was previewed; say why not otherwise."""
        if not clicks or desk.access is None:
            raise PreventUpdate
        try:
            name = signed(desk, author, code)
            folder, shown = _shown(desk, lot)
            if shown.many_removed and not sure:
                raise UsageError(
                    "Cochez d’abord que ce fichier est bien complet : beaucoup de lignes disparaîtraient."
                )
            _, written = load_preview.write(desk.access, load_preview.file_of(folder), shown, name)
            load_preview.keep(written, folder)
        except MaillageError as error:
            return no_update, _sentence(error)
        return way(f"/donnees?lot={lot}"), "Écrit."


def _shown(desk: Desk, lot: str) -> tuple[Any, Preview]:
    folder = uploads.find(desk.access.folder, lot) if desk.access else None
    shown = load_preview.kept(folder) if folder else None
    if folder is None or shown is None:
        raise UsageError(GONE)
    return folder, shown


def _sentence(error: MaillageError) -> str:
    """Return the first words of an error: the faults themselves are listed beside."""
    if isinstance(error, InputFaultsError) and error.faults:
        return f"Rien n’a été écrit. {error.faults[0].sentence()}"
    return str(error)


def _connect_again(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(loading.AGAIN_SAID_ID, "children"),
        Input(loading.AGAIN_ID, "n_clicks"),
        State(loading.LOT_ID, "data"),
        State(loading.KIND_ID, "value"),
        State(loading.VINTAGE_ID, "value"),
        State(loading.REPLACE_ID, "checked"),
        State(loading.STRICT_ID, "checked"),
        prevent_initial_call=True,
        running=[(Output(loading.AGAIN_ID, "disabled"), True, False)],
    )
    def again(
        clicks: int | None, lot: str, kind: str | None, year: str, replace: bool, strict: bool
    ) -> tuple[Any, Any]:
        """Preview the file with other options."""
        if not clicks or desk.access is None:
            raise PreventUpdate
        try:
            folder, _ = _shown(desk, lot)
            options = Options(kind or None, _year(year), bool(replace), bool(strict))
            load_preview.keep(
                load_preview.preview(desk.access, load_preview.file_of(folder), options), folder
            )
        except MaillageError as error:
            return no_update, _sentence(error)
        return way(f"/donnees?lot={lot}"), "Aperçu refait."


def _year(text: str | None) -> int | None:
    said = (text or "").strip()
    if not said:
        return None
    if said.isascii() and said.isdigit() and 1900 <= int(said) <= 2100:
        return int(said)
    raise UsageError("Une année s’écrit avec quatre chiffres.")


def _connect_undo(app: Dash, desk: Desk) -> None:
    for button, said, back in (
        (history.UNDO_ID, history.SAID_ID, "/donnees?vue=historique"),
        (loading.UNDO_ID, loading.SAID_ID, "/donnees?vue=historique"),
    ):

        @app.callback(
            Output("go", "data", allow_duplicate=True),
            Output(said, "children", allow_duplicate=True),
            Input(button, "n_clicks"),
            State(AUTHOR_ID, "value"),
            State(CODE_ID, "value"),
            prevent_initial_call=True,
        )
        def undo(clicks: int | None, author: str, code: str, back: str = back) -> tuple[Any, Any]:
            """Take the last write back."""
            if not clicks or desk.access is None:
                raise PreventUpdate
            try:
                name = signed(desk, author, code)
                with desk.access.open() as store:
                    store.undo(author=name)
            except MaillageError as error:
                return no_update, _sentence(error)
            return way(back), "Annulé."


def _connect_mapping(app: Dash, desk: Desk) -> None:
    def every(kind: str) -> dict[str, Any]:
        return {"kind": f"map-{kind}", "rank": ALL}

    @app.callback(
        Output("go", "data", allow_duplicate=True),
        Output(mapping_view.SAID_ID, "children"),
        Input(mapping_view.APPLY_ID, "n_clicks"),
        State(mapping_view.LOT_ID, "data"),
        State(mapping_view.SENDER_ID, "value"),
        *(State(every(kind), prop) for kind in ("column", "constant", "value") for prop in ("id", "value")),
        prevent_initial_call=True,
        running=[(Output(mapping_view.APPLY_ID, "disabled"), True, False)],
    )
    def apply(clicks: int | None, lot: str, sender: str | None, *said: list[Any]) -> tuple[Any, Any]:
        """Keep what the columns are, and preview the file read so."""
        if not clicks or desk.access is None:
            raise PreventUpdate
        answers = {
            (kind, int(name["rank"])): str(value or "")
            for at, kind in enumerate(("column", "constant", "value"))
            for name, value in zip(said[2 * at], said[2 * at + 1], strict=True)
        }
        try:
            folder, shown = _shown(desk, lot)
            mapping_view.keep(folder, sender or "", answers)
            path = load_preview.file_of(folder)
            load_preview.keep(load_preview.preview(desk.access, path, shown.options), folder)
        except MaillageError as error:
            return no_update, _sentence(error)
        return way(f"/donnees?lot={lot}"), "Lu."
