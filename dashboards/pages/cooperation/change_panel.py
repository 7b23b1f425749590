"""The panel of change: three counts, one bar, one sentence, who moves, how far to trust it."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.pages.cooperation.context import CooperationContext
from dashboards.pages.cooperation.pieces import act, bar, heading, select
from dashboards.pages.cooperation.wave import Change

LISTED_MOVERS = 6
_KEPT, _RENEWED = 0.75, 0.5
"""Share of the first year's links from which « tiennent », under which « recomposition »."""


def panel(context: CooperationContext, change: Change) -> list[Component]:
    """Return the panel of two years."""
    title, close = f"De {change.before} à {change.after}", {"change": ""}
    if change.unknown is not None:
        fact = f"Aucun bilan reçu pour {change.unknown} : rien n’est perdu ni gagné, on ne sait pas."
        return [heading(title, close=close), *_since(context, change), html.P(words.typeset(fact))]
    if change.first:
        later = [str(year) for year in context.subject.years if year > change.after]
        fact = f"{change.after} est la première année : rien à comparer."
        ahead = f" Avancez le curseur : {words.listed(later)}." if later else ""
        return [heading(str(change.after), close=close), html.P(words.typeset(fact + ahead))]
    kept, new, lost = (len(found) for found in (change.links.kept, change.links.new, change.links.lost))
    return [
        heading(title, close=close),
        *_since(context, change),
        html.Div(
            [
                _count(kept, "conservée", "kept", change),
                _count(new, "nouvelle", "new", change),
                _count(lost, "perdue", "gone", change),
            ],
            className="counts",
        ),
        bar([("part-kept", kept), ("part-new", new), ("part-gone", lost)]),
        html.P(sentence(change), className="change-sentence"),
        *_hint(context),
        _movers(context, change),
        _caution(change),
    ]


def _count(count: int, word: str, name: str, change: Change) -> Component:
    if change.projected:
        word = {"kept": "conservé", "new": "nouveau", "gone": "perdu"}[name]
    several = "nouveaux" if word == "nouveau" else f"{word}s"
    return html.Div(
        [html.Strong(words.number(count)), html.Span(words.plural(count, word, several))],
        className=f"count count-{name}",
    )


def _since(context: CooperationContext, change: Change) -> list[Component]:
    """Return the choice of the first year, where there are several before the second."""
    earlier = [year for year in context.subject.years if year < change.after]
    if len(earlier) < 2:
        return []
    items = [
        act(
            {"change": f"{year}-{change.after}"},
            str(year),
            "toggle",
            aria_pressed="true" if year == change.before else "false",
        )
        for year in earlier
    ]
    return [html.Div([html.Span("Depuis", className="setting-label"), *items], className="since")]


def sentence(change: Change) -> list[str | Component]:
    """Return one sentence on the change: what holds, where the renewal comes from, who comes and goes."""
    persistence, jaccard = change.links.persistence, change.links.jaccard
    if persistence is None or jaccard is None:
        return [
            words.typeset(
                f"Aucune participation connue en {change.before} : rien ne peut tenir ni se perdre."
            )
        ]
    new, lost = len(change.links.new), len(change.links.lost)
    links = "liens" if change.projected else "participations"
    reading = "recomposition"
    if persistence >= _KEPT:
        reading = "élargissement, pas recomposition" if new > lost else "stabilité"
    elif persistence >= _RENEWED:
        reading = "renouvellement partiel"
    origin = (
        "des arrivées"
        if new > lost
        else "des départs"
        if lost > new
        else "autant des arrivées que des départs"
    )
    came, went = len(change.entered), len(change.left)
    comes = f"{words.counted(came, 'acteur')} {words.plural(came, 'entre', 'entrent')}"
    goes = f"{words.number(went)} {words.plural(went, 'sort', 'sortent')}"
    return [
        html.Strong(words.percent(persistence, 0)),
        words.typeset(
            f" des {links} de {change.before} tiennent en {change.after}. Le renouvellement (Jaccard "
        ),
        html.Strong(words.number(jaccard, 2)),
        f") vient {origin}{words.NBSP}: ",
        html.Strong(reading),
        f". {comes}, {goes}.",
    ]


def _movers(context: CooperationContext, change: Change) -> Component:
    """Return the actors that change the most: counts of links, never a rank of power."""
    rows = [
        html.Tr(
            [
                html.Th(select(context.subject, key), scope="row"),
                html.Td(f"+{change.gains[key]}" if change.gains[key] else "0", className="gained"),
                html.Td(
                    f"{words.MINUS}{change.losses[key]}" if change.losses[key] else "0",
                    className="lost-count",
                ),
            ]
        )
        for key in change.movers[:LISTED_MOVERS]
    ]
    head = html.Tr([html.Th(word, scope="col") for word in ("Acteur", *_heads(change))])
    if not rows:
        return html.P("Aucun acteur ne change.")
    return html.Div(
        [
            html.H3("Acteurs qui changent le plus"),
            html.Table([html.Thead(head), html.Tbody(rows)], className="movers"),
        ]
    )


def _hint(context: CooperationContext) -> list[Component]:
    """Return how to see the lines where there are too many: one community at a time."""
    if not context.scene.whole:
        return []
    said = "Trop de lignes pour un dessin : il montre les communautés. Cliquez une communauté pour l’ouvrir."
    return [html.P(words.typeset(said), className="note")]


def _heads(change: Change) -> tuple[str, str]:
    """Return the heads of the columns: ties are masculine in French, participations feminine."""
    return ("Gagnés", "Perdus") if change.projected else ("Gagnées", "Perdues")


def _caution(change: Change) -> Component:
    """Return how far to trust it: a participation lost may be a report that did not come in."""
    said = " Une participation « perdue » peut être une action achevée ou un bilan manquant."
    if change.excluded:
        said += (
            f" Les paires dont un bilan manque sont exclues : "
            f"{words.counted(change.excluded, 'participation')}, "
            f"{words.counted(change.excluded_actors, 'acteur')}."
        )
    else:
        said += " Aucune paire n’est exclue : aucun bilan de ces deux années ne manque pour elles."
    return html.P([html.Strong("À lire avec prudence."), words.typeset(said)], className="caution")


def year_slider(years: tuple[int, ...], value: int) -> Component:
    """Return the slider of the years, a stop for each."""
    marks = [{"value": rank, "label": str(year)} for rank, year in enumerate(years)]
    field: Component = dmc.Slider(
        id="coop-slider",
        value=years.index(value) if value in years else 0,
        min=0,
        max=max(len(years) - 1, 1),
        step=1,
        marks=marks,
        label=None,
        thumbLabel="Année",
        className="year-slider",
    )
    return field
