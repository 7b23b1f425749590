"""How a network is drawn on paper: worlds by shape, axes by colour with their code, ties by their fate."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import shapely
from matplotlib.patches import FancyBboxPatch
from shapely.geometry.base import BaseGeometry

from dashboards.figures import plot
from dashboards.figures.network_data import ActionMark, Fate, Operator, Tie
from dashboards.prints import signs
from dashboards.prints.labels import RINGS, Candidate, Name, around_point, clear, place
from dashboards.prints.page import Page, Z
from dashboards.prints.text import ASCENT, MM_PER_PT, Box, Face, french, width_of
from dashboards.theme import LIGHT, PRINT

WORLDS: Final = {
    "ess": ("ESS (association, coopérative, mutuelle, fondation)", LIGHT.sequential[2]),
    "ess_company": ("entreprise commerciale de l’ESS (loi de 2014)", PRINT["print_epci_partner"]),
    "classic": ("entreprise classique", PRINT["print_world_classic"]),
    "public": ("collectivité, acteur public", PRINT["print_world_public"]),
    "research": ("recherche et formation", LIGHT.surface),
    None: ("monde non dit", LIGHT.surface),
}
"""Words and colour by world; the shape says it first."""
AXES: Final = (LIGHT.categories[0], LIGHT.categories[2], LIGHT.categories[4])
PLURALS: Final[dict[Fate, str]] = {"kept": "maintenus", "new": "nouveaux", "lost": "perdus"}
FATES: Final[dict[Fate, tuple[str, str, signs.Dashes]]] = {
    "kept": ("maintenu", LIGHT.kept, "solid"),
    "new": ("nouveau", LIGHT.new, "solid"),
    "lost": ("perdu", LIGHT.gone, (0.0, (2.5, 2.0))),
}
NAME, CAPITAL = Face(7.0), Face(8.0, 600)
_CODE = Face(7.0, 600)
_PAD: Final = 1.1
_PLATE_H: Final = 4.2


@dataclass(frozen=True, slots=True)
class Field:
    """Where the shared positions (0 to 1) stand on a page."""

    box: Box
    edge: float = 4.0

    def at(self, place_: tuple[float, float]) -> tuple[float, float]:
        """Return a position in millimetres."""
        inner = self.box.grown(-self.edge)
        return inner.x + place_[0] * inner.w, inner.y + place_[1] * inner.h


def radius_of(degree: int) -> float:
    """Return the radius of an operator in millimetres: its area grows with the actions it operates."""
    return 0.75 + 0.66 * sqrt(max(degree, 1))


def axis_color(axis: str, axes: Sequence[str]) -> str:
    """Return the colour of an axis by its rank; that of secondary text for an action of none."""
    return AXES[axes.index(axis) % len(AXES)] if axis in axes else PRINT["print_secondary"]


def draw_world(
    page: Page, x: float, y: float, radius: float, world: str | None, *, faded: bool = False
) -> None:
    """Draw the sign of an operator, its shape by world; a pentagon where none is said."""
    fill = LIGHT.surface if faded else WORLDS.get(world, WORLDS[None])[1]
    edge = plot.MUTED if faded else LIGHT.ink
    shapes = {
        "ess_company": (6, 0.0, 1.08),
        "classic": (4, 0.0, 1.25),
        "public": (4, 45.0, 1.2),
        "research": (3, 0.0, 1.3),
    }
    if world == "ess":
        plot.disc(page, x, y, radius, fill=fill, edge=edge)
    else:
        sides, turn, grown = shapes.get(world or "", (5, 0.0, 1.1))
        lowered = 0.2 * radius if world == "research" else 0.0
        plot.regular(page, x, y + lowered, radius * grown, sides, turn, fill=fill, edge=edge)


def plate_of(action: ActionMark, field: Field) -> Box:
    """Return the plate that bears the code of an action."""
    x, y = field.at(action.at)
    wide = width_of(french(action.code), _CODE) + 2 * _PAD
    return Box(x - wide / 2, y - _PLATE_H / 2, wide, _PLATE_H)


def draw_plate(page: Page, plate: Box, code: str, color: str) -> None:
    """Draw the plate of an action, its code white on the colour of its axis."""
    page.boxes.append((code, plate))
    page.add(
        FancyBboxPatch(
            (plate.x + 0.5, plate.y + 0.5),
            plate.w - 1,
            plate.h - 1,
            boxstyle="round,pad=0.5,rounding_size=0.8",
            facecolor=color,
            edgecolor=LIGHT.surface,
            linewidth=0.5,
            zorder=Z["plate"],
        )
    )
    y = plate.y + plate.h / 2 + (ASCENT / 2 - 0.04) * _CODE.size * MM_PER_PT
    page.line(plate.x + plate.w / 2, y, code, _CODE, color=LIGHT.casing, align="center", container=plate)


def draw_ties(
    page: Page, ends: dict[str, tuple[float, float]], ties: Sequence[Tie], clip: Box, scale: float = 1.0
) -> None:
    """Draw the ties, the lost under the kept under the new; a pilot's is thick."""
    order: tuple[Fate, ...] = ("lost", "kept", "new")
    for rank, fate in enumerate(order):
        _, color, dashes = FATES[fate]
        for thick in (False, True):
            own = [
                tie
                for tie in ties
                if tie.fate == fate and tie.pilot == thick and tie.one in ends and tie.other in ends
            ]
            lines = [shapely.LineString([ends[tie.one], ends[tie.other]]) for tie in own]
            if lines:
                width = (1.5 if thick else 0.7) * scale
                signs.lines(page, lines, color, width, Z["edge"] + 0.1 * rank, clip=clip, dashes=dashes)


def place_names(
    page: Page,
    operators: Sequence[Operator],
    field: Field,
    taken: Sequence[Box],
    crossed: BaseGeometry | None,
    faded: frozenset[str] = frozenset(),
) -> None:
    """Write the names of operators where the exact choice puts them; those without a place are listed."""
    marks = {o.key: (*field.at(o.at), radius_of(o.degree)) for o in operators}
    obstacles = [shapely.Point(x, y).buffer(radius * 1.15) for x, y, radius in marks.values()]
    obstacles += [box.polygon for box in taken]
    asked: list[tuple[Name, list[Candidate]]] = []
    for operator in operators:
        face = CAPITAL if operator.pivot else NAME
        name = Name(
            operator.key,
            (french(operator.name),),
            face,
            priority=_priority(operator),
        )
        must = operator.pivot or operator.world == "public"
        found = around_point(name, *marks[operator.key], rings=RINGS if must else RINGS[:2])
        asked.append((name, clear(found, field.box, obstacles, crossed, must=must)))
    chosen = place(asked)
    for name, _ in asked:
        spot = chosen.get(name.key)
        if spot is None:
            page.unplaced.append(name.lines[0])
            continue
        if spot.leader is not None:
            signs.lines(page, shapely.LineString(spot.leader), plot.MUTED, 0.4, Z["mark"] - 1)
        color = plot.MUTED if name.key in faded else LIGHT.ink
        page.line(
            spot.box.x,
            spot.box.y + ASCENT * name.face.size * MM_PER_PT,
            name.lines[0],
            name.face,
            color=color,
            halo=0.9,
            container=spot.box,
        )


def _priority(operator: Operator) -> float:
    """Return how much a name is wanted: the pivot, the public partners, then the most present."""
    if operator.pivot:
        return 3.0
    return 1.0 if operator.world == "public" else 0.02 * operator.degree
