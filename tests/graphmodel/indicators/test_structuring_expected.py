"""Every structuring value, and G05, against what an independent program found on the reference set."""

import json
from pathlib import Path
from typing import Any

import pytest

from graphmodel.indicators import EvaluationContext, IndicatorValue, compute
from tests.graphmodel.indicators.contracts import graph_of

INDICATORS = (*(f"S{rank:02}" for rank in range(1, 13)), "G05")


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, Any]]:
    """Return the reference values by indicator, then key."""
    path = Path(__file__).parents[4] / "shared" / "method" / "fixture_mini_expected.json"
    if not path.is_file():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    found: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def _same(value: IndicatorValue, entry: dict[str, Any]) -> bool:
    bounds = entry.get("ci")
    if bounds is None:
        interval = value.interval is None
    else:
        interval = (
            value.interval is not None
            and (value.interval.low, value.interval.high) == pytest.approx(tuple(bounds), abs=1e-9)
            and value.interval.method == entry["ci_method"]
        )
    if entry["value"] is None:
        return value.value is None and bool(value.reason) and value.n == entry["n"] and interval
    close = value.value == pytest.approx(entry["value"], abs=entry["tolerance"])
    return bool(close) and value.n == entry["n"] and interval


@pytest.mark.shared
@pytest.mark.parametrize("identifier", INDICATORS)
def test_reference_values_are_found_again(
    identifier: str, expected: dict[str, dict[str, Any]], shared: Path
) -> None:
    context = EvaluationContext(graph_of(shared / "method" / "fixture_mini.json"))
    found = compute(context, [identifier])
    entries = expected[identifier]
    if set(entries) == {"not_computed"}:
        assert [(value.measure, value.params) for value in found] == [(None, {})]
        return
    by_params = {frozenset({**v.params, "measure": str(v.measure)}.items()): v for v in found}
    wrong = [
        key
        for key, entry in entries.items()
        if (value := by_params.get(frozenset(entry["params"].items()))) is None or not _same(value, entry)
    ]
    assert not wrong
