"""The panel of the path tool: two ends, then every shortest way in words; and what a tool waits for."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.attributes import attributes
from dashboards.pages.cooperation.context import CooperationContext
from dashboards.pages.cooperation.focus import LISTED_PATHS, Focus
from dashboards.pages.cooperation.pieces import heading, names
from graphmodel.cooperation.paths import Path

PICK = "coop-pick"
"""Kind of the fields that choose an actor; `name` is the setting they fill."""


def pick(context: CooperationContext, name: str, label: str) -> Component:
    """Return a field that chooses an actor by name: the keyboard's way to a click on a node."""
    subject = context.subject
    options = [
        {"value": subject.handle_of(key), "label": subject.full_names.get(key, key)}
        for key in sorted(context.scene.wave.network.operators, key=subject.name_of)
    ]
    field: Component = dmc.Select(
        id={"kind": PICK, "name": name},
        label=label,
        data=options,
        value=getattr(context.choices, name) or None,
        searchable=True,
        nothingFoundMessage="Aucun acteur de ce nom",
        className="pick",
        **attributes(aria_label=label),
    )
    return field


def waiting(context: CooperationContext) -> list[Component]:
    """Return what the surroundings tool waits for: an actor."""
    return [
        heading("Voisinage", close={"outil": ""}),
        html.P("Choisissez un acteur : sur le dessin, dans le tableau, ou ici."),
        pick(context, "ego", "Acteur"),
    ]


def path(context: CooperationContext, focus: Focus | None) -> list[Component]:
    """Return the path tool: « Choisissez l’arrivée », then the ways."""
    choices = context.choices
    asked = "Choisissez le départ." if not choices.de else "Choisissez l’arrivée." if not choices.vers else ""
    hint = [html.P(f"{asked} Un clic sur un acteur suffit.", className="asked")] if asked else []
    return [
        heading("Chemin entre deux acteurs", close={"de": "", "vers": "", "outil": ""}),
        *hint,
        pick(context, "de", "Départ"),
        pick(context, "vers", "Arrivée"),
        *(_found(context, focus) if focus is not None and focus.kind == "path" else []),
    ]


def _found(context: CooperationContext, focus: Focus) -> list[Component]:
    subject = context.subject
    if not focus.paths:
        fact = f"Aucun chemin en {context.choices.year} avec ces filtres : deux morceaux du réseau."
        return [html.P(words.typeset(fact), role="status")]
    first, count = focus.paths[0], len(focus.paths)
    steps = len(first.actions)
    more = f"{LISTED_PATHS} au moins" if count == LISTED_PATHS else words.number(count)
    said = (
        f"{words.counted(steps, 'action')} les séparent"
        if steps > 1
        else "Ils se rencontrent dans une action"
    )
    also = f" ; {more} chemins aussi courts" if count > 1 else ""
    between = sorted({key for each in focus.paths for key in each.introducers}, key=subject.name_of)
    introducers = [
        html.H3("Qui peut les présenter"), html.P("dans l’ordre alphabétique", className="note"),
        names(subject, between),
    ]  # fmt: skip
    return [
        html.P(words.typeset(f"{said}{also}."), role="status", className="asked"),
        html.Ol([html.Li(text) for text in told(context, first)], className="steps"),
        *(introducers if between else []),
    ]


def told(context: CooperationContext, way: Path) -> list[str]:
    """Return a path in words, one sentence a step: « CRESS et Fictiscop Béryl : II.3.1.1 Outiller… »."""
    subject = context.subject
    return [
        words.typeset(f"{subject.names[one]} et {subject.names[other]} : {subject.name_of(action)}")
        for one, action, other in zip(way.operators[:-1], way.actions, way.operators[1:], strict=True)
    ]
