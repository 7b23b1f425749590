"""Places of the nodes and of the names of a two-mode network, computed once and the same on every run.

Positions are in CSS pixels of a field: drawn at zoom 1, sizes on screen are those written here. They are
computed on the union of all years, so that an actor never moves when the year changes.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

FIELD = (632.0, 446.0)
"""Width and height of the field, px."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, px."""
FIELD_VIEW: Box = (-12.0, -8.0, FIELD[0] + 12, FIELD[1] + 8)
"""Ground that the view of the field shows."""
SEED = 7
"""Seed of the spring layout of large networks."""
KAMADA_KAWAI_LIMIT = 250
"""Nodes above which the exact stress layout gives way to a spring layout."""
ACTION_HEIGHT = 19.0
"""Height of the box of an action, px."""
LABEL_SIZE = 12.6
"""Size of the names in the field, px: the view fits the field at zoom 0.97 or more."""
NAMED_FIRST = 8
"""Actors, the largest, around which room is kept for a name."""
_PUSHES = 400

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the network.

    Attributes
    ----------
    key
        Key in the contract graph.
    label
        Text beside an actor, or inside the box of an action.
    is_action
        True for an action.
    degree
        Number of neighbours over all years: size of an actor.
    """

    key: str
    label: str
    is_action: bool
    degree: int

    @property
    def width(self) -> float:
        """Drawn width, px: box of the code of an action, diameter of an actor."""
        if self.is_action:
            return text_width(self.label, 11.5) + 14
        return 9 + 6.2 * math.sqrt(max(self.degree, 1))

    @property
    def height(self) -> float:
        """Drawn height, px."""
        return ACTION_HEIGHT if self.is_action else self.width


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions by key: centre of each node, px from the upper left corner of the field."""

    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def text_width(text: str, size: float) -> float:
    """Return the approximate width of a text in the semibold of the typeface, px."""
    narrow, wide = set("iIjlftr.,’'-() "), set("mwMWGOQD@")
    return size * sum(0.33 if c in narrow else 0.78 if c in wide else 0.54 for c in text)


def layout(
    nodes: Sequence[Node], ties: Sequence[tuple[str, str]], size: tuple[float, float] = FIELD
) -> Layout:
    """Return the positions of a network in the field.

    Parameters
    ----------
    nodes
        Nodes of all years.
    ties
        Pairs of keys of all years.
    size
        Width and height of the field, px.
    """
    if not nodes:
        return Layout()
    ordered = tuple(sorted(nodes, key=lambda node: node.key))
    return _layout(ordered, tuple(sorted(set(ties))), size)


@lru_cache(maxsize=8)
def _layout(nodes: tuple[Node, ...], ties: tuple[tuple[str, str], ...], size: tuple[float, float]) -> Layout:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.key for node in nodes)
    graph.add_edges_from(ties)
    places = _spread(_raw_positions(graph), size)
    largest = sorted((node for node in nodes if not node.is_action), key=lambda n: (-n.degree, n.key))
    named = frozenset(node.key for node in largest[:NAMED_FIRST])
    rooms = np.array([_room(node, node.key in named) for node in nodes])
    widths, heights = rooms[:, 0], rooms[:, 1]
    places = push_apart(places, widths, heights, size)
    return Layout(
        {
            node.key: (round(float(x), 1), round(float(y), 1))
            for node, (x, y) in zip(nodes, places, strict=True)
        }
    )


def _room(node: Node, named: bool) -> tuple[float, float]:
    """Half width and half height kept free around a node: its drawing, and its name if it must have one."""
    if node.is_action:
        return node.width / 2 + 8, 15.0
    if named:
        return text_width(node.label, LABEL_SIZE) / 2 + 4, node.height / 2 + LABEL_SIZE + 4
    return max(30.0, node.width / 2 + 4), max(16.5, node.width / 2 + 3)


def _raw_positions(graph: "nx.Graph[str]") -> Floats:
    order = list(graph)
    if len(order) == 1:
        return np.zeros((1, 2))
    if len(order) > KAMADA_KAWAI_LIMIT:
        placed = nx.spring_layout(graph, seed=SEED, iterations=60)
    else:
        distances = dict(nx.all_pairs_shortest_path_length(graph))
        far = max(max(row.values()) for row in distances.values()) + 1
        full = {a: {b: distances[a].get(b, far) for b in order} for a in order}
        placed = nx.kamada_kawai_layout(graph, dist=full, pos=nx.circular_layout(graph))
    return np.array([placed[key] for key in order])


def _spread(raw: Floats, size: tuple[float, float]) -> Floats:
    """Half distances, half ranks: the field is filled and neighbours stay neighbours."""
    placed = np.empty_like(raw)
    for axis in (0, 1):
        values = raw[:, axis]
        span = float(np.ptp(values)) or 1.0
        ranks = values.argsort(kind="stable").argsort(kind="stable") / max(len(values) - 1, 1)
        placed[:, axis] = (0.5 * (values - values.min()) / span + 0.5 * ranks) * size[axis]
    return placed


def push_apart(places: Floats, widths: Floats, heights: Floats, size: tuple[float, float]) -> Floats:
    """Return the places moved until no two boxes touch, or until the field has no more room.

    Parameters
    ----------
    places
        Centres, px, one row a node.
    widths, heights
        Half sizes of the boxes, px.
    size
        Width and height of the field, px.
    """
    low, high = np.column_stack([widths, heights]), np.array(size) - np.column_stack([widths, heights])
    placed = np.clip(places, low, high)
    for _ in range(_PUSHES):
        delta = placed[:, None, :] - placed[None, :, :]
        over_x = widths[:, None] + widths[None, :] - np.abs(delta[:, :, 0])
        over_y = heights[:, None] + heights[None, :] - np.abs(delta[:, :, 1])
        touching = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(touching, False)
        if not touching.any():
            break
        sideways = over_x < over_y
        tie = np.sign(np.arange(len(placed))[:, None] - np.arange(len(placed))[None, :])
        push_x = np.where(
            touching & sideways, over_x * np.where(delta[:, :, 0] == 0, tie, np.sign(delta[:, :, 0])), 0
        )
        push_y = np.where(
            touching & ~sideways, over_y * np.where(delta[:, :, 1] == 0, tie, np.sign(delta[:, :, 1])), 0
        )
        placed[:, 0] += 0.26 * push_x.sum(axis=1)
        placed[:, 1] += 0.26 * push_y.sum(axis=1)
        placed = np.clip(placed, low, high)
    return placed


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """Where a name stands beside its node, in the words of the network view.

    Attributes
    ----------
    halign, valign
        Side of the node: left, center, right; top, center, bottom.
    shift
        Further shift to the right and down, px.
    box
        Ground covered.
    """

    halign: str
    valign: str
    shift: tuple[float, float]
    box: Box


_SIDES = (
    ("right", "center"), ("left", "center"), ("center", "top"), ("center", "bottom"),
    ("right", "top"), ("left", "top"), ("right", "bottom"), ("left", "bottom"),
)  # fmt: skip


_WAYS = {"left": -1, "top": -1, "center": 0, "right": 1, "bottom": 1}


def place_labels(
    nodes: Sequence[Node],
    places: Mapping[str, tuple[float, float]],
    first: Sequence[str] = (),
    view: Box = FIELD_VIEW,
    blocked: Sequence[Box] = (),
) -> dict[str, LabelPlace]:
    """Return the names that find a place: eight sides are tried, none may cover a node or another name.

    Parameters
    ----------
    nodes
        Nodes that are drawn; actions carry their code inside and only take room.
    places
        Centres by key, px.
    first
        Keys served first (selected, pivot); then the largest, then by key.
    view
        What the view shows: a name may not leave it.
    blocked
        Other ground that no name may cover.
    """
    taken = [*blocked, *(box_around(places[node.key], node.width, node.height) for node in nodes)]
    rank = {key: position for position, key in enumerate(first)}
    actors = [node for node in nodes if not node.is_action]
    actors.sort(key=lambda node: (rank.get(node.key, len(rank)), -node.degree, node.key))
    found: dict[str, LabelPlace] = {}
    for node in actors:
        place = _first_free(node, places[node.key], taken, view)
        if place is not None:
            taken.append(place.box)
            found[node.key] = place
    return found


def box_around(center: tuple[float, float], width: float, height: float) -> Box:
    """Return the ground of a box from its centre and size, px."""
    x, y = center
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def touch(a: Box, b: Box) -> bool:
    """Tell whether two boxes share ground."""
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def _first_free(
    node: Node, center: tuple[float, float], taken: Sequence[Box], view: Box
) -> LabelPlace | None:
    width, height = text_width(node.label, LABEL_SIZE) + 4, LABEL_SIZE + 2
    for gap in (3.0, 11.0):
        for halign, valign in _SIDES:
            corner = 0.0 if "center" in (halign, valign) else -0.35 * (node.width / 2 + gap)
            reach = gap + corner
            way = (_WAYS[halign], _WAYS[valign])
            dx = way[0] * (node.width / 2 + reach + width / 2)
            dy = way[1] * (node.height / 2 + reach + height / 2)
            box = box_around((center[0] + dx, center[1] + dy), width, height)
            if inside(box, view) and not any(touch(box, other) for other in taken):
                return LabelPlace(halign, valign, (way[0] * reach, way[1] * reach), box)
    return None


def inside(box: Box, view: Box) -> bool:
    """Tell whether a box lies within what the view shows."""
    return box[0] >= view[0] and box[1] >= view[1] and box[2] <= view[2] and box[3] <= view[3]
