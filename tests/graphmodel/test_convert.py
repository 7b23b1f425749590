"""The graph as a typed `MultiDiGraph`, and back: each is the inverse of the other."""

import networkx as nx
from hypothesis import HealthCheck, given, settings

from graphmodel import Batch, ContractGraph
from graphmodel.schema import SCHEMA
from tests.graphmodel.mini import MiniBuilder
from tests.graphmodel.stores.material import batches
from tests.support.graphs import graph_of


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches())
def test_whatever_the_schema_allows_comes_back(batch: Batch) -> None:
    graph = graph_of(batch)
    network = graph.to_networkx()
    again = ContractGraph.from_networkx(network)
    assert again.equals(graph)
    for table in SCHEMA.tables:
        assert list(again.frames[table].dtypes) == list(graph.frames[table].dtypes)
    assert network.number_of_nodes() == sum(graph.count_nodes().values())
    assert network.number_of_edges() == sum(graph.count_relationships().values())
    back = again.to_networkx()
    assert nx.utils.graphs_equal(network, back)
    assert dict(network.nodes(data=True)) == dict(back.nodes(data=True))


def test_nodes_and_edges_are_typed_and_named_after_their_keys() -> None:
    network = MiniBuilder().graph().to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    action = network.nodes["Action:MINI/action/a1"]
    assert (action["label"], action["region_wide"]) == ("Action", True)
    edges = network["Organisation:MINI/organisation/A"]["Action:MINI/action/a1"]
    assert {data["year"] for data in edges.values()} == {2014, 2015}
    assert {data["type"] for data in edges.values()} == {"TAKES_PART_IN"}
    for key in edges:
        assert str(key).startswith("MINI/organisation/A>TAKES_PART_IN>MINI/action/a1")


def test_what_is_unknown_is_absent_and_zero_is_there() -> None:
    builder = MiniBuilder()
    builder.pay("a2", 0, 2015)
    builder.pay("a3", None, 2015)
    network = builder.graph().to_networkx()
    assert network.nodes["Funding:MINI/funding/a2-2015-0"]["amount"] == 0
    assert "amount" not in network.nodes["Funding:MINI/funding/a3-2015-0"]


def test_labels_that_share_a_key_stay_apart() -> None:
    builder = MiniBuilder().builder
    builder.node("Question", "x", key="MINI/même-clé")
    builder.node("Theme", "x", key="MINI/même-clé")
    graph = graph_of(builder.build())
    assert {"Question:MINI/même-clé", "Theme:MINI/même-clé"} <= set(graph.to_networkx())
    assert ContractGraph.from_networkx(graph.to_networkx()).equals(graph)


def test_an_empty_graph_comes_back_empty() -> None:
    empty = ContractGraph({}, {})
    assert ContractGraph.from_networkx(empty.to_networkx()).equals(empty)


def test_the_version_is_kept() -> None:
    from graphmodel import Version

    graph = ContractGraph({}, {}, Version(4, "4.1"))
    assert ContractGraph.from_networkx(graph.to_networkx()).version.number == 4
