"""The legend of a map of ratios: classes with their n, three grounds that are no class, how to read them."""

from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.class_limits import METHODS
from dashboards.measured import STATUSES
from dashboards.measures import Measure
from dashboards.prints import furniture, signs
from dashboards.prints.blocks import Block, Row, Rows, Section, Swatch
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_data import RatioMapData
from dashboards.prints.text import Box
from dashboards.prints.zonings_data import ZoningsMapData
from dashboards.prints.zonings_legend import zoning_rows
from dashboards.theme import LIGHT, PRINT

SECRET_STEP: Final = 0.72
BLANK_STEP: Final = 0.75
UNDER_STEP: Final = 1.1
"""Distance in millimetres of the lines that tell, in grey, what is under the reference value."""
UNITS: Final = {
    "commune": ("commune", "communes"),
    "epci": ("EPCI", "EPCI"),
    "departement": ("département", "départements"),
}


def palette(*, diverging: bool = False) -> tuple[str, ...]:
    """Return the five colours of the classes, the lowest first."""
    return LIGHT.diverging if diverging else LIGHT.sequential


def draw_ground_of(page: Page, status: str, area: BaseGeometry, clip: Box, z: float) -> None:
    """Fill an area with the ground of a status: white, lines on grey, dots on grey; page millimetres."""
    if status == "zero":
        signs.fill(page, area, LIGHT.land, clip, z)
        return
    signs.fill(page, area, PRINT["print_blank"], clip, z)
    if status == "no_data":
        signs.lines(
            page, signs.hatch(area, BLANK_STEP, 0.0), PRINT["print_blank_line"], 0.28, z + 0.1, clip=clip
        )
    else:
        signs.dots(page, area, SECRET_STEP, PRINT["print_secret_dot"], clip, z + 0.1)


def draw_class(page: Page, data: RatioMapData, rank: int, area: BaseGeometry, clip: Box, z: float) -> None:
    """Fill an area with the flat of a class; in grey, what is under the reference is hatched too."""
    signs.fill(page, area, palette(diverging=data.diverging)[rank], clip, z)
    if page.grey and data.diverging and rank < 2:
        strokes = signs.hatch(area, UNDER_STEP, -45.0)
        signs.lines(page, strokes, LIGHT.ink, 0.3, z + 0.1, clip=clip)


def legend_blocks(data: RatioMapData, zonings: ZoningsMapData | None, *, insets: bool) -> list[Block]:
    """Return the legend; `zonings` are those drawn, `insets` tells whether the page has any."""
    edges: tuple[tuple[str, str, float], ...] = (
        furniture.EDGES[:2] if data.level != "commune" and not insets else furniture.EDGES
    )
    if data.level == "departement":
        edges = edges[:1] + edges[2:]
    rows = [*zoning_rows(zonings, insets=insets), *edge_rows(edges, plain=data.level == "commune")]
    blocks: list[Block] = [*class_blocks(data), Rows("", tuple(rows), step=4.2)]
    blocks += [Section("Lecture", reading_words(data)), Section("Ne pas conclure", warning_words(data))]
    if data.mean_status is not None:
        blocks.append(Section("Repère", mean_words(data)))
    return blocks


def class_blocks(data: RatioMapData) -> list[Block]:
    """Return the classes, the highest first, and the grounds that are no class, with n and the total."""
    counts = data.counts
    classes = tuple(
        Row(class_swatch(data, rank), class_words(data, rank), counts[str(rank)])
        for rank in reversed(range(len(data.limits) + 1 if data.top is not None else 0))
    )
    grounds = tuple(
        Row(status_swatch(status), status_words(data.measure, status), counts[status])
        for status in STATUSES
        if counts[status]
    )
    note = f"{note_words(data)} · {UNITS[data.level][1]} (n)"
    total = f"Total : {words.counted(len(data.rows), *UNITS[data.level])}. " + method_words(data)
    if not classes:
        return [Rows(data.measure.name, grounds, note=note, foot=total, bars=True)]
    return [
        Rows(data.measure.name, classes, note=note, bars=True, foot="" if grounds else total),
        *([Rows("", grounds, foot=total, bars=True, gap=1.0)] if grounds else []),
    ]


def class_swatch(data: RatioMapData, rank: int) -> Swatch:
    """Return the swatch of a class."""

    def draw(page: Page, box: Box) -> None:
        draw_class(page, data, rank, box.polygon, box.grown(1), Z["mark"])
        page.rectangle(box, Z["mark"] + 0.5, edge=LIGHT.ink, line=0.3)

    return draw


def status_swatch(status: str) -> Swatch:
    """Return the swatch of a ground that is no class."""

    def draw(page: Page, box: Box) -> None:
        draw_ground_of(page, status, box.polygon, box, Z["mark"])
        page.rectangle(box, Z["mark"] + 0.5, edge=LIGHT.ink, line=0.3)

    return draw


def edge_rows(edges: tuple[tuple[str, str, float], ...], *, plain: bool = False) -> list[Row]:
    """Return the lines of the legend that show edges; `plain` leaves out that they are in insets alone."""

    def swatch(color: str, width: float) -> Swatch:
        def draw(page: Page, box: Box) -> None:
            middle = box.y + box.h / 2
            signs.lines(page, shapely.LineString([(box.x, middle), (box.right, middle)]), color, width,
                        Z["mark"])  # fmt: skip

        return draw

    return [
        Row(swatch(color, width), said.removesuffix(" (cartons)") if plain else said)
        for said, color, width in edges
    ]


def status_words(measure: Measure, status: str) -> str:
    """Return the words of a ground that is no class."""
    zero = "zéro : aucun montant" if measure.kind == "euros" else "zéro"
    return {"zero": zero, "no_data": "pas de donnée", "secret": "secret (n < 3 ou 85 %)"}[status]


def note_words(data: RatioMapData) -> str:
    """Return what is measured, under the title of the legend: « euros par habitant, 2015 »."""
    unit = data.measure.unit.replace("€", "euros", 1).replace("%", "en %", 1)
    year = str(data.year) if not data.years else f"{data.years[0]}-{data.years[-1]}"
    return f"{unit}, {year}"


def class_words(data: RatioMapData, rank: int) -> str:
    """Return the limits of a class: « de 0,30 à moins de 0,60 »."""
    said = data.measure.number
    if not data.limits:
        return f"plus de 0, jusqu’à {said(data.top or 0.0)}"
    if rank == 0:
        return f"plus de 0, moins de {said(data.limits[0])}"
    if rank == len(data.limits):
        top, last = data.top, data.limits[-1]
        return f"de {said(last)} à {said(top)}" if top and said(top) != said(last) and top > last else (
            f"{said(last)} et plus" if data.measure.kind != "share" or last < 1 else said(last))  # fmt: skip
    return f"de {said(data.limits[rank - 1])} à moins de {said(data.limits[rank])}"


def method_words(data: RatioMapData) -> str:
    """Return how the limits were chosen."""
    if data.top is None:
        return "Aucune classe : aucune valeur ne peut être montrée."
    if not data.limits:
        return "Une seule classe : trop peu de valeurs positives."
    if data.method != "fixes":
        said = next(about for name, _, about in METHODS if name == data.method)
        return f"Limites : {said} ; les mêmes chaque année."
    if data.diverging:
        return "Limites en rapports autour de 1 ; les mêmes chaque année."
    if data.measure.limits is not None:
        return "Limites rondes fixées d’avance ; les mêmes chaque année."
    return "Limites rondes, proches des quintiles des valeurs positives ; les mêmes chaque année."


def reading_words(data: RatioMapData) -> str:
    """Return a sentence that reads one value: that of the most populated unit of the middle of the values."""
    shown = sorted(
        (row.value, code) for code, row in data.rows.items() if row.status == "value" and row.value
    )
    if not shown:
        return "Aucune valeur ne peut être montrée."
    middle = shown[len(shown) // 4 : 3 * len(shown) // 4 + 1]
    value, code = max(middle, key=lambda pair: (data.populations.get(pair[1]) or 0, pair[1]))
    said = " (fictif)" if data.fictional else ""
    return f"{data.names[code]} : {data.measure.told(value)} en {data.year}{said}."


def warning_words(data: RatioMapData) -> str:
    """Return what the map does not allow to conclude."""
    said = [_WARNINGS.get(data.measure.indicator or "", _WARNING)]
    if data.counts["zero"] and data.measure.kind == "euros":
        said.append("Zéro veut dire « aucune action localisée », pas « aucun besoin ».")
    if data.counts["secret"]:
        said.append("Un secret n’est ni un zéro ni une absence.")
    return " ".join(said)


_WARNING: Final = "Une différence entre territoires ne dit pas qu’elle vient du contrat."
_WARNINGS: Final = {
    "T06": "Un montant réparti au prorata de la population ne dit pas qui en a bénéficié.",
    "T07": "Un contexte : il ne dit rien de l’effet du contrat. Un seul gros établissement, ou un siège "
    "ailleurs, suffit à faire un écart.",
    "T01": "Un lieu couvert n’est pas un habitant atteint.",
    "T02": "Un quartier atteint n’est pas un quartier servi : un bénéficiaire suffit.",
    "T03": "Une commune couverte n’est pas un habitant atteint.",
}
"""What a measure does not say, by indicator."""


def mean_words(data: RatioMapData) -> str:
    """Return the value of the region, weighted by population, or why it is not given."""
    if data.mean is None:
        return "Moyenne régionale : " + ("secrète." if data.mean_status == "secret" else "non calculable.")
    weighted = " pondérée par la population" if data.measure.kind == "euros" else ""
    head = "Moyenne régionale" if weighted else "Région"
    return f"{head}{weighted} : {data.measure.told(data.mean)}."
