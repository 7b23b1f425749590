"""T05: the worked example, structures that are nowhere or alone, and the region."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.indicators.territories.equity import t05
from tests.graphmodel.indicators.sets import context_of, one
from tests.graphmodel.indicators.test_deployment import support

COMMUNES = {
    "K1": {"pop": 60_000, "dep": "D1", "epci": "X", "zrr": False, "uu": "L"},
    "K2": {"pop": 40_000, "dep": "D1", "epci": "X", "zrr": False, "uu": "L"},
    "K3": {"pop": 30_000, "dep": "D1", "epci": "X", "zrr": False, "uu": "M"},
}
TERRITORY: dict[str, Any] = {"communes": COMMUNES, "qpv": {"Q1": {"pop": 15_000, "commune": "K1"}}}


def _supports(inside: int, around: int) -> list[dict[str, Any]]:
    rows = [support("a2", f"q{i}", None, qpv="Q1", issue="conseil") for i in range(inside)]
    rows += [support("a2", f"k{i}", None, commune="K1" if i % 2 else "K2") for i in range(around)]
    # The same structure again, one outside the unit, one located nowhere.
    return [*rows, *rows[:1], support("a3", "m", None, commune="K3"), support("a3", "n", None, commune=None)]


def test_a_ratio_whose_interval_holds_one(tmp_path: Path) -> None:
    values = t05(context_of(tmp_path, **TERRITORY, soutiens=_supports(12, 34)))
    for params in ({"level": "UU", "territory": "L"}, {"level": "R"}):
        ratio = one(values, "rate_ratio", year="2014", **params)
        assert ratio.value == pytest.approx(2.0)
        assert ratio.n == 46
        assert ratio.interval is not None
        assert ratio.interval.method == "exact"
        assert (ratio.interval.low, ratio.interval.high) == pytest.approx((0.943, 3.959), abs=5e-4)
        assert one(values, "p_exact", year="2014", **params).value == pytest.approx(0.0588, abs=5e-5)
    assert one(values, "unlocated", year="2014").value == 1
    without = one(values, "rate_ratio", year="2014", level="UU", territory="M")
    assert without.value is None
    assert "QPV" in str(without.reason)


def test_twenty_on_both_sides_call_for_the_score(tmp_path: Path) -> None:
    values = t05(context_of(tmp_path, **TERRITORY, soutiens=_supports(20, 34)))
    ratio = one(values, "rate_ratio", year="2014", level="R")
    assert ratio.interval is not None
    assert ratio.interval.method == "score"


def test_nobody_around_leaves_the_lower_bound_alone(tmp_path: Path) -> None:
    values = t05(context_of(tmp_path, **TERRITORY, soutiens=_supports(3, 0)))
    ratio = one(values, "rate_ratio", year="2014", level="R")
    assert ratio.value is None
    assert ratio.interval is not None
    assert ratio.interval.low > 0
    assert ratio.to_json()["interval"]["high"] is None
    empty = one(values, "rate_ratio", year="2015", level="R")
    assert (empty.value, empty.n, empty.interval) == (None, 0, None)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    (value,) = t05(context_of(tmp_path))
    assert value.measure is None
    assert "Entreprises soutenues" in str(value.reason)
