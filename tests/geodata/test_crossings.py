"""Perimeters that cross: sums of communes by hand, a contour by its area, what is unknown."""

import json

import geopandas as gpd
import pytest
import shapely

from geodata.crossings import Crossings, declared_perimeters, party_territories
from geodata.territories import load_reference
from graphmodel import BatchBuilder, ContractGraph, Source, open_store
from graphmodel.batch import Ref

LEFT, RIGHT, DISC, LOST = "custom/GAUCHE@2014", "custom/DROITE@2014", "custom/DISQUE@2014", "pnr/PERDU@2014"
OF_LEFT, OF_RIGHT = ("38544", "38157", "42207"), ("42207", "42168", "42246")


@pytest.fixture(scope="module")
def communes() -> gpd.GeoDataFrame:
    """Return the communes of the reference in metres."""
    return load_reference().frame("commune", crs=2154)


@pytest.fixture(scope="module")
def disc(communes: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return a disc of 4 km around the middle of 42207, in metres."""
    shape: shapely.Geometry = communes.geometry["42207"].centroid.buffer(4_000)
    return shape


@pytest.fixture(scope="module")
def graph(disc: shapely.Geometry) -> ContractGraph:
    """Return a contract with two perimeters of communes, a drawn one and an unknown one; one party."""
    made = BatchBuilder(Source("p", "p.csv", "1" * 64, "perimeter", fictional=True), contract="C")
    contract = made.node("Contract", "C")
    reference = load_reference()
    people = reference.frame("commune")["population"]

    def commune(code: str) -> Ref:
        return made.territory("commune", code, "2025", {"population": int(people[code])}, name=code)

    for key, codes in ((LEFT, OF_LEFT), (RIGHT, OF_RIGHT)):
        level, code = key.split("@")[0].split("/")
        whole = made.territory(level, code, "2014", {"perimeter": "known"}, name=code)
        for part in codes:
            made.relationship("CONTAINS", whole, commune(part), {"composition": "declared"})
    contour = json.loads(shapely.to_geojson(gpd.GeoSeries([disc], crs=2154).to_crs(4326).iloc[0]))
    made.territory("custom", "DISQUE", "2014", {"perimeter": "known", "contour": contour}, name="Disque")
    lost = made.territory("pnr", "PERDU", "2014", {"perimeter": "unknown"}, name="Perdu")
    party = made.node("Organisation", "PARC", name="Parc")
    made.relationship("SIGNED", party, contract)
    made.relationship("ADMINISTERS", party, lost)
    batch = made.build()
    with open_store(":memory:", create=True) as store:
        store.apply(store.plan(batch))
        return store.snapshot()


@pytest.fixture(scope="module")
def crossings(graph: ContractGraph) -> Crossings:
    return Crossings(graph, declared_perimeters(graph))


def test_whole_communes_cross_by_the_communes_they_share(
    crossings: Crossings, communes: gpd.GeoDataFrame
) -> None:
    (row,) = crossings.pairs[
        (crossings.pairs["first"] == RIGHT) & (crossings.pairs["second"] == LEFT)
    ].to_dict("records")
    people, areas = communes["population"].astype(float), communes.area / 1e6
    assert row["relation"] == "crosses"
    assert row["population"] == pytest.approx(people["42207"])
    assert row["first_share"] == pytest.approx(people["42207"] / people[list(OF_RIGHT)].sum())
    assert row["second_share"] == pytest.approx(people["42207"] / people[list(OF_LEFT)].sum())
    assert row["area_km2"] == pytest.approx(areas["42207"])
    assert row["first_area_share"] == pytest.approx(areas["42207"] / areas[list(OF_RIGHT)].sum())


def test_a_contour_crosses_by_its_area(
    crossings: Crossings, communes: gpd.GeoDataFrame, disc: shapely.Geometry
) -> None:
    pairs = crossings.pairs.set_index(["first", "second"])
    row = pairs.loc[(DISC, LEFT)]
    common = shapely.area(shapely.intersection(communes.geometry[list(OF_LEFT)].to_numpy(), disc)).sum()
    assert row["relation"] == "crosses"
    assert row["area_km2"] == pytest.approx(common / 1e6, rel=1e-4)
    assert row["first_area_share"] == pytest.approx(common / disc.area, rel=1e-4)


def test_every_pair_stands_once_and_an_unknown_perimeter_in_none(crossings: Crossings) -> None:
    assert crossings.unknown == (LOST,)
    assert set(crossings.known) == {LEFT, RIGHT, DISC}
    assert [tuple(pair) for pair in crossings.pairs[["first", "second"]].to_numpy()] == [
        (DISC, RIGHT), (DISC, LEFT), (RIGHT, LEFT),
    ]  # fmt: skip


def test_shares_of_the_departements_sum_to_the_whole_perimeter(crossings: Crossings) -> None:
    within = crossings.with_level("departement")
    of_left = within[within["first"] == LEFT]
    assert set(of_left["second"]) == {"38", "42"}
    assert of_left["first_area_share"].sum() == pytest.approx(1)
    assert of_left["first_share"].sum() == pytest.approx(1)
    (right,) = within[within["first"] == RIGHT].to_dict("records")
    assert right["relation"] == "within"


def test_nothing_is_compared_when_no_perimeter_is_known(graph: ContractGraph) -> None:
    alone = Crossings(graph, [LOST])
    assert alone.pairs.empty
    assert alone.with_level("epci").empty


def test_the_territories_of_the_parties_are_those_of_the_authorities_that_signed(
    graph: ContractGraph,
) -> None:
    assert party_territories(graph) == {LOST: "C/organisation/PARC"}


def test_a_union_counts_a_person_once(crossings: Crossings, communes: gpd.GeoDataFrame) -> None:
    people = communes["population"]
    assert crossings.population([LEFT, RIGHT]) == people[list({*OF_LEFT, *OF_RIGHT})].sum()
    assert crossings.population([LEFT]) == people[list(OF_LEFT)].sum()
    assert crossings.population([]) == 0
    assert crossings.contour(LEFT) is None
    assert crossings.communes(LEFT) == frozenset(OF_LEFT)
