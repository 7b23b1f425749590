"""« Séance »: the agenda of a meeting, prepared beforehand and opened in full screen."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.meeting.agenda import KINDS, Kind, Slot
from dashboards.pages.meeting_context import AgendaContext, context_of
from dashboards.pages.meeting_routes import FILE_PATH, RECORD_PATH, SCREEN_PATH
from dashboards.pages.page import Desk, View, Visit
from dashboards.pages.signing import sign_fields

PATH = "/seance"
NAME = "Séance"
ICON = "meeting"
KEEP_ID = "agenda-keep"
KEPT_ID = "agenda-kept"
MOST_GROUPS = 6


def build(visit: Visit) -> View:
    """Return the agenda of the meeting that the address names."""
    context = context_of(visit.graph, visit.settings)
    return View(
        body=[_agenda(context), _side(context, visit.desk)],
        sources=context.sources,
        layout="body-agenda",
        settings=[*_choice(context)],
        fictional=context.fictional,
        notices=context.notices,
        exports=[
            ("Séance hors réseau (HTML)", f"{FILE_PATH}?{context.address}"),
            ("Relevé de la séance", f"{RECORD_PATH}?date={context.meeting.on.isoformat()}"),
        ],
    )


def _choice(context: AgendaContext) -> list[Component]:
    """Return the choice of the meeting: those held, or another day."""
    days = [(one.on.isoformat(), words.day(one.on)) for one in context.held]
    if not context.meeting.known:
        days.insert(0, (context.meeting.on.isoformat(), f"{words.day(context.meeting.on)} (à venir)"))
    chosen = context.meeting.on.isoformat()
    options = [html.Option(said, value=value, selected=value == chosen) for value, said in days]
    control = html.Select(options, id="meeting-day", className="choice", **attributes(aria_label="Séance"))
    return [frame.setting("Séance", control, "label-meeting-day"), _other_day()]


def _other_day() -> Component:
    field = dcc.Input(id="meeting-other", placeholder="jj/mm/aaaa", className="choice agenda-day", size="10")
    return frame.setting("Autre date", field, "label-meeting-other")


def _agenda(context: AgendaContext) -> Component:
    minutes = words.counted(context.agenda.minutes, "minute")
    title = html.H1(words.typeset(f"Que montrer le {words.day(context.meeting.on)} ?"))
    told = html.P(
        f"{words.counted(len(context.agenda.slots), 'écran')} · {minutes}", className="agenda-total"
    )
    rows = [_row(context, rank, slot) for rank, slot in enumerate(context.agenda.slots)]
    added = [_addition(kind) for kind in context.left_out]
    rest = [html.H2("Écrans laissés de côté"), html.Ul(added, className="agenda-rest")] if added else []
    return html.Section(
        [
            html.Div([title, told], className="agenda-head"),
            html.Ol(
                rows, className="agenda-list", id="agenda-list", **attributes(data_agenda=context.agenda.text)
            ),
            *rest,
        ],
        className="agenda-panel",
    )


def _row(context: AgendaContext, rank: int, slot: Slot) -> Component:
    kind = KINDS[slot.kind]
    place = f"écran {rank + 1} sur {len(context.agenda.slots)}"
    said = f"{slot.title}, {place}. Alt et flèches pour le déplacer."
    handle = html.Button(
        "⠿", type="button", className="agenda-handle", id=f"agenda-{slot.kind}",
        title="Glisser, ou Alt + ↑ ↓", **attributes(aria_label=words.typeset(said)),
    )  # fmt: skip
    what = [html.Strong(slot.title), html.Span(words.typeset(kind.about))]
    about = html.Div(what, className="agenda-what")
    minutes = html.Label(
        [
            html.Span(f"{slot.title} : minutes", className="sr-only"),
            dcc.Input(
                value=str(slot.minutes), className="choice agenda-minutes", id=f"minutes-{slot.kind}",
                inputMode="numeric", size="2",
            ),
            html.Span("min"),
        ],
        className="agenda-time",
    )  # fmt: skip
    away = html.Button(
        frame.icon("close"), type="button", className="icon-button", title="Laisser de côté",
        **attributes(aria_label=f"Laisser de côté : {slot.title}", data_away=slot.kind),
    )  # fmt: skip
    return html.Li(
        [
            handle,
            html.Span(str(rank + 1), className="agenda-rank"),
            about,
            _option(context, kind, slot),
            minutes,
            away,
        ],
        draggable="true",
        className="agenda-row",
        **attributes(data_kind=slot.kind, data_option=slot.option),
    )


def _option(context: AgendaContext, kind: Kind, slot: Slot) -> Component:
    """Return what the screen begins with: a year, a territory, or nothing to choose."""
    if kind.option == "année":
        values = [("", "dernière année"), *((str(year), str(year)) for year in context.years)]
    elif kind.option == "territoire":
        values = [("", "celui que la salle dira"), *context.territories]
    else:
        return html.Span()
    options = [html.Option(said, value=value, selected=value == slot.option) for value, said in values]
    return html.Select(
        options, className="choice agenda-option", id=f"option-{kind.id}",
        **attributes(aria_label=f"{kind.title} : {kind.option}"),
    )  # fmt: skip


def _addition(kind: Kind) -> Component:
    button = html.Button(
        f"Ajouter : {words.typeset(kind.title)}", type="button", className="button", id=f"add-{kind.id}",
        **attributes(data_add=kind.id),
    )  # fmt: skip
    return html.Li(button)


def _side(context: AgendaContext, desk: Desk) -> Component:
    """Return what is done with the agenda: open it, keep it, take it away, read what was said."""
    opened = html.A(
        "Ouvrir en plein écran",
        href=f"{SCREEN_PATH}?{context.address}",
        className="button primary",
        id="agenda-open",
    )
    file = html.A("Fichier pour une clé USB", href=f"{FILE_PATH}?{context.address}", className="button")
    state = (
        "Ce déroulé est celui de la base."
        if context.kept
        else "Ce déroulé n’est que dans l’adresse de la page."
    )
    keep = html.Button("Garder ce déroulé", type="button", className="button", id=KEEP_ID)
    record = html.A(
        "Relevé à imprimer", href=f"{RECORD_PATH}?date={context.meeting.on.isoformat()}", className="button",
        target="_blank",
    )  # fmt: skip
    groups = [
        html.Li([html.Span(group.territory), html.Span(group.count)]) for group in context.said[:MOST_GROUPS]
    ]
    rest = len(context.said) - MOST_GROUPS
    if rest > 0:
        groups.append(html.Li(f"et {words.counted(rest, 'autre territoire', 'autres territoires')}"))
    keys = (
        "→ ← espace : écrans · chiffres : aller à un écran · B : noir · N : notes · lettres : un territoire"
    )
    return html.Aside(
        [
            html.H2("Présenter"),
            html.Div([opened, file], className="agenda-buttons"),
            html.P(words.typeset(keys), className="small"),
            html.H2("Garder"),
            html.P(state, className="small"),
            sign_fields(desk),
            html.Div(
                [keep, html.Span(id=KEPT_ID, role="status", className="said")], className="agenda-buttons"
            ),
            html.H2("Ce qui a été dit"),
            html.P(context.noted, className="small"),
            html.Ul(groups, className="agenda-said"),
            html.Div([record], className="agenda-buttons"),
        ],
        className="agenda-side",
        **attributes(aria_label="Présenter, garder, relire"),
    )
