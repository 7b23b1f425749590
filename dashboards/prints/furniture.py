"""What every page bears around its map: header, badge, footer; and the small parts of legends."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import view_data, words
from dashboards.prints.labels import NAME_LEADING, Candidate, Name
from dashboards.prints.page import INSET, Page, Z
from dashboards.prints.scale import MapFrame
from dashboards.prints.signs import cased
from dashboards.prints.text import (
    ASCENT,
    MM_PER_PT,
    Box,
    Face,
    Fitted,
    TextOverflowError,
    fit,
    french,
    width_of,
)
from dashboards.theme import LIGHT, PRINT
from graphmodel import ContractGraph
from graphmodel.frames import known
from graphmodel.secrecy import Mode

MARGIN: Final = 10.0
TITLE, SUBTITLE = Face(15.0, 700), Face(9.5)
HEADING, BODY, NOTE, CREDIT_FACE = Face(9.0, 600), Face(7.5), Face(7.0), Face(6.5)
EDGES: Final = (
    ("limite de département", PRINT["print_secondary"], 0.8),
    ("limite d’EPCI", PRINT["print_commune_edge"], 0.3),
    ("limite de commune (cartons)", PRINT["print_commune_edge"], 0.14),
)
"""Edges of a legend: words, colour, width in points."""
_BADGE = Face(8.5, 700)
_TAG_MM: Final = 4.2
_LETTER = Face(7.5, 700)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a page: title, subtitle, number of the map, badge « données fictives »."""

    title: str
    subtitle: str
    number: str
    fictional: bool


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of a page.

    Attributes
    ----------
    sources
        Sentences of the left block: source, data date, vintages, base map and its licence, projection.
    command
        What makes the page again.
    tool, store
        Versions of the program and of the store.
    mode
        « document de travail » or « publication ».
    licence
        Licence of the page.
    """

    sources: tuple[str, ...]
    command: str
    tool: str
    store: str
    mode: str
    licence: str


def imprint(
    graph: ContractGraph, sources: Sequence[str], command: str, *, fictional: bool, mode: Mode = "publication"
) -> Imprint:
    """Return the foot of a page made from a graph.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    sources
        Sentences of the left block.
    command
        What makes the page again.
    fictional
        True when the page shows fictional data.
    mode
        `working` prints « document de travail ».
    """
    try:
        tool = version("maillage")
    except PackageNotFoundError:
        tool = "non installé"
    return Imprint(
        sources=tuple(sources),
        command=command,
        tool=f"Maillage {tool}",
        store=f"base version {words.number(graph.version.number)}",
        mode="document de travail" if mode == "working" else "publication",
        licence="CC BY 4.0" + (", mention « données fictives »" if fictional else ""),
    )


def contract_words(graph: ContractGraph) -> str:
    """Return the contract's name and years: « Contrat ESS Rhône-Alpes 2014-2016 »."""
    contract = graph.contract
    name = str(known(contract.get("name")) or known(contract.get("title")) or contract.get("id", ""))
    years = view_data.years_of(graph)
    if years and str(years[0]) not in name:
        name += f" {years[0]}-{years[-1]}" if len(years) > 1 else f" {years[0]}"
    return name


def draw_header(page: Page, heading: Heading) -> None:
    """Draw the head of a page: accent bar, title, subtitle, badge, number."""
    top, right = MARGIN, page.width - MARGIN
    page.rectangle(Box(MARGIN, top, 1.6, 11.4), Z["frame"], fill=LIGHT.acc)
    number = french(heading.number)
    side = max(width_of(number, NOTE), 32.0 if heading.fictional else 0.0) + 4
    room = right - side - MARGIN - 4
    # On a page too narrow for its title the title takes two smaller lines, in the same room.
    try:
        title = fit(heading.title, TITLE, room, TITLE.height, floor=12)
    except TextOverflowError:
        title = fit(heading.title, TITLE.at(9.5), room, 6.9, floor=8, leading=1.05)
    page.lines(MARGIN + 4, top - 0.6, title, container=Box(MARGIN + 4, top - 1, room, 7.2))
    page.lines(MARGIN + 4, top + 6.7, _subtitle(heading.subtitle, room), color=PRINT["print_text"],
               container=Box(MARGIN + 4, top + 6, room, 9))  # fmt: skip
    if heading.fictional:
        said = words.FICTIONAL.upper()
        badge = Box(right - width_of(said, _BADGE) - 5, top, width_of(said, _BADGE) + 5, 6)
        page.rectangle(badge, Z["panel"], fill=LIGHT.sig, said="badge")
        page.line(badge.x + badge.w / 2, badge.y + 4.15, said, _BADGE, color=LIGHT.casing, align="center",
                  container=badge)  # fmt: skip
    page.line(right, top + 10.4, number, NOTE, color=PRINT["print_secondary"], align="right")


def _subtitle(text: str, width: float) -> Fitted:
    """Return a subtitle in one line, or in two on a page too narrow for it."""
    try:
        return fit(text, SUBTITLE, width, SUBTITLE.height, floor=7.5)
    except TextOverflowError:
        return fit(text, SUBTITLE.at(8.5), width, 8.0, floor=6.5, leading=1.15)


def draw_footer(page: Page, foot: Imprint, top: float) -> None:
    """Draw the foot of a page under a rule at `top`: sources at left, versions and command at right."""
    wide = page.width - 2 * MARGIN
    page.rectangle(Box(MARGIN, top, wide, 0.01), Z["frame"], edge=PRINT["print_hairline"], line=0.5)
    high = page.height - 7.5 - top
    left = Box(MARGIN, top + 1.0, wide * 0.66, high)
    page.paragraph(
        left, " ".join(foot.sources), CREDIT_FACE, floor=6, color=PRINT["print_text"], leading=1.18
    )
    said = (f"{foot.tool} · {foot.store}", foot.mode, foot.command, foot.licence)
    face, y = CREDIT_FACE, top + 1.0
    for line in said:
        box = Box(MARGIN + wide * 0.68, y, wide * 0.32, 8.2)
        fitted = fit(line, face, box.w, box.h, floor=6, leading=1.15)
        page.lines(box.right, y, fitted, color=PRINT["print_secondary"], align="right", container=box)
        y += face.size * MM_PER_PT * 1.18 + (len(fitted.lines) - 1) * fitted.step


def draw_section(page: Page, box: Box, title: str, text: str, *, floor: float = 6.5) -> float:
    """Write a title and a text under it in a box; return where it ends."""
    page.paragraph(Box(box.x, box.y, box.w, 5), title, HEADING)
    body = Box(box.x, box.y + 4.2, box.w, box.h - 4.2)
    return page.paragraph(body, text, BODY, floor=floor, color=PRINT["print_text"], leading=1.25)


def draw_row(page: Page, x: float, y: float, text: str, width: float, face: Face = BODY) -> None:
    """Write the words of a line of legend, its middle at `y`."""
    fitted = fit(text, face, width, 6.4, floor=6.5, leading=1.12)
    page.lines(x, y - fitted.height / 2, fitted, container=Box(x, y - 3.2, width, 6.4))


def draw_tag(page: Page, frame: MapFrame, letter: str, name: str) -> Box:
    """Draw the letter and the name of an inset in its upper left corner; return the room they take."""
    box = Box(frame.box.x, frame.box.y, 5.0, 5.0)
    page.rectangle(box, Z["plate"] + INSET, fill=LIGHT.ink, said=letter)
    page.line(box.x + 2.5, box.y + 3.5, letter, _LETTER, color=LIGHT.casing, align="center",
              z=Z["text"] + INSET)  # fmt: skip
    plate = Box(box.right, box.y, width_of(french(name), Face(7.5, 600)) + 3, 5.0)
    page.rectangle(plate, Z["plate"] + INSET, fill=LIGHT.casing, edge=LIGHT.ink, line=0.5, said=name)
    page.line(plate.x + 1.5, plate.y + 3.5, name, Face(7.5, 600), z=Z["text"] + INSET, container=plate)
    return Box(box.x, box.y, box.w + plate.w, 5.0)


def draw_window(page: Page, main: MapFrame, inset: MapFrame, letter: str,
                marks: Sequence[BaseGeometry] = ()) -> tuple[Box, Box]:  # fmt: skip
    """Draw on the main map what an inset shows; return the box of the window and that of its letter.

    The letter stands outside, where it hides the fewest marks, at a corner if one will do.
    """
    half_w, half_h = (side * inset.scale / main.scale / 2 for side in (inset.box.w, inset.box.h))
    x, y = main.point(*inset.center)
    window = Box(x - half_w, y - half_h, 2 * half_w, 2 * half_h)
    for color, line, z in ((LIGHT.casing, 2.0, 0.0), (LIGHT.ink, 0.9, 0.1)):
        page.rectangle(window, Z["panel"] + z, edge=color, line=line)
    step = (window.w - _TAG_MM + 0.2) / 6
    corners = [
        Box(window.x - 0.1 + rank * step, top, _TAG_MM, _TAG_MM)
        for rank in (0, 6, 1, 2, 3, 4, 5)
        for top in (window.y - _TAG_MM, window.bottom)
    ]
    tag = min(corners, key=lambda box: _covered(box, marks))
    page.rectangle(tag, Z["plate"], fill=LIGHT.ink, said=letter)
    page.line(tag.x + tag.w / 2, tag.y + 3.0, letter, Face(7.0, 700), color=LIGHT.casing, align="center",
              container=tag)  # fmt: skip
    return window, tag


def _covered(box: Box, marks: Sequence[BaseGeometry]) -> int:
    plate = box.polygon
    return sum(mark.intersects(plate) for mark in marks)


def write_name(page: Page, name: Name, at: Candidate, *, z: float = 0.0, color: str = LIGHT.ink) -> None:
    """Write a placed name, with its leader if it has one, on an edged plate where it is padded."""
    if at.leader is not None:
        cased(page, shapely.LineString(at.leader), LIGHT.mut, 0.45, 1.3, Z["plate"] + z)
    if name.pad:
        page.rectangle(at.box, Z["plate"] + z + 0.5, fill=LIGHT.casing, edge=color, line=0.6, said=name.key)
    step = name.face.size * MM_PER_PT * NAME_LEADING
    top = at.box.y + name.pad + ASCENT * name.face.size * MM_PER_PT
    for rank, line in enumerate(name.lines):
        page.line(at.box.x + at.box.w / 2, top + rank * step, line, name.face, color=color, align="center",
                  halo=0.0 if name.pad else 0.9, z=Z["text"] + z, container=at.box)  # fmt: skip
