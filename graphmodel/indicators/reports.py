"""How many of the annual reports expected were received (G02), by year, axis and operator."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import records_of

MINIMUM_COVERAGE = 0.60
"""Share of the reports received under which (strictly) what rests on reports has no value."""


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """A report expected: operator and action by key, axis by identifier, year, dates (None: not received)."""

    operator: str | None
    action: str | None
    axis: str | None
    year: int | None
    due_on: date | None
    received_on: date | None


class ReportCoverage:
    """The reports expected of a contract.

    Parameters
    ----------
    graph
        Snapshot.
    axes
        Identifier of the axis by key of the action.
    """

    def __init__(self, graph: ContractGraph, axes: Mapping[str, str]) -> None:
        operators = graph.ends("SUBMITTED_BY", "Report", "Organisation")
        actions = graph.ends("ABOUT", "Report", "Action")
        self.expected: tuple[ExpectedReport, ...] = tuple(
            ExpectedReport(
                operator=operators.get(str(row["key"])),
                action=actions.get(str(row["key"])),
                axis=axes.get(actions.get(str(row["key"]), "")),
                year=cast("int | None", row.get("year")),
                due_on=cast("date | None", row.get("due_on")),
                received_on=cast("date | None", row.get("received_on")),
            )
            for row in records_of(graph.nodes("Report"))
        )
        self._counts: defaultdict[tuple[int | None, str | None], list[int]] = defaultdict(lambda: [0, 0])
        for report in self.expected:
            for scope in {None, report.axis}:
                count = self._counts[report.year, scope]
                count[0] += report.received_on is not None
                count[1] += 1

    def counts(self, year: int, axis: str | None = None) -> tuple[int, int]:
        """Return the reports received and expected of a year, of the region or of an axis."""
        received, expected = self._counts.get((year, axis), (0, 0))
        return received, expected

    def share(self, years: Iterable[int], axis: str | None = None) -> float | None:
        """Return the lowest share received among some years, None when none of them expects a report."""
        counts = [self.counts(year, axis) for year in years]
        return min((received / expected for received, expected in counts if expected), default=None)

    def missing(self, years: Iterable[int]) -> frozenset[str]:
        """Return the keys of the operators with a report expected and not received in one of the years."""
        wanted = set(years)
        return frozenset(
            report.operator
            for report in self.expected
            if report.operator is not None and report.year in wanted and report.received_on is None
        )
