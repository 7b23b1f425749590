"""F1: a Sankey diagram, funder to axis to action; what is secret or not said is a texture, never a width."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards import words
from dashboards.figures import network_signs as net
from dashboards.figures import plot
from dashboards.figures.asked import Asked
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.money_data import MoneyFlow, Sum, money_flow
from dashboards.figures.registered import Made
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box, fit
from dashboards.theme import PRINT
from graphmodel.indicators.spending import OUTSIDE

_BAR: Final = 3.6
_STUB: Final = 3.2
"""Height of a bar of unknown or secret sum."""
_HEAD, _FOOT, _SLOT = 8.0, 10.0, 4.6


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn sum: its box, how much of it is in proportion, whether the rest is secret or not said."""

    box: Box
    known: float
    secret: bool


def make(asked: Asked) -> Made:
    """Return F1."""
    year = asked.one_year()
    title = f"D’où vient l’argent payé, et où il va{f', {year}' if year else ''}"
    subtitle = f"{asked.contract} · question 2 et suivi, effet E4.3 · payé, tous financeurs (G04, T06)"
    source = asked.source("relevés de paiement des bilans", [year] if year else [])
    data = money_flow(asked, year) if year is not None else None
    if data is None or not data.axes:
        when = f" en {year}" if year is not None and asked.of("G04", "paid") else ""
        reason = f"Aucun paiement n’est connu{when} : remplir la feuille « Financements »."
        said = Words(title, subtitle, reason, source, f"Figure sans donnée : {reason}"[:350])
        return Made(said, nothing(reason), year, reason)
    drawing = Drawing(lambda page, box: draw(page, box, data), lambda _: _height(data), stretch=1.5)
    return Made(_words(data, title, subtitle, source), drawing, year)


def _words(data: MoneyFlow, title: str, subtitle: str, source: str) -> Words:
    first, axis = _largest(data.funders), _largest(data.axes)
    told = [f"ensemble {data.total.text}"]
    told += [f"premier financeur {first.name}, {first.text}"] if first is not None else []
    told += (
        [f"premier axe {axis.id if axis.id != OUTSIDE else axis.name}, {axis.text}"]
        if axis is not None
        else []
    )
    fact = " ; ".join(told)
    hidden = " Une trame dit une somme secrète : sa hauteur n’est pas en proportion." if data.secret else ""
    caption = (
        f"Montants payés en {data.year}, du financeur à l’axe puis à l’action, en milliers d’euros : "
        f"{fact}. Hauteurs en proportion des montants connus ; un montant non dit n’est pas zéro.{hidden}"
    )
    alt = (
        f"Flux des montants payés en {data.year}, de {len(data.funders)} financeurs à {len(data.axes)} axes "
        f"et {len(data.actions)} actions : {fact}. Les montants sont écrits à chaque "
        f"barre{' ; les secrets sont tramés' if data.secret else ''}."
    )
    reading = (
        f"{fact[:1].upper()}{fact[1:]}. Une bande relie un financeur à un axe, puis un axe à une action ; "
        "sa hauteur est le montant."
    )
    limit = (
        "Qu’une action peu payée a peu fait : ni les concours en nature ni les coûts entiers ne sont là. Un "
        "montant connu pour tout le contrat n’entre dans aucun axe ; 2015 et 2016 n’ont pas de montant à la "
        "convention."
    )
    return Words(title, subtitle, caption, source, alt, reading, limit + hidden)


def _largest(sums: Sequence[Sum]) -> Sum | None:
    """Return the largest sum; None where one of them is not told, as it could be larger."""
    if any(one.euros is None for one in sums):
        return None
    return max(sums, key=lambda one: one.euros or 0.0, default=None)


def _height(data: MoneyFlow) -> float:
    return _HEAD + _SLOT * max(_lines(data), 14) + 3 * len(data.axes) + _FOOT


def _lines(data: MoneyFlow) -> int:
    return sum(len(group) for axis in data.axes for group in (_shown(data, axis.id),))


def _shown(data: MoneyFlow, axis: str) -> list[Sum]:
    """Return the actions of an axis to draw; those whose sum is secret are one line together."""
    sums = data.of_axis(axis)
    known = [one for one in sums if not one.secret]
    secret = [one for one in sums if one.secret]
    if not secret:
        return known
    named = ", ".join(one.id for one in secret)
    return [*known, Sum(words.counted(len(secret), "action"), named, None, secret=True)]


def draw(page: Page, box: Box, data: MoneyFlow) -> None:
    """Draw the diagram in a box: three columns of bars, bands between them, words beside."""
    wide = box.w / 166
    left, middle, right = box.x + 31 * wide, box.x + 62 * wide, box.x + 88 * wide
    plot.centered(page, box.x, box.y + 3, "Financeurs", plot.HEAD, width=40 * wide)
    plot.centered(page, middle, box.y + 3, "Axes", plot.HEAD, align="center", width=40 * wide)
    plot.centered(page, right, box.y + 3, f"Actions, payé en {data.year}", plot.HEAD, width=50 * wide)
    area = Box(box.x, box.y + _HEAD, box.w, box.h - _HEAD - _FOOT)
    groups = {axis.id: _shown(data, axis.id) for axis in data.axes}
    told = [flow for flow in data.flows if flow.euros is not None]
    out: dict[str, float] = defaultdict(float)
    into: dict[str, float] = defaultdict(float)
    for flow in told:
        out[flow.funder] += flow.euros or 0.0
        into[flow.axis] += flow.euros or 0.0
    scale = _scale(data, sum(map(len, groups.values())), area.h, out, into)
    funders = _column(data.funders, out, left, area, scale)
    axes = _column(data.axes, into, middle, area, scale)
    _draw_flows(page, data, funders, axes, scale)
    _draw_actions(page, data, groups, axes, Box(right, area.y, box.right - right, area.h), scale)
    for funder in data.funders:
        _draw_bar(page, funders[funder.id], PRINT["print_secondary"])
        bar = funders[funder.id].box
        y = bar.y + bar.h / 2
        plot.centered(
            page, left - 1.5, y - 1.6, funder.name, plot.STRONG, align="right", width=left - box.x - 1.5
        )
        plot.centered(
            page, left - 1.5, y + 1.6, funder.text, plot.SMALL, align="right", width=left - box.x - 1.5
        )
    codes = [axis.id for axis in data.axes]
    for axis in data.axes:
        _draw_bar(page, axes[axis.id], net.axis_color(axis.id, codes) if axis.id != OUTSIDE else plot.MUTED)
        _name_axis(page, axes[axis.id].box, axis, 26 * wide)
    _draw_key(page, box, data)


def _scale(
    data: MoneyFlow, lines: int, height: float, out: Mapping[str, float], into: Mapping[str, float]
) -> float:
    """Return the millimetres of a euro: the column that needs most room fits."""
    columns = (
        sum(one.euros or out.get(one.id, 0.0) for one in data.funders),
        sum(one.euros or into.get(one.id, 0.0) for one in data.axes),
        sum(action.sum.euros or 0.0 for action in data.actions),
        1.0,
    )
    room = height - 9.0 * max(len(data.axes), len(data.funders))
    return max(min(room, height - 1.9 * lines) * 0.82, 10.0) / max(columns)


def _column(
    sums: Sequence[Sum], told: Mapping[str, float], x: float, area: Box, scale: float
) -> dict[str, Bar]:
    """Return the bars of a column; one of secret sum is as high as its flows that are told, and a stub."""
    known = [scale * (told.get(one.id, 0.0) if one.euros is None else one.euros) for one in sums]
    heights = [
        max(high, 0.25) + (_STUB if one.euros is None or one.unknown else 0.0)
        for one, high in zip(sums, known, strict=True)
    ]
    slots = [max(height, 7.4) for height in heights]
    gap = (area.h - sum(slots)) / max(len(sums), 1)
    found, y = {}, area.y + gap / 2
    for one, high, height, slot in zip(sums, known, heights, slots, strict=True):
        found[one.id] = Bar(Box(x, y + (slot - height) / 2, _BAR, height), high, one.secret)
        y += slot + gap
    return found


def _bar_height(one: Sum, scale: float) -> float:
    return _STUB if one.euros is None else max(one.euros * scale, 0.25)


def _draw_bar(page: Page, bar: Bar, color: str) -> None:
    box = bar.box
    if bar.known:
        page.rectangle(Box(box.x, box.y, box.w, min(bar.known, box.h)), Z["mark"], fill=color)
    rest = Box(box.x, box.y + bar.known, box.w, box.h - bar.known)
    if rest.h > 0.3:
        (plot.secret if bar.secret else plot.blank)(page, rest)


def _draw_flows(
    page: Page, data: MoneyFlow, funders: dict[str, Bar], axes: dict[str, Bar], scale: float
) -> None:
    out = {key: bar.box.y for key, bar in funders.items()}
    into = {key: bar.box.y for key, bar in axes.items()}
    codes = [axis.id for axis in data.axes]
    for axis in data.axes:
        for funder in data.funders:
            flow = next((f for f in data.flows if (f.funder, f.axis) == (funder.id, axis.id)), None)
            if flow is None:
                continue
            start, end = funders[funder.id].box, axes[axis.id].box
            if flow.euros is None:
                plot.rule(
                    page,
                    start.right,
                    start.y + start.h / 2,
                    end.x,
                    end.y + end.h / 2,
                    plot.MUTED,
                    0.5,
                    Z["thin"],
                    (0.0, (1.5, 1.8)),
                )
                continue
            high = flow.euros * scale
            color = net.axis_color(axis.id, codes) if axis.id != OUTSIDE else plot.MUTED
            left, right = out[funder.id], into[axis.id]
            plot.ribbon(page, (start.right, left, left + high), (end.x, right, right + high), color)
            out[funder.id] += high
            into[axis.id] += high


def _draw_actions(
    page: Page, data: MoneyFlow, groups: dict[str, list[Sum]], axes: dict[str, Bar], area: Box, scale: float
) -> None:
    codes = [axis.id for axis in data.axes]
    lines = [(axis, one) for axis in data.axes for one in groups[axis.id]]
    heights = [max(_bar_height(one, scale), 0.3) for _, one in lines]
    slots = [max(height, 6.6 if one.secret else 3.1) for (_, one), height in zip(lines, heights, strict=True)]
    between = 2.2
    gap = (area.h - sum(slots) - between * (len(data.axes) - 1)) / max(len(lines), 1)
    y, before = area.y, None
    leaving = {key: bar.box.y for key, bar in axes.items()}
    for (axis, one), height, slot in zip(lines, heights, slots, strict=True):
        y += between if before not in (None, axis.id) else 0.0
        before = axis.id
        color = net.axis_color(axis.id, codes) if axis.id != OUTSIDE else plot.MUTED
        top = y + (slot + gap - height) / 2
        start = axes[axis.id].box
        if one.euros is not None:
            high = one.euros * scale
            plot.ribbon(
                page,
                (start.right, leaving[axis.id], leaving[axis.id] + high),
                (area.x, top, top + high),
                color,
            )
            leaving[axis.id] += high
            page.rectangle(Box(area.x, top, _BAR, max(high, 0.3)), Z["mark"], fill=color)
        else:
            plot.rule(
                page,
                start.right,
                start.y + start.h / 2,
                area.x,
                top + height / 2,
                plot.MUTED,
                0.5,
                Z["thin"],
                (0.0, (1.5, 1.8)),
            )
            (plot.secret if one.secret else plot.blank)(page, Box(area.x, top, _BAR, height))
        _name_action(page, Box(area.x + _BAR + 1.5, y, area.w - _BAR - 1.5, slot + gap), one, color)
        y += slot + gap


def _name_action(page: Page, box: Box, one: Sum, color: str) -> None:
    y, code_w, sum_w, high = box.y + box.h / 2, 14.5, 15.0, max(min(box.h, 6.4), 3.0)
    if one.secret:
        plot.centered(page, box.x, y, f"{one.id} : {one.name}", plot.SMALL, width=box.w - sum_w, high=7.5)
    else:
        plot.centered(page, box.x, y, one.id, plot.STRONG, width=code_w, color=color, high=high)
        plot.centered(page, box.x + code_w, y, one.name, plot.SMALL, width=box.w - code_w - sum_w, high=high)
    plot.centered(page, box.right, y, one.text, plot.SMALL, align="right", width=sum_w, high=high)


def _name_axis(page: Page, bar: Box, axis: Sum, width: float) -> None:
    told = [(axis.name if axis.id == OUTSIDE else f"axe {axis.id}", plot.STRONG), (axis.short, plot.SMALL)]
    if axis.unknown:
        told.append((f"+ {axis.unknown} non {words.plural(axis.unknown, 'dit')}", plot.SMALL))
    y = bar.y + bar.h / 2 - 1.65 * len(told)
    for text, face in told:
        fitted = fit(text, face, width, face.height, floor=6.0)
        page.lines(bar.x - 1.2, y + 0.3, fitted, align="right", halo=1.1)
        y += 3.3


def _draw_key(page: Page, box: Box, data: MoneyFlow) -> None:
    y, x = box.bottom - 3.2, box.x
    plot.centered(
        page, x, y, f"ensemble payé en {data.year} : {data.total.text}", plot.STRONG, width=box.w * 0.45
    )
    x = box.x + box.w * 0.47
    if any(one.unknown for one in data.axes) or any(
        a.sum.euros is None and not a.sum.secret for a in data.actions
    ):
        plot.blank(page, Box(x, y - 1.5, 5, 3))
        plot.baseline(page, x + 6.5, y, "montant non dit")
        x += 32
    if data.secret:
        plot.secret(page, Box(x, y - 1.5, 5, 3))
        plot.baseline(page, x + 6.5, y, "secret (pointillé : bande sans échelle)")
