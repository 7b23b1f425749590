"""Map M2, « Nombre d’actions par EPCI »: its words, its sources, its circles."""

from dashboards import words
from dashboards.prints.actions_data import ActionsMapData, actions_map_data
from dashboards.prints.actions_legend import legend_blocks
from dashboards.prints.blocks import Block
from dashboards.prints.circles_map import Circles, draw_circles_map
from dashboards.prints.content import Content, Request
from dashboards.prints.ground import PrintGround, vintage_words
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page

BELOW = 60.4
"""Millimetres under the map of a portrait page: the rest is for the circles."""


def actions_content(asked: Request) -> Content:
    """Return map M2 of a contract: the number of actions by EPCI, of a year or of all.

    Raises
    ------
    UsageError
        A year that is not one of the contract's.
    """
    ground = asked.ground
    data = actions_map_data(asked.graph, ground, asked.options.year)
    about = (
        f"cumul des années {words.listed(map(str, data.years))}, actions × années, hors actions régionales"
        if data.cumulative
        else "actions de l’année, hors actions régionales"
    )
    return Content(
        title=f"Nombre d’actions par EPCI, {data.asked}",
        about=about if data.years else "aucun bilan reçu",
        fictional=data.fictional,
        sources=(source_words(data),),
        draw=lambda page, layout: draw_actions_map(page, layout, data, ground),
        insets=1,
        below=BELOW,
        ground_words=vintage_words(ground),
    )


def draw_actions_map(page: Page, layout: Layout, data: ActionsMapData, ground: PrintGround) -> None:
    """Draw map M2, names that found no place in `Page.unplaced`.

    Raises
    ------
    UnnamedPartnerError
        When a party to the contract cannot be named.
    """
    circles = Circles(data.rows, data.largest, data.heaviest, ground.centers)

    def blocks(page: Page, shown: Circles) -> list[Block]:
        return legend_blocks(page, data, shown)

    draw_circles_map(page, layout, circles, ground, blocks)


def source_words(data: ActionsMapData) -> str:
    """Return what the footer says of where the actions come from."""
    said = "Source : convention pour les parties"
    if data.reports.due or data.years:
        said += (
            f" ; bilans annuels des opérateurs{' (jeu de démonstration fictif)' if data.fictional else ''}"
        )
        said += f" pour les actions, {data.reports.sentence}"
    else:
        said += " ; aucun bilan chargé"
    if data.received_until is not None:
        said += f", le dernier reçu le {words.day(data.received_until)}"
    return f"{said}."
