"""From the communes of one vintage to those of another: shares forward, and back by population."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import records_of

Shares = dict[str, float | None]
"""Share by commune, together 1; None where nobody knows it."""

_UNDATED = date.min
_TOLERANCE = 1e-9


class Change(NamedTuple):
    """What a commune became on one day; `on` is the first day of all where no source dates it."""

    on: date
    shares: Shares


Changes = dict[str, list[Change]]
"""Changes of each commune, by date: a code used again changes several times."""


class Passage:
    """Where the inhabitants of each earlier commune went.

    Parameters
    ----------
    moved
        Shares of each earlier commune by later commune; a commune that is absent is unchanged.
    people
        Inhabitants of the earlier communes, None or absent where unknown.
    starts
        Communes of the start, the only ones `back` returns; None takes every one of `moved`.
    """

    def __init__(self, moved: Mapping[str, Shares], people: Mapping[str, float | None],
                 starts: Collection[str] | None = None) -> None:  # fmt: skip
        self.moved = {code: dict(shares) for code, shares in moved.items()}
        self.people = dict(people)
        self._sources: defaultdict[str, list[str]] = defaultdict(list)
        for code in self.moved if starts is None else starts:
            for target in self.moved[code]:
                self._sources[target].append(code)

    @classmethod
    def from_graph(cls, graph: ContractGraph) -> "Passage":
        """Return what the `SUCCEEDED_BY` of a graph say of its communes, by key, from the first state known.

        The changes follow one another by date: what a commune became on a day only changes again on a later
        one. A key that several dates change (a code given again, in a file that names no vintage) therefore
        goes where it went the first time. What no source dates comes first, and once.
        """
        changes = _changes(graph)
        territories = records_of(graph.nodes("Territory"))
        people = {
            str(row["key"]): float(str(row["population"])) for row in territories if "population" in row
        }
        moved = {code: _followed(code, changes, None, frozenset()) for code in changes}
        return cls(moved, people, _starts(changes))

    def between(self, starts: Collection[str]) -> "Passage":
        """Return the passage from a whole list of earlier communes; those that nothing changed stay.

        A later commune that keeps its code then comes from itself too, not only from what it absorbed.
        """
        return Passage({code: self.moved.get(code, {code: 1.0}) for code in starts}, self.people)

    def forward(self, code: str) -> Shares:
        """Return the later communes of an earlier one, with the share of its inhabitants that each has."""
        return dict(self.moved.get(code) or {code: 1.0})

    def back(self, code: str) -> Shares:
        """Return the earlier communes of a later one, with the share of its inhabitants that each has.

        Shares are None together when the inhabitants of one of them are unknown.
        """
        sources = self._sources.get(code, [])
        if len(sources) == 1:
            return {sources[0]: 1.0}
        if not sources:
            return {code: 1.0}
        counts: dict[str, float] = {}
        for source in sources:
            people, share = self.people.get(source), self.moved[source][code]
            if people is None or share is None:
                return dict.fromkeys(sources)
            counts[source] = people * share
        total = sum(counts.values())
        return (
            {source: count / total for source, count in counts.items()} if total else dict.fromkeys(sources)
        )


def _changes(graph: ContractGraph) -> Changes:
    """Return the changes of every commune, by date."""
    rows = [
        (str(row["source"]), row.get("date") or _UNDATED, str(row["target"]), row.get("population_share"))
        for row in records_of(graph.relationships("SUCCEEDED_BY"))
    ]
    found: Changes = {}
    for (code, on), group in groupby(sorted(rows, key=lambda row: row[:3]), key=lambda row: row[:2]):
        shares = {target: None if share is None else float(str(share)) for _, _, target, share in group}
        if len(shares) == 1:
            # One successor took everybody, whether the share was written or not.
            shares = dict.fromkeys(shares, 1.0)
        found.setdefault(code, []).append(Change(_day(on), shares))
    return {code: [_one_account(change, found) for change in listed] for code, listed in found.items()}


def _day(on: object) -> date:
    """Return a date of the graph as one; the first day of all where there is none."""
    return on if isinstance(on, date) else _UNDATED


def _one_account(change: Change, changes: Changes) -> Change:
    """Return a change told twice as told once.

    The history of the reference leads straight to the commune of today, a file of movements from one state to
    the next: with both in a graph, everybody would be moved twice.
    """
    known = {target: share for target, share in change.shares.items() if share is not None}
    total = sum(known.values())
    if total < 1 - _TOLERANCE:
        return change
    if total > 1 + _TOLERANCE:
        through = {end for target in known for end in _reached(target, changes, change.on) if end != target}
        known = {target: share for target, share in known.items() if target not in through}
    if abs(sum(known.values()) - 1) > _TOLERANCE:
        return Change(change.on, dict.fromkeys(change.shares))
    return Change(change.on, dict(known))


def _reached(code: str, changes: Changes, after: date) -> set[str]:
    """Return every commune that one becomes after a day, itself included."""
    found, todo = {code}, [(code, after)]
    while todo:
        here, day = todo.pop()
        for change in changes.get(here, []):
            new = set(change.shares) - found if change.on > day or change.on == _UNDATED else set()
            found |= new
            todo.extend((target, change.on) for target in new)
    return found


def _starts(changes: Changes) -> list[str]:
    """Return the communes that stood before any change: those no earlier change made."""
    made: dict[str, date] = {}
    for code, listed in changes.items():
        for on, shares in listed:
            for target in shares:
                if target != code:
                    made[target] = min(on, made.get(target, date.max))
    return [
        code for code, listed in changes.items()
        if code not in made or _UNDATED < listed[0].on <= made[code]
    ]  # fmt: skip


def _followed(code: str, changes: Changes, after: date | None, seen: frozenset[str]) -> Shares:
    """Return the last communes that one became, change after change; `seen` have used their undated one."""
    change = next(
        (one for one in changes.get(code, ())
         if (code not in seen if one.on == _UNDATED else after is None or one.on > after)),
        None,
    )  # fmt: skip
    if change is None:
        return {code: 1.0}
    day, seen = (after, seen | {code}) if change.on == _UNDATED else (change.on, seen)
    found: Shares = {}
    for target, share in change.shares.items():
        for last, part in _followed(target, changes, day, seen).items():
            before = found.get(last, 0.0)
            known = share is not None and part is not None and before is not None
            found[last] = (before or 0.0) + (share or 0.0) * (part or 0.0) if known else None
    return found
