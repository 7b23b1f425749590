"""Territorial indicators on perturbed contracts are what a plain reading of the catalogue counts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.graphmodel.indicators import plain_policies
from tests.graphmodel.indicators.contracts import Evaluated
from tests.graphmodel.indicators.perturbed import contract
from tests.graphmodel.indicators.plain import Name, Plain, Told

SEEDS = range(5)
GROUPS: dict[tuple[str, ...], Callable[[Plain], Told]] = {
    ("T01", "T02", "T03"): Plain.coverage,
    ("T04", "T06", "T08"): Plain.money,
    ("T11",): Plain.local,
    ("T12",): plain_policies.needs,
    ("T13", "T14"): plain_policies.policies,
    ("T15",): plain_policies.clusters,
    ("T16",): plain_policies.links,
}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_value_is_that_of_a_plain_reading(tmp_path: Path, seed: int) -> None:
    data = contract(seed)
    every = Evaluated(data, tmp_path, *(name for names in GROUPS for name in names))
    found = {value.identity: value for value in every.values}
    wrong: dict[Name, tuple[object, object]] = {}
    checked = 0
    for told in GROUPS.values():
        for name, value in told(Plain(data)):
            ours = found[name].value if name in found else "absent"
            checked += 1
            if ours != (None if value is None else pytest.approx(value, abs=1e-9)):
                wrong[name] = (ours, value)
    assert wrong == {}
    assert checked > 300
