"""« À décider »: files that disagree, organisations written in two ways, values corrected by hand."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.cli.layout import moment, place_of
from dashboards.pages.page import Visit
from dashboards.pages.signing import sign_fields
from dashboards.provenance_view import sees_values
from graphmodel.decisions import Conflict, JournalEntry, conflicts, journal
from graphmodel.decisions.journal import STATES
from graphmodel.wording import french_property, french_value
from loaders.matching import Candidate, to_decide
from loaders.matching.similarity import Named

SAID_ID = "decide-said"
LISTS_ID = "decide-lists"
UNLOCK_ID = "unlock"
UNLOCK_SAID_ID = "unlock-said"
MOST_SHOWN = 40


def body(visit: Visit) -> Sequence[Component]:
    """Return what waits for a decision, the form of a correction, and the journal of what was decided."""
    access = visit.desk.access
    if access is None:
        return [frame.message("Cette page lit une copie", "Ouvrez le tableau de bord sur la base elle-même.")]
    if not sees_values(access):
        return [_locked(visit)]
    with access.open() as store:
        disputed = conflicts(store, access.contract)
        alike = to_decide(store, access.contract)
        told = journal(store)
    lists = {
        "conflicts": [[c.element.table, c.element.key, c.property] for c in disputed[:MOST_SHOWN]],
        "matches": [[c.first.key, c.first.id, c.second.key, c.second.id] for c in alike[:MOST_SHOWN]],
        "journal": [[e.table, e.key, e.property] for e in _withdrawable(told)],
    }
    main = html.Section(
        [
            html.Div(
                [
                    html.H2(words.typeset("Qu’est-ce qui attend une décision ?")),
                    html.P(_counts(disputed, alike)),
                ],
                className="panel-title",
            ),
            html.Div(
                [_conflicts(disputed), _matches(alike), _correction(visit), _journal(told)],
                className="decisions",
            ),
        ],
        className="data-main",
    )
    side = html.Section(
        [
            html.H2(words.typeset("Qui décide ?")),
            html.P(
                "Une décision est signée et motivée. Elle s’ajoute aux fichiers sans les toucher, survit à "
                "un rechargement, et s’annule dans l’historique.",
                className="map-told",
            ),
            html.Div(
                [sign_fields(visit.desk), html.P(id=SAID_ID, className="write-said", role="status")],
                className="foot",
            ),
            dcc.Store(id=LISTS_ID, data=lists),
        ],
        className="data-side",
    )
    return [main, side]


def _locked(visit: Visit) -> Component:
    """Return what a reader of a publication sees: values that disagree are not told before secrecy."""
    button = html.Button("Ouvrir", id=UNLOCK_ID, type="button", className="button primary")
    said = (
        "Cette partie montre des valeurs avant le secret statistique : elle s’ouvre avec le code d’écriture."
    )
    form = html.Div(
        [
            sign_fields(visit.desk),
            html.Div([button], className="foot-row"),
            html.P(id=UNLOCK_SAID_ID, role="status"),
        ],
        className="foot unlock",
    )
    return html.Div([frame.message("Réservé à qui peut écrire", said, "lock"), form], className="data-main")


def _counts(disputed: Sequence[Conflict], alike: Sequence[Candidate]) -> str:
    return ", ".join((words.counted(len(disputed), "désaccord"), words.counted(len(alike), "ressemblance")))


def _part(heading: str, children: Sequence[Component], nothing: str, total: int) -> Component:
    rest = total - len(children)
    more = (
        [html.P(f"Et {words.counted(rest, 'autre')}, une fois celles-ci décidées.", className="small")]
        if rest > 0
        else []
    )
    inside = list(children) or [html.P(nothing, className="small")]
    return html.Section([html.H2(heading), *inside, *more], className="decision-part")


def _why(kind: str, rank: int) -> Component:
    field: Component = dmc.TextInput(
        id={"kind": f"{kind}-why", "rank": rank}, label="Pourquoi", className="field why"
    )
    return field


def _button(kind: str, rank: int, word: str) -> Component:
    return html.Button(word, id={"kind": kind, "rank": rank}, type="button", className="button")


def _conflicts(disputed: Sequence[Conflict]) -> Component:
    cards = [_conflict(rank, one) for rank, one in enumerate(disputed[:MOST_SHOWN])]
    return _part("Deux fichiers se contredisent", cards, "Aucun désaccord entre les fichiers.", len(disputed))


def _conflict(rank: int, one: Conflict) -> Component:
    table, name = one.element.table, one.property
    choices = []
    for at, said in enumerate(one.statements):
        place = place_of(said.place)
        where = f"{said.document.name}{f', {place}' if place else ''}"
        choices.append(
            dmc.Radio(label=f"{french_value(table, name, said.values[name])} — {where}", value=str(at))
        )
    group = dmc.RadioGroup(
        dmc.Stack(choices, gap=6),
        id={"kind": "conflict-choice", "rank": rank},
        label=french_property(table, name),
        className="field",
    )
    head = html.H3(frame.source_button(f"{table}:{one.element.key}", one.element.name))
    row = html.Div(
        [_why("conflict", rank), _button("conflict-keep", rank, "Retenir")], className="decide-row"
    )
    return html.Article([head, group, row], className="decision")


def _matches(alike: Sequence[Candidate]) -> Component:
    cards = [_match(rank, one) for rank, one in enumerate(alike[:MOST_SHOWN])]
    nothing = "Aucune organisation ne semble écrite de deux façons."
    return _part("Une organisation écrite de deux façons", cards, nothing, len(alike))


def _match(rank: int, one: Candidate) -> Component:
    pair = html.Ul([html.Li(_named(one.first)), html.Li(_named(one.second))])
    head = html.H3(f"{words.percent(one.score, 0)}{words.NBSP}: {one.reason}")
    buttons = [_button("match-same", rank, "C’est la même"), _button("match-different", rank, "Ce sont deux")]
    return html.Article(
        [head, pair, html.Div([_why("match", rank), *buttons], className="decide-row")], className="decision"
    )


def _named(one: Named) -> list[Component | str]:
    numbers = [f"SIREN {one.siren}"] if one.siren else []
    about = ", ".join((*numbers, words.counted(one.sources, "source")))
    return [frame.source_button(f"Organisation:{one.key}", one.names[0]), f" ({about})"]


def _correction(visit: Visit) -> Component:
    fields = [
        dmc.TextInput(
            id="correct-key",
            label="Élément",
            placeholder="Action:II_1.1, Organisation:CRESS…",
            value=visit.settings.get("cle", ""),
            className="field",
        ),
        dmc.Select(
            id="correct-property",
            label="Valeur à corriger",
            data=[],
            searchable=True,
            className="field",
            nothingFoundMessage="Dites d’abord quel élément.",
        ),
        dmc.TextInput(id="correct-value", label="Nouvelle valeur (vide : inconnue)", className="field"),
        dmc.TextInput(id="correct-why", label="Pourquoi", className="field"),
        html.Button("Corriger", id="correct-write", type="button", className="button"),
    ]
    said = html.P(id="correct-now", className="small", role="status")
    return html.Section(
        [html.H2("Corriger une valeur"), html.Div(fields, className="correct-form"), said],
        className="decision-part",
    )


def _withdrawable(told: Sequence[JournalEntry]) -> list[JournalEntry]:
    return [entry for entry in told if entry.kind != "match" and entry.state in ("in_force", "to_review")]


def _journal(told: Sequence[JournalEntry]) -> Component:
    open_ones = _withdrawable(told)
    items = []
    for entry in reversed(told):
        rank = open_ones.index(entry) if entry in open_ones else None
        items.append(_entry(entry, rank))
    return _part("Journal des corrections", items, "Aucune correction ni décision.", len(items))


def _entry(entry: JournalEntry, rank: int | None) -> Component:
    state = STATES[entry.state]
    signed = f"{entry.author}, le {moment(entry.on)}{words.NBSP}: {entry.why}"
    if entry.kind == "match":
        verb = "est" if entry.value == "same" else "n’est pas"
        what: list[Component | str] = [f"{words.listed(map(str, entry.over.values()))} {verb} {entry.name}"]
    else:
        label = french_property(entry.table, entry.property)
        value = french_value(entry.table, entry.property, entry.value)
        what = [
            frame.source_button(f"{entry.table}:{entry.key}", entry.name),
            f", {label}{words.NBSP}: ",
            html.Strong(value),
        ]
    take_back = (
        [html.Div([_why("withdraw", rank), _button("withdraw", rank, "Retirer")], className="decide-row")]
        if rank is not None
        else []
    )
    return html.Article(
        [html.P([*what, f" ({words.typeset(state)})"]), html.P(signed, className="small"), *take_back],
        className="decision",
    )
