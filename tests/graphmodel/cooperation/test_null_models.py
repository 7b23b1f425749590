"""Null models, against plain enumeration."""

from collections import Counter
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy import stats

from graphmodel.cooperation.labels import crossing_links, labelings, mixed_share
from graphmodel.cooperation.null_models import (
    Draws,
    compare,
    count_networks,
    curveball,
    enumerate_networks,
    fixed_degrees,
)
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import TwoMode
from tests.graphmodel.cooperation.networks import MINI_2014, MINI_2015, UNION, two_modes

Rows = tuple[frozenset[int], ...]


def rows_of(network: TwoMode, slots: "np.ndarray[tuple[int, ...], np.dtype[np.int64]] | list[int]") -> Rows:
    """Return the operators of each action of a drawn network."""
    ends = np.cumsum(network.sizes)
    return tuple(
        frozenset(np.asarray(slots)[e - s : e].tolist()) for s, e in zip(network.sizes, ends, strict=True)
    )


def by_trial(network: TwoMode) -> set[Rows]:
    """Return every network of the same degrees: try all rows of the right sizes, keep the right degrees."""
    n = len(network.operators)
    rows = [[frozenset(c) for c in combinations(range(n), size)] for size in network.sizes]
    found = set()
    for chosen in product(*rows):
        degrees = Counter(i for row in chosen for i in row)
        if tuple(degrees[i] for i in range(n)) == network.degrees:
            found.add(chosen)
    return found


def links_of(rows: Rows) -> int:
    return len({pair for row in rows for pair in combinations(sorted(row), 2)})


@settings(max_examples=60, deadline=None)
@given(two_modes("ABCDE", 4))
def test_enumeration_finds_each_network_once(network: TwoMode) -> None:
    found = [rows_of(network, slots) for slots in enumerate_networks(network)]
    assert len(found) == len(set(found))
    assert set(found) == by_trial(network)
    assert count_networks(network, 10**9) == len(found)


@settings(max_examples=40, deadline=None)
@given(two_modes("ABCDE", 4))
def test_statistics_of_draws_are_those_counted_by_hand(network: TwoMode) -> None:
    drawn = fixed_degrees(network)
    every = [rows_of(network, slots) for slots in drawn.slots]
    assert drawn.links().tolist() == [links_of(rows) for rows in every]
    inside = frozenset("ABC") & frozenset(network.operators)
    kept = {i for i, key in enumerate(network.operators) if key in inside}
    expected = [links_of(tuple(row & kept for row in rows)) for rows in every]
    assert drawn.links(inside).tolist() == expected
    m = len(network.actions)
    counted = np.triu(np.arange(m)[:, None] % 2 != np.arange(m)[None, :] % 2)
    joined = [
        sum(bool(rows[i] & rows[j]) for i in range(m) for j in range(i + 1, m) if counted[i, j])
        for rows in every
    ]
    assert drawn.joined_actions(counted).tolist() == joined


@pytest.mark.parametrize(
    ("network", "number", "expected"), [(MINI_2014, 117, 4.7179), (MINI_2015, 710, 9.8451)]
)
def test_mini_has_as_many_networks_as_the_method_says(network: TwoMode, number: int, expected: float) -> None:
    drawn = fixed_degrees(network)
    assert (len(drawn), drawn.exact) == (number, True)
    assert drawn.links().mean() == pytest.approx(expected, abs=5e-5)


@settings(max_examples=30, deadline=None)
@given(two_modes())
def test_drawn_networks_keep_every_degree(network: TwoMode) -> None:
    for slots in curveball(network, draws=5):
        rows = rows_of(network, slots)
        assert tuple(map(len, rows)) == network.sizes
        degrees = Counter(i for row in rows for i in row)
        assert tuple(degrees[i] for i in range(len(network.operators))) == network.degrees


@pytest.mark.parametrize("network", [MINI_2014, MINI_2015])
def test_drawn_networks_are_uniform_over_all_of_them(network: TwoMode) -> None:
    drawn = fixed_degrees(network, draws=10_000, limit=0)
    assert not drawn.exact
    counts = Counter(rows_of(network, slots) for slots in drawn.slots)
    assert set(counts) == {rows_of(network, slots) for slots in enumerate_networks(network)}
    assert stats.chisquare(list(counts.values())).pvalue > 0.001


def test_a_seed_gives_the_same_networks_and_another_gives_others() -> None:
    first, again = curveball(MINI_2015, 50, seed=1), curveball(MINI_2015, 50, seed=1)
    assert (first == again).all()
    assert (first != curveball(MINI_2015, 50, seed=2)).any()


def test_chains_started_from_disjoint_groups_forget_them() -> None:
    """Six groups that never meet: any number of links that chance gives is far from theirs."""
    network = TwoMode.of({f"a{i:02}": [f"o{4 * (i // 2) + j:02}" for j in range(4)] for i in range(12)})
    drawn = fixed_degrees(network, draws=2_000)
    first, last = drawn.links()[:500], drawn.links()[-500:]
    assert project(network).m == 36
    assert first.min() > 36
    assert first.mean() == pytest.approx(last.mean(), rel=0.02)


def test_links_of_a_large_network_are_those_of_its_projection() -> None:
    network = TwoMode.of({f"a{i:04}": [f"o{2 * i + j:05}" for j in range(3)] for i in range(1_050)})
    slots = np.asarray([[i for row in network.members for i in row]])
    drawn = Draws(network, slots, True, 0)
    assert drawn.links().tolist() == [project(network).m]
    some = frozenset(network.operators[:100])
    assert drawn.links(some).tolist() == [project(network, tuple(sorted(some))).m]


def test_p_values_count_ties_and_never_reach_zero_when_drawn() -> None:
    values = np.array([1, 2, 2, 3])
    exact, drawn = compare(2, values, exact=True), compare(9, values, exact=False)
    assert (exact.p_le, exact.p_ge, exact.floor) == (0.75, 0.75, 0.25)
    assert (drawn.p_ge, drawn.p_le, drawn.floor) == (0.2, 1.0, 0.2)


def test_no_action_leaves_one_empty_network() -> None:
    drawn = fixed_degrees(TwoMode.of({}))
    assert (len(drawn), drawn.exact, drawn.links().tolist()) == (1, True, [0])
    assert drawn.joined_actions(np.zeros((0, 0), dtype=bool)).tolist() == [0]


@settings(max_examples=40, deadline=None)
@given(two_modes("ABCDE", 4))
def test_label_permutations_are_those_of_plain_permutations(network: TwoMode) -> None:
    projection = project(network)
    n = projection.n
    assume(n >= 2)
    marks, exact = labelings(n, 2)
    assert exact
    labels = {tuple(p) for p in permutations([True] * 2 + [False] * (n - 2))}
    assert {tuple(row) for row in marks.tolist()} == labels
    expected = [sum(row[i] != row[j] for i, j in projection.pairs) for row in marks.tolist()]
    assert crossing_links(projection, marks).tolist() == expected


def test_labelings_of_many_operators_are_drawn_with_their_numbers_kept() -> None:
    marks, exact = labelings(40, 15)
    assert not exact
    assert len(marks) >= 1_000
    assert set(marks.sum(axis=1).tolist()) == {15}


def test_mini_labels_give_the_p_value_of_the_worked_example() -> None:
    projection = project(MINI_2014, UNION)
    marks, exact = labelings(6, 2)
    against = compare(1, crossing_links(projection, marks), exact=exact)
    assert (against.p_le, against.draws) == (pytest.approx(2 / 15), 15)


@pytest.mark.parametrize("sizes", [(1, 2, 3), (4,), (2, 2)])
def test_expected_mixed_share_is_that_of_every_dealing(sizes: tuple[int, ...]) -> None:
    worlds = "EEECCP"
    deals = set(permutations(worlds))
    mean = sum(
        sum({"E", "C"} <= set(deal[:size]) for size in sizes) / len(sizes) for deal in deals
    ) / len(deals)  # fmt: skip
    assert mixed_share(sizes, 3, 2, 6) == pytest.approx(mean)
    assert mixed_share([], 3, 2, 6) is None
