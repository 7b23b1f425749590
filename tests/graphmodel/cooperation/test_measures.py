"""Measures of operators and of networks, against NetworkX and by hand."""

from collections.abc import Callable
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.cooperation import centrality, core_periphery
from graphmodel.cooperation.brokerage import roles
from graphmodel.cooperation.measures import NETWORK_MEASURES, NODE_MEASURES
from graphmodel.cooperation.mixing import PossiblePairs, assortativity, mixing, node_mixing
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.stability import jackknife, ranking
from graphmodel.cooperation.structure import (
    articulation_points,
    bridges,
    components,
    dependences,
    freeman,
)
from graphmodel.cooperation.two_mode import TwoMode
from tests.graphmodel.cooperation.networks import MINI_2014, MINI_2015, UNION, two_modes
from tests.graphmodel.cooperation.test_projection import davis

Oracle = Callable[["nx.Graph[str]"], dict[str, float]]

ORACLES: dict[str, tuple[Callable[[Projection], centrality.Values], Oracle]] = {
    "degree": (centrality.degree, lambda g: dict(g.degree())),
    "strength": (centrality.strength, lambda g: dict(g.degree(weight="weight"))),
    "betweenness": (centrality.betweenness, nx.betweenness_centrality),
    "closeness": (centrality.closeness, nx.closeness_centrality),
    "core": (centrality.core_number, nx.core_number),
    "clustering": (centrality.clustering, nx.clustering),
    "constraint": (centrality.constraint, lambda g: nx.constraint(g, weight="weight")),
    "effective size": (centrality.effective_size, nx.effective_size),
}


@pytest.mark.parametrize("name", ORACLES)
@settings(max_examples=40, deadline=None)
@given(network=two_modes())
def test_each_measure_is_that_of_networkx(name: str, network: TwoMode) -> None:
    ours, theirs = ORACLES[name]
    projection = project(network, tuple("ABCDEFGH"))
    expected = theirs(projection.to_networkx())
    values = ours(projection)
    wanted = np.array([expected[key] for key in projection.operators], dtype=float)
    assert values == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", ORACLES)
def test_each_measure_of_davis_is_that_of_networkx(name: str) -> None:
    ours, theirs = ORACLES[name]
    projection = project(davis())
    expected = theirs(projection.to_networkx())
    wanted = np.array([expected[key] for key in projection.operators], dtype=float)
    assert ours(projection) == pytest.approx(wanted, abs=1e-9, nan_ok=True)


def test_eigenvector_is_that_of_networkx_on_the_largest_piece() -> None:
    network = TwoMode.of({**davis().parts, "elsewhere": ["Zoe", "Ann"]})
    projection = project(network)
    graph = projection.to_networkx()
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    expected = nx.eigenvector_centrality_numpy(largest)
    found = projection.by_operator(centrality.eigenvector(projection))
    assert found == pytest.approx({**expected, "Zoe": 0.0, "Ann": 0.0}, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(two_modes())
def test_structure_is_that_of_networkx(network: TwoMode) -> None:
    projection = project(network, tuple("ABCDEFGH"))
    graph, names = projection.to_networkx(), projection.operators
    assert {frozenset(names[i] for i in piece) for piece in components(projection)} == {
        frozenset(piece) for piece in nx.connected_components(graph)
    }
    assert [names[i] for i in articulation_points(projection)] == sorted(nx.articulation_points(graph))
    assert {frozenset((names[i], names[j])) for i, j in bridges(projection)} == {
        frozenset(edge) for edge in nx.bridges(graph)
    }


@settings(max_examples=60, deadline=None)
@given(two_modes(), st.sampled_from("ABCDEFGH"))
def test_dependence_counts_the_pairs_still_joined(network: TwoMode, gone: str) -> None:
    projection = project(network, tuple("ABCDEFGH"))
    graph = projection.to_networkx()
    others = [key for key in projection.operators if key != gone]
    before = sum(nx.has_path(graph, u, v) for u, v in combinations(others, 2))
    graph.remove_node(gone)
    after = sum(nx.has_path(graph, u, v) for u, v in combinations(others, 2))
    found = dependences(projection)[projection.operators.index(gone)]
    assert (found.before, found.after) == (before, after)
    assert found.share == (None if before == 0 else 1 - after / before)


def test_mini_has_the_positions_of_the_worked_examples() -> None:
    first, second = project(MINI_2014, UNION), project(MINI_2015, UNION)
    assert centrality.betweenness(first) == pytest.approx([0.3, 0, 0.3, 0, 0, 0])
    assert centrality.betweenness(second) == pytest.approx([0, 0.2, 1 / 12, 1 / 30, 1 / 12, 0.1])
    assert (freeman(first), freeman(second)) == (pytest.approx(0.4), pytest.approx(0.2))
    assert (dependences(first)[0].share, dependences(second)[0].share) == (0.5, 0.0)
    assert freeman(project(TwoMode.of({"a": "AB"}))) is None


def best_core(projection: Projection) -> float:
    """Return the best correlation over all cores, tried one by one with numpy's own correlation."""
    pairs = list(combinations(range(projection.n), 2))
    links = np.array([pair in set(projection.pairs) for pair in pairs], dtype=float)
    found = [-2.0]
    for size in range(1, projection.n):
        for core in combinations(range(projection.n), size):
            pattern = np.array([i in core or j in core for i, j in pairs], dtype=float)
            if pattern.std() and links.std():
                found.append(float(np.corrcoef(links, pattern)[0, 1]))
    return max(found)


@settings(max_examples=25, deadline=None)
@given(two_modes("ABCDEFG", 4))
def test_the_best_core_is_that_of_a_plain_search(network: TwoMode) -> None:
    projection = project(network, tuple("ABCDEFG"))
    found = core_periphery.core_periphery(projection)
    if found is None:
        assert projection.m in (0, 21)
        return
    assert found.r == pytest.approx(best_core(projection), abs=1e-9)
    exchanged = core_periphery._by_exchange(projection)
    assert exchanged.r == pytest.approx(found.r, abs=1e-9)
    assert exchanged.cores[0] in found.cores


def test_a_core_is_named_only_when_alone() -> None:
    first = core_periphery.core_periphery(project(MINI_2014, UNION))
    second = core_periphery.core_periphery(project(MINI_2015, UNION))
    assert first is not None
    assert second is not None
    assert (first.r, first.core) == (pytest.approx(0.5774, abs=5e-5), (0, 2))
    assert second.core is None
    everyone = TwoMode.of({"a": "ABC"})
    assert core_periphery.core_periphery(project(everyone)) is None


def test_a_larger_network_is_searched_by_exchanges_and_a_very_large_one_not_at_all() -> None:
    """A hub of three linked to all of thirty others, who have nothing in common: the pattern itself."""
    hub = ["h1", "h2", "h3"]
    network = TwoMode.of({"hub": hub} | {f"a{h}{i:02}": [h, f"o{i:02}"] for h in hub for i in range(30)})
    found = core_periphery.core_periphery(project(network))
    assert found is not None
    assert (found.r, found.cores, found.core) == (pytest.approx(1.0), ((0, 1, 2),), None)
    crowd = TwoMode.of(
        {f"a{i:03}": [f"o{i:03}", f"o{i + 1:03}"] for i in range(core_periphery.EXCHANGED + 1)}
    )
    assert core_periphery.core_periphery(project(crowd)) is None


WORLDS = {"A": "ess", "B": "ess", "C": "ess", "D": "ess", "E": "classic", "F": "classic"}


def test_mini_has_the_roles_of_the_worked_example() -> None:
    worlds = [WORLDS[key] for key in UNION]
    first = dict(zip(UNION, roles(project(MINI_2014, UNION), worlds), strict=True))
    second = dict(zip(UNION, roles(project(MINI_2015, UNION), worlds), strict=True))
    assert (first["A"].coordination, first["C"].gateway, first["C"].broker) == (2, 2, 2)
    assert (second["B"].coordination, second["B"].gateway) == (2, 1)
    assert (second["F"].consultant, second["F"].gateway, second["F"].broker) == (1, 1, 2)


@settings(max_examples=60, deadline=None)
@given(two_modes(), st.lists(st.sampled_from(["e", "c", "p", None]), min_size=8, max_size=8))
def test_roles_are_those_counted_path_by_path(network: TwoMode, worlds: list[str | None]) -> None:
    projection = project(network, tuple("ABCDEFGH"))
    graph, found = projection.to_networkx(), roles(projection, worlds)
    world = dict(zip(projection.operators, worlds, strict=True))
    counted = {key: [0, 0, 0, 0] for key in projection.operators}
    for v in graph:
        for i, j in combinations(sorted(graph[v]), 2):
            gi, gv, gj = world[i], world[v], world[j]
            if graph.has_edge(i, j) or None in (gi, gv, gj):
                continue
            kinds = len({gi, gv, gj})
            role = 0 if kinds == 1 else 3 if kinds == 3 else 1 if gi == gj else 2
            counted[v][role] += 1
    for key, role in zip(projection.operators, found, strict=True):
        assert [role.coordination, role.consultant, role.gateway, role.liaison] == counted[key]


def test_mini_mixes_as_the_worked_example_says() -> None:
    worlds = [WORLDS[key] for key in UNION]
    first, second = project(MINI_2014, UNION), project(MINI_2015, UNION)
    assert mixing(first, worlds).index == pytest.approx(-0.6)
    assert mixing(first, worlds, weighted=True).index == pytest.approx(-0.4286, abs=5e-5)
    assert mixing(second, worlds, weighted=True).index == pytest.approx(0.0909, abs=5e-5)
    assert PossiblePairs.of(4, 2) == PossiblePairs(8, 7)
    assert PossiblePairs.of(4, 2).expected_index == pytest.approx(0.0667, abs=5e-5)
    assert [links.index for links in node_mixing(first, worlds)][-1] is None


@settings(max_examples=60, deadline=None)
@given(two_modes(), st.lists(st.sampled_from("ecp"), min_size=8, max_size=8))
def test_assortativity_is_that_of_networkx(network: TwoMode, groups: list[str]) -> None:
    projection = project(network)
    group = dict(zip("ABCDEFGH", groups, strict=True))
    graph = projection.to_networkx()
    nx.set_node_attributes(graph, group, "group")
    found = assortativity(projection, group)
    ends = {group[key] for pair in projection.links for key in pair}
    if len(ends) < 2:
        assert found is None
    else:
        assert found == pytest.approx(nx.attribute_assortativity_coefficient(graph, "group"))


def test_an_unknown_group_counts_for_nothing() -> None:
    projection = project(TwoMode.of({"a": "AB", "b": "BC", "c": "CD"}))
    known = {"A": "x", "B": "x", "C": "y", "D": "y"}
    assert assortativity(projection, known) == pytest.approx(1 / 3)
    assert assortativity(projection, {**known, "D": None}) == pytest.approx(-1 / 3)


def test_jackknife_takes_each_action_out_in_turn() -> None:
    band = jackknife(MINI_2014, UNION, centrality.betweenness)
    assert band is not None
    runs = [
        centrality.betweenness(project(MINI_2014.without_actions([gone]), UNION))
        for gone in MINI_2014.actions
    ]
    assert band.low == pytest.approx(np.min(runs, axis=0))
    assert band.high == pytest.approx(np.max(runs, axis=0))
    assert jackknife(TwoMode.of({}), UNION, centrality.betweenness) is None


def test_a_rank_is_stable_only_when_no_other_band_meets_its_own() -> None:
    values = np.array([0.5, 0.3, 0.3, 0.0])
    band = jackknife(TwoMode.of({"a": "A"}), tuple("ABCD"), lambda _: values)
    assert [(r.operator, r.rank, r.stable) for r in ranking("ABCD", values, band)] == [
        ("A", 1, True),
        ("B", 2, False),
        ("C", 2, False),
        ("D", 4, True),
    ]
    assert not any(r.stable for r in ranking("ABCD", values, None))


def test_every_measure_speaks_french_and_has_a_value_or_none() -> None:
    projection = project(MINI_2014, UNION)
    for node_measure in NODE_MEASURES:
        found = node_measure.of(projection)
        assert set(found) == set(UNION)
    for measure in NETWORK_MEASURES:
        assert measure.of(projection) is not None
    for card in (*NODE_MEASURES, *NETWORK_MEASURES):
        assert all((card.label, card.range, card.unit, card.reading, card.caveat))
    constraint = next(m for m in NODE_MEASURES if m.id == "constraint")
    assert constraint.of(projection)["F"] is None
