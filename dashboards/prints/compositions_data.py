"""What map M8 shows: two dated compositions of the EPCI, the communes that went from one to another."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from dashboards import words
from dashboards.maps.facts import Resolver
from dashboards.prints.actions_data import partner_units
from dashboards.prints.ground import PrintGround
from geodata.territories import load_reference
from geodata.vintages import load_history
from graphmodel import ContractGraph, UsageError

Change = Literal["same", "moved", "entered", "left", "without"]
"""What became of the EPCI of a commune: the same, another, a first one, none any more, never any."""
CHANGES: tuple[Change, ...] = ("same", "moved", "entered", "left", "without")


@dataclass(frozen=True, slots=True)
class PartyChange:
    """An EPCI party to the contract: communes gained and lost, inhabitants gained less lost; None unknown."""

    name: str
    gained: int
    lost: int
    people: int | None


@dataclass(frozen=True, slots=True)
class CompositionsMapData:
    """Everything map M8 says.

    Attributes
    ----------
    before, after
        EPCI of each commune in the two compositions, by code.
    dates
        Days of the two compositions.
    rows
        What became of every commune of the ground, by code.
    same_as
        EPCI of the second composition that carries on each of the first, where its code changed.
    parties
        The EPCI that signed.
    names
        Names of the EPCI by code.
    merged
        Number of communes of the first day that no longer are on the second: the map has those of today.
    people
        Inhabitants of the communes that moved; None when that of one is not known.
    fictional
        True when a composition is.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    dates: tuple[date, date]
    rows: Mapping[str, Change]
    same_as: Mapping[str, str]
    parties: tuple[PartyChange, ...]
    names: Mapping[str, str]
    merged: int
    people: int | None
    fictional: bool

    @property
    def counts(self) -> Counter[Change]:
        """Number of communes by what became of their EPCI; the sum is the number of communes."""
        return Counter(self.rows.values())

    @property
    def moved(self) -> tuple[str, ...]:
        """Codes of the communes that are no longer in the same EPCI."""
        return tuple(code for code, change in self.rows.items() if change in ("moved", "entered", "left"))


def compositions_map_data(graph: ContractGraph, ground: PrintGround) -> CompositionsMapData:
    """Return what map M8 shows: the oldest and the latest composition of the EPCI that the store has.

    Raises
    ------
    UsageError
        When the store has one dated composition, or none.
    """
    found = _compositions(graph)
    if len(found) < 2:
        said = f" ({words.day(next(iter(found)))})" if found else ""
        count = "Une seule composition datée des EPCI est chargée" if found else "Aucune composition des EPCI"
        raise UsageError(
            f"{count}{said} : la carte en compare deux, comme celles de 2014 et de 2017 (maillage load)."
        )
    first, last = min(found), max(found)
    before, after = found[first], found[last]
    same_as = _carried_on(before, after)
    rows = {code: _change(before.get(code), after.get(code), same_as) for code in sorted(ground.communes)}
    moved = [code for code, change in rows.items() if change in ("moved", "entered", "left")]
    people = [ground.populations.get(code) for code in moved]
    names = {**_names(graph), **ground.epci_names}
    partners = partner_units(graph, Resolver(graph, load_reference()))
    history = load_history()
    gone = history.communes_at(first.isoformat()) - history.communes_at(last.isoformat())
    return CompositionsMapData(
        before=before,
        after=after,
        dates=(first, last),
        rows=rows,
        same_as=same_as,
        parties=tuple(_party(code, before, after, same_as, names, ground) for code in sorted(partners)),
        names=names,
        merged=len(gone),
        people=None if None in people else sum(count or 0 for count in people),
        fictional=bool(_rows(graph)["fictional"].any()),
    )


def _rows(graph: ContractGraph) -> pd.DataFrame:
    """Return what EPCI of a dated composition contain: communes."""
    rows = graph.relationships("CONTAINS")
    levels = graph.nodes("Territory")["level"]
    kept = (rows["source"].map(levels) == "epci") & (rows["target"].map(levels) == "commune")
    return rows[kept & rows["date"].notna()]


def _compositions(graph: ContractGraph) -> dict[date, dict[str, str]]:
    """Return the EPCI of each commune by day of composition."""
    rows = _rows(graph)
    codes = graph.nodes("Territory")["code"]
    found: defaultdict[date, dict[str, str]] = defaultdict(dict)
    for day, epci, commune in zip(rows["date"], rows["source"], rows["target"], strict=True):
        found[pd.Timestamp(day).date()][str(codes[commune])] = str(codes[epci])
    return dict(found)


def _carried_on(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the EPCI that carries on each: of the same code, else the new one with most of its communes."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for commune, epci in before.items():
        members[epci].append(commune)
    kept, new = set(before.values()) & set(after.values()), set(after.values()) - set(before.values())
    found = {code: code for code in kept}
    for code in sorted(set(before.values()) - kept):
        heirs = Counter(after[commune] for commune in members[code] if after.get(commune) in new)
        if heirs:
            found[code] = min(heirs, key=lambda heir: (-heirs[heir], heir))
    return found


def _change(before: str | None, after: str | None, same_as: Mapping[str, str]) -> Change:
    if before is None or after is None:
        return "entered" if after else "left" if before else "without"
    return "same" if same_as.get(before) == after else "moved"


def _party(code: str, before: Mapping[str, str], after: Mapping[str, str], same_as: Mapping[str, str],
           names: Mapping[str, str], ground: PrintGround) -> PartyChange:  # fmt: skip
    heir = same_as.get(code, code)
    old = {commune for commune, epci in before.items() if epci == code}
    now = {commune for commune, epci in after.items() if epci == heir}
    gained, lost = now - old, old - now
    counts = [(ground.populations.get(commune), 1) for commune in gained]
    counts += [(ground.populations.get(commune), -1) for commune in lost]
    unknown = any(people is None for people, _ in counts)
    people = None if unknown else sum((count or 0) * way for count, way in counts)
    return PartyChange(names.get(code, code), len(gained), len(lost), people)


def _names(graph: ContractGraph) -> dict[str, str]:
    territories = graph.nodes("Territory")
    own = territories[territories["level"] == "epci"]
    return {str(code): str(name) for code, name in zip(own["code"], own["name"], strict=True)}
