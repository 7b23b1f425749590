"""What the graph says around a territory: what it holds and what holds it, how it is classed, what it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import known, text_of


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory above or below another.

    Attributes
    ----------
    key, code, name, level, vintage
        The territory; `vintage` None when not declared by its file.
    composition
        `frozen`, `current` or `declared`.
    population_share, area_share
        Part of the **contained** one that is in the container, 0 to 1; None when unknown.
    """

    key: str
    code: str
    name: str
    level: str
    vintage: str | None
    composition: str | None
    population_share: float | None
    area_share: float | None


@dataclass(frozen=True, slots=True)
class Classing:
    """How a zoning classes the communes (or the quarter) of a territory.

    Attributes
    ----------
    scheme, name, vintage, in_force_from, in_force_to
        The zoning; None where its file does not say.
    counts
        Number of territories by status (`classed`, `partly`, `transitional`, `not_classed`), those it names.
    asked
        Number of territories asked for; the others are not in its list.
    """

    scheme: str
    name: str
    vintage: str | None
    in_force_from: date | None
    in_force_to: date | None
    counts: dict[str, int]
    asked: int


@dataclass(frozen=True, slots=True)
class Succession:
    """What a commune became: another, on a day, with the part of its inhabitants (None unknown)."""

    code: str
    name: str
    to_code: str
    to_name: str
    date: date | None
    kind: str | None
    population: int | None
    population_share: float | None


def contents_of(graph: ContractGraph, key: str) -> list[Neighbour]:
    """Return what a territory holds, by level and code; the same part stands once."""
    return _neighbours(graph, graph.targets("CONTAINS", key), "target")


def holders_of(graph: ContractGraph, key: str) -> list[Neighbour]:
    """Return what holds a territory, whole or in part, by level and code."""
    contains = graph.relationships("CONTAINS")
    return _neighbours(graph, contains[contains["target"] == key], "source")


def _neighbours(graph: ContractGraph, rows: pd.DataFrame, end: str) -> list[Neighbour]:
    territories = graph.nodes("Territory")
    found: dict[str, Neighbour] = {}
    for _, row in rows.iterrows():
        other = territories.loc[row[end]]
        shares = [known(row[name]) for name in ("population_share", "area_share")]
        people, area = (None if share is None else float(str(share)) for share in shares)
        one = Neighbour(
            str(row[end]), str(other["code"]), str(other["name"]), str(other["level"]),
            text_of(other["vintage"]), text_of(row["composition"]), people, area,
        )  # fmt: skip
        # A file and the overlaps computed after it may each say one of the two shares.
        found[one.key] = _merged(found[one.key], one) if one.key in found else one
    return sorted(found.values(), key=lambda one: (one.level, one.code, one.vintage or ""))


def _merged(first: Neighbour, second: Neighbour) -> Neighbour:
    people, area = (
        other if own is None else own
        for own, other in (
            (first.population_share, second.population_share),
            (first.area_share, second.area_share),
        )
    )
    return Neighbour(first.key, first.code, first.name, first.level, first.vintage, first.composition,
                     people, area)  # fmt: skip


def classings_of(graph: ContractGraph, territories: Collection[str]) -> list[Classing]:
    """Return how each zoning classes some territories (keys), zonings that name none of them included.

    A zoning of quarters classes quarters, one of communes communes: only those of the levels it names count.
    """
    zonings, rows = graph.nodes("Zoning"), graph.relationships("CLASSED_IN")
    levels = graph.nodes("Territory")["level"]
    asked = set(territories)
    found = []
    for key, zoning in zonings.sort_values(["scheme", "vintage"], na_position="last").iterrows():
        own = rows[rows["target"] == key]
        named = set(own["source"].map(levels))
        concerned = {one for one in asked if levels.get(one) in named}
        if concerned:
            counts = own.loc[own["source"].isin(concerned), "status"].value_counts()
            days = [known(zoning[name]) for name in ("in_force_from", "in_force_to")]
            since, until = (day if isinstance(day, date) else None for day in days)
            found.append(
                Classing(
                    str(zoning["scheme"]), str(zoning["name"]), text_of(zoning["vintage"]), since, until,
                    {str(status): int(n) for status, n in counts.sort_index().items()}, len(concerned),
                )
            )  # fmt: skip
    return found


def became(graph: ContractGraph, code: str) -> list[Succession]:
    """Return what the commune of an old code became, by code of arrival."""
    codes = graph.nodes("Territory")["code"]
    rows = graph.relationships("SUCCEEDED_BY")
    return _successions(graph, rows[rows["source"].map(codes) == code])


def former_of(graph: ContractGraph, key: str) -> list[Succession]:
    """Return the communes that became a territory, by code."""
    rows = graph.relationships("SUCCEEDED_BY")
    return _successions(graph, rows[rows["target"] == key])


def _successions(graph: ContractGraph, rows: pd.DataFrame) -> list[Succession]:
    territories = graph.nodes("Territory")
    found = []
    for _, row in rows.iterrows():
        before, after = territories.loc[row["source"]], territories.loc[row["target"]]
        day, share, people = known(row["date"]), known(row["population_share"]), known(before["population"])
        found.append(
            Succession(
                str(before["code"]), str(before["name"]), str(after["code"]), str(after["name"]),
                day if isinstance(day, date) else None, text_of(row["kind"]),
                people if isinstance(people, int) else None, None if share is None else float(str(share)),
            )
        )  # fmt: skip
    return _told_once(found)


def _told_once(found: list[Succession]) -> list[Succession]:
    """Return each change once, by code: the history carried and a file of movements both tell the same.

    The two name different states of the same commune; the one whose inhabitants are known is kept.
    """
    best: dict[tuple[str, str, date | None], Succession] = {}
    for one in sorted(found, key=lambda one: (one.population is None, one.population_share is None)):
        best.setdefault((one.code, one.to_code, one.date), one)
    return sorted(best.values(), key=lambda one: (one.code, one.to_code, one.date or date.min))


def organisations_of(graph: ContractGraph, territories: Collection[str]) -> dict[str, str]:
    """Return the names of the organisations that administer territories, by key of territory, sorted."""
    names, rows = graph.nodes("Organisation")["name"], graph.relationships("ADMINISTERS")
    rows = rows[rows["target"].isin(set(territories))].sort_values(["target", "source"])
    return {str(place): str(names[who]) for place, who in zip(rows["target"], rows["source"], strict=True)}


def ptce_of(graph: ContractGraph, territories: Collection[str]) -> list[tuple[str, bool, int]]:
    """Return the PTCE of territories, by name: name, whether the seat is there, members based there."""
    based, members = graph.relationships("BASED_IN"), graph.relationships("MEMBER_OF")
    here = set(based.loc[based["target"].isin(set(territories)), "source"])
    there = members[members["source"].isin(here)].groupby("target")["source"].nunique()
    return sorted(
        (str(name), key in here, int(there.get(key, 0)))
        for key, name in graph.nodes("Ptce")["name"].items()
        if key in here or key in there.index
    )
