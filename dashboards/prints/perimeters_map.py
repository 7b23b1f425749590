"""Map M1, the perimeters of the authorities that signed: outlines, hatches, two insets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.blocks import flow
from dashboards.prints.content import Content, Request, population_words
from dashboards.prints.ground import PrintGround, draw_frame, draw_ground
from dashboards.prints.labels import (
    RINGS,
    Candidate,
    Name,
    UnnamedPartnerError,
    around_point,
    clear,
    inside_area,
    largest_circle,
    place,
)
from dashboards.prints.layout import GAP, Layout
from dashboards.prints.page import INSET, Page, Z
from dashboards.prints.perimeters_data import Party, PerimetersMapData, perimeters_map_data
from dashboards.prints.perimeters_legend import TOWN_MM, Style, draw_town, legend_blocks, styles_of
from dashboards.prints.scale import SCALES, MapFrame, frame_for
from dashboards.prints.surroundings import draw_inset_plates, draw_surroundings
from dashboards.prints.text import Box, Face, french, width_of
from dashboards.theme import LIGHT

INSETS_SHARE: Final = 0.445
"""Share of the height beside the map of a landscape page that the two insets take."""
_FACE: Final = Face(7.5, 600)
_RINGS: Final = (*RINGS, 16.0)
_AWAY: Final = (8.0, 12.0, 16.0, 20.0, 25.0)
_LONG_MM: Final = 22.0
"""Width from which a name takes two lines."""
_POOR: Final = 3.0
_TRIED: Final = 70
"""Positions tried of each name, the best: a large area has hundreds that differ little."""
_SEEN_MM2: Final = 150.0
"""Area on an inset from which a perimeter that is not its subject is named."""
_ORIGIN: Final = (800_000.0, 6_500_000.0)
"""Point of the ground to which the phase of the hatches is fixed."""

Contours = Mapping[str, BaseGeometry]


def perimeters_content(asked: Request) -> Content:
    """Return map M1 of a contract: the perimeters of the authorities that signed."""
    ground = asked.ground
    data = perimeters_map_data(asked.graph, ground)
    count = words.counted(len(data.parties), "collectivité signataire", "collectivités signataires")
    known = words.counted(len(data.drawn), "périmètre connu", "périmètres connus")
    if data.unknown:
        known += f", {words.counted(len(data.unknown), 'inconnu')}"
    declared = sum(party.kind not in ("departement", "epci", "commune") for party in data.drawn)
    brought = f" ; {words.counted(declared, 'périmètre')} déclarés par fichier" if declared else ""
    upright = asked.options.orientation == "portrait"
    return Content(
        title=f"Périmètres des {count}"
        if len(data.parties) > 1
        else "Périmètre des collectivités signataires",
        about=f"{known} · un lieu peut relever de plusieurs signataires",
        fictional=data.fictional,
        sources=(f"Source : parties citées par la convention{brought}.",),
        draw=lambda page, layout: draw_perimeters_map(page, layout, data, ground),
        insets=2 if upright and data.has_insets else 0,
        ground_words=population_words(ground),
    )


def draw_perimeters_map(page: Page, layout: Layout, data: PerimetersMapData, ground: PrintGround) -> None:
    """Draw map M1.

    Raises
    ------
    UnnamedPartnerError
        When a perimeter that is drawn cannot be named.
    LayoutError
        When the legend does not fit the page.
    """
    contours = contours_of(data, ground)
    boxes, columns = _frames(layout, with_insets=data.has_insets)
    insets = inset_frames(data, contours, boxes)
    _draw_main(page, layout.main, data, ground, contours, [frame for _, frame in insets])
    for letter, (party, frame) in zip("AB", insets, strict=False):
        _draw_inset(page, data, ground, contours, frame, (letter, party.short))
    flow(page, legend_blocks(data, insets=bool(insets)), columns)


def _frames(layout: Layout, *, with_insets: bool) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Return the boxes of the insets and the columns of the legend: side by side on a landscape page."""
    if layout.insets or not with_insets or layout.paper == "A5" or layout.width < layout.height:
        return layout.insets, layout.columns
    first, second = layout.columns[:2]
    tall = INSETS_SHARE * first.h
    left, right = layout.main.right + GAP, second.right
    wide = (right - left - GAP) / 2
    boxes = (Box(left, first.y, wide, tall), Box(right - wide, first.y, wide, tall))
    top = first.y + tall + 5
    narrow = 0.42 * (right - left)
    columns = (
        Box(left, top, narrow, first.bottom - top),
        Box(left + narrow + 4, top, right - left - narrow - 4, first.bottom - top),
    )
    return boxes, columns


def contours_of(data: PerimetersMapData, ground: PrintGround) -> dict[str, BaseGeometry]:
    """Return the contours of the known perimeters by key of party, in EPSG:2154."""
    return {
        party.key: party.contour
        or shapely.coverage_union_all([ground.communes[code] for code in sorted(party.communes or ())])
        for party in data.drawn
    }


def inset_frames(
    data: PerimetersMapData, contours: Contours, boxes: Sequence[Box]
) -> list[tuple[Party, MapFrame]]:
    """Return the insets: the EPCI within which a town signed too, at one scale; as many as there are boxes.

    A town is some 3 mm wide on the main map: too little to be read.
    """
    subjects = data.subjects[: len(boxes)]
    frames = [frame_for(contours[p.key].bounds, box) for p, box in zip(subjects, boxes, strict=False)]
    scale = max((frame.scale for frame in frames), default=SCALES[0])
    return [(p, MapFrame(f.box, scale, f.center)) for p, f in zip(subjects, frames, strict=True)]


def _draw_main(page: Page, box: Box, data: PerimetersMapData, ground: PrintGround, contours: Contours,
               insets: Sequence[MapFrame]) -> None:  # fmt: skip
    main = frame_for(ground.region.bounds, box)
    draw_ground(page, main, ground)
    around = draw_surroundings(page, main, ground, insets)
    edges = [window.boundary.buffer(0.4) for window in around.windows]
    _draw_parties(page, main, contours, data)
    _name_parties(page, main, contours, data, data.drawn, [*around.plates, *edges], needed=contours)
    draw_frame(page, main)


def _draw_inset(page: Page, data: PerimetersMapData, ground: PrintGround, contours: Contours,
                frame: MapFrame, title: tuple[str, str]) -> None:  # fmt: skip
    draw_ground(page, frame, ground, communes=True, z=INSET)
    _draw_parties(page, frame, contours, data, INSET)
    plates = draw_inset_plates(page, frame, title)
    seen = [
        party
        for party in data.drawn
        if shapely.area(frame.shape(contours[party.key]).intersection(frame.outline)) >= _SEEN_MM2
        or (party.kind == "commune" and frame.ground.contains(contours[party.key]))
    ]
    inside = [party.key for party in seen if frame.ground.contains(contours[party.key])]
    _name_parties(page, frame, contours, data, seen, plates, needed=inside, z=INSET)
    draw_frame(page, frame, z=INSET)


def _draw_parties(page: Page, frame: MapFrame, contours: Contours, data: PerimetersMapData,
                  z: float = 0.0) -> None:  # fmt: skip
    """Draw the perimeters: flats that never lie one on another, then edges, then hatches."""
    styles = styles_of(data)
    origin = frame.point(*_ORIGIN)
    covered: BaseGeometry = shapely.Polygon()
    for party in reversed(data.drawn):
        style = styles[party.key]
        if style.fill is not None:
            signs.fill(page, frame.shape(contours[party.key].difference(covered)), style.fill, frame.box,
                       Z["fill"] + z)  # fmt: skip
            covered = covered.union(contours[party.key])
    for rank, party in enumerate(reversed(data.drawn)):
        _draw_edge(
            page, frame.shape(contours[party.key]), styles[party.key], frame.box, origin, z + rank / 100
        )


def _draw_edge(page: Page, shape: BaseGeometry, style: Style, clip: Box, origin: tuple[float, float],
               z: float) -> None:  # fmt: skip
    if style.angle is not None:
        signs.draw_perimeter(page, shape, style.color, style.angle, clip, origin, park=style.park, z=z)
    elif style.casing:
        signs.cased(page, shape, style.color, style.width, style.casing, Z["perimeter"] + z, clip=clip)


def _name_parties(page: Page, frame: MapFrame, contours: Contours, data: PerimetersMapData,
                  parties: Sequence[Party], fixed: Sequence[BaseGeometry], *, needed: Collection[str],
                  z: float = 0.0) -> None:  # fmt: skip
    """Place and write the names of parties; those of `needed` keys must all find a place."""
    styles = styles_of(data)
    shapes = {party.key: frame.shape(contours[party.key]) for party in parties}
    colors = {party.key: _color(party, styles) for party in parties}
    towns = [party for party in parties if party.kind == "commune"]
    marks = [shapes[party.key].centroid.buffer(TOWN_MM + 0.3) for party in towns]
    choices = []
    for party in parties:
        name, candidates = _positions(party, parties, shapes, frame)
        free = clear(candidates, frame.box, [*fixed, *marks], must=True)
        # A name that need not stand here is left out rather than written over somebody else's area.
        kept = [c for c in free if party.key in needed or c.cost <= _POOR]
        choices.append((name, sorted(kept, key=lambda candidate: candidate.cost)[:_TRIED]))
    placed = place(choices)
    missing = [party.short for party in parties if party.key in needed and party.key not in placed]
    if missing:
        raise UnnamedPartnerError(
            f"La carte n’a pas de place pour le nom de {words.listed(missing)}, partie au contrat : "
            "elle n’est pas imprimée."
        )
    for party in towns:
        at = shapes[party.key].centroid
        draw_town(page, at.x, at.y, z)
    for name in (name for name, _ in choices if name.key in placed):
        furniture.write_name(page, name, placed[name.key], z=z, color=colors[name.key])


def _color(party: Party, styles: Mapping[str, Style]) -> str:
    """Return the colour of a name: a hatched perimeter's own, so that plate and hatch go together."""
    if party.kind in ("epci", "commune"):
        return LIGHT.acc
    return styles[party.key].color


def _positions(party: Party, parties: Sequence[Party], shapes: Contours,
               frame: MapFrame) -> tuple[Name, list[Candidate]]:  # fmt: skip
    """Return the name of a party and where it may stand: in what belongs to nobody else, or beside a town."""
    hatched = party.kind not in ("departement", "epci", "commune")
    lines = two_lines(party.brief if hatched else party.short)
    name = Name(party.key, lines, _FACE, priority=4.0, pad=0.8 if hatched else 0.0)
    if party.kind == "commune":
        at = shapes[party.key].centroid
        return name, around_point(name, at.x, at.y, TOWN_MM, rings=_RINGS)
    own = party.communes or frozenset()
    smaller = [p for p in parties if p.key != party.key and not own <= (p.communes or frozenset())]
    others = shapely.union_all([shapes[p.key] for p in smaller]) if smaller else shapely.Polygon()
    visible = shapes[party.key].intersection(frame.outline)
    free = visible.difference(others)
    largest = max(shapely.get_parts(free if free.area > 4 else visible), key=shapely.area)
    # Where everything is taken, the name stands away, at the end of a leader from the middle of the area.
    away = around_point(name, *largest_circle(largest), 0.0, rings=_AWAY)
    led = [replace(c, cost=c.cost + 6.0) for c in away if c.leader is not None]
    return name, [*inside_area(name, largest, others), *led]


def two_lines(text: str) -> tuple[str, ...]:
    """Return a name in one line, or in two of nearly the same width where it is long."""
    said = french(text)
    parts = said.split(" ")
    if width_of(said, _FACE) <= _LONG_MM or len(parts) < 2:
        return (said,)
    cuts = [(" ".join(parts[:i]), " ".join(parts[i:])) for i in range(1, len(parts))]
    return min(cuts, key=lambda cut: max(width_of(line, _FACE) for line in cut))
