"""A sheet as one page for a browser: no request, the same words as the PDF."""

from importlib.resources import files

import jinja2
from markupsafe import Markup

from dashboards.sheets.content import Sheet
from dashboards.sheets.typeset import plain
from dashboards.theme import LIGHT, PRINT


def sheet_html(sheet: Sheet) -> str:
    """Return a sheet as one HTML page that asks for nothing else."""
    source = (files("dashboards.sheets") / "sheet.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    svg = "" if sheet.map is None else sheet.map.svg.decode("utf-8")
    # What precedes the picture in an SVG file has no place inside a page.
    picture = svg[svg.index("<svg") :] if svg else ""
    return environment.from_string(source).render(
        d=plain(sheet, ".html"), picture=Markup(picture), c=LIGHT, p=PRINT
    )
