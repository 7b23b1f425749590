"""Map M6: the poles, their members by world, a line from each pole to each member."""

import math
from collections import Counter, defaultdict
from typing import Final

import numpy as np
import shapely
from matplotlib.patches import Polygon
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.atlas import Atlas, Labels, Place, draw_atlas
from dashboards.prints.blocks import Block, Row, Rows, Section, Swatch
from dashboards.prints.content import Content, Request
from dashboards.prints.ground import PrintGround, vintage_words
from dashboards.prints.labels import Name, UnnamedPartnerError, around_point, clear, place
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page, Z
from dashboards.prints.poles_data import PolesMapData, poles_map_data, year_words
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.scale import MapFrame
from dashboards.prints.text import Box, Face, french
from dashboards.theme import LIGHT

RADIUS: Final = 1.15
POLE_HALF: Final = 1.25
SPREAD_MM: Final = 2.3
"""Radius of the ring on which members of one commune stand."""
_FACE: Final = Face(7.5, 600)
_RINGS: Final = (3.2, 6.0, 9.0, 12.5, 18.0)
_WORLDS: Final[dict[str | None, tuple[int, str]]] = {
    "ess": (0, LIGHT.categories[0]), "ess_company": (-4, LIGHT.categories[3]),
    "classic": (4, LIGHT.categories[4]), "public": (6, LIGHT.categories[2]),
    "research": (3, LIGHT.categories[5]), None: (8, LIGHT.line2),
}  # fmt: skip
"""Corners (0 a circle, −4 a square on its side) and colour of each world, the shapes of the network."""
_NAMES: Final = {
    "ess": "ESS", "ess_company": "société commerciale de l’ESS", "classic": "entreprise classique",
    "public": "collectivité ou organisme public", "research": "recherche, formation", None: "monde non dit",
}  # fmt: skip

Positions = dict[str, tuple[float, float]]
"""Where the signs stand on a page, by key, in millimetres."""


def poles_content(asked: Request) -> Content:
    """Return map M6 of a contract.

    Raises
    ------
    UsageError
        When no member of a pole is known.
    """
    ground = asked.ground
    data = poles_map_data(asked.graph, ground, asked.options.year)
    origin = " (jeu de démonstration fictif)" if data.fictional else ""
    return Content(
        title=f"Pôles territoriaux de coopération économique et leurs membres, {data.year}",
        about=f"question 3, effet E3.1 · {year_words(data)}",
        fictional=data.fictional,
        sources=(
            f"Source : listes des membres des PTCE, {data.year}{origin} (T15). Lieu : commune du siège.",
        ),
        draw=lambda page, layout: draw_poles_map(page, layout, data, ground),
        ground_words=vintage_words(ground),
    )


def draw_poles_map(page: Page, layout: Layout, data: PolesMapData, ground: PrintGround) -> None:
    """Draw map M6.

    Raises
    ------
    UnnamedPartnerError
        When a pole that is drawn on the main map cannot be named.
    """

    def paint(page: Page, frame: MapFrame, z: float) -> None:
        at = positions(data, frame)
        for pole in data.poles:
            if pole.key in at:
                ties = [shapely.LineString([at[pole.key], at[key]]) for key in pole.members if key in at]
                signs.cased(page, ties, LIGHT.kept, 0.6, 1.5, Z["perimeter"] + z, clip=frame.box)
        for key, member in data.members.items():
            if key in at:
                draw_member(page, *at[key], member.world, Z["mark"] + z, frame.box)
        for pole in data.poles:
            if pole.key in at:
                draw_pole(page, *at[pole.key], Z["mark"] + z + 0.5, frame.box)

    def label(page: Page, frame: MapFrame, labels: Labels) -> None:
        _name_poles(page, frame, data, labels)

    def blocks(page: Page, insets: bool) -> list[Block]:  # noqa: ARG001
        return _legend(data, insets=insets)

    draw_atlas(page, layout, ground, Atlas(paint, label, blocks, inset_places(data, ground)))


def inset_places(data: PolesMapData, ground: PrintGround) -> tuple[Place, ...]:
    """Return what the insets show: the EPCI with the most members, at least three."""
    epci = [ground.epci_of.get(member.commune) for member in data.members.values() if member.at]
    count = Counter(code for code in epci if code is not None)
    chosen = sorted((code for code in count if count[code] >= 3), key=lambda code: (-count[code], code))[:2]
    places = []
    for code in chosen:
        points = [m.at for m in data.members.values() if m.at and ground.epci_of.get(m.commune) == code]
        east, north = (sum(values) / len(points) for values in zip(*points, strict=True))
        places.append(Place((east, north), ground.epci_names[code]))
    return tuple(places)


def positions(data: PolesMapData, frame: MapFrame) -> Positions:
    """Return where the signs stand on a map: those of one place on a ring around it, or around its pole."""
    together: defaultdict[tuple[float, float], list[str]] = defaultdict(list)
    poles = {pole.at: pole.key for pole in data.poles if pole.at is not None}
    for key, member in sorted(data.members.items()):
        if member.at is not None:
            together[member.at].append(key)
    found: Positions = {}
    for at, keys in together.items():
        x, y = frame.point(*at)
        alone = len(keys) == 1 and at not in poles
        radius = 0.0 if alone else SPREAD_MM + 0.25 * max(0, len(keys) - 5) + (0.7 if at in poles else 0.0)
        for rank, key in enumerate(keys):
            turn = 2 * math.pi * rank / len(keys) + 0.5
            found[key] = (x + radius * math.cos(turn), y - radius * math.sin(turn))
    fixed = {key: frame.point(*at) for at, key in poles.items()}
    return pushed_apart(found, fixed)


def pushed_apart(free: Positions, fixed: Positions, distance: float = 2 * RADIUS + 0.4) -> Positions:
    """Return all the positions, those that are free moved until none is too near another; always the same."""
    found = dict(free)
    for _ in range(60):
        moved = False
        for key in sorted(found):
            for other, at in sorted({**found, **fixed}.items()):
                if other != key and math.dist(found[key], at) < distance - 1e-3:
                    found[key] = _moved_away(found[key], at, distance, share=1.0 if other in fixed else 0.5)
                    moved = True
        if not moved:
            break
    return {**found, **fixed}


def _moved_away(one: tuple[float, float], other: tuple[float, float], distance: float, *,
                share: float) -> tuple[float, float]:  # fmt: skip
    """Return a point moved away from another by a share of what lacks to a distance."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    angle = math.atan2(dy, dx) if math.hypot(dx, dy) > 1e-6 else 0.7
    step = (distance - math.hypot(dx, dy)) * share + 0.01
    return one[0] + step * math.cos(angle), one[1] + step * math.sin(angle)


def draw_member(page: Page, x: float, y: float, world: str | None, z: float, clip: Box | None = None) -> None:
    """Draw a member by its world: shape first, colour second."""
    corners, color = _WORLDS.get(world, _WORLDS[None])
    if corners == 0:
        signs.disc(page, x, y, RADIUS, color, z, line=0.6, clip=clip)
        return
    count = abs(corners)
    turn = math.pi / 4 if corners < 0 else math.pi / 2
    angles = turn + 2 * math.pi * np.arange(count) / count
    reach = RADIUS * 1.15
    corner = np.column_stack([x + reach * np.cos(angles), y - reach * np.sin(angles)])
    page.add(Polygon(corner, closed=True, facecolor=color, edgecolor=LIGHT.casing, linewidth=0.6, zorder=z),
             clip)  # fmt: skip


def draw_pole(page: Page, x: float, y: float, z: float, clip: Box | None = None) -> None:
    """Draw a pole: an ink disc with a white heart."""
    signs.disc(page, x, y, POLE_HALF, LIGHT.ink, z, line=0.8, clip=clip)
    signs.disc(page, x, y, POLE_HALF * 0.45, LIGHT.casing, z + 0.1, line=0.0, clip=clip)


def _name_poles(page: Page, frame: MapFrame, data: PolesMapData, labels: Labels) -> None:
    at = positions(data, frame)
    inside = [
        pole for pole in data.poles if pole.key in at and frame.outline.contains(shapely.Point(at[pole.key]))
    ]
    marks: list[BaseGeometry] = [shapely.Point(point).buffer(RADIUS + 0.3) for point in at.values()]
    choices = []
    for pole in inside:
        name = Name(pole.key, (french(pole.name),), _FACE, priority=4.0, pad=0.7)
        near = around_point(name, *at[pole.key], POLE_HALF, rings=_RINGS)
        choices.append((name, clear(near, frame.box, [*labels.fixed, *marks], must=True)))
    placed = place(choices)
    missing = [name.lines[0] for name, _ in choices if name.key not in placed]
    if missing and labels.main:
        raise UnnamedPartnerError(
            f"La carte n’a pas de place pour le nom de {words.listed(missing)} : elle n’est pas imprimée."
        )
    page.unplaced += missing
    for name, _ in choices:
        if name.key in placed:
            furniture.write_name(page, name, placed[name.key], z=labels.z)


def _member_swatch(world: str | None) -> Swatch:
    def draw(page: Page, box: Box) -> None:
        draw_member(page, box.x + box.w / 2, box.y + box.h / 2, world, Z["mark"])

    return draw


def _pole_swatch(page: Page, box: Box) -> None:
    draw_pole(page, box.x + box.w / 2, box.y + box.h / 2, Z["mark"])


def _tie_swatch(page: Page, box: Box) -> None:
    middle = box.y + box.h / 2
    line = shapely.LineString([(box.x, middle), (box.right, middle)])
    signs.lines(page, line, LIGHT.kept, 0.6, Z["mark"])


def legend_rows(data: PolesMapData) -> list[tuple[str | None, str, int]]:
    """Return the worlds that are drawn, their words and n; with those without a place the sum is all."""
    return [(world, said, data.counts[world]) for world, said in _NAMES.items() if data.counts[world]]


def _legend(data: PolesMapData, *, insets: bool) -> list[Block]:
    drawn = sum(pole.at is not None for pole in data.poles)
    rows = [
        Row(_pole_swatch, "pôle, à son siège", drawn),
        *(Row(_member_swatch(world), said, count) for world, said, count in legend_rows(data)),
        Row(_tie_swatch, "membre du pôle"),
        *edge_rows(furniture.EDGES if insets else furniture.EDGES[:2]),
    ]
    total = f"Total : {words.counted(len(data.members), 'membre')}"
    total += f", dont {data.unplaced} sans lieu connu, non dessinés." if data.unplaced else ", tous dessinés."
    table = tuple(
        Row(None, f"{pole.name}{f' ({pole.stage})' if pole.stage else ''}", len(pole.members))
        for pole in data.poles
    )
    return [
        Rows("Pôles et membres", tuple(rows), foot=total, step=4.6),
        Rows("Membres par pôle", table, foot=several_words(data), step=4.2, swatch=0.0),
        Section("Lecture", reading_words(data)),
        Section("Ne pas conclure", warning_words()),
    ]


def several_words(data: PolesMapData) -> str:
    """Return who belongs to several poles, and of which poles nothing is known."""
    said = []
    if data.several:
        belongs = words.plural(data.several, "appartient", "appartiennent")
        said.append(
            f"{words.counted(data.several, 'membre')} {belongs} à plusieurs pôles : ne pas additionner."
        )
    if data.silent:
        said.append(f"Sans membre connu en {data.year} : {words.shortened(data.silent, 3)}.")
    return " ".join(said)


def reading_words(data: PolesMapData) -> str:
    """Return a sentence that reads one pole."""
    pole = max(data.poles, key=lambda one: (len(one.members), one.name))
    worlds = Counter(data.members[key].world for key in pole.members)
    told = ", ".join(f"{_NAMES[world]} {worlds[world]}" for world in _NAMES if worlds[world])
    said = " (fictif)" if data.fictional else ""
    return f"{pole.name} : {words.counted(len(pole.members), 'membre')} en {data.year} ({told}){said}."


def warning_words() -> str:
    """Return what the map does not allow to conclude."""
    return (
        "Être membre n’est pas être actif. Le siège n’est pas le lieu d’action, et un siège en QPV ne dit "
        "pas que ses habitants en profitent. Des pôles se disent PTCE sans label : la liste est incomplète."
    )
