"""F2: operators and actions of a year, at the places they keep every year."""

from typing import Final

import shapely

from dashboards import words
from dashboards.figures import network_signs as net
from dashboards.figures import plot
from dashboards.figures.asked import Asked
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.network_data import FATES, TwoModes, two_modes
from dashboards.figures.registered import Made
from dashboards.prints import furniture
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box, Face, Fitted, fit, french, width_of
from dashboards.theme import LIGHT, PRINT
from graphmodel.frames import records_of

_SIDE: Final = 79.0
_LANDSCAPE: Final = 240.0
"""Width from which the legend stands beside the network."""
_LIMIT: Final = (
    "La distance ne mesure rien : les places sont calculées une fois sur toutes les années. Un partenaire "
    "déclaré n’est pas forcément actif ; un opérateur sans bilan n’est pas un opérateur isolé."
)
_TITLE, _LIST = Face(8.5, 600), Face(6.8)


def make(asked: Asked) -> Made:
    """Return F2."""
    year = asked.one_year()
    title = f"Qui coopère avec qui, par action{f', en {year}' if year else ''}"
    subtitle = (
        f"{asked.contract} · question 1, effets E1.1 et E1.2 · réseau à deux modes : opérateurs et actions"
    )
    data = two_modes(asked, year) if year in asked.reported and year is not None else None
    if data is None or year is None:
        reason = (
            f"Aucune participation n’est connue pour {year}."
            if year
            else "Aucune participation n’est connue."
        )
        said = Words(
            title, subtitle, reason, asked.source("bilans annuels"), f"Figure sans donnée : {reason}"
        )
        return Made(said, nothing(reason), year, reason)
    source = asked.source("bilans annuels des opérateurs", [w for w in (data.before, year) if w is not None])
    axes = [(str(row["id"]), str(row["name"])) for row in records_of(asked.graph.nodes("Axis"))]
    axes = sorted(pair for pair in axes if any(action.axis == pair[0] for action in data.actions))
    drawing = Drawing(
        lambda page, box: draw(page, box, data, axes), lambda width: _height(data, axes, width), stretch=9.0
    )
    return Made(_words(data, title, subtitle, source), drawing, year)


def _words(data: TwoModes, title: str, subtitle: str, source: str) -> Words:
    operators = {tie.one for tie in data.ties if tie.fate != "lost"}
    actions = {tie.other for tie in data.ties if tie.fate != "lost"}
    counts = ", ".join(
        f"{data.count(fate)} {words.plural(data.count(fate), net.FATES[fate][0], net.PLURALS[fate])}"
        for fate in FATES
    )
    since = f"liens depuis {data.before} : {counts}" if data.before else f"{data.count('kept')} liens"
    caption = (
        f"{len(operators)} opérateurs et {len(actions)} actions en {data.year} ; {since}. Positions "
        "calculées une fois sur l’union des années : mêmes places en F3 ; la distance ne mesure rien."
    )
    first = max(data.operators, key=lambda operator: operator.degree)
    alt = (
        f"Réseau de {len(operators)} opérateurs et {len(actions)} actions en {data.year} ; {since}. "
        f"{first.name} est le plus présent : {words.counted(first.degree, 'action')}. {data.null.verdict} "
        "Monde par la forme, axe par la couleur et le code, titres dans la liste."
    )
    return Words(title, f"{subtitle} · animation exclue", caption, source, alt)


def draw(page: Page, box: Box, data: TwoModes, axes: list[tuple[str, str]]) -> None:
    """Draw the network with its legend, beside it on a wide page, under it elsewhere."""
    if box.w >= _LANDSCAPE:
        frame = Box(box.x, box.y, box.w - _SIDE - 4, box.h)
        _draw_network(page, frame, data, axes)
        side = Box(frame.right + 4, box.y, _SIDE, box.h)
        y = _draw_signs(page, side, data, axes)
        y = _draw_list(page, Box(side.x, y + 2.5, side.w, side.h), data, axes)
        y = _draw_null(page, Box(side.x, y + 2.0, side.w, side.bottom - y), data)
        furniture.draw_section(
            page, Box(side.x, y + 3.5, side.w, side.bottom - y - 3.0), "Ce qu’on ne peut pas dire", _LIMIT
        )
        return
    frame = Box(box.x, box.y, box.w, _frame_height(box.w))
    _draw_network(page, frame, data, axes)
    half = (box.w - 6) / 2
    below = frame.bottom + 3
    left, right = Box(box.x, below, half, box.h), Box(box.x + half + 6, below, half, box.h)
    _draw_signs(page, left, data, axes)
    y = _draw_list(page, right, data, axes)
    _draw_null(page, Box(right.x, y + 2.0, right.w, max(box.bottom - y, 24.0)), data)


def _frame_height(width: float) -> float:
    return 0.74 * width


def _height(data: TwoModes, axes: list[tuple[str, str]], width: float) -> float:
    if width >= _LANDSCAPE:
        return 161.0
    half = (width - 6) / 2
    right = 4.6 + 2.95 * len(data.actions) + 2.0 + 4.6 + _null_fitted(data, half).height
    left = 4.6 + 4.3 * (len(axes) + _worlds_count(data) + 5 + (1 if data.before else 0))
    return _frame_height(width) + 3 + max(left, right) + 1.5


def _worlds_count(data: TwoModes) -> int:
    return len({operator.world for operator in data.drawn})


def _draw_network(page: Page, frame: Box, data: TwoModes, axes: list[tuple[str, str]]) -> None:
    page.rectangle(frame, Z["ground"], fill=PRINT["print_ground"], edge=LIGHT.ink, line=0.6)
    field = net.Field(frame)
    codes = [code for code, _ in axes]
    tied = {tie.other for tie in data.ties}
    plates = {
        action.key: (net.plate_of(action, field), action) for action in data.actions if action.key in tied
    }
    ends = {operator.key: field.at(operator.at) for operator in data.drawn}
    ends |= {action.key: field.at(action.at) for _, action in plates.values()}
    net.draw_ties(page, ends, data.ties, frame)
    present = {tie.one for tie in data.ties if tie.fate != "lost"}
    for operator in data.drawn:
        net.draw_world(
            page,
            *ends[operator.key],
            net.radius_of(operator.degree),
            operator.world,
            faded=operator.key not in present,
        )
    for plate, action in plates.values():
        net.draw_plate(page, plate, action.code, net.axis_color(action.axis, codes))
    crossed = shapely.MultiLineString(
        [[ends[t.one], ends[t.other]] for t in data.ties if t.other in ends and t.one in ends]
    )
    gone = frozenset(operator.key for operator in data.drawn if operator.key not in present)
    net.place_names(page, data.drawn, field, [plate for plate, _ in plates.values()], crossed, gone)


def _draw_signs(page: Page, box: Box, data: TwoModes, axes: list[tuple[str, str]]) -> float:
    """Draw the legend of axes, worlds, sizes and ties; return where it ends."""
    page.paragraph(Box(box.x, box.y, box.w, 5), "Lire", _TITLE)
    step, y, codes = 4.3, box.y + 6.2, [code for code, _ in axes]
    for code, name in axes:
        n = sum(action.axis == code for action in data.actions)
        page.rectangle(Box(box.x, y - 1.5, 7, 3), Z["panel"], fill=net.axis_color(code, codes))
        plot.centered(
            page, box.x + 9, y, f"axe {code}, {name.lower()} (n = {n})", plot.SMALL, width=box.w - 9
        )
        y += step
    worlds = {operator.world for operator in data.drawn}
    for world, (said, _) in net.WORLDS.items():
        if world in worlds:
            n = sum(operator.world == world for operator in data.drawn)
            net.draw_world(page, box.x + 3.5, y, 1.5, world)
            plot.centered(page, box.x + 9, y, f"{said} (n = {n})", plot.SMALL, width=box.w - 9)
            y += step
    y = _draw_sizes(page, box, y + 0.6, max(operator.degree for operator in data.operators))
    for fate in FATES:
        said, color, dashes = net.FATES[fate]
        if data.before is None and fate != "kept":
            continue
        plot.rule(page, box.x, y, box.x + 7, y, color, 1.0, Z["mark"], dashes)
        since = (
            "" if data.before is None else f" en {data.year}" if fate == "new" else f" depuis {data.before}"
        )
        text = (
            f"lien {said}{since} (n = {data.count(fate)})"
            if data.before
            else f"lien (n = {data.count(fate)})"
        )
        plot.centered(page, box.x + 9, y, text, plot.SMALL, width=box.w - 9)
        y += step
    plot.rule(page, box.x, y, box.x + 7, y, LIGHT.kept, 1.5, Z["mark"])
    absent = " ; signe pâle : absent cette année" if any(t.fate == "lost" for t in data.ties) else ""
    plot.centered(
        page, box.x + 9, y, f"trait épais : pilote ; fin : partenaire{absent}", plot.SMALL, width=box.w - 9
    )
    return y + step / 2


def _draw_sizes(page: Page, box: Box, y: float, largest: int) -> float:
    x = box.x + 3.0
    for degree in sorted({1, max(1, round(largest / 3)), largest}):
        radius = net.radius_of(degree)
        plot.disc(page, x, y, radius, fill=LIGHT.surface)
        plot.baseline(page, x + radius + 0.8, y, str(degree))
        x += 2 * radius + 6.5
    plot.centered(page, x + 1, y, "actions portées ou partagées", plot.SMALL, width=box.right - x - 1)
    return y + 5.4


def _draw_list(page: Page, box: Box, data: TwoModes, axes: list[tuple[str, str]]) -> float:
    page.paragraph(Box(box.x, box.y, box.w, 5), "Les actions", _TITLE)
    codes = [code for code, _ in axes]
    step, y = 2.95, box.y + 5.8
    wide = max(width_of(french(action.code), Face(_LIST.size, 600)) for action in data.actions) + 3
    for action in data.actions:
        color = net.axis_color(action.axis, codes)
        plot.baseline(page, box.x, y, action.code, Face(_LIST.size, 600), color=color)
        fitted = fit(action.title, _LIST, box.w - wide, _LIST.height, floor=6.0)
        page.lines(
            box.x + wide,
            y - fitted.height / 2,
            fitted,
            color=PRINT["print_text"],
            container=Box(box.x + wide, y - 2, box.w - wide, 4),
        )
        y += step
    return y


def _null_fitted(data: TwoModes, width: float) -> Fitted:
    return fit(data.null.sentence(data.pivot), plot.SMALL, width, 200, leading=1.25)


def _draw_null(page: Page, box: Box, data: TwoModes) -> float:
    page.paragraph(Box(box.x, box.y, box.w, 5), f"Densité de la projection, {data.year}", _TITLE)
    fitted = _null_fitted(data, box.w)
    room = Box(box.x, box.y + 4.4, box.w, fitted.height + 1)
    return page.lines(room.x, room.y, fitted, color=PRINT["print_text"], container=room)
