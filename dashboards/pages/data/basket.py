"""« Rapport »: the document as a file, and the views and proofs added to its last annex, in their order."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.pages.page import Visit
from dashboards.pages.signing import sign_fields
from graphmodel.decisions import ReportItem, kept_items, report_items

SAID_ID = "basket-said"
FILES = (("rapport.docx", "Rapport DOCX", "à reprendre dans un traitement de texte"),
         ("rapport.pdf", "Rapport PDF", "à imprimer et à diffuser"))  # fmt: skip
"""Name in the address, what it is, what for."""


def body(visit: Visit) -> Sequence[Component]:
    """Return the list of what was added, the fields that sign a change, and the two files."""
    items = _items(visit)
    title = html.Div(
        [html.H2(words.typeset("Que montre l’annexe du rapport ?")), html.P(_count(items))],
        className="panel-title",
    )
    listed: Component = (
        html.Ol([_row(item, rank, len(items)) for rank, item in enumerate(items)], className="basket")
        if items
        else frame.message(
            "Rien n’est encore ajouté",
            "Ouvrez une vue ou une preuve, puis « Exporter », « Ajouter au rapport ».",
        )
    )
    return [html.Section([title, listed], className="data-main"), _side(visit)]


def _items(visit: Visit) -> Sequence[ReportItem]:
    """Return what was added, read in the store itself: a snapshot may be a second late after a write."""
    access, contract = visit.desk.access, visit.graph.contract.get("id")
    if access is None or contract is None:
        return report_items(visit.graph)
    with access.open() as store:
        return kept_items(store, str(contract))


def _count(items: Sequence[ReportItem]) -> str:
    return words.counted(len(items), "vue ou preuve ajoutée", "vues ou preuves ajoutées")


def _row(item: ReportItem, rank: int, count: int) -> Component:
    ends = [
        _button(item, "up", "Monter", disabled=rank == 0),
        _button(item, "down", "Descendre", disabled=rank == count - 1),
        _button(item, "remove", "Retirer"),
    ]
    said = words.typeset(f"Ajouté par {item.added_by or 'un auteur non déclaré'}, le {_day(item)}")
    told: list[Component] = [
        html.A(item.title, href=item.address, className="inside"),
        html.Span(said, className="small"),
    ]
    if item.comment:
        told.append(html.Span(item.comment, className="small basket-comment"))
    return html.Li([html.Div(told, className="basket-told"), html.Div(ends, className="basket-ends")])


def _day(item: ReportItem) -> str:
    return words.day(date.fromisoformat(item.added_on) if item.added_on else None)


def _button(item: ReportItem, act: str, said: str, *, disabled: bool = False) -> Component:
    return html.Button(
        said, type="button", className="button", disabled=disabled,
        **attributes(data_basket=act, data_item=item.id, aria_label=f"{said} « {item.title} »"),
    )  # fmt: skip


def _side(visit: Visit) -> Component:
    files = html.Ul(
        [
            html.Li(
                [
                    html.A(
                        [frame.icon("download"), said],
                        href=f"/rapport/{name}",
                        target="_blank",
                        className="button",
                    ),
                    html.Span(use, className="small"),
                ]
            )
            for name, said, use in FILES
        ],
        className="export-list",
    )
    note = (
        "Les indicateurs sont calculés une fois par version de la base : le premier rapport d’une version "
        "peut demander une minute."
    )
    sign = [sign_fields(visit.desk), html.P(id=SAID_ID, className="write-said", role="status")]
    return html.Section(
        [
            html.H2("Le rapport"),
            html.P("Neuf parties, écrites à partir de la base.", className="map-told"),
            files,
            html.P(note, className="small map-told"),
            html.Div(sign, className="foot"),
        ],
        className="data-side",
    )
