"""Who takes part in which action, read once from a contract graph, and the networks cut from it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation.two_mode import TwoMode
from graphmodel.frames import known
from graphmodel.selection import contained

OPERATOR_ROLES = frozenset({"pilot", "partner"})
"""Roles that make an operator; funders and beneficiaries are not."""

OPERATOR_BASIS = "report"
"""Only annual reports say who operates; commitments of authorities are another matter (T16)."""


@dataclass(frozen=True, slots=True)
class Lens:
    """Which part of the cooperation to look at; everything by default, the animation left out.

    Attributes
    ----------
    axis
        Identifier of an axis.
    worlds, families
        Worlds (`ess`, `ess_company`, `classic`, `public`, `research`) and families kept; None for all.
    territory
        Key of a territory: operators based in it or in what it contains (a département, say).
    without
        Keys of operators taken away, such as the pivot.
    roles
        Roles that count as taking part.
    animation
        True to keep the uncoded action (animation of the contract).
    """

    axis: str | None = None
    worlds: frozenset[str] | None = None
    families: frozenset[str] | None = None
    territory: str | None = None
    without: frozenset[str] = frozenset()
    roles: frozenset[str] = OPERATOR_ROLES
    animation: bool = False


EVERYTHING = Lens()


@dataclass(frozen=True, slots=True)
class Part:
    """One participation: operator and action by key, year (None when unknown), role."""

    operator: str
    action: str
    year: int | None
    role: str


class Participations:
    """The participations that annual reports state, and what is needed to filter them.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self._graph = graph
        frame = graph.relationships("TAKES_PART_IN")
        stated = frame[frame["basis"] == OPERATOR_BASIS]
        cells = zip(stated["source"], stated["target"], stated["year"], stated["role"], strict=True)
        self.parts: tuple[Part, ...] = tuple(
            Part(str(source), str(target), None if pd.isna(year) else int(year), str(role))
            for source, target, year, role in cells
        )

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years in which at least one operator takes part in an action, in order."""
        return tuple(sorted({p.year for p in self.parts if p.year is not None and p.role in OPERATOR_ROLES}))

    @cached_property
    def _of_year(self) -> dict[int, list[Part]]:
        found: defaultdict[int, list[Part]] = defaultdict(list)
        for part in self.parts:
            if part.year is not None:
                found[part.year].append(part)
        return dict(found)

    @cached_property
    def axes(self) -> dict[str, str]:
        """Identifier of the axis of each action that has one, by key of the action."""
        identifiers = self._graph.nodes("Axis")["id"].to_dict()
        axes = self._graph.ends("PART_OF", "Action", "Axis")
        return {action: str(identifiers[axis]) for action, axis in axes.items()}

    @cached_property
    def uncoded(self) -> frozenset[str]:
        """Keys of the actions that are no part of the network (animation)."""
        coded = self._graph.nodes("Action")["coded"].fillna(True)
        return frozenset(coded.index[~coded.astype(bool)])

    @cached_property
    def worlds(self) -> dict[str, str | None]:
        """World of each organisation, None when unknown, by key."""
        return _texts(self._graph.nodes("Organisation")["world"])

    @cached_property
    def families(self) -> dict[str, str | None]:
        """Family of each organisation, None when it has none or it is unknown, by key."""
        return _texts(self._graph.nodes("Organisation")["family"])

    def based_in(self, territory: str) -> frozenset[str]:
        """Return the keys of the organisations based in a territory or in what it contains."""
        inside = contained(self._graph.relationships("CONTAINS"), territory)
        seats = self._graph.relationships("BASED_IN")
        return frozenset(seats.loc[seats["target"].isin(inside), "source"])

    def network(self, year: int | None, lens: Lens = EVERYTHING) -> TwoMode:
        """Return the two-mode network of a year, of all years together when `year` is None."""
        stays = self._operators(lens)
        parts: defaultdict[str, set[str]] = defaultdict(set)
        for part in self.parts if year is None else self._of_year.get(year, ()):
            if part.role in lens.roles and stays(part.operator):
                parts[part.action].add(part.operator)
        return TwoMode.of({action: names for action, names in parts.items() if self._seen(action, lens)})

    def roles(self, year: int) -> dict[tuple[str, str], frozenset[str]]:
        """Return the roles that a year's reports give, by (operator, action): roles are kept apart."""
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for part in self._of_year.get(year, ()):
            found[part.operator, part.action].add(part.role)
        return {pair: frozenset(names) for pair, names in found.items()}

    def _seen(self, action: str, lens: Lens) -> bool:
        if not lens.animation and action in self.uncoded:
            return False
        return lens.axis is None or self.axes.get(action) == lens.axis

    def _operators(self, lens: Lens) -> "Filter":
        inside = self.based_in(lens.territory) if lens.territory is not None else None
        return Filter(lens, self.worlds, self.families, inside)


@dataclass(frozen=True, slots=True)
class Filter:
    """Tells whether an operator passes a lens."""

    lens: Lens
    worlds: Mapping[str, str | None]
    families: Mapping[str, str | None]
    inside: frozenset[str] | None

    def __call__(self, operator: str) -> bool:
        """Return True when the operator passes."""
        lens = self.lens
        return (
            operator not in lens.without
            and (lens.worlds is None or self.worlds.get(operator) in lens.worlds)
            and (lens.families is None or self.families.get(operator) in lens.families)
            and (self.inside is None or operator in self.inside)
        )


def without_pivot(lens: Lens, pivot: str | None) -> Lens:
    """Return a lens that also takes the pivot away, when there is one."""
    return replace(lens, without=lens.without | {pivot}) if pivot is not None else lens


def _texts(column: "pd.Series[str]") -> dict[str, str | None]:
    cells = column.to_dict()
    return {str(key): None if known(cell) is None else str(cell) for key, cell in cells.items()}
