"""Intervals, against statsmodels, scipy and their own definitions."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep

from graphmodel.indicators.intervals import (
    Interval,
    exact_rate_ratio,
    log_delta,
    median_interval,
    rate_ratio,
    score_rate_ratio,
    wilson,
)

COUNTS = st.integers(1, 200)
BASES = st.floats(1, 1e6)


@given(st.integers(1, 300), st.data())
def test_wilson_is_that_of_statsmodels_and_stays_within_bounds(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    found = wilson(k, n)
    assert found is not None
    expected = proportion_confint(k, n, method="wilson")
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)
    assert 0 <= found.low <= k / n <= found.high <= 1


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(8, 16, 0.28, 0.72), (12, 16, 0.51, 0.90), (10, 20, 0.30, 0.70)]
)
def test_wilson_of_the_method(k: int, n: int, low: float, high: float) -> None:
    found = wilson(k, n)
    assert found is not None
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)
    assert wilson(0, 0) is None


@given(COUNTS, BASES, COUNTS, BASES)
def test_the_score_interval_is_that_of_statsmodels(x1: int, n1: float, x2: int, n2: float) -> None:
    found = score_rate_ratio(x1, n1, x2, n2)
    assert found is not None
    expected = confint_poisson_2indep(x1, n1, x2, n2, method="score", compare="ratio")
    # Theirs searches for the roots, ours solves the equation.
    assert (found.low, found.high) == pytest.approx(expected, rel=1e-4, abs=1e-6)
    for bound in (found.low * n1 / n2, found.high * n1 / n2):
        assert (x1 - x2 * bound) ** 2 == pytest.approx(1.959963984540054**2 * (x1 + x2) * bound, rel=1e-6)


@settings(deadline=None)
@given(st.integers(0, 40), BASES, st.integers(0, 40), BASES)
def test_the_exact_interval_inverts_the_conditional_binomial(x1: int, n1: float, x2: int, n2: float) -> None:
    found = exact_rate_ratio(x1, n1, x2, n2)
    if x1 + x2 == 0:
        assert found is None
        return
    assert found is not None
    expected = stats.binomtest(x1, x1 + x2).proportion_ci(method="exact")
    low, high = (p / (1 - p) * n2 / n1 if p < 1 else math.inf for p in (expected.low, expected.high))
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


def test_the_method_turns_at_twenty() -> None:
    exact = rate_ratio(12, 15_000, 34, 85_000)
    assert exact is not None
    assert exact.method == "exact"
    assert (exact.low, exact.high) == pytest.approx((0.943, 3.959), abs=5e-4)
    score = rate_ratio(20, 15_000, 20, 85_000)
    assert score is not None
    assert score.method == "score"
    under = rate_ratio(20, 15_000, 19, 85_000)
    assert under is not None
    assert under.method == "exact"


def test_a_count_of_zero_leaves_the_other_bound() -> None:
    above = exact_rate_ratio(5, 100, 0, 100)
    assert above is not None
    assert above.low > 0
    assert math.isinf(above.high)
    below = exact_rate_ratio(0, 100, 5, 100)
    assert below is not None
    assert below.low == 0
    assert exact_rate_ratio(1, 0, 1, 100) is None
    assert score_rate_ratio(3, 10, 0, 10) is None


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40, unique=True))
def test_order_statistics_are_the_narrowest_that_cover(values: list[float]) -> None:
    found = median_interval(values)
    assert found is not None
    ordered, n = sorted(values), len(values)
    rank = ordered.index(found.low)
    assert found.high == ordered[n - 1 - rank]

    def coverage(r: int) -> float:
        return 1 - 2 * float(stats.binom.cdf(r, n, 0.5))

    assert found.level == pytest.approx(coverage(rank))
    assert found.level >= 0.95 or rank == 0
    assert 2 * (rank + 1) >= n or coverage(rank + 1) < 0.95


def test_five_values_only_reach_93_percent() -> None:
    assert median_interval([0.95, 1.00, 1.02, 1.10, 1.20]) == Interval(0.95, 1.20, "order statistics", 0.9375)
    assert median_interval([]) is None


def test_delta_is_that_of_the_location_quotient() -> None:
    found = log_delta(1.5, 0.0793)
    assert (found.low, found.high) == pytest.approx((1.284, 1.752), abs=1e-3)
    assert found.excludes(1)
    assert not found.excludes(1.5)


def test_more_counts_narrow_the_interval() -> None:
    widths = [w.high - w.low for k in (1, 10, 100, 1000) if (w := wilson(k, 2 * k)) is not None]
    assert all(later < earlier for earlier, later in pairwise(widths))
