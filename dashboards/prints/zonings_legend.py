"""The lines of a legend that show the zonings drawn over a map."""

from collections.abc import Mapping

import shapely

from dashboards import words
from dashboards.prints import signs
from dashboards.prints.blocks import Row, Swatch
from dashboards.prints.page import Page
from dashboards.prints.text import Box
from dashboards.prints.zonings_data import Zoning, ZoningsMapData


def zoning_rows(data: ZoningsMapData | None, *, insets: bool = True) -> list[Row]:
    """Return a line for each zoning drawn; `insets` tells whether there are insets, with their contours."""
    if data is None:
        return []
    swatches: Mapping[str, Swatch] = {"qpv": _quarter, "zrr": _rural}
    return [Row(swatches[sign], said) for sign, said in legend_rows(data, insets=insets).items()]


def _quarter(page: Page, box: Box) -> None:
    at = shapely.Point(box.x + box.w / 2, box.y + box.h / 2).buffer(1)
    signs.draw_qpv(page, at, 1_000_000, box.grown(1))


def _rural(page: Page, box: Box) -> None:
    signs.draw_zrr(page, box.polygon, box.grown(1), (box.x, box.y))


def legend_rows(data: ZoningsMapData, *, insets: bool = True) -> Mapping[str, str]:
    """Return the signs that are drawn, each with its number."""
    rows = {}
    if data.quarters:
        where = ", contour dans les cartons" if insets else ""
        rows["qpv"] = f"quartier prioritaire{where} (n = {words.number(len(data.quarters))})"
    if data.rural and data.rural_zoning:
        name = data.rural_zoning.scheme
        rows["zrr"] = f"commune classée en {name} (n = {words.number(len(data.rural))})"
    return rows


def zoning_words(zoning: Zoning) -> str:
    """Return a zoning with its vintage and its dates of force, as the foot of the page says it."""
    said = f"{zoning.name}, millésime {zoning.vintage}"
    if zoning.in_force_from:
        said += f", en vigueur du {words.day(zoning.in_force_from)}"
        said += f" au {words.day(zoning.in_force_to)}" if zoning.in_force_to else ", sans fin dite"
    return said
