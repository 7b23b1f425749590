"""Everything the indicators read of a contract's graph, read once and kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar, cast

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation.participations import Lens, Participations
from graphmodel.cooperation.two_mode import TwoMode
from graphmodel.frames import records_of
from graphmodel.indicators.reports import ReportCoverage
from graphmodel.indicators.value import Baseline
from graphmodel.payments import payments_of
from graphmodel.schema import SCHEMA

Pivot = Literal["with", "without"]
Coding = Literal["classique", "ess"]

CODINGS: tuple[Coding, ...] = ("classique", "ess")
"""How companies of the ESS (law of 2014) count: as classic economy, or as ESS."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What the indicators ask of an action.

    Attributes
    ----------
    key, id
        Key in the graph and identifier shown.
    axis
        Identifier of its axis, None when it has none.
    coded
        False for the animation: out of the network, kept in amounts.
    region_wide
        True for a region-wide action; unknown counts as not.
    social_innovation
        Grade on the grid, None when not graded.
    """

    key: str
    id: str
    axis: str | None
    coded: bool
    region_wide: bool
    social_innovation: bool | None


class EvaluationContext:
    """The evaluation's view of one contract: waves, actions, operators, reports, money.

    Parameters
    ----------
    graph
        Snapshot of one contract, of all its years (a graph cut to one year has lost its baseline).

    Notes
    -----
    Nothing is computed before it is asked for, nothing twice: `kept` lets other modules do the same.
    """

    def __init__(self, graph: ContractGraph) -> None:
        self.graph = graph
        self.contract = graph.contract
        self.participations = Participations(graph)
        self._kept: dict[object, object] = {}

    def kept(self, name: object, make: Callable[[], T]) -> T:
        """Return what `make` gives, calling it once for a (hashable) name."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast(T, self._kept[name])

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Waves: those the contract declares, else the years of the participations."""
        declared = cast(Sequence[int], self.contract.get("years") or ())
        return tuple(sorted(int(year) for year in declared)) or self.participations.years

    @cached_property
    def observed(self) -> tuple[int, ...]:
        """Waves for which at least one participation is known: the others are unknown, not empty."""
        return tuple(year for year in self.years if year in self.participations.years)

    @cached_property
    def t0(self) -> int | None:
        """Reference year: the one declared, else the first wave; None without any."""
        declared = self.contract.get("t0")
        return int(cast(int, declared)) if declared is not None else next(iter(self.years), None)

    @cached_property
    def baseline(self) -> Baseline:
        """What the reference year is: a wave measured, one rebuilt from before the contract, or none."""
        if self.t0 is None or self.t0 not in self.observed:
            return "none"
        start = self.contract.get("start_year")
        return "rebuilt" if start is not None and self.t0 < cast(int, start) else "measured"

    @cached_property
    def pivot(self) -> str | None:
        """Key of the pivot organisation, None when the contract declares none that the graph holds."""
        declared = self.contract.get("pivot")
        return next((key for key, name in self.names.items() if name == declared), None)

    @property
    def pivots(self) -> tuple[Pivot, ...]:
        """Runs to make: with the pivot, and without it where there is one."""
        return ("with",) if self.pivot is None else ("with", "without")

    @cached_property
    def names(self) -> dict[str, str]:
        """Identifier shown of every organisation, by key."""
        return {str(k): str(v) for k, v in self.graph.nodes("Organisation")["id"].items()}

    @cached_property
    def actions(self) -> dict[str, ActionFacts]:
        """Facts of every action, by key."""
        axes = self.participations.axes
        return {
            str(row["key"]): ActionFacts(
                key=str(row["key"]),
                id=str(row["id"]),
                axis=axes.get(str(row["key"])),
                coded=row.get("coded") is not False,
                region_wide=row.get("region_wide") is True,
                social_innovation=cast("bool | None", row.get("social_innovation")),
            )
            for row in records_of(self.graph.nodes("Action"))
        }

    @cached_property
    def axes(self) -> tuple[str, ...]:
        """Identifiers of the axes that have an action, in order."""
        return tuple(sorted({facts.axis for facts in self.actions.values() if facts.axis is not None}))

    @property
    def axis_scopes(self) -> tuple[str | None, ...]:
        """The whole (None), then each axis: the levels of most structuring indicators."""
        return (None, *self.axes)

    def network(self, year: int, axis: str | None = None, pivot: Pivot = "with") -> TwoMode:
        """Return the two-mode network of a year: operators and coded, active actions."""
        out = frozenset((self.pivot,)) if pivot == "without" and self.pivot is not None else frozenset[str]()
        lens = Lens(axis=axis, without=out)
        return self.kept(("network", year, axis, pivot), lambda: self.participations.network(year, lens))

    def waves(self, axis: str | None = None, pivot: Pivot = "with") -> list[TwoMode]:
        """Return the networks of the observed waves, in order."""
        return [self.network(year, axis, pivot) for year in self.observed]

    def world(self, operator: str, coding: Coding) -> str | None:
        """Return the world of an operator once companies of the ESS are counted one way or the other."""
        world = self.participations.worlds.get(operator)
        if world == "ess_company":
            return "ess" if coding == "ess" else "classic"
        return world

    @cached_property
    def reports(self) -> ReportCoverage:
        """Reports expected and received (G02)."""
        return ReportCoverage(self.graph, self.participations.axes)

    def paid(self, year: int) -> dict[str, int]:
        """Return the known paid amounts of a year in cents, all funders, by key of the action.

        An action whose payments are all unknown is absent; a payment of 0 is one.
        """
        return self.kept(("paid", year), lambda: self._paid(year))

    def _paid(self, year: int) -> dict[str, int]:
        amounts = payments_of(self.graph, year)["amount"].dropna()
        return {str(action): int(amount) for action, amount in amounts.items()}

    def fictional(self, tables: Iterable[str], years: Iterable[int] = ()) -> bool:
        """Tell whether any row of some tables is fictional, in some years (rows without a year included)."""
        wanted = frozenset(years)
        return any(self._fictional(table, wanted) for table in tables)

    def _fictional(self, table: str, years: frozenset[int]) -> bool:
        def look() -> bool:
            is_node = SCHEMA.is_node(table)
            frame = self.graph.nodes(table) if is_node else self.graph.relationships(table)
            flagged = frame["fictional"].astype(bool)
            if years and "year" in frame.columns:
                flagged &= frame["year"].isna() | frame["year"].isin(years)
            return bool(flagged.any())

        return self.kept(("fictional", table, years), look)
