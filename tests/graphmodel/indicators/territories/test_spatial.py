"""T09: the worked example, what is left out, and the seeded permutations."""

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from graphmodel.indicators.territories.spatial import DRAWS, moran, t09, upper_p
from tests.graphmodel.indicators.sets import context_of, one
from tests.graphmodel.indicators.territories.mini import MINI_TERRITORY, paid, place

CHAIN = sparse.csr_array(np.diag([1.0, 1, 1], 1) + np.diag([1.0, 1, 1], -1))


def test_the_worked_example_by_enumeration() -> None:
    values = np.array([1.0, 2, 3, 4])
    observed = moran(values[None, :], CHAIN)[0]
    assert observed == pytest.approx(1 / 3)
    every = moran(np.array(list(permutations(values))), CHAIN)
    assert (every >= observed - 1e-12).sum() == 2
    assert every.mean() == pytest.approx(-1 / 3)
    assert upper_p(values, CHAIN) == pytest.approx(2 / 24, abs=4 * np.sqrt(0.0833 * 0.9167 / DRAWS))


def _strip(n: int, declared: bool) -> dict[str, Any]:
    """Return n communes in a row and an island, money falling from the first to the last."""
    communes = {f"C{i:02}": {"pop": 1000, "dep": "D1", "epci": "X", "zrr": False} for i in range(n + 1)}
    total = sum(range(1, n + 1))
    rows = [place(f"C{i:02}", **({"part": (i + 1) / total} if declared else {})) for i in range(n)]
    return {
        "communes": communes,
        "operateurs": {name: {"monde": "ESS"} for name in "AB"},
        "qpv": {},
        "actions": MINI_TERRITORY["actions"],
        "contiguite": [[f"C{i:02}", f"C{i + 1:02}"] for i in range(n - 1)],
        "lieux": {"2014": {"a2": rows, "a3": [place("C03")]}},
        "financements": [paid("a2", 1000), paid("a3", 5000), paid("a1", 9000)],
    }


def test_declared_shares_alone_make_pockets(tmp_path: Path) -> None:
    values = t09(context_of(tmp_path, **_strip(32, declared=True)))
    index = one(values, "I", year="2014", weights="row_standardised")
    assert index.n == 32
    weights = np.zeros((32, 32))
    for i in range(31):
        weights[i, i + 1] = weights[i + 1, i] = 1
    weights /= weights.sum(axis=1, keepdims=True)
    z = np.arange(32) - 15.5
    assert index.value == pytest.approx(float(z @ weights @ z / (z @ z)))
    assert one(values, "expected", year="2014").value == pytest.approx(-1 / 31)
    p = one(values, "p_upper", year="2014")
    assert p.value == pytest.approx(1 / (1 + DRAWS))
    assert p.simulation is not None
    assert p.simulation.draws >= 1000
    assert one(values, "islands", year="2014").value == 1
    assert one(values, "I", year="2015").value is None


@pytest.mark.parametrize(("n", "declared"), [(29, True), (40, False)])
def test_few_communes_or_shares_by_population_say_nothing(tmp_path: Path, n: int, declared: bool) -> None:
    value = one(t09(context_of(tmp_path, **_strip(n, declared))), "I", year="2014")
    assert value.value is None
    assert "trente" in str(value.reason)


def test_contiguity_that_is_missing_is_said(tmp_path: Path) -> None:
    data = {key: value for key, value in _strip(5, declared=True).items() if key != "contiguite"}
    (value,) = t09(context_of(tmp_path, **data))
    assert value.measure is None
    assert "contiguïté" in str(value.reason)
