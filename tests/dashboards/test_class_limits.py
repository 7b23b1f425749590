"""Limits between classes: they grow, they cut the values, they do not depend on their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.class_limits import CLASSES, METHODS, Method, class_of, limits_by

VALUES = st.lists(st.integers(1, 10**6).map(lambda n: n / 100), max_size=60)


@pytest.mark.parametrize("method", [name for name, _, _ in METHODS])
@given(values=VALUES)
def test_limits_grow_and_cut_the_values_in_at_most_five(method: Method, values: list[float]) -> None:
    limits = limits_by(method, values, 2)
    assert list(limits) == sorted(set(limits))
    assert len(limits) < CLASSES
    assert all(min(values) < limit <= max(values) for limit in limits)
    assert limits == limits_by(method, values[::-1], 2)


def test_equal_steps_and_equal_numbers_on_a_case_done_by_hand() -> None:
    values = [float(n) for n in range(1, 11)]
    assert limits_by("egales", values, 1) == (2.8, 4.6, 6.4, 8.2)
    limits = limits_by("quantiles", values, 1)
    counts = [sum(class_of(value, limits) == rank for value in values) for rank in range(CLASSES)]
    assert counts == [2, 2, 2, 2, 2]


def test_too_few_different_values_fall_back_to_round_limits() -> None:
    assert limits_by("quantiles", [2.0, 2.0, 4.0], 0) == limits_by("fixes", [2.0, 2.0, 4.0], 0)


def test_a_limit_belongs_to_the_class_above_it() -> None:
    assert [class_of(value, (1.0, 2.0)) for value in (0.5, 1.0, 1.5, 2.0)] == [0, 1, 1, 2]
