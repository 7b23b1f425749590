"""The legend of maps of circles and the words of map M2: sizes, signs with n, counting, reading."""

import math
from collections.abc import Callable
from typing import Final, Protocol

import shapely

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.actions_data import ActionsMapData
from dashboards.prints.blocks import Block, Drawing, Row, Rows, Section, Swatch
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.text import Box
from dashboards.theme import LIGHT, PRINT

LARGEST_MM: Final = 10.5
"""Radius of the largest circle."""
UNIT_MM: Final = 2.3
"""Largest radius of a circle worth 1; also the radius from which the number is written inside."""
CROWD_MM2: Final = 4_000.0
"""Area that all the circles of a map may take together: more, and names find no place."""
_LINE_MM: Final = 2.9
_NESTED: Final = (LIGHT.accs, PRINT["print_epci_partner"], PRINT["print_circle_other"])


class Sized(Protocol):
    """What the radii of a map depend on."""

    @property
    def largest(self) -> float:
        """Value of the largest circle."""

    @property
    def heaviest(self) -> float:
        """Sum of the values."""

    @property
    def reach(self) -> float:
        """Share of their full radius that circles have."""


def radius_of(value: float, data: Sized) -> float:
    """Return the radius in millimetres of a circle, its area in proportion to the value.

    All circles of a series are smaller where 1 would be a large circle, or where they would crowd the map.
    """
    unit = min(
        LARGEST_MM / math.sqrt(max(data.largest, 1)),
        UNIT_MM,
        math.sqrt(CROWD_MM2 / math.pi / max(data.heaviest, 1)),
    )
    return unit * math.sqrt(value) * data.reach


def legend_blocks(page: Page, data: ActionsMapData, sized: Sized) -> list[Block]:
    """Return the legend of map M2; names must have been placed."""
    title = "Nombre d’actions × années" if data.cumulative else "Nombre d’actions"
    told = bool(data.largest and data.years)
    nothing = "Aucun disque : aucune action n’a de lieu connu." if data.years else nothing_words(data)
    sizes: Block = sizes_block(title, sized, words.number) if told else Section(title, nothing)
    total = words.counted(sum(data.counts.values()), "EPCI", "EPCI")
    rows = [Row(sign_swatch(sign), said) for sign, said in legend_rows(data)]
    return [
        sizes,
        Rows(f"Type d’EPCI (n = {total})", (*rows, *edge_rows(furniture.EDGES[:2])), step=4.4, swatch=4.0),
        Section("Comptage", counting_words(page, data)),
        Section("Lecture", reading_words(data)),
    ]


def sizes_block(title: str, sized: Sized, number: Callable[[float | None], str]) -> Drawing:
    """Return the nested circles: the largest value and two round ones, tangent at the bottom."""
    largest = radius_of(sized.largest, sized)

    def paint(page: Page, box: Box) -> None:
        x, bottom = box.x + largest + 0.5, box.y + 0.8 + max(2 * largest, 8.7)
        nested = nested_values(sized.largest)
        last = min(bottom - 2 * largest, bottom - _LINE_MM * (len(nested) - 1)) - _LINE_MM
        for rank, value in enumerate(nested):
            radius = radius_of(value, sized)
            y = max(bottom - 2 * radius, last + _LINE_MM) if rank else last + _LINE_MM
            order = Z["mark"] + rank
            signs.disc(page, x, bottom - radius, radius, _NESTED[rank], order, edge=LIGHT.acc, line=0.6)
            leader = [(x, bottom - 2 * radius), (x + largest + 3, bottom - 2 * radius), (x + largest + 5, y)]
            signs.lines(page, shapely.LineString(leader), LIGHT.ink, 0.4, Z["frame"])
            page.line(x + largest + 6, y + 0.9, number(value), furniture.BODY)
            last = y
        note = (
            "Surface du disque proportionnelle au nombre ; rayon du plus grand : "
            f"{words.number(largest, 1)} mm."
        )
        room = Box(box.x, bottom + 1.2, box.w - 1.2, box.bottom - bottom - 1.2)
        page.paragraph(room, note, furniture.NOTE, color=PRINT["print_text"])

    return Drawing(title, max(2 * largest, 8.7) + 9.4, paint)


def nested_values(largest: float) -> list[float]:
    """Return the values of the nested circles, distinct, the largest first."""
    rounded = [step * 10**power for power in range(10) for step in (1, 2, 5)]
    middle = max((v for v in rounded if v <= largest / 2), default=0)
    small = max((v for v in rounded if v <= largest / 8), default=1)
    return sorted({largest, *(v for v in (middle, small) if 0 < v < largest)}, reverse=True)


def sign_swatch(sign: str) -> Swatch:
    """Return the swatch of a sign of a map of circles."""

    def draw(page: Page, box: Box) -> None:
        x, y, order = box.x + box.w / 2, box.y + box.h / 2, Z["mark"]
        if sign in ("partner", "other"):
            color = LIGHT.acc if sign == "partner" else PRINT["print_circle_other"]
            signs.disc(page, x, y, 1.6, color, order)
        else:
            {"zero": signs.zero, "no_data": signs.cross, "secret": signs.secret}[sign](page, x, y, order)

    return draw


def legend_rows(data: ActionsMapData) -> list[tuple[str, str]]:
    """Return the signs that are drawn and their words, with n."""
    said = {
        "partner": "EPCI partie au contrat, au moins une action",
        "other": "autre EPCI, au moins une action",
        "zero": "zéro action",
        "no_data": "pas de donnée : aucun bilan",
        "secret": "secret : moins de 3 structures",
    }
    return [
        (sign, f"{words_of} (n = {words.number(data.counts[sign])})")
        for sign, words_of in said.items()
        if data.counts[sign]
    ]


def nothing_words(data: ActionsMapData) -> str:
    """Return what to say when no report came in for the years asked for."""
    return (
        f"Aucun bilan reçu pour {data.asked} : on ne sait pas où les actions ont eu lieu. Ce n’est pas zéro."
    )


def counting_words(page: Page, data: ActionsMapData) -> str:
    """Return how things were counted, what is not drawn, which names are missing."""
    if not data.years:
        return (
            "Tous les EPCI portent le signe « pas de donnée ». Les disques apparaîtront quand un premier "
            "bilan aura été chargé. En gras : les EPCI parties au contrat."
        )
    once = data.located + data.region_wide + data.elsewhere
    away = [
        said
        for count, said in (
            (data.region_wide, f"{words.number(data.region_wide)} à l’échelle de la région"),
            (data.elsewhere, f"{words.number(data.elsewhere)} sans lieu connu"),
        )
        if count
    ]
    told = "Comptage plein : une action présente dans deux EPCI compte dans chacun ; "
    if data.double_count is not None:
        told += (
            f"additionnés, les disques la compteraient {words.number(data.double_count, 1)} fois en moyenne."
        )
    else:
        told += "ne pas additionner les disques."
    parts = [told]
    parts.append(f"Sans double compte : {words.number(once)} {data.unit}" + (
        f", dont {words.listed(away)}, non dessinées." if away else "."))  # fmt: skip
    if data.silent:
        parts.append(f"Aucun bilan pour {words.listed(map(str, data.silent))} : non compté.")
    if page.unplaced:
        count = len(page.unplaced)
        parts.append(f"Sans place pour leur nom ({count}) : {words.shortened(page.unplaced, 6)}.")
    return " ".join(parts)


def reading_words(data: ActionsMapData) -> str:
    """Return how to read one value, and what not to conclude."""
    ranked = sorted((r for r in data.rows if r.value), key=lambda r: (not r.partner, -(r.value or 0), r.code))
    if not data.years:
        return "Ne pas conclure : l’absence de bilan n’est pas l’absence d’action."
    parts = []
    if ranked:
        row = ranked[min(1, len(ranked) - 1)] if ranked[0].partner else ranked[0]
        unit = data.unit if (row.value or 0) > 1 else data.unit.replace("actions", "action")
        said = f"{words.number(row.value)} {unit}"
        parts.append(f"{row.name} : {said}, {data.asked}{' (fictif)' if data.fictional else ''}.")
    parts.append("Ne pas conclure : un disque plus grand ne dit ni montant, ni bénéficiaires, ni effet.")
    if data.counts["zero"]:
        parts.append("Zéro : aucun bilan reçu n’y place d’action ; ce n’est pas « aucun besoin ».")
    parts.append("EPCI à cheval sur la région : part rhônalpine seule.")
    return " ".join(parts)
