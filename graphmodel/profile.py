"""What the contract did in one territory, read from the graph alone."""

from dataclasses import dataclass

import pandas as pd

from graphmodel.contract_graph import ContractGraph
from graphmodel.selection import contained

_WHERE = {"inside": 0, "around": 1}


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """One action that concerns a territory.

    Attributes
    ----------
    code, name
        The action.
    years
        Years known, sorted; empty when the place holds for every year.
    degrees
        `targeted` and `reached`, sorted.
    where
        `inside` when a place lies in the territory; `around` when the territory lies in the place.
    """

    code: str
    name: str
    years: tuple[int, ...]
    degrees: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class TerritoryProfile:
    """What the contract did in a territory.

    Attributes
    ----------
    actions
        Actions with a place there; region-wide ones are left out.
    region_wide
        Number of region-wide actions, which concern every territory and none in particular.
    operators
        Number of operators of `actions`.
    local_seats
        Number of those operators whose seat is in the territory.
    neighbourhoods, zonings
        Number of priority neighbourhoods inside; communes classed, by name of the zoning.
    fictional
        True when any row counted is fictional.
    """

    actions: tuple[PlacedAction, ...]
    region_wide: int
    operators: int
    local_seats: int
    neighbourhoods: int
    zonings: dict[str, int]
    fictional: bool


def territory_profile(graph: ContractGraph, territory: str) -> TerritoryProfile:
    """Return the profile of a territory of the graph.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    territory
        Key of the territory.

    Raises
    ------
    KeyError
        When the graph has no such territory.
    """
    territories = graph.nodes("Territory")
    if territory not in territories.index:
        raise KeyError(territory)
    contains = graph.relationships("CONTAINS")
    inside = contained(contains, territory)
    around = contained(contains.rename(columns={"source": "target", "target": "source"}), territory) - {
        territory
    }
    actions = graph.nodes("Action")
    wide = set(actions.index[actions["region_wide"].fillna(False).astype(bool)])
    places = graph.relationships("TAKES_PLACE_IN")
    places = places[places["target"].isin(inside | around) & ~places["source"].isin(wide)]
    found = _placed(actions, places, inside)
    operators = _operators(graph, set(places["source"]))
    seats = graph.relationships("BASED_IN")
    local = set(seats.loc[seats["target"].isin(inside), "source"]) & operators
    levels = territories.loc[territories.index.isin(inside), "level"]
    zonings, fictional_zoning = _zonings(graph, inside)
    fictional = bool(places["fictional"].any()) or fictional_zoning
    return TerritoryProfile(
        found, len(wide), len(operators), len(local), int((levels == "qpv").sum()), zonings, fictional
    )


def _placed(actions: pd.DataFrame, places: pd.DataFrame, inside: set[str]) -> tuple[PlacedAction, ...]:
    found = []
    for key, rows in places.groupby("source"):
        where = "inside" if rows["target"].isin(inside).any() else "around"
        years = tuple(sorted({int(year) for year in rows["year"].dropna()}))
        row = actions.loc[str(key)]
        found.append(
            PlacedAction(str(row["id"]), str(row["name"]), years, tuple(sorted(set(rows["degree"]))), where)
        )
    return tuple(sorted(found, key=lambda action: (_WHERE[action.where], action.code)))


def _operators(graph: ContractGraph, actions: set[str]) -> set[str]:
    parts = graph.relationships("TAKES_PART_IN")
    operates = parts["role"].isin(["pilot", "partner"]) & (parts["basis"] == "report")
    return set(parts.loc[operates & parts["target"].isin(actions), "source"])


def _zonings(graph: ContractGraph, inside: set[str]) -> tuple[dict[str, int], bool]:
    names = graph.nodes("Zoning")["name"]
    territories = graph.nodes("Territory")["level"]
    classed = graph.relationships("CLASSED_IN")
    classed = classed[classed["target"].isin(names.index) & classed["source"].isin(inside)]
    classed = classed[(classed["status"] == "classed") & (classed["source"].map(territories) == "commune")]
    counts = classed["target"].map(names).value_counts()
    return {str(name): int(n) for name, n in counts.sort_index().items()}, bool(classed["fictional"].any())
