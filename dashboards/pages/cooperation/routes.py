"""Plain addresses of « Coopérations »: the small map of a selection, and the files."""

from functools import lru_cache

from flask import Flask, Response, request

from dashboards.maps.bundle import content_policy
from dashboards.maps.footprint import footprint_map
from dashboards.maps.offline import page_of
from dashboards.pages.cooperation import files
from dashboards.pages.cooperation.context import context_of
from dashboards.pages.cooperation.pieces import MAP_PATH
from dashboards.pages.page import Desk

ASSETS_ADDRESS = "/assets/"


def add_routes(server: Flask, desk: Desk) -> None:
    """Serve the small map and the files."""
    files.add_routes(server, desk)

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


@lru_cache(maxsize=48)
def _map_page(counts: tuple[tuple[str, int], ...], largest: int, tone: int, caption: str) -> tuple[str, str]:
    """Return a page and its policy; equal footprints are one page."""
    page = page_of(footprint_map(dict(counts), largest, tone, caption, prefix=ASSETS_ADDRESS))
    return page, f"{content_policy(page)}; frame-ancestors 'self'"
