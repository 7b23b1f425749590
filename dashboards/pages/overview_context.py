"""What « Vue d’ensemble » shows for a year and a view: a declared context, made without a browser."""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboards import view_data, words
from dashboards.maps.communes import map_content
from dashboards.network_view import Network, network_of
from dashboards.pages.page import Settings, layers_of, year_of
from geodata.territories import load_reference
from graphmodel import ContractGraph, UsageError

SIGNS = (("qpv", "QPV"), ("zrr", "ZRR"), ("perimetres", "Périmètres"))
"""Optional signs of the map: name in the address, word."""
SHOWN_FIRST = ("qpv", "perimetres")
"""Signs shown when the address does not say."""
NAMED_PLACES = 2
"""Number of places up to which the table names them; beyond, it counts them."""
VIEWS = (("reseau", "Réseau"), ("tableau", "Tableau"))
"""What stands beside the map: name in the address, word."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What is selected: how the address says it, the node of the network or the EPCI of the map."""

    said: str
    node: str | None = None
    epci: str | None = None


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
    empty
        Fact and remedy when nothing is known of the year.
    selection, there
        What the address selects; what takes place there when it is a territory.
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
    empty: tuple[str, str] | None = None
    selection: Selected | None = None
    there: "TerritoryThere | None" = None

    @property
    def map_question(self) -> str:
        """Title of the map."""
        return words.typeset(f"Où agit le contrat en {self.year} ?")

    @property
    def network_question(self) -> str:
        """Title of the network."""
        return words.typeset(f"Qui coopère avec qui en {self.year} ?")

    @property
    def table_question(self) -> str:
        """Title of the table."""
        return words.typeset(f"Que fait le contrat en {self.year} ?")

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
    year = year_of(graph, settings, notices)
    selection = _selection(graph, settings.get("sel"), notices)
    view = _known(settings, "vue", [name for name, _ in VIEWS], "reseau", notices)
    signs = layers_of(settings, [name for name, _ in SIGNS], SHOWN_FIRST, notices)
    return OverviewContext(
        years=years,
        year=year,
        view=view,
        signs=signs,
        network=network_of(graph, year) if year is not None else None,
        rows=view_data.action_rows(graph, year) if year is not None else (),
        reports=view_data.reports_of(graph, year) if year is not None else view_data.Reports(0, 0),
        sources=view_data.source_parts(graph, year),
        version=f"{graph.version.number}-{graph.version.marker}",
        fictional=graph.fictional,
        notices=tuple(notices),
        empty=_empty(graph, year),
        selection=selection,
        there=territory_there(graph, year, selection.epci)
        if selection and selection.epci and year is not None
        else None,
    )


def _empty(graph: ContractGraph, year: int | None) -> tuple[str, str] | None:
    if year is None or year in view_data.reported_years(graph):
        return None
    return view_data.nothing_known(graph, year)


def _selection(graph: ContractGraph, asked: str | None, notices: list[str]) -> Selected | None:
    """Return what `sel` names: `Organisation:id`, `Action:id`, or the code of an EPCI or of a commune."""
    if not asked:
        return None
    label, _, identifier = asked.partition(":")
    if label in ("Organisation", "Action"):
        frame = graph.nodes(label)
        keys = [str(key) for key in frame.index[frame["id"] == identifier]]
        if keys:
            return Selected(asked, node=keys[0])
    else:
        epci = _epci_of(asked)
        if epci:
            return Selected(asked, epci=epci)
    notices.append(words.unknown_setting(asked))
    return None


def _epci_of(code: str) -> str | None:
    """Return the EPCI drawn for a code: itself, or that of a commune; None for another code."""
    reference = load_reference()
    with suppress(UsageError):
        return reference.get(code, "epci").code
    with suppress(UsageError):
        return reference.get(code, "commune").epci
    return None


def selection_of_node(graph: ContractGraph, key: str) -> str:
    """Return how the address names a node of the network."""
    for label in ("Organisation", "Action"):
        frame = graph.nodes(label)
        if key in frame.index:
            return ":".join((label, str(frame.at[key, "id"])))
    return ""


def _known(settings: Settings, name: str, allowed: list[str], default: str, notices: list[str]) -> str:
    asked = settings.get(name)
    if asked is None or asked in allowed:
        return asked or default
    notices.append(words.unknown_setting(asked))
    return default


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
            "all_places": words.listed(place.name for place in row.places) or _places(row),
        }
        for row in rows
    ]


def _places(row: view_data.ActionRow) -> str:
    if row.region_wide:
        return "toute la région"
    if not row.places:
        return words.UNKNOWN
    if len(row.places) <= NAMED_PLACES:
        return words.listed(place.name for place in row.places)
    quarters = sum(place.level == "qpv" for place in row.places)
    count = words.counted(len(row.places), "lieu", "lieux")
    return f"{count} dont {words.number(quarters)}{words.NBSP}QPV" if quarters else count


@dataclass(frozen=True, slots=True)
class TerritoryThere:
    """Actions of a year in a territory: their codes, and one sentence."""

    actions: tuple[str, ...]
    sentence: str


def territory_there(graph: ContractGraph, year: int, code: str) -> TerritoryThere:
    """Return what takes place in an EPCI chosen on the map; an unknown code has no action."""
    content = map_content(graph, year)
    name = content.ground.epci_names.get(code, code)
    actions = content.places.by_epci.get(code, ())
    if not content.known:
        return TerritoryThere((), f"{name}{words.NBSP}: {words.NO_DATA}, bilan non reçu.")
    if not actions:
        return TerritoryThere((), f"{name}{words.NBSP}: aucune action localisée.")
    count = words.counted(len(actions), "action")
    return TerritoryThere(actions, f"{name}{words.NBSP}: {count}{words.NBSP}: {words.listed(actions)}.")
