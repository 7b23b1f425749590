"""« Historique »: what was loaded when, by whom, from which file; take back the last write."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.cli.layout import moment
from dashboards.cli.loads import told
from dashboards.pages.page import Visit
from dashboards.pages.signing import sign_fields
from graphmodel.plan import KINDS
from graphmodel.stores.loads import Load, standing

UNDO_ID = "undo-last"
SAID_ID = "undo-said"
ACTIONS = {
    "load": "chargement",
    "undo": "annulation",
    "correction": "correction",
    "match": "rapprochement",
    "push": "copie",
    "basket": "ajout au rapport",
}
_SIGNS = {"added": "+", "changed": "≠", "removed": "−", "unchanged": "="}


def body(visit: Visit) -> Sequence[Component]:
    """Return the writes, the last one first, and the button that takes the last one back."""
    access = visit.desk.access
    if access is None:
        return [frame.message("Cette page lit une copie", "Ouvrez le tableau de bord sur la base elle-même.")]
    with access.open() as store:
        loads = store.history()
    if not loads:
        return [frame.message("Rien n’a encore été écrit", "Le premier chargement ouvrira l’historique.")]
    stands = {load.number for load in standing(loads)}
    count = words.counted(len(loads), "écriture")
    title = html.Div(
        [html.H2(words.typeset("Qu’a-t-on écrit, et quand ?")), html.P(count)], className="panel-title"
    )
    heads = ("Version", "Quand", "Par", "Quoi", "D’où", "Lignes", "Effet")
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in heads]))
    rows = html.Tbody([_row(load, load.number in stands) for load in reversed(loads)])
    table = html.Div(
        html.Table([head, rows], className="rows"),
        className="rows-field",
        tabIndex=0,
        role="region",
        **attributes(aria_label="Écritures"),
    )
    main = html.Section([title, table], className="data-main")
    return [main, _side(visit, loads)]


def _row(load: Load, stands: bool) -> Component:
    files = [source for source in load.sources if source.get("sha256")]
    where: list[Component | str] = [told(load)]
    for source in files:
        where.append(
            html.Div(f"SHA-256 {str(source['sha256'])[:12]}…", className="small", title=str(source["sha256"]))
        )
    if any(source.get("fictional") for source in files):
        where.append(html.Span("fictif", className="mini-badge"))
    counts = {kind: sum(group.get(kind, 0) for group in load.counts.values()) for kind in KINDS}
    effect = " ".join(
        f"{_SIGNS[kind]}{words.NBSP}{words.number(count)}" for kind, count in counts.items() if count
    )
    said = ACTIONS.get(load.action, load.action)
    annulled = load.action != "undo" and not stands
    return html.Tr(
        [
            html.Td(words.number(load.number), className="figure"),
            html.Td(moment(load.at)),
            html.Td(load.author or "non déclaré"),
            html.Td([html.Del(said), " annulé"] if annulled else said),
            html.Td(where),
            html.Td(
                words.number(sum(int(s.get("rows") or 0) for s in files)) if files else "", className="figure"
            ),
            html.Td(effect or "aucune ligne"),
        ]
    )


def _side(visit: Visit, loads: Sequence[Load]) -> Component:
    stands = standing(loads)
    last = stands[-1] if stands else None
    if last is None:
        about, button = "Tout est annulé.", None
    else:
        kind = ACTIONS.get(last.action, last.action)
        by = last.author or "un auteur non déclaré"
        what = f"{kind}{words.NBSP}: {told(last)}" if last.action == "load" else told(last)
        about = f"Version {last.number}, {what}, par {by}."
        button = html.Button(
            [frame.icon("undo"), f"Annuler la version {last.number}"],
            id=UNDO_ID,
            type="button",
            className="button primary",
        )
    explain = "Annuler écrit une version de plus, qui remet ce qu’il y avait avant. L’historique garde tout."
    return html.Section(
        [
            html.H2("Annuler la dernière écriture"),
            html.P(about, className="map-told"),
            html.P(explain, className="small map-told"),
            html.Div(
                [
                    sign_fields(visit.desk),
                    html.Div([button] if button else [], className="foot-row"),
                    html.P(id=SAID_ID, className="write-said", role="status"),
                ],
                className="foot",
            ),
        ],
        className="data-side",
    )
