"""« Exporter »: the files that hold what the store says, each in one click."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards import frame, view_data, words
from dashboards.access import StoreAccess
from dashboards.pages.page import Visit
from dashboards.provenance_view import sees_values

FILES = (
    ("tableaux.xlsx", "Tous les tableaux", "un classeur, une feuille par tableau"),
    ("tableaux.zip", "Tous les tableaux", "une archive de fichiers CSV"),
    ("couches.gpkg", "Couches géographiques", "GeoPackage, pour QGIS"),
    ("reseau.gexf", "Réseau des coopérations", "GEXF, pour Gephi"),
    ("reseau.graphml", "Réseau des coopérations", "GraphML, pour NetworkX ou yEd"),
    ("carte.html", "Carte des communes", "une page hors ligne"),
    ("carte.png", "Carte des actions", "image à imprimer"),
    ("perimetres.png", "Carte des périmètres", "image à imprimer"),
    ("modele.xlsx", "Classeur à remplir", "le modèle, vide"),
)
JOURNAL = ("corrections.csv", "Journal des corrections", "tableau CSV, valeurs avant secret statistique")
RECORD = (
    "donnees.json",
    "Données brutes",
    "fichier d’échange JSON, sans secret statistique : code d’écriture demandé",
)
"""Name in the address, what it is, its form: the system of record, for those who may write."""


def body(visit: Visit) -> Sequence[Component]:
    """Return the list of the files."""
    year = view_data.latest_year(visit.graph)
    about = f"Base en version {visit.graph.version.number}" + (
        f", année {year} pour les cartes" if year else ""
    )
    title = html.Div(
        [html.H2(words.typeset("Que veut-on emporter ?")), html.P(about)], className="panel-title"
    )
    rows = [
        html.Li(
            [
                html.A(
                    [frame.icon("download"), said], href=f"/donnees/{name}", download="", className="button"
                ),
                html.Span(form, className="small"),
            ]
        )
        for name, said, form in (*FILES, *beyond_secrecy(visit.desk.access))
    ]
    note = (
        "Ces fichiers passent par le secret statistique et ne portent aucune donnée personnelle ; ceux qui "
        "reposent sur des données fictives le disent."
    )
    listed = html.Ul(rows, className="export-list")
    return [html.Section([title, listed, html.P(note, className="small export-note")], className="data-main")]


def beyond_secrecy(access: StoreAccess | None) -> tuple[tuple[str, str, str], ...]:
    """Return the files that hold values before secrecy, for the browser that asks: none for a reader."""
    if access is None or not sees_values(access):
        return ()
    return (JOURNAL, RECORD) if access.state == "open" else (JOURNAL,)
