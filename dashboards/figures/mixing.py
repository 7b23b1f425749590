"""F6: the E-I index observed each year beside what dealing the worlds again at random gives."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from dashboards import words
from dashboards.figures import plot
from dashboards.figures.asked import Asked, probability
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.registered import Made
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box
from dashboards.theme import LIGHT, PRINT
from graphmodel.cooperation.labels import crossing_links, labelings
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import cohort
from graphmodel.indicators.context import Coding
from graphmodel.indicators.structuring_worlds import CLASSIC, two_worlds

CODED: Final[dict[Coding, str]] = {
    "classique": "sociétés de l’ESS comptées dans l’économie classique",
    "ess": "sociétés de l’ESS comptées dans l’ESS",
}
_ROW, _HEAD, _FOOT = 25.0, 8.0, 15.0


@dataclass(frozen=True, slots=True)
class Mixed:
    """A year under one coding: the index observed and expected, p, and the distribution by chance.

    Attributes
    ----------
    bars
        Index and share of the deals that give it, in order of the index; empty without a value.
    draws
        Number of deals; `exact` when they are all those possible.
    """

    year: int
    coding: Coding
    observed: float | None
    expected: float | None
    p_le: float | None
    n: int | None
    why: str = ""
    bars: tuple[tuple[float, float], ...] = ()
    draws: int = 0
    exact: bool = False

    @property
    def text(self) -> str:
        """« E-I −0,47 ; attendu −0,27 ; p(≤) 0,055 »."""
        if self.observed is None:
            return f"non calculable : {self.why}"
        told = f"E-I {words.number(self.observed, 2)} ; attendu {words.number(self.expected, 2)}"
        return told if self.p_le is None else f"{told} ; {probability(self.p_le)}"


def mixing_data(asked: Asked) -> tuple[Mixed, ...]:
    """Return the years under both codings, the first coding first."""
    return tuple(_mixed(asked, year, coding) for coding in CODED for year in asked.reported)


def _mixed(asked: Asked, year: int, coding: Coding) -> Mixed:
    about = {"year": str(year), "level": "X", "scope": "X", "pivot": "with", "coding": coding}
    index, expected, p_le = (asked.get("S05", name, **about) for name in ("EI", "EI_expected", "p_le"))
    if index is None or index.value is None:
        why = str(index.reason) if index is not None else asked.absence("S05").rstrip(".")
        return Mixed(year, coding, None, None, None, index.n if index is not None else None, why)
    bars, draws, exact = _dealt(asked, year, coding)
    return Mixed(
        year,
        coding,
        float(index.value),
        None if expected is None or expected.value is None else float(expected.value),
        None if p_le is None or p_le.value is None else float(p_le.value),
        index.n,
        "",
        bars,
        draws,
        exact,
    )


def _dealt(asked: Asked, year: int, coding: Coding) -> tuple[tuple[tuple[float, float], ...], int, bool]:
    """Return the distribution that S05 compares with: the same deals, from the same seed."""
    context = asked.context
    networks = [two_worlds(context, wave, None, "with", coding) for wave in context.observed]
    operators = cohort(networks)
    projection = project(networks[context.observed.index(year)], operators)
    worlds = [context.world(key, coding) for key in operators]
    marks, exact = labelings(projection.n, worlds.count(CLASSIC))
    crossed: Counter[int] = Counter(np.asarray(crossing_links(projection, marks)).tolist())
    total = len(marks)
    return (
        tuple(((2 * e - projection.m) / projection.m, crossed[e] / total) for e in sorted(crossed)),
        total,
        exact,
    )


def make(asked: Asked) -> Made:
    """Return F6."""
    data = mixing_data(asked)
    title = "ESS et économie classique : coopèrent-elles moins que par hasard ?"
    subtitle = (
        f"{asked.contract} · question 1, effet E1.2 · indice E-I observé et distribution permutée (S05)"
    )
    source = asked.source("participations déclarées dans les bilans", asked.reported)
    if not any(row.observed is not None for row in data):
        reason = data[0].why + "." if data else asked.absence("S05")
        said = Words(title, subtitle, reason, source, f"Figure sans donnée : {reason}"[:350])
        return Made(said, nothing(reason), None, reason)
    height = _HEAD + _ROW * len(asked.reported) + _FOOT
    return Made(
        _words(data, title, subtitle, source),
        Drawing(lambda page, box: draw(page, box, data), lambda _: height),
    )


def _words(data: tuple[Mixed, ...], title: str, subtitle: str, source: str) -> Words:
    known = [row for row in data if row.observed is not None]
    main = [row for row in known if row.coding == "classique"] or known
    fact = " ; ".join(f"{row.year}, {row.text}" for row in (main[0], main[-1]))
    below = sum((row.observed or 0) < (row.expected or 0) for row in known)
    draws = "toutes les permutations" if main[-1].exact else f"{words.number(main[-1].draws)} permutations"
    caption = (
        "Indice E-I observé (trait plein) et attendu d’un mélange au hasard (tireté), sur la distribution "
        f"de {draws} des mondes à liens fixés ; les deux codages des sociétés de l’ESS. Public et recherche "
        "exclus."
    )
    alt = (
        f"Indice E-I par année sur sa distribution permutée, deux codages : {fact}. Observé sous l’attendu "
        f"dans {below} cas sur {len(known)}."
    )
    reading = f"{fact}. À gauche du tireté : plus de liens internes à chaque monde que par hasard."
    limit = (
        "Que des acteurs refusent de coopérer : l’indice dépend de la taille des actions et d’un monde "
        "minoritaire ; une société citée dans un bilan n’est pas une coopération. Les p sont descriptives."
    )
    return Words(title, subtitle, caption, source, alt, reading, limit)


def draw(page: Page, box: Box, data: tuple[Mixed, ...]) -> None:
    """Draw a panel a year and a coding: bars of chance, a full line observed, a dashed one expected."""
    years = sorted({row.year for row in data})
    gap = 10.0
    wide = (box.w - gap) / 2
    step = (box.h - _HEAD - _FOOT) / len(years)
    for rank, coding in enumerate(CODED):
        left = box.x + rank * (wide + gap)
        plot.centered(page, left, box.y + 3, CODED[coding], plot.HEAD, width=wide)
        own = [row for row in data if row.coding == coding]
        scale = _scale(own, left + 10, left + wide - 3)
        for row in own:
            panel = Box(left, box.y + _HEAD + years.index(row.year) * step, wide, step)
            _draw_panel(page, panel, scale, row)
        bottom = box.y + _HEAD + step * len(years)
        ticks = [tick / 10 for tick in range(-10, 11, 2) if scale.low <= tick / 10 <= scale.high]
        plot.grid(page, scale, ticks, bottom - 0.5, bottom, decimals=1)
        plot.centered(
            page,
            (scale.start + scale.end) / 2,
            bottom + 6,
            "← liens internes     indice E-I     liens entre mondes →",
            plot.SMALL,
            align="center",
            width=wide - 10,
            color=plot.MUTED,
        )
    _draw_key(page, box.x, box.bottom - 3)


def _scale(rows: list[Mixed], start: float, end: float) -> plot.Scale:
    found = [x for row in rows for x, _ in row.bars] + [
        row.observed for row in rows if row.observed is not None
    ]
    low, high = (min(found), max(found)) if found else (-1.0, 1.0)
    return plot.Scale(max(-1.0, np.floor(low * 10) / 10), min(1.0, np.ceil(high * 10) / 10), start, end)


def _draw_panel(page: Page, box: Box, scale: plot.Scale, row: Mixed) -> None:
    base, top = box.bottom - 1.5, box.y + 5.2
    plot.baseline(page, box.x, box.y + 2.4, str(row.year), plot.STRONG)
    plot.centered(page, scale.start, box.y + 2.4, row.text, plot.SMALL, width=scale.end - scale.start)
    plot.rule(page, scale.start, base, scale.end, base, plot.MUTED, 0.6)
    highest = max((share for _, share in row.bars), default=1.0)
    steps = [b - a for (a, _), (b, _) in zip(row.bars, row.bars[1:], strict=False)]
    wide = scale.at(scale.low + min(steps, default=0.05)) - scale.start
    for x, share in row.bars:
        high = (base - top) * share / highest
        bar = Box(scale.at(x) - wide / 2, base - high, wide, high)
        page.rectangle(bar, Z["fill"], fill=PRINT["print_hairline"], edge=LIGHT.surface, line=0.15)
    if row.expected is not None:
        plot.rule(
            page,
            scale.at(row.expected),
            top,
            scale.at(row.expected),
            base,
            LIGHT.ink,
            1.0,
            Z["edge"],
            (0.0, (2.5, 1.8)),
        )
    if row.observed is not None:
        plot.rule(
            page, scale.at(row.observed), top - 0.6, scale.at(row.observed), base, LIGHT.acc, 2.2, Z["mark"]
        )
        plot.regular(page, scale.at(row.observed), top - 0.6, 1.1, 3, 180, fill=LIGHT.acc, edge=LIGHT.acc)


def _draw_key(page: Page, x: float, y: float) -> None:
    plot.rule(page, x + 1, y, x + 7, y, LIGHT.acc, 2.2, Z["mark"])
    plot.baseline(page, x + 9, y, "observé")
    plot.rule(page, x + 27, y, x + 33, y, LIGHT.ink, 1.0, Z["mark"], (0.0, (2.5, 1.8)))
    plot.baseline(page, x + 35, y, "attendu d’un mélange au hasard")
    page.rectangle(Box(x + 80, y - 1.5, 5, 3), Z["fill"], fill=PRINT["print_hairline"])
    plot.baseline(page, x + 87, y, "permutations des mondes, liens fixés")
