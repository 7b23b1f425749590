"""The effect of the map on a change, and the passage between vintages of a graph."""

from datetime import date

import pytest

from graphmodel.passage import Passage
from graphmodel.vintage_effect import vintage_effect
from tests.graphmodel.mini import MiniBuilder, key


def test_the_worked_example() -> None:
    start = {"K1": 2_500.0, "K2": 1_500.0, "K3": 400.0}
    end = {"K1": 2_600.0, "K2": 1_650.0, "K3": 450.0}
    found = vintage_effect(start, end, ["K1", "K2"], ["K1", "K2", "K3"], Passage({}, {}))
    assert found.gross == pytest.approx(0.175)
    assert found.constant_p1 == pytest.approx(0.0682, abs=5e-5)
    assert (found.perimeter_effect, found.real_change) == (400, 300)
    assert found.perimeter_share == pytest.approx(0.5714, abs=5e-5)
    assert found.constant_p0 == pytest.approx(4_250 / 4_000 - 1)


def test_merged_communes_are_shared_back_by_population() -> None:
    passage = Passage({"A": {"N": 1.0}, "B": {"N": 1.0}}, {"A": 300, "B": 100})
    found = vintage_effect(
        {"A": 30.0, "B": 20.0, "C": 5.0}, {"N": 80.0, "C": 6.0}, ["A", "C"], ["N", "C"], passage
    )
    assert found.start_after == 55
    assert found.end_before == pytest.approx(0.75 * 80 + 6)
    assert found.gross == pytest.approx(86 / 35 - 1)


def test_what_is_unknown_is_not_zero() -> None:
    passage = Passage({"A": {"N": 1.0}, "B": {"N": 1.0}}, {"A": 300, "B": None})
    found = vintage_effect({"A": 30.0, "B": None}, {"N": 80.0}, ["A"], ["N"], passage)
    assert (found.start_after, found.end_before, found.constant_p1, found.perimeter_share) == (None,) * 4
    assert found.gross == pytest.approx(80 / 30 - 1)
    assert vintage_effect({}, {}, ["A"], ["A"], passage).gross is None


def test_no_change_at_all_has_no_share() -> None:
    found = vintage_effect({"A": 1.0}, {"A": 1.0}, ["A"], ["A"], Passage({}, {}))
    assert (found.gross, found.perimeter_share) == (0, None)


def test_a_graph_tells_its_passage_through_two_changes() -> None:
    mini = MiniBuilder()
    between, last = (mini.territory(code, "commune", vintage="2016") for code in ("M", "N"))
    for source, target, share in (("K4", between, None), ("K5", between, 1.0), ("M", last, 1.0)):
        mini.builder.relationship("SUCCEEDED_BY", mini.ref(source), target, {"population_share": share})
    passage = Passage.from_graph(mini.graph())
    assert passage.forward(key("K4")) == {key("N"): 1.0}
    assert passage.forward(key("K1")) == {key("K1"): 1.0}


def test_a_split_in_a_graph() -> None:
    mini = MiniBuilder()
    for code, share in (("A", 0.25), ("B", 0.75)):
        made = mini.territory(code, "commune", vintage="2016")
        mini.builder.relationship("SUCCEEDED_BY", mini.ref("K5"), made, {"population_share": share})
    passage = Passage.from_graph(mini.graph())
    assert passage.forward(key("K5")) == {key("A"): 0.25, key("B"): 0.75}
    assert passage.back(key("B")) == {key("K5"): 1.0}


def succession(mini: MiniBuilder, *rows: tuple[str, str, str, float | None]) -> Passage:
    """Return the passage of a graph whose communes, keyed without vintage, changed on these days."""
    for code in sorted({code for source, target, *_ in rows for code in (source, target)}):
        if code not in ("K1", "K2", "K3", "K4", "K5"):
            mini.territory(code, "commune", vintage="2016")
    for source, target, day, share in rows:
        said = {"date": date.fromisoformat(day), "population_share": share}
        mini.builder.relationship("SUCCEEDED_BY", mini.ref(source), mini.ref(target), said)
    return Passage.from_graph(mini.graph())


def test_a_code_used_again_goes_each_time_where_its_commune_went() -> None:
    passage = succession(
        MiniBuilder(),
        ("K1", "K1", "2015-06-01", 1.0), ("K2", "K1", "2015-06-01", 1.0),  # K2 merges into K1
        ("K1", "K1", "2016-06-01", 0.6), ("K1", "K2", "2016-06-01", 0.4),  # another K2 leaves K1
        ("K2", "K3", "2018-06-01", 1.0), ("K3", "K3", "2018-06-01", 1.0),  # and merges into K3
    )  # fmt: skip
    for code in ("K1", "K2"):
        assert passage.forward(key(code)) == pytest.approx({key("K1"): 0.6, key("K3"): 0.4})
    assert passage.forward(key("K3")) == {key("K3"): 1.0}
    assert set(passage.back(key("K3"))) == {key("K1"), key("K2"), key("K3")}
    assert sum(share or 0 for share in passage.back(key("K3")).values()) == pytest.approx(1)


def test_two_changes_on_two_days_follow_one_another_whatever_the_order_of_the_rows() -> None:
    rows = [("M", "N", "2016-01-01", 1.0), ("K4", "M", "2015-12-31", 1.0), ("K5", "M", "2015-12-31", 1.0)]
    for order in (rows, rows[::-1]):
        passage = succession(MiniBuilder(), *order)
        assert passage.forward(key("K4")) == passage.forward(key("K5")) == {key("N"): 1.0}
        # The commune of one night is none of those of the start.
        assert set(passage.back(key("N"))) == {key("K4"), key("K5")}


def test_two_codes_exchanged_on_one_day_end_exchanged() -> None:
    passage = succession(MiniBuilder(), ("K4", "K5", "2016-01-01", 1.0), ("K5", "K4", "2016-01-01", 1.0))
    assert passage.forward(key("K4")) == {key("K5"): 1.0}
    assert passage.back(key("K4")) == {key("K5"): 1.0}


def test_a_change_told_by_two_sources_moves_its_people_once() -> None:
    passage = succession(
        MiniBuilder(), ("K4", "M", "2015-12-31", 1.0), ("K4", "N", "2015-12-31", 1.0),
        ("M", "N", "2018-01-01", 1.0),
    )  # fmt: skip
    assert passage.forward(key("K4")) == {key("N"): 1.0}


def test_sources_that_contradict_each_other_leave_the_shares_unknown() -> None:
    passage = succession(MiniBuilder(), ("K4", "M", "2016-01-01", 1.0), ("K4", "N", "2016-01-01", 1.0))
    assert passage.forward(key("K4")) == {key("M"): None, key("N"): None}
