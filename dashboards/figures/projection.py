"""F3: who shares an action with whom, wave by wave, at the same places as F2."""

from typing import Final

import shapely

from dashboards import words
from dashboards.figures import network_signs as net
from dashboards.figures import plot
from dashboards.figures.asked import Asked, map_text, probability
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.network_data import FATES, Wave, waves
from dashboards.figures.registered import Made
from dashboards.prints import signs
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box
from dashboards.theme import LIGHT, PRINT

NAMED: Final = 7
"""Operators named in each panel, those of most actions over the waves: F2 names them all."""
_GAP, _HEAD, _KEY = 4.0, 6.5, 13.5
_UNDER: Final = 14.5


def make(asked: Asked) -> Made:
    """Return F3."""
    data, pivot = waves(asked)
    title = f"Qui partage une action avec qui : {words.listed(map_text(asked.reported))}"
    subtitle = (
        f"{asked.contract} · question 1, effet E1.1 · projection par vague, mêmes places d’une année à "
        "l’autre"
    )
    source = asked.source("bilans annuels des opérateurs", asked.reported)
    if not data:
        reason = "Aucune participation n’est connue."
        said = Words(title.removesuffix(" : "), subtitle, reason, source, f"Figure sans donnée : {reason}")
        return Made(said, nothing(reason), None, reason)
    drawing = Drawing(
        lambda page, box: draw(page, box, data, pivot), lambda width: _height(data, width), stretch=1.35
    )
    return Made(_words(data, title, subtitle, source, pivot), drawing)


def _words(data: tuple[Wave, ...], title: str, subtitle: str, source: str, pivot: str) -> Words:
    pairs = " ; ".join(
        f"{wave.null.pairs} paires en {wave.year}" for wave in data if wave.null.pairs is not None
    )
    last = data[-1]
    changes = (
        f", {last.count('new')} nouvelles et {last.count('lost')} perdues en {last.year}"
        if last.before
        else ""
    )
    caption = (
        f"Paires d’opérateurs ayant une action commune : {pairs}{changes}. Épaisseur : poids de Newman ; "
        "positions de F2, la distance ne mesure rien. Sous chaque vague, la densité et celle du hasard à "
        "degrés fixés."
    )
    alt = (
        f"Projection du réseau en {len(data)} vagues, mêmes places : {pairs}{changes}. {last.year} : "
        f"{last.null.verdict} La densité observée et attendue est écrite sous chaque vague."
    )
    reading = (
        f"{last.null.sentence(pivot)} Épaisseur des traits : poids de Newman, fort pour des coopérations "
        "répétées en petits groupes."
    )
    limit = (
        "Que plus dense vaut mieux, ni qu’un lien perdu est une rupture : l’action peut être achevée ou le "
        "bilan manquer. Une action de k opérateurs fait k(k − 1)/2 paires : seul l’écart au hasard informe."
    )
    return Words(title, f"{subtitle} · animation exclue", caption, source, alt, reading, limit)


def _height(data: tuple[Wave, ...], width: float) -> float:
    wide = (width - _GAP * (len(data) - 1)) / len(data)
    return _HEAD + 1.12 * wide + _UNDER + _KEY


def draw(page: Page, box: Box, data: tuple[Wave, ...], pivot: str) -> None:
    """Draw a panel a wave side by side, the null model under each, one legend under all."""
    wide = (box.w - _GAP * (len(data) - 1)) / len(data)
    named = _named(data, NAMED if wide > 80 else 3)
    for rank, wave in enumerate(data):
        panel = Box(box.x + rank * (wide + _GAP), box.y + _HEAD, wide, box.h - _HEAD - _UNDER - _KEY)
        _draw_wave(page, panel, wave, named)
        _draw_numbers(page, Box(panel.x, panel.bottom + 1.5, wide, _UNDER - 2.5), wave, pivot)
    _draw_key(page, Box(box.x, box.bottom - _KEY, box.w, _KEY), data)


def _named(data: tuple[Wave, ...], most: int) -> frozenset[str]:
    totals: dict[str, int] = {}
    for wave in data:
        for operator in wave.operators:
            totals[operator.key] = totals.get(operator.key, 0) + operator.degree + 1000 * operator.pivot
    return frozenset(sorted(totals, key=lambda key: (-totals[key], key))[:most])


def _draw_wave(page: Page, frame: Box, wave: Wave, named: frozenset[str]) -> None:
    plot.centered(page, frame.x, frame.y - 3.2, str(wave.year), plot.HEAD, width=30)
    changes = (
        f"{wave.count('new')} nouvelles, {wave.count('lost')} perdues" if wave.before else "première vague"
    )
    plot.centered(
        page,
        frame.right,
        frame.y - 3.2,
        changes,
        plot.SMALL,
        align="right",
        width=frame.w - 16,
        color=plot.MUTED,
    )
    page.rectangle(frame, Z["ground"], fill=PRINT["print_ground"], edge=LIGHT.ink, line=0.5)
    field = net.Field(frame, 3.0)
    ends = {operator.key: field.at(operator.at) for operator in wave.operators}
    _draw_pairs(page, frame, ends, wave)
    paired = {key for pair in wave.pairs if pair.fate != "lost" for key in (pair.one, pair.other)}
    active = [operator for operator in wave.operators if operator.degree > 0]
    for operator in active:
        net.draw_world(
            page,
            *ends[operator.key],
            0.5 + 0.3 * operator.degree**0.5,
            operator.world,
            faded=operator.key not in paired,
        )
    shown = [operator for operator in active if operator.key in named]
    taken = [_around(ends[operator.key], operator.degree) for operator in active if operator.key not in named]
    net.place_names(page, shown, field, taken, None)


def _around(at: tuple[float, float], degree: int) -> Box:
    radius = 0.5 + 0.3 * degree**0.5
    return Box(at[0] - radius, at[1] - radius, 2 * radius, 2 * radius)


def _draw_pairs(page: Page, frame: Box, ends: dict[str, tuple[float, float]], wave: Wave) -> None:
    for rank, fate in enumerate(("lost", "kept", "new")):
        _, color, dashes = net.FATES[fate]  # type: ignore[index]
        for low, high, width in ((0.0, 0.5, 0.35), (0.5, 1.0, 0.7), (1.0, 99.0, 1.3)):
            lines = [
                shapely.LineString([ends[pair.one], ends[pair.other]])
                for pair in wave.pairs
                if pair.fate == fate and low <= pair.weight < high
            ]
            if lines:
                signs.lines(page, lines, color, width, Z["edge"] + 0.1 * rank, clip=frame, dashes=dashes)


def _draw_numbers(page: Page, box: Box, wave: Wave, pivot: str) -> None:
    null, number = wave.null, words.number
    if null.density is None:
        text = null.sentence(pivot)
    else:
        text = f"densité {number(null.density, 3)} ; hasard {number(null.expected, 3)}"
        text += f" ({probability(null.p_le)}) ; {null.pairs} paires, {null.operators} opérateurs"
        if null.alone is not None:
            text += f" ; sans {pivot} {number(null.alone, 3)}, hasard {number(null.alone_expected, 3)}"
    page.paragraph(box, text, plot.SMALL, floor=6.0, leading=1.2)


def _draw_key(page: Page, box: Box, data: tuple[Wave, ...]) -> None:
    y, x, wide = box.y + 3.5, box.x, min(box.w / 166, 1.25)
    for fate in FATES:
        said, color, dashes = net.FATES[fate]
        plot.rule(page, x, y, x + 7, y, color, 1.1, Z["mark"], dashes)
        plot.baseline(page, x + 9, y, f"lien {said}")
        x += 27 * wide
    for width, said in ((0.35, "poids sous 0,5"), (0.7, "de 0,5 à moins de 1"), (1.3, "1 et plus")):
        plot.rule(page, x, y, x + 6, y, LIGHT.kept, width, Z["mark"])
        plot.baseline(page, x + 7.5, y, said)
        x += 10 + 1.15 * len(said)
    y, x = y + 5.5, box.x
    worlds = {operator.world for wave in data for operator in wave.operators if operator.degree}
    for world, said in words.WORLDS.items():
        if world in worlds:
            net.draw_world(page, x + 1.5, y, 1.3, world)
            plot.baseline(page, x + 4.2, y, said)
            x += 13 + 1.25 * len(said)
