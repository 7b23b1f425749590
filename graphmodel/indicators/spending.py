"""The sums of money of G04, and which lines of funding each of them counts."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, cast

import pandas as pd

from graphmodel.frames import known
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext

OUTSIDE: Final = "hors_axe"
"""Scope of the money of no axis: the animation, and what is known for the whole contract only."""
OTHERS: Final = "autres"
"""Scope of the funders that are not those of the contract, together."""
UNKNOWN: Final = "paid_unknown"
NO_LINE = "aucun montant connu de cette nature"

_KINDS_AT: Final = {
    "total": ("planned", "agreed", "paid"), "funder": ("planned", "agreed", "paid"),
    "axis": ("agreed", "paid"), "funder_axis": ("agreed", "paid"),
}  # fmt: skip
"""What the convention promises as a whole is of no axis: planned sums are told by funder only."""


def contract_funders(context: EvaluationContext) -> tuple[str, ...]:
    """Return the identifiers of the funders of the contract, in the order it declares them."""
    return tuple(cast(Sequence[str], context.contract.get("contract_funders") or ()))


def at_level(rows: pd.DataFrame, level: str, scope: str, main: Collection[str]) -> "pd.Series[bool]":
    """Tell which lines of funding a scope of G04 counts.

    Parameters
    ----------
    rows
        Lines with `funder` and `axis`, None where unknown or of no axis.
    level, scope
        Parameters of the value; the scope of `funder_axis` is « funder|axis ».
    main
        Funders of the contract: the others are `OTHERS`.
    """
    if level == "total":
        return pd.Series(True, index=rows.index)
    if level == "funder_axis":
        funder, _, axis = scope.partition("|")
        return at_level(rows, "funder", funder, main) & at_level(rows, "axis", axis, main)
    if level == "axis" and scope == OUTSIDE:
        return rows["axis"].isna()
    if level == "funder" and scope == OTHERS:
        return rows["funder"].notna() & ~rows["funder"].isin(list(main))
    return (rows[level] == scope).astype(bool)


def add_sums(found: Collector, year: int, rows: pd.DataFrame, planned: "pd.Index[str]") -> None:
    """Add the sums of a year: known amounts of the lines, and the number of payments of unknown amount.

    Parameters
    ----------
    found
        Values of G04.
    year
        Year of the lines.
    rows
        Lines of funding of the year.
    planned
        Those of the planned lines that count once.
    """
    main = contract_funders(found.context)
    for level, scope in _scopes(rows, main):
        kept = rows[at_level(rows, level, scope, main)]
        params = {"year": str(year), "level": level, "scope": scope}
        for kind in _KINDS_AT[level]:
            lines = kept[kept["kind"] == kind]
            if kind == "planned":
                lines = lines[lines.index.isin(planned)]
            if len(lines):
                cents = known(lines["amount"].sum(min_count=1))
                euros = None if cents is None else cast(int, cents) / 100
                found.add(kind, euros, years=[year], n=len(lines), reason=NO_LINE, params=params)
        lacking = int(kept.loc[kept["kind"] == "paid", "amount"].isna().sum())
        found.add(UNKNOWN, lacking, years=[year], params=params)


def _scopes(rows: pd.DataFrame, main: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield the levels and scopes that have a line, the most general first."""
    yield "total", "R"
    funders = sorted({str(funder) for funder in rows["funder"].dropna()})
    own = [funder for funder in main if funder in funders]
    others = [OTHERS] if set(funders) - set(main) else []
    axes = sorted({str(axis) for axis in rows["axis"].dropna()})
    axes += [OUTSIDE] if rows["axis"].isna().any() else []
    yield from (("funder", funder) for funder in (*funders, *others))
    yield from (("axis", axis) for axis in axes)
    for funder in (*own, *others):
        for axis in axes:
            scope = f"{funder}|{axis}"
            if at_level(rows, "funder_axis", scope, main).any():
                yield "funder_axis", scope
