"""Plain addresses of « Coopérations »: the small map, and the network as files."""

import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask, Response, request

from dashboards.maps.bundle import content_policy
from dashboards.maps.footprint import footprint_map
from dashboards.maps.offline import page_of
from dashboards.mode import current_mode
from dashboards.network_exports import write_network
from dashboards.pages.cooperation.choices import Choices
from dashboards.pages.cooperation.context import CooperationContext, context_of
from dashboards.pages.cooperation.pieces import MAP_PATH
from dashboards.pages.cooperation.wave import lens_of
from dashboards.pages.page import Desk
from graphmodel import UsageError
from graphmodel.cooperation.exchange import NetworkView

ASSETS_ADDRESS = "/assets/"
KINDS = {
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Formats offered: extension, media type."""


def add_routes(server: Flask, desk: Desk) -> None:
    """Serve the small map and the files."""

    @server.get(MAP_PATH)
    def footprint() -> Response:
        """Return where what the address selects is at work."""
        context = context_of(desk.provider(), request.args.to_dict())
        if context is None or context.footprint is None:
            return Response("Rien n’est sélectionné.", 404, mimetype="text/plain")
        found = context.footprint
        counts = tuple(sorted(found.counts.items()))
        body, policy = _map_page(counts, found.largest, found.tone, found.caption)
        answer = Response(body, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Cache-Control"] = "private, max-age=60"
        return answer

    @server.get("/cooperations/reseau.<kind>")
    def network(kind: str) -> Response:
        """Return the network of the present view as a file."""
        context = context_of(desk.provider(), request.args.to_dict())
        if context is None or kind not in KINDS:
            return Response("Ce fichier n’existe pas.", 404, mimetype="text/plain")
        try:
            content = network_file(context, kind)
        except UsageError as error:
            return Response(str(error), 404, mimetype="text/plain")
        answer = Response(content, mimetype=KINDS[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(context, kind)}"'
        return answer


@lru_cache(maxsize=48)
def _map_page(counts: tuple[tuple[str, int], ...], largest: int, tone: int, caption: str) -> tuple[str, str]:
    page = page_of(footprint_map(dict(counts), largest, tone, caption, prefix=ASSETS_ADDRESS))
    return page, f"{content_policy(page)}; frame-ancestors 'self'"


def file_name(context: CooperationContext, kind: str) -> str:
    """Return the name of a file: `maillage_cooperations_2015_v12.gexf`."""
    number = context.subject.graph.version.number
    return f"maillage_cooperations_{context.choices.an}_v{number}.{kind}"


def network_file(context: CooperationContext, kind: str) -> bytes:
    """Return the network of the view as a file: its year, its filters, its drawing; secrecy applies.

    Raises
    ------
    UsageError
        No actor takes part in an action there.
    """
    choices = context.choices
    view = NetworkView(
        choices.year, choices.dessin == "acteurs", lens=lens_of(choices.axe, choices.monde, choices.famille)
    )
    with tempfile.TemporaryDirectory() as folder:
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
    told = [f" --year {choices.an}", " --projection" if choices.dessin == "acteurs" else ""]
    worlds = lens_of("", choices.monde, "").worlds
    told += [
        f" --axis {choices.axe}" if choices.axe else "",
        f" --world {next(iter(worlds))}" if worlds else "",
    ]
    told += [f' --family "{choices.famille}"' if choices.famille else ""]
    return f"maillage export network --out {name}{''.join(told)}"
