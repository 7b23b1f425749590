"""Plain addresses of the meeting: the screens, the notes that come in, the record that goes out."""

import json
from datetime import date
from functools import lru_cache
from typing import Final

from flask import Flask, Response, jsonify, request
from markupsafe import Markup

from dashboards import theme, words
from dashboards.access import CLOSED, LOCKED, StoreAccess
from dashboards.kept_page import KeptPage, answer_of, kept_page, page_policy
from dashboards.meeting.calendar import assembly_meetings, meeting_on
from dashboards.meeting.context import meeting_context
from dashboards.meeting.notes import note_of, write_note
from dashboards.meeting.record import record_page
from dashboards.meeting.render import NOTES_PATH, alone, meeting_page, save_name
from dashboards.pages.page import Desk
from graphmodel import ContractGraph, InputFaultsError, MaillageError, UsageError
from graphmodel.evaluation import Evaluation

SCREEN_PATH: Final = "/seance/ecran"
"""Screens: `date`, `ecrans` (an agenda), `ecran` (rank of the first, from 1)."""
FILE_PATH: Final = "/seance/fichier"
RECORD_PATH: Final = "/seance/releve"
ASK_AGAIN_S: Final = 3
_KEPT_PAGES: Final = 4
_MOST_BYTES: Final = 20_000


def add_routes(server: Flask, desk: Desk, assets: str) -> None:
    """Serve the meeting.

    Parameters
    ----------
    server
        The web application.
    desk
        Snapshot, store and evaluation.
    assets
        Address of the bundled assets, ending with `/`.
    """
    found = _Evaluated(desk)

    @lru_cache(maxsize=_KEPT_PAGES)
    def rendered(_: tuple[object, ...], day: date, agenda: str, start: int, apart: bool) -> KeptPage:
        """Return a page; the first argument is the version of the store and of its values."""
        graph = desk.provider()
        evaluation = found(graph)
        assert evaluation is not None
        context = meeting_context(graph, evaluation, day, agenda or None)
        page = alone(meeting_page(context, None, start)) if apart else meeting_page(context, assets, start)
        return kept_page(page, "connect-src 'self'")

    def answer(*, apart: bool) -> Response:
        """Return the page asked for, or one that asks again while the values are being computed."""
        graph = desk.provider()
        evaluation = found(graph)
        if evaluation is None:
            return _waiting(desk)
        sign = (graph.version.number, graph.version.marker, id(evaluation))
        agenda, rank = request.args.get("ecrans", "")[:600], request.args.get("ecran", "1")
        start = max(0, int(rank) - 1) if rank.isdecimal() else 0
        day = day_asked(graph)
        made = answer_of(rendered(sign, day, agenda, start, apart), "private, no-cache")
        if apart:
            made.headers["Content-Disposition"] = f"attachment; filename={save_name(day)}"
        return made

    @server.get(SCREEN_PATH)
    def screens() -> Response:
        """Return the screens of a meeting."""
        return answer(apart=False)

    @server.get(FILE_PATH)
    def file() -> Response:
        """Return the screens as a file that stands alone."""
        return answer(apart=True)

    @server.get(RECORD_PATH)
    def record() -> Response:
        """Return what was said at a meeting, to read and to print."""
        graph = desk.provider()
        page = record_page(graph, meeting_on(graph, day_asked(graph)))
        made = Response(page, mimetype="text/html")
        made.headers["Content-Security-Policy"] = page_policy(page)
        return made

    _add_notes(server, desk.access)


class _Evaluated:
    """The evaluation to show: that of the present version, else the last one that was ready.

    A note changes the version: a page opened again in a meeting must not wait for figures that the
    note does not change.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: Evaluation | None = None

    def __call__(self, graph: ContractGraph) -> Evaluation | None:
        """Return the evaluation, None before the first is there."""
        self._last = self._desk.evaluations.ready(graph) or self._last
        return self._last


def day_asked(graph: ContractGraph) -> date:
    """Return the day of the address; without one, that of the last meeting, else today."""
    try:
        return date.fromisoformat(request.args.get("date", ""))
    except ValueError:
        held = assembly_meetings(graph)
        return held[-1].on if held else date.today()


def _waiting(desk: Desk) -> Response:
    failure = desk.evaluations.failure()
    said = failure or "Calcul des indicateurs… L’écran s’ouvrira seul, dans moins d’une minute d’ordinaire."
    again = Markup("") if failure else Markup('<meta http-equiv="refresh" content="{}">').format(ASK_AGAIN_S)
    page = Markup(
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Séance</title>{}<style>{}'
        "body{{margin:20vh 8vw;font:600 3vw/1.3 sans-serif;color:var(--ink);background:var(--paper)}}</style>"
        "</head><body><main><h1>Séance</h1><p>{}</p></main></body></html>"
    ).format(again, Markup(theme.css()), words.typeset(said))
    made = Response(str(page), mimetype="text/html")
    made.headers["Content-Security-Policy"] = page_policy(str(page))
    made.headers["Cache-Control"] = "no-store"
    return made


def _add_notes(server: Flask, access: StoreAccess | None) -> None:
    @server.get(NOTES_PATH)
    def state() -> Response:
        """Tell whether this browser may write: `closed`, `locked` or `open`."""
        made = jsonify(state="closed" if access is None else access.state)
        made.headers["Cache-Control"] = "no-store"
        return made

    @server.post(NOTES_PATH)
    def take() -> tuple[Response, int]:
        """Write a note: 401 asks who writes, 400 says what is wrong, 503 that the note must be kept."""
        made = jsonify(message="")
        try:
            sent = _sent()
            author = str(sent.get("author") or "")
            refusal = _may_write(access, str(sent.get("code") or ""), made) or _nobody(author)
            if access is None or refusal:
                return jsonify(message=refusal), 401
            if sent.get("signing"):
                return made, 200
            note = note_of(sent, author)
            with access.open() as store:
                write_note(store, note)
        except (UsageError, InputFaultsError) as error:
            return jsonify(message=str(error)), 400
        except MaillageError as error:
            return jsonify(message=str(error)), 503
        return made, 200


def _sent() -> dict[str, object]:
    content = request.get_data(cache=False) if (request.content_length or 0) <= _MOST_BYTES else b""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):  # thousands of brackets one in the other are no note
        found = None
    if not isinstance(found, dict):
        raise UsageError("Cette note n’est pas lisible : rien n’a été écrit.")
    return found


def _nobody(author: str) -> str:
    return "" if author.strip() else "Dites qui prend note : l’auteur manque."


def _may_write(access: StoreAccess | None, code: str, answer: Response) -> str:
    """Return why this browser may not write, empty when it may; a right code opens writing on the answer."""
    if access is None or access.state == "closed":
        return CLOSED
    if access.state == "open":
        return ""
    if not code:
        return LOCKED
    return "" if access.unlock(code, answer) else "Ce code d’écriture n’est pas le bon : rien n’a été écrit."
