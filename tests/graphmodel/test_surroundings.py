"""What stands around a territory: shares joined from several rows, classings, successions, organisations."""

from datetime import date

import pytest

from graphmodel import BatchBuilder, ContractGraph, Source, open_store
from graphmodel.surroundings import (
    became,
    classings_of,
    contents_of,
    former_of,
    holders_of,
    organisations_of,
    ptce_of,
)

TOWN, OLD, QUARTER, PARK = (
    "commune/01001@2025",
    "commune/01002@2014",
    "qpv/QP001001@2015",
    "pnr/PARC@2014",
)


@pytest.fixture(scope="module")
def graph() -> ContractGraph:
    made = BatchBuilder(Source("s", "s.csv", "1" * 64, "perimeter"), contract="C")
    made.node("Contract", "C")
    town = made.territory("commune", "01001", "2025", name="Ville")
    old = made.territory("commune", "01002", "2014", {"population": 120}, name="Hameau")
    other = made.territory("commune", "01003", "2025", name="Autre")
    quarter = made.territory("qpv", "QP001001", "2015", name="Quartier")
    park = made.territory("pnr", "PARC", "2014", name="Parc")
    made.relationship("CONTAINS", town, quarter, {"composition": "declared", "area_share": 0.8})
    made.relationship("CONTAINS", park, town, {"composition": "declared", "area_share": 0.5})
    said = {"date": date(2017, 1, 1), "kind": "merger", "population_share": 0.7}
    made.relationship("SUCCEEDED_BY", old, town, said)
    made.relationship("SUCCEEDED_BY", old, other, {"date": date(2017, 1, 1), "kind": "split"})
    rural, quarters = made.zoning("ZRR", "2014"), made.zoning("QPV", "2015")
    made.relationship("CLASSED_IN", town, rural, {"status": "partly"})
    made.relationship("CLASSED_IN", quarter, quarters, {"status": "classed"})
    mairie = made.node("Organisation", "MAIRIE", name="Mairie")
    pole = made.node("Ptce", "POLE", name="Pôle")
    made.relationship("ADMINISTERS", mairie, town)
    made.relationship("BASED_IN", mairie, town)
    made.relationship("MEMBER_OF", mairie, pole, {"year": 2014})
    with open_store(":memory:", create=True) as store:
        store.apply(store.plan(made.build()))
        return store.snapshot()


def test_what_holds_and_what_is_held_keep_unknown_shares_unknown(graph: ContractGraph) -> None:
    (quarter,) = contents_of(graph, TOWN)
    assert (quarter.key, quarter.population_share, quarter.area_share) == (QUARTER, None, 0.8)
    (park,) = holders_of(graph, TOWN)
    assert (park.key, park.level, park.vintage, park.area_share) == (PARK, "pnr", "2014", 0.5)


def test_a_zoning_counts_only_the_levels_it_names(graph: ContractGraph) -> None:
    by_scheme = {one.scheme: one for one in classings_of(graph, {TOWN, QUARTER})}
    assert (by_scheme["ZRR"].counts, by_scheme["ZRR"].asked) == ({"partly": 1}, 1)
    assert (by_scheme["QPV"].counts, by_scheme["QPV"].vintage) == ({"classed": 1}, "2015")
    assert [one.scheme for one in classings_of(graph, {TOWN})] == ["ZRR"]


def test_successions_are_read_both_ways(graph: ContractGraph) -> None:
    shares = {one.to_code: one.population_share for one in became(graph, "01002")}
    assert shares == {"01001": 0.7, "01003": None}
    (one,) = former_of(graph, TOWN)
    assert (one.code, one.name, one.population, one.date) == ("01002", "Hameau", 120, date(2017, 1, 1))


def test_organisations_and_ptce_of_a_place(graph: ContractGraph) -> None:
    assert organisations_of(graph, {TOWN}) == {TOWN: "Mairie"}
    assert ptce_of(graph, {TOWN}) == [("Pôle", False, 1)]
    assert ptce_of(graph, {PARK}) == []


def test_a_change_that_two_sources_tell_is_told_once() -> None:
    made = BatchBuilder(Source("s", "s.csv", "1" * 64, "cog"), contract="C")
    town = made.territory("commune", "01001", "2025", name="Ville")
    said = {"date": date(2017, 1, 1), "kind": "merger", "population_share": 1.0}
    for vintage, values in (("2014", {"population": 120}), ("2016", {})):
        made.relationship(
            "SUCCEEDED_BY", made.territory("commune", "01002", vintage, values, name="Hameau"), town, said
        )
    with open_store(":memory:", create=True) as store:
        store.apply(store.plan(made.build()))
        graph = store.snapshot()
    assert [(one.code, one.population) for one in became(graph, "01002")] == [("01002", 120)]
    assert [(one.code, one.population) for one in former_of(graph, TOWN)] == [("01002", 120)]
