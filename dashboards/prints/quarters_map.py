"""Map M4: priority quarters named, included, reached; one sign tells the three degrees, never summed."""

from typing import Final

import shapely
from matplotlib.patches import Wedge
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.atlas import Atlas, Labels, draw_atlas
from dashboards.prints.blocks import BODY, NOTE, Block, Drawing, Rows, Section, Swatch
from dashboards.prints.content import Content, Request, population_words
from dashboards.prints.coverage_data import INTENTIONS, Intention, QuartersMapData, quarters_map_data
from dashboards.prints.ground import PrintGround
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.scale import MapFrame
from dashboards.prints.text import Box, Face, fit
from dashboards.prints.zonings_legend import zoning_words
from dashboards.prints.zonings_map import inset_places, name_quarters
from dashboards.theme import LIGHT, PRINT
from graphmodel.coverage import INCLUDED
from graphmodel.places import REACHED, TARGETED

RADIUS: Final = 1.05
"""Radius of the sign in millimetres; the ring of a quarter reached is `RING_MM` larger."""
RING_MM: Final = 0.75
_ROW_MM: Final = 6.2
_SAID: Final[dict[Intention, str]] = {
    "targeted": "ciblé : lieu nommé par une action",
    "included": "inclus : dans un territoire nommé",
    "neither": "ni ciblé ni inclus",
}
_DEGREES: Final = ((TARGETED, "ciblés"), (INCLUDED, "inclus (les ciblés compris)"), (REACHED, "atteints"))


def quarters_content(asked: Request) -> Content:
    """Return map M4 of a contract.

    Raises
    ------
    UsageError
        When no list of quarters is loaded, or nothing is known of the year.
    """
    ground = asked.ground
    data = quarters_map_data(asked.graph, ground, asked.options.year)
    zoning = data.zonings.quarters_zoning
    origin = " (jeu de démonstration fictif)" if data.fictional else ""
    listed = f" Quartiers : {zoning_words(zoning)}." if zoning else ""
    return Content(
        title=f"Quartiers prioritaires ciblés, inclus, atteints, {years_words(data.years)}",
        about="question 3, effet E3.1 · hors actions régionales · trois degrés, jamais additionnés",
        fictional=data.fictional,
        sources=(f"Source : lieux et bénéficiaires des bilans annuels{origin} (T02).{listed}",),
        draw=lambda page, layout: draw_quarters_map(page, layout, data, ground),
        zonings=(zoning,) if zoning else (),
        ground_words=population_words(ground),
    )


def years_words(years: tuple[int, ...]) -> str:
    """Return the years of a title: « 2015 », « 2014-2016 »."""
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"


def draw_quarters_map(page: Page, layout: Layout, data: QuartersMapData, ground: PrintGround) -> None:
    """Draw map M4; names that found no place are in `Page.unplaced`."""

    def paint(page: Page, frame: MapFrame, z: float) -> None:
        ordered = sorted(data.states, key=lambda state: (state.reached, state.quarter.code))
        for state in ordered:
            shape = frame.shape(state.quarter.shape)
            at = shape.centroid
            if frame.scale <= 500_000 and shape.area:
                signs.cased(page, shape, LIGHT.qpv, 0.6, 1.4, Z["perimeter"] + z, clip=frame.box)
            draw_sign(page, at.x, at.y, state.intention, reached=state.reached, z=z, clip=frame.box)

    def label(page: Page, frame: MapFrame, labels: Labels) -> None:
        name_quarters(page, frame, data.zonings, ground, labels, reach=RADIUS + RING_MM)

    def blocks(page: Page, insets: bool) -> list[Block]:  # noqa: ARG001
        return _legend(data, insets=insets)

    places = inset_places(data.zonings, ground)
    draw_atlas(page, layout, ground, Atlas(paint, label, blocks, places, marks=data.zonings.marks))


def draw_sign(page: Page, x: float, y: float, intention: Intention, *, reached: bool, z: float = 0.0,
              clip: Box | None = None) -> None:  # fmt: skip
    """Draw a quarter: full, half or empty by what was meant of it, within a ring where it was reached."""
    order = Z["mark"] + z
    if reached:
        ring: BaseGeometry = shapely.Point(x, y).buffer(RADIUS + RING_MM)
        signs.cased(page, ring, LIGHT.ink, 0.8, 1.8, order, clip=clip)
    edge = LIGHT.mut if intention == "neither" else LIGHT.qpv
    fill = LIGHT.qpv if intention == "targeted" else LIGHT.casing
    signs.disc(page, x, y, RADIUS, fill, order + 0.2, edge=edge, line=0.8, clip=clip)
    if intention == "included":
        half = Wedge((x, y), RADIUS, 90, 270, facecolor=LIGHT.qpv, edgecolor="none", zorder=order + 0.3)
        page.add(half, clip)


def _legend(data: QuartersMapData, *, insets: bool) -> list[Block]:
    edges = edge_rows(furniture.EDGES if insets else furniture.EDGES[:2])
    total = words.counted(len(data.states), "quartier")
    table = Drawing(f"Quartiers prioritaires (n = {total})", 7.0 + _ROW_MM * 4, _table(data))
    return [
        table,
        Rows("", tuple(edges), step=4.0),
        Section("Trois degrés", degree_words(data)),
        Section("Lecture", reading_words(data)),
        Section("Ne pas conclure", warning_words(data)),
    ]


def _table(data: QuartersMapData) -> Swatch:
    """Return what draws the signs in a table: what was meant by row, reached or not by column, n in each."""
    counts = data.counts

    def paint(page: Page, box: Box) -> None:
        columns = (box.right - 18.4, box.right - 6.2)
        for x, said in zip(columns, ("atteint", "non atteint"), strict=True):
            fitted = fit(said, NOTE, 11.6, 7.0, floor=6)
            page.lines(x, box.y, fitted, color=PRINT["print_text"], align="center")
        y = box.y + 7.0
        for intention in INTENTIONS:
            furniture.draw_row(page, box.x, y + _ROW_MM / 2, _SAID[intention], box.w - 27)
            for x, reached in zip(columns, (True, False), strict=True):
                draw_sign(page, x - 3.4, y + _ROW_MM / 2, intention, reached=reached)
                page.line(x + 3.6, y + _ROW_MM / 2 + 0.95, words.number(counts[intention, reached]), BODY,
                          align="right")  # fmt: skip
            y += _ROW_MM
        page.rectangle(Box(box.x, y, box.w, 0.01), Z["frame"], edge=LIGHT.ink, line=0.5)
        page.line(box.x, y + _ROW_MM / 2 + 0.95, "ensemble", Face(7.5, 600))
        for x, reached in zip(columns, (True, False), strict=True):
            count = sum(counts[intention, reached] for intention in INTENTIONS)
            page.line(x + 3.6, y + _ROW_MM / 2 + 0.95, words.number(count), Face(7.5, 600), align="right")

    return paint


def degree_words(data: QuartersMapData) -> str:
    """Return the three degrees, each of all the quarters, with the share of their inhabitants."""
    said = []
    for degree, name in _DEGREES:
        found = data.degrees[degree]
        share = words.percent(found.share_population, 0)
        said.append(f"{name} : {len(found.covered)} sur {len(found.total)} ({share} des habitants)")
    told = " ; ".join(said) + ". Un quartier peut être des trois : ne pas additionner."
    if data.unknown:
        told += f" Périmètre inconnu, qui n’inclut rien : {words.shortened(data.unknown, 3)}."
    return told[0].upper() + told[1:]


def reading_words(data: QuartersMapData) -> str:
    """Return a sentence that reads one sign."""
    told = sorted(data.states, key=lambda s: (not s.reached, INTENTIONS.index(s.intention), s.quarter.code))
    state = told[0]
    meant = {
        "targeted": "ciblé",
        "included": "inclus dans un territoire ciblé",
        "neither": "ni ciblé ni inclus",
    }
    ends = "et atteint" if state.reached else "et non atteint"
    fictional = " (fictif)" if data.fictional else ""
    return f"{state.quarter.name} : {meant[state.intention]} {ends}, {years_words(data.years)}{fictional}."


def warning_words(data: QuartersMapData) -> str:
    """Return what the map does not allow to conclude."""
    said = (
        "« Inclus » surestime : une action du département y met tous ses quartiers. « Atteint » veut dire un "
        "bénéficiaire au moins, pas un quartier servi."
    )
    if any(year < 2015 for year in data.years):
        said += " La liste de 2015 est appliquée à 2014."
    return said
