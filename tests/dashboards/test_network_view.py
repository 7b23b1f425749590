"""The network as the component receives it."""

from dashboards import network_layout
from dashboards.network_view import SHAPES, described, elements_of, network_of, stylesheet
from graphmodel import ContractGraph


def nodes_of(elements: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    """Return the nodes by identifier."""
    return {str(e["data"]["id"]): e for e in elements if "position" in e}  # type: ignore[index]


def test_positions_do_not_move_from_year_to_year(graph: ContractGraph) -> None:
    one, other = (
        nodes_of(elements_of(network_of(graph, 2014))),
        nodes_of(elements_of(network_of(graph, 2015))),
    )
    assert one.keys() & other.keys()
    assert all(one[key]["position"] == other[key]["position"] for key in one.keys() & other.keys())


def test_the_layout_is_computed_once_for_all_years_of_a_content(graph: ContractGraph) -> None:
    network_layout._layout.cache_clear()
    for year in (2014, 2015, 2014):
        network_of(graph, year)
    found = network_layout._layout.cache_info()
    assert (found.misses, found.hits) == (1, 2)


def test_caption_counts_what_is_drawn(graph: ContractGraph) -> None:
    network = network_of(graph, 2015)
    drawn = nodes_of(elements_of(network))
    actors = [key for key, node in drawn.items() if node["classes"] == "actor"]
    assert network.caption.replace("\u00a0", " ") == f"{len(actors)} acteurs, 8 actions, 20 participations"


def test_selection_dims_all_but_the_neighbourhood(graph: ContractGraph) -> None:
    network = network_of(graph, 2015)
    pivot = network.pivot
    assert pivot is not None
    elements = elements_of(network, pivot)
    live = {key for key, node in nodes_of(elements).items() if "dimmed" not in str(node["classes"])}
    assert live == network.neighbours(pivot)
    edges = [e for e in elements if "position" not in e]
    lit = [e for e in edges if "dimmed" not in str(e["classes"])]
    assert {pivot} == {str(e["data"]["source"]) for e in lit}  # type: ignore[index]
    before = {k: n["position"] for k, n in nodes_of(elements_of(network)).items()}
    assert before == {k: n["position"] for k, n in nodes_of(elements).items()}


def test_the_actions_of_a_territory_light_those_who_operate_them(graph: ContractGraph) -> None:
    network = network_of(graph, 2015)
    nodes = nodes_of(elements_of(network, actions=("I.1.1", "II.1.1")))
    live = {key for key, node in nodes.items() if "dimmed" not in str(node["classes"])}
    actions = {node.key for node in network.nodes if node.label in ("I.1.1", "II.1.1")}
    assert live == actions | {tie.organisation for tie in network.ties if tie.action in actions}
    nothing = nodes_of(elements_of(network, actions=()))
    assert all("dimmed" in str(node["classes"]) for node in nothing.values())


def test_an_unknown_selection_dims_nothing(graph: ContractGraph) -> None:
    network = network_of(graph, 2015)
    assert elements_of(network, "nobody") == elements_of(network)


def test_a_year_without_reports_is_empty(graph: ContractGraph) -> None:
    assert elements_of(network_of(graph, 2016)) == []


def test_worlds_have_shapes_of_their_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_the_typeface_is_quoted_for_the_canvas() -> None:
    families = {rule["style"].get("font-family") for rule in stylesheet("dark")}  # type: ignore[attr-defined]
    assert '"Source Sans 3", sans-serif' in families


def test_a_node_is_described_in_words(graph: ContractGraph) -> None:
    network = network_of(graph, 2015)
    action = next(node.key for node in network.nodes if node.label == "II.1.1")
    assert "portée par Fictisarl Quartz" in described(network, action)
    pilot = next(node.key for node in network.nodes if node.label == "Fictisarl Quartz")
    assert "porte II.1.1" in described(network, pilot)
    empty = network_of(graph, 2016)
    assert "aucune participation en 2016" in described(empty, pilot)
