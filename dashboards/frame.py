"""The frame that every desk page shares: header, settings, body, source line, help, drawer of sources."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.attributes import attributes
from dashboards.mode import NAMES, SENTENCES, current_mode
from dashboards.pages.page import Page, View

SHARE_ID = "share"
SHARED_ID = "shared"
SCHEME_ID = "scheme-toggle"
SOURCE_ID = "source-line"
SEARCH_ID = "search"
STRIP_ID = "store-strip"
HELP_ID = "help"
DRAWER_ID = "source-drawer"
DRAWER_CONTENT_ID = "source-content"
REPORT_ID = "report-dialog"
ADD_TO_REPORT = "Ajouter au rapport"

KEYS = (
    ("1 à 6", "aller à une page"),
    ("/", "chercher un territoire, un acteur, une action"),
    ("T", "passer du dessin au tableau"),
    ("Échap", "fermer ce qui est ouvert"),
    ("?", "montrer cette aide"),
)
"""Keys that every page obeys, outside fields."""


def icon(name: str, *, large: bool = False) -> Component:
    """Return an icon of `assets/icons` in the colour of the text around it."""
    return html.Span(
        className=f"icon icon-{name}{' icon-large' if large else ''}", **attributes(aria_hidden="true")
    )


def badge() -> Component:
    """Return the mark of fictional data."""
    return html.Span(
        [icon("warning"), words.FICTIONAL], className="badge", title=words.FICTIONAL_SENTENCE, id="badge"
    )


def drawer_handle() -> Component:
    """Return the button that folds a side panel where it is a drawer: a tablet held upright.

    First child of an element of class `side-panel`; wider screens do not show it.
    """
    return html.Button(
        html.Span(className="grip"),
        type="button",
        className="drawer-handle",
        title="Replier ou déplier le panneau",
        **attributes(aria_label="Replier ou déplier le panneau", data_fold="side-panel"),
    )


def mode_mark() -> Component:
    """Return the words that say what the page is for."""
    mode = current_mode()
    return html.Span(NAMES[mode], className=f"mode mode-{mode}", title=SENTENCES[mode], id="mode")


def page_frame(pages: Sequence[Page], current: str, view: View) -> Component:
    """Return a whole desk page: header, settings, the view, source line.

    Parameters
    ----------
    pages
        Every page, in the order of the header.
    current
        Address of this page.
    view
        What it shows.
    """
    settings = [*view.settings, *_ends(view)] if view.settings else [*view.bar, *_notices(view)]
    return html.Div(
        [
            header(pages, current, fictional=view.fictional),
            _settings(settings, low=not view.settings),
            html.Main(list(view.body), className=f"body {view.layout}"),
            source_line(view.sources),
        ],
        className="desk",
    )


def header(pages: Sequence[Page], current: str, *, fictional: bool) -> Component:
    """Return the header: mark, pages, search, badge, theme, help; `fictional` shows the badge."""
    mark = html.A(
        [icon("mark", large=True), html.Span(words.APP_NAME)],
        href="/",
        className="mark",
        title="Vue d’ensemble",
        **(attributes(aria_current="page") if current == "/" else {}),
    )
    links = [_link(page, page.path == current) for page in pages if page.linked]
    nav = html.Nav(links, **attributes(aria_label="Pages"))
    # One above the other: beside each other they would push six links out of 1280 pixels.
    marks = html.Div([*([badge()] if fictional else []), mode_mark()], className="marks")
    end = [_search(), marks]
    return html.Header(
        [
            mark,
            nav,
            html.Div(end, className="header-end"),
            _icon_button("sun", "Thème clair ou sombre", SCHEME_ID),
            _icon_button("help", "Aide et raccourcis (?)", "help-open"),
        ],
        className="header",
    )


def _icon_button(sign: str, said: str, identifier: str) -> Component:
    return html.Button(
        icon(sign), id=identifier, type="button", className="icon-button", title=said,
        **attributes(aria_label=said),
    )  # fmt: skip


def _link(page: Page, current: bool) -> Component:
    said = attributes(aria_current="page") if current else {}
    return html.A([icon(page.icon), page.name], href=page.path, className="nav-link", **said)


def _search() -> Component:
    field: Component = dmc.Select(
        id=SEARCH_ID,
        searchable=True,
        data=[],
        placeholder="Territoire, acteur",
        nothingFoundMessage="Trois lettres suffisent.",
        filter={"function": "keepAll"},
        selectFirstOptionOnChange=True,
        maxDropdownHeight=380,
        leftSection=icon("search"),
        rightSection=html.Kbd("/"),
        rightSectionPointerEvents="none",
        comboboxProps={"width": 340, "position": "bottom-end"},
        className="search",
        **attributes(aria_label="Chercher un territoire, un acteur ou une action"),
    )
    return field


def setting(label: str, control: Component, identifier: str) -> Component:
    """Return a control of the settings bar under its own label."""
    return html.Div(
        [html.Span(label, className="setting-label", id=identifier), control],
        className="setting",
        role="group",
        **attributes(aria_labelledby=identifier),
    )


def toggle(name: str, label: str, *, pressed: bool) -> Component:
    """Return a button that shows or hides a sign of the map; `name` is also its icon."""
    return html.Button(
        [icon(f"sign-{name}"), label],
        type="button",
        className="toggle",
        id={"kind": "sign", "name": name},
        **attributes(aria_pressed="true" if pressed else "false"),
    )


def _ends(view: View) -> list[Component]:
    """Return what ends every settings bar: notices, « Partager », « Exporter »."""
    return [*_notices(view), html.Div([*share(), *exports(view.exports)], className="share")]


def _notices(view: View) -> list[Component]:
    return [html.P(" ".join(view.notices), className="notice", role="status")] if view.notices else []


def share() -> list[Component]:
    """Return where « Lien copié » is said, and the button that copies the address of the present view."""
    button = html.Button([icon("share"), "Partager"], id=SHARE_ID, type="button", className="button")
    return [html.Span(id=SHARED_ID, className="said", role="status"), button]


def exports(files: Sequence[tuple[str, str]]) -> list[Component]:
    """Return the « Exporter » menu: the given words and addresses, then « Ajouter au rapport »."""
    # The kit puts what it says of the menu on a box around its target: that box is the button itself.
    box = {"component": "button", "type": "button", "className": "button"}
    opener = dmc.MenuTarget([icon("download"), html.Span("Exporter")], boxWrapperProps=box)
    items = [
        dmc.MenuItem(said, href=address, refresh=True, leftSection=icon("document"))
        for said, address in files
    ]
    add = dmc.MenuItem(ADD_TO_REPORT, leftSection=icon("document"), **attributes(data_report=""))
    return [dmc.Menu([opener, dmc.MenuDropdown([*items, add])], position="bottom-end")]


def add_to_report(address: str = "", title: str = "") -> Component:
    """Return a button « Ajouter au rapport »: it asks who adds, then keeps the view for the annex.

    Parameters
    ----------
    address
        Path and settings of the view or the proof, such as `/evaluation?sel=T05`; empty for the present one.
    title
        What the annex will call it; empty for the title of the page. It can be changed before it is added.
    """
    return html.Button(
        [icon("document"), ADD_TO_REPORT], type="button", className="button",
        **attributes(data_report=address, data_report_title=title),
    )  # fmt: skip


def source_line(parts: Sequence[str]) -> Component:
    """Return the source line under a page."""
    return html.Footer([html.Span(part) for part in parts], id=SOURCE_ID, className="source-line")


def _settings(settings: Sequence[Component], *, low: bool) -> Component:
    named = attributes(aria_label="Réglages")
    layout = "settings settings-low" if low else "settings"
    return html.Section(list(settings), className=layout, **(named if settings else {}))


def message(fact: str, remedy: str, sign: str = "document", *more: Component) -> Component:
    """Return a state of a view: one sentence of fact, one of what can be done, buttons."""
    buttons = [html.Div(list(more), className="buttons")] if more else []
    return html.Div(
        [icon(sign, large=True), html.H2(fact), html.P(remedy), *buttons], className="state", role="status"
    )


def source_button(handle: str, text: str | Sequence[Component]) -> Component:
    """Return a value that opens « D’où vient ce chiffre ? ».

    Parameters
    ----------
    handle
        `Label:key` of a node or a relationship of the store, such as `Action:…/action/I_1.2@2014`.
    text
        What the button shows.
    """
    return html.Button(
        text, type="button", className="source-button", title="D’où vient cette ligne ?",
        **attributes(data_source=handle),
    )  # fmt: skip


def furniture() -> list[Component]:
    """Return what stands beside every page, once: strip of the store, help, drawer of sources."""
    strip = html.Div(id=STRIP_ID, className="strip", role="status", hidden=True)
    return [strip, _help(), _drawer(), _report()]


def _dialog(identifier: str, title: str, children: Sequence[Component], layout: str) -> Component:
    close = html.Button(
        icon("close"), type="button", className="icon-button", title="Fermer",
        **attributes(aria_label="Fermer", data_close=identifier),
    )  # fmt: skip
    head = html.Div([html.H2(title, id=f"{identifier}-title"), close], className="dialog-head")
    return html.Dialog(
        [head, *children], id=identifier, className=layout,
        **attributes(aria_labelledby=f"{identifier}-title"),
    )  # fmt: skip


def _help() -> Component:
    rows = [html.Tr([html.Th(html.Kbd(key), scope="row"), html.Td(said)]) for key, said in KEYS]
    letters = html.Button(
        "Raccourcis d’une touche", type="button", className="toggle", id="shortcuts",
        **attributes(aria_pressed="true"),
    )  # fmt: skip
    about = html.P(
        words.typeset(
            "Chaque valeur soulignée s’ouvre : fichier, feuille, ligne ou citation. Partager copie l’adresse "
            "de la vue présente. Aucune page n’a besoin du réseau."
        )
    )
    return _dialog(HELP_ID, "Aide et raccourcis", [html.Table(html.Tbody(rows)), letters, about], "dialog")


def _drawer() -> Component:
    content = html.Div(id=DRAWER_CONTENT_ID, className="drawer-content", **attributes(aria_live="polite"))
    return _dialog(DRAWER_ID, words.typeset("D’où vient ce chiffre ?"), [content], "drawer")


def _report() -> Component:
    """Return the dialog that adds a view to the report; `assets/maillage-report.js` sends what it holds."""
    long = {"className": "field", "autosize": True, "minRows": 2}
    fields = [
        dmc.TextInput(id="report-title", label="Titre dans le rapport", className="field"),
        dmc.Textarea(id="report-comment", label="Commentaire (facultatif)", **long),
        dmc.TextInput(
            id="report-author", label="Ajouté par", placeholder="Votre nom ou votre service",
            className="field", persistence=True, persistence_type="local",
        ),
        dmc.PasswordInput(
            id="report-code", label="Code d’écriture, s’il n’est pas déjà donné",
            className="field", visibilityToggleButtonProps={"aria-label": "Montrer le code"},
        ),
    ]  # fmt: skip
    add = html.Button("Ajouter", id="report-add", type="button", className="button primary")
    see = html.A("Voir les ajouts", href="/donnees?vue=rapport", className="button inside", id="report-list")
    said = html.P(id="report-said", className="write-said", role="status")
    ends = html.Div([add, see], className="foot-row")
    return _dialog(REPORT_ID, ADD_TO_REPORT, [*fields, said, ends], "dialog report-dialog")


def finders(pages: Sequence[Page]) -> dict[str, list[str]]:
    """Return, by kind of search result, the addresses of the pages that open it, the header’s first."""
    kinds = sorted({kind for page in pages for kind in page.finds})
    ordered = sorted(pages, key=lambda page: not page.linked)
    return {kind: [page.path for page in ordered if kind in page.finds] for kind in kinds}
