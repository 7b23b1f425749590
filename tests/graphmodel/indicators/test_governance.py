"""Question 4: the worked examples of the catalogue, from a file to the value."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.indicators.governance import g01, g02, g03, g04
from tests.graphmodel.indicators.sets import context_of, one


def meetings(body: str, count: int) -> list[dict[str, Any]]:
    return [
        {
            "instance": body,
            "date": f"2014-0{i + 1}-10",
            "convoques": ["A", "B"],
            "presents": ["A"],
            "excuses": ["B"],
        }
        for i in range(count)
    ]


BODIES = {
    "COPIL": {"frequence_min": 1, "type": "COPIL"},
    "ADT": {"frequence_min": 1, "type": "ADT"},
    "ERDS": {"frequence_min": 2, "type": "ERDS"},
    "CT1": {"frequence_min": 2, "type": "CT"},
    "CT2": {"frequence_min": 2, "type": "CT"},
    "CT3": {"frequence_min": 2, "type": "CT"},
    "RENCONTRE": {"frequence_min": 1, "type": "RENCONTRE"},
    "GT": {"frequence_min": None, "type": "GT"},
}
HELD = {"COPIL": 2, "ADT": 1, "ERDS": 1, "CT1": 2, "CT2": 1, "RENCONTRE": 1, "GT": 5}


def test_a_body_that_meets_more_makes_up_for_no_other(tmp_path: Path) -> None:
    reunions = [meeting for body, count in HELD.items() for meeting in meetings(body, count)]
    values = g01(context_of(tmp_path, instances=BODIES, reunions=reunions))
    assert one(values, "held", year="2014", bodies="all").value == pytest.approx(7 / 11)
    assert one(values, "held", year="2014", bodies="without_CT").value == pytest.approx(4 / 5)
    assert one(values, "held", year="2015", bodies="all").value == 0.0


def test_attendance_keeps_the_excused_among_those_called(tmp_path: Path) -> None:
    called = list("ABCDE")
    reunions = [
        {
            "instance": "ADT",
            "date": f"2014-0{i + 1}-10",
            "convoques": called,
            "presents": called[:3],
            "excuses": ["D"],
        }
        for i in range(4)
    ]
    colleges = dict.fromkeys("AB", "collectivités") | dict.fromkeys("CDE", "signataires")
    values = g01(context_of(tmp_path, instances=BODIES, reunions=reunions, colleges=colleges))
    whole = one(values, "attendance", year="2014", body="ADT", college="all")
    assert (whole.value, whole.n) == (0.6, 20)
    assert whole.interval is not None
    assert (whole.interval.low, whole.interval.high) == pytest.approx((0.3866, 0.7812), abs=5e-5)
    assert one(values, "attendance", year="2014", college="collectivités").value == 1.0
    assert one(values, "attendance", year="2014", college="signataires").value == pytest.approx(1 / 3)


ACTIONS = {f"a{i}": {"axe": "I" if i % 2 else "II"} for i in range(1, 5)}


def reports(on_time: int, late: int, absent: int) -> list[dict[str, Any]]:
    dates = ["2015-03-31"] * on_time + ["2015-04-10"] * late + [None] * absent
    pairs = [(operator, action) for operator in "ABCDE" for action in ACTIONS]
    return [
        {
            "operateur": pair[0],
            "action": pair[1],
            "annee": "2014",
            "attendu_le": "2015-03-31",
            "recu_le": date,
        }
        for pair, date in zip(pairs, dates, strict=True)
    ]


def test_reports_received_and_in_time(tmp_path: Path) -> None:
    values = g02(context_of(tmp_path, actions=ACTIONS, bilans=reports(15, 3, 2)))
    received, on_time = (one(values, name, year="2014", level="R") for name in ("received", "on_time"))
    assert (received.value, received.n) == (0.9, 20)
    assert on_time.value == 0.75
    assert received.interval is not None
    assert on_time.interval is not None
    assert (received.interval.low, received.interval.high) == pytest.approx((0.6990, 0.9721), abs=5e-5)
    assert (on_time.interval.low, on_time.interval.high) == pytest.approx((0.5313, 0.8881), abs=5e-5)
    assert one(values, "median_delay_days", year="2014", level="R").value == 0.0
    assert {v.params["scope"] for v in values if v.params["level"] == "axis"} == {"I", "II"}
    empty = one(values, "received", year="2015", level="R")
    assert empty.value is None
    assert empty.reason


def test_measures_not_applicable_are_not_expected(tmp_path: Path) -> None:
    statuses = ["sans_objet"] * 10 + ["renseigne"] * 63 + ["manquant"] * 27
    rows: list[dict[str, Any]] = [
        {"cle": f"m{i}", "action": "a1", "annee": "2014", "statut": status, "nb_sources": None}
        for i, status in enumerate(statuses)
    ]
    for i, row in enumerate(rows[10:73]):
        row["nb_sources"] = 2 if i % 3 == 0 else 1
    values = g03(context_of(tmp_path, mesures=rows))
    whole = one(values, "completeness", level="all")
    assert (whole.value, whole.n) == (0.7, 90)
    two = sum(row["nb_sources"] == 2 for row in rows)
    assert one(values, "share_two_sources", level="all").value == pytest.approx(two / 63)
    assert one(values, "completeness", level="key", scope="m0").value is None
    assert one(values, "completeness", level="action", scope="a1").value == 0.7


def funding(kind: str, funder: str, amount: float | None, action: str | None = None) -> dict[str, Any]:
    return {
        "action": action,
        "financeur": funder,
        "annee": "2014",
        "nature": kind,
        "montant": amount,
        "base": None,
    }


def test_money_spent_over_money_planned(tmp_path: Path) -> None:
    lines = [
        funding("prevu", "Région", 2_387_500),
        funding("paye", "Région", 2_000_000, "a1"),
        funding("paye", "Région", 150_000, "a2"),
        funding("prevu", "Etat", 1_000_000),
        funding("paye", "Etat", None, "a1"),
    ]
    values = g04(context_of(tmp_path, financements=lines))
    region = one(values, "paid_over_planned", year="2014", level="funder", scope="Région")
    assert region.value == pytest.approx(0.9005, abs=5e-5)
    state = one(values, "paid_over_planned", year="2014", level="funder", scope="Etat")
    assert state.value is None
    assert "inconnu" in str(state.reason)
    assert one(values, "paid_over_planned", year="2014", level="total").value is None
    assert one(values, "paid_over_planned", year="2014", level="axis", scope="I").value is None


def test_sums_count_what_is_known_and_say_how_many_payments_are_not(tmp_path: Path) -> None:
    lines = [
        funding("prevu", "Région", 100) | {"base": "convention"},
        funding("paye", "Région", 60, "a1"),
        funding("paye", "Région", 10),
        funding("paye", "Ville", 0, "a1"),
        funding("paye", "Ville", None, "a1"),
    ]
    values = g04(context_of(tmp_path, financements=lines, concours_contrat=["Région"]))
    year = {"year": "2014"}
    assert one(values, "planned", level="total", **year).value == 100
    assert one(values, "paid", level="total", **year).value == 70
    assert one(values, "paid_unknown", level="total", **year).value == 1
    assert one(values, "paid", level="axis", scope="I", **year).value == 60
    assert one(values, "paid", level="axis", scope="hors_axe", **year).value == 10
    assert one(values, "paid", level="funder", scope="autres", **year).value == 0
    assert one(values, "paid", level="funder_axis", scope="Région|hors_axe", **year).value == 10
    scopes = {value.params["scope"] for value in values if value.params["level"] == "funder_axis"}
    assert scopes == {"Région|I", "Région|hors_axe", "autres|I"}


def test_a_promise_and_its_parts_are_the_same_money(tmp_path: Path) -> None:
    lines = [
        funding("prevu", "Région", 100) | {"base": "convention"},
        funding("prevu", "Région", 60, "a1") | {"base": "deliberation"},
        funding("prevu", "Région", 40, "a2") | {"base": "deliberation"},
        funding("prevu", "Ville", 20, "a1") | {"base": "deliberation"},
        funding("paye", "Région", 90, "a1"),
        funding("paye", "Ville", 20, "a1"),
    ]
    values = g04(context_of(tmp_path, financements=lines))
    assert one(values, "paid_over_planned", year="2014", level="funder", scope="Région").value == 0.9
    assert one(values, "paid_over_planned", year="2014", level="total").value == pytest.approx(110 / 120)
    assert one(values, "paid_over_planned", year="2014", level="axis", scope="I").value == pytest.approx(
        110 / 80
    )


def test_what_is_missing_says_which_sheet_to_fill(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    for compute in (g01, g02, g03, g04):
        (value,) = compute(context)
        assert value.measure is None
        assert value.value is None
        assert "feuille" in str(value.reason)
