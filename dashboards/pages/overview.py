"""« Vue d’ensemble »: where the actions take place, who cooperates, and the table of actions of a year."""

from dataclasses import dataclass
from urllib.parse import urlencode

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, network_view, view_data, words
from dashboards.attributes import attributes
from dashboards.network_view import Network, network_of
from dashboards.pages.page import Settings
from graphmodel import ContractGraph

PATH = "/"
NAME = "Vue d’ensemble"
ICON = "map"

YEAR_ID = "year"
VIEW_ID = "view"
MAP_ID = "map"
TABLE_ID = "actions"
MAP_TITLE_ID = "map-title"
NETWORK_TITLE_ID = "network-title"
CAPTION_ID = "network-caption"
SELECTION_ID = "network-selection"

SIGNS = (("qpv", "QPV"), ("zrr", "ZRR"), ("perimetres", "Périmètres"))
"""Optional signs of the map: name in the address, word."""
SHOWN_FIRST = ("qpv", "perimetres")
"""Signs shown when the address does not say."""
CHOOSE = words.typeset("Choisir un acteur, une action ou une ligne du tableau pour voir ses liens.")
"""What stands under the network while nothing is chosen."""
VIEWS = (("reseau", "Réseau"), ("tableau", "Tableau"))
"""What stands beside the map: name in the address, word."""


@dataclass(frozen=True, slots=True)
class OverviewContext:
    """Everything the page shows for a year.

    Attributes
    ----------
    years, year
        Years that can be chosen, in order; the one shown, None when the graph has no year.
    view
        `reseau` or `tableau`.
    signs
        Optional signs shown on the map.
    network, rows
        Cooperation network and table of actions of the year.
    reports
        Coverage of the reports, in words.
    sources
        Parts of the source line.
    version
        Marker of the store's version, for caches.
    fictional
        True shows the badge.
    notices
        What the address asked for and this page does not know.
    """

    years: tuple[int, ...]
    year: int | None
    view: str
    signs: tuple[str, ...]
    network: Network | None
    rows: tuple[view_data.ActionRow, ...]
    reports: view_data.Reports
    sources: tuple[str, ...]
    version: str
    fictional: bool
    notices: tuple[str, ...] = ()

    @property
    def map_question(self) -> str:
        """Title of the map."""
        return words.typeset(f"Où agit le contrat en {self.year} ?")

    @property
    def network_question(self) -> str:
        """Title of the network."""
        return words.typeset(f"Qui coopère avec qui en {self.year} ?")

    @property
    def map_source(self) -> str:
        """Address of the map's page."""
        return f"/carte?{urlencode({'an': self.year or '', 'v': self.version})}"

    @property
    def caption(self) -> str:
        """Counts of what the network shows, and the coverage of the reports."""
        counts = [self.network.caption] if self.network and self.network.ties else []
        return " · ".join([*counts, self.reports.sentence])


def context_of(graph: ContractGraph, settings: Settings) -> OverviewContext:
    """Return what the page shows; settings that mean nothing here are ignored and named."""
    years = view_data.years_of(graph)
    notices: list[str] = []
    year = _year(settings, years, view_data.latest_year(graph), notices)
    view = _known(settings, "vue", [name for name, _ in VIEWS], "reseau", notices)
    return OverviewContext(
        years=years,
        year=year,
        view=view,
        signs=_signs(settings, notices),
        network=network_of(graph, year) if year is not None else None,
        rows=view_data.action_rows(graph, year) if year is not None else (),
        reports=view_data.reports_of(graph, year) if year is not None else view_data.Reports(0, 0),
        sources=view_data.source_parts(graph, year),
        version=f"{graph.version.number}-{graph.version.marker}",
        fictional=graph.fictional,
        notices=tuple(notices),
    )


def _unknown(asked: str) -> str:
    return words.typeset(f"Le lien demandait « {asked} », inconnu ici. Valeur par défaut affichée.")


def _known(settings: Settings, name: str, allowed: list[str], default: str, notices: list[str]) -> str:
    asked = settings.get(name)
    if asked is None or asked in allowed:
        return asked or default
    notices.append(_unknown(asked))
    return default


def _year(settings: Settings, years: tuple[int, ...], latest: int | None, notices: list[str]) -> int | None:
    default = str(latest) if latest is not None else ""
    asked = _known(settings, "an", [str(year) for year in years], default, notices)
    return int(asked) if asked else None


def _signs(settings: Settings, notices: list[str]) -> tuple[str, ...]:
    asked = settings.get("couches")
    if asked is None:
        return SHOWN_FIRST
    names = [name for name in asked.split(",") if name]
    allowed = [name for name, _ in SIGNS]
    notices.extend(_unknown(name) for name in names if name not in allowed)
    return tuple(name for name in names if name in allowed)


def table_records(rows: tuple[view_data.ActionRow, ...]) -> list[dict[str, object]]:
    """Return the rows of the table: French words where something is not known."""
    return [
        {
            "key": row.key,
            "code": row.code,
            "name": row.name,
            "full_name": row.full_name,
            "pilots": words.shortened(row.pilots, 2) if row.pilots else words.UNKNOWN,
            "all_pilots": words.listed(row.pilots) or words.UNKNOWN,
            "actors": row.actors,
            "places": _places(row),
            "all_places": words.listed(row.places) or _places(row),
        }
        for row in rows
    ]


def _places(row: view_data.ActionRow) -> str:
    if row.region_wide:
        return "toute la région"
    if not row.places:
        return words.UNKNOWN
    return words.shortened(row.places, 2)


def build(graph: ContractGraph, settings: Settings, links: tuple[tuple[str, str, str], ...]) -> Component:
    """Return the page for the settings of its address."""
    context = context_of(graph, settings)
    head = frame.header(links, PATH, fictional=context.fictional)
    foot = frame.source_line(context.sources)
    if context.year is None or context.network is None:
        empty = frame.message(
            "Aucun contrat dans cette base",
            words.typeset(
                "La carte et le réseau apparaîtront après un premier chargement : maillage load convention."
            ),
        )
        return frame.desk(head, [], [html.H1(NAME, className="sr-only"), empty], foot)
    body = [_map_panel(context), _side_panel(context, context.network)]
    return frame.desk(head, _settings(context), body, foot)


def _settings(context: OverviewContext) -> list[Component]:
    years = dmc.SegmentedControl(
        id=YEAR_ID, value=str(context.year), data=[str(year) for year in context.years], className="segmented"
    )
    signs = html.Div(
        [frame.toggle(name, word, pressed=name in context.signs) for name, word in SIGNS], className="toggles"
    )
    view = dmc.SegmentedControl(
        id=VIEW_ID,
        value=context.view,
        data=[{"value": value, "label": label} for value, label in VIEWS],
        className="segmented",
    )
    notices = (
        html.P(" ".join(context.notices), className="notice", role="status") if context.notices else None
    )
    return [
        frame.setting("Année", years, "label-year"),
        frame.setting("Repères", signs, "label-signs"),
        frame.setting("À côté de la carte (T)", view, "label-view"),
        *([notices] if notices else []),
        frame.share(),
    ]


def _map_panel(context: OverviewContext) -> Component:
    title = html.Div(
        [
            html.H1(context.map_question, id=MAP_TITLE_ID),
            html.P("Nombre d’actions par EPCI, hors actions régionales"),
        ],
        className="panel-title",
    )
    frame_of_map = html.Iframe(id=MAP_ID, src=context.map_source, title=context.map_question)
    return html.Section([title, frame_of_map], className="map-panel")


def _side_panel(context: OverviewContext, network: Network) -> Component:
    title = html.Div(
        [html.H2(context.network_question, id=NETWORK_TITLE_ID), html.P(context.caption, id=CAPTION_ID)],
        className="panel-title",
    )
    return html.Section(
        [title, _drawing(context, network), _table(context)],
        className=f"side-panel view-{context.view}",
        id="side",
    )


def _drawing(context: OverviewContext, network: Network) -> Component:
    said_aloud = f"Réseau des coopérations : {context.caption}. Le tableau (T) dit la même chose."
    drawn = html.Div(
        network_view.network_component(network_view.elements_of(network), "light"),
        className="network",
        role="img",
        **attributes(aria_label=words.typeset(said_aloud)),
    )
    said = html.P(CHOOSE, id=SELECTION_ID, role="status", className="selection")
    return html.Div([drawn, said, _network_legend()], className="drawing")


def _network_legend() -> Component:
    shapes = [
        ("ess", "ESS"),
        ("ess_company", "société ESS"),
        ("classic", "classique"),
        ("public", "public"),
        ("research", "recherche"),
    ]
    lines = [("action", "action"), ("pilot", "porte"), ("partner", "participe")]
    items = [html.Li([frame.icon(f"sign-{name}"), word]) for name, word in (*shapes, *lines)]
    return html.Ul(items, className="network-legend", **attributes(aria_label="Légende du réseau"))


def _table(context: OverviewContext) -> Component:
    columns = [
        {"field": "code", "headerName": "Code", "width": 78},
        {"field": "name", "headerName": "Action", "flex": 3, "tooltipField": "full_name"},
        {"field": "pilots", "headerName": "Portée par", "flex": 2, "tooltipField": "all_pilots"},
        {"field": "actors", "headerName": "Acteurs", "width": 84, "type": "rightAligned"},
        {"field": "places", "headerName": "Où", "flex": 3, "tooltipField": "all_places"},
    ]
    grid = dag.AgGrid(
        id=TABLE_ID,
        columnDefs=columns,
        rowData=table_records(context.rows),
        defaultColDef={"sortable": True, "resizable": True, "suppressMovable": True},
        getRowId="params.data.key",
        dashGridOptions={
            "theme": {"function": GRID_THEME},
            "tooltipShowDelay": 300,
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
            "localeText": {"noRowsToShow": "Aucune action", "loadingOoo": "Chargement…"},
        },
        className="grid",
        style={"height": "100%", "width": "100%"},
    )
    return html.Div(
        grid, className="table-panel", **attributes(aria_label="Actions et territoires"), role="region"
    )


GRID_THEME = (
    "themeQuartz.withParams({fontFamily:'inherit', fontSize:'0.875rem', rowHeight:'1.94rem', "
    "headerHeight:'2.1rem', headerFontWeight:600, backgroundColor:'var(--surface)', "
    "foregroundColor:'var(--ink)', headerBackgroundColor:'var(--surface)', headerTextColor:'var(--mut)', "
    "borderColor:'var(--line)', rowHoverColor:'var(--accs)', selectedRowBackgroundColor:'var(--accs)', "
    "accentColor:'var(--acc)', wrapperBorder:false, wrapperBorderRadius:0, cellHorizontalPadding:'0.5rem'})"
)
"""Theme of the tables in the tokens of the page: light and dark come for free."""


def store() -> Component:
    """Return what the callbacks of the page keep in the browser: the drawing rules of both schemes."""
    return dcc.Store(
        id="network-styles",
        data={"light": network_view.stylesheet("light"), "dark": network_view.stylesheet("dark")},
    )
