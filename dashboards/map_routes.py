"""The pages of maps that the dashboard shows in a frame, each with its own stricter policy."""

import gzip
from collections.abc import Callable
from functools import lru_cache

from flask import Flask, Response, request

from dashboards import view_data
from dashboards.maps import communes_map
from dashboards.maps.bundle import content_policy
from dashboards.maps.offline import page_of
from graphmodel import ContractGraph

MAP_PATH = "/carte"
"""Address of the map of actions: `an` is the year."""
_KEPT_PAGES = 12


def add_routes(server: Flask, provider: Callable[[], ContractGraph], assets: str) -> None:
    """Serve the maps.

    Parameters
    ----------
    server
        The web application.
    provider
        Gives the snapshot.
    assets
        Address of the bundled assets, ending with `/`.
    """

    @lru_cache(maxsize=_KEPT_PAGES)
    def rendered(_: str, year: int | None) -> tuple[bytes, str]:
        """Return a page, compressed, and its policy; the first argument is the version of the store."""
        page = page_of(communes_map(provider(), year, prefix=assets))
        policy = f"{content_policy(page)}; frame-ancestors 'self'"
        return gzip.compress(page.encode("utf-8"), compresslevel=6, mtime=0), policy

    @server.get(MAP_PATH)
    def map_page() -> Response:
        """Return the map of a year; an unknown year is the last one."""
        graph = provider()
        asked = request.args.get("an", "")
        year = int(asked) if asked.isdecimal() and int(asked) in view_data.years_of(graph) else None
        body, policy = rendered(f"{graph.version.number}-{graph.version.marker}", year)
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = Response(body if zipped else gzip.decompress(body), mimetype="text/html")
        if zipped:
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Cache-Control"] = "private, max-age=60"
        return answer
