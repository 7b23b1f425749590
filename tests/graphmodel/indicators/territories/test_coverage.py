"""T01 to T03: the worked examples, degrees of place, QPV that stand alone, region-wide actions."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.indicators.territories.coverage import t01, t02, t03
from tests.graphmodel.indicators.sets import context_of, one
from tests.graphmodel.indicators.territories.mini import MINI_TERRITORY, place


def _places(**rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {**MINI_TERRITORY, "lieux": {"2014": rows}}


EXAMPLE = _places(
    a2=[place("X")],
    a3=[place("Q1"), place("K4"), place("Q2", degre="atteint", beneficiaires=0)],
    a4=[place("Z"), place("K5", degre="atteint", beneficiaires=None)],
)


def test_coverage_is_that_of_the_union(tmp_path: Path) -> None:
    values = t01(context_of(tmp_path, **EXAMPLE))
    region = {"year": "2014", "level": "R", "places": "cible"}
    assert one(values, "share_communes", **region).value == pytest.approx(0.8)
    assert one(values, "share_population", **region).value == pytest.approx(0.96)
    assert one(values, "share_communes", **(region | {"places": "cible+atteint"})).value == 1.0
    none = one(values, "share_communes", year="2015", level="R", places="cible")
    assert (none.value, none.n) == (0.0, 5)


def test_a_commune_touched_by_its_quarters_alone_is_partial(tmp_path: Path) -> None:
    values = t01(context_of(tmp_path, **_places(a3=[place("Q1"), place("Q3")])))
    region = {"year": "2014", "level": "R", "places": "cible"}
    assert one(values, "share_communes", **region).value == pytest.approx(0.2)
    assert one(values, "partial_communes", **region).value == 1
    assert one(values, "share_population", **region).value == pytest.approx(0.5)
    assert one(values, "share_population_strict", **region).value == pytest.approx(0.11)


def test_quarters_are_targeted_included_or_reached(tmp_path: Path) -> None:
    values = t02(context_of(tmp_path, **EXAMPLE))
    region = {"year": "2014", "level": "R"}
    assert one(values, "share_qpv", **region, degree="cible").value == pytest.approx(1 / 3)
    assert one(values, "share_population", **region, degree="cible").value == pytest.approx(8 / 15)
    assert one(values, "share_qpv", **region, degree="inclus").value == 1.0
    assert one(values, "share_qpv", **region, degree="atteint").value == 0.0
    empty = one(values, "share_qpv", year="2014", level="E", territory="Y", degree="cible")
    assert (empty.value, empty.n) == (None, 0)


def test_a_number_of_beneficiaries_that_is_unknown_still_reaches(tmp_path: Path) -> None:
    rows = _places(a3=[place("Q2", degre="atteint", beneficiaires=None)])
    value = one(t02(context_of(tmp_path, **rows)), "share_qpv", year="2014", level="R", degree="atteint")
    assert value.value == pytest.approx(1 / 3)


def test_zrr_communes_and_the_others(tmp_path: Path) -> None:
    values = t03(context_of(tmp_path, **EXAMPLE))
    region = {"year": "2014", "level": "R", "places": "cible"}
    assert one(values, "share_communes", **region, zone="zrr").value == pytest.approx(0.5)
    assert one(values, "share_population", **region, zone="zrr").value == pytest.approx(0.6)
    assert one(values, "share_communes", **region, zone="non_zrr").value == 1.0


def test_reports_under_sixty_percent_take_the_values_away(tmp_path: Path) -> None:
    report = {"operateur": "A", "action": "a2", "annee": "2014", "attendu_le": "2015-03-31", "recu_le": None}
    values = t01(context_of(tmp_path, **EXAMPLE, bilans=[report]))
    for year, known in (("2014", False), ("2015", True), ("all", False)):
        value = one(values, "share_communes", year=year, level="R", places="cible").value
        assert (value is not None) is known


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    for compute in (t01, t02, t03):
        (value,) = compute(context)
        assert value.measure is None
        assert "Lieux" in str(value.reason)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["K1", "K2", "K3", "K4", "K5", "X", "Y", "Z", "Q1"]), min_size=2, max_size=5))
def test_the_union_is_at_most_the_sum(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    def share(rows: dict[str, Any]) -> float:
        values = t01(context_of(tmp_path_factory.mktemp("u"), **rows))
        return float(one(values, "share_population", year="2014", level="R", places="cible").value or 0)

    names = sorted(set(names))
    together = share(_places(a2=[place(name) for name in names]))
    assert together <= sum(share(_places(a2=[place(name)])) for name in names) + 1e-12
