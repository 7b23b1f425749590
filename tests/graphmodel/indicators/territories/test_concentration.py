"""T08 and T10: the worked examples and what must hold of every spread of money."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.indicators.territories.concentration import gini, t08, t10, theil, theil_parts
from tests.graphmodel.indicators.sets import context_of, one
from tests.graphmodel.indicators.territories.mini import MINI_TERRITORY, paid, place
from tests.graphmodel.indicators.territories.test_money import EXAMPLE


def test_concentration_of_the_worked_example(tmp_path: Path) -> None:
    values = t08(context_of(tmp_path, **EXAMPLE))
    about = {"year": "2014", "level": "R", "ubiquitous": "with"}
    for measure, expected in (
        ("gini", 0.0970), ("theil", 0.02069), ("theil_between", 0.00096), ("theil_within", 0.01973),
    ):  # fmt: skip
        assert one(values, measure, **about).value == pytest.approx(
            expected, abs=6e-6 if expected < 0.09 else 5e-5
        )
    assert one(values, "gini", year="2015", level="R", ubiquitous="with").value is None


def test_lorenz_curve_of_the_worked_example(tmp_path: Path) -> None:
    # The curve goes through (0.04; 0.0211), (0.14; 0.1080), (0.64; 0.5629) and (0.94; 0.9027).
    values = t08(context_of(tmp_path, **EXAMPLE))
    for share, expected in (("10", 0.0732), ("50", 0.4355), ("90", 0.8574)):
        told = one(values, "lorenz", year="2014", ubiquitous="with", share=share)
        assert told.value == pytest.approx(expected, abs=1e-4)
    assert one(values, "lorenz", year="2015", ubiquitous="with", share="50").value is None


def test_double_counting_of_the_worked_example(tmp_path: Path) -> None:
    authorities = {"V": {"communes": ["K1"]}, "X": {"communes": ["K1", "K2"]}}
    values = t10(context_of(tmp_path, **EXAMPLE, collectivites=authorities))
    assert one(values, "population_factor", year="2014").value == pytest.approx(1.4583, abs=5e-5)
    for unit, euros in (("maille", 210), ("epci", 140), ("departement", 160)):
        assert one(values, "amount_factor", year="2014", unit=unit).value == pytest.approx(euros / 90)
    # a2 touches V and X, a3 too, a4 touches X alone.
    assert one(values, "amount_factor", year="2014", unit="collectivite").value == pytest.approx(150 / 90)
    nothing = one(values, "amount_factor", year="2015", unit="epci")
    assert (nothing.value, nothing.n) == (None, 0)


def test_without_authorities_there_is_no_such_table(tmp_path: Path) -> None:
    data = MINI_TERRITORY | {"lieux": {"2014": {"a2": [place("X")]}}, "financements": [paid("a2", 1)]}
    units = {v.params.get("unit") for v in t10(context_of(tmp_path, **data))}
    assert "collectivite" not in units


SPREADS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(1, 500), st.integers(0, 3)), min_size=1, max_size=20
)


@given(SPREADS)
def test_theil_between_and_within_sum_to_the_whole(rows: list[tuple[int, int, int]]) -> None:
    amounts, people, groups = (np.array(column) for column in zip(*rows, strict=True))
    whole = theil(amounts.astype(float), people.astype(float))
    between, within = theil_parts(amounts.astype(float), people.astype(float), groups)
    if whole is None:
        assert between is None
        assert within is None
    else:
        assert whole == pytest.approx((between or 0) + (within or 0), abs=1e-9)
        assert whole >= -1e-12


@given(SPREADS)
def test_gini_lies_between_equality_and_one(rows: list[tuple[int, int, int]]) -> None:
    amounts, people, _ = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    value = gini(amounts, people)
    if amounts.sum():
        assert value is not None
        assert -1e-9 <= value < 1
        assert gini(people * 3.0, people) == pytest.approx(0, abs=1e-9)
    else:
        assert value is None
