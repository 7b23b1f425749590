"""F8: the theory of change, effect by effect, each link filled by the evidence found for it."""

from dataclasses import dataclass
from typing import Final

import shapely

from dashboards import words
from dashboards.figures import plot
from dashboards.figures.asked import Asked
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.registered import Made
from dashboards.prints import signs
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box
from dashboards.theme import LIGHT, PRINT
from graphmodel.frames import records_of
from graphmodel.indicators.territories.contribution import chains

LEVELS: Final = ("non testé", "faible", "concordant", "plusieurs sources, rivaux écartés")
"""Ratings of a link, 0 to 3."""
DEGREES: Final = ("non établi", "plausible, non établi", "orienté", "établi")
UNRATED: Final = "sans cotation"
_FILLS: Final = (LIGHT.surface, LIGHT.sequential[1], LIGHT.sequential[2], LIGHT.sequential[4])
_ROW, _BAND, _HEAD, _FOOT = 8.6, 5.6, 9.6, 13.0


@dataclass(frozen=True, slots=True)
class LinkMark:
    """A link of a chain: its rating, 0 to 3, None where nobody rated it; how far raters are apart."""

    level: int | None
    apart: int = 0


@dataclass(frozen=True, slots=True)
class EffectRow:
    """An expected effect: its code, name, the marks of its links, and what its weakest one lets say."""

    code: str
    name: str
    marks: tuple[LinkMark, ...]
    degree: str


@dataclass(frozen=True, slots=True)
class Theory:
    """The questions with their effects, and the names of the links of the chain."""

    links: tuple[str, ...]
    questions: tuple[tuple[str, tuple[EffectRow, ...]], ...]

    @property
    def effects(self) -> list[EffectRow]:
        """Every effect, in order."""
        return [row for _, rows in self.questions for row in rows]


def theory_data(asked: Asked) -> Theory | None:
    """Return what F8 shows; None when the contract names no chain or no effect."""
    rated = chains(asked.context)
    declared = asked.graph.contract.get("chain_links")
    links = tuple(map(str, declared)) if isinstance(declared, list | tuple) else ()
    links = links or next((tuple(link.name for link in chain) for chain in rated.values()), ())
    effects = sorted(records_of(asked.graph.nodes("ExpectedEffect")), key=lambda row: str(row["id"]))
    if not links or not effects:
        return None
    names = {str(row["id"]): str(row["name"]) for row in records_of(asked.graph.nodes("Question"))}
    found: dict[str, list[EffectRow]] = {}
    for row in effects:
        code = str(row["id"])
        number = code[1:].split(".")[0]
        chain = {link.name: link for link in rated.get(code, ())}
        marks = tuple(
            LinkMark(chain[link].level, max(chain[link].levels) - min(chain[link].levels))
            if link in chain and chain[link].levels
            else LinkMark(None)
            for link in links
        )
        weakest = asked.get("T19", "min", effect=code)
        known = weakest is not None and weakest.value is not None
        degree = DEGREES[int(weakest.value)] if known and weakest is not None else UNRATED  # type: ignore[arg-type]
        found.setdefault(number, []).append(EffectRow(code, str(row["name"]), marks, degree))
    return Theory(
        links,
        tuple(
            (f"Question {number} · {names.get(f'Q{number}', '')}".rstrip(" ·"), tuple(rows))
            for number, rows in sorted(found.items())
        ),
    )


def make(asked: Asked) -> Made:
    """Return F8."""
    title = "Théorie du changement : ce que les preuves tiennent, maillon par maillon"
    subtitle = (
        f"{asked.contract} · quatre questions · solidité du récit de contribution (T19), cotation de 0 à 3"
    )
    source = asked.source("cotations des maillons, la plus basse quand deux personnes ont coté")
    data = theory_data(asked)
    if data is None:
        reason = asked.absence("T19")
        said = Words(title, subtitle, reason, source, f"Figure sans donnée : {reason}"[:350])
        return Made(said, nothing(reason), None, reason)
    counts = {
        degree: sum(row.degree == degree for row in data.effects) for degree in (*reversed(DEGREES), UNRATED)
    }
    fact = ", ".join(f"{count} {degree}" for degree, count in counts.items() if count)
    caption = (
        f"Chaîne de chaque effet attendu, de {data.links[0]} à {data.links[-1]} ; le remplissage dit la "
        "preuve de chaque maillon, le plus faible donne la conclusion. Un maillon établi demande plusieurs "
        "sources et des explications rivales écartées. Rien ici n’est une part d’impact."
    )
    alt = (
        f"Théorie du changement, {len(data.effects)} effets attendus, {len(data.links)} maillons chacun, "
        f"cotés de 0 à 3 : {fact}. La cotation est écrite dans chaque maillon."
    )
    rows, bands = len(data.effects), len(data.questions)
    height = _HEAD + rows * _ROW + bands * _BAND + _FOOT
    drawing = Drawing(lambda page, box: draw(page, box, data), lambda _: height)
    first = data.effects[0]
    reading = (
        f"{first.code} : {first.degree}, la conclusion du maillon le plus faible. Le remplissage et le "
        "chiffre disent la preuve, de 0 (non testé) à 3 (plusieurs sources, explications rivales écartées)."
    )
    limit = (
        "Une part d’impact : une cotation n’est jamais un pourcentage d’attribution. Un effet sans cotation "
        "n’est pas un effet nul ; au plus « contribution plausible » tant qu’un maillon est sous 2."
    )
    return Made(Words(title, subtitle, caption, source, alt, reading, limit), drawing)


def draw(page: Page, box: Box, data: Theory) -> None:
    """Draw the theory of change in a box: a row an effect, a mark a link, arrows between them."""
    wide = box.w / 166
    name_w, end_w = 66 * wide, 27 * wide
    step = (box.w - name_w - end_w) / len(data.links)
    places = [box.x + name_w + (rank + 0.5) * step for rank in range(len(data.links))]
    plot.centered(page, box.x, box.y + 4.6, "Effet attendu", plot.HEAD, width=name_w)
    for x, link in zip(places, data.links, strict=True):
        plot.centered(page, x, box.y + 4.6, link, plot.HEAD, align="center", width=step - 1)
    plot.centered(page, box.right - end_w, box.y + 4.6, "contribution", plot.HEAD, width=end_w)
    row_h = (box.h - _HEAD - _FOOT - _BAND * len(data.questions)) / len(data.effects)
    y = box.y + _HEAD
    for question, rows in data.questions:
        page.rectangle(Box(box.x, y, box.w, _BAND), Z["ground"], fill=LIGHT.accs)
        plot.centered(page, box.x + 1, y + _BAND / 2, question, plot.STRONG, width=box.w - 2)
        y += _BAND
        for row in rows:
            _draw_effect(page, Box(box.x, y, box.w, row_h), row, places, name_w, end_w)
            y += row_h
            plot.rule(page, box.x, y, box.right, y, width=0.3)
    plot.rule(page, box.x, y, box.right, y, LIGHT.ink, 0.6)
    _draw_key(page, Box(box.x, y + 2.5, box.w, _FOOT - 2.5))


def _draw_effect(
    page: Page, box: Box, row: EffectRow, places: list[float], name_w: float, end_w: float
) -> None:
    y = box.y + box.h / 2
    plot.centered(page, box.x, y, row.code, plot.STRONG, width=9)
    plot.centered(page, box.x + 9, y, row.name, plot.SMALL, width=name_w - 11, high=box.h - 0.6)
    for rank, (x, mark) in enumerate(zip(places, row.marks, strict=True)):
        if rank:
            _arrow(page, places[rank - 1] + 3.4, x - 3.4, y)
        _draw_mark(page, x, y, mark)
    face = plot.STRONG if row.degree in DEGREES[2:] else plot.BODY
    color = plot.MUTED if row.degree == UNRATED else LIGHT.ink
    plot.centered(page, box.right - end_w, y, row.degree, face, width=end_w, color=color)


def _arrow(page: Page, x1: float, x2: float, y: float) -> None:
    signs.lines(page, shapely.LineString([(x1, y), (x2, y)]), plot.MUTED, 0.8, Z["edge"])
    signs.lines(
        page, shapely.LineString([(x2 - 1, y - 0.8), (x2, y), (x2 - 1, y + 0.8)]), plot.MUTED, 0.8, Z["edge"]
    )


def _draw_mark(page: Page, x: float, y: float, mark: LinkMark) -> None:
    if mark.level is None:
        plot.blank(page, Box(x - 1.9, y - 1.9, 3.8, 3.8))
        return
    plot.quarters(page, x, y, 2.3, mark.level, fill=_FILLS[mark.level])
    plot.baseline(page, x + 3.0, y - 1.7, str(mark.level), plot.SMALL)
    if mark.apart:
        plot.baseline(page, x + 4.6, y - 1.7, "≠", plot.SMALL, color=PRINT["print_secondary"])


def _draw_key(page: Page, box: Box) -> None:
    widths = (0.0, 0.15, 0.28, 0.44, 0.78)
    for level, text in enumerate((*LEVELS, "non coté")):
        x, y = box.x + 2.5 + widths[level] * box.w, box.y + 2
        if level < len(LEVELS):
            plot.quarters(page, x, y, 2.0, level, fill=_FILLS[level])
            text = f"{level} {text}"
        else:
            plot.blank(page, Box(x - 1.9, y - 1.9, 3.8, 3.8))
        plot.centered(page, x + 3.2, y, text, plot.SMALL, width=60)
    said = (
        f"≠ : deux cotations en désaccord, la plus basse compte. {words.quoted('sans cotation')} : personne "
        "n’a coté."
    )
    plot.centered(page, box.x, box.y + 7.4, said, plot.SMALL, width=box.w, color=plot.MUTED)
