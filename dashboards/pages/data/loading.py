"""« Charger »: choose a file, see what it would change and its faults, then write it."""

from collections import Counter
from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, load_preview, uploads, words
from dashboards.attributes import attributes
from dashboards.load_preview import Preview
from dashboards.pages.data import loading_rows, mapping_view
from dashboards.pages.data.fault_list import fault_list
from dashboards.pages.page import Desk, Visit
from dashboards.pages.signing import sign_fields
from loaders import registry

TITLE = words.typeset("Que va changer ce fichier ?")
STEPS = ("Fichier", "Colonnes et correspondances", "Aperçu", "Écriture")
LOT_ID = "lot"
WRITE_ID = "write"
SAID_ID = "write-said"
AGAIN_ID = "again"
AGAIN_SAID_ID = "again-said"
KIND_ID, VINTAGE_ID, REPLACE_ID, STRICT_ID, SURE_ID = "kind", "vintage", "replace", "strict", "sure"
UNDO_ID = "undo-written"

TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
"""Files whose copy can be annotated."""
KIND_WORDS = {
    "convention": "convention (dossier)",
    "workbook": "classeur ou tableau",
    "json": "fichier d’échange JSON",
    "scdl": "subventions SCDL",
    "admin-express": "ADMIN EXPRESS",
    "qpv": "quartiers prioritaires (QPV)",
    "zrr": "zones de revitalisation (ZRR)",
    "cog": "code officiel géographique",
    "epci": "composition des EPCI",
    "banatic": "BANATIC",
    "perimeter": "périmètre",
    "observation": "observations",
    "text": "texte d’une convention",
}
"""French words of the kinds of files that a person can send."""


def lot_of(visit: Visit) -> tuple[str, Preview | None]:
    """Return the token of the address and the preview it names; None when it is not there any more."""
    token = visit.settings.get("lot", "")
    if not token or visit.desk.access is None:
        return token, None
    folder = uploads.find(visit.desk.access.folder, token)
    return token, load_preview.kept(folder) if folder else None


def body(visit: Visit) -> Sequence[Component]:
    """Return the first step, or the preview of the file that the address names."""
    if visit.desk.access is None:
        return [
            _title(),
            frame.message("Cette page lit une copie", "Ouvrez le tableau de bord sur une base."),
        ]
    token, shown = lot_of(visit)
    if shown is None:
        return [_first_step(gone=bool(token))]
    if mapping_view.wanted(visit, shown):
        return mapping_view.body(visit, token, shown)
    return [_preview(visit, token, shown), _side(visit.desk, token, shown)]


def _title(*more: Component) -> Component:
    return html.Div([html.H1(TITLE), *more], className="panel-title")


def stepper(visit: Visit) -> Component:
    """Return the four steps, the present one named as such."""
    _, shown = lot_of(visit)
    if shown is None:
        at = 0
    elif mapping_view.wanted(visit, shown):
        at = 1
    else:
        at = 3 if shown.written else 2
    items = []
    for rank, word in enumerate(STEPS):
        done = rank < at or bool(shown and shown.written)
        mark = frame.icon("check") if done else html.Span(str(rank + 1))
        state = attributes(aria_current="step") if rank == at else {}
        state_class = "done" if done else "now" if rank == at else "later"
        items.append(
            html.Li([html.Span(mark, className="bead"), word], className=f"step {state_class}", **state)
        )
    return html.Ol(items, className="stepper", **attributes(aria_label="Étapes du chargement"))


def _first_step(*, gone: bool) -> Component:
    lost = [
        html.P(
            "Ce fichier n’est plus là : un fichier envoyé est gardé deux heures. Choisissez-le à nouveau.",
            className="notice",
            role="status",
        )
    ]
    most = uploads.LARGEST_FILE // 1024 // 1024
    choose = html.Button(
        [frame.icon("upload"), "Choisir un fichier"],
        id="choose-file",
        type="button",
        className="button primary",
        **attributes(data_accept=",".join(registry.SUFFIXES), data_most=str(most)),
    )
    drop = html.Div(
        [
            frame.icon("upload", large=True),
            html.H2("Déposez ici un bilan, ou choisissez-le"),
            html.P("Rien n’est écrit avant que vous ayez vu ce qui changerait."),
            choose,
            html.P(f"Jusqu’à {most} Mo : {', '.join(registry.SUFFIXES)}.", className="small"),
            html.P(id="upload-said", className="small", role="status"),
        ],
        id="drop",
        className="drop",
    )
    model = html.P(
        [
            "Pas encore de fichier ? ",
            html.A("Télécharger le classeur à remplir", href="/donnees/modele.xlsx", download=""),
            ".",
        ],
        className="small",
    )
    return html.Div([_title(), *(lost if gone else []), drop, model], className="first-step")


def _preview(visit: Visit, token: str, shown: Preview) -> Component:
    rows = loading_rows.filtered(visit.settings, token, shown)
    if shown.written:
        heading, state = f"Version {shown.written} écrite", _written(shown)
    else:
        heading, state = "Ce que ce fichier va changer", "rien n’est encore écrit dans la base"
    about = f"{shown.file} · {KIND_WORDS.get(shown.kind or '', 'nature inconnue')} · version {shown.version}"
    title = html.Div(
        [html.H1(heading), html.P(state), html.P(about, className="file-name", title=shown.file)],
        className="panel-title",
    )
    return html.Section(
        [html.Div([title, loading_rows.tiles(token, shown, rows.filter)], className="data-top"), *rows.parts],
        className="data-main",
    )


def _written(shown: Preview) -> str:
    if not shown.changing:
        return "la base disait déjà tout cela"
    return words.counted(shown.changing, "changement") + "."


def _side(desk: Desk, token: str, shown: Preview) -> Component:
    said = [html.P(words.typeset(sentence), className="fault warning") for sentence in shown.said]
    children = [
        html.H2(_faults_heading(shown)),
        html.Div(
            [*said, *fault_list(token, shown)],
            className="faults",
            tabIndex=0,
            role="region",
            **attributes(aria_label="Fautes et avertissements"),
        ),
        _options(shown) if not shown.written else html.Div(),
        _foot(desk, token, shown),
        dcc.Store(id=LOT_ID, data=token),
    ]
    return html.Section(children, className="data-side")


def _faults_heading(shown: Preview) -> str:
    tally = Counter(fault.severity for fault in shown.faults)
    errors, warnings, notes = tally["error"], tally["warning"], tally["note"]
    if not shown.faults:
        return "Aucune faute"
    parts = [f"{words.counted(errors, 'faute')} à corriger"] if errors else []
    parts += [words.counted(warnings, "avertissement")] if warnings else []
    parts += [words.counted(notes, "remarque")] if notes else []
    return ", ".join(parts)


def _options(shown: Preview) -> Component:
    options = shown.options
    kinds = [{"value": kind, "label": KIND_WORDS[kind]} for kind in registry.KINDS if kind in KIND_WORDS]
    summary = html.Summary("Lire autrement")
    fields = [
        dmc.Select(
            id=KIND_ID,
            label="Nature du fichier",
            data=kinds,
            value=options.kind,
            clearable=True,
            placeholder="reconnue au contenu",
            className="field",
        ),
        dmc.TextInput(
            id=VINTAGE_ID,
            label="Année des données",
            value=str(options.vintage or ""),
            placeholder="non déclarée",
            className="field",
        ),
        dmc.Checkbox(id=REPLACE_ID, label="Retirer ce que le fichier ne dit plus", checked=options.replace),
        dmc.Checkbox(id=STRICT_ID, label="Les avertissements bloquent aussi", checked=options.strict),
        html.Button("Refaire l’aperçu", id=AGAIN_ID, type="button", className="button"),
        html.P(id=AGAIN_SAID_ID, className="small", role="status"),
    ]
    undeclared = any(fault.code == "undeclared_vintage" for fault in shown.faults)
    return html.Details([summary, html.Div(fields, className="options")], className="again", open=undeclared)


def _foot(desk: Desk, token: str, shown: Preview) -> Component:
    said = html.P(id=SAID_ID, className="write-said", role="status")
    if shown.written:
        undo = html.Button(
            [frame.icon("undo"), "Annuler ce chargement"], id=UNDO_ID, type="button", className="button"
        )
        again = html.A("Autre fichier", href="/donnees", className="button inside")
        return html.Div(
            [sign_fields(desk), html.Div([again, undo], className="foot-row"), said], className="foot"
        )
    errors = len(shown.errors)
    table = _report_link(token, shown)
    if errors:
        word = f"Corriger {words.counted(errors, 'faute')} avant d’écrire"
        button = html.Button(word, type="button", className="button primary", disabled=True)
        return html.Div([html.Div([button, table], className="foot-row"), said], className="foot")
    if not shown.changing:
        same = html.Button(
            "Rien à écrire : la base dit déjà tout cela", type="button", className="button", disabled=True
        )
        return html.Div([html.Div([same], className="foot-row"), said], className="foot")
    removed = shown.counts["removed"] if shown.counts else 0
    gone = words.counted(removed, "ligne disparaîtrait", "lignes disparaîtraient")
    sure = dmc.Checkbox(
        id=SURE_ID,
        label=f"{gone}. Ce fichier est bien complet.",
        style=None if shown.many_removed else {"display": "none"},
        checked=False,
    )
    write = html.Button(
        f"Écrire {words.counted(shown.changing, 'changement')}",
        id=WRITE_ID,
        type="button",
        className="button primary",
        disabled=desk.access is None or desk.access.state == "closed",
    )
    extra = [table] if shown.faults else []
    return html.Div(
        [sign_fields(desk), sure, html.Div([write, *extra], className="foot-row"), said], className="foot"
    )


def _report_link(token: str, shown: Preview) -> Component:
    """Return the link to the annotated copy, or to the table of the faults of what is no table."""
    annotated = shown.file.lower().endswith(TABLES)
    word, address = ("Classeur annoté", "annote") if annotated else ("Fautes", "fautes.csv")
    return html.A(
        [frame.icon("download"), word],
        href=f"/donnees/{address}?lot={token}",
        download="",
        className="button",
    )
