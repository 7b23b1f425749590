"""The portrait of a territory in the panel of « Territoires », or of two perimeters that cross."""

from collections.abc import Iterable, Sequence
from math import atan2, hypot
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.measured import Reading, status_words
from dashboards.measures import measure_of
from dashboards.pages.territories_context import TerritoriesContext
from dashboards.territory_crossing import JOINED, Crossing, Part, crossing_of
from dashboards.territory_portrait import Actor, Figure, Portrait, Strip, YearBar, portrait_of
from dashboards.territory_series import series_of_graph
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation

BACK_ID = "territories-back"
HERE_ID = "territories-here"
_STAR: Final = (25.0, 8.2)
"""Width and height of the star of partners, rem."""
_SPOKES: Final = 5
"""Partners drawn on each side; the list below names every one."""


def profile_of(
    graph: ContractGraph, context: TerritoriesContext, evaluation: Evaluation | None
) -> tuple[list[Component], str]:
    """Return the portrait of what is selected, and a notice when the selection means nothing here."""
    if not context.selection or context.year is None:
        return [], ""
    told = series_of_graph(graph)
    try:
        if JOINED in context.selection:
            crossing = crossing_of(told, context.selection, context.year, evaluation)
            return _crossing(crossing, context), ""
        portrait = portrait_of(told, context.selection, context.measure, context.year, evaluation)
    except UsageError:
        return [], words.unknown_setting(context.selection)
    return _portrait(portrait, context), ""


def _head(
    context: TerritoriesContext, name: str, about: str, code: str, communes: Iterable[str],
    shown: Iterable[str] = (),
) -> Component:  # fmt: skip
    """Return the way back, the name, and what the map needs to outline it and to show `shown` whole."""
    back = html.Button([frame.icon("back"), context.back], id=BACK_ID, type="button", className="back-button")
    here = attributes(
        data_code=code,
        data_communes=" ".join(sorted(communes)),
        data_name=name,
        data_fit=" ".join(sorted(shown)),
    )
    title = html.H2(name, id=HERE_ID, className="territory-name", title=name, **here)
    return html.Div([back, title, html.P(about, className="territory-about")], className="profile-head")


def _portrait(portrait: Portrait, context: TerritoriesContext) -> list[Component]:
    value, second, third = portrait.figures
    figures = html.Div(
        [_figure(value), _years(portrait.bars), _figure(second), _figure(third)], className="figures"
    )
    body = [_tags(portrait), figures, *_partners(portrait), *_crossing_links(portrait, context)]
    return [
        _head(context, portrait.name, portrait.about, portrait.code, portrait.communes),
        html.Div(body, className="profile-body", tabIndex="0", role="region",
                 **attributes(aria_label=f"Portrait de {portrait.name}")),
        _ways(portrait.code, sheet=True),
    ]  # fmt: skip


def _tags(portrait: Portrait) -> Component:
    tags = []
    if portrait.party:
        tags.append(html.Li("Partenaire du contrat", className="territory-tag territory-tag-party"))
    zrr = "hors ZRR"
    if portrait.zrr:
        zrr = f"{words.counted(portrait.zrr, 'commune')} en ZRR"
    quarters = f"{portrait.quarters}{words.NBSP}QPV" if portrait.quarters else "aucun QPV"
    tags.append(html.Li([frame.icon("sign-zrr"), zrr] if portrait.zrr else zrr, className="territory-tag"))
    tags.append(
        html.Li(
            [frame.icon("sign-qpv"), quarters] if portrait.quarters else quarters, className="territory-tag"
        )
    )
    return html.Ul(tags, className="tags")


def _figure(figure: Figure) -> Component:
    number = html.P([html.Strong(figure.value), f" {figure.unit}"], className="figure-value")
    parts = [html.H3(figure.title), number]
    if figure.strip is not None:
        parts.append(_strip(figure.strip))
    if figure.reason:
        parts.append(html.P(figure.reason[:1].upper() + figure.reason[1:], className="figure-reason"))
    return html.Div(parts, className="figure")


def _strip(strip: Strip) -> Component:
    marks: list[Component] = [html.I(style={"left": f"{mark * 100:.2f}%"}) for mark in strip.marks]
    if strip.middle is not None:
        marks.append(html.I(style={"left": f"{strip.middle * 100:.2f}%"}, className="strip-middle"))
    if strip.own is not None:
        marks.append(html.B(style={"left": f"{strip.own * 100:.2f}%"}))
    said = f"de {strip.low} à {strip.high}, {strip.said}"
    ends = html.P(
        [html.Span(strip.low), html.Span(strip.said), html.Span(strip.high)], className="strip-ends"
    )
    line = html.Div(marks, className="strip-line", role="img", **attributes(aria_label=said))
    return html.Div([line, ends], className="strip-plot")


def _years(bars: Sequence[YearBar]) -> Component:
    """Return the value of each year on one scale; a year without value keeps its place and says why."""
    columns = []
    for bar in bars:
        known = bar.length is not None
        body: Component = (
            html.Div(
                style={"height": f"{max(0.04, bar.length or 0.0) * 2.1:.3f}rem"},
                className="year-bar year-bar-current" if bar.current else "year-bar",
            )
            if known
            else html.Div(className="year-blank", title=bar.shown)
        )
        shown = bar.shown if known else "–"
        columns.append(html.Li([body, html.Strong(shown, title=bar.shown), html.Span(str(bar.year))]))
    return html.Div(
        [html.H3("Année par année, même échelle"), html.Ol(columns, className="year-bars")],
        className="figure",
    )


def _partners(portrait: Portrait) -> list[Component]:
    here = [one for one in portrait.actors if one.inside is True]
    away = [one for one in portrait.actors if one.inside is False]
    unsaid = len(portrait.actors) - len(here) - len(away)
    key: list[Component] = [
        html.Span([html.I(className="key-here"), f"{len(here)} du territoire"]),
        html.Span([html.I(className="key-away"), f"{len(away)} d’ailleurs"]),
    ]
    if unsaid:
        key.append(html.Span(f"{unsaid} de siège inconnu"))
    title = html.Div([html.H3("Ses acteurs"), html.P(key, className="star-key")], className="star-head")
    if not portrait.actors:
        return [title, html.P("Aucun opérateur d’une action localisée ici cette année.", className="muted")]
    # Where no seat is known there is nothing to draw: a lone point would say « nobody ».
    star = [_star(here[:_SPOKES], away[:_SPOKES])] if here or away else []
    return [title, *star, _actor_list(portrait.actors)]


def _star(here: Sequence[Actor], away: Sequence[Actor]) -> Component:
    """Return the star: the territory in the middle, its actors left, those from elsewhere right."""
    width, height = _STAR
    middle, parts = (width / 2, height / 2), []
    for actors, side in ((here, -1), (away, 1)):
        for rank, actor in enumerate(actors):
            y = height * (rank + 0.5) / len(actors) if len(actors) > 1 else height / 2
            bulge = 1 - abs(2 * y / height - 1) ** 2
            x = middle[0] + side * (2.4 + 1.6 * bulge)
            parts += _spoke(middle, (x, y), actor, side)
    parts.append(html.I(className="star-middle", style={"left": f"{middle[0]}rem", "top": f"{middle[1]}rem"}))
    said = f"{len(here)} acteurs du territoire et {len(away)} d’ailleurs dessinés ; la liste suit."
    style = {"width": f"{width}rem", "height": f"{height}rem"}
    return html.Div(
        parts, className="star", role="img", style=style, **attributes(aria_label=words.typeset(said))
    )


def _spoke(start: tuple[float, float], end: tuple[float, float], actor: Actor, side: int) -> list[Component]:
    across, down = end[0] - start[0], end[1] - start[1]
    size = 0.55 + 0.12 * min(len(actor.actions), 4)
    kind = "here" if side < 0 else "away"
    line = {
        "left": f"{start[0]:.3f}rem", "top": f"{start[1]:.3f}rem", "width": f"{hypot(across, down):.3f}rem",
        "transform": f"rotate({atan2(down, across):.4f}rad)",
    }  # fmt: skip
    dot = {
        "left": f"{end[0]:.3f}rem",
        "top": f"{end[1]:.3f}rem",
        "width": f"{size:.2f}rem",
        "height": f"{size:.2f}rem",
    }
    gap = size / 2 + 0.3
    label = {"top": f"{end[1]:.3f}rem"}
    room = end[0] - gap if side < 0 else _STAR[0] - end[0] - gap
    label |= (
        {"right": f"{_STAR[0] - end[0] + gap:.3f}rem"} if side < 0 else {"left": f"{end[0] + gap:.3f}rem"}
    )
    label["maxWidth"] = f"{room:.3f}rem"
    return [
        html.I(className=f"spoke spoke-{kind}", style=line),
        html.I(className=f"star-dot star-{kind}", style=dot),
        html.Span(actor.name, className=f"star-name star-name-{kind}", style=label, title=actor.name),
    ]


def _actor_list(actors: Sequence[Actor]) -> Component:
    seats = {True: "siège ici", False: "siège ailleurs", None: "siège inconnu"}
    rows = [
        html.Li([
            html.A(one.name, href=f"/cooperations?sel=Organisation:{one.id}", className="inside"),
            html.Span(f" {', '.join(one.actions)} · {seats[one.inside]}", className="muted"),
        ])
        for one in actors
    ]  # fmt: skip
    said = words.counted(len(actors), "acteur")
    return html.Details([html.Summary(f"La liste : {said}"), html.Ul(rows)], className="actor-list")


def _crossing_links(portrait: Portrait, context: TerritoriesContext) -> list[Component]:
    if not portrait.crossings:
        return []
    way = f"/territoires?mesure={context.measure.id}&an={context.year}&niveau=commune&sel="
    links = [
        html.Li(html.A(said, href=f"{way}{pair}", className="inside")) for pair, said in portrait.crossings
    ]
    return [html.H3("Là où deux périmètres se recoupent"), html.Ul(links, className="crossing-links")]


def _ways(code: str, *, sheet: bool) -> Component:
    cooperation, meeting = f"/cooperations?terr={code}", f"/seance?terr={code}"
    ways = [
        html.A(
            [frame.icon("network"), "Ses coopérations"], href=cooperation, className="button primary inside"
        ),
        html.A([frame.icon("meeting"), "En séance"], href=meeting, className="button inside"),
    ]
    if sheet:
        ways.append(
            html.A([frame.icon("document"), "Fiche"], href=f"/territoires/fichiers/fiche.pdf?terr={code}",
                   className="button", title="Fiche du territoire, en PDF")
        )  # fmt: skip
    return html.Div(ways, className="profile-ways")


def _crossing(crossing: Crossing, context: TerritoriesContext) -> list[Component]:
    both = len(crossing.communes)
    count = words.counted(both, "commune")
    fact = html.P(
        [
            html.Strong(count),
            " est dans les deux périmètres. Son montant est compté " if both == 1
            else " sont dans les deux périmètres. Leurs montants sont comptés ",
            html.Strong("une fois"),
            " dans le total et montrés dans chacun." if both > 1 else " dans le total et montré dans chacun.",
        ]
    )  # fmt: skip
    body = [fact, _parts(crossing), *_counting(crossing), *_quarters(crossing)]
    return [
        _head(context, crossing.name, "Deux périmètres partenaires qui se recoupent", crossing.selection,
              crossing.communes, crossing.first.communes | crossing.second.communes),
        html.Div(body, className="profile-body", tabIndex="0", role="region",
                 **attributes(aria_label=crossing.name)),
        html.Div(
            html.A([frame.icon("network"), "Coopérations entre les deux"],
                   href=f"/cooperations?terr={crossing.first.code}", className="button primary inside"),
            className="profile-ways",
        ),
    ]  # fmt: skip


def _parts(crossing: Crossing) -> Component:
    head = html.Tr(
        [html.Th(said, scope="col") for said in ("Partie", "Communes", "Part des hab.", "€/hab.", "Actions")]
    )
    return html.Table(
        [html.Thead(head), html.Tbody([_part_row(part) for part in crossing.parts])], className="parts"
    )


def _part_row(part: Part) -> Component:
    actions = words.NO_DATA if part.actions is None else words.number(part.actions)
    return html.Tr([
        html.Th(part.name, scope="row"),
        html.Td(words.number(len(part.communes))),
        html.Td(words.percent(part.share, 0)),
        html.Td(html.Strong(_said(part.per_inhabitant, "T06")), title=_why(part.per_inhabitant)),
        html.Td(actions),
    ])  # fmt: skip


def _said(reading: Reading, name: str) -> str:
    measure = measure_of(name)
    if reading.value is not None and measure is not None:
        return measure.number(reading.value)
    return words.SECRET if reading.status == "secret" else words.NO_DATA


def _why(reading: Reading) -> str:
    return "" if reading.value is not None else status_words(reading)


def _counting(crossing: Crossing) -> list[Component]:
    amount = crossing.parts[1].amount
    measure = measure_of("T06-montant")
    avoided = (
        measure.told(amount.value)
        if amount.value is not None and measure is not None
        else status_words(amount)
    )
    said = (
        "Couverture : union des communes, chacune une seule fois. Montants : part de chaque action répartie "
        "par population, somme des parts égale à 1, actions régionales à part. Double compte évité en "
        f"{crossing.year} : {avoided}."
    )
    return [html.H3("Comment c’est compté"), html.P(words.typeset(said), className="muted")]


def _quarters(crossing: Crossing) -> list[Component]:
    if not crossing.quarters:
        return []
    drawn = words.plural(crossing.quarters, "dessiné à son contour", "dessinés à leur contour")
    said = (
        f"{words.number(crossing.quarters)}{words.NBSP}QPV dans le recoupement, {drawn} "
        "de près. De loin, un anneau de taille fixe dit où, pas combien."
    )
    return [html.H3("Quartiers prioritaires dans ce recoupement"), html.P(said, className="muted")]
