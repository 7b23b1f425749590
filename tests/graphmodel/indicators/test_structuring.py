"""Structuring indicators: worked examples of the method, and every rule of their cards."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graphmodel.contract_graph import ContractGraph
from graphmodel.indicators import EvaluationContext, compute, indicator, indicators
from tests.graphmodel.indicators.contracts import MINI, Data, Evaluated, mini, report

STRUCTURING = (*(f"S{rank:02}" for rank in range(1, 13)), "G05")


Evaluate = Callable[..., Evaluated]


@pytest.fixture
def evaluate(tmp_path: Path) -> Evaluate:
    """Return a function that evaluates some indicators of a contract."""

    def run(data: Data, *identifiers: str) -> Evaluated:
        return Evaluated(data, tmp_path, *identifiers)

    return run


def test_s01_counts_collective_actions(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S01")
    share = found.one("share_collective", year="2014", level="R")
    assert (share.value, share.n) == (0.75, 4)
    assert share.interval is not None
    assert (share.interval.low, share.interval.high) == pytest.approx((0.3006, 0.9544), abs=5e-5)
    assert found.value("mean_size", year="2014", level="R") == 2.0
    assert found.value("mean_size", year="2015", level="R") == 2.75


def test_s01_without_the_pivot_leaves_emptied_actions_out(evaluate: Evaluate) -> None:
    found = evaluate(mini(pivot="B"), "S01")
    without = found.one("share_collective", year="2014", level="R", pivot="without")
    assert (without.value, without.n) == (1.0, 3)
    alone = found.one("share_collective", year="2014", scope="III", pivot="without")
    assert (alone.value, alone.n) == (None, 0)
    assert alone.reason == "aucune action active"


@pytest.mark.parametrize("identifier", ["S01", "S02", "S03", "S05", "S06", "S08", "S09", "S10", "G05"])
def test_a_contract_without_pivot_has_no_run_without_it(evaluate: Evaluate, identifier: str) -> None:
    assert {v.params.get("pivot") for v in evaluate(MINI, identifier).values} == {"with"}
    assert {v.params.get("pivot") for v in evaluate(mini(pivot="A"), identifier).values} == {
        "with",
        "without",
    }


def test_s02_reads_density_against_chance(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S02")
    where = {"level": "X", "cohort": "union"}
    assert found.value("density", year="2014", **where) == pytest.approx(1 / 3)
    assert found.value("expected_density", year="2014", **where) == pytest.approx(0.3145, abs=5e-5)
    assert found.value("excess", year="2014", **where) == pytest.approx(0.0188, abs=5e-5)
    assert found.value("excess", year="2015", **where) == pytest.approx(0.0103, abs=5e-5)
    assert found.value("density", year="2015", level="X", cohort="intersection") == pytest.approx(0.7)
    assert found.one("expected_links", year="2015", **where).simulation is None


def test_s02_under_three_operators_counts_links_and_nothing_else(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S02")
    where = {"year": "2015", "scope": "III", "cohort": "union"}
    assert (found.value("links", **where), found.one("links", **where).n) == (1, 2)
    for measure in ("density", "expected_links", "excess", "p_le", "p_ge"):
        value = found.one(measure, **where)
        assert (value.value, value.reason) == (None, "moins de trois opérateurs dans la cohorte")


def test_s02_draws_many_networks_and_says_so(evaluate: Evaluate) -> None:
    wide = {f"a{i:02}": [f"o{(i * 3 + j) % 17:02}" for j in range(4)] for i in range(14)}
    names = sorted({name for row in wide.values() for name in row})
    data = mini(
        operateurs={name: {"monde": "ESS"} for name in names},
        actions={code: {"axe": "I"} for code in wide},
        participe={"2014": wide},
        montants_2014=None,
    )
    value = evaluate(data, "S02").one("p_ge", level="X", cohort="union")
    assert value.simulation is not None
    assert value.simulation.draws >= 1_000
    again = evaluate(data, "S02").one("p_ge", level="X", cohort="union")
    assert again == value


def test_s03_weighs_links_and_repeats(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S03")
    weights = {v.params["pair"]: v.value for v in found.all("weight", year="2014")}
    assert weights == {"A-B": 0.5, "A-C": 0.5, "A-D": 1.0, "B-C": 0.5, "C-E": 1.0}
    strengths = [v.value for v in found.all("strength", year="2014")]
    assert strengths == pytest.approx([2, 1, 2, 1, 1, 0])
    assert found.value("mean_strength", year="2015", level="X") == pytest.approx(1.8333, abs=5e-5)
    assert found.value("S03b_share_repeated", year="2015", level="X") == 0.1


def test_s04_follows_links_from_one_wave_to_the_next(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S04")
    assert found.value("jaccard", pairs="all") == pytest.approx(0.3636, abs=5e-5)
    assert found.value("persistence", pairs="all") == 0.8
    assert [found.value(m, pairs="all") for m in ("common", "created", "lost")] == [4, 6, 1]
    assert [found.value(m, pairs="present_both") for m in ("common", "created", "lost")] == [4, 3, 1]


def test_s04_leaves_out_operators_whose_report_is_missing(evaluate: Evaluate) -> None:
    reports = [report("D", "a2", "2015", False), *(report(name, "a1", "2015", True) for name in "ABC")]
    found = evaluate(mini(bilans=reports), "S04")
    assert [found.value(m, pairs="reports_complete") for m in ("common", "created", "lost")] == [4, 4, 0]
    assert found.value("lost", pairs="all") == 1


def test_s04_compares_every_two_waves(evaluate: Evaluate) -> None:
    waves = {**MINI["participe"], "2016": MINI["participe"]["2014"]}
    found = evaluate(mini(participe=waves), "S04")
    assert {(v.params["year"], v.params["year2"]) for v in found.values} == {
        ("2014", "2015"),
        ("2014", "2016"),
        ("2015", "2016"),
    }
    assert found.value("jaccard", year="2014", year2="2016", pairs="all") == 1.0


def test_s05_compares_the_index_with_chance(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S05")
    where = {"level": "X", "coding": "ess"}
    values = {m: found.value(m, year="2014", **where) for m in ("E", "I", "EI", "EI_expected", "p_le")}
    assert values == pytest.approx(
        {"E": 1, "I": 4, "EI": -0.6, "EI_expected": 1 / 15, "p_le": 2 / 15}
    )  # fmt: skip
    assert found.value("EI_newman", year="2014", **where) == pytest.approx(-0.4286, abs=5e-5)
    assert found.value("gap", year="2015", **where) == pytest.approx(-0.0667, abs=5e-5)
    assert found.value("d_ext", year="2015", **where) == 0.625
    assert found.value("d_int", year="2015", **where) == pytest.approx(0.7143, abs=5e-5)


def with_public() -> Data:
    """Return MINI where a town joins a1 in 2014, F is an ESS company, G a research body alone with A."""
    data = mini()
    data["operateurs"] |= {"V": {"monde": "PUBLIC"}, "G": {"monde": "RECHERCHE"}}
    data["operateurs"]["F"] = {"monde": "ESS_COMMERCIALE", "famille": "commerciale"}
    data["familles_possibles"].append("commerciale")
    data["familles_commerciales"] = ["commerciale"]
    data["actions"]["a5"] = {"axe": "I"}
    data["participe"]["2014"]["a1"].append("V")
    data["participe"]["2014"]["a5"] = ["A", "G"]
    return data


def test_s05_takes_public_and_research_out_before_projecting(evaluate: Evaluate) -> None:
    plain, found = evaluate(MINI, "S05"), evaluate(with_public(), "S05")
    where = {"year": "2014", "level": "X", "coding": "classique"}
    for measure in ("E", "I", "EI", "EI_newman", "p_le", "d_ext"):
        assert found.one(measure, **where).value == plain.one(measure, **where).value
        assert found.one(measure, **where).n == plain.one(measure, **where).n
    assert "V" not in {v.params["node"] for v in found.all("EI_node")}


def test_s05_counts_companies_of_the_ess_both_ways(evaluate: Evaluate) -> None:
    found = evaluate(with_public(), "S05")
    classic = found.one("EI", year="2015", level="X", coding="classique")
    ess = found.one("EI", year="2015", level="X", coding="ess")
    assert classic.value == 0.0
    assert (ess.value, ess.reason) == (None, "moins de deux opérateurs de l’économie classique")
    assert (found.value("E", year="2015", level="X", coding="ess"), ess.n) == (4, 6)


def test_s05_without_a_link_has_densities_but_no_index(evaluate: Evaluate) -> None:
    alone = {"a1": ["A"], "a2": ["B"], "a3": ["E"], "a4": ["F"]}
    found = evaluate(mini(participe={"2014": alone}), "S05")
    where = {"year": "2014", "level": "X", "coding": "ess"}
    for measure in ("EI", "EI_newman", "gap", "p_le", "p_ge"):
        assert found.one(measure, **where).reason == "aucun lien"
    assert [found.value(m, **where) for m in ("E", "I", "d_ext", "d_int")] == [0, 0, 0, 0]
    assert found.value("EI_expected", **where) == pytest.approx(1 / 3)


def test_s06_counts_actions_where_both_worlds_meet(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S06")
    for year, value, low, high in (("2014", 0.25, 0.0456, 0.6994), ("2015", 0.75, 0.3006, 0.9544)):
        share = found.one("share_mixed", year=year, level="R", coding="ess")
        assert share.value == value
        assert share.interval is not None
        assert (share.interval.low, share.interval.high) == pytest.approx((low, high), abs=5e-5)
    both = evaluate(with_public(), "S06")
    assert both.value("share_mixed", year="2015", level="R", coding="classique") == 0.75
    assert both.value("share_mixed", year="2015", level="R", coding="ess") == 0.5
    assert both.value("share_mixed", year="2015", scope="II", coding="classique") == 1.0
    assert both.one("share_mixed", year="2014", level="R", coding="ess").n == 5


def test_s07_measures_the_diversity_of_families(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S07")
    where = {"year": "2014", "level": "R", "coding": "ess"}
    assert found.value("blau", **where) == pytest.approx(1 - 21 / 49)
    assert found.value("iqv", **where) == pytest.approx(0.7619, abs=5e-5)
    assert found.value("coverage", **where) == 0.75


def test_s07_counts_fewer_families_where_companies_are_classic(evaluate: Evaluate) -> None:
    found = evaluate(with_public(), "S07")
    where = {"year": "2015", "level": "R"}
    assert found.value("coverage", coding="ess", **where) == pytest.approx(4 / 5)
    assert found.value("coverage", coding="classique", **where) == pytest.approx(3 / 4)
    assert found.one("blau", coding="ess", **where).n == 9
    assert found.one("blau", coding="classique", **where).n == 7


def test_s07_leaves_unknown_families_out_and_counts_them(evaluate: Evaluate) -> None:
    data = mini()
    data["operateurs"]["D"].pop("famille")
    found = evaluate(data, "S07")
    assert found.one("blau", year="2014", level="R", coding="ess").n == 6
    assert found.value("without_family", year="2014", level="R", coding="ess") == 1
    undeclared = evaluate(mini(familles_possibles=None), "S07")
    assert undeclared.value("blau", year="2014", level="R", coding="ess") is not None
    assert undeclared.one("iqv", year="2014", level="R", coding="ess").reason is not None


def test_s08_gives_the_share_of_paths_and_its_band(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S08")
    values = {v.params["node"]: v.value for v in found.all("betweenness", year="2014")}
    assert values == pytest.approx({"A": 0.3, "B": 0, "C": 0.3, "D": 0, "E": 0, "F": 0})
    of_a = found.one("betweenness", year="2014", node="A")
    # Without a2, D is cut off and A joins nobody; without a3, A still joins D to B and C.
    assert [run.value for run in of_a.sensitivity] == pytest.approx([0.0, 0.3])


def test_s09_measures_centralisation_and_dependence(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S09")
    assert found.value("freeman", year="2014") == pytest.approx(0.4)
    assert found.value("freeman", year="2015") == pytest.approx(0.2)
    assert found.value("dependence", year="2014", node="A") == 0.5
    assert found.value("dependence", year="2015", node="A") == 0.0
    assert found.value("core_periphery_r", year="2014") == pytest.approx(0.5774, abs=5e-5)


def test_s09_has_no_dependence_where_nobody_else_is_joined(evaluate: Evaluate) -> None:
    star = {"a1": ["A", "B"], "a2": ["C"]}
    found = evaluate(mini(participe={"2014": star}), "S09")
    value = found.one("dependence", node="A")
    assert (value.value, value.n) == (None, 0)
    assert found.value("dependence", node="C") == 0.0


def test_s10_names_brokers_of_every_world(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S10")
    where = {"year": "2015", "coding": "ess"}
    assert [found.value(m, node="F", **where) for m in ("consultant", "gateway", "broker")] == [1, 1, 2]
    public = evaluate(with_public(), "S10")
    # G–A–B, G–A–C, G–A–D and D–A–V.
    assert public.value("gateway", year="2014", node="A", coding="ess") == 4
    assert public.value("liaison", year="2014", node="A", coding="ess") == 1  # G–A–V


def test_s09_and_s10_stand_beside_what_chance_gives(evaluate: Evaluate) -> None:
    core = evaluate(MINI, "S09").one("core_periphery_p", year="2014", pivot="with")
    assert (core.n, core.simulation) == (117, None)
    assert core.value is not None
    assert 1 / 117 <= float(core.value) <= 1
    # Six operators, two of them classic: fifteen ways. C passes twice in 2014.
    found = evaluate(MINI, "S10")
    where = {"year": "2014", "coding": "classique", "node": "C"}
    dealt = {name: found.one(f"broker_{name}", **where) for name in ("expected", "p_ge", "p_le")}
    assert {value.n for value in dealt.values()} == {15}
    assert float(dealt["p_ge"].value or 0) * 15 == pytest.approx(round(float(dealt["p_ge"].value or 0) * 15))
    assert float(dealt["p_ge"].value or 0) + float(dealt["p_le"].value or 0) >= 1


def test_s11_sets_audience_against_population(evaluate: Evaluate) -> None:
    audience = {"2014": {"plateforme": 8000, "forum": 0}, "2015": {"plateforme": 10000, "forum": 10}}
    found = evaluate(mini(audience=audience, population_region=400_000), "S11")
    assert found.value("per_1000", year="2014", support="plateforme") == 20
    assert found.value("per_1000", year="2015", support="plateforme") == 25
    assert found.value("index", year="2015", support="plateforme") == 125
    assert found.value("per_1000", year="2014", support="forum") == 0
    assert found.one("index", year="2015", support="forum").reason is not None


def test_s11_takes_the_sum_of_communes_and_keeps_unknown_apart_from_zero(evaluate: Evaluate) -> None:
    communes = {"K1": {"pop": 1500, "dep": "D1"}, "K2": {"pop": 500, "dep": "D1"}}
    audience = {"2014": {"forum": None}, "2015": {"forum": 50}}
    found = evaluate(mini(audience=audience, communes=communes), "S11")
    assert found.value("per_1000", year="2015") == 25
    assert found.value("per_1000", year="2014") is None
    assert found.value("index", year="2015") is None
    nowhere = evaluate(mini(audience=audience), "S11")
    assert nowhere.one("per_1000", year="2015").reason == "la population de la région est inconnue"


def test_s12_counts_graded_actions_and_what_was_paid_for_them(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "S12")
    assert found.value("share_actions", year="2014", level="R") == 0.5
    paid = found.one("share_paid", year="2014", level="R")
    assert (paid.value, paid.n) == (pytest.approx(0.6316, abs=5e-5), 4)
    assert found.one("share_paid", year="2015", level="R").reason is not None


def test_s12_keeps_the_animation_in_amounts_and_out_of_actions(evaluate: Evaluate) -> None:
    data = mini()
    data["actions"]["anim"] = {"codee": False, "innovation_sociale": True}
    data["actions"]["a2"].pop("innovation_sociale")
    data["participe"]["2014"]["anim"] = ["A", "B"]
    data["montants_2014"]["anim"] = 50_000
    found = evaluate(data, "S12")
    assert (found.value("share_actions", year="2014", level="R")) == pytest.approx(2 / 3)
    paid = found.one("share_paid", year="2014", level="R")
    assert (paid.value, paid.n) == (pytest.approx(170 / 200), 4)
    assert found.value("ungraded", year="2014", level="R") == 1


def test_g05_joins_axes_against_chance(evaluate: Evaluate) -> None:
    found = evaluate(MINI, "G05")
    for year, expected in (("2014", 0.4564), ("2015", 0.6817)):
        share = found.one("share_inter_axis", year=year)
        assert (share.value, share.n) == (pytest.approx(0.6), 5)
        assert found.value("expected", year=year) == pytest.approx(expected, abs=5e-5)
    one_axis = mini(actions={code: {"axe": "I"} for code in MINI["actions"]})
    assert evaluate(one_axis, "G05").one("share_inter_axis", year="2014").n == 0


def test_the_animation_is_no_part_of_the_network(evaluate: Evaluate) -> None:
    data = mini()
    data["actions"]["anim"] = {"codee": False, "axe": "I"}
    data["participe"]["2014"]["anim"] = list("ABCDEF")
    identifiers = [name for name in STRUCTURING if name not in ("S11", "S12")]
    plain, found = evaluate(MINI, *identifiers), evaluate(data, *identifiers)
    assert {v.identity: v.value for v in found.values} == {v.identity: v.value for v in plain.values}


def reports(received: int, expected: int, action: str = "a2", year: str = "2014") -> list[object]:
    return [report("ABCDEF"[rank], action, year, rank < received) for rank in range(expected)]


def test_coverage_forbids_values_strictly_under_sixty_percent(evaluate: Evaluate) -> None:
    data = mini(bilans=reports(3, 5))
    enough = evaluate(data, "S01").one("mean_size", year="2014", level="R")
    assert (enough.value, enough.coverage) == (2.0, 0.6)
    few = evaluate(mini(bilans=reports(2, 5)), "S01")
    value = few.one("mean_size", year="2014", level="R")
    assert (value.value, value.n, value.coverage) == (None, 4, 0.4)
    assert value.reason == "moins de 60 % des bilans attendus ont été reçus"
    assert few.one("share_collective", year="2014", level="R").interval is None
    assert few.one("mean_size", year="2015", level="R").value == 2.75


def test_coverage_is_that_of_the_axis_for_a_value_of_an_axis(evaluate: Evaluate) -> None:
    found = evaluate(mini(bilans=[*reports(0, 2), *reports(6, 6, "a1")]), "S01", "S12")
    assert found.value("mean_size", year="2014", level="R") == 2.0
    assert found.value("mean_size", year="2014", scope="I") == 3.0
    assert found.value("mean_size", year="2014", scope="II") is None
    assert found.value("share_paid", year="2014", scope="II") is None
    assert found.one("mean_size", year="2014", scope="III").coverage is None


def test_coverage_of_either_year_forbids_a_comparison(evaluate: Evaluate) -> None:
    found = evaluate(mini(bilans=reports(0, 1, year="2015")), "S04")
    assert all(value.value is None for value in found.values)
    assert {value.coverage for value in found.values} == {0.0}


def test_a_wave_without_any_participation_is_unknown_not_zero(evaluate: Evaluate) -> None:
    data = mini(annees=["2014", "2015", "2016"])
    found = evaluate(data, *STRUCTURING[:10])
    last = [value for value in found.values if "2016" in (value.params["year"], value.params.get("year2"))]
    assert {value.measure for value in last} >= {"links", "mean_size", "E", "common", "freeman", "blau"}
    assert all(value.value is None for value in last)
    assert found.one("density", year="2014", level="X", cohort="intersection").n == 5


def test_an_absent_input_is_one_entry_that_names_the_sheet(evaluate: Evaluate) -> None:
    found = evaluate(mini(participe=None, montants_2014=None), *STRUCTURING)
    by_indicator = {v.indicator: v for v in found.values if v.measure is None}
    assert set(by_indicator) == set(STRUCTURING)
    assert all("feuille «" in str(value.reason) for value in by_indicator.values())
    nothing = compute(EvaluationContext(ContractGraph({}, {})), STRUCTURING)
    assert [value.measure for value in nothing] == [None] * len(STRUCTURING)


def test_unknown_worlds_are_asked_for(evaluate: Evaluate) -> None:
    data = mini()
    data["operateurs"] = {name: {"monde": None} for name in data["operateurs"]}
    for identifier in ("S05", "S06", "S10"):
        (value,) = evaluate(data, identifier).values
        assert "Monde" in str(value.reason)


def test_values_carry_their_proof(evaluate: Evaluate) -> None:
    data = with_public() | {"contrat": {"id": "essai", "fictif": True}, "pivot": "A"}
    found = evaluate(data, *STRUCTURING)
    assert all(value.fictional for value in found.values if value.measure)
    assert {value.baseline for value in found.values if value.measure} == {"measured"}
    names = [value.identity for value in found.values]
    assert len(names) == len(set(names))
    for value in found.values:
        assert (value.value is None) == (value.reason is not None)
        assert json.loads(json.dumps(value.to_json()))["indicator"] == value.indicator
        if value.measure:
            assert value.measure in indicator(value.indicator).measures
            assert value.sources


def test_shares_and_probabilities_are_shares(evaluate: Evaluate) -> None:
    found = evaluate(with_public() | {"pivot": "C"}, *STRUCTURING)
    shares = [v for v in found.values if v.unit in ("proportion", "probabilité") and v.measure != "excess"]
    assert all(0 <= v.value <= 1 for v in shares if v.value is not None)
    assert all(v.interval.low <= v.value <= v.interval.high for v in shares if v.interval)


def test_cards_are_whole_and_in_order() -> None:
    cards = indicators()
    assert [name for name in cards if name in STRUCTURING] == list(STRUCTURING)
    for name in STRUCTURING:
        card = cards[name]
        assert all((card.label, card.formula, card.reading, card.caveat, card.source, card.measures))
        assert card.question == int(card.effects[0][1])
