"""« Coopérations »: who cooperates with whom, and what changed from one year to another."""

import json
from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, network_view, words
from dashboards.attributes import attributes
from dashboards.pages.cooperation.change_panel import year_slider
from dashboards.pages.cooperation.choices import COLOURS, DRAWINGS, WORLDS
from dashboards.pages.cooperation.context import CooperationContext, context_of
from dashboards.pages.cooperation.panels import panel
from dashboards.pages.cooperation.pieces import act
from dashboards.pages.cooperation.stage import VIEW
from dashboards.pages.cooperation.table import actor_grid, content_key, sentence
from dashboards.pages.page import View, Visit

PATH = "/cooperations"
NAME = "Coopérations"
ICON = "network"

DRAWING_ID, YEAR_ID, AXIS_ID, WORLD_ID = "coop-dessin", "coop-an", "coop-axe", "coop-monde"
FAMILY_ID, PLACE_ID, COLOUR_ID, MODE_ID = "coop-famille", "coop-terr", "coop-couleur", "coop-mode"
NETWORK_ID = "coop-network"
ROOT_ID, STATE_ID, ACTED_ID, ADDRESS_ID = "coop", "coop-state", "coop-acted", "coop-address"
TITLE_ID, CAPTION_ID, PANEL_ID, LEGEND_ID = "coop-title", "coop-caption", "coop-panel", "coop-legend"
TABLED_ID = "coop-tabled"
EMPTY_ID, CHANCE_ID, SENTENCE_ID, STYLES_ID = "coop-empty", "coop-chance", "coop-sentence", "coop-styles"
ALL = "tous"
"""Value of a filter that keeps everything."""

EXPORTS = (
    ("Réseau pour Gephi (GEXF)", "/cooperations/reseau.gexf"),
    ("Réseau (GraphML)", "/cooperations/reseau.graphml"),
    ("Nœuds et liens (CSV, archive)", "/cooperations/reseau.zip"),
    ("Mesures et lecture (XLSX)", "/cooperations/reseau.xlsx"),
    ("Figure imprimable de l’année (PNG)", "/cooperations/figure-f2.png"),
    ("Figure imprimable de l’année (SVG)", "/cooperations/figure-f2.svg"),
    ("Figure imprimable de l’année (PDF)", "/cooperations/figure-f2.pdf"),
    ("Projection de chaque année (PDF)", "/cooperations/figure-f3.pdf"),
)
"""Files of the present view; the browser adds the settings of the address to each."""


def build(visit: Visit) -> View:
    """Return the view for the settings of its address."""
    context = context_of(visit.graph, visit.settings)
    if context is None:
        empty = frame.message(
            "Aucun contrat dans cette base",
            words.typeset("Le réseau apparaîtra après un premier chargement : maillage load convention."),
        )
        title = html.H1(NAME, className="sr-only")
        return View([title, empty], (), "body-alone", fictional=visit.graph.fictional)
    return View(
        body=[_body(context)],
        sources=context.sources,
        layout="body-cooperation",
        settings=_settings(context),
        fictional=visit.graph.fictional,
        notices=context.notices,
        exports=EXPORTS,
    )


def stores() -> list[Component]:
    """Return the drawing rules of both schemes, kept in the browser."""
    styles = {"light": network_view.drawing_styles("light"), "dark": network_view.drawing_styles("dark")}
    return [dcc.Store(id=STYLES_ID, data=styles)]


def _settings(context: CooperationContext) -> list[Component]:
    choices, subject = context.choices, context.subject
    worlds = [(value, words.WORLDS[world]) for value, world in WORLDS.items()]
    axes = [(code, f"{code} {name}") for code, name in subject.axis_names.items()]
    places = [(place.code, _short_place(place.name)) for place in subject.offered_places]
    chosen = subject.place(choices.terr) if choices.terr else None
    if chosen is not None and chosen.code not in dict(places):
        places.insert(0, (chosen.code, _short_place(chosen.name)))
    return [
        frame.setting("Dessin", _segments(DRAWING_ID, choices.dessin, DRAWINGS), "label-dessin"),
        frame.setting(
            "Année", _segments(YEAR_ID, choices.an, [(str(y), str(y)) for y in subject.years]), "label-an"
        ),
        frame.setting("Axe", _select(AXIS_ID, "Axe", choices.axe, axes), "label-axe"),
        frame.setting("Monde", _select(WORLD_ID, "Monde", choices.monde, worlds), "label-monde"),
        frame.setting(
            "Famille",
            _select(
                FAMILY_ID, "Famille", choices.famille, [(one, one) for one in subject.families], "Toutes"
            ),
            "label-famille",
        ),
        frame.setting("Territoire", _select(PLACE_ID, "Territoire", choices.terr, places), "label-terr"),
        frame.setting(
            "Couleur", _select(COLOUR_ID, "Couleur", choices.couleur, COLOURS, ""), "label-couleur"
        ),
    ]


def _short_place(name: str) -> str:
    """Return the name of an EPCI without what it is: the field is narrow."""
    for kind in ("Communauté de communes ", "Communauté d’agglomération ", "Communauté d'agglomération "):
        name = name.removeprefix(kind)
    return name[:1].upper() + name[1:]


def _segments(identifier: str, value: str, options: Sequence[tuple[str, str]]) -> Component:
    found: Component = dmc.SegmentedControl(
        id=identifier,
        value=value,
        data=[{"value": option, "label": label} for option, label in options],
        className="segmented",
    )
    return found


def _select(
    identifier: str, label: str, value: str, options: Sequence[tuple[str, str]], every: str = "Tous"
) -> Component:
    """Return a field of the bar; `every` is the word of the choice that keeps everything, empty for none."""
    data = [{"value": option, "label": said} for option, said in options]
    if every:
        data.insert(0, {"value": ALL, "label": every})
    found: Component = dmc.Select(
        id=identifier,
        value=value or ALL,
        data=data,
        allowDeselect=False,
        searchable=len(data) > 8,
        nothingFoundMessage="Aucun de ce nom",
        comboboxProps={"width": "max-content", "position": "bottom-start"},
        rightSection=frame.icon("chevrons"),
        rightSectionWidth=26,
        className=f"narrow {identifier}",
        **attributes(aria_label=label),
    )
    return found


def root_class(context: CooperationContext) -> str:
    """Return the class that says which view is shown: drawing or table, one year or two."""
    found = [f"vue-{context.choices.vue}"]
    if context.scene.change is not None:
        found.append("is-change")
    if context.scene.focus is not None and context.scene.focus.kind not in ("community", "territory"):
        found.append("is-narrow")
    return " ".join(found)


def _body(context: CooperationContext) -> Component:
    modes = (("reseau", "Une année"), ("change", "Ce qui a changé"))
    title = html.Div(
        [
            html.H1(context.question, id=TITLE_ID),
            html.P(context.caption, id=CAPTION_ID, role="status"),
            _segments(MODE_ID, "change" if context.scene.change is not None else "reseau", modes),
        ],
        className="panel-title",
    )
    side = html.Aside(
        [html.Div(panel(context), id=PANEL_ID, className="panel-content"), html.Section(id=CHANCE_ID)],
        className="coop-panel",
        **attributes(aria_label="Sélection"),
    )
    field = html.Div([_drawing(context), _table(context)], className="coop-field")
    main = html.Section([title, field, _strip(context)], className="coop-main")
    return html.Div([*_stores(context), main, side], id=ROOT_ID, className=root_class(context))


def _stores(context: CooperationContext) -> list[Component]:
    return [
        dcc.Store(id=STATE_ID, data=context.choices.state),
        dcc.Store(id=ACTED_ID),
        dcc.Store(id=ADDRESS_ID, data=context.choices.said),
        dcc.Store(id="coop-years", data=[str(year) for year in context.subject.years]),
        dcc.Store(id="coop-drawn"),
        dcc.Store(id="coop-written"),
        dcc.Store(id="coop-known"),
        dcc.Store(id=TABLED_ID, data=content_key(context)),
    ]


def elements(context: CooperationContext) -> list[dict[str, object]]:
    """Return the elements of the drawing component."""
    return network_view.drawn(context.picture.marks, context.picture.lines)


def _drawing(context: CooperationContext) -> Component:
    drawn = html.Div(
        network_view.network_component(elements(context), "light", NETWORK_ID),
        className="coop-network",
        role="img",
        **attributes(aria_labelledby=f"{TITLE_ID} {CAPTION_ID}", data_view=json.dumps(VIEW)),
    )
    hint = html.P(className="coop-hint", hidden=True, **attributes(aria_hidden="true"))
    empty = html.Div(empty_message(context), id=EMPTY_ID, className="network-empty")
    return html.Div([drawn, hint, empty, _tools()], className="coop-drawing")


def empty_message(context: CooperationContext) -> list[Component]:
    """Return what stands in the place of the network when nothing is drawn."""
    if context.empty is None:
        return []
    button = [act({context.empty.remove: ""}, "L’enlever", "button primary")] if context.empty.remove else []
    return [frame.message(context.empty.fact, context.empty.remedy, "network", *button)]


def _tools() -> Component:
    tools = (
        ("plus", "Agrandir"), ("minus", "Réduire"), ("fit", "Tout voir"), ("ego", "Voisinage (V)"),
        ("path", "Chemin (C)"),
    )  # fmt: skip
    buttons = [
        html.Button(frame.icon(f"tool-{name}"), type="button", title=said,
                    **attributes(aria_label=said, data_tool=name))
        for name, said in tools
    ]  # fmt: skip
    return html.Div(
        buttons, className="coop-tools", role="group", **attributes(aria_label="Outils du dessin")
    )


def _table(context: CooperationContext) -> Component:
    said = html.P(sentence(context), id=SENTENCE_ID, className="coop-sentence")
    named = attributes(aria_label="Acteurs et actions")
    return html.Div([said, actor_grid(context)], className="coop-table", role="region", **named)


def _strip(context: CooperationContext) -> Component:
    """Return the strip under the drawing: years and play when two are compared, legend, way to the table."""
    said = "Faire défiler les années"
    play = html.Button(
        frame.icon("play"), type="button", className="icon-button", id="coop-play", title=said,
        **attributes(aria_label=said),
    )  # fmt: skip
    years = html.Div([play, year_slider(context.subject.years, context.choices.year)], className="coop-years")
    legend_list = html.Ul(legend(context), id=LEGEND_ID, className="coop-legend",
                          **attributes(aria_label="Légende du réseau"))  # fmt: skip
    other = "Voir le dessin (T)" if context.choices.vue == "tableau" else "Voir en tableau (T)"
    swap = html.Button(other, type="button", id="coop-swap", className="as-link strong")
    return html.Div([years, legend_list, swap], className="coop-strip")


def legend(context: CooperationContext) -> list[Component]:
    """Return the legend: shapes and lines of what is drawn, colours where no name drawn says them."""
    if context.scene.change is not None and not context.scene.whole:
        lines = (("kept", "conservée"), ("new", "nouvelle"), ("gone", "perdue"))
        if context.picture.projected:
            lines = (("kept", "lien conservé"), ("new", "nouveau"), ("gone", "perdu"))
        return [html.Li([html.Span(className=f"stroke stroke-{name}"), word]) for name, word in lines]
    shapes = _shapes(tinted=context.choices.couleur == "monde")
    if any(context.subject.read.worlds.get(key) is None for key in context.scene.wave.network.operators):
        shapes.append(html.Li([frame.icon("sign-unknown"), words.WORLDS[None]]))
    if context.choices.couleur == "axe":
        axes = [f"axe {code}" for code in context.subject.axis_names][:6]
        return [*_colours(axes), *_colours(["plusieurs axes"], first=0), *shapes]
    more = [("action", "action"), ("pilot", "porte"), ("partner", "participe")]
    if context.picture.projected:
        more = [("partner", "une action en commun"), ("pilot", "plusieurs en commun")]
    sizes = html.Li(
        [html.Span(className="ring ring-small"), html.Span(className="ring ring-large"), _sizes(context)]
    )
    return [*shapes, *(html.Li([frame.icon(f"sign-{name}"), word]) for name, word in more), sizes]


def _shapes(*, tinted: bool) -> list[Component]:
    """Return the shape of each world, in its colour where colours say worlds."""
    return [
        html.Li(
            [frame.icon(f"sign-{world}"), words.WORLDS[world]],
            className=f"ink-tone-{rank}" if tinted else "",
        )
        for rank, world in enumerate(WORLDS.values(), 1)
    ]


def _colours(names: Sequence[str], first: int = 1) -> list[Component]:
    return [
        html.Li([html.Span(className=f"swatch swatch-tone-{rank}"), name])
        for rank, name in enumerate(names, first)
    ]


def _sizes(context: CooperationContext) -> str:
    most = max(context.scene.wave.sizes.values(), default=1)
    return f"1 à {most} actions" if most > 1 else "1 action"
