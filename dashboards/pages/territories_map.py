"""The page of the map of a measure, that « Territoires » shows in a frame with its own stricter policy."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

from dashboards import theme
from dashboards.class_limits import METHODS, Method
from dashboards.kept_page import KeptPage, answer_of, kept_page, page_policy
from dashboards.maps.offline import page_of
from dashboards.maps.territories import MAP_PATH, map_level, territory_map
from dashboards.measures import MEASURE_BY_NAME, Level, measure_of
from dashboards.mode import current_mode
from dashboards.pages.page import Desk
from dashboards.territory_series import map_of, series_of_graph

_KEPT_PAGES: Final = 16
_STATE: Final = (
    "margin:0;height:100vh;display:grid;place-content:center;text-align:center;font:15px/1.4 sans-serif;"
    "background:var(--paper);color:var(--ink)"
)
_LOG = logging.getLogger(__name__)


def add_routes(server: Flask, desk: Desk, assets: str) -> None:
    """Serve the maps; `assets` is the address of the bundled assets, ending with `/`."""

    @lru_cache(maxsize=_KEPT_PAGES)
    def rendered(_: tuple[str, str], name: str, level: Level, year: int, method: Method) -> KeptPage:
        """Return a page; the first argument is the version and the mode."""
        graph = desk.provider()
        measure = MEASURE_BY_NAME[name]
        evaluation = desk.evaluations.ready(graph) if measure.needs_indicators else None
        content = map_of(series_of_graph(graph), evaluation, measure, level, year, method)
        if content is None:
            raise LookupError(name)
        return kept_page(page_of(territory_map(content, prefix=assets)))

    @server.get(MAP_PATH)
    def territory_map_page() -> Response:
        """Return the map of a measure; 404 for what is unknown, 503 while its indicators are computed."""
        graph = desk.provider()
        asked = _asked(request.args)
        if asked is None or asked[2] not in series_of_graph(graph).years:
            return _said(
                "Cette carte n’existe pas.",
                "L’adresse demande une mesure, un niveau ou une année inconnus.",
                404,
            )
        if MEASURE_BY_NAME[asked[0]].needs_indicators and desk.evaluations.ready(graph) is None:
            return _said("Calcul des indicateurs…", "La carte s’affichera quand ils seront là.", 503)
        try:
            page = rendered((f"{graph.version.number}-{graph.version.marker}", current_mode()), *asked)
        except Exception:
            # One view fails, the page around it lives and its table says the same.
            _LOG.exception("the map %s failed", asked)
            return _said(
                "Cette carte n’a pas pu être dessinée",
                "Le tableau reste disponible ; le détail est dans le journal du serveur.",
                500,
            )
        return answer_of(page)


def _said(fact: str, remedy: str, status: int) -> Response:
    """Return a page in the place of a map: what happened, what can be done, a way to try again."""
    style = f"<style>{theme.css()}body{{{_STATE}}}a{{color:var(--acc)}}</style>"
    page = (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{fact}</title>{style}</head>'
        f'<body><main><h1>{fact}</h1><p>{remedy}</p><p><a href="">Réessayer</a></p></main></body></html>'
    )
    answer = Response(page, status, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = page_policy(page)
    answer.headers["Cache-Control"] = "no-store"
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
