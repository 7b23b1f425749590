"""The annual reports: who owes one, when it came, what it says."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from loaders.demonstration.cooperation import Cooperation, Part
from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import YEARS, table

NEVER = "FICTISCOP-GRANIT"
"""Operator that never sends a report."""

LATE = "FICTICONSEIL-ZENITH"
"""Operator that always sends its reports long after the day."""

_COVERAGE = {2014: 0.93, 2015: 0.955, 2016: 0.92}
_ON_TIME = 0.76


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report expected from an operator for an action and a year; `received` None when it never came."""

    organisation: str
    action: str
    year: int
    due: date
    received: date | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure asked of a report; `value` None unless reported."""

    metric: str
    unit: str
    organisation: str
    action: str
    year: int
    status: str
    value: int | None
    sources: int | None


class Reports:
    """Reports of the three years.

    Parameters
    ----------
    cooperation
        Who takes part: each participation owes a report.
    """

    def __init__(self, cooperation: Cooperation) -> None:
        self._cooperation = cooperation

    @cached_property
    def due(self) -> list[ReportDue]:
        """Every report expected, by year, action and organisation."""
        draw = Draw("reports")
        return [self._due(draw, part) for part in self._cooperation.parts]

    @cached_property
    def measures(self) -> list[MeasureRow]:
        """Every figure asked; a report that never came leaves its figures missing."""
        draw = Draw("measures")
        asked: dict[str, list[tuple[str, str, int]]] = {}
        for row in table("metrics"):
            asked.setdefault(row["action"], []).append((row["metric"], row["unit"], int(row["mean"])))
        return [
            self._measure(draw, report, metric, unit, mean)
            for report in self.due
            for metric, unit, mean in asked[report.action]
        ]

    def _due(self, draw: Draw, part: Part) -> ReportDue:
        due = date(part.year + 1, 3, 31)
        if part.organisation == NEVER or not draw.happens(_COVERAGE[part.year]):
            received = None
        elif part.organisation == LATE:
            received = due + timedelta(days=draw.whole(48, 110))
        elif draw.happens(_ON_TIME):
            received = due - timedelta(days=draw.whole(0, 45))
        else:
            received = due + timedelta(days=draw.whole(1, 40))
        return ReportDue(part.organisation, part.action, part.year, due, received)

    def _measure(self, draw: Draw, report: ReportDue, metric: str, unit: str, mean: int) -> MeasureRow:
        key = (metric, unit, report.organisation, report.action, report.year)
        if report.received is None:
            return MeasureRow(*key, "missing", None, None)
        if draw.happens(0.07):
            return MeasureRow(*key, "not_applicable", None, None)
        if draw.happens(0.12):
            return MeasureRow(*key, "missing", None, None)
        growth = 1 + 0.09 * (report.year - YEARS[0])
        # The operators of an action share its figure: the action's total stays what such an action does.
        share = 1.6 / max(2, len(self._cooperation.operators(report.action, report.year)))
        return MeasureRow(*key, "reported", draw.about(mean * growth * share), 2 if draw.happens(0.34) else 1)
