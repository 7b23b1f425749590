"""Map M8: what changed between two compositions of the EPCI, the dates in its title."""

from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.atlas import Atlas, Labels, Place, draw_atlas
from dashboards.prints.blocks import NOTE, Block, Row, Rows, Section, Swatch
from dashboards.prints.compositions_data import (
    Change,
    CompositionsMapData,
    PartyChange,
    compositions_map_data,
)
from dashboards.prints.content import Content, Request
from dashboards.prints.ground import PrintGround
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.scale import MapFrame
from dashboards.prints.text import Box
from dashboards.prints.towns import label_towns
from dashboards.theme import LIGHT, PRINT

FLATS: Final[dict[Change, str]] = {
    "same": LIGHT.land, "moved": LIGHT.sequential[2], "entered": LIGHT.sequential[1],
    "left": LIGHT.sequential[0], "without": PRINT["print_blank"],
}  # fmt: skip
_SAID: Final[dict[Change, str]] = {
    "same": "même EPCI aux deux dates", "moved": "passée d’un EPCI à un autre",
    "entered": "entrée dans un EPCI", "left": "sortie de tout EPCI", "without": "sans EPCI connu",
}  # fmt: skip
_DASHES: Final = (0.0, (2.5, 2.0))
_MOST: Final = 8


def compositions_content(asked: Request) -> Content:
    """Return map M8 of a contract: exempt from the rule on zonings, since it compares two of them.

    Raises
    ------
    UsageError
        When the store has one dated composition, or none.
    """
    ground = asked.ground
    data = compositions_map_data(asked.graph, ground)
    first, last = (words.day(day) for day in data.dates)
    places = inset_places(data, ground)
    moved = words.counted(len(data.moved), "commune")
    return Content(
        title=f"Périmètres des EPCI : écart du {first} au {last}",
        about=f"{moved} sur {words.number(len(data.rows))} ont changé d’EPCI"
        if len(data.moved) > 1
        else f"{moved} sur {words.number(len(data.rows))} a changé d’EPCI",
        fictional=data.fictional,
        sources=(
            f"Source : compositions des EPCI au {first} et au {last} (DGCL). Ce sont les deux compositions "
            "chargées ; le contrat demande celle du 1er janvier 2014.",
            f"Communes au 1er janvier {ground.vintage}. Population : millésime {ground.population_vintage}.",
        ),
        draw=lambda page, layout: draw_compositions_map(page, layout, data, ground, places),
        insets=len(places),
    )


def draw_compositions_map(page: Page, layout: Layout, data: CompositionsMapData, ground: PrintGround,
                          places: tuple[Place, ...]) -> None:  # fmt: skip
    """Draw map M8; names that found no place are in `Page.unplaced`."""
    areas = {
        change: shapely.coverage_union_all(
            [ground.communes[c] for c, own in data.rows.items() if own == change]
        )
        for change in FLATS
    }
    gone, new = changed_edges(data, ground)

    def paint(page: Page, frame: MapFrame, z: float) -> None:
        for change, area in areas.items():
            if change != "same":
                signs.fill(page, frame.shape(area), FLATS[change], frame.box, Z["fill"] + z)
        _draw_edges(page, frame.shape(gone), frame.shape(new), frame.box, z)

    def label(page: Page, frame: MapFrame, labels: Labels) -> None:
        label_towns(page, frame, ground, labels)

    def blocks(page: Page, insets: bool) -> list[Block]:  # noqa: ARG001
        return _legend(data, ground, insets=insets)

    draw_atlas(page, layout, ground, Atlas(paint, label, blocks, places))


def inset_places(data: CompositionsMapData, ground: PrintGround) -> tuple[Place, ...]:
    """Return what the insets show: the two most populated communes that moved, far enough to need two."""
    ranked = sorted(data.moved, key=lambda code: (-(ground.populations.get(code) or 0), code))
    places: list[Place] = []
    for code in ranked:
        middle = ground.communes[code].centroid
        if all(middle.distance(shapely.Point(one.middle)) > 25_000 for one in places) and len(places) < 2:
            places.append(Place((middle.x, middle.y), ground.commune_names[code]))
    return tuple(places)


def changed_edges(data: CompositionsMapData, ground: PrintGround) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the edges of EPCI that are gone and those that are new, in EPSG:2154."""
    heirs = {code: data.same_as.get(epci, epci) for code, epci in data.before.items()}
    touched = {heirs.get(code) for code in data.moved} | {data.after.get(code) for code in data.moved}
    edges = []
    for composition in (heirs, data.after):
        groups: dict[str, list[BaseGeometry]] = {}
        for code, epci in composition.items():
            if epci in touched and code in ground.communes:
                groups.setdefault(epci, []).append(ground.communes[code])
        edges.append(signs.edges_of(shapely.coverage_union_all(shapes) for shapes in groups.values()))
    before, after = edges
    return shapely.difference(before, after.buffer(1)), shapely.difference(after, before.buffer(1))


def _draw_edges(page: Page, gone: BaseGeometry, new: BaseGeometry, clip: Box, z: float = 0.0) -> None:
    signs.cased(page, new, LIGHT.new, 1.3, 2.6, Z["perimeter"] + z, clip=clip)
    signs.cased(page, gone, LIGHT.gone, 1.3, 2.6, Z["perimeter"] + z + 0.3, clip=clip, dashes=_DASHES)


def _flat(change: Change) -> Swatch:
    def draw(page: Page, box: Box) -> None:
        page.rectangle(box, Z["fill"], fill=FLATS[change], edge=PRINT["print_commune_edge"], line=0.3)

    return draw


def _edge(*, new: bool) -> Swatch:
    def draw(page: Page, box: Box) -> None:
        middle = box.y + box.h / 2
        line, none = shapely.LineString([(box.x, middle), (box.right, middle)]), shapely.LineString()
        _draw_edges(page, none if new else line, line if new else none, box.grown(1))

    return draw


def legend_rows(data: CompositionsMapData) -> list[tuple[Change, str, int]]:
    """Return the flats that are drawn, their words and n; the sum is the number of communes."""
    return [(change, said, data.counts[change]) for change, said in _SAID.items() if data.counts[change]]


def _legend(data: CompositionsMapData, ground: PrintGround, *, insets: bool) -> list[Block]:
    flats = tuple(Row(_flat(change), said, count) for change, said, count in legend_rows(data))
    first, last = (str(day.year) for day in data.dates)
    lines = [
        *([Row(_edge(new=False), f"limite de {first} disparue")] if data.moved else []),
        *([Row(_edge(new=True), f"limite nouvelle en {last}")] if data.moved else []),
        *edge_rows(furniture.EDGES if insets else furniture.EDGES[:2]),
    ]
    total = f"Total : {words.counted(len(data.rows), 'commune')} d’aujourd’hui."
    blocks: list[Block] = [
        Rows("Communes", flats, foot=total, bars=True),
        Rows("", tuple(lines), step=4.2, gap=1.2),
        Section("Ce qui change", change_words(data, ground)),
    ]
    if data.parties:
        table = tuple(Row(None, party.name, value=party_words(party)) for party in data.parties)
        note = "communes entrées et sorties, habitants d’écart"
        blocks.append(Rows("EPCI parties au contrat", table, note=note, step=4.0, swatch=0.0))
    blocks += [Section("Ne pas conclure", warning_words()), Section("", merged_words(data), NOTE)]
    return blocks


def party_words(party: PartyChange) -> str:
    """Return what changed of a party: « −1, −95 hab. », or « inchangé »."""
    if not party.gained and not party.lost:
        return "inchangé"
    said = [f"+{party.gained}"] if party.gained else []
    said += [f"{words.MINUS}{party.lost}"] if party.lost else []
    if party.people is None:
        return f"{', '.join(said)}, population inconnue"
    sign = "+" if party.people > 0 else words.MINUS if party.people < 0 else ""
    return f"{', '.join(said)} ; {sign}{words.number(abs(party.people))} hab."


def change_words(data: CompositionsMapData, ground: PrintGround) -> str:
    """Return which communes moved, from where to where, and how many people that is."""
    if not data.moved:
        return "Aucune commune n’a changé d’EPCI entre les deux compositions."
    ranked = sorted(data.moved, key=lambda code: (-(ground.populations.get(code) or 0), code))
    names = data.names
    told = [
        f"{ground.commune_names[code]}, de {names.get(data.before.get(code, ''), 'aucun EPCI')} à "
        f"{names.get(data.after.get(code, ''), 'aucun EPCI')}"
        for code in ranked[:_MOST]
    ]
    rest = len(ranked) - len(told)
    people = "population inconnue" if data.people is None else words.counted(data.people, "habitant")
    return f"{' ; '.join(told)}{f' ; et {rest} autres' if rest else ''} : {people}."


def warning_words() -> str:
    """Return what the map does not allow to conclude."""
    return (
        "Un écart de carte n’est pas un effet du contrat : une évolution se lit à périmètre constant (T18)."
    )


def merged_words(data: CompositionsMapData) -> str:
    """Return how many communes merged between the two days: the map has those of today."""
    first, last = (words.day(day) for day in data.dates)
    if not data.merged:
        return f"Aucune commune n’a disparu du {first} au {last}."
    gone = words.counted(data.merged, "commune")
    verb = words.plural(data.merged, "a disparu par fusion", "ont disparu par fusion")
    return f"Du {first} au {last}, {gone} {verb} : la carte est celle des communes d’aujourd’hui."
