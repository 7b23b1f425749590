"""The map of the zonings: priority quarters and ZRR, with two insets of towns."""

from collections import defaultdict
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.atlas import Atlas, Labels, Place, draw_atlas
from dashboards.prints.blocks import Block, Rows, Section
from dashboards.prints.content import Content, Request, population_words
from dashboards.prints.ground import PrintGround
from dashboards.prints.labels import Name, around_point, clear
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.scale import MapFrame
from dashboards.prints.text import Face
from dashboards.prints.towns import write_names
from dashboards.prints.zonings_data import Quarter, ZoningsMapData, zonings_map_data
from dashboards.prints.zonings_legend import zoning_rows, zoning_words

_FACE: Final = Face(7.0, 600)
_TOWNS: Final = 24
_RING_MM: Final = 0.9
_ORIGIN: Final = (800_000.0, 6_500_000.0)
"""Point of the ground to which the phase of the hatch is fixed."""


def zonings_content(asked: Request) -> Content:
    """Return the map of the zonings of a contract."""
    ground = asked.ground
    data = zonings_map_data(asked.graph, ground)
    shown = words.listed(f"{one.scheme} {one.vintage}" for one in data.shown) or "aucune liste chargée"
    told = " ; ".join(zoning_words(one) for one in data.shown)
    return Content(
        title="Quartiers prioritaires et zones de revitalisation rurale",
        about=shown,
        fictional=data.fictional,
        sources=(f"Zonages : {told}." if told else "Aucune liste de zonage chargée.",),
        draw=lambda page, layout: draw_zonings_map(page, layout, data, ground),
        zonings=data.shown,
        ground_words=population_words(ground),
    )


def draw_zonings_map(page: Page, layout: Layout, data: ZoningsMapData, ground: PrintGround) -> None:
    """Draw the map; names that found no place are in `Page.unplaced`."""
    rural = shapely.coverage_union_all([ground.communes[code] for code in data.rural])

    def paint(page: Page, frame: MapFrame, z: float) -> None:
        draw_zones(page, frame, data, rural, z)

    def label(page: Page, frame: MapFrame, labels: Labels) -> None:
        name_quarters(page, frame, data, ground, labels)

    def blocks(page: Page, insets: bool) -> list[Block]:  # noqa: ARG001
        edges = edge_rows(furniture.EDGES if insets else furniture.EDGES[:2])
        return [
            Rows("Zonages", tuple(zoning_rows(data, insets=insets)), step=6.4),
            Rows("", tuple(edges), step=4.2),
            Section("Comptage", counting_words(data)),
            Section("Lecture", reading_words()),
        ]

    atlas = Atlas(paint, label, blocks, inset_places(data, ground), marks=data.marks)
    draw_atlas(page, layout, ground, atlas)


def quarters_by_commune(data: ZoningsMapData, ground: PrintGround) -> dict[str, list[Quarter]]:
    """Return the quarters by the commune that holds the middle of each, by code."""
    codes = sorted(ground.communes)
    tree = shapely.STRtree([ground.communes[code] for code in codes])
    found: defaultdict[str, list[Quarter]] = defaultdict(list)
    for quarter in data.quarters:
        at = tree.nearest(quarter.shape.representative_point())
        found[codes[int(at)]].append(quarter)
    return dict(sorted(found.items()))


def inset_places(data: ZoningsMapData, ground: PrintGround, most: int = 2) -> tuple[Place, ...]:
    """Return what the insets show: the EPCI with the most quarters, around them."""
    by_epci: defaultdict[str, list[Quarter]] = defaultdict(list)
    for commune, quarters in quarters_by_commune(data, ground).items():
        if commune in ground.epci_of:
            by_epci[ground.epci_of[commune]] += quarters
    chosen = sorted(by_epci, key=lambda code: (-len(by_epci[code]), code))[:most]
    places = []
    for code in chosen:
        west, south, east, north = shapely.total_bounds([one.shape for one in by_epci[code]]).tolist()
        places.append(Place(((west + east) / 2, (south + north) / 2), ground.epci_names[code]))
    return tuple(places)


def draw_zones(page: Page, frame: MapFrame, data: ZoningsMapData, rural: BaseGeometry,
               z: float = 0.0) -> None:  # fmt: skip
    """Draw the rural communes, then the quarters over them; `rural` is their union in EPSG:2154."""
    if not rural.is_empty:
        signs.draw_zrr(page, frame.shape(rural), frame.box, frame.point(*_ORIGIN), z)
    for quarter in data.quarters:
        signs.draw_qpv(page, frame.shape(quarter.shape), _scale_of(quarter, frame), frame.box, z)


def _scale_of(quarter: Quarter, frame: MapFrame) -> int:
    """Return the scale at which to draw a quarter: a point has no contour, so that a ring stands for it."""
    return frame.scale if quarter.shape.area else max(frame.scale, 1_000_000)


def name_quarters(page: Page, frame: MapFrame, data: ZoningsMapData, ground: PrintGround,
                  labels: Labels, reach: float = _RING_MM) -> None:  # fmt: skip
    """Write the names of the largest communes that have a quarter, clear of the quarters.

    Of those within the grounds that insets show, only the largest of each is named.
    """
    towns = quarters_by_commune(data, ground)
    middle = {code: shapely.union_all([one.shape for one in found]).centroid for code, found in towns.items()}
    marks = {one.code: _mark(one, frame, reach) for one in data.quarters}
    seen = [code for code in towns if frame.ground.contains(middle[code])]
    seen.sort(key=lambda code: (-(ground.populations.get(code) or 0), code))
    for window in labels.hidden:
        seen = [code for code in seen if code not in [c for c in seen if window.contains(middle[c])][1:]]
    choices = []
    for rank, code in enumerate(seen[:_TOWNS]):
        name = Name(code, (ground.commune_names[code],), _FACE, priority=4.0 - rank / _TOWNS)
        own = [marks[one.code] for one in towns[code]]
        candidates = [
            candidate for mark in own
            for candidate in around_point(name, mark.centroid.x, mark.centroid.y, reach)
        ]  # fmt: skip
        obstacles = [*labels.fixed, *marks.values()]
        choices.append((name, clear(candidates, frame.box, obstacles, must=labels.main)))
    write_names(page, choices, z=labels.z)


def _mark(quarter: Quarter, frame: MapFrame, reach: float) -> BaseGeometry:
    """Return what a quarter covers on a map: its contour, or its sign of some radius."""
    shape = frame.shape(quarter.shape)
    sign = shape.centroid.buffer(reach)
    if _scale_of(quarter, frame) > 500_000:
        return sign
    return shape.buffer(0.5) if reach == _RING_MM else shapely.union(shape.buffer(0.3), sign)


def counting_words(data: ZoningsMapData) -> str:
    """Return how many people live there, what is left out, what the store does not have."""
    said = []
    for zoning, people, what in (
        (data.quarters_zoning, data.quarters_people, "quartiers"),
        (data.rural_zoning, data.rural_people, "communes classées"),
    ):
        if zoning in data.shown:
            count = "population inconnue" if people is None else words.counted(people, "habitant")
            said.append(f"{what.capitalize()} : {count}.")
    if data.left_out:
        said.append(
            f"{words.counted(len(data.left_out), 'commune')} en partie ou pour un temps : hors carte."
        )
    if data.unplaced:
        said.append(f"{words.counted(data.unplaced, 'quartier')} sans position connue : non dessinés.")
    schemes = {zoning.scheme for zoning in data.shown}
    missing = [
        name for name, absent in (("QPV", "QPV" not in schemes), ("ZRR", not schemes - {"QPV"})) if absent
    ]
    if missing:
        said.append(f"Aucune liste de {words.listed(missing)} de millésime déclaré dans cette base.")
    return " ".join(said)


def reading_words() -> str:
    """Return how to read the two zonings, and what not to conclude."""
    return (
        "QPV et ZRR se lisent à part : leurs habitants ne s’additionnent qu’après en avoir ôté ceux qui sont "
        "dans les deux. Ne pas conclure : un zonage dit qui est prioritaire, pas qui a été atteint."
    )
