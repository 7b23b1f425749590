"""T12 to T15 and T19: the worked examples of the catalogue, from a file to the value."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.indicators.territories.contribution import t19
from graphmodel.indicators.territories.needs import t12
from graphmodel.indicators.territories.policy import CRITERIA, t13, t14
from graphmodel.indicators.territories.ptce import t15
from tests.graphmodel.indicators.sets import context_of, one

AUTHORITIES = {name: {"communes": ["K1"]} for name in "UVW"}


def need(priority: int | None, day: str = "2014-01-10", authority: str = "U") -> dict[str, Any]:
    return {"collectivite": authority, "priorite": priority, "date": day}


def answer(name: str, status: str, day: str, action: str = "a1") -> dict[str, Any]:
    return {"action": action, "besoin": name, "statut": status, "date": day}


NEEDS = {"b1": need(3), "b2": need(2), "b3": need(1), "b4": need(2, authority="V"), "b5": need(1)}
ANSWERS = [
    answer("b1", "operationnelle", "2014-05-01"),
    answer("b2", "prevue", "2014-02-01"),
    answer("b2", "operationnelle", "2014-12-31"),
    answer("b3", "prevue", "2014-06-01"),
    answer("b4", "operationnelle", "2014-03-01"),
    answer("b4", "abandonnee", "2014-09-01"),
    answer("b5", "operationnelle", "2014-05-01", "a2"),
    answer("b5", "abandonnee", "2014-05-01"),
]


def test_needs_answered_and_their_weights(tmp_path: Path) -> None:
    values = t12(context_of(tmp_path, collectivites=AUTHORITIES, besoins=NEEDS, reponses=ANSWERS))
    region = {"year": "2014", "level": "R", "needs": "all"}
    rate = one(values, "answer_rate", **region)
    assert (rate.value, rate.n) == (0.6, 5)
    assert rate.interval is not None
    assert (rate.interval.low, rate.interval.high) == pytest.approx((0.2307, 0.8824), abs=5e-5)
    assert one(values, "answer_rate_weighted", **region).value == pytest.approx(6 / 9)
    authority = {"year": "2014", "level": "E", "needs": "all"}
    assert one(values, "answer_rate", **authority, territory="V").value == 0.0
    nothing = one(values, "answer_rate", **authority, territory="W")
    assert (nothing.value, nothing.n) == (None, 0)


def test_needs_stand_from_their_date_and_circular_ones_are_also_left_out(tmp_path: Path) -> None:
    needs = {"b1": need(1), "b2": need(1, "2014-06-01"), "b3": need(1, "2015-02-01")}
    answers = [answer("b2", "operationnelle", "2014-03-01"), answer("b1", "aucune", "2013-01-01")]
    values = t12(context_of(tmp_path, collectivites=AUTHORITIES, besoins=needs, reponses=answers))
    for year, kind, rate, n in (
        ("2014", "all", 0.5, 2), ("2014", "without_circular", 0.0, 1), ("2015", "all", 1 / 3, 3),
    ):  # fmt: skip
        found = one(values, "answer_rate", year=year, level="R", needs=kind)
        assert found.n == n
        assert found.value == pytest.approx(rate)


def policies(score: int | None) -> dict[str, bool | None]:
    """Return six criteria of which some are met; None leaves one that nobody searched for."""
    return {name: None if score is None else rank < score for rank, name in enumerate(CRITERIA)}


def test_strategy_scores_and_their_progress(tmp_path: Path) -> None:
    told = {
        "U": {"2014": policies(2), "2015": policies(4)},
        "V": {"2014": policies(3), "2015": policies(3)},
        "W": {"2014": policies(1), "2015": policies(2)},
        "T": {"2014": policies(6), "2015": {**policies(6), "agent": None}},
    }
    authorities = AUTHORITIES | {"T": {"communes": ["K2"]}}
    values = t13(context_of(tmp_path, collectivites=authorities, politiques=told))
    assert one(values, "score", year="2015", territory="U").value == 4
    unknown = one(values, "score", year="2015", territory="T")
    assert unknown.value is None
    assert "recherché" in str(unknown.reason)
    change = one(values, "mean_change", year="2014", year2="2015", level="C1")
    assert (change.value, change.n) == (1.0, 3)
    assert one(values, "share_progress", year="2014", year2="2015").value == pytest.approx(2 / 3)


def test_domains_of_delegations(tmp_path: Path) -> None:
    domains = [["emploi", "insertion"], [], ["proximité"]]
    told = {name: {"ess": name != "W", "domaines": named} for name, named in zip("UVW", domains, strict=True)}
    values = t14(context_of(tmp_path, collectivites=AUTHORITIES, delegations=told))
    assert [one(values, "domains", level="E", territory=name).value for name in "UVW"] == [2, 0, 1]
    mean = one(values, "mean_domains", level="C1")
    assert (mean.value, mean.n) == (1.0, 2)


def test_a_delegation_whose_domains_are_unknown_is_no_zero(tmp_path: Path) -> None:
    told = {"U": {"ess": True}, "V": {"ess": True, "domaines": ["emploi"]}}
    values = t14(context_of(tmp_path, collectivites=AUTHORITIES, delegations=told))
    assert one(values, "domains", territory="U").value is None
    assert one(values, "mean_domains", level="C1").value == 1.0


def test_components_of_a_pole(tmp_path: Path) -> None:
    worlds = ["ESS"] * 4 + ["ESS_COMMERCIALE", "CLASSIQUE", "CLASSIQUE", "PUBLIC", "PUBLIC"]
    operators: dict[str, dict[str, Any]] = {
        name: {"monde": world, "siege": "K1", "siege_qpv": "Q1" if name in "ABC" else None}
        for name, world in zip("ABCDEFGHI", worlds, strict=True)
    }
    operators["H"]["collectivite"] = True
    poles = {"P": {"2014": list("ABCDEFGH"), "2015": list("ABI")}, "Q": {"2014": ["A"]}}
    values = t15(context_of(tmp_path, operateurs=operators, ptce=poles, population_region=100_000))
    about = {"year": "2014", "ptce": "P"}
    assert one(values, "conformity_score", **about, coding="ess").value == 3
    assert one(values, "share_non_ess_firms", **about, coding="ess").value == pytest.approx(2 / 7)
    assert one(values, "share_non_ess_firms", **about, coding="classique").value == pytest.approx(3 / 7)
    assert one(values, "share_members_qpv", **about).value == pytest.approx(3 / 8)
    assert one(values, "per_100k", year="2014").value == 2.0
    # A public body is no local authority by its world alone.
    assert one(values, "conformity_score", year="2015", ptce="P", coding="ess").value == 1


def test_a_story_is_as_solid_as_its_weakest_link(tmp_path: Path) -> None:
    links = ["mise en œuvre", "coopération", "réponse", "stratégie"]
    rated = [
        {"effet": "E3.1", "maillon": link, "niveau": level, "cotateur": "un"}
        for link, level in zip(links, (3, 2, 1, 2), strict=True)
    ]
    rated += [
        {"effet": "E3.1", "maillon": links[0], "niveau": 3, "cotateur": "deux"},
        {"effet": "E3.2", "maillon": links[0], "niveau": 3, "cotateur": "un"},
        {"effet": "E3.2", "maillon": links[0], "niveau": 1, "cotateur": "deux"},
        {"effet": "E3.2", "maillon": links[1], "niveau": None, "cotateur": "un"},
    ]
    values = t19(context_of(tmp_path, maillons=links, contribue=rated))
    assert one(values, "min", effect="E3.1").value == 1
    assert one(values, "mean", effect="E3.1").value == 2.0
    assert one(values, "min", effect="E3.2").value == 0
    assert one(values, "mean", effect="E3.2").value == 0.25
    assert one(values, "rater_gap", effect="E3.2").value == 2


def test_what_is_missing_names_its_sheet(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    for compute, sheet in (
        (t12, "Besoins"), (t13, "Actes"), (t14, "Délégations"), (t15, "PTCE"), (t19, "Cotations"),
    ):  # fmt: skip
        (value,) = compute(context)
        assert value.measure is None
        assert sheet in str(value.reason)
