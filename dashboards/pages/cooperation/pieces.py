"""Pieces that the panels of « Coopérations » are made of: buttons that act, lists, bars, the small map."""

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.pages.cooperation.context import CooperationContext
from dashboards.pages.cooperation.picture import tone_of
from dashboards.pages.cooperation.subject import Subject

MAP_PATH = "/cooperations/empreinte"
"""Address of the small map."""
NOTHING = {"sel": "", "terr": "", "ego": "", "de": "", "vers": "", "outil": ""}
"""Choices of a drawing without selection."""
LISTED = 40
"""Names listed in a panel at most; the table has them all."""


def act(
    changes: dict[str, str],
    text: str | Component | Sequence[Component | str],
    layout: str = "button",
    **more: str,
) -> Component:
    """Return a button that changes choices, by name in the address."""
    return html.Button(
        text, type="button", className=layout, **attributes(data_act=json.dumps(changes), **more)
    )  # fmt: skip


def select(subject: Subject, key: str) -> Component:
    """Return a button that selects an actor or an action."""
    return act({**NOTHING, "sel": subject.handle_of(key)}, subject.name_of(key), "as-link")


def heading(title: str, tone: str = "", *, close: dict[str, str] | None = None) -> Component:
    """Return the title of a panel, its colour before it, and what closes it."""
    mark = [html.Span(className=f"swatch swatch-{tone}", **attributes(aria_hidden="true"))] if tone else []
    shut = [act(close, frame.icon("close"), "icon-button", aria_label="Fermer", title="Fermer (Échap)")] if (
        close is not None
    ) else []  # fmt: skip
    return html.Div([*mark, html.H2(title), *shut], className="panel-head")


def names(subject: Subject, keys: Sequence[str], notes: dict[str, str] | None = None) -> Component:
    """Return a list of actors or actions, each a button, with a note beside it."""
    told = notes or {}
    items = [
        html.Li([select(subject, key), *([html.Span(told[key], className="note")] if key in told else [])])
        for key in keys[:LISTED]
    ]
    rest = len(keys) - len(items)
    if rest > 0:
        items.append(html.Li(f"et {words.counted(rest, 'autre')} : voir le tableau (T)", className="note"))
    return html.Ul(items, className="names")


def bar(parts: Sequence[tuple[str, int]]) -> Component:
    """Return a stacked bar of counts, each with a class; its words stand beside it."""
    total = sum(count for _, count in parts) or 1
    return html.Div(
        [
            html.Span(className=f"part {layout}", style={"width": f"{100 * count / total:.3f}%"})
            for layout, count in parts
            if count
        ],
        className="stacked",
        **attributes(aria_hidden="true"),
    )


def footprint(context: CooperationContext, title: str) -> list[Component]:
    """Return the small map of what is selected, under its title."""
    found = context.footprint
    if found is None:
        return []
    head = html.Div([html.H3(title), html.P(found.caption)], className="sub-head")
    if not found.counts:
        return [html.Section([head, html.P("Aucun lieu connu.", className="note")])]
    chosen = context.choices
    settings = {name: getattr(chosen, name) for name in ("an", "axe", "monde", "famille", "couleur")}
    settings |= {"sel": chosen.ego or chosen.sel, "v": context.version}
    address = f"{MAP_PATH}?{urlencode({name: value for name, value in settings.items() if value})}"
    frame_of_map = html.Iframe(src=address, title=f"{title} : {found.caption}", className="footprint")
    return [html.Section([head, frame_of_map], className="where")]


def tone(context: CooperationContext, key: str) -> str:
    """Return the colour of an actor or an action as it is drawn."""
    return tone_of(context.subject, context.choices, key)
