"""The legend and the table of map M1: how each perimeter is drawn, what is unknown, how they overlap."""

from dataclasses import dataclass
from typing import Final

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.blocks import NOTE, Block, Row, Rows, Section, Swatch
from dashboards.prints.page import Page, Z
from dashboards.prints.perimeters_data import KINDS, PerimetersMapData
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.text import Box, Face
from dashboards.theme import LIGHT, PRINT, PRINT_PERIMETERS

ANGLES: Final = (45.0, -45.0, 0.0, 90.0)
"""Angle of each hatch, beside its colour: the two tell perimeters apart, also in grey."""
TOWN_MM: Final = 0.55
_ROWS: Final = 9
_ROW_MM: Final = 4.3
_FLAT_WORDS: Final = {
    "departement": ("conseil général", "conseils généraux"),
    "epci": ("EPCI", "EPCI"),
    "commune": ("ville", "villes"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a perimeter is drawn: a flat and an edge, or a hatch (`angle` in degrees) and an edge; points."""

    color: str
    width: float
    casing: float
    fill: str | None = None
    angle: float | None = None
    park: bool = False


_FLATS: Final = {
    "departement": Style(LIGHT.ink, 1.7, 2.8, PRINT["print_departement_partner"]),
    "epci": Style(LIGHT.acc, 1.1, 2.2, PRINT["print_epci_partner"]),
    "commune": Style(PRINT["print_city_partner"], 0.5, 0.0, PRINT["print_city_partner"]),
}


def styles_of(data: PerimetersMapData) -> dict[str, Style]:
    """Return how each known perimeter is drawn, by key of party."""
    found: dict[str, Style] = {}
    for party in data.drawn:
        if party.kind in _FLATS:
            found[party.key] = _FLATS[party.kind]
            continue
        rank = sum(style.angle is not None for style in found.values())
        found[party.key] = Style(
            PRINT_PERIMETERS[rank % len(PRINT_PERIMETERS)], 1.35, 2.6,
            angle=ANGLES[(rank + rank // len(ANGLES)) % len(ANGLES)], park=party.kind == "pnr",
        )  # fmt: skip
    return found


def legend_blocks(data: PerimetersMapData, *, insets: bool) -> list[Block]:
    """Return the signs, what is unknown, and the table of overlaps; `insets` tells whether there are any."""
    count = words.counted(len(data.parties), "collectivité signataire", "collectivités signataires")
    edges = furniture.EDGES if insets else furniture.EDGES[:2]
    blocks: list[Block] = [
        Rows(count, tuple(Row(_swatch(style), said) for style, said in legend_rows(data)), step=5.4),
        Rows("", tuple(edge_rows(edges)), step=3.8, gap=0.6),
    ]
    if data.unknown:
        text = " ; ".join(party.name for party in data.unknown)
        blocks.append(
            Section(
                f"Périmètre inconnu (n = {len(data.unknown)})",
                f"{text}. Ni dessinés ni estimés, tant qu’aucun fichier ne les donne.",
            )
        )
    note = (
        "Un même lieu peut relever de plusieurs collectivités : leurs populations et leurs actions ne "
        "s’additionnent pas. Ne pas conclure : un périmètre dit qui a signé, pas qui a agi."
    )
    return [*blocks, Section("", note, NOTE), *_table(data)]


def legend_rows(data: PerimetersMapData) -> list[tuple[Style, str]]:
    """Return each sign that is drawn and its words, with n; the n sum to the number of known perimeters."""
    styles, rows = styles_of(data), []
    for kind in KINDS:
        group = [party for party in data.drawn if party.kind == kind]
        if kind in _FLATS and group:
            said = words.plural(len(group), *_FLAT_WORDS[kind])
            rows.append((_FLATS[kind], f"{said} (n = {len(group)})"))
        elif kind not in _FLATS:
            rows.extend((styles[party.key], f"{party.brief} (n = 1)") for party in group)
    return rows


def _swatch(style: Style) -> Swatch:
    def draw(page: Page, box: Box) -> None:
        draw_swatch(page, Box(box.x, box.y + 0.4, box.w, box.h - 0.8), style)

    return draw


def draw_swatch(page: Page, box: Box, style: Style) -> None:
    """Draw a rectangle in the style of a perimeter."""
    shape = box.polygon
    if style.angle is not None:
        signs.draw_perimeter(page, shape, style.color, style.angle, box.grown(1), (box.x, box.y),
                             park=style.park)  # fmt: skip
        return
    page.rectangle(box, Z["fill"], fill=style.fill or LIGHT.land)
    if style is _FLATS["commune"]:
        draw_town(page, box.x + box.w / 2, box.y + box.h / 2)
    signs.lines(page, shape, style.color, style.width, Z["perimeter"])


def draw_town(page: Page, x: float, y: float, z: float = 0.0) -> None:
    """Draw the dot that a town's name refers to."""
    signs.disc(page, x, y, TOWN_MM, LIGHT.land, Z["plate"] + z, edge=LIGHT.ink, line=0.7)


def _table(data: PerimetersMapData) -> list[Block]:
    """Return the strongest overlaps, those that lie whole in another, and the sums."""
    shown = data.overlaps[:_ROWS]
    rest = len(data.overlaps) - len(shown)
    about = "part du premier qui habite dans le second" + (f", les {_ROWS} plus fortes" if rest else "")
    about += " ; CG : conseil général, SM : syndicat mixte"
    if not shown:
        about = "aucun chevauchement partiel entre les périmètres connus"
    rows = tuple(
        Row(None, f"{overlap.first} → {overlap.second}", value=words.percent(overlap.share, 0))
        for overlap in shown
    )
    return [
        Rows("Chevauchements, en population", rows, note=about, step=_ROW_MM, swatch=0.0),
        Section("", inclusion_words(data), NOTE, gap=1.6),
        Section("", totals_words(data), Face(7.5, 600), gap=1.6),
    ]


def inclusion_words(data: PerimetersMapData) -> str:
    """Return which perimeters lie whole in another, and which cannot be compared."""
    pairs = [f"{one} dans {other}" for one, other in data.inclusions]
    count = words.counted(len(pairs), "inclusion complète", "inclusions complètes")
    said = f"{count} : {' ; '.join(pairs)}." if pairs else "Aucune inclusion complète."
    if data.unknown:
        lacking = words.counted(len(data.unknown), "périmètre inconnu", "périmètres inconnus")
        said += f" Avec les {lacking} : non calculable." if len(data.unknown) > 1 else (
            f" Avec le périmètre inconnu de {data.unknown[0].name} : non calculable.")  # fmt: skip
    return said


def totals_words(data: PerimetersMapData) -> str:
    """Return the sum of the populations, that of the union, and how many times a person is counted."""
    count = words.counted(len(data.drawn), "périmètre connu", "périmètres connus")
    if not data.drawn:
        return "Aucun périmètre connu : populations non calculables."
    if data.total is None or not data.union:
        return f"Populations des {count} : non calculables, celle d’une commune n’est pas connue."
    return (
        f"Somme des populations de {count} : {words.number(data.total)} ; population de l’union : "
        f"{words.number(data.union)} ; double compte : {words.number(data.total / data.union, 2)}."
    )
