"""The frame that every desk page shares: header, settings, body, source line."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.attributes import attributes

SHARE_ID = "share"
SHARED_ID = "shared"
SCHEME_ID = "scheme-toggle"
SOURCE_ID = "source-line"


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


def header(links: Sequence[tuple[str, str, str]], current: str, *, fictional: bool) -> Component:
    """Return the header: mark, links, badge, theme.

    Parameters
    ----------
    links
        Address, word and icon of each page.
    current
        Address of this page.
    fictional
        True shows the badge.
    """
    items = [_link(path, name, sign, path == current) for path, name, sign in links]
    mark = html.A(
        [icon("mark", large=True), html.Span(words.APP_NAME)], href="/", className="mark", title="Accueil"
    )
    scheme = html.Button(
        icon("sun"),
        id=SCHEME_ID,
        type="button",
        className="icon-button",
        title="Thème clair ou sombre",
        **attributes(aria_label="Thème clair ou sombre"),
    )
    return html.Header(
        [
            mark,
            html.Nav(items, **attributes(aria_label="Pages")),
            html.Div([badge()] if fictional else [], className="header-end"),
            scheme,
        ],
        className="header",
    )


def _link(path: str, name: str, sign: str, current: bool) -> Component:
    said = attributes(aria_current="page") if current else {}
    return html.A([icon(sign), name], href=path, className="nav-link", **said)


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


def share() -> Component:
    """Return the button that copies the address of the present view, and where it says so."""
    button = html.Button([icon("share"), "Partager"], id=SHARE_ID, type="button", className="button")
    said = html.Span(id=SHARED_ID, className="said", role="status")
    return html.Div([said, button], className="share")


def source_line(parts: Sequence[str]) -> Component:
    """Return the source line under a page."""
    return html.Footer([html.Span(part) for part in parts], id=SOURCE_ID, className="source-line")


def desk(
    head: Component, settings: Sequence[Component], body: Sequence[Component], foot: Component
) -> Component:
    """Return a desk page in its grid: header, settings, body, source line."""
    return html.Div(
        [head, _settings(settings), html.Main(list(body), className="body"), foot],
        className="desk",
    )


def _settings(settings: Sequence[Component]) -> Component:
    named = attributes(aria_label="Réglages")
    return html.Section(list(settings), className="settings", **(named if settings else {}))


def message(fact: str, remedy: str, sign: str = "document") -> Component:
    """Return a state of a view: one sentence of fact, one of what can be done."""
    return html.Div([icon(sign, large=True), html.H2(fact), html.P(remedy)], className="state", role="status")
