"""T04 and T06: the worked examples, which basis a share rests on, what is not locatable or not known."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel import BatchBuilder, Source, open_store
from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.territories.money import t04, t06
from tests.graphmodel.indicators.sets import context_of, one
from tests.graphmodel.indicators.territories.mini import MINI_TERRITORY, paid, place

PLACES = {"2014": {"a2": [place("X")], "a3": [place("Q1"), place("K4")], "a4": [place("Z")]}}
MONEY = [paid("a1", 100_000), paid("a2", 40_000), paid("a3", 20_000), paid("a4", 30_000)]
EXAMPLE: dict[str, Any] = {**MINI_TERRITORY, "lieux": PLACES, "financements": MONEY}


def test_priority_zones_and_their_index(tmp_path: Path) -> None:
    values = t04(context_of(tmp_path, **EXAMPLE))
    for zone, run, amount, index in (
        ("qpv", "with", 36_537.27, 1.282),
        ("qpv", "without", 21_537.27, 1.5954),
        ("zrr", "with", 22_484.47, 1.1834),
        ("zrr", "without", 12_484.47, 1.3872),
    ):
        about = {"year": "2014", "level": "R", "ubiquitous": run, "zone": zone}
        assert one(values, "amount", **about).value == pytest.approx(amount, abs=0.01)
        assert one(values, "index", **about).value == pytest.approx(index, abs=5e-4)


def test_euros_per_inhabitant_and_what_is_spread(tmp_path: Path) -> None:
    values = t06(context_of(tmp_path, **EXAMPLE))
    about = {"year": "2014", "ubiquitous": "with"}
    for commune, euros in {"K1": 1.7286, "K2": 2.1522, "K3": 1.6522, "K4": 3.0807, "K5": 1.0}.items():
        found = one(values, "per_inhabitant", level="K", territory=commune, **about)
        assert found.value == pytest.approx(euros, abs=5e-5)
    communes = [
        v for v in values if v.measure == "amount" and v.params.items() >= {**about, "level": "K"}.items()
    ]
    assert sum(float(v.value or 0) for v in communes) == pytest.approx(190_000)
    shares = [v for v in values if v.measure == "phi"]
    assert {v.params["action"] for v in shares} == {"a2", "a3", "a4"}
    for action in ("a2", "a3", "a4"):
        assert sum(float(v.value or 0) for v in shares if v.params["action"] == action) == pytest.approx(1)


def test_declared_shares_come_first_then_beneficiaries(tmp_path: Path) -> None:
    rows = {
        "a2": [place("K1", part=0.25), place("Y", part=0.75)],
        "a3": [
            place("K1"),
            place("K2", degre="atteint", beneficiaires=30),
            place("K3", degre="atteint", beneficiaires=10),
        ],
        "a4": [place("K1"), place("K2", part=0.4)],
    }
    money = [paid("a2", 100), paid("a3", 100), paid("a4", None)]
    values = t06(context_of(tmp_path, **(EXAMPLE | {"lieux": {"2014": rows}, "financements": money})))
    bases = {v.params["action"]: v.to_json()["value"] for v in values if v.measure == "phi_basis"}
    assert bases == {"a2": "declared", "a3": "beneficiaries", "a4": "population"}
    phi = {(v.params["action"], v.params["commune"]): v.value for v in values if v.measure == "phi"}
    assert phi["a2", "K1"] == pytest.approx(0.25)
    assert phi["a2", "K3"] == pytest.approx(0.75 / 2)
    assert phi["a3", "K2"] == pytest.approx(0.75)
    assert one(values, "amount_paid", action="a4").value is None
    assert one(values, "unknown_payments", year="2014").value == 1


def test_an_action_without_a_place_is_not_locatable(tmp_path: Path) -> None:
    money = [*MONEY[:2], paid("a3", 20_000)]
    data = EXAMPLE | {"lieux": {"2014": {"a2": [place("X")]}}, "financements": money}
    values = t06(context_of(tmp_path, **data))
    about = {"year": "2014", "ubiquitous": "with"}
    assert one(values, "total_located", **about).value == pytest.approx(140_000)
    assert one(values, "total_unlocated", **about).value == pytest.approx(20_000)
    shares = t04(context_of(tmp_path, **data))
    region = one(shares, "share", year="2014", level="R", ubiquitous="without", zone="qpv")
    assert region.value == pytest.approx(15 / 80)


def test_a_year_of_which_no_amount_is_known_has_no_amount(tmp_path: Path) -> None:
    values = t06(context_of(tmp_path, **(EXAMPLE | {"financements": [paid("a2", None)]})))
    assert one(values, "amount", year="2014", level="R", ubiquitous="with").value is None
    assert one(values, "amount", year="2015", level="R", ubiquitous="with").value == 0.0


def test_a_zone_where_nobody_lives_has_no_index(tmp_path: Path) -> None:
    values = t04(context_of(tmp_path, **EXAMPLE))
    about = {"year": "2014", "level": "E", "territory": "X", "ubiquitous": "with", "zone": "zrr"}
    assert one(values, "amount", **about).value == 0.0
    assert one(values, "index", **about).value is None


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    for compute in (t04, t06):
        (value,) = compute(context_of(tmp_path, **MINI_TERRITORY, lieux=PLACES))
        assert value.measure is None
        assert "Financements" in str(value.reason)


def test_an_authority_that_is_a_commune_has_one_amount_in_each_table(tmp_path: Path) -> None:
    context_of(tmp_path, **EXAMPLE)
    extra = BatchBuilder(Source("mairie", "mairie", "0", "test"), "jeu")
    town = extra.node("Organisation", "MAIRIE")
    extra.relationship("ADMINISTERS", town, ("Territory", "jeu:K1"))
    with open_store(tmp_path / "jeu.sqlite") as store:
        store.apply(store.plan(extra.build()))
        values = t06(EvaluationContext(store.snapshot()))
    about = {"year": "2014", "territory": "K1", "ubiquitous": "with"}
    commune, authority = (one(values, "amount", level=level, **about).value for level in ("K", "E"))
    assert commune == authority
    assert commune is not None


def test_money_that_waits_for_a_population_is_not_zero(tmp_path: Path) -> None:
    quarters = {code: about | {"pop": None} for code, about in MINI_TERRITORY["qpv"].items()}
    context = context_of(tmp_path, **(EXAMPLE | {"qpv": quarters}))
    about = {"year": "2014", "level": "R", "ubiquitous": "without"}
    for measure in ("amount", "share", "index"):
        found = one(t04(context), measure, zone="qpv", **about)
        assert found.value is None
        assert "population inconnue" in str(found.reason)
    amounts = [v for v in t06(context) if v.measure == "amount" and v.params["year"] == "2014"]
    unknown = [v for v in amounts if v.value is None]
    assert {v.params["territory"] for v in unknown} == {"R", "D1", "X", "Y", "Z", "K1", "K4"}
    assert all("population inconnue" in str(v.reason) for v in unknown)
    assert {v.params["territory"] for v in amounts if v.value == 0} == {"K5"}
