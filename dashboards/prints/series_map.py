"""The series of a map of ratios: every year side by side, one set of limits, n by class and year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from dashboards import words
from dashboards.measured import STATUSES
from dashboards.prints import furniture
from dashboards.prints.blocks import BODY, NOTE, Block, Drawing, Section, Swatch, flow
from dashboards.prints.ground import PrintGround, draw_ground
from dashboards.prints.layout import Layout, LayoutError
from dashboards.prints.page import Page, Z
from dashboards.prints.ratio_data import RatioMapData
from dashboards.prints.ratio_legend import (
    UNITS,
    class_swatch,
    class_words,
    method_words,
    note_words,
    palette,
    status_swatch,
    status_words,
)
from dashboards.prints.ratio_map import class_areas, fill_classes
from dashboards.prints.scale import MapFrame, draw_bar, frame_for
from dashboards.prints.text import Box, Face, fit, french, width_of
from dashboards.theme import LIGHT, PRINT

GAP: Final = 4.1
_YEAR, _MEAN, _SHARE = Face(12.0, 700), Face(7.5), Face(7.0)
_HEAD_MM: Final = 6.5
_STEP: Final = 5.2
_LOWEST_SHARE: Final = 0.075
"""Share of the bar from which its percentage is written in it."""


def series_words(years: Sequence[int]) -> str:
    """Return the years of a title: « 2014, 2015, 2016 »."""
    return ", ".join(map(str, years))


def draw_series_map(page: Page, layout: Layout, data: RatioMapData, ground: PrintGround,
                    years: Sequence[int]) -> None:  # fmt: skip
    """Draw the maps of several years on one page.

    Parameters
    ----------
    page, layout
        Where: landscape, A4 or A3.
    data
        The measure of any of the years; its series has the others.
    ground
        Contours.
    years
        Years drawn, in order: two to four.

    Raises
    ------
    LayoutError
        On a page where the maps would be too small to be read, or with too many years.
    """
    if layout.width < layout.height or layout.paper == "A5" or not 2 <= len(years) <= 4:
        raise LayoutError(
            "Une série se dessine sur une page A4 ou A3 en paysage, de deux à quatre années "
            f"({len(years)} ici)."
        )
    shown = [year_of(data, year, years) for year in years]
    top, width = layout.main.y, layout.width - 2 * furniture.MARGIN
    each = (width - GAP * (len(years) - 1)) / len(years)
    frames = []
    for rank, one in enumerate(shown):
        box = Box(furniture.MARGIN + rank * (each + GAP), top + _HEAD_MM, each, each * 0.985)
        frame = frame_for(ground.region.bounds, box, around=0.6)
        frames.append(frame)
        _draw_year(page, frame, one, ground, first=rank == 0)
    for before, after in pairwise(frames):
        x = (before.box.right + after.box.x) / 2
        page.rectangle(Box(x, top, 0.01, before.box.bottom - top), Z["frame"], edge=PRINT["print_hairline"],
                       line=0.5)  # fmt: skip
    low = frames[0].box.bottom + 4
    wide = (width - 16) / 3
    columns = [
        Box(furniture.MARGIN + rank * (wide + 8), low, wide, layout.foot - 2 - low) for rank in range(3)
    ]
    for column, blocks in zip(columns, _legend(shown), strict=True):
        flow(page, blocks, [column])


def year_of(data: RatioMapData, year: int, years: Sequence[int]) -> RatioMapData:
    """Return the map of another year of the same series, its limits and its top those of all."""
    rows = data.series.readings.get(year, {})
    return replace(data, year=year, rows=dict(rows), years=tuple(years), mean=None, mean_status=None)


def _draw_year(page: Page, frame: MapFrame, data: RatioMapData, ground: PrintGround, *,
               first: bool) -> None:  # fmt: skip
    box = frame.box
    page.line(box.x + 1, box.y - 2.2, str(data.year), _YEAR)
    middle = data.series.middle(data.year)
    said = "médiane non calculable" if middle is None else f"médiane {data.measure.told(middle)}"
    at = box.x + 1 + width_of(str(data.year), _YEAR) + 3
    fitted = fit(said, _MEAN, box.right - at, 4, floor=6.5)
    page.line(at, box.y - 2.2, said, fitted.face, color=PRINT["print_text"])
    draw_ground(page, frame, ground, plain=True)
    fill_classes(page, frame, data, class_areas(data, ground))
    if first:
        draw_bar(page, frame, box.right, box.bottom, ground=LIGHT.surface)


def _legend(shown: Sequence[RatioMapData]) -> list[list[Block]]:
    """Return the three columns: table of n, shares of the units, changes of class and what not to say."""
    data = shown[0]
    unit = UNITS[data.level][1]
    rows = _classes(data, shown)
    table = Drawing(f"{data.measure.name}", 4.6 + _STEP * (len(rows) + 1) + 1, _table(shown, rows))
    agreed = "renseignées" if data.level == "commune" else "renseignés"
    bars = Drawing(f"Répartition des {unit} {agreed}", 4.0 + 8.2 * len(shown), _shares(shown))
    last: list[Block] = []
    if len(shown) > 1:
        up, same, down, comparable = moves(shown[0], shown[-1])
        title = f"Passages entre classes, de {shown[0].year} à {shown[-1].year}"
        last.append(Drawing(title, 22.0, _moves(up, same, down)))
        total = words.counted(comparable, *UNITS[data.level])
        said = (
            f"{total} comparables sur {words.number(len(data.rows))} : valeur connue les deux années. "
            "Changer de classe n’est pas forcément changer beaucoup : les limites sont des seuils de lecture."
        )
        last.append(Section("", said, NOTE))
    said = (
        "Plusieurs cartes ne font pas une tendance : lire l’autocorrélation (T09) et l’effet de millésime "
        "(T18) avant toute évolution."
    )
    last.append(Section("Ne pas conclure", said))
    method = Section("", f"{method_words(data)} {_missing_words(shown)}".strip(), NOTE)
    return [[table], [bars, method], last]


def _classes(data: RatioMapData, shown: Sequence[RatioMapData]) -> list[tuple[str, str, Swatch]]:
    """Return key, words and swatch of each line of the table: classes, the highest first, then grounds."""
    classes = [
        (str(rank), class_words(data, rank), class_swatch(data, rank))
        for rank in reversed(range(len(data.limits) + 1 if data.top is not None else 0))
    ]
    grounds = [
        (status, status_words(data.measure, status), status_swatch(status))
        for status in STATUSES
        if any(one.counts[status] for one in shown)
    ]
    return [*classes, *grounds]


def _table(shown: Sequence[RatioMapData], rows: Sequence[tuple[str, str, Swatch]]) -> Swatch:
    def paint(page: Page, box: Box) -> None:
        note = f"{note_words(shown[0])} · nombre de {UNITS[shown[0].level][1]}"
        column = 11.5
        rights = [box.right - column * rank for rank in reversed(range(len(shown)))]
        fitted = fit(note, NOTE, rights[0] - 9 - box.x, 6.5, floor=6, leading=1.1)
        page.lines(box.x, box.y - 0.3, fitted, color=PRINT["print_text"])
        for one, right in zip(shown, rights, strict=True):
            page.line(right, box.y + 2.2, str(one.year), Face(7.5, 600), align="right")
        y = box.y + max(4.6, fitted.height + 0.6)
        for key, said, swatch in rows:
            swatch(page, Box(box.x + 0.3, y + 0.3, 7.7, _STEP - 0.6))
            furniture.draw_row(page, box.x + 10, y + _STEP / 2, said, rights[0] - 9 - box.x - 10)
            for one, right in zip(shown, rights, strict=True):
                page.line(right, y + _STEP / 2 + 0.95, words.number(one.counts[key]), BODY, align="right")
            y += _STEP
        page.rectangle(Box(box.x, y + 0.2, box.w, 0.01), Z["frame"], edge=LIGHT.ink, line=0.5)
        page.line(box.x + 10, y + _STEP / 2 + 1.2, "ensemble", Face(7.5, 600))
        for one, right in zip(shown, rights, strict=True):
            page.line(right, y + _STEP / 2 + 1.2, words.number(len(one.rows)), Face(7.5, 600), align="right")

    return paint


def _shares(shown: Sequence[RatioMapData]) -> Swatch:
    """Return what draws, for each year, a bar of the units whose value is known or secret."""

    def paint(page: Page, box: Box) -> None:
        page.line(box.x, box.y + 2.2, "en %, secret compris, « pas de donnée » exclu", NOTE,
                  color=PRINT["print_text"])  # fmt: skip
        left, y = box.x + 10.5, box.y + 4.4
        for one in shown:
            page.line(box.x, y + 4.2, str(one.year), Face(8.0, 600))
            _draw_bar_of(page, one, Box(left, y, box.right - left, 6.4))
            y += 8.2

    return paint


def _draw_bar_of(page: Page, data: RatioMapData, box: Box) -> None:
    counts = data.counts
    keys = ["zero", *map(str, range(len(data.limits) + 1)), "secret"]
    total = sum(counts[key] for key in keys)
    x = box.x
    for key in keys:
        share = counts[key] / total if total else 0.0
        part = Box(x, box.y, share * box.w, box.h)
        if share:
            swatch = class_swatch(data, int(key)) if key.isdigit() else status_swatch(key)
            swatch(page, part)
        said = words.percent(share, 0)
        if share >= _LOWEST_SHARE and key != "secret" and width_of(french(said), _SHARE) < part.w - 1:
            dark = key.isdigit() and not data.diverging and int(key) >= 3
            dark = dark or (key.isdigit() and data.diverging and palette(diverging=True)[int(key)] in
                            (LIGHT.diverging[0], LIGHT.diverging[-1]))  # fmt: skip
            page.line(part.x + part.w / 2, box.y + 4.1, said, _SHARE, align="center",
                      color=LIGHT.casing if dark else LIGHT.ink)  # fmt: skip
        x += part.w


def moves(first: RatioMapData, last: RatioMapData) -> tuple[int, int, int, int]:
    """Return the units that went up a class, stayed, went down, and those compared: known both years."""
    ranks = {"zero": -1, **{str(rank): rank for rank in range(len(first.limits) + 1)}}
    pairs = [
        (ranks[first.sign(code)], ranks[last.sign(code)])
        for code in first.rows
        if first.sign(code) in ranks and last.sign(code) in ranks
    ]
    count = Counter((after > before) - (after < before) for before, after in pairs)
    return count[1], count[0], count[-1], len(pairs)


def _moves(up: int, same: int, down: int) -> Swatch:
    def paint(page: Page, box: Box) -> None:
        most = max(up, same, down, 1)
        y = box.y + 1.0
        for said, count, color in (
            ("en hausse", up, LIGHT.acc),
            ("même classe", same, PRINT["print_hairline"]),
            ("en baisse", down, LIGHT.gone),
        ):
            page.line(box.x, y + 3.4, said, BODY)
            bar = Box(box.x + 22, y, max(0.2, (box.w - 36) * count / most), 5.2)
            page.rectangle(bar, Z["mark"], fill=color)
            page.line(bar.right + 1.6, y + 3.4, words.number(count), Face(7.5, 600))
            y += 7.0

    return paint


def _missing_words(shown: Sequence[RatioMapData]) -> str:
    """Return what a change of the number of units without data does to the reading; empty without any."""
    first, last = shown[0].counts["no_data"], shown[-1].counts["no_data"]
    if first == last:
        return ""
    way = "baisse" if last < first else "augmente"
    return (
        f"Le nombre d’unités « pas de donnée » {way} de {shown[0].year} à {shown[-1].year} : une partie de "
        "l’écart entre les cartes est un écart de bilans reçus."
    )
