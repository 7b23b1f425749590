"""The rows that a file changes: tiles that filter them, and the table, before and after in the same cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.attributes import attributes
from dashboards.load_preview import Change, Preview
from dashboards.pages.page import Settings
from graphmodel import Fault
from graphmodel.schema import SCHEMA

PAGE_ROWS = 100
FILTERS = {
    "tout": "Tout",
    "ajoutees": "Ajoutées",
    "modifiees": "Modifiées",
    "supprimees": "Supprimées",
    "refusees": "Refusées",
}
SIGNS = {"added": "+", "changed": "≠", "removed": "−", "unchanged": "=", "refused": "!"}
_SIGN_OF = {"ajoutees": "added", "modifiees": "changed", "supprimees": "removed"}
_WORDS = {
    "added": ("ajoutée", "ajoutées"),
    "changed": ("modifiée", "modifiées"),
    "removed": ("supprimée", "supprimées"),
    "unchanged": ("inchangée", "inchangées"),
    "refused": ("faute", "fautes"),
}
_FILTER_OF = {"added": "ajoutees", "changed": "modifiees", "removed": "supprimees", "refused": "refusees"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of a filter: which filter, and its components."""

    filter: str
    parts: Sequence[Component]


def tiles(token: str, shown: Preview, chosen: str) -> Component:
    """Return the five counts, each a filter."""
    counts: dict[str, int | None] = dict.fromkeys(SIGNS)
    if shown.counts is not None:
        counts |= shown.counts
    counts["refused"] = len(shown.errors)
    return html.Div([_tile(token, kind, count, chosen) for kind, count in counts.items()], className="tiles")


def _tile(token: str, kind: str, count: int | None, chosen: str) -> Component:
    word = _WORDS[kind][0 if count == 1 else 1]  # the name of a category, plural but for one
    inside = [
        html.Span(SIGNS[kind], className=f"sign sign-{kind}", **attributes(aria_hidden="true")),
        html.Strong("–" if count is None else words.number(count)),
        html.Span(word, className="tile-word"),
    ]
    name = _FILTER_OF.get(kind)
    if name is None or not count:
        return html.Div(inside, className=f"tile tile-{kind}", title=_unknown_count(count))
    now = attributes(aria_current="true") if name == chosen else {}
    return html.A(inside, href=address(token, name), className=f"tile tile-{kind} inside", **now)


def _unknown_count(count: int | None) -> str:
    return "Non compté tant que le fichier a des fautes." if count is None else ""


def address(token: str, name: str, page: int = 1, table: str = "") -> str:
    """Return the address of a filter of a preview."""
    said = {"lot": token, "filtre": name, "nature": table, "page": str(page) if page > 1 else ""}
    return f"/donnees?{urlencode({key: value for key, value in said.items() if value})}"


def filtered(settings: Settings, token: str, shown: Preview) -> Rows:
    """Return the rows that the address asks for, a page of them."""
    asked = settings.get("filtre", "tout")
    name = asked if asked in FILTERS else "tout"
    table = settings.get("nature", "")
    page = int(settings["page"]) if settings.get("page", "").isdecimal() else 1
    faults = shown.errors if name in ("tout", "refusees") else ()
    changes = [] if name == "refusees" else [c for c in shown.changes if _kept(c, name, table)]
    every: list[Fault | Change] = [*faults, *changes]
    pages = max(1, -(-len(every) // PAGE_ROWS))
    page = min(max(1, page), pages)
    part = every[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    total = len(shown.errors) + len(shown.changes)
    count = f"{words.counted(len(part), 'ligne montrée', 'lignes montrées')} sur {words.number(total)} à voir"
    turning = _turning(token, name, table, page, pages)
    bar = html.Div(
        [
            _filters(token, name, table),
            html.Div([_kinds(token, name, table, shown), html.Span(count), turning]),
        ],
        className="rows-bar",
    )
    return Rows(name, [bar, _table(part, shown)])


def nature(table: str) -> str:
    """Return the French word of a table: « Organisation », « A son siège à »."""
    french = SCHEMA.tables[table].french
    return french if SCHEMA.is_node(table) else french.capitalize()


def _kept(change: Change, name: str, table: str) -> bool:
    return change.sign == _SIGN_OF.get(name, change.sign) and table in ("", change.table)


def _filters(token: str, chosen: str, table: str) -> Component:
    links = [
        html.A(
            word,
            href=address(token, name, table=table),
            className="inside",
            **(attributes(aria_current="true") if name == chosen else {}),
        )
        for name, word in FILTERS.items()
    ]
    return html.Nav(links, className="segments", **attributes(aria_label="Filtrer les lignes"))


def _kinds(token: str, name: str, chosen: str, shown: Preview) -> Component:
    """Return the kinds of rows as a small list that opens, each with its number of rows."""
    counts: dict[str, int] = {}
    for change in shown.changes:
        counts[change.table] = counts.get(change.table, 0) + 1
    if len(counts) < 2:
        return html.Span()
    links = [html.A("Toutes les natures", href=address(token, name), className="inside")]
    links += [
        html.A(
            f"{nature(table)} ({words.number(count)})",
            href=address(token, name, table=table),
            className="inside",
        )
        for table, count in sorted(counts.items(), key=lambda pair: SCHEMA.tables[pair[0]].french)
    ]
    word = nature(chosen) if chosen in counts else "Toutes les natures"
    return html.Details([html.Summary(word), html.Div(links)], className="kinds")


def _turning(token: str, name: str, table: str, page: int, pages: int) -> Component:
    if pages < 2:
        return html.Span()
    links: list[Component] = []
    if page > 1:
        links.append(html.A("‹ avant", href=address(token, name, page - 1, table), className="inside"))
    links.append(html.Span(f"page {page} sur {pages}"))
    if page < pages:
        links.append(html.A("suite ›", href=address(token, name, page + 1, table), className="inside"))
    return html.Span(links, className="turning")


def _table(rows: Sequence[Fault | Change], shown: Preview) -> Component:
    if not rows:
        word = (
            "Aucune ligne de cette sorte." if shown.changes or shown.errors else "Ce fichier ne change rien."
        )
        return html.Div(html.P(word), className="rows-empty")
    head = html.Thead(
        html.Tr([html.Th(word, scope="col") for word in ("Type", "Ligne", "Nature", "Nom", "Ce qui change")])
    )
    body = html.Tbody([_fault_row(row) if isinstance(row, Fault) else _change_row(row) for row in rows])
    named = attributes(aria_label="Lignes qui changent")
    return html.Div(
        html.Table([head, body], className="rows"), className="rows-field", tabIndex=0, role="region", **named
    )


def _sign(kind: str) -> Component:
    return html.Span(
        [
            html.Span(SIGNS[kind], **attributes(aria_hidden="true")),
            html.Span(_WORDS[kind][0], className="sr-only"),
        ],
        className=f"sign sign-{kind}",
    )


def _fault_row(fault: Fault) -> Component:
    value = html.Span(fault.value if fault.value is not None else "vide", className="boxed")
    column = f"{fault.column}{words.NBSP}: " if fault.column else ""
    cells = [
        html.Td(_sign("refused")),
        html.Td(words.number(fault.row) if fault.row else "", className="figure"),
        html.Td(fault.sheet or ""),
        html.Td(words.typeset(fault.message)),
        html.Td([column, value] if fault.value is not None or fault.column else ""),
    ]
    return html.Tr(cells, id=f"faute-{fault.row or 0}")


def _change_row(change: Change) -> Component:
    name: Component | str = html.Del(change.name) if change.sign == "removed" else change.name
    told: list[Component | str] = []
    for label, before, after in change.cells:
        told += [" · "] if told else []
        told += [html.Span(f"{label}{words.NBSP}: ", className="label"), *_values(change.sign, before, after)]
    cells = [
        html.Td(_sign(change.sign)),
        html.Td(words.number(change.row) if change.row else "", className="figure", title=change.sheet or ""),
        html.Td(nature(change.table)),
        html.Td(name, title=change.name),
        html.Td(told, className="told"),
    ]
    return html.Tr(cells)


def _values(sign: str, before: str | None, after: str | None) -> list[Component | str]:
    if sign == "added":
        return [after or words.UNKNOWN]
    if sign == "removed":
        return [html.Del(before or words.UNKNOWN)]
    return [html.Del(before or words.UNKNOWN), " → ", html.Strong(after or words.UNKNOWN)]
