"""Coverage, factors of double counting and overlaps, on the worked examples."""

import pytest

from graphmodel import double_count
from graphmodel.attribution import attribute
from graphmodel.coverage import coverage_of
from graphmodel.elementary_cells import CellModel
from graphmodel.errors import UsageError
from graphmodel.payments import payments_of
from tests.graphmodel.mini import MiniBuilder, action, key


@pytest.fixture(scope="module")
def model() -> CellModel:
    """Return the cells of MINI."""
    return CellModel.from_graph(MiniBuilder().graph())


def test_communes_of_the_example(model: CellModel) -> None:
    found = coverage_of(model, 2014).communes()
    assert (found.covered, found.total, found.partial) == (4, 5, 0)
    assert found.share_communes == 0.8
    assert found.share_population == 0.96
    assert found.share_population_strict == 0.96
    inside = coverage_of(model, 2014).communes(key("Y"))
    assert (inside.covered, inside.total, inside.share_population) == (2, 3, 0.8)


def test_rural_communes_of_the_example(model: CellModel) -> None:
    zone = model.zone("ZRR")
    assert zone is not None
    found = coverage_of(model, 2014)
    assert found.communes(zone=zone).share_communes == 0.5
    assert found.communes(zone=zone).share_population == 0.6
    assert found.communes(zone=zone.complement()).share_communes == 1
    assert found.communes(key("X"), zone).share_communes is None


def test_quarters_of_the_example(model: CellModel) -> None:
    found = coverage_of(model, 2014)
    targeted, included = found.quarters("targeted"), found.quarters("included")
    assert (targeted.covered, targeted.share_qpv) == ((key("Q1"),), pytest.approx(1 / 3))
    assert targeted.share_population == pytest.approx(8_000 / 15_000)
    assert (included.share_qpv, included.share_population) == (1, 1)
    assert found.quarters("reached").share_qpv == 0
    assert found.quarters("targeted", key("Y")).share_qpv is None


def test_a_commune_touched_by_a_quarter_alone_is_partial() -> None:
    mini = MiniBuilder()
    mini.builder.rows["TAKES_PLACE_IN"].clear()
    mini.place("a3", "Q1")
    mini.place("a3", "Q2", degree="reached", beneficiaries=None)
    mini.place("a3", "Q3", degree="reached", beneficiaries=0)
    model = CellModel.from_graph(mini.graph())
    narrow = coverage_of(model, 2014).communes()
    assert (narrow.covered, narrow.partial) == (1, 1)
    assert (narrow.people, narrow.strict_people) == (50_000, 8_000)
    wide = coverage_of(model, 2014, ("targeted", "reached"))
    assert wide.communes().covered == 2
    assert wide.quarters("reached").covered == (key("Q2"),)
    assert wide.quarters("included").covered == (key("Q1"),)


def test_years_are_united_and_unknown_perimeters_are_told() -> None:
    mini = MiniBuilder()
    mini.territory("PNR", "pnr")
    mini.action("a5")
    mini.place("a5", "K5", year=2015)
    mini.place("a5", "PNR", year=2015)
    model = CellModel.from_graph(mini.graph())
    assert coverage_of(model, 2014).communes().share_communes == 0.8
    assert coverage_of(model, [2014, 2015]).communes().share_communes == 1
    assert coverage_of(model, 2015).unknown == (key("PNR"),)
    assert coverage_of(model, None, actions=[action("a5")]).communes().covered == 1


def test_factors_of_the_example(model: CellModel) -> None:
    found = attribute(model, 2014)
    money = payments_of(model.graph, 2014)["amount"]
    assert double_count.population_factor(found) == pytest.approx(140 / 96)
    factors = {unit: double_count.amount_factor(found, money, unit) for unit in double_count.UNITS}
    assert factors.pop("collectivite") is None
    assert factors == pytest.approx({"maille": 210 / 90, "epci": 140 / 90, "departement": 160 / 90})
    assert double_count.amount_factor(found, {}, "epci") is None
    with pytest.raises(UsageError, match="Unité « pays » inconnue"):
        double_count.amount_factor(found, money, "pays")


def test_authorities_are_those_that_are_administered() -> None:
    mini = MiniBuilder()
    for code in ("X", "Z"):
        mini.builder.relationship(
            "ADMINISTERS", mini.builder.node("Organisation", f"o{code}"), mini.ref(code)
        )
    model = CellModel.from_graph(mini.graph())
    money = payments_of(model.graph, 2014)["amount"]
    factor = double_count.amount_factor(attribute(model, 2014), money, "collectivite")
    # a2 touches X and Z (by K2), a3 X and Z (by Q1 and K4), a4 both.
    assert factor == pytest.approx(2)


def test_overlaps_of_the_example(model: CellModel) -> None:
    rows = double_count.population_overlaps(model, [key("K1"), key("X"), key("Y"), key("Z")])
    shares = {
        (a[-2:], b[-1]): share
        for a, b, share in zip(rows["first"], rows["second"], rows["share"], strict=True)
    }
    assert shares == pytest.approx(
        {
            ("K1", "X"): 1,
            ("K1", "Y"): 0,
            ("K1", "Z"): 0,
            (":X", "Y"): 0,
            (":X", "Z"): 30 / 46,
            (":Y", "Z"): 0.8,
        }
    )
    assert shares[":X", "Z"] > 0.5
    assert shares[":Y", "Z"] > 0.5
