"""Portraits of territories of every kind, and of two perimeters that cross."""

import pytest

from dashboards.measures import COUNTED, MEASURES
from dashboards.territory_crossing import crossing_of
from dashboards.territory_portrait import portrait_of
from dashboards.territory_series import TerritorySeries, series_of_graph
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation
from tests.dashboards.conftest import graph_of, small_builder
from tests.dashboards.pages.territory_values import GRENOBLE, VAL_DE_DROME, VOIRON, evaluation_of

T06 = MEASURES[0]


@pytest.fixture(scope="module")
def told(graph: ContractGraph) -> TerritorySeries:
    return series_of_graph(graph)


@pytest.fixture(scope="module")
def evaluation(graph: ContractGraph) -> Evaluation:
    return evaluation_of(graph, "working")


def test_an_epci_stands_among_its_likes(told: TerritorySeries, evaluation: Evaluation) -> None:
    found = portrait_of(told, GRENOBLE, T06, 2015, evaluation)
    assert found.name == "Grenoble-Alpes-Métropole"
    assert found.about.startswith("Métropole · 49\u00a0communes · ")
    assert found.party
    assert found.quarters == 1
    value, actions, quarters = found.figures
    assert (value.value, value.unit) == ("1,13", "€ par habitant")
    assert "secret" in value.reason
    assert value.strip is not None
    assert value.strip.own == 1.0
    assert (actions.value, actions.unit) == ("4", "sur 6 localisées")
    assert (quarters.value, quarters.unit) == ("25", "% des habitants des QPV")
    assert [bar.shown for bar in found.bars] == ["1,13", "1,13", "1,13"]
    assert [bar.current for bar in found.bars] == [False, True, False]


def test_what_is_unknown_says_why_and_is_not_zero(told: TerritorySeries, evaluation: Evaluation) -> None:
    found = portrait_of(told, VAL_DE_DROME, T06, 2015, evaluation)
    assert (found.figures[0].value, found.figures[0].unit) == ("–", "non calculable")
    assert found.figures[0].reason == "bilan non reçu"
    assert [bar.length is None for bar in found.bars] == [False, True, False]


def test_every_kind_of_territory_has_a_portrait(told: TerritorySeries, evaluation: Evaluation) -> None:
    kinds = {
        "38563": "Commune",
        "38": "Département",
        "QF38001": "Quartier prioritaire",
        "PILAT": "Parc naturel",
    }
    for code, kind in kinds.items():
        assert portrait_of(told, code, T06, 2015, evaluation).about.startswith(kind)
    commune = portrait_of(told, "38563", T06, 2015, evaluation)
    assert commune.figures[0].value == "2,07"
    assert "pas calculée par commune" in commune.figures[2].reason
    quarter = portrait_of(told, "QF38001", COUNTED, 2015, evaluation)
    assert quarter.figures[0].value == "1"


def test_an_unknown_perimeter_has_no_count(told: TerritorySeries, evaluation: Evaluation) -> None:
    found = portrait_of(told, "PILAT", COUNTED, 2015, evaluation)
    assert [figure.value for figure in found.figures] == ["–", "–", "–"]
    assert found.figures[0].reason == "périmètre inconnu"
    assert "périmètre inconnu" in found.about
    assert found.actors == ()


def test_actors_of_unknown_seat_are_from_nowhere(told: TerritorySeries, evaluation: Evaluation) -> None:
    found = portrait_of(told, GRENOBLE, T06, 2015, evaluation)
    assert found.actors
    assert {actor.inside for actor in found.actors} == {None}
    counts = [len(actor.actions) for actor in found.actors]
    assert counts == sorted(counts, reverse=True)


def test_seats_inside_and_elsewhere_are_told_apart() -> None:
    made = small_builder()
    commune = made.territory("commune", "38185", "2025", name="Grenoble")
    away = made.territory("commune", "69123", "2025", name="Lyon")
    made.relationship("BASED_IN", made.node("Organisation", "F1", name="Fictiscop Rivage"), commune)
    made.relationship("BASED_IN", made.node("Organisation", "F2", name="Fictasso Lichen"), away)
    found = portrait_of(series_of_graph(graph_of(made)), GRENOBLE, COUNTED, 2015, None)
    seats = {actor.name: actor.inside for actor in found.actors}
    assert seats["Fictiscop Rivage"] is True
    assert seats["Fictasso Lichen"] is False


def test_before_the_indicators_the_portrait_says_so(told: TerritorySeries) -> None:
    found = portrait_of(told, VOIRON, T06, 2015, None)
    assert "en cours" in found.figures[0].reason
    assert found.figures[1].value == "1"


def test_an_unknown_code_is_refused(told: TerritorySeries) -> None:
    with pytest.raises(UsageError):
        portrait_of(told, "99999999", T06, 2015, None)


def crossed() -> TerritorySeries:
    """Return the small contract where the park is known: two communes of Grenoble's EPCI and two others."""
    made = small_builder()
    pilat = ("Territory", "pnr/PILAT")
    for code in ("38185", "38229", "38563", "38565"):
        made.relationship(
            "CONTAINS", pilat, made.territory("commune", code, "2025"), {"composition": "declared"}
        )
    return series_of_graph(graph_of(made))


def test_two_perimeters_that_cross_make_three_parts_that_share_nothing() -> None:
    told = crossed()
    pairs = portrait_of(told, "PILAT", COUNTED, 2015, None).crossings
    assert (f"PILAT*{GRENOBLE}" in dict(pairs)) or (f"{GRENOBLE}*PILAT" in dict(pairs))
    found = crossing_of(told, f"PILAT*{GRENOBLE}", 2015, evaluation_of(told.graph))
    first, both, second = found.parts
    assert (len(first.communes), len(both.communes), len(second.communes)) == (2, 2, 47)
    assert not first.communes & both.communes
    assert not both.communes & second.communes
    shares = [part.share for part in found.parts if part.share is not None]
    assert sum(shares) == pytest.approx(1.0)
    assert both.amount.value == 200.0
    assert both.per_inhabitant.value is not None
    assert found.quarters == 1


def test_a_part_without_every_value_is_not_summed() -> None:
    found = crossing_of(crossed(), f"PILAT*{GRENOBLE}", 2015, None)
    assert {part.amount.status for part in found.parts} == {"no_data"}


def test_a_pair_that_is_no_pair_is_refused(told: TerritorySeries) -> None:
    for selection in ("38*99", "38", "38*38*38"):
        with pytest.raises(UsageError):
            crossing_of(told, selection, 2015, None)


def test_old_snapshots_are_let_go() -> None:
    first = graph_of(small_builder())
    kept = series_of_graph(first)
    assert series_of_graph(first) is kept
    for _ in range(2):
        series_of_graph(graph_of(small_builder()))
    assert series_of_graph(first) is not kept
