"""Places of nodes and names: the same each time, inside the field, none on another."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.network_layout import FIELD, Node, layout, place_labels, push_apart


def two_mode(actors: int, actions: int) -> tuple[list[Node], list[tuple[str, str]]]:
    """Return a network where actor i operates actions i and 2i + 1."""
    ties = [(f"o{i}", f"a{k % actions}") for i in range(actors) for k in (i, 2 * i + 1)]
    nodes = [Node(f"o{i}", f"Fictiscop Numéro {i}", False, 2) for i in range(actors)]
    nodes += [Node(f"a{k}", f"II.{k}", True, 3) for k in range(actions)]
    return nodes, ties


def boxes(nodes: list[Node], places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, ...]]:
    """Return what each node covers."""
    return {
        node.key: (
            places[node.key][0] - node.width / 2, places[node.key][1] - node.height / 2,
            places[node.key][0] + node.width / 2, places[node.key][1] + node.height / 2,
        )
        for node in nodes
    }  # fmt: skip


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Tell whether two boxes share more than a hair."""
    return a[0] < b[2] - 0.3 and a[2] > b[0] + 0.3 and a[1] < b[3] - 0.3 and a[3] > b[1] + 0.3


def test_no_node_covers_another_nor_leaves_the_field() -> None:
    nodes, ties = two_mode(44, 20)
    drawn = boxes(nodes, dict(layout(nodes, ties).positions))
    assert not [pair for pair in combinations(drawn, 2) if overlap(drawn[pair[0]], drawn[pair[1]])]
    for left, top, right, bottom in drawn.values():
        assert left >= -0.1
        assert top >= -0.1
        assert right <= FIELD[0] + 0.1
        assert bottom <= FIELD[1] + 0.1


def test_order_of_the_input_does_not_move_a_node() -> None:
    nodes, ties = two_mode(12, 6)
    assert layout(nodes, ties) == layout(nodes[::-1], ties[::-1])


def test_two_islands_and_a_lone_node_are_placed() -> None:
    nodes = [Node(key, key, False, 1) for key in "abcd"] + [Node("x", "x", False, 0)]
    placed = layout(nodes, [("a", "b"), ("c", "d")]).positions
    assert set(placed) == set("abcdx")
    assert len(set(placed.values())) == 5
    assert layout([], []).positions == {}


def test_names_touch_neither_nodes_nor_names() -> None:
    nodes, ties = two_mode(30, 12)
    places = dict(layout(nodes, ties).positions)
    drawn = boxes(nodes, places)
    found = place_labels(nodes, places)
    assert len(found) > 15
    names = [place.box for place in found.values()]
    assert not [1 for one, other in combinations(names, 2) if overlap(one, other)]
    assert not [1 for name in names for node in drawn.values() if overlap(name, node)]


def test_the_first_named_is_served_before_the_larger() -> None:
    crowd = [Node(f"n{k}", "Fictiscop Très Large", False, 1 + k) for k in range(9)]
    places = {node.key: (300.0 + 22 * (k % 3), 200.0 + 22 * (k // 3)) for k, node in enumerate(crowd)}
    assert "n4" not in place_labels(crowd, {**places, "n4": (322.0, 222.0)})
    assert "n0" in place_labels(crowd, places, first=["n0"])
    assert next(iter(place_labels(crowd, places, first=["n0"]))) == "n0"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 400)), min_size=1, max_size=15))
def test_pushing_apart_separates_what_has_room(points: list[tuple[float, float]]) -> None:
    places = np.array(points)
    half = np.full(len(points), 12.0)
    moved = push_apart(places, half, half, (600.0, 400.0))
    assert moved.shape == places.shape
    assert np.isfinite(moved).all()
    assert (moved >= 11.99).all()
    assert (moved <= np.array([588.01, 388.01])).all()
