"""Two-mode networks and their projections, against NetworkX and by hand."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.cooperation.projection import Weighting, by_territory, onto, project
from graphmodel.cooperation.two_mode import TwoMode, cohort
from tests.graphmodel.cooperation.networks import MINI_2014, MINI_2015, UNION, two_modes


def davis() -> TwoMode:
    """Return the women and events of Davis, Gardner & Gardner (1941), as NetworkX bundles them."""
    graph = nx.davis_southern_women_graph()
    return TwoMode.of({event: list(graph[event]) for event in graph.graph["bottom"]})


def test_mini_has_the_weights_of_the_worked_example() -> None:
    projection = project(MINI_2014, UNION)
    weights = dict(zip(projection.pairs, projection.weights.tolist(), strict=True))
    assert weights == {(0, 1): 0.5, (0, 2): 0.5, (0, 3): 1.0, (1, 2): 0.5, (2, 4): 1.0}
    later = project(MINI_2015, UNION)
    weights = dict(zip(later.pairs, later.weights.tolist(), strict=True))
    assert weights[2, 4] == pytest.approx(1 / 3 + 1 / 2)


def test_davis_women_meet_as_often_as_breiger_counted() -> None:
    """Breiger (1974) printed how many events each pair of women attended together."""
    projection = project(davis(), weighting="full")
    names = projection.operators
    met = {(names[i], names[j]): w for (i, j), w in zip(projection.pairs, projection.weights, strict=True)}
    assert met["Evelyn Jefferson", "Theresa Anderson"] == 7
    assert met["Evelyn Jefferson", "Laura Mandeville"] == 6
    assert met["Brenda Rogers", "Evelyn Jefferson"] == 6
    assert projection.n, projection.m == (18, 139)


@pytest.mark.parametrize("weighting", ["newman", "full"])
def test_davis_projection_is_that_of_networkx(weighting: Weighting) -> None:
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    ours = project(davis(), weighting=weighting).to_networkx()
    theirs = (
        nx.bipartite.collaboration_weighted_projected_graph(graph, women)
        if weighting == "newman"
        else nx.bipartite.weighted_projected_graph(graph, women)
    )
    assert set(ours.nodes) == set(theirs.nodes)
    assert {frozenset(edge) for edge in ours.edges} == {frozenset(edge) for edge in theirs.edges}
    for u, v, weight in theirs.edges(data="weight"):
        assert ours[u][v]["weight"] == pytest.approx(weight, abs=1e-12)


@given(two_modes())
def test_newman_strengths_add_up_to_the_sizes_of_collective_actions(network: TwoMode) -> None:
    projection = project(network)
    collective = sum(size for size in network.sizes if size >= 2)
    assert projection.weighted.sum() == pytest.approx(collective)
    for i, key in enumerate(projection.operators):
        mine = sum(len(row) >= 2 for row in network.parts.values() if key in row)
        assert projection.weighted[[i], :].sum() == pytest.approx(mine)


@given(two_modes(), st.permutations("ABCDEFGH"))
def test_names_do_not_change_the_links(network: TwoMode, names: list[str]) -> None:
    renamed = dict(zip("ABCDEFGH", names, strict=True))
    other = TwoMode.of({a: [renamed[key] for key in row] for a, row in network.parts.items()})
    links = {frozenset(renamed[key] for key in pair) for pair in project(network).links}
    assert links == {frozenset(pair) for pair in project(other).links}


@given(two_modes())
def test_links_are_the_pairs_that_share_an_action(network: TwoMode) -> None:
    expected = {(u, v) for row in network.parts.values() for u in row for v in row if u < v}
    assert project(network).links == expected


@given(two_modes(), st.sets(st.sampled_from("ABCDEFGHZ")))
def test_a_cohort_keeps_its_inner_links_and_isolates_newcomers(network: TwoMode, kept: set[str]) -> None:
    operators = tuple(sorted(kept))
    projection = project(network, operators)
    assert projection.operators == operators
    assert projection.links == {pair for pair in project(network).links if set(pair) <= kept}
    assert onto(project(network), operators).links == projection.links


@given(two_modes(), st.sets(st.sampled_from("ABCDEFGH")))
def test_taking_operators_away_counts_the_actions_again(network: TwoMode, gone: set[str]) -> None:
    left = network.without(gone)
    expected = {a: tuple(k for k in row if k not in gone) for a, row in network.parts.items()}
    assert left.parts == {a: row for a, row in expected.items() if row}
    assert sum(left.sizes) == sum(left.degrees)


def test_an_empty_network_projects_to_isolated_operators() -> None:
    projection = project(TwoMode.of({}), ("A", "B"))
    assert (projection.n, projection.m, projection.density) == (2, 0, 0.0)
    assert project(TwoMode.of({})).density is None


def test_cohorts_of_mini() -> None:
    waves = [MINI_2014, MINI_2015]
    assert cohort(waves) == UNION
    assert cohort(waves, "intersection") == tuple("ABCDE")
    assert cohort([]) == ()


def test_shared_territory_links_operators_of_different_actions_in_one_place() -> None:
    places = {"a2": ["K1"], "a3": ["K1", "K4"]}
    shared = by_territory(MINI_2014, places)
    assert shared.parts == {"K1": ("A", "C", "D", "E"), "K4": ("C", "E")}
    assert ("A", "E") in project(shared).links


def test_the_incidence_matrix_holds_the_participations() -> None:
    matrix = MINI_2014.incidence.toarray()
    assert matrix.sum(axis=1).tolist() == list(MINI_2014.sizes) == [3, 2, 2, 1]
    assert matrix.sum(axis=0).tolist() == list(MINI_2014.degrees) == [2, 2, 2, 1, 1]
    assert np.isin(matrix, (0, 1)).all()


def test_the_bipartite_graph_has_both_modes() -> None:
    graph = MINI_2014.to_networkx()
    assert nx.is_bipartite(graph)
    assert sorted(n for n, mode in graph.nodes(data="mode") if mode == "action") == ["a1", "a2", "a3", "a4"]
    assert graph.number_of_edges() == 8
