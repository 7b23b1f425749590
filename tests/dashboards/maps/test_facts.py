"""Where actions take place, whose perimeters cross, what is unknown."""

import pytest

from dashboards.maps import facts
from dashboards.maps.elements import Perimeter
from geodata.territories import load_reference
from graphmodel import ContractGraph

METRO, LYON = "200040715", "200046977"


@pytest.fixture(scope="module")
def resolver(graph: ContractGraph) -> facts.Resolver:
    return facts.Resolver(graph, load_reference())


@pytest.fixture(scope="module")
def places(graph: ContractGraph, resolver: facts.Resolver) -> facts.Places:
    reference = load_reference()
    return facts.places_of(graph, 2015, resolver, reference.composition(reference.vintages["epci"][0]))


def test_an_action_counts_once_in_each_epci_where_it_has_a_place(places: facts.Places) -> None:
    # Grenoble itself, the whole métropole, the département, and a neighbourhood of Grenoble.
    assert places.by_epci[METRO] == ("I.1.1", "I.1.2", "II.1.1", "II.2.1")
    assert places.by_epci[LYON] == ("I.1.1", "III.1.2")


def test_every_epci_is_there_even_with_nothing(places: facts.Places) -> None:
    reference = load_reference()
    assert set(places.by_epci) == set(reference.frame("epci", reference.vintages["epci"][0]).index)
    assert () in places.by_epci.values()


def test_region_wide_and_unplaced_actions_are_apart(places: facts.Places) -> None:
    assert places.region_wide == ("III.2.1",)
    assert places.elsewhere == ("III.1.1",)
    assert not {"III.2.1", "III.1.1"} & {code for codes in places.by_epci.values() for code in codes}
    assert len(places.located) == 6


def test_a_neighbourhood_stands_in_its_commune(places: facts.Places) -> None:
    assert "II.2.1" in places.by_commune["38185"]


def test_the_region_is_not_drawn_again_and_the_unknown_is_named(
    graph: ContractGraph, resolver: facts.Resolver
) -> None:
    parties = facts.party_perimeters(graph, resolver)
    assert [perimeter.name for perimeter in parties.drawn] == [
        "Conseil général de l’Isère",
        "Grenoble-Alpes Métropole",
    ]
    assert parties.unknown == ("Parc du Pilat",)
    assert parties.crossings == ()


def test_nested_perimeters_do_not_cross_and_crossing_ones_do() -> None:
    inside, outside = Perimeter("a", ("01001", "01002")), Perimeter("b", ("01001", "01002", "01004"))
    across, apart = Perimeter("c", ("01002", "01005")), Perimeter("d", ("01006",))
    assert facts.crossings_of([inside, outside, apart]) == ()
    assert facts.crossings_of([inside, outside, across, apart]) == ("01002",)


def test_zoned_communes_and_neighbourhoods(graph: ContractGraph, resolver: facts.Resolver) -> None:
    assert facts.zoned_communes(graph, resolver, ("ZRR",)) == ("26113",)
    assert facts.zoned_communes(graph, resolver, ("QPV",)) == ()
    (quarter,) = facts.neighbourhoods_of(graph)
    assert quarter.at == (45.165, 5.735)
    assert quarter.contour is None
