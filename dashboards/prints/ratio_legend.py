"""The legend of map M3: classes with their n, three grounds that are no class, how to read them."""

from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.measured import STATUSES
from dashboards.prints import furniture, signs
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_data import RatioMapData
from dashboards.prints.text import Box, Face, fit, french, width_of
from dashboards.prints.zonings_data import ZoningsMapData
from dashboards.prints.zonings_map import legend_rows
from dashboards.theme import LIGHT, PRINT, PRINT_GREYS

STEP: Final = 5.6
SWATCH: Final = (8.0, 4.8)
SECRET_STEP: Final = 0.72
BLANK_STEP: Final = 0.75
UNITS: Final = {"commune": ("commune", "communes"), "epci": ("EPCI", "EPCI")}
_COUNT = Face(7.5)
_STATUS_WORDS: Final = {
    "zero": "zéro : aucun montant",
    "no_data": "pas de donnée",
    "secret": "secret (n < 3 ou 85 %)",
}


def palette(*, grey: bool = False) -> tuple[str, ...]:
    """Return the five colours of the classes, the palest first."""
    return PRINT_GREYS if grey else LIGHT.sequential


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


def draw_legend(
    page: Page, data: RatioMapData, zonings: ZoningsMapData, box: Box, *, grey: bool, insets: bool
) -> None:
    """Draw the legend column; `insets` tells whether the page has any."""
    page.paragraph(Box(box.x, box.y, box.w, 5), "Montant payé par habitant", furniture.HEADING)
    unit = f"euros par habitant, {data.year} · {UNITS[data.level][1]} (n)"
    page.paragraph(Box(box.x, box.y + 4.6, box.w, 4), unit, furniture.NOTE, color=PRINT["print_text"])
    y = _draw_classes(page, data, Box(box.x, box.y + 9.4, box.w, 60), grey=grey)
    y = _draw_zonings(page, data, zonings, Box(box.x, y + 1.4, box.w, 40), insets=insets)
    said = (
        ("Lecture", reading_words(data)),
        ("Ne pas conclure", warning_words(data)),
        ("Repère", mean_words(data)),
    )
    for title, text in said:
        y = furniture.draw_section(page, Box(box.x, y + 1.6, box.w, box.bottom - y - 1.6), title, text) + 0.6


def _draw_classes(page: Page, data: RatioMapData, box: Box, *, grey: bool) -> float:
    """Draw a line a class, the highest first, then the statuses; return where they end."""
    counts, y = data.counts, box.y
    most = max(counts.values(), default=1)
    for rank in reversed(range(len(data.limits) + 1 if data.top is not None else 0)):
        swatch = Box(box.x, y, *SWATCH)
        page.rectangle(swatch, Z["mark"], fill=palette(grey=grey)[rank], edge=LIGHT.ink, line=0.3)
        _draw_line(page, box, y, class_words(data, rank), counts[str(rank)], most)
        y += STEP
    y += 1.0
    for status in STATUSES:
        if not counts[status]:
            continue
        swatch = Box(box.x, y, *SWATCH)
        area = swatch.polygon
        draw_ground_of(page, status, area, swatch, Z["mark"])
        page.rectangle(swatch, Z["mark"] + 0.5, edge=LIGHT.ink, line=0.3)
        _draw_line(page, box, y, _STATUS_WORDS[status], counts[status], most)
        y += STEP
    total = f"Total : {words.number(len(data.rows))} {UNITS[data.level][1]}. " + method_words(data)
    room = Box(box.x, y + 0.4, box.w, 10)
    # Thin spaces are measured a little narrower than they are drawn: a line that just fits must not.
    fitted = fit(total, furniture.NOTE, room.w - 1.2, room.h, floor=6)
    return page.lines(room.x, room.y, fitted, color=PRINT["print_text"], container=room)


def _draw_line(page: Page, box: Box, y: float, text: str, count: int, most: int) -> None:
    """Write a class, its number at the right, and a bar in proportion between them."""
    furniture.draw_row(page, box.x + 10, y + SWATCH[1] / 2, text, 28.6)
    number = words.number(count)
    bar = Box(box.x + 39, y + 1.4, max(0.2, 8.0 * count / most), 2.0)
    page.rectangle(bar, Z["mark"], fill=PRINT["print_hairline"])
    page.line(box.right, y + SWATCH[1] / 2 + 0.95, number, _COUNT, align="right",
              container=Box(box.right - width_of(french(number), _COUNT) - 0.3, y - 0.5, 12, 6))  # fmt: skip


def class_words(data: RatioMapData, rank: int) -> str:
    """Return the limits of a class: « de 0,30 à moins de 0,60 »."""
    if not data.limits:
        return f"plus de 0, jusqu’à {_euros(data.top)}"
    if rank == 0:
        return f"plus de 0, moins de {_euros(data.limits[0])}"
    if rank == len(data.limits):
        top = data.top
        return f"de {_euros(data.limits[-1])} à {_euros(top)}" if top and top > data.limits[-1] else (
            f"{_euros(data.limits[-1])} et plus")  # fmt: skip
    return f"de {_euros(data.limits[rank - 1])} à moins de {_euros(data.limits[rank])}"


def _euros(value: float | None) -> str:
    return words.number(value, 2)


def method_words(data: RatioMapData) -> str:
    """Return how the limits were chosen."""
    if data.top is None:
        return "Aucune classe : aucune valeur ne peut être montrée."
    if not data.limits:
        return "Une seule classe : trop peu de valeurs positives."
    return "Limites rondes, proches des quintiles des valeurs positives ; les mêmes chaque année."


def _draw_zonings(
    page: Page, data: RatioMapData, zonings: ZoningsMapData, box: Box, *, insets: bool
) -> float:
    y = box.y + 3.4
    for sign, said in legend_rows(zonings).items():
        swatch = Box(box.x, y - 2.4, *SWATCH)
        if sign == "qpv":
            signs.draw_qpv(page, shapely.Point(box.x + 4, y).buffer(1), 1_000_000, swatch.grown(1))
        else:
            area = swatch.polygon
            signs.draw_zrr(page, area, swatch.grown(1), (swatch.x, swatch.y))
        furniture.draw_row(page, box.x + 10, y, said, box.w - 10)
        y += 6.6
    edges = furniture.EDGES[:2] if data.level == "epci" and not insets else furniture.EDGES
    for said, color, width in edges:
        text = said.removesuffix(" (cartons)")
        signs.lines(page, shapely.LineString([(box.x, y), (box.x + 8, y)]), color, width, Z["mark"])
        furniture.draw_row(page, box.x + 10, y, text, box.w - 10)
        y += 3.7
    return y


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
    return f"{data.names[code]} : {_euros(value)} € par habitant en {data.year}{said}."


def warning_words(data: RatioMapData) -> str:
    """Return what the map does not allow to conclude."""
    said = ["Un montant réparti au prorata de la population ne dit pas qui en a bénéficié."]
    if data.counts["zero"]:
        said.append("Zéro veut dire « aucune action localisée », pas « aucun besoin ».")
    if data.counts["secret"]:
        said.append("Un secret n’est ni un zéro ni une absence.")
    return " ".join(said)


def mean_words(data: RatioMapData) -> str:
    """Return the mean of the region, weighted by population, or why it is not given."""
    if data.mean is None:
        return "Moyenne régionale : " + ("secrète." if data.mean_status == "secret" else "non calculable.")
    return f"Moyenne régionale pondérée par la population : {_euros(data.mean)} € par habitant."
