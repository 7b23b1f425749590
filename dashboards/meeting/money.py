"""« L’argent est-il allé partout ? »: which EPCI received, which did not, of which nobody knows."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dashboards import view_data
from dashboards.maps.facts import Places
from dashboards.meeting.figures import Figures, hidden
from graphmodel import ContractGraph
from graphmodel.indicators import IndicatorValue

Case = Literal["received", "nothing", "unknown"]
CASES: Final[Mapping[Case, str]] = {
    "received": "ont reçu",
    "nothing": "rien reçu",
    "unknown": "on ne sait pas",
}
"""The three cases of the map, in the order of its legend."""


@dataclass(frozen=True, slots=True)
class Money:
    """The three-case map.

    Attributes
    ----------
    year
        Year of the payments; None when no payment is known.
    cases
        Case of each EPCI by code.
    reports
        Coverage of the reports of the year, in words.
    """

    year: int | None
    cases: Mapping[str, Case]
    reports: str

    @property
    def legend(self) -> tuple[tuple[Case, str, int], ...]:
        """Cases with their words and counts, which add up to the number of EPCI."""
        counts = Counter(self.cases.values())
        return tuple((case, said, counts[case]) for case, said in CASES.items())

    @property
    def received(self) -> int:
        """Number of EPCI that received."""
        return sum(case == "received" for case in self.cases.values())


def money_of(
    graph: ContractGraph,
    figures: Figures,
    epci: Collection[str],
    places: Places,
    year: int | None,
) -> Money:
    """Return the three-case map of a year.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    figures
        Values of its evaluation.
    epci
        Codes of the EPCI drawn.
    places
        Where the actions of that year take place.
    year
        A year of payments; None when there is none.
    """
    if year is None:
        return Money(None, dict.fromkeys(epci, "unknown"), "aucun paiement connu")
    values = figures.money_of(year)
    known = _paid_codes(graph, figures, year)
    cases = {
        code: case_of(values.get(code), set(places.by_epci.get(code, ())) - known) for code in sorted(epci)
    }
    return Money(year, cases, view_data.reports_of(graph, year).sentence)


def _paid_codes(graph: ContractGraph, figures: Figures, year: int) -> set[str]:
    """Return the codes of the actions of which an amount paid in the year is known."""
    names = graph.nodes("Action")["id"]
    return {
        view_data.action_code(str(names[key])) for key in figures.context.paid(year) if key in names.index
    }


def case_of(value: IndicatorValue | None, unpaid: Collection[str]) -> Case:
    """Return the case of a territory.

    Parameters
    ----------
    value
        Euros per inhabitant; None when the evaluation has no value there.
    unpaid
        Actions that take place there and of which no payment is known: with one of them, a sum of zero is
        not nothing, it is not known.
    """
    if value is None:
        return "unknown"
    if hidden(value) or (value.value is not None and value.value > 0):
        return "received"
    if value.value is None or unpaid:
        return "unknown"
    return "nothing"
