"""Plain addresses of « Coopérations »: the small map of a selection, and the files."""

from functools import lru_cache

from flask import Flask, Response, request

from dashboards.kept_page import KeptPage, answer_of, kept_page
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
        return answer_of(_map_page(counts, found.largest, found.tone, found.caption))


@lru_cache(maxsize=48)
def _map_page(counts: tuple[tuple[str, int], ...], largest: int, tone: int, caption: str) -> KeptPage:
    """Return a page; equal footprints are one page."""
    return kept_page(page_of(footprint_map(dict(counts), largest, tone, caption, prefix=ASSETS_ADDRESS)))
