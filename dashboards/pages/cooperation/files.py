"""The files of « Coopérations »: the network of the present view, and its printed figures."""

import shlex
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask, Response, request

from dashboards import words
from dashboards.figures.registry import FIGURES, figure
from dashboards.mode import current_mode
from dashboards.network_exports import write_network
from dashboards.pages.cooperation.choices import Choices
from dashboards.pages.cooperation.context import CooperationContext, context_of
from dashboards.pages.cooperation.wave import lens_of
from dashboards.pages.page import Desk
from graphmodel import MaillageError
from graphmodel.cooperation.exchange import NetworkView

NETWORKS: Final = {
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Formats of the network: extension, media type."""
PICTURES: Final = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
"""Formats of the printed figures."""
DRAWN: Final = ("f2", "f3")
"""Figures of the network: two modes of a year, projection of every year."""
_NOT_YET: Final = "Les indicateurs sont en cours de calcul : réessayer dans une minute."


def add_routes(server: Flask, desk: Desk) -> None:
    """Serve the files; each reads the settings of the page in its own address."""

    @server.get("/cooperations/reseau.<kind>")
    def network(kind: str) -> Response:
        """Return the network of the present view."""
        context = context_of(desk.provider(), request.args.to_dict())
        if context is None or kind not in NETWORKS:
            return _refused("Ce fichier n’existe pas.", 404)
        try:
            content = network_file(context, kind)
        except MaillageError as error:
            return _refused(str(error), 404)
        return _sent(content, NETWORKS[kind], file_name(context, kind))

    @server.get("/cooperations/figure-<name>.<kind>")
    def printed(name: str, kind: str) -> Response:
        """Return a printed figure of the network."""
        context = context_of(desk.provider(), request.args.to_dict())
        if context is None or name not in DRAWN or kind not in PICTURES:
            return _refused("Ce fichier n’existe pas.", 404)
        try:
            content = figure_file(desk, context, name, kind)
        except MaillageError as error:
            return _refused(str(error), 409)
        if content is None:
            return _refused(desk.evaluations.failure() or _NOT_YET, 503)
        return _sent(content, PICTURES[kind], file_name(context, kind, name))


def _refused(why: str, status: int) -> Response:
    return Response(words.typeset(why), status, mimetype="text/plain")


def _sent(content: bytes, media: str, name: str) -> Response:
    answer = Response(content, mimetype=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def file_name(context: CooperationContext, kind: str, what: str = "cooperations") -> str:
    """Return the name of a file: `maillage_cooperations_2015_v12.gexf`."""
    return f"maillage_{what}_{context.choices.an}_v{context.subject.graph.version.number}.{kind}"


def network_file(context: CooperationContext, kind: str) -> bytes:
    """Return the network of the view: its year, its filters, its drawing; secrecy applies.

    Raises
    ------
    UsageError
        No actor takes part in an action there.
    """
    choices = context.choices
    view = NetworkView(
        choices.year, choices.dessin == "acteurs", lens=lens_of(choices.axe, choices.monde, choices.famille)
    )
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        name = f"reseau.{'csv' if kind == 'zip' else kind}"
        paths = write_network(
            context.subject.graph, Path(folder) / name, view, current_mode(), _command(choices, name)
        )
        if kind != "zip":
            return paths[0].read_bytes()
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for path in paths:
                archive.write(path, path.name)
        return packed.getvalue()


def _command(choices: Choices, name: str) -> str:
    """Return the command that writes the file again."""
    worlds = lens_of("", choices.monde, "").worlds or frozenset()
    told = {"year": choices.an, "axis": choices.axe, "world": "".join(worlds), "family": choices.famille}
    options = "".join(f" --{option} {shlex.quote(value)}" for option, value in told.items() if value)
    projected = " --projection" if choices.dessin == "acteurs" else ""
    mode = "" if current_mode() == "publication" else f" --mode {current_mode()}"
    return f"maillage export network --out {name}{options}{projected}{mode}"


def figure_file(desk: Desk, context: CooperationContext, name: str, kind: str) -> bytes | None:
    """Return a printed figure, None while the indicators it stands on are being computed.

    Raises
    ------
    MaillageError
        It cannot be drawn.
    """
    graph = context.subject.graph
    evaluation = desk.evaluations.ready(graph)
    if evaluation is None:
        return None
    year = context.choices.year if FIGURES[name].yearly else None
    made = figure(name, graph, evaluation, year=year)
    told = f"--kind {name} --out {name}.{kind}{f' --year {year}' if year else ''} --mode {evaluation.mode}"
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        return made.save(Path(folder) / f"{name}.{kind}", f"maillage export figure {told}").read_bytes()
