"""Degrees of conclusion, on values made for the purpose: every rule, one at a time."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.contract_graph import ContractGraph
from graphmodel.indicators import EvaluationContext, IndicatorValue
from graphmodel.indicators.conclusions import benjamini_hochberg, conclude
from graphmodel.indicators.intervals import Interval, wilson
from tests.graphmodel.indicators.contracts import Evaluated, mini


class Waves(EvaluationContext):
    """A context that knows its reference year and nothing else."""

    t0 = 2014  # type: ignore[assignment]


CONTEXT = Waves(ContractGraph({}, {}))


def value(found: float | None, year: str = "2015", **said: Any) -> IndicatorValue:
    """Return a share of S01 of a year, well covered and without an interval unless told otherwise."""
    params = {"year": year, "level": "R", "scope": "R", "pivot": said.pop("pivot", "with")}
    return IndicatorValue(
        indicator=said.pop("indicator", "S01"),
        measure=said.pop("measure", "share_collective"),
        params=params | said.pop("params", {}),
        question=1,
        effect="E1.1",
        reach="actions",
        fictional=False,
        value=found,
        unit="proportion",
        reason="inconnu" if found is None else None,
        coverage=said.pop("coverage", 0.9),
        **said,
    )


def concluded(*values: IndicatorValue) -> IndicatorValue:
    """Return the first value once all are judged together."""
    return conclude(values, CONTEXT).values[0]


def surely(found: float, year: str = "2015", **said: Any) -> IndicatorValue:
    return value(found, year, interval=wilson(round(found * 1000), 1000), n=1000, **said)


def test_a_value_is_established_against_the_reference_year() -> None:
    assert concluded(surely(0.9), value(0.5, "2014")).conclusion == "établi"
    assert concluded(surely(0.52), value(0.5, "2014")).conclusion == "non établi"
    assert concluded(value(0.9), value(0.5, "2014")).conclusion == "non établi"


def test_the_reference_year_concludes_nothing_and_an_unknown_value_neither() -> None:
    assert concluded(value(0.5, "2014")).conclusion is None
    assert concluded(value(None), value(0.5, "2014")).conclusion is None


def test_without_a_reference_nothing_is_established() -> None:
    assert concluded(surely(0.9)).conclusion == "non établi"
    assert concluded(surely(0.9), value(None, "2014")).conclusion == "non établi"


@pytest.mark.parametrize("coverage", [0.79, None])
def test_few_reports_keep_from_establishing(coverage: float | None) -> None:
    assert concluded(surely(0.9, coverage=coverage), value(0.5, "2014")).conclusion == "non établi"
    assert concluded(surely(0.9, coverage=0.8), value(0.5, "2014")).conclusion == "établi"


def test_the_same_sense_in_every_run_is_a_direction() -> None:
    runs = [value(0.6), value(0.7, pivot="without"), value(0.5, "2014"), value(0.5, "2014", pivot="without")]
    first = concluded(*runs)
    assert first.conclusion == "orienté"
    assert [(run.run, run.value) for run in first.sensitivity] == [("sans le pivot", 0.7)]


def test_a_change_of_sense_under_a_run_establishes_nothing() -> None:
    runs = [surely(0.9), value(0.4, pivot="without"), value(0.5, "2014"), value(0.5, "2014", pivot="without")]
    assert concluded(*runs).conclusion == "non établi"
    flat = [surely(0.9), value(0.5, pivot="without"), *runs[2:]]
    assert concluded(*flat).conclusion == "non établi"


def test_an_unknown_run_changes_nothing() -> None:
    runs = [
        surely(0.9),
        value(None, pivot="without"),
        value(0.5, "2014"),
        value(0.5, "2014", pivot="without"),
    ]
    assert concluded(*runs).conclusion == "établi"


def test_only_the_judged_measures_of_a_card_are_concluded() -> None:
    excess = value(0.1, "2014", indicator="S02", measure="excess")
    links = value(12, "2015", indicator="S02", measure="links")
    assert concluded(links, excess).conclusion is None
    assert concluded(excess, links).conclusion == "non établi"
    without = value(0.2, "2014", indicator="S02", measure="excess", pivot="without")
    assert concluded(excess, without).conclusion == "orienté"


def test_a_comparison_of_two_years_has_no_reference() -> None:
    jaccard = value(0.4, "2014", indicator="S04", measure="jaccard", params={"year2": "2015"})
    assert concluded(jaccard).conclusion == "non établi"


def test_rows_of_a_single_source_keep_from_establishing(tmp_path: Path) -> None:
    context = Evaluated(mini(), tmp_path, "S01").context
    once = surely(0.9, sources=("TAKES_PART_IN",))
    reference = value(0.5, "2014")
    assert conclude([once, reference], context).values[0].conclusion == "non établi"
    frame = context.graph.relationships("TAKES_PART_IN").assign(source_count=2)
    graph = ContractGraph(context.graph.frames | {"TAKES_PART_IN": frame}, {})
    assert conclude([once, reference], EvaluationContext(graph)).values[0].conclusion == "établi"


def places(*shares: float) -> list[IndicatorValue]:
    """Return T01 shares of as many territories, against 0.5 in the reference year."""
    said: dict[str, Any] = {"indicator": "T01", "measure": "share_communes"}
    found = []
    for rank, share in enumerate(shares):
        where = {"territory": f"D{rank}", "level": "D"}
        n = 40
        made = value(share, "2015", params=where, n=n, interval=wilson(round(share * n), n), **said)
        found += [made, value(0.5, "2014", params=where, **said)]
    return found


def test_a_family_of_territories_shares_its_false_discoveries() -> None:
    alone = conclude(places(0.675), CONTEXT)
    assert alone.values[0].conclusion == "établi"
    assert alone.adjusted[alone.values[0].identity] == "établi"
    family = conclude(places(0.675, *[0.5] * 9), CONTEXT)
    assert family.values[0].conclusion == "établi"
    assert family.adjusted[family.values[0].identity] == "non établi"


def test_conclusions_are_counted_with_what_chance_would_give() -> None:
    tally = conclude(places(0.9, 0.5, 0.5), CONTEXT).tally("T01")
    assert (tally.drawn, tally.established, tally.by_chance) == (3, 1, pytest.approx(0.15))


def test_ratios_are_read_on_a_logarithmic_scale() -> None:
    rates = [
        replace(v, indicator="T04", measure="index", interval=Interval(1.2, 3.0, "delta"), value=1.9)
        for v in places(0.9)[:1]
    ]
    found = conclude(rates, CONTEXT)
    assert found.adjusted[found.values[0].identity] == "établi"


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjustment_rejects_the_smallest_and_never_more_than_raw(p_values: list[float]) -> None:
    rejected = benjamini_hochberg(p_values)
    assert all(p <= 0.05 for p, out in zip(p_values, rejected, strict=True) if out)
    if any(rejected):
        highest = max(p for p, out in zip(p_values, rejected, strict=True) if out)
        assert rejected == [p <= highest for p in p_values]
    assert len(rejected) == len(p_values)


def test_every_value_of_a_contract_gets_a_degree_or_none(tmp_path: Path) -> None:
    evaluated = Evaluated(mini(pivot="A"), tmp_path, "S01", "S02", "S05", "S06", "S08")
    found = conclude(evaluated.values, evaluated.context)
    assert [v.identity for v in found.values] == [v.identity for v in evaluated.values]
    assert {v.conclusion for v in found.values} <= {None, "orienté", "non établi"}
    assert all(v.conclusion is None for v in found.values if v.value is None)
    by_run = [v for v in found.values if v.measure == "gap" and v.params["year"] == "2014"]
    assert {run.run for v in by_run for run in v.sensitivity} >= {"avec le pivot", "sans le pivot"}
