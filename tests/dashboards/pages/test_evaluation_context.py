"""What « Évaluation » shows, without a browser: sections, words of values, drawings, proof, files."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.pages.evaluation.bar import Scale, bar_of, scale_of
from dashboards.pages.evaluation.context import choice_of, context_of
from dashboards.pages.evaluation.evidence import Evidence, years_of
from dashboards.pages.evaluation.figures import DEGREES, SECRET, plain_figure, small_share
from dashboards.pages.evaluation.finding import figure_at
from dashboards.pages.evaluation.index import index_of
from dashboards.pages.evaluation.proof import MASKED
from dashboards.pages.evaluation.routes import PROOF_COLUMNS, proof_rows
from graphmodel.answers.headlines import MOST_FIRST
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.intervals import Interval
from tests.dashboards.pages.evaluation_store import ANSWERED, NEEDS, evaluated

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def value(found: float | None, **changed: object) -> IndicatorValue:
    """Return a value of T05, whose neutral value is 1."""
    made = IndicatorValue(
        "T05", "rate_ratio", {"year": "2015", "level": "R", "territory": "R"}, 3, "E3.1", "actions", True,
        found, "rapport de taux", reason=None if found is not None else "aucune structure",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@given(st.lists(numbers, min_size=1), st.booleans())
def test_a_scale_cuts_nothing_and_holds_zero(found: list[float], share: bool) -> None:
    scale = scale_of(found, share=share)
    assert scale.low <= min([0.0, *found])
    assert scale.high >= max([0.0, *found])
    assert all(-1e-6 <= scale.place(number) <= 100 + 1e-6 for number in (0.0, *found))


def test_a_share_is_drawn_from_0_to_1_and_its_change_on_a_scale_of_its_own() -> None:
    assert scale_of([0.2, 0.4, None], share=True) == Scale(0.0, 1.0)
    assert scale_of([-0.03], share=True).high == 0
    assert scale_of([2.0, math.inf], share=False).high == pytest.approx(2.2)


def test_an_interval_without_end_reaches_the_end_and_says_so() -> None:
    endless = value(2.0, interval=Interval(0.5, math.inf, "exact"))
    bar = bar_of(endless, scale_of([2.0, 0.5, 1.0], share=False), str, None, 1.0)
    assert bar is not None
    assert (bar.high, bar.endless, bar.high_tick) == (100.0, True, "∞")
    assert "l’infini" in bar.said
    assert "repère 1.0" in bar.said
    assert bar_of(value(None), Scale(0, 1), str) is None


@pytest.mark.parametrize(
    ("share", "n", "told"), [(9 / 16, 16, (9, 16)), (9 / 16, 32, None), (0.39, 18, None), (None, 16, None)]
)
def test_a_proportion_of_few_things_is_a_count(
    share: float | None, n: int, told: tuple[int, int] | None
) -> None:
    assert small_share(value(share, unit="proportion", n=n)) == told


def test_a_secret_value_says_secret_and_an_unknown_one_says_why() -> None:
    hidden = value(None, secrecy="A", reason="secret statistique : moins de trois unités")
    figures = [plain_figure(one, lambda _: "", None) for one in (hidden, value(None), value(2.0))]
    assert [figure.degree for figure in figures] == [SECRET, "non calculable", ""]
    assert [figure.number for figure in figures] == ["–", "–", "2"]
    assert [bool(figure.missing) for figure in figures] == [True, True, False]
    assert [figure.bar is None for figure in figures] == [True, True, False]


def test_the_four_questions_come_with_their_tallies_and_few_figures_first() -> None:
    graph, evaluation = evaluated()
    for number in "1234":
        context = context_of(graph, {"question": number}, evaluation)
        assert [question.number for question in context.questions] == [1, 2, 3, 4]
        assert all(list(question.tally) == list(DEGREES) for question in context.questions)
        first = [figure for section in context.sections for figure in section.first]
        assert 0 < len(first) <= MOST_FIRST
        for figure in first:
            assert figure.missing or figure.base or figure.coverage


def test_needs_are_counted_in_their_row_and_start_from_the_first_year() -> None:
    graph, evaluation = evaluated()
    context = context_of(graph, {"question": "3", "an": "2015"}, evaluation)
    (row,) = (f for section in context.sections for f in section.first if f.code == "T12")
    assert row.number == f"{ANSWERED} sur {NEEDS}"
    assert row.start == (2014, 0.0)
    assert row.bar is not None
    assert row.bar.start == 0


def test_unknown_settings_are_ignored_and_named() -> None:
    chosen = choice_of((2014, 2015), {"question": "9", "an": "1999", "perimetre": "xx", "vue": "reponse"})
    assert (chosen.question, chosen.year, chosen.perimeter, chosen.view) == (1, 2015, "fige", "reponse")
    assert len(chosen.notices) == 3
    assert "« 9 », inconnu ici" in chosen.notices[0].replace("\u00a0", " ")


def test_the_page_exists_before_its_values() -> None:
    graph, _ = evaluated()
    context = context_of(graph, {"question": "3"}, None)
    assert not context.ready
    assert context.question.wording.startswith("Quel effet 3")
    assert context.question.tally == {}
    assert context.sections == ()


def test_the_answer_puts_what_contradicts_first_and_what_cannot_be_said_last() -> None:
    graph, evaluation = evaluated()
    titles = [title for title, _ in context_of(graph, {"question": "3"}, evaluation).answer]
    assert titles[-1] == "Ce qu’on ne peut pas dire"
    assert "Conclusion" in titles
    if "Ce qui contredit" in titles:
        assert titles[0] == "Ce qui contredit"


def test_an_indicator_that_failed_says_so_in_its_place() -> None:
    graph, evaluation = evaluated()
    reason = "Cet indicateur a échoué : KeyError, détail au journal. Les autres ne sont pas touchés."
    broken = replace(value(None), indicator="T12", measure=None, params={}, effect="E3.2", reason=reason)
    values = tuple(v for v in evaluation.values if v.indicator != "T12")
    context = context_of(graph, {"question": "3"}, replace(evaluation, values=(*values, broken)))
    (row,) = (f for section in context.sections for f in section.first if f.code == "T12")
    assert row.missing is not None
    assert "a échoué" in row.missing
    assert sum(f.missing is None for section in context.sections for f in section.first) > 0


def test_a_key_finds_its_value_and_a_short_one_the_headline() -> None:
    _, evaluation = evaluated()
    index = index_of(evaluation)
    chosen = choice_of(index.years, {"an": "2015"})
    short = figure_at(index, "T12", chosen)
    assert short is not None
    assert short.number == f"{ANSWERED} sur {NEEDS}"
    again = figure_at(index, short.key, choice_of(index.years, {}))
    assert again is not None
    assert (again.title, again.value) == (short.title, short.value)
    assert figure_at(index, "X99", chosen) is None
    assert figure_at(index, "T12 answer_rate|year=1900", chosen) is None


def test_every_value_of_the_table_is_found_again_by_its_key() -> None:
    graph, evaluation = evaluated()
    index = index_of(evaluation)
    context = context_of(graph, {"question": "3"}, evaluation)
    for section in context.sections:
        for figure in (*section.first, *section.more):
            found = figure_at(index, figure.key, choice_of(index.years, {}))
            assert found is not None
            if figure.value.measure:
                assert found.value == figure.value


def test_the_years_of_a_change_are_all_its_years() -> None:
    assert years_of(value(1.0, params={"year": "2014", "year2": "2016"})) == (2014, 2016)
    assert years_of(value(1.0, params={"year": "all"})) == ()


def test_the_file_of_a_proof_has_a_row_even_without_evidence() -> None:
    figure = plain_figure(value(2.0), lambda _: "", None)
    (row,) = proof_rows(figure, Evidence((), (), 0, ()), 3, masked=False)
    assert len(row) == len(PROOF_COLUMNS)
    assert row[:5] == ["T05", "rate_ratio", "year=2015|level=R|territory=R", 2.0, "rapport de taux"]
    assert MASKED not in row
