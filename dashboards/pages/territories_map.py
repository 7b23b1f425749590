"""The page of the map of a measure, that « Territoires » shows in a frame with its own stricter policy."""

import gzip
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

from dashboards.class_limits import METHODS, Method
from dashboards.maps.bundle import content_policy
from dashboards.maps.offline import page_of
from dashboards.maps.territories import MAP_PATH, map_level, territory_map
from dashboards.measures import Level, measure_of
from dashboards.mode import current_mode
from dashboards.pages.page import Desk
from dashboards.territory_series import map_of, series_of_graph

_KEPT_PAGES: Final = 16


def add_routes(server: Flask, desk: Desk, assets: str) -> None:
    """Serve the maps; `assets` is the address of the bundled assets, ending with `/`."""

    @lru_cache(maxsize=_KEPT_PAGES)
    def rendered(
        _: tuple[str, str], name: str, level: Level, year: int, method: Method
    ) -> tuple[bytes, str] | None:
        """Return a page, compressed, and its policy; the first argument is the version and the mode."""
        graph = desk.provider()
        measure = measure_of(name)
        evaluation = desk.evaluations.ready(graph) if measure and measure.needs_indicators else None
        content = measure and map_of(series_of_graph(graph), evaluation, measure, level, year, method)
        if not content:
            return None
        page = page_of(territory_map(content, prefix=assets))
        policy = f"{content_policy(page)}; frame-ancestors 'self'"
        return gzip.compress(page.encode("utf-8"), compresslevel=6, mtime=0), policy

    @server.get(MAP_PATH)
    def territory_map_page() -> Response:
        """Return the map of a measure; 404 for what is unknown, 503 while its indicators are computed."""
        graph = desk.provider()
        asked = _asked(request.args)
        if asked is None or asked[2] not in series_of_graph(graph).years:
            return Response("Cette carte n’existe pas.", 404, mimetype="text/plain")
        made = rendered((f"{graph.version.number}-{graph.version.marker}", current_mode()), *asked)
        if made is None:
            rendered.cache_clear()
            return Response("Calcul des indicateurs…", 503, {"Retry-After": "5"}, mimetype="text/plain")
        body, policy = made
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = Response(body if zipped else gzip.decompress(body), mimetype="text/html")
        if zipped:
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Cache-Control"] = "private, max-age=60"
        return answer


def _asked(args: Mapping[str, str]) -> tuple[str, Level, int, Method] | None:
    measure, level = measure_of(args.get("mesure", "")), map_level(args.get("niveau", ""))
    year, method = args.get("an", ""), args.get("classes", "fixes")
    known = next((name for name, _, _ in METHODS if name == method), None)
    if (
        measure is None
        or level is None
        or level not in measure.levels
        or known is None
        or not year.isdecimal()
    ):
        return None
    return measure.id, level, int(year), known
