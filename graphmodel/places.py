"""Where the actions of a year take place, as rows: territory, degree, declared share, beneficiaries."""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphmodel.contract_graph import ContractGraph

TARGETED, REACHED = "targeted", "reached"

COLUMNS = ("action", "territory", "degree", "share", "beneficiaries")
"""Columns of a frame of places; the last two are floats, NaN where unknown."""


def places_of(
    graph: ContractGraph,
    years: int | Iterable[int] | None = None,
    degrees: Collection[str] = (TARGETED, REACHED),
    actions: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return the places of the actions, one row each, sorted by action and territory.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    years
        One year, several (their union), or None for all. A place without a year holds for every year.
    degrees
        `targeted` (named in the report), `reached` (beneficiaries live there). A place where 0 beneficiaries
        were reached is not reached; where their number is unknown, it is.
    actions
        Keys of the actions kept; None for all.
    """
    rows = graph.relationships("TAKES_PLACE_IN")
    if years is not None:
        asked = [years] if isinstance(years, int) else list(years)
        rows = rows[rows["year"].isna() | rows["year"].isin(asked)]
    rows = rows[rows["degree"].isin(list(degrees))]
    rows = rows[~((rows["degree"] == REACHED) & (rows["beneficiaries"] == 0).fillna(False))]
    if actions is not None:
        rows = rows[rows["source"].isin(list(actions))]
    found = pd.DataFrame(
        {
            "action": rows["source"].to_numpy(),
            "territory": rows["target"].to_numpy(),
            "degree": rows["degree"].to_numpy(),
            "share": _floats(rows["share"]),
            "beneficiaries": _floats(rows["beneficiaries"]),
        },
        columns=list(COLUMNS),
    )
    return found.sort_values(["action", "territory", "degree"], ignore_index=True, kind="stable")


def _floats(column: "pd.Series[float]") -> NDArray[np.float64]:
    return np.array(column.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan))


def region_wide_actions(graph: ContractGraph) -> frozenset[str]:
    """Return the actions of the whole region: out of coverage, apart in amounts.

    Those flagged so; and those of which nothing is said when they are placed in a region.
    """
    flags = graph.nodes("Action")["region_wide"]
    found = set(flags.index[flags.fillna(False)])
    unsaid = set(flags.index[flags.isna()])
    regions = set(graph.nodes("Territory").query("level == 'region'").index)
    rows = graph.relationships("TAKES_PLACE_IN")
    placed = set(rows.loc[rows["target"].isin(regions), "source"])
    return frozenset(map(str, found | (placed & unsaid)))


def seats_of(graph: ContractGraph, year: int, known: Collection[str]) -> pd.DataFrame:
    """Return the seats behind the actions of a year.

    Columns `action`, `organisation`, `territory` (None when unknown). The pilot stands for the action; where
    a year has none, every operator does, in equal parts. A seat inside a QPV is taken there.

    Parameters
    ----------
    known
        Territories that have cells; a seat elsewhere is unknown.
    """
    part = graph.relationships("TAKES_PART_IN")
    operates = part["role"].isin(["pilot", "partner"]) & (part["basis"] == "report").fillna(True)
    part = part[
        operates & (part["year"].isna() | (part["year"] == year)) & (part["source_label"] == "Organisation")
    ]
    piloted = set(part.loc[part["role"] == "pilot", "target"])
    part = part[(part["role"] == "pilot") | ~part["target"].isin(piloted)]
    rows = pd.DataFrame({"action": part["target"], "organisation": part["source"]}).drop_duplicates()
    seats = graph.relationships("BASED_IN")
    seats = seats[seats["target"].isin(list(known))]
    quarter = seats["target"].map(graph.nodes("Territory")["level"]) == "qpv"
    seats = seats.assign(quarter=quarter).sort_values(["source", "quarter", "target"])
    seat = seats.drop_duplicates("source", keep="last").set_index("source")["target"]
    rows["territory"] = rows["organisation"].map(seat).astype("object")
    return rows.sort_values(["action", "organisation"], ignore_index=True)
