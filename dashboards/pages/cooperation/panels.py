"""The panel beside the network: the communities, or what is selected, in words, lists and a small map."""

from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.pages.cooperation import change_panel, route_panel
from dashboards.pages.cooperation.context import CooperationContext
from dashboards.pages.cooperation.focus import Focus, territory_cooperation
from dashboards.pages.cooperation.groups import COMMUNITY_PREFIX
from dashboards.pages.cooperation.pieces import NOTHING, act, bar, footprint, heading, names, tone


def panel(context: CooperationContext) -> list[Component]:
    """Return what stands in the panel."""
    if context.scene.change is not None:
        return change_panel.panel(context, context.scene.change)
    focus = context.scene.focus
    if context.choices.outil == "chemin" or (focus is not None and focus.kind == "path"):
        return route_panel.path(context, focus)
    if context.choices.outil == "voisinage" and focus is None:
        return route_panel.waiting(context)
    if focus is None:
        return _communities(context)
    if focus.kind == "community":
        return _community(context, focus)
    if focus.kind == "territory":
        return _territory(context, focus)
    return _action(context, focus) if focus.kind == "action" else _actor(context, focus)


def _communities(context: CooperationContext) -> list[Component]:
    """Return the communities, each a button; the whole network beside chance comes after."""
    subject, present = context.subject, set(context.scene.wave.network.operators)
    rows = [
        html.Li(
            act(
                {**NOTHING, "sel": f"{COMMUNITY_PREFIX}{one.letter}"},
                [
                    html.Span(className=f"swatch swatch-tone-{rank}"),
                    html.Strong(one.letter),
                    html.Span(one.name or "sans nom : groupes instables", className="community-name"),
                    html.Span(words.counted(len(one.members & present), "acteur"), className="note"),
                ],
                "community",
            )
        )
        for rank, one in enumerate(subject.communities, 1)
    ]
    alone = len(present - {key for one in subject.communities for key in one.members})
    count = len(subject.communities)
    stable = words.number(subject.found.stability, 2)
    held = "les groupes tiennent" if subject.found.stable else "groupes instables, à ne pas commenter"
    about = (
        f"Trouvées sur toutes les années par les actions partagées ; accord d’un essai à l’autre : {stable} "
        f"({held}). Chacune porte le nom de son action la plus partagée."
    )
    invited = "Cliquez une communauté pour l’ouvrir." if context.scene.whole else (
        "Cliquez une communauté, un acteur ou une action."
    )  # fmt: skip
    rest = [html.P(f"{words.counted(alone, 'acteur')} hors de ces groupes, en gris.", className="note")]
    return [
        heading(words.counted(count, "communauté")),
        html.P(invited),
        html.Ul(rows, className="communities"),
        *(rest if alone else []),
        html.P(words.typeset(about), className="note"),
    ]


def _community(context: CooperationContext, focus: Focus) -> list[Component]:
    found = focus.community
    if found is None:
        return []
    network = context.scene.wave.network
    members = sorted(found.members & set(network.operators), key=context.subject.name_of)
    actions = sorted(found.actions & set(network.actions), key=context.subject.name_of)
    inner, outer = len(focus.inner), len(focus.pairs) - len(focus.inner)
    share = words.percent(inner / len(focus.pairs), 0) if focus.pairs else words.NOT_COMPUTABLE
    said = html.P(
        [
            html.Strong(words.number(len(members))), f" {words.plural(len(members), 'acteur')}, ",
            html.Strong(words.number(len(actions))), f" {words.plural(len(actions), 'action')}. ",
            html.Strong(share), " des participations restent dans la communauté.",
        ]
    )  # fmt: skip
    ends = html.Div(
        [
            html.Span(words.counted(inner, "interne")),
            html.Span(f"{words.number(outer)} vers les autres communautés"),
        ],
        className="bar-ends",
    )
    title = (
        f"Communauté {found.letter}{words.NBSP}: {found.name}" if found.name else f"Communauté {found.letter}"
    )
    return [
        heading(title, context.scene.tone, close={"sel": ""}),
        said,
        bar([(f"swatch-{context.scene.tone}", inner), ("part-rest", outer)]),
        ends,
        *footprint(context, "Où elle agit"),
        _unfolded(
            f"{words.counted(len(actions), 'action')}, {words.counted(len(members), 'membre')}",
            names(context.subject, [*actions, *members]),
        ),
    ]


def _actor(context: CooperationContext, focus: Focus) -> list[Component]:
    """Return an actor: what it does, with whom, where; its surroundings when they are asked for."""
    subject, key = context.subject, focus.marked[0]
    wave = context.scene.wave
    actions = sorted({action for actor, action in wave.pairs if actor == key}, key=subject.name_of)
    partners = wave.meetings.partners(key)
    roles = {action: "porte" if (key, action) in wave.pilots else "participe" for action in actions}
    shared = {other: words.listed(subject.codes[one] for one in common) for other, common in partners.items()}
    handle = subject.handle_of(key)
    ego = context.choices.ego == handle
    about = [words.WORLDS.get(subject.read.worlds.get(key), ""), subject.read.families.get(key) or ""]
    counts = f"{words.counted(len(actions), 'action')}, {words.counted(len(partners), 'partenaire')}."
    ordered = sorted(partners, key=lambda other: (-len(partners[other]), subject.name_of(other)))
    epci = subject.epci_of(key)
    buttons = [
        act({**NOTHING, "sel": handle}, "Tout le réseau")
        if ego
        else act({**NOTHING, "ego": handle}, "Voisinage (V)"),
        act({**NOTHING, "outil": "chemin", "de": handle}, "Chemin (C)"),
        *(
            [html.A("Son territoire", href=f"/territoires?sel={epci}", className="button inside")]
            if epci
            else []
        ),
    ]
    missing = [] if actions else [html.P(f"Aucune participation connue en {wave.year} avec ces filtres.")]
    return [
        heading(subject.full_names.get(key, ""), tone(context, key), close=NOTHING),
        html.P(" · ".join(filter(None, about)), className="note"),
        *(missing or [html.P(counts)]),
        html.Div(buttons, className="row-buttons"),
        _unfolded(words.counted(len(actions), "action"), names(subject, actions, roles), shown=not ego),
        _unfolded(words.counted(len(partners), "partenaire"), names(subject, ordered, shared), shown=ego),
        *footprint(context, "Où il agit"),
    ]  # fmt: skip


def _unfolded(title: str, content: Component, *, shown: bool = False) -> Component:
    """Return a list under its title, shown at first or not."""
    return html.Details([html.Summary(title), content], open=shown)


def _action(context: CooperationContext, focus: Focus) -> list[Component]:
    subject, key = context.subject, focus.marked[0]
    wave = context.scene.wave
    actors = sorted({actor for actor, action in wave.pairs if action == key}, key=subject.name_of)
    roles = {actor: "porte" if (actor, key) in wave.pilots else "participe" for actor in actors}
    ordered = sorted(actors, key=lambda actor: (roles[actor] != "porte", subject.name_of(actor)))
    said = f"{words.counted(len(actors), 'acteur')} en {wave.year}." if actors else (
        f"Aucune participation connue en {wave.year} avec ces filtres."
    )  # fmt: skip
    return [
        heading(subject.name_of(key), tone(context, key), close=NOTHING),
        html.P(said),
        names(subject, ordered, roles),
        *footprint(context, "Où elle a lieu"),
    ]


def _territory(context: CooperationContext, focus: Focus) -> list[Component]:
    """Return the inner and outer cooperation of the actors that have their seat in a territory."""
    subject, code = context.subject, context.choices.terr
    place = subject.place(code)
    name = place.name if place else code
    found = territory_cooperation(context.scene.wave, place.actors if place else frozenset())
    back = html.A("Voir sur la carte", href=f"/territoires?sel={code}", className="button inside")
    head = heading(name, close=NOTHING)
    if not found.actors:
        fact = f"Aucun acteur des actions de {context.choices.year} n’a son siège ici (avec ces filtres)."
        return [head, html.P(words.typeset(fact)), html.Div([back], className="row-buttons")]
    said = (
        f"{words.counted(found.actors, 'acteur')} y ont leur siège"
        if found.actors > 1
        else "1 acteur y a son siège"
    )
    ends = html.Div(
        [
            html.Span(f"{words.counted(found.inside, 'lien')} entre eux"),
            html.Span(f"{words.counted(found.outside, 'lien')} avec des acteurs d’ailleurs"),
        ],
        className="bar-ends",
    )
    about = "Un lien : deux acteurs qui partagent au moins une action de l’année. Siège connu par les bilans."
    return [
        head,
        html.P(f"{said}, dans {words.counted(found.actions, 'action')}."),
        bar([("part-inner", found.inside), ("part-rest", found.outside)]),
        ends,
        html.Div([back], className="row-buttons"),
        names(subject, sorted(focus.ringed, key=subject.name_of)),
        html.P(about, className="note"),
    ]
