"""Part of a contract graph: one contract, some years, one axis, one territory."""

from collections.abc import Sequence

import pandas as pd

from graphmodel.contract_graph import ContractGraph, Selection
from graphmodel.errors import UsageError
from graphmodel.schema import SCHEMA

_WHOLE, _HALF = 0.999, 0.5
"""Shares from which a territory lies wholly, or for the most part, in another."""


def select(graph: ContractGraph, selection: Selection) -> ContractGraph:
    """Return the part of a graph that a selection names.

    Relationships whose end falls out fall out too. Territories and zonings belong to no contract and stay.

    Raises
    ------
    UsageError
        An unknown contract, axis or territory.
    """
    frames = graph.frames
    if selection.contract is not None:
        frames = _of_contract(graph, frames, selection.contract)
    if selection.years is not None:
        frames = {table: _of_years(table, frame, selection.years) for table, frame in frames.items()}
    if selection.axis is not None:
        frames = _of_actions(frames, _actions_of_axis(frames, selection.axis))
    if selection.territory is not None:
        frames = _of_actions(frames, actions_in_territory(frames, selection.territory))
    return ContractGraph(_without_dangling(frames), {}, graph.version)


def unknown_contract(contract: str, contracts: Sequence[str]) -> UsageError:
    """Return the error of a contract that is not among those of a store."""
    names = ", ".join(contracts) or "aucun"
    return UsageError(f"Contrat « {contract} » inconnu. Contrats de la base : {names}.")


def _of_contract(
    graph: ContractGraph, frames: dict[str, pd.DataFrame], contract: str
) -> dict[str, pd.DataFrame]:
    if contract not in graph.contracts:
        raise unknown_contract(contract, graph.contracts)
    return {
        t: frame if frame.empty else frame[frame["contract"].isna() | (frame["contract"] == contract)]
        for t, frame in frames.items()
    }


def _of_years(table: str, frame: pd.DataFrame, years: frozenset[int]) -> pd.DataFrame:
    if frame.empty or "year" not in SCHEMA.tables[table].properties:
        return frame
    return frame[frame["year"].isna() | frame["year"].isin(years)]


def _actions_of_axis(frames: dict[str, pd.DataFrame], axis: str) -> set[str]:
    axes = frames["Axis"]
    keys = set(axes.index[axes["id"] == axis])
    if not keys:
        raise UsageError(f"Axe « {axis} » inconnu. Axes : {', '.join(map(str, axes['id']))}.")
    part = frames["PART_OF"]
    inside = part[(part["source_label"] == "Action") & part["target"].isin(keys)]
    return set(inside["source"])


def actions_in_territory(frames: dict[str, pd.DataFrame], territory: str) -> set[str]:
    """Return the keys of the actions that take place in a territory or in one it contains.

    Raises
    ------
    UsageError
        When the territory is not in the graph.
    """
    if territory not in frames["Territory"].index:
        raise UsageError(f"Territoire « {territory} » inconnu de cette base.")
    places = frames["TAKES_PLACE_IN"]
    return set(places.loc[places["target"].isin(contained(frames["CONTAINS"], territory)), "source"])


def contained(contains: pd.DataFrame, territory: str) -> set[str]:
    """Return a territory's key and the keys of all it contains.

    What lies wholly in another is followed at any depth; what lies in the territory by half or more is in it,
    but what that contains may lie outside and is not followed.
    """
    share = _told_shares(contains)
    whole = contains[share >= _WHOLE]
    children = whole.groupby("source")["target"].agg(list).to_dict()
    found: set[str] = set()
    ahead = [territory]
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead.extend(children.get(key, ()))
    mostly = contains[(contains["source"] == territory) & (share >= _HALF)]
    return found | set(mostly["target"])


def _told_shares(contains: pd.DataFrame) -> "pd.Series[float]":
    """Return the share of each part that lies in the whole: by population, else by area, else all of it."""
    told = pd.Series(float("nan"), index=contains.index)
    for name in ("population_share", "area_share"):
        if name in contains:
            told = told.fillna(contains[name].astype("float64"))
    return told.fillna(1.0)


_HANGING = ("Funding", "Report", "Measure", "Observation")


def _of_actions(frames: dict[str, pd.DataFrame], actions: set[str]) -> dict[str, pd.DataFrame]:
    """Keep the actions and the rows that say something about another action only through them."""
    kept = dict(frames)
    kept["Action"] = frames["Action"][frames["Action"].index.isin(actions)]
    about = frames["ABOUT"]
    elsewhere = about[(about["target_label"] == "Action") & ~about["target"].isin(actions)]
    for label in _HANGING:
        gone = set(elsewhere.loc[elsewhere["source_label"] == label, "source"])
        kept[label] = frames[label][~frames[label].index.isin(gone)]
    return kept


def _without_dangling(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Drop the relationships that lost an end, table by table and end by end."""
    kept = dict(frames)
    for kind in SCHEMA.relationships:
        frame = frames[kind]
        if frame.empty:
            continue
        whole = pd.Series(True, index=frame.index)
        for end in ("source", "target"):
            for label, keys in frame.groupby(f"{end}_label")[end]:
                whole[keys.index] &= keys.isin(frames[str(label)].index)
        kept[kind] = frame[whole]
    return kept
