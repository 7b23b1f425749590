"""« D’où vient ce chiffre ? »: the documents, sheets, rows and quotes that a row of the store rests on."""

from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.access import StoreAccess
from dashboards.mode import current_mode
from dashboards.pages.page import Desk
from graphmodel import MaillageError
from graphmodel.batch import Place
from graphmodel.provenance import Provenance, Statement, provenance
from graphmodel.schema import SCHEMA
from graphmodel.wording import french_property, french_value

SILENT = "Publication : les valeurs de cette ligne se lisent avec le code d’écriture."
NO_STORE = "Cette page lit une copie : ouvrez le tableau de bord sur la base elle-même pour voir les sources."


def drawer_content(desk: Desk, handle: str) -> list[Component]:
    """Return what the drawer shows for `Label:key`; a sentence when there is nothing to show."""
    table, _, key = handle.partition(":")
    if desk.access is None or table not in SCHEMA.tables:
        return [html.P(NO_STORE)]
    try:
        with desk.access.open() as store:
            known = provenance(store, table, key)
    except MaillageError as error:
        return [html.P(str(error))]
    return rows_of(known, told=sees_values(desk.access) or _public(known))


def sees_values(access: StoreAccess) -> bool:
    """Tell whether a browser sees values before statistical secrecy: a working document, or who may write."""
    return current_mode() == "working" or access.state == "open"


def _public(known: Provenance) -> bool:
    """Tell whether a row only says what the convention, a public text, says."""
    return all(said.document.kind == "convention" for said in known.statements)


def rows_of(known: Provenance, *, told: bool = True) -> list[Component]:
    """Return a row: its name, its values when they may be told, each statement with its place."""
    table = known.element.table
    values = [
        html.Tr(
            [
                html.Th(french_property(table, name), scope="row"),
                html.Td(_disputed() if name in known.conflicts else french_value(table, name, value)),
            ]
        )
        for name, value in {**known.values, **dict.fromkeys(known.conflicts)}.items()
    ]
    count = words.counted(len(known.statements), "source")
    return [
        html.P(SCHEMA.tables[table].french, className="kind"),
        html.H3(known.element.name or known.element.id),
        html.Table(html.Tbody(values), className="facts") if told else html.P(SILENT, className="where"),
        html.H3(f"Ce qui le dit{words.NBSP}: {count}"),
        html.Ol([_statement(known, said, told=told) for said in known.statements], className="statements"),
    ]


def _disputed() -> Component:
    return html.Em("deux sources se contredisent")


def _statement(known: Provenance, said: Statement, *, told: bool) -> Component:
    document, table = said.document, known.element.table
    head: list[Component] = [html.Strong(document.name or document.id)]
    if document.fictional:
        head.append(html.Span("fictif", className="mini-badge"))
    lines: list[Component] = [html.P(head)]
    if said.correction is not None:
        made = said.correction
        lines.append(html.P(words.typeset(f"Correction de {made.author}, le {made.on} : {made.why}")))
    else:
        where = place_words(said.place)
        lines.append(html.P(where or "place non dite dans le document", className="where"))
    if said.place.quote:
        lines.append(html.Blockquote(words.quoted(said.place.quote)))
    different = {name: value for name, value in said.values.items() if known.values.get(name) != value}
    if told and different:
        values = (
            f"{french_property(table, n)}{words.NBSP}: {french_value(table, n, v)}"
            for n, v in different.items()
        )
        lines.append(html.P(["dit ", html.Strong(" ; ".join(values))]))
    if document.sha256:
        loaded = f"chargement {document.load}, {document.at[:16].replace('T', ' à ')}"
        by = f", par {document.author}" if document.author else ""
        lines.append(html.P(f"{loaded}{by} · SHA-256 {document.sha256[:12]}…", className="trace"))
    return html.Li(lines)


def place_words(place: Place) -> str:
    """Return a place in French: sheet, row, column, lines of the convention."""
    parts = []
    if place.sheet:
        parts.append(f"feuille {words.quoted(place.sheet)}")
    if place.row is not None:
        parts.append(f"ligne {words.number(place.row)}")
    if place.column:
        parts.append(f"colonne {words.quoted(place.column)}")
    if place.lines:
        first, last = place.lines
        parts.append(f"ligne {first}" if first == last else f"lignes {first} à {last}")
    return ", ".join(parts)
