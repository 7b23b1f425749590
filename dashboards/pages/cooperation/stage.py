"""Where every node of the network stands, whatever the year and the filters: nothing ever moves.

Large networks are grouped: actors of one community with the same actions make one node; above that, only the
communities are drawn, and one is opened at a time.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from dashboards.network_layout import Box, Node, box_around, inside, layout, text_width, touch
from dashboards.pages.cooperation.groups import COMMUNITY_PREFIX, Community
from dashboards.pages.cooperation.subject import Subject

FIELD = (730.0, 430.0)
"""Field of the positions, CSS px at 1280×720."""
VIEW: Box = (-75.0, -29.0, 805.0, 459.0)
"""Ground that the view shows: the field and room for the names around it."""
TOOLS: Box = (-75.0, -29.0, -18.0, 168.0)
"""Ground that the tools cover at 1280×720; they cover less of a larger screen."""
SIGN_SIZE = 15.0
"""Size of the name of a community, px."""
ACTORS_LIMIT, TIES_LIMIT, ELEMENTS_LIMIT = 150, 600, 2000
"""Actors and ties above which actors are grouped; elements above which communities alone are drawn."""

Scale = Literal["plain", "grouped", "communities"]


@dataclass(frozen=True)
class Stage:
    """Nodes of all years and their places.

    Attributes
    ----------
    scale
        How much is drawn: every actor, groups of them, or the communities.
    nodes
        Nodes by key.
    places
        Centre of each node, px of the field.
    node_of
        Key of the node that stands for each actor; an actor may stand for itself.
    signs
        Centre of the name of each community, by letter.
    """

    scale: Scale
    nodes: Mapping[str, Node]
    places: Mapping[str, tuple[float, float]]
    node_of: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def scale_of(subject: Subject) -> Scale:
    """Return how much can be drawn: decided on all years together, so that no year draws otherwise."""
    union = subject.union
    actors, actions, ties = len(union.operators), len(union.actions), sum(union.sizes)
    if actors + actions + ties > ELEMENTS_LIMIT:
        return "communities"
    return "grouped" if actors > ACTORS_LIMIT or ties > TIES_LIMIT else "plain"


@lru_cache(maxsize=16)
def stage_of(subject: Subject, opened: str = "") -> Stage:
    """Return the stage of a contract.

    Parameters
    ----------
    subject
        The network.
    opened
        Letter of the community opened, where only communities are drawn.
    """
    pairs = [(key, action) for action, row in subject.union.parts.items() for key in row]
    scale = scale_of(subject)
    if scale == "communities":
        found = next((one for one in subject.communities if one.letter == opened), None)
        if found is None:
            return _communities_stage(subject)
        pairs = [(key, action) for key, action in pairs if action in found.actions]
    node_of = {key: key for key, _ in pairs} if scale == "plain" else _groups(subject, pairs)
    return _network_stage(subject, scale, pairs, node_of)


def _groups(subject: Subject, pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return the node of each actor: those of one community with the same actions share one."""
    actions: defaultdict[str, set[str]] = defaultdict(set)
    for key, action in pairs:
        actions[key].add(action)
    alike: defaultdict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for key in sorted(actions):
        alike[subject.letter_of.get(key, ""), frozenset(actions[key])].append(key)
    return {
        key: members[0] if len(members) == 1 else f"Groupe:{members[0]}"
        for members in alike.values()
        for key in members
    }


def _network_stage(
    subject: Subject, scale: Scale, pairs: list[tuple[str, str]], node_of: dict[str, str]
) -> Stage:
    members: defaultdict[str, set[str]] = defaultdict(set)
    ties = set()
    for key, action in pairs:
        members[node_of[key]].add(key)
        ties.add((node_of[key], action))
    degrees: defaultdict[str, int] = defaultdict(int)
    for node, action in ties:
        degrees[node] += 1
        degrees[action] += 1
    nodes = {}
    for key in sorted(degrees):
        is_action = key in subject.codes
        label = subject.codes[key] if is_action else node_label(subject, key, len(members[key]))
        nodes[key] = Node(key, label, is_action, degrees[key])
    places = dict(layout(tuple(nodes.values()), sorted(ties), FIELD).positions)
    return Stage(scale, nodes, places, node_of, _signs(subject, nodes, places, node_of))


def node_label(subject: Subject, key: str, members: int) -> str:
    """Return the text beside a node: the name of an actor, or the number of actors it stands for."""
    return f"{members} acteurs" if key.startswith("Groupe:") else subject.names.get(key, key)


def _communities_stage(subject: Subject) -> Stage:
    """Return the communities on a circle, the letter in each."""
    nodes, places = {}, {}
    total = max(len(subject.communities), 1)
    for rank, community in enumerate(subject.communities):
        turn = 2 * math.pi * rank / total - math.pi / 2
        key = f"{COMMUNITY_PREFIX}{community.letter}"
        nodes[key] = Node(key, community.title, False, len(community.members))
        places[key] = (
            round(FIELD[0] / 2 + 260 * math.cos(turn), 1), round(FIELD[1] / 2 + 165 * math.sin(turn), 1)
        )  # fmt: skip
    node_of = {key: f"{COMMUNITY_PREFIX}{one.letter}" for one in subject.communities for key in one.members}
    return Stage("communities", nodes, places, node_of)


def _signs(
    subject: Subject,
    nodes: Mapping[str, Node],
    places: Mapping[str, tuple[float, float]],
    node_of: Mapping[str, str],
) -> dict[str, tuple[float, float]]:
    """Return a place for the name of each community: near its nodes, on free ground; none, no name."""
    taken = [
        TOOLS,
        *(box_around(places[key], node.width + 4, node.height + 4) for key, node in nodes.items()),
    ]
    found = {}
    for community in subject.communities:
        keys = {node_of[key] for key in community.members if key in node_of}
        keys |= community.actions & nodes.keys()
        spot = _free_sign(community, [places[key] for key in sorted(keys) if key in places], taken)
        if spot is not None:
            taken.append(sign_box(community, spot))
            found[community.letter] = spot
    return found


def sign_width(community: Community) -> float:
    """Return the width of the square, the letter and the name of a community, px."""
    return 20 + text_width(community.title, SIGN_SIZE) + 6


def sign_box(community: Community, spot: tuple[float, float]) -> Box:
    """Return the ground of a community's name; `spot` is the centre of its square."""
    return (spot[0] - 8, spot[1] - 11, spot[0] - 8 + sign_width(community), spot[1] + 11)


def _free_sign(
    community: Community, points: list[tuple[float, float]], taken: list[Box]
) -> tuple[float, float] | None:
    """Return the free place nearest to the middle of the points, on a grid of the view."""
    if not points:
        return None
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    width = sign_width(community)
    best: tuple[float, tuple[float, float]] | None = None
    for row in range(24):
        for column in range(36):
            spot = (round(VIEW[0] + 10 + column * 22.0, 1), round(VIEW[1] + 14 + row * 20.0, 1))
            box = sign_box(community, spot)
            if not inside(box, VIEW) or any(touch(box, other) for other in taken):
                continue
            away = math.dist((spot[0] + width / 2, spot[1]), middle)
            if best is None or away < best[0]:
                best = (away, spot)
    return best[1] if best else None
