"""Tables by commune carried from one vintage to another: mergers add, splits share, sums are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geodata.vintages import CommuneHistory
from graphmodel.errors import UsageError
from graphmodel.passage import Passage, Shares

LOG_COLUMNS = ("from_code", "to_code", "change", "share", "reason")


@dataclass(frozen=True)
class Conversion:
    """A table on the communes of another vintage.

    Attributes
    ----------
    table
        One row a commune (and a value of the other keys), same columns as the source. Former communes that no
        source tells apart stand together under their codes joined by `+`.
    log
        What was not simply carried over: `from_code`, `to_code`, `change` (`merged`, `split`, `recoded`,
        `kept_together`, `unknown_code`), `share`, and the `reason` in French.
    left
        Rows whose code no commune of the starting vintage has: in no sum of `table`.
    """

    table: pd.DataFrame
    log: pd.DataFrame
    left: pd.DataFrame


@dataclass
class _Plan:
    """Where each code goes: shares by code or group of codes."""

    targets: dict[str, dict[str, float]] = field(default_factory=dict)
    log: list[tuple[str, str, str, float, str]] = field(default_factory=list)


def passage_between(history: CommuneHistory, start: str, end: str) -> Passage:
    """Return the passage from the communes of a day to those of a later one (ISO dates).

    Raises
    ------
    UsageError
        When `end` is before `start`.
    """
    moved = {code: shares for code, shares in history.moved(start, end).items() if shares != {code: 1.0}}
    # A commune that keeps its code while others join it is a source among others.
    receivers = {target for shares in moved.values() for target in shares}
    moved |= {code: {code: 1.0} for code in receivers & history.communes_at(start) if code not in moved}
    return Passage(moved, dict(history.people_at(start)))


def convert(
    table: pd.DataFrame,
    history: CommuneHistory,
    start: str,
    end: str,
    *,
    code: str = "code",
    sums: Sequence[str],
    by: Sequence[str] = (),
) -> Conversion:
    """Carry a table by commune from the communes of one day to those of another, later or earlier.

    Parameters
    ----------
    table
        Rows by commune; other columns than `code`, `sums` and `by` are dropped, as nothing says how to merge
        them.
    start, end
        ISO dates between 1 January 2014 and today; codes are those of the end of the day.
    code, sums, by
        Column of the codes; columns that add up (numbers); columns that tell several rows of one commune
        apart (a year).

    Raises
    ------
    UsageError
        When a column is missing or not made of numbers.
    """
    _check(table, code, sums, by)
    codes = table[code].astype(str)
    known = codes.isin(history.communes_at(start))
    plan = _plan(history, start, end, sorted(set(codes[known])))
    for lost in sorted(set(codes[~known])):
        plan.log.append((lost, "", "unknown_code", np.nan, f"aucune commune n’a ce code au {_french(start)}"))
    rows = table[known].assign(**{code: codes[known]})
    carried = _carried(rows, plan, code, sums, by)
    log = pd.DataFrame(plan.log, columns=list(LOG_COLUMNS))
    return Conversion(carried, log, table[~known].copy())


def _check(table: pd.DataFrame, code: str, sums: Sequence[str], by: Sequence[str]) -> None:
    missing = [name for name in (code, *sums, *by) if name not in table]
    if missing:
        raise UsageError(f"Colonnes absentes de la table : {', '.join(missing)}.")
    words = [name for name in sums if not pd.api.types.is_numeric_dtype(table[name])]
    if words:
        raise UsageError(f"Ces colonnes ne sont pas des nombres : {', '.join(words)}.")


def _plan(history: CommuneHistory, start: str, end: str, codes: Iterable[str]) -> _Plan:
    """Say where each code goes, joining the targets between which nobody can share."""
    forward = start <= end
    passage = passage_between(history, *((start, end) if forward else (end, start)))
    moves = {code: passage.forward(code) if forward else passage.back(code) for code in codes}
    group = _groups(moves)
    arrivals: dict[str, set[str]] = {}
    for code, shares in moves.items():
        for target in shares:
            arrivals.setdefault(group.get(target, target), set()).add(code)
    plan = _Plan()
    for code, shares in moves.items():
        found: dict[str, float] = {}
        for target, share in shares.items():
            place = group.get(target, target)
            found[place] = 1.0 if share is None else min(1.0, found.get(place, 0.0) + share)
        plan.targets[code] = found
        for place, share in found.items():
            line = _line(code, place, share, len(found), len(arrivals[place]))
            if line:
                plan.log.append((code, place, line[0], share, line[1]))
    return plan


def _line(code: str, place: str, share: float, targets: int, sources: int) -> tuple[str, str] | None:
    """Return the kind of change and its reason, None where a commune is carried over as it is."""
    if "+" in place:
        return "kept_together", "parts de population inconnues : la valeur reste celle du groupe"
    if targets > 1:
        return "split", f"partagée par population, {share * 100:.2f} %".replace(".", ",")
    if sources > 1:
        return "merged", "fusion : les valeurs s’ajoutent"
    return ("recoded", "nouveau code") if place != code else None


def _groups(moves: dict[str, Shares]) -> dict[str, str]:
    """Return the joined code of every target that cannot be told from another one."""
    owner: dict[str, set[str]] = {}
    for shares in moves.values():
        if None in shares.values():
            joined = set(shares)
            for target in shares:
                joined |= owner.get(target, set())
            owner.update(dict.fromkeys(joined, joined))
    return {target: "+".join(sorted(joined)) for target, joined in owner.items()}


def _carried(
    rows: pd.DataFrame, plan: _Plan, code: str, sums: Sequence[str], by: Sequence[str]
) -> pd.DataFrame:
    """Return the rows with their values shared out and added up."""
    edges = pd.DataFrame(
        [
            (source, target, share)
            for source, targets in plan.targets.items()
            for target, share in targets.items()
        ],
        columns=[code, "__target", "__share"],
    )
    spread = rows[[code, *by, *sums]].assign(__row=np.arange(len(rows))).merge(edges, on=code, how="left")
    for column in sums:
        spread[column] = _shared(spread, column)
    grouped = spread.groupby(["__target", *by], dropna=False, sort=True)
    # A sum with an unknown part is unknown: adding what is left would understate it.
    total = grouped[list(sums)].sum(min_count=1)
    total = total.where(grouped[list(sums)].count().eq(grouped.size(), axis=0))
    total = total.astype({column: _dtype(rows[column]) for column in sums})
    return total.reset_index().rename(columns={"__target": code})[[code, *by, *sums]]


def _dtype(column: "pd.Series[float]") -> str:
    return "Int64" if pd.api.types.is_integer_dtype(column) else "Float64"


def _shared(spread: pd.DataFrame, column: str) -> "pd.Series[float]":
    """Return the values of a column shared out; whole numbers stay whole and keep their sum."""
    exact = spread[column].astype("Float64") * spread["__share"]
    if not pd.api.types.is_integer_dtype(spread[column]):
        return exact
    floor = np.floor(exact + 1e-9)
    rest = (spread[column].astype("Float64") - floor.groupby(spread["__row"]).transform("sum")).fillna(0)
    # The largest remainders take what rounding down left.
    order = (exact - floor).groupby(spread["__row"]).rank(method="first", ascending=False)
    whole: pd.Series[float] = (floor + (order <= rest).astype("Float64")).astype("Int64")
    return whole


def _french(day: str) -> str:
    year, month, number = day.split("-")
    return f"{number}/{month}/{year}"
