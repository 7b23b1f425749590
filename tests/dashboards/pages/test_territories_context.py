"""What « Territoires » shows, without a browser: table and map agree, what is asked in vain is named."""

import pytest

from dashboards.measures import COUNTED, MEASURES
from dashboards.pages.territories_context import TerritoriesContext, context_of, table_records
from dashboards.territory_series import map_of, series_of_graph
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from tests.dashboards.pages.territory_values import (
    DIOIS,
    GRENOBLE,
    VAL_DE_DROME,
    VOIRON,
    evaluation_of,
)


@pytest.fixture(scope="module")
def evaluation(graph: ContractGraph) -> Evaluation:
    return evaluation_of(graph)


def of_code(context: TerritoriesContext, code: str) -> str:
    return next(row.shown for row in context.rows if row.code == code)


def test_money_is_the_default_once_it_can_be_shown(graph: ContractGraph, evaluation: Evaluation) -> None:
    context = context_of(graph, {}, evaluation)
    assert (context.measure.id, context.level, context.year) == ("T06", "epci", 2015)
    assert context.title == "Où va l’argent du contrat en 2015\u202f?"
    assert context.layers == ("qpv", "perimetres")
    assert len(context.rows) == 126


def test_before_the_indicators_the_number_of_actions_is_shown(graph: ContractGraph) -> None:
    context = context_of(graph, {})
    assert context.measure is COUNTED
    assert context.series is not None
    assert of_code(context, GRENOBLE) == "4"
    asked = context_of(graph, {"mesure": "T06"})
    assert asked.measure.id == "T06"
    assert asked.series is None
    assert asked.rows == ()


def test_table_and_map_tell_the_same_of_every_territory(graph: ContractGraph, evaluation: Evaluation) -> None:
    for measure in MEASURES[:4]:
        context = context_of(graph, {"mesure": measure.id, "an": "2015"}, evaluation)
        drawn = map_of(series_of_graph(graph), evaluation, measure, "epci", 2015)
        assert drawn is not None
        assert {row.code: row.value for row in context.rows} == {
            code: reading.value for code, reading in drawn.readings.items()
        }


def test_secret_and_no_data_close_the_table_in_words(graph: ContractGraph, evaluation: Evaluation) -> None:
    context = context_of(graph, {"mesure": "T06", "an": "2015"}, evaluation)
    assert of_code(context, DIOIS) == "0"
    assert [row.code for row in context.rows[-2:]] == [GRENOBLE, VAL_DE_DROME]
    assert [row.shown for row in context.rows[-2:]] == ["secret", "pas de donnée"]
    assert "moins de trois" in context.rows[-2].reason
    records = table_records(context)
    assert records[-1]["value"] is None
    assert records[-1]["reason"] == "pas de donnée\u00a0: bilan non reçu"
    said = "".join(text for text, _ in context.sentence)
    assert "ne peuvent pas être mesurés (1 sans donnée, 1 au secret)" in said
    # With a secret value left out, the middle of the others is not the median.
    assert "Médiane" not in said


def test_the_median_is_said_when_nothing_is_secret(graph: ContractGraph, evaluation: Evaluation) -> None:
    said = "".join(
        text for text, _ in context_of(graph, {"mesure": "T06", "an": "2014"}, evaluation).sentence
    )
    assert "Médiane\u00a0: 0," in said


def test_classes_are_the_same_in_each_year(graph: ContractGraph, evaluation: Evaluation) -> None:
    limits = set()
    for year in ("2014", "2015", "2016"):
        context = context_of(graph, {"mesure": "T06", "an": year}, evaluation)
        assert context.series is not None
        limits.add(context.series.limits())
    assert len(limits) == 1


def test_unknown_settings_are_named(graph: ContractGraph, evaluation: Evaluation) -> None:
    asked = {"mesure": "zz", "an": "1789", "niveau": "canton", "classes": "jenks", "couches": "qpv,mer"}
    context = context_of(graph, asked, evaluation)
    for word in ("zz", "1789", "canton", "jenks", "mer"):
        assert any(
            f"« {word} »".replace(" ", "\u202f") in notice or word in notice for notice in context.notices
        )
    assert context.layers == ("qpv",)
    assert context.method == "fixes"


def test_a_level_the_measure_is_not_known_for_falls_back(
    graph: ContractGraph, evaluation: Evaluation
) -> None:
    context = context_of(graph, {"mesure": "T02", "niveau": "commune"}, evaluation)
    assert context.level == "epci"
    assert "n’est pas connu par commune" in context.notices[0]


def test_a_year_without_report_is_not_zero(graph: ContractGraph) -> None:
    context = context_of(graph, {"mesure": "actions", "an": "2016"})
    assert not context.known
    assert {row.shown for row in context.rows} == {"pas de donnée"}
    assert {row.actions for row in context.rows} == {None}


def test_the_source_line_says_n_and_the_vintage(graph: ContractGraph, evaluation: Evaluation) -> None:
    context = context_of(graph, {"mesure": "T06", "an": "2015"}, evaluation)
    said = " ".join(context.sources)
    assert "n = 124 EPCI mesurés" in said
    assert "EPCI au 1er janvier 2019" in said


def test_voiron_has_its_value_each_year(graph: ContractGraph, evaluation: Evaluation) -> None:
    for year in ("2014", "2015", "2016"):
        assert of_code(context_of(graph, {"mesure": "T06", "an": year}, evaluation), VOIRON) == "0,99"
