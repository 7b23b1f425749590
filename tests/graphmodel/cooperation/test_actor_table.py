"""Every operator with every measure: the values of NetworkX, bands that hold the value, ranks in order."""

import networkx as nx
import pytest

from graphmodel import ContractGraph, UsageError
from graphmodel.cooperation.actor_table import actor_table
from graphmodel.cooperation.measures import NETWORK_MEASURES, NODE_MEASURES
from graphmodel.cooperation.participations import Lens, Participations
from graphmodel.cooperation.projection import project
from tests.dashboards.conftest import graph_of, small_builder


@pytest.fixture(scope="module")
def graph() -> ContractGraph:
    return graph_of(small_builder())


def test_values_are_those_of_networkx(graph: ContractGraph) -> None:
    seen = project(Participations(graph).network(2015, Lens())).to_networkx()
    between = nx.betweenness_centrality(seen)
    for actor in actor_table(graph, 2015).actors:
        assert actor.measures["degree"].value == seen.degree(actor.key)
        assert actor.measures["betweenness"].value == pytest.approx(between[actor.key])
        assert actor.cut == (actor.key in set(nx.articulation_points(seen)))


def test_ranks_follow_values_and_bands_are_ordered(graph: ContractGraph) -> None:
    found = actor_table(graph)
    for measure in NODE_MEASURES:
        own = [actor.measures[measure.id] for actor in found.actors]
        told = [one.value for one in own if one.value is not None]
        for one in own:
            if one.value is None:
                assert (one.rank, one.stable) == (None, False)
                continue
            assert one.rank == 1 + sum(value > one.value for value in told)
            if one.low is not None and one.high is not None:
                assert one.low <= one.high


def test_the_whole_network_has_every_measure(graph: ContractGraph) -> None:
    found = actor_table(graph, 2014)
    assert [measure.id for measure, _ in found.network] == [measure.id for measure in NETWORK_MEASURES]
    assert 0 <= found.stability <= 1
    assert min(actor.group for actor in found.actors) == 1


def test_a_part_without_cooperation_is_refused(graph: ContractGraph) -> None:
    with pytest.raises(UsageError, match="Aucune coopération"):
        actor_table(graph, 1999)
