"""The pages of maps that the dashboard shows in a frame, each with its own stricter policy."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, Response, request

from dashboards import view_data
from dashboards.kept_page import KeptPage, answer_of, kept_page
from dashboards.maps import communes_map
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
    def rendered(_: str, year: int | None) -> KeptPage:
        """Return a page; the first argument is the version of the store."""
        return kept_page(page_of(communes_map(provider(), year, prefix=assets)))

    @server.get(MAP_PATH)
    def map_page() -> Response:
        """Return the map of a year; an unknown year is the last one."""
        graph = provider()
        asked = request.args.get("an", "")
        year = int(asked) if asked.isdecimal() and int(asked) in view_data.years_of(graph) else None
        return answer_of(rendered(f"{graph.version.number}-{graph.version.marker}", year))
