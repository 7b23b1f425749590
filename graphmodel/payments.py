"""What was paid for each action in a year: known amounts summed, unknown ones counted."""

from collections.abc import Iterable

import pandas as pd

from graphmodel.contract_graph import ContractGraph


def payments_of(
    graph: ContractGraph, years: int | Iterable[int] | None = None, kind: str = "paid"
) -> pd.DataFrame:
    """Return the money of each action that has any row of it.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    years
        One year, several, or None for all.
    kind
        `paid`, `agreed` or `planned`.

    Returns
    -------
    pandas.DataFrame
        Indexed by action: `amount` (integer cents, sum of the known rows, all funders; `<NA>` when none is
        known) and `unknown` (number of rows whose amount is unknown).
    """
    rows = graph.nodes("Funding")
    rows = rows[rows["kind"] == kind]
    if years is not None:
        asked = [years] if isinstance(years, int) else list(years)
        rows = rows[rows["year"].isin(asked)]
    action = pd.Series(graph.ends("ABOUT", "Funding", "Action"), dtype="object").reindex(rows.index)
    placed = rows.assign(action=action.to_numpy())[action.notna().to_numpy()]
    grouped = placed.groupby("action")["amount"]
    found = pd.DataFrame(
        {"amount": grouped.sum(min_count=1).astype("Int64"), "unknown": grouped.size() - grouped.count()}
    )
    return found.rename_axis("action").astype({"unknown": "int64"})
