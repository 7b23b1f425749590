"""Every territorial value against what an independent program found on the reference set."""

import json
from pathlib import Path
from typing import Any

import pytest

from graphmodel import open_store
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute
from loaders.contract_json import read_contract_json

INDICATORS = tuple(f"T{number:02}" for number in range(1, 20))


@pytest.fixture(scope="module")
def context(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> EvaluationContext:
    """Return the evaluation of MINI, through a store."""
    path = tmp_path_factory.mktemp("mini") / "mini.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(read_contract_json(shared / "method" / "fixture_mini.json")))
        return EvaluationContext(store.snapshot())


def _wrong(value: IndicatorValue | None, entry: dict[str, Any]) -> str | None:
    """Return what differs from the reference; None when nothing does."""
    if value is None:
        return "absent"
    if entry["value"] is None or isinstance(entry["value"], str):
        if value.to_json()["value"] != entry["value"]:
            return f"value {value.to_json()['value']}"
    elif value.value != pytest.approx(entry["value"], abs=max(entry["tolerance"], 1e-9)):
        return f"value {value.value}, not {entry['value']}"
    if value.n != entry["n"]:
        return f"n {value.n}, not {entry['n']}"
    bounds = entry.get("ci")
    found = None if value.interval is None else (value.interval.low, value.interval.high)
    if bounds is None or found is None:
        return None if bounds is None and found is None else f"interval {found}, not {bounds}"
    same = found == pytest.approx(tuple(bounds), abs=1e-9)
    return None if same and entry["ci_method"] == value.interval.method else f"interval {value.interval}"  # type: ignore[union-attr]


@pytest.mark.shared
@pytest.mark.parametrize("identifier", INDICATORS)
def test_reference_values_are_found_again(identifier: str, context: EvaluationContext, shared: Path) -> None:
    expected = json.loads((shared / "method" / "fixture_mini_expected.json").read_text("utf-8"))[identifier]
    found = compute(context, [identifier])
    if set(expected) == {"not_computed"}:
        assert [(value.measure, dict(value.params)) for value in found] == [(None, {})]
        assert all(value.reason for value in found)
        return
    assert len({value.identity for value in found}) == len(found)
    by_params = {frozenset({**value.params, "measure": str(value.measure)}.items()): value for value in found}
    wrong = {
        key: said
        for key, entry in expected.items()
        if (said := _wrong(by_params.get(frozenset(entry["params"].items())), entry))
    }
    assert wrong == {}
