"""The catalogue of territory measures and their values: zero, unknown and secret stay apart."""

from dataclasses import replace

import pytest

from dashboards.measured import Reading, catalogued, counted_series, reading_of, series_of, status_words
from dashboards.measures import COUNTED, LETTERS, MEASURES, Measure, measure_of
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.registry import indicator

T06 = MEASURES[0]
CODES = ("a", "b", "c", "d", "e")


def value_of(code: str, euros: float | None, year: int = 2015, **changed: object) -> IndicatorValue:
    """Return euros per inhabitant of an EPCI, region-wide actions left out."""
    made = IndicatorValue(
        indicator="T06", measure="per_inhabitant", question=3, effect="E3.1", reach="actions", unit="€/hab.",
        params={"level": "E", "territory": code, "year": str(year), "ubiquitous": "without"},
        fictional=True, value=euros, secrecy="V", reason=None if euros is not None else "bilan non reçu",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_every_measure_is_one_of_the_registry_and_says_a_value(measure: Measure) -> None:
    if measure.indicator is not None:
        card = indicator(measure.indicator)
        assert measure.measure in card.measures
        assert {LETTERS[level] for level in measure.levels} <= set(card.levels)
    assert measure_of(measure.id) is measure
    assert "2015" in measure.asked(2015)
    assert measure.told(0.5)


def test_values_are_told_in_french() -> None:
    assert T06.told(0.444) == "0,44\u202f€ par habitant"
    assert COUNTED.told(1) == "1\u00a0action"
    assert COUNTED.told(17) == "17\u00a0actions"
    assert T06.brief(0.444) == "0,44\u202f€"
    assert COUNTED.brief(1) == "1\u00a0action"
    shares = measure_of("T01")
    assert shares is not None
    assert shares.told(0.714) == "71\u202f% des habitants"


def test_zero_unknown_and_secret_are_never_confused() -> None:
    values = [
        value_of("a", 2.0),
        value_of("b", 0.0),
        value_of("c", None),
        value_of("d", None, secrecy="A", reason="secret statistique : moins de trois unités"),
    ]
    made = series_of(T06, "epci", catalogued(values), CODES, [2014, 2015], "publication")
    assert made.counts(2015) == {"0": 1, "zero": 1, "no_data": 2, "secret": 1}
    assert made.readings[2015]["c"].reason == "bilan non reçu"
    assert status_words(made.readings[2015]["d"]).startswith("secret statistique")
    assert all(reading.status == "no_data" for reading in made.readings[2014].values())
    # The middle of what is left, once the secret values are out, is not the median.
    assert made.middle(2015) is None
    open_ = series_of(T06, "epci", catalogued(values[:3]), CODES, [2015], "publication")
    assert open_.middle(2015) == 1.0


def test_a_covered_value_is_kept_by_a_publication_and_marked_in_a_working_document() -> None:
    covered = value_of("a", 3.5, secrecy="B")
    assert reading_of(covered, "publication") == Reading(None, "secret", "secret statistique")
    assert reading_of(covered, "working") == Reading(3.5, "value", "", covered=True)


def test_limits_are_the_same_every_year_and_secret_values_do_not_move_them() -> None:
    values = [
        value_of(code, 0.2 * (rank + 1), year) for year in (2014, 2015) for rank, code in enumerate(CODES)
    ]
    made = series_of(T06, "epci", catalogued(values), CODES, [2014, 2015, 2016], "publication")
    assert made.limits() == made.limits("fixes")
    kept = catalogued([*values, value_of("a", 900.0, 2016, secrecy="A")])
    assert series_of(T06, "epci", kept, CODES, [2014, 2015, 2016], "publication").limits() == made.limits()
    for method in ("fixes", "quantiles", "egales"):
        assert sum(made.counts(2014, method).values()) == len(CODES)


def test_another_run_of_the_indicator_is_another_measure() -> None:
    wide = value_of("a", 9.0, params={"level": "E", "territory": "a", "year": "2015", "ubiquitous": "with"})
    found = catalogued([wide, value_of("a", 1.0)])
    assert found["T06", "epci"][2015]["a"].value == 1.0
    assert found["T06-region", "epci"][2015]["a"].value == 9.0


def test_actions_are_counted_and_a_year_without_report_is_not_zero() -> None:
    counts = {2015: {"a": 3}, 2016: {}}
    made = counted_series(COUNTED, "epci", counts, ("a", "b"), [2015], fictional=True)
    assert made.readings[2015] == {"a": Reading(3.0, "value"), "b": Reading(0.0, "zero")}
    assert {reading.status for reading in made.readings[2016].values()} == {"no_data"}
    assert made.largest == 3
