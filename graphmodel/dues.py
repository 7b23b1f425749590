"""What operators owe: reports that did not come, figures that lack in those that came, places never told.

A report is owed once its due date is past; one without due date is owed at once. An unknown is never read as
nothing: a figure is missing when its report says so.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import records_of

Kind = Literal["report", "measure", "places"]
_ORDER: tuple[Kind, ...] = ("report", "measure", "places")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing an operator owes.

    Attributes
    ----------
    kind
        `report`: the whole report; `measure`: a figure of a report that came; `places`: where an action that
        the operator pilots took place.
    action, action_name
        Identifier and name of the action.
    year
        Year the report is about.
    due_on
        Day the report is due; None when nobody said.
    received_on
        Day it came; None for a report that did not.
    metric
        Name of the figure; None for a report or places.
    """

    kind: Kind
    action: str
    action_name: str
    year: int | None
    due_on: datetime.date | None
    received_on: datetime.date | None = None
    metric: str | None = None

    def days_late(self, on: datetime.date) -> int | None:
        """Return the days between the due date and a day, None without due date or before it."""
        return (on - self.due_on).days if self.due_on is not None and on > self.due_on else None


@dataclass(frozen=True, slots=True)
class Debtor:
    """An operator and all it owes, in the order of years and actions.

    Attributes
    ----------
    key, id, name
        The organisation.
    address
        Its address, when known.
    dues
        Never empty.
    fictional
        True when the organisation or one of its reports is.
    """

    key: str
    id: str
    name: str
    address: str | None
    dues: tuple[Due, ...]
    fictional: bool


Record = Mapping[str, object]


def dues(graph: ContractGraph, on: datetime.date, year: int | None = None) -> list[Debtor]:
    """Return who owes what on a day.

    Parameters
    ----------
    graph
        Graph of one contract.
    on
        The day.
    year
        Year of the reports; None for all.

    Returns
    -------
    The operators that owe something, by name.
    """
    tables = _Tables(graph)
    owed: defaultdict[str, list[Due]] = defaultdict(list)
    flags: defaultdict[str, bool] = defaultdict(bool)
    for report in tables.reports.values():
        organisation = tables.author.get(str(report["key"]))
        if organisation is None or (year is not None and report.get("year") != year):
            continue
        owed[organisation] += _of_report(tables, report, on)
        flags[organisation] |= report.get("fictional") is True
    for organisation, due in _places(tables, year):
        owed[organisation].append(due)
    found = [
        _debtor(tables.organisations[key], items, fictional=flags[key])
        for key, items in owed.items()
        if items and key in tables.organisations
    ]
    return sorted(found, key=lambda debtor: (debtor.name.casefold(), debtor.id))


class _Tables:
    """The rows that dues rest on, by key."""

    def __init__(self, graph: ContractGraph) -> None:
        self.reports = _by_key(graph.nodes("Report"))
        self.measures = _by_key(graph.nodes("Measure"))
        self.actions = _by_key(graph.nodes("Action"))
        self.organisations = _by_key(graph.nodes("Organisation"))
        self.parts = records_of(graph.relationships("TAKES_PART_IN"))
        self.places = records_of(graph.relationships("TAKES_PLACE_IN"))
        submitted = records_of(graph.relationships("SUBMITTED_BY"))
        self.author = {str(row["source"]): str(row["target"]) for row in submitted}
        about = records_of(graph.relationships("ABOUT"))
        self.about = {
            str(row["source"]): str(row["target"]) for row in about if row["target_label"] == "Action"
        }
        self.told: defaultdict[str, list[str]] = defaultdict(list)
        for row in records_of(graph.relationships("REPORTS")):
            self.told[str(row["source"])].append(str(row["target"]))


def _by_key(frame: pd.DataFrame) -> dict[str, Record]:
    return {str(row["key"]): row for row in records_of(frame)}


def _of_report(tables: _Tables, report: Record, on: datetime.date) -> list[Due]:
    """Return the report itself when it is owed, else the figures it lacks."""
    action = tables.actions.get(tables.about.get(str(report["key"]), ""))
    due_on, received_on = _date(report.get("due_on")), _date(report.get("received_on"))
    head = _head(action, report.get("year"), due_on)
    if received_on is None or received_on > on:
        return [Due("report", *head)] if due_on is None or due_on < on else []
    missing = sorted(
        str(tables.measures[key]["metric"])
        for key in tables.told[str(report["key"])]
        if key in tables.measures and tables.measures[key].get("status") == "missing"
    )
    return [Due("measure", *head, received_on, metric) for metric in missing]


def _places(tables: _Tables, year: int | None) -> list[tuple[str, Due]]:
    """Return the actions whose pilot never said where they took place in a year."""
    told = {(str(row["source"]), row.get("year")) for row in tables.places}
    found = []
    for row in tables.parts:
        when, action = row.get("year"), tables.actions.get(str(row["target"]), {})
        asked = row.get("role") == "pilot" and row.get("basis") == "report" and year in (None, when)
        if not asked or action.get("region_wide") is not False:
            continue
        if not {(str(row["target"]), when), (str(row["target"]), None)} & told:
            found.append((str(row["source"]), Due("places", *_head(action, when, None))))
    return found


def _head(
    action: Record | None, year: object, due_on: datetime.date | None
) -> tuple[str, str, int | None, datetime.date | None]:
    row = action or {}
    identifier = str(row.get("id") or "")
    return identifier, str(row.get("name") or identifier), year if isinstance(year, int) else None, due_on


def _date(value: object) -> datetime.date | None:
    return value if isinstance(value, datetime.date) else None


def _debtor(row: Record, items: list[Due], *, fictional: bool) -> Debtor:
    def order(due: Due) -> tuple[int, int, str, str]:
        return _ORDER.index(due.kind), due.year or 0, due.action, due.metric or ""

    return Debtor(
        str(row["key"]),
        str(row["id"]),
        str(row["name"]),
        None if row.get("address") is None else str(row["address"]),
        tuple(sorted(items, key=order)),
        fictional or row.get("fictional") is True,
    )
