"""What operators owe on a day."""

import datetime

import pytest

from graphmodel import ContractGraph, open_store
from graphmodel.batch import BatchBuilder, Ref, Source
from graphmodel.dues import Due, dues

DAY = datetime.date(2016, 4, 1)


class Book:
    """Reports of a small contract."""

    def __init__(self) -> None:
        self.builder = BatchBuilder(Source("s", "s", "0" * 64, "workbook"), contract="C")
        self.builder.node("Contract", "C", {"years": [2014, 2015]})
        self.actions = {
            code: self.builder.node("Action", code, {"region_wide": wide}, name=f"Action {code}", at=2014)
            for code, wide in (("I_1", False), ("I_2", True), ("I_3", None))
        }

    def organisation(self, name: str) -> Ref:
        """Add an organisation."""
        return self.builder.node("Organisation", name, {}, name=name.title())

    def report(self, who: Ref, action: str, year: int, due: str | None, received: str | None) -> Ref:
        """Add a report."""
        values = {
            "year": year,
            "due_on": datetime.date.fromisoformat(due) if due else None,
            "received_on": datetime.date.fromisoformat(received) if received else None,
        }
        report = self.builder.node("Report", f"{who[1]}-{action}-{year}", values)
        self.builder.relationship("SUBMITTED_BY", report, who)
        self.builder.relationship("ABOUT", report, self.actions[action])
        return report

    def measure(self, report: Ref, metric: str, status: str | None) -> None:
        """Add a measure of a report."""
        measure = self.builder.node("Measure", f"{metric}-{report[1]}", {"metric": metric, "status": status})
        self.builder.relationship("REPORTS", report, measure)

    def part(self, who: Ref, action: str, role: str, year: int) -> None:
        """Add a participation."""
        values = {"role": role, "year": year, "basis": "report"}
        self.builder.relationship("TAKES_PART_IN", who, self.actions[action], values)

    def graph(self) -> ContractGraph:
        """Return the graph of the contract."""
        with open_store("sqlite:///:memory:", create=True) as store:
            store.apply(store.plan(self.builder.build()))
            return store.snapshot()


@pytest.fixture
def book() -> Book:
    """Return an empty book."""
    return Book()


def kinds(graph: ContractGraph, on: datetime.date = DAY, year: int | None = None) -> list[tuple[object, ...]]:
    """Return what is owed, in short."""
    return [
        (debtor.id, due.kind, due.action, due.year, due.metric)
        for debtor in dues(graph, on, year)
        for due in debtor.dues
    ]


def test_report_is_owed_from_the_day_after_it_is_due(book: Book) -> None:
    a = book.organisation("a")
    book.report(a, "I_1", 2015, "2016-03-31", None)
    book.report(a, "I_2", 2015, "2016-04-01", None)
    book.report(a, "I_3", 2015, None, None)
    graph = book.graph()
    assert kinds(graph) == [("a", "report", "I_1", 2015, None), ("a", "report", "I_3", 2015, None)]
    assert len(kinds(graph, DAY + datetime.timedelta(1))) == 3


def test_report_received_later_was_still_owed_that_day(book: Book) -> None:
    book.report(book.organisation("a"), "I_1", 2015, "2016-03-31", "2016-04-02")
    graph = book.graph()
    assert kinds(graph) == [("a", "report", "I_1", 2015, None)]
    assert kinds(graph, datetime.date(2016, 4, 2)) == []


def test_figure_is_missing_when_its_report_says_so(book: Book) -> None:
    """An unknown status is no missing figure; figures of a report that did not come are not told twice."""
    a = book.organisation("a")
    received = book.report(a, "I_1", 2015, "2016-03-31", "2016-03-01")
    for metric, status in (("m1", "missing"), ("m2", "reported"), ("m3", "not_applicable"), ("m4", None)):
        book.measure(received, metric, status)
    book.measure(book.report(a, "I_2", 2015, "2016-03-31", None), "m5", "missing")
    assert kinds(book.graph()) == [("a", "report", "I_2", 2015, None), ("a", "measure", "I_1", 2015, "m1")]


def test_pilot_owes_the_places_of_an_action_that_is_not_region_wide(book: Book) -> None:
    a, b = book.organisation("a"), book.organisation("b")
    for action in ("I_1", "I_2", "I_3"):
        book.part(a, action, "pilot", 2015)
    book.part(b, "I_1", "partner", 2015)
    assert kinds(book.graph()) == [("a", "places", "I_1", 2015, None)]
    lyon = book.builder.territory("commune", "69123", 2025)
    said = {"year": 2015, "degree": "targeted"}
    book.builder.relationship("TAKES_PLACE_IN", book.actions["I_1"], lyon, said)
    assert kinds(book.graph()) == []


def test_one_year_is_told_alone(book: Book) -> None:
    a = book.organisation("a")
    book.report(a, "I_1", 2014, "2015-03-31", None)
    book.report(a, "I_1", 2015, "2016-03-31", None)
    graph = book.graph()
    assert [kind[3] for kind in kinds(graph)] == [2014, 2015]
    assert [kind[3] for kind in kinds(graph, year=2014)] == [2014]


def test_operators_stand_by_name_and_those_who_owe_nothing_are_left_out(book: Book) -> None:
    for name in ("zoé", "abel", "nadine"):
        received = "2016-03-01" if name == "nadine" else None
        book.report(book.organisation(name), "I_1", 2015, "2016-03-31", received)
    assert [debtor.id for debtor in dues(book.graph(), DAY)] == ["abel", "zoé"]


def test_days_late() -> None:
    due = Due("report", "I_1", "", 2015, datetime.date(2016, 3, 31))
    assert due.days_late(DAY) == 1
    assert due.days_late(datetime.date(2016, 3, 31)) is None
    assert Due("report", "I_1", "", 2015, None).days_late(DAY) is None
