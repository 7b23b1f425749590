"""Cells, perimeters, vintages and zonings."""

import numpy as np
import pytest

from graphmodel.batch import BatchBuilder, Source
from graphmodel.contract_graph import ContractGraph
from graphmodel.elementary_cells import CellModel
from graphmodel.errors import UsageError
from tests.graphmodel.mini import COMMUNES, MiniBuilder, graph_of, key


def official(*, epci: str = "frozen") -> BatchBuilder:
    """Return two communes of 2025, one made of two of 2014, in two compositions of one EPCI."""
    builder = BatchBuilder(Source("t", "t", "0" * 64, "reference"), contract="C")
    builder.node("Contract", "C")
    new = builder.territory("commune", "00001", "2025", {"population": 1_000})
    other = builder.territory("commune", "00002", "2025", {"population": 500})
    for code, people in (("00001", 600), ("00009", 400)):
        old = builder.territory("commune", code, "2014", {"population": people})
        builder.relationship("SUCCEEDED_BY", old, new, {"population_share": 1.0})
    for vintage, composition, members in (("2019", "frozen", (new,)), ("2025", "current", (new, other))):
        group = builder.territory("epci", "200000001", vintage)
        for member in members:
            builder.relationship(
                "CONTAINS", group, member, {"composition": composition, "population_share": 1.0}
            )
    assert epci in ("frozen", "current")
    return builder


def model_of(builder: BatchBuilder, composition: str = "frozen") -> CellModel:
    return CellModel.from_graph(graph_of(builder.build().rows), composition)


def test_quarters_are_cut_out_of_their_commune() -> None:
    model = CellModel.from_graph(MiniBuilder().graph())
    people = model.cells["population"]
    assert people.to_dict() == {
        key("K1"): 39_000, key("K2"): 26_000, key("K3"): 10_000, key("K4"): 6_000, key("K5"): 4_000,
        key("Q1"): 8_000, key("Q2"): 4_000, key("Q3"): 3_000,
    }  # fmt: skip
    assert model.population() == sum(row[0] for row in COMMUNES.values())
    assert model.population_of(key("X")) == 80_000
    assert model.communes_in(key("Z")) == [key("K2"), key("K3"), key("K4")]


def test_a_composition_is_read_wherever_it_stands() -> None:
    frozen, current = model_of(official()), model_of(official(), "current")
    for vintage in ("2019", "2025"):
        assert frozen.population_of(f"epci/200000001@{vintage}") == 1_000
        assert current.population_of(f"epci/200000001@{vintage}") == 1_500
    assert frozen.territories("epci") == ["epci/200000001@2019"]
    assert current.territories("epci") == ["epci/200000001@2025"]
    with pytest.raises(UsageError, match="Composition « old » inconnue"):
        model_of(official(), "old")


def test_a_commune_of_another_year_is_the_part_it_became() -> None:
    model = model_of(official())
    assert model.communes.tolist() == ["commune/00001@2025", "commune/00002@2025"]
    assert model.population_of("commune/00001@2014") == 600
    assert model.population_of("commune/00009@2014") == 400
    assert model.population(model.union(["commune/00001@2014", "commune/00002@2025"])) == 1_100


def test_later_communes_are_read_in_those_of_the_cells() -> None:
    mini = MiniBuilder()
    later = mini.territory("K45", "commune", vintage="2016")
    for code in ("K4", "K5"):
        mini.builder.relationship("SUCCEEDED_BY", mini.ref(code), later, {"population_share": 1.0})
    mini.contain(mini.territory("W", "epci"), later, "current")
    model = CellModel.from_graph(mini.graph(), "current")
    assert model.communes_in(key("W")) == [key("K4"), key("K5")]


def test_parts_of_a_commune_weigh_by_their_inhabitants() -> None:
    builder = official()
    whole = ("Territory", "commune/00001@2025")
    for code, people in (("00011", 250), ("00012", None)):
        part = builder.territory("arrondissement", code, "2025", {"population": people})
        builder.relationship("CONTAINS", whole, part, {"composition": "current", "population_share": 1.0})
    model = model_of(builder)
    assert model.population_of("arrondissement/00011@2025") == 250
    assert model.population_of("arrondissement/00012@2025") is None


def test_a_perimeter_that_cuts_communes_and_quarters() -> None:
    mini = MiniBuilder()
    park = mini.territory("P", "pnr")
    mini.contain(park, mini.ref("K1"), "declared", 0.5)
    mini.contain(park, mini.ref("Q1"), "declared", 1.0)
    mini.contain(park, mini.ref("Q3"), "declared", 0.0)
    mini.contain(park, mini.ref("K3"), "declared", 0.2)
    model = CellModel.from_graph(mini.graph())
    held = dict(zip(model.cells.index, model.weights(key("P")), strict=True))
    assert held[key("Q1")] == 1
    assert held[key("Q3")] == 0
    assert held[key("K1")] == pytest.approx((25_000 - 8_000) / 39_000)
    assert model.population_of(key("P")) == pytest.approx(27_000)
    assert model.communes_in(key("P")) == [key("K1")]


def test_a_share_of_area_stands_for_one_of_people_inside_a_commune() -> None:
    mini = MiniBuilder()
    park = mini.territory("P", "pnr")
    for code, share in (("K3", 0.3), ("K4", 1.0)):
        values = {"composition": "declared", "area_share": share}
        mini.builder.relationship("CONTAINS", park, mini.ref(code), values)
    model = CellModel.from_graph(mini.graph())
    assert model.population_of(key("P")) == pytest.approx(9_000)
    assert model.communes_in(key("P")) == [key("K4")]


def test_a_quarter_in_two_communes_is_two_cells() -> None:
    mini = MiniBuilder()
    quarter = mini.territory("Q9", "qpv", 1_000)
    mini.contain(mini.ref("K3"), quarter, "declared", 0.4)
    mini.contain(mini.ref("K4"), quarter, "declared", 0.6)
    model = CellModel.from_graph(mini.graph())
    cells = model.cells[model.cells["qpv"] == key("Q9")]
    assert cells["population"].to_dict() == {f"{key('Q9')}&{key('K3')}": 400, f"{key('Q9')}&{key('K4')}": 600}
    assert model.population_of(key("Q9")) == 1_000
    assert model.population_of(key("Y")) == 20_000


def test_quarters_larger_than_their_commune_are_told() -> None:
    mini = MiniBuilder()
    mini.contain(mini.ref("K5"), mini.territory("Q9", "qpv", 5_000), "declared")
    model = CellModel.from_graph(mini.graph())
    assert model.cells.loc[key("K5"), "population"] == 0
    assert "K5" in model.warnings[0]


def test_partly_classed_and_unlisted_communes_leave_a_zoning() -> None:
    mini = MiniBuilder()
    mini.builder.rows["CLASSED_IN"] = [
        row for row in mini.builder.rows["CLASSED_IN"] if row.values["source"] not in (key("K2"), key("K3"))
    ]
    mini.builder.relationship("CLASSED_IN", mini.ref("K3"), mini.zrr, {"status": "partly"})
    zone = CellModel.from_graph(mini.graph()).zone("ZRR")
    assert zone is not None
    cells = CellModel.from_graph(mini.graph()).cells
    assert set(cells["commune"][zone.inside == 1]) == {key("K4"), key("K5")}
    assert set(cells["commune"][zone.left_out == 1]) == {key("K2"), key("K3")}
    assert set(cells["commune"][zone.complement().inside == 1]) == {key("K1")}


def test_a_zoning_never_loaded_is_not_an_empty_one() -> None:
    mini = MiniBuilder()
    del mini.builder.rows["CLASSED_IN"]
    model = CellModel.from_graph(mini.graph())
    assert model.zone("ZRR") is None
    assert model.zone("FRR") is None


def test_two_vintages_of_a_zoning_must_be_chosen() -> None:
    mini = MiniBuilder()
    later = mini.builder.node("Zoning", "ZRR", {"scheme": "ZRR", "vintage": "2017"}, key="MINI:ZRR-2017")
    mini.builder.relationship("CLASSED_IN", mini.ref("K1"), later, {"status": "classed"})
    model = CellModel.from_graph(mini.graph())
    with pytest.raises(UsageError, match="Plusieurs millésimes du zonage ZRR"):
        model.zone("ZRR")
    chosen = model.zone("ZRR", "2017")
    assert chosen is not None
    assert set(model.cells["commune"][chosen.inside > 0]) == {key("K1")}
    mini.builder.relationship("USES", ("Contract", "MINI"), mini.zrr)
    used = CellModel.from_graph(mini.graph()).zone("ZRR")
    assert used is not None
    assert used.inside.sum() == 2


def test_a_zoning_of_undeclared_vintage_is_in_no_figure() -> None:
    mini = MiniBuilder()
    said = {"scheme": "ZRR", "vintage": "non déclaré"}
    vague = mini.builder.node("Zoning", "ZRR", said, key="MINI:ZRR-vague")
    mini.builder.relationship("CLASSED_IN", mini.ref("K1"), vague, {"status": "classed"})
    beside = CellModel.from_graph(mini.graph()).zone("ZRR")
    alone = CellModel.from_graph(MiniBuilder().graph()).zone("ZRR")
    assert beside is not None
    assert alone is not None
    assert beside.inside.tolist() == alone.inside.tolist()
    frr = mini.builder.node("Zoning", "FRR", said | {"scheme": "FRR"}, key="MINI:FRR-vague")
    mini.builder.relationship("CLASSED_IN", mini.ref("K1"), frr, {"status": "classed"})
    mini.builder.relationship("USES", ("Contract", "MINI"), frr)
    model = CellModel.from_graph(mini.graph())
    assert model.zone("FRR") is None
    assert model.zone("FRR", "non déclaré") is None


def test_a_graph_without_territories_has_no_cells() -> None:
    model = CellModel.from_graph(ContractGraph({}, {}))
    assert len(model.cells) == 0
    assert model.population() == 0
    assert model.union([]).tolist() == []
    assert np.isnan(model.population_of("x") or np.nan)
