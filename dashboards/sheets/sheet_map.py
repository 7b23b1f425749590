"""The map of a sheet: 106 × 112 mm of where the action takes place, as SVG, with its legend in words."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.measured import STATUSES
from dashboards.prints import furniture, signs
from dashboards.prints.ground import PrintGround, draw_frame
from dashboards.prints.labels import RINGS, Candidate, Name, around_point, clear, place
from dashboards.prints.page import Page, Z
from dashboards.prints.perimeters_data import PerimetersMapData
from dashboards.prints.ratio_data import RatioMapData
from dashboards.prints.ratio_legend import class_words, draw_ground_of, palette
from dashboards.prints.scale import MapFrame, bar_size, draw_bar, frame_for
from dashboards.prints.text import Box, Face
from dashboards.prints.zonings_data import ZoningsMapData
from dashboards.sheets.subject import Subject
from dashboards.theme import LIGHT, PRINT, PRINT_PERIMETERS

WIDE, HIGH = 106.0, 112.0
TOWNS: Final = 12
NEAR: Final = 600_000
"""Scale from which the communes around are drawn."""
CROSSING_ANGLES: Final = (45.0, -45.0, 0.0, 90.0)
_ORIGIN: Final = (800_000.0, 6_500_000.0)
_LARGEST_MM: Final = 2.6
_DOT: Final = 0.5
_PATH: Final = re.compile(r' d="[^"]*"')
_LONG: Final = re.compile(r"-?\d+\.\d{3,}")
_STATUS_WORDS: Final = {"zero": "zéro", "no_data": "pas de donnée", "secret": "secret"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend: kind of swatch, its colour, words, number of communes (empty for a line)."""

    kind: str
    color: str
    text: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class SheetMap:
    """The map and what is said of it.

    Attributes
    ----------
    svg
        The picture.
    title, unit
        Head of the legend.
    signs
        Lines of the legend; the numbers of communes sum to those of the territory.
    total
        Number of communes.
    alt
        What the picture shows, in at most 350 characters.
    crossings, rural
        Sentences on the perimeters that cross this one, and on the communes in ZRR.
    unplaced
        Names that found no place.
    page
        The page, for its audit.
    """

    svg: bytes
    title: str
    unit: str
    signs: tuple[Sign, ...]
    total: int
    alt: str
    crossings: str
    rural: str
    unplaced: tuple[str, ...]
    page: Page


def sheet_map(subject: Subject, ground: PrintGround, zonings: ZoningsMapData, parties: PerimetersMapData,
              shown: RatioMapData | Mapping[str, int]) -> SheetMap | None:  # fmt: skip
    """Return the map of a territory; None while its perimeter is unknown. Inside `printing()`.

    Parameters
    ----------
    subject
        The territory.
    ground, zonings, parties
        Contours, zonings, perimeters of the authorities that signed.
    shown
        Euros per inhabitant by commune, or number of actions by commune where those may not be shown.
    """
    own = {code: ground.communes[code] for code in sorted(subject.communes) if code in ground.communes}
    if not own:
        return None
    area = shapely.coverage_union_all(list(own.values()))
    page = Page(WIDE, HIGH)
    frame = frame_for(area.bounds, Box(0, 0, WIDE, HIGH), 4.0)
    page.rectangle(frame.box, Z["ground"], fill=PRINT["print_ground"])
    signs.fill(page, frame.shape(area), LIGHT.land, frame.box, Z["ground"] + 0.5)
    if isinstance(shown, RatioMapData):
        told = _draw_classes(page, frame, own, shown)
        title, unit = "Montant payé par habitant", f"€ par habitant, {shown.year}"
    else:
        told, title, unit = [], "Actions par commune", "actions, toutes années"
    # Far away, the edges of the communes around would be a grey veil.
    drawn = ground.communes.values() if frame.scale <= NEAR else own.values()
    edges = signs.edges_of(shape for shape in drawn if shape.intersects(frame.ground))
    for lines, color, width, z in (
        (edges, PRINT["print_commune_edge"], 0.14, Z["thin"]),
        (ground.departement_edges, PRINT["print_secondary"], 0.8, Z["edge"]),
    ):
        inside = frame.shape(shapely.intersection(lines, frame.ground))
        signs.lines(page, inside, color, width, z, clip=frame.box)
    circles: list[BaseGeometry] = []
    if not isinstance(shown, RatioMapData):
        told, circles = _draw_counts(page, frame, own, shown)
    rural = sorted(set(own) & set(zonings.rural))
    if rural:
        classed = shapely.coverage_union_all([own[code] for code in rural])
        signs.draw_zrr(page, frame.shape(classed), frame.box, frame.point(*_ORIGIN))
        told.append(Sign("zrr", LIGHT.ink, "commune classée en ZRR"))
    crossed, sentence = _draw_crossings(page, frame, subject, ground, parties)
    signs.cased(page, frame.shape(area), LIGHT.ink, 1.6, 2.8, Z["perimeter"] + 0.3, clip=frame.box)
    quarters = [one for one in zonings.quarters if area.intersects(one.shape.representative_point())]
    for one in quarters:
        scale = frame.scale if one.shape.area else 1_000_000
        signs.draw_qpv(page, frame.shape(one.shape), scale, frame.box)
    told += (
        [Sign("qpv", LIGHT.qpv, f"quartier prioritaire ({words.number(len(quarters))})")] if quarters else []
    )
    marks = [frame.shape(one.shape).buffer(0.6) for one in quarters]
    _name_towns(page, frame, own, ground, marks, shapely.union_all(circles))
    draw_frame(page, frame)
    alt = (
        f"Carte de {subject.name}, {words.counted(len(own), 'commune')} : {title.lower()} ; "
        f"{words.counted(len(quarters), 'quartier prioritaire', 'quartiers prioritaires')}, "
        f"{words.counted(len(rural), 'commune')} en ZRR. Les nombres de communes sont dans la légende à côté."
    )
    listed = (
        "Aucune liste de ZRR chargée."
        if not zonings.rural
        else (
            f"{words.counted(len(rural), 'commune')} sur {words.number(len(own))}."
            if rural
            else "Aucune commune."
        )
    )
    return SheetMap(
        _svg(page), title, unit, (*told, *crossed), len(own), alt[:350], sentence, listed,
        tuple(page.unplaced), page,
    )  # fmt: skip


def _svg(page: Page) -> bytes:
    """Return the picture, its lines rounded: a hundredth of a point is under what any printer draws."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = page.save(Path(folder) / "carte.svg", "Où l’action a lieu").read_text(encoding="utf-8")
    return _PATH.sub(lambda path: _LONG.sub(_rounded, path[0]), drawn).encode("utf-8")


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _draw_classes(page: Page, frame: MapFrame, own: Mapping[str, BaseGeometry],
                  data: RatioMapData) -> list[Sign]:  # fmt: skip
    counts = {code: data.sign(code) for code in own}
    told = []
    for rank in reversed(range(len(data.limits) + 1 if data.top is not None else 0)):
        codes = [code for code, sign in counts.items() if sign == str(rank)]
        _fill(page, frame, [own[code] for code in codes], palette()[rank])
        told.append(Sign("class", palette()[rank], class_words(data, rank), words.number(len(codes))))
    for status in STATUSES:
        codes = [code for code, sign in counts.items() if sign == status]
        if codes:
            shape = frame.shape(shapely.coverage_union_all([own[code] for code in codes]))
            draw_ground_of(page, status, shape, frame.box, Z["fill"])
            told.append(Sign(status, "", _STATUS_WORDS[status], words.number(len(codes))))
    return told


def _fill(page: Page, frame: MapFrame, shapes: Sequence[BaseGeometry], color: str) -> None:
    if shapes:
        signs.fill(page, frame.shape(shapely.coverage_union_all(list(shapes))), color, frame.box)


def _draw_counts(page: Page, frame: MapFrame, own: Mapping[str, BaseGeometry],
                 counts: Mapping[str, int]) -> tuple[list[Sign], list[BaseGeometry]]:  # fmt: skip
    """Draw a circle a commune, its area in proportion to the actions there; the largest first.

    Return the lines of the legend, and the circles.
    """
    most = max((counts.get(code, 0) for code in own), default=0)
    circles: list[BaseGeometry] = []
    room = frame.shape(shapely.coverage_union_all(list(own.values()))).area / len(own)
    largest = min(_LARGEST_MM, max(0.7, 0.5 * room**0.5))
    for code in sorted(own, key=lambda code: (-counts.get(code, 0), code)):
        if counts.get(code, 0):
            at = own[code].representative_point()
            radius, (x, y) = largest * (counts[code] / most) ** 0.5, frame.point(at.x, at.y)
            signs.disc(page, x, y, radius, PRINT["print_circle_other"], Z["thin"] + 0.5,
                       line=0.5, clip=frame.box)  # fmt: skip
            circles.append(shapely.Point(x, y).buffer(radius))
    found: dict[int, int] = {}
    for code in own:
        found[counts.get(code, 0)] = found.get(counts.get(code, 0), 0) + 1
    steps = sorted({n for n in found if n})
    bounds = [(n, n) for n in steps] if len(steps) <= 4 else _grouped(most)
    told = []
    for low, high in reversed(bounds):
        n = sum(k for value, k in found.items() if low <= value <= high)
        text = words.counted(low, "action") if low == high else f"{low} à {high} actions"
        told.append(Sign("circle", str(round(largest * (high / most) ** 0.5, 2)), text, words.number(n)))
    if found.get(0):
        told.append(Sign("zero", "", "aucune", words.number(found[0])))
    return told, circles


def _grouped(most: int) -> list[tuple[int, int]]:
    """Return four groups of counts of nearly one size, without gap or overlap.

    >>> _grouped(10)
    [(1, 3), (4, 5), (6, 8), (9, 10)]
    """
    cuts = [0, *[-(-most * rank // 4) for rank in (1, 2, 3)], most]
    return [(low + 1, high) for low, high in pairwise(cuts) if high > low]


def _draw_crossings(page: Page, frame: MapFrame, subject: Subject, ground: PrintGround,
                    parties: PerimetersMapData) -> tuple[list[Sign], str]:  # fmt: skip
    """Draw the other authorities that signed: crossed by outline and hatch, held or holding by outline."""
    told: list[Sign] = []
    crossing: list[str] = []
    inside: list[str] = []
    holding: list[str] = []
    for party in parties.drawn:
        communes = (party.communes or frozenset()) & set(ground.communes)
        common = communes & subject.communes
        if not common or communes == subject.communes:
            continue
        shape = frame.shape(shapely.coverage_union_all([ground.communes[code] for code in sorted(communes)]))
        if subject.communes <= communes:
            holding.append(party.brief)
        elif communes <= subject.communes:
            signs.cased(page, shape, LIGHT.acc, 1.0, 2.0, Z["perimeter"], clip=frame.box)
            inside.append(party.brief)
        else:
            rank = len(crossing) % len(PRINT_PERIMETERS)
            signs.draw_perimeter(page, shape, PRINT_PERIMETERS[rank], CROSSING_ANGLES[rank], frame.box,
                                 frame.point(*_ORIGIN), park=party.kind == "pnr")  # fmt: skip
            crossing.append(f"{party.brief} ({len(common)} communes en commun)")
            told.append(Sign("hatch", PRINT_PERIMETERS[rank], party.brief))
    if inside:
        told.append(Sign("outline", LIGHT.acc, "autre signataire, à l’intérieur"))
    parts = [
        f"Chevauche {words.listed(crossing)}." if crossing else "Aucun autre signataire ne le chevauche."
    ]
    parts += [f"Contient {words.listed(inside)}."] if inside else []
    parts += [f"Est dans {words.listed(holding)}."] if holding else []
    if parties.unknown:
        unknown = words.counted(len(parties.unknown), "périmètre de signataire", "périmètres de signataires")
        parts.append(f"{unknown} inconnus : non comparés.")
    return [Sign("subject", LIGHT.ink, "limite du territoire"), *told], " ".join(parts)


def _name_towns(page: Page, frame: MapFrame, own: Mapping[str, BaseGeometry], ground: PrintGround,
                marks: Sequence[BaseGeometry], circles: BaseGeometry) -> None:  # fmt: skip
    """Name the largest towns, clear of the marks, of one another, and of the circles where there is room."""
    wide = bar_size(frame)[0]
    bar = draw_bar(page, frame, wide, frame.box.bottom)
    taken = [bar.polygon, *marks]
    ranked = sorted(own, key=lambda code: (-(ground.populations.get(code) or 0), code))
    chosen: list[tuple[str, float, float]] = []
    for code in ranked[: 4 * TOWNS]:
        at = own[code].representative_point()
        x, y = frame.point(at.x, at.y)
        if len(chosen) < TOWNS and all(abs(x - a) > 9 or abs(y - b) > 5 for _, a, b in chosen):
            chosen.append((code, x, y))
    names = []
    for rank, (code, x, y) in enumerate(chosen):
        signs.disc(page, x, y, _DOT, LIGHT.land, Z["mark"] + 0.5, edge=LIGHT.ink, line=0.8)
        face = Face(8.5, 600) if rank == 0 else Face(7.0)
        names.append((Name(code, (ground.commune_names[code],), face, priority=4.0 - rank / TOWNS), x, y))
    placed: dict[str, Candidate] = {}
    # Leaders make the choice far longer: they are tried only where a name finds no place beside its dot.
    for rings in ((), RINGS):
        if len(placed) < len(names):
            placed = place([
                (name, clear(around_point(name, x, y, _DOT, rings), frame.box.grown(-1.0), taken, circles,
                             must=True))
                for name, x, y in names
            ])  # fmt: skip
    for name, _, _ in names:
        if name.key in placed:
            furniture.write_name(page, name, placed[name.key])
        else:
            page.unplaced.append(name.lines[0])
