"""The map of a contract: where its actions take place, the territories of its parties, QPV and ZRR."""

from dataclasses import dataclass

import folium

from dashboards import view_data, words
from dashboards.maps import elements, facts, legend
from dashboards.maps.ground import GroundData, ground_data, reference
from dashboards.maps.offline import OfflineMap
from dashboards.origin import origin_words
from dashboards.theme import Scheme
from graphmodel import ContractGraph

SIGNS_OF_A_FILE = ("qpv", "zrr", "perimetres")
"""Optional signs of a map that stands alone; its legend can hide each."""
SIGNS_OF_A_PAGE = ("qpv", "perimetres")
"""Optional signs shown at first in the dashboard."""


@dataclass(frozen=True, slots=True)
class MapContent:
    """Everything the map says, before it is drawn.

    Attributes
    ----------
    year
        Year shown; None when the contract has none.
    ground
        Territories drawn.
    places
        Where the actions take place.
    parties
        Territories of the parties.
    zrr
        Communes classed in ZRR.
    neighbourhoods
        Priority neighbourhoods.
    known
        False when no report of the year came in: nothing is known, which is not zero.
    largest
        Largest number of actions of an EPCI in any year: circles are to one scale on the maps of all years.
    sources
        Parts of the source line.
    fictional
        True shows the badge.
    """

    year: int | None
    ground: GroundData
    places: facts.Places
    parties: facts.PartyPerimeters
    zrr: tuple[str, ...]
    neighbourhoods: tuple[elements.Neighbourhood, ...]
    known: bool
    largest: int
    sources: tuple[str, ...]
    fictional: bool

    @property
    def title(self) -> str:
        """Question the map answers."""
        return words.typeset(f"Où agit le contrat en {self.year} ?" if self.year else "Où agit le contrat ?")


def map_content(graph: ContractGraph, year: int | None = None) -> MapContent:
    """Return what the map of a year shows.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    year
        None is the last year with participations.
    """
    shown = year if year is not None else view_data.latest_year(graph)
    ground = ground_data()
    resolver = facts.Resolver(graph, reference())
    years = dict.fromkeys((shown or 0, *view_data.reported_years(graph)))
    places = {each: facts.places_of(graph, each, resolver, dict(ground.epci_of)) for each in years}
    counts = [len(codes) for found in places.values() for codes in found.by_epci.values()]
    return MapContent(
        year=shown,
        ground=ground,
        places=places[shown or 0],
        parties=facts.party_perimeters(graph, resolver),
        zrr=facts.zoned_communes(graph, resolver, facts.ALL_SCHEMES_OF_COMMUNES),
        neighbourhoods=facts.neighbourhoods_of(graph),
        known=shown in view_data.reported_years(graph),
        largest=max(counts, default=0),
        sources=(*view_data.source_parts(graph, shown), *boundary_words(ground)),
        fictional=graph.fictional,
    )


def boundary_words(ground: GroundData) -> tuple[str, ...]:
    """Return what the source line says of the boundaries and the population."""
    return (
        words.typeset(f"Communes {ground.vintage}, EPCI au 1er janvier {ground.epci_vintage}"),
        words.typeset(f"Population : millésime {ground.population_vintage}"),
        words.typeset(f"Fond : {ground.source}"),
    )


def communes_map(
    graph: ContractGraph,
    year: int | None = None,
    *,
    scheme: Scheme = "light",
    prefix: str | None = None,
) -> folium.Map:
    """Return the map of all communes with the actions of a year, offline.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    year
        None is the last year with participations.
    scheme
        Light or dark set of tokens.
    prefix
        None for a file that stands alone, with title, source line, table and buttons in its legend; else the
        address of the bundled assets of the server, for a page shown in a frame.
    """
    content = map_content(graph, year)
    asked = "" if year is None else f" --year {year}"
    origin = origin_words(graph, "publication", f"maillage export map{asked} --out carte-communes.html")
    (south, west), (north, east) = content.ground.bounds
    center = ((south + north) / 2, (west + east) / 2)
    made = OfflineMap(content.title, center, scheme=scheme, prefix=prefix)
    for sign in _drawing(content):
        sign.add_to(made)
    _surround(made, content, origin if prefix is None else None)
    return made


def _drawing(content: MapContent) -> list[elements.MapElement]:
    """Signs from the ground up."""
    ground = content.ground
    statuses = {} if content.known else dict.fromkeys(content.places.by_epci, "blank")
    drawn: list[elements.MapElement] = [
        elements.Ground(ground.topology, ground.levels),
        elements.Surface("epci", statuses=statuses),
        elements.Hatch(content.zrr),
        elements.Edges({"commune": False, "epci": True, "departement": True}),
    ]
    if content.parties.drawn:
        drawn += [elements.Crossings(content.parties.crossings), elements.Perimeters(content.parties.drawn)]
    if content.known:
        counts = [
            elements.Circle(ground.centers[code], len(codes))
            for code, codes in content.places.by_epci.items()
            if code in ground.centers
        ]
        drawn.append(elements.Circles(counts, content.largest))
    if content.neighbourhoods:
        drawn.append(elements.Neighbourhoods(content.neighbourhoods))
    return [*drawn, elements.Cards(cards(content))]


def _surround(made: OfflineMap, content: MapContent, origin: str | None) -> None:
    """Add what stands around the map; `origin` is what a file that stands alone says of itself."""
    alone = origin is not None
    legend.Legend(legend_content(content, toggles=alone)).add_to(made)
    if origin is not None:
        subtitle = "Nombre d’actions par EPCI, hors actions régionales"
        made.page.lead = legend.title_bar(content.title, subtitle, fictional=content.fictional)
        legend.source_line((*content.sources, origin)).add_to(made)
        legend.table_dialog("Les communes et les actions").add_to(made)
        elements.MapElement("table", table_of(content)).add_to(made)
    else:
        made.page.lead = legend.hidden_title(content.title)
    elements.PlaceNames(content.ground.towns).add_to(made)
    elements.Frame(content.ground.bounds, _label(content)).add_to(made)
    elements.Signs(SIGNS_OF_A_FILE if alone else SIGNS_OF_A_PAGE).add_to(made)


def _label(content: MapContent) -> str:
    return words.typeset(
        f"Carte : {content.title} {summary(content)} Flèches pour déplacer, + et − pour agrandir ou "
        "réduire ; le tableau dit la même chose."
    )


def summary(content: MapContent) -> str:
    """Return one sentence of facts on the map."""
    reached = sum(bool(codes) for codes in content.places.by_epci.values())
    total = len(content.places.by_epci)
    if not content.known:
        return "Aucun bilan reçu pour cette année."
    return words.typeset(f"{words.number(reached)} EPCI sur {total} ont au moins une action.")


def cards(content: MapContent) -> dict[str, tuple[str, str, str, str, str]]:
    """Return the card of each EPCI: name, what it is, number of actions, unit, codes of the actions."""
    found = {}
    for code, actions in content.places.by_epci.items():
        people = content.ground.populations.get(code)
        about = f"{words.number(people)} hab." if people is not None else "population inconnue"
        value, unit, note = words.number(len(actions)), words.plural(len(actions), "action"), ""
        if content.known:
            note = words.shortened(actions, 8)
        else:
            value, unit = "–", f"{words.NO_DATA}{words.NBSP}: bilan non reçu"
        name = content.ground.epci_names.get(code, code)
        department = content.ground.departement_of.get(code, "")
        found[code] = (name, f"{about} · dép. {department}", value, unit, note)
    return found


def legend_content(content: MapContent, *, toggles: bool) -> legend.LegendContent:
    """Return the legend: each sign that is drawn is in it, with its count."""
    counts = content.places.by_epci
    empty = sum(not codes for codes in counts.values())
    rows = []
    if content.known:
        rows.append(legend.SignRow("circle_zero", f"aucune action ({words.number(empty)})"))
    else:
        rows.append(legend.SignRow("blank", f"{words.NO_DATA} ({words.number(len(counts))})"))
    if content.neighbourhoods:
        rows.append(_row("qpv", f"QPV ({words.number(len(content.neighbourhoods))})", toggles))
    if content.zrr:
        rows.append(_row("zrr", f"ZRR ({words.counted(len(content.zrr), 'commune')})", toggles))
    if content.parties.drawn:
        rows.append(_row("perimetres", f"périmètre d’une partie ({len(content.parties.drawn)})", toggles))
    if content.parties.crossings:
        rows.append(
            legend.SignRow(
                "recoupement", f"recoupement ({words.counted(len(content.parties.crossings), 'commune')})"
            )
        )
    return legend.LegendContent(
        title="Actions localisées",
        about=words.typeset(f"nombre par EPCI, {words.number(len(counts))} EPCI"),
        signs=tuple(rows),
        largest=content.largest if content.known else None,
        unknown_perimeters=content.parties.unknown,
        reading=_reading(content),
    )


def _row(kind: str, said: str, toggles: bool) -> legend.SignRow:
    return legend.SignRow(kind, said, kind if toggles else None)


def _reading(content: MapContent) -> str:
    away = [
        (len(content.places.region_wide), "régionale", "régionales"),
        (len(content.places.elsewhere), "sans lieu connu", "sans lieu connu"),
    ]
    said = [f"{words.counted(n, 'action')} {words.plural(n, one, many)}" for n, one, many in away if n]
    parts = [f"Hors carte : {words.listed(said)}."] if said else []
    located = len(content.places.located)
    if located and content.known:
        times = sum(len(codes) for codes in content.places.by_epci.values()) / located
        parts.append(
            "Une action compte dans chaque EPCI où elle a lieu : une somme la compterait "
            f"{words.number(times, 1)} fois en moyenne."
        )
    else:
        parts.append("Une action compte dans chaque EPCI où elle a lieu : ne pas additionner.")
    return words.typeset(" ".join(parts))


def _here(content: MapContent, commune: str) -> str:
    if not content.known:
        return words.NO_DATA
    return words.listed(content.places.by_commune.get(commune, ())) or "aucune"


def table_of(content: MapContent) -> dict[str, object]:
    """Return the table with the same content as the map, one line a commune, in the form the page unfolds.

    Repeated texts travel once: names of EPCI and their counts by code, the rest by commune in the order
    of the topology.
    """
    ground = content.ground
    counts = {
        code: words.number(len(actions)) if content.known else words.NO_DATA
        for code, actions in content.places.by_epci.items()
    }
    titles = ("Commune", "Code", "EPCI", "Actions dans l’EPCI", "Actions dans la commune", "ZRR")
    size = words.number(len(ground.commune_names))
    here = [_here(content, code) for code in ground.commune_names]
    said = sorted(set(here))
    rank = {text: position for position, text in enumerate(said)}
    return {
        "caption": words.typeset(f"{content.title} {size} communes. {' · '.join(content.sources)}"),
        "columns": [{"title": title, "figure": title == "Actions dans l’EPCI"} for title in titles],
        "names": list(ground.commune_names.values()),
        "epci": {code: [name, counts.get(code, "")] for code, name in ground.epci_names.items()},
        "said": said,
        "here": [rank[text] for text in here],
        "zrr": list(content.zrr),
    }
