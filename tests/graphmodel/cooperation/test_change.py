"""Change between waves, paths, possible partners and groups."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.cooperation import communities as groups
from graphmodel.cooperation.change import compare_links, match_communities, turnover
from graphmodel.cooperation.communities import adjusted_rand, communities
from graphmodel.cooperation.paths import Meetings, Path, potential_partners
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import TwoMode
from graphmodel.errors import UsageError
from tests.graphmodel.cooperation.networks import MINI_2014, MINI_2015, UNION, two_modes


def test_mini_keeps_four_links_creates_six_and_loses_one() -> None:
    change = compare_links(project(MINI_2014).links, project(MINI_2015).links)
    assert (len(change.kept), len(change.new), change.lost) == (4, 6, {("A", "D")})
    assert change.jaccard == pytest.approx(4 / 11)
    assert change.persistence == pytest.approx(0.8)


@given(two_modes(), two_modes(), st.sets(st.sampled_from("ABCDEFGH")))
def test_kept_new_and_lost_links_make_the_two_waves(one: TwoMode, other: TwoMode, some: set[str]) -> None:
    first, second = project(one).links, project(other).links
    change = compare_links(first, second, some)
    inside = {pair for pair in first | second if set(pair) <= some}
    assert change.kept | change.new | change.lost == inside == change.union
    assert change.kept | change.lost == first & inside
    assert change.kept | change.new == second & inside


def test_without_any_link_nothing_persists() -> None:
    change = compare_links(set(), set())
    assert (change.jaccard, change.persistence) == (None, None)
    assert compare_links(set(), {("A", "B")}).jaccard == 0


def test_turnover_of_mini() -> None:
    found = turnover(MINI_2014, MINI_2015)
    assert (found.stayed, found.entered, found.left) == (tuple("ABCDE"), ("F",), ())


def test_communities_are_matched_from_the_closest_on() -> None:
    before = [{"A", "B", "C"}, {"D", "E"}]
    after = [{"A", "B"}, {"C", "D", "E"}, {"F"}]
    assert match_communities(before, after) == {0: 0, 1: 1, 2: None}
    assert match_communities([], after) == {0: None, 1: None, 2: None}


@settings(deadline=None)
@given(two_modes(), st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGH"))
def test_shortest_paths_are_those_of_networkx(network: TwoMode, start: str, end: str) -> None:
    found = Meetings(network).shortest_paths(start, end, limit=10_000)
    graph = project(network).to_networkx()
    wanted: set[tuple[str, ...]] = set()
    if start != end and start in graph and end in graph and nx.has_path(graph, start, end):
        wanted = {tuple(path) for path in nx.all_shortest_paths(graph, start, end)}
    assert {path.operators for path in found} == wanted
    assert len(found) == len(set(found))
    for path in found:
        for action, *pair in zip(path.actions, path.operators, path.operators[1:], strict=False):
            assert set(pair) <= set(network.parts[action])


def test_a_path_names_its_actions_and_who_could_introduce() -> None:
    meetings = Meetings(MINI_2014)
    assert meetings.shortest_paths("D", "E") == [Path(tuple("DACE"), ("a2", "a1", "a3"))]
    assert meetings.shortest_paths("D", "E")[0].introducers == ("A", "C")
    assert meetings.introducers("D", "B") == ("A",)
    assert meetings.introducers("A", "B") == ()
    assert meetings.shortest_paths("A", "F") == []
    assert meetings.partners("F") == {}


def test_paths_are_cut_at_the_limit() -> None:
    network = TwoMode.of({f"a{i}": "AB" for i in range(9)})
    assert len(Meetings(network).shortest_paths("A", "B", limit=4)) == 4


def test_an_ego_network_grows_with_its_radius() -> None:
    meetings = Meetings(MINI_2014)
    assert meetings.ego("D").parts == {"a2": ("A", "D")}
    assert set(meetings.ego("D", 2).actions) == {"a1", "a2"}
    assert meetings.ego("E", 3).parts == MINI_2014.parts
    assert meetings.ego("Z").parts == {}
    assert meetings.distances("D") == {"D": 0, "A": 1, "B": 2, "C": 2, "E": 3}


def test_possible_partners_share_ground_and_never_met() -> None:
    territories = {"a2": ["K1", "K2"], "a3": ["K1"], "a4": ["K2"]}
    axes = {"a1": "I", "a2": "II", "a3": "II", "a4": "III"}
    found = potential_partners(MINI_2014, territories, axes)
    assert [pair.operators for pair in found] == [("A", "E"), ("C", "D"), ("D", "E")]
    assert found[0].territories == ("K1",)
    assert found[0].introducers == ("C",)
    mine = potential_partners(MINI_2014, territories, axes, "D")
    assert {pair.operators for pair in mine} == {("C", "D"), ("D", "E")}
    assert potential_partners(MINI_2014, territories, axes, "F") == []


@settings(max_examples=40, deadline=None)
@given(two_modes())
def test_groups_cover_everybody_once_with_the_modularity_of_networkx(network: TwoMode) -> None:
    projection = project(network, tuple("ABCDEFGH"))
    found = communities(projection, runs=3)
    assert sorted(key for group in found.groups for key in group) == list("ABCDEFGH")
    if projection.m:
        graph = projection.to_networkx()
        expected = nx.community.modularity(graph, found.groups, weight="weight")
        assert found.modularity == pytest.approx(expected, abs=1e-9)
    else:
        assert found.modularity is None


def test_two_cliques_are_two_stable_groups_the_same_every_time() -> None:
    network = TwoMode.of({"a": "ABC", "b": "ABC", "c": "DEF", "d": "DEF", "bridge": "CD"})
    found = communities(project(network))
    assert found.groups == (("A", "B", "C"), ("D", "E", "F"))
    assert (found.stability, found.stable) == (1.0, True)
    assert found.group_of["E"] == 1
    assert communities(project(network)) == found


@given(st.lists(st.integers(0, 3), min_size=2, max_size=8))
def test_agreement_ignores_the_order_of_groups(labels: list[int]) -> None:
    def partition(names: list[int]) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(i for i, n in enumerate(names) if n == g) for g in sorted(set(names)))

    one = partition(labels)
    other = partition([3 - label for label in labels])
    assert adjusted_rand(one, other) == 1
    alone = tuple((i,) for i in range(len(labels)))
    assert adjusted_rand(one, alone) == adjusted_rand(alone, one)


def test_leiden_is_refused_in_french_where_its_packages_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "leiden_installed", lambda: False)
    with pytest.raises(UsageError, match="leiden"):
        communities(project(MINI_2014, UNION), "leiden")


@pytest.mark.skipif(not groups.leiden_installed(), reason="the « leiden » extra is not installed")
def test_leiden_finds_the_two_cliques() -> None:
    network = TwoMode.of({"a": "ABC", "b": "ABC", "c": "DEF", "d": "DEF", "bridge": "CD"})
    found = communities(project(network), "leiden")
    assert found.groups == (("A", "B", "C"), ("D", "E", "F"))
