"""Question 2: the worked examples of the catalogue, from a file to the value."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.indicators.deployment import e01, e02, e03, e04
from tests.graphmodel.indicators.sets import context_of, one


def support(action: str, siren: str, jobs: float | None, **extra: Any) -> dict[str, Any]:
    row = {
        "action": action, "siren": siren, "annee": "2014", "date": "2014-05-01", "issue": "creation",
        "etp": jobs, "bilan_date": "2015-03-31", "commune": "K1", "qpv": None, "filiere": None,
    }  # fmt: skip
    return row | extra


EXAMPLE = [
    support("a2", "s1", 2.0),
    support("a2", "s2", 1.5, issue="reprise", commune="K2"),
    support("a2", "s3", 4.0, qpv="Q1"),
    support("a3", "s3", 4.0, qpv="Q1"),
    support("a3", "s4", 0.5, commune=None),
    support("a3", "s5", 9.0, issue="conseil"),
]


def test_businesses_and_jobs_count_once(tmp_path: Path) -> None:
    values = e01(context_of(tmp_path, soutiens=EXAMPLE))
    region = {"year": "2014", "level": "R"}
    assert one(values, "businesses", **region).value == 4
    assert one(values, "duplicate_rate", **region).value == pytest.approx(0.2)
    assert one(values, "fte_gross", **region).value == 12.0
    assert one(values, "fte", **region).value == 8.0


def test_businesses_by_territory_are_those_located_there(tmp_path: Path) -> None:
    values = e01(context_of(tmp_path, soutiens=EXAMPLE))
    assert one(values, "businesses", year="2014", level="E", territory="X").value == 2
    assert one(values, "businesses", year="2014", level="E", territory="Y").value == 1
    assert one(values, "businesses", year="2014", level="D", territory="D1").value == 3
    assert one(values, "businesses", year="2014", level="Q", territory="Q1").value == 1
    # No business was supported in 2015: no job, which is known.
    assert one(values, "fte", year="2015", level="R").value == 0


def test_fractional_counts_sum_to_the_number_of_businesses(tmp_path: Path) -> None:
    values = e01(context_of(tmp_path, soutiens=EXAMPLE))
    shares = {v.params["action"]: v.value for v in values if v.measure == "businesses_fractional"}
    assert shares == {"a2": 2.5, "a3": 1.5}


def test_jobs_of_the_latest_report_win_and_unknown_ones_stay_out(tmp_path: Path) -> None:
    rows = [
        support("a2", "s1", 2.0, bilan_date="2015-03-31"),
        support("a2", "s1", 5.0, bilan_date="2016-03-31"),
        support("a2", "s1", None, bilan_date="2017-03-31"),
        support("a2", "s2", None),
    ]
    value = one(e01(context_of(tmp_path, soutiens=rows)), "fte", year="2014", level="R")
    assert (value.value, value.n) == (5.0, 1)


def paid(action: str, funder: str, amount: float | None) -> dict[str, Any]:
    return {
        "action": action,
        "financeur": funder,
        "annee": "2014",
        "nature": "paye",
        "montant": amount,
        "base": None,
    }


def test_leverage_rests_on_actions_whose_cost_and_grant_are_known(tmp_path: Path) -> None:
    values = e02(
        context_of(
            tmp_path,
            financements=[
                paid("a1", "Région", 120_000),
                paid("a1", "Etat", 30_000),
                paid("a1", "Ville", 90_000),
                paid("a2", "CDC", 50_000),
                paid("a3", "Région", None),
            ],
            concours_contrat=["Région", "Etat", "CDC"],
            cout_total={"2014": {"a1": 400_000, "a2": 100_000, "a3": 70_000}},
        )
    )
    region = one(values, "leverage", year="2014", level="R")
    assert (region.value, region.n) == (pytest.approx(1.5), 2)
    assert one(values, "leverage", year="2014", level="axis", scope="II").value == pytest.approx(1.0)
    assert one(values, "leverage", year="2014", level="action", scope="a3").value is None


def test_median_change_of_turnover(tmp_path: Path) -> None:
    ratios = {"s1": 0.95, "s2": 1.00, "s3": 1.02, "s4": 1.10, "s5": 1.20}
    turnover: dict[str, dict[str, float | None]] = {
        s: {"2014": 100_000, "2015": round(100_000 * r)} for s, r in ratios.items()
    }
    turnover["s6"] = {"2014": 0, "2015": 10}
    turnover["s7"] = {"2014": 10, "2015": None}
    rows = [support("a2", siren, None, filiere="verte" if siren < "s3" else None) for siren in turnover]
    values = e03(context_of(tmp_path, soutiens=rows, chiffre_affaires=turnover))
    change = one(values, "median_change", year="2014", year2="2015", level="R")
    assert (change.value, change.n) == (pytest.approx(0.02), 5)
    assert change.interval is not None
    assert (change.interval.low, change.interval.high) == pytest.approx((-0.05, 0.20))
    assert change.interval.level == pytest.approx(0.9375)
    assert one(values, "sign_test_p", year="2014", year2="2015", level="R").value == pytest.approx(0.625)
    few = one(values, "median_change", level="filiere", scope="verte")
    assert few.value is None
    assert "trois" in str(few.reason)


def test_a_sector_is_new_when_it_comes_to_cooperate(tmp_path: Path) -> None:
    operators = {
        name: {"monde": "ESS", "famille": "association" if name < "C" else "cooperative", "siege": "K1"}
        for name in "ABCDE"
    }
    values = e04(
        context_of(
            tmp_path,
            operateurs=operators,
            participe={"2014": {"a1": ["A", "B"]}, "2015": {"a1": ["A", "B", "C"], "a2": ["D"]}},
            filieres={
                "réemploi": {"2014": ["A", "B"], "2015": ["A", "B", "C"]},
                "services": {"2014": [], "2015": ["C", "D", "E"]},
                "jumelle": {"2014": ["A", "B"], "2015": ["A", "B"]},
            },
        )
    )
    assert one(values, "new_sectors", year="2015", t0="2014").value == 1


def test_what_is_missing_says_which_sheet_to_fill(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    for compute in (e01, e02, e03, e04):
        (value,) = compute(context)
        assert value.measure is None
        assert value.reason


def test_a_business_known_by_its_quarter_alone_lies_in_the_commune_around(tmp_path: Path) -> None:
    rows = [support("a2", "s1", 2, commune=None, qpv="Q1")]
    values = e01(context_of(tmp_path, soutiens=rows))
    for level, territory in (("Q", "Q1"), ("E", "X"), ("D", "D1")):
        assert one(values, "businesses", year="2014", level=level, territory=territory).value == 1
    assert one(values, "businesses", year="2014", level="E", territory="Y").value == 0
