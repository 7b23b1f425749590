"""The drawing of « Coopérations »: marks and lines of a scene; the drawing component is not known here."""

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from dashboards import words
from dashboards.network_layout import LabelPlace, Node, place_labels
from dashboards.network_view import SHAPES, Line, Mark
from dashboards.pages.cooperation.choices import WORLDS, Choices
from dashboards.pages.cooperation.groups import COMMUNITY_PREFIX, LETTERS
from dashboards.pages.cooperation.lines import lines_of
from dashboards.pages.cooperation.scene import Scene
from dashboards.pages.cooperation.stage import TOOLS, VIEW, sign_box
from dashboards.pages.cooperation.subject import Subject
from dashboards.pages.cooperation.wave import Pair

LARGEST = 40.0
"""Largest diameter of an actor, or of the actors that one node stands for, px."""
NAMED_MOVERS = 8
"""Actors named when two years are compared, those that come and go apart."""
_UNDER = LabelPlace("center", "bottom", (0, 5), (0, 0, 0, 0))


@dataclass(frozen=True)
class Picture:
    """What is drawn.

    Attributes
    ----------
    marks, lines
        Nodes and lines.
    actors, actions, ties
        Counts of what is visible: organisations (those a node stands for too), actions, links of the data.
    projected
        True when links join actors.
    """

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    actors: int
    actions: int
    ties: int
    projected: bool

    @property
    def caption(self) -> str:
        """Counts of what is visible: « 48 acteurs, 20 actions, 128 participations »."""
        counts = [words.counted(self.actors, "acteur")]
        if not self.projected:
            counts.append(words.counted(self.actions, "action"))
        return ", ".join([*counts, words.counted(self.ties, "lien" if self.projected else "participation")])


def picture_of(scene: Scene) -> Picture:
    """Return what is drawn of a scene."""
    keys = {key for pair in scene.pairs for key in pair}
    actors = {key for key in keys if key not in scene.subject.codes}
    marks, lines = _exchanges(scene) if scene.whole else (_marks(scene, keys), lines_of(scene))
    return Picture(marks, lines, len(actors), len(keys) - len(actors), len(scene.pairs), scene.projected)


def _marks(scene: Scene, keys: set[str]) -> tuple[Mark, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        members[scene.node(key)].append(key)
    nodes = {key: _sized(scene, key, members[key]) for key in sorted(members) if key in scene.stage.nodes}
    lit = scene.focus.nodes if scene.focus else keys
    live = {key for key in nodes if lit.intersection(members[key])}
    signs = _sign_marks(scene, keys)
    labels = _labels(scene, [nodes[key] for key in nodes if key in live], blocked=bool(signs))
    found = [_mark(scene, node, members[key], labels.get(key), key in live) for key, node in nodes.items()]
    return (*found, *signs)


def _sized(scene: Scene, key: str, members: list[str]) -> Node:
    """Return a node with the size and the text of the year."""
    node = scene.stage.nodes[key]
    if node.is_action:
        return node
    if len(members) > 1:
        return replace(node, degree=len(members), label=words.counted(len(members), "acteur"))
    label = scene.subject.names.get(members[0], node.label)
    if scene.change is not None:
        label += " (entre)" if members[0] in scene.change.entered else ""
        label += " (sort)" if members[0] in scene.change.left else ""
    return replace(node, degree=max(scene.wave.sizes.get(members[0], 1), 1), label=label)


def _labels(scene: Scene, shown: list[Node], *, blocked: bool) -> dict[str, LabelPlace]:
    """Return the place of each name that finds one; nodes that are dimmed do not block."""
    focus, change, subject = scene.focus, scene.change, scene.subject
    first = [*focus.marked, *sorted(focus.ringed)] if focus else []
    named: set[str] | None = None
    if change is not None and not change.first:
        first = [*change.entered, *change.left, *change.movers[:NAMED_MOVERS]]
        named = set(map(scene.node, first))
    if subject.pivot:
        first.append(subject.pivot)
    signs = scene.stage.signs
    ground = [sign_box(one, signs[one.letter]) for one in subject.communities if one.letter in signs]
    found = place_labels(
        shown, scene.stage.places, list(map(scene.node, first)), VIEW, [TOOLS, *(ground if blocked else ())]
    )
    return {key: place for key, place in found.items() if named is None or key in named}


def _mark(scene: Scene, node: Node, members: list[str], label: LabelPlace | None, live: bool) -> Mark:
    subject = scene.subject
    worlds = {subject.read.worlds.get(key) for key in members}
    several = words.shortened([subject.names.get(key, key) for key in members], 6)
    side = min(node.width, LARGEST)
    return Mark(
        key=node.key,
        title=subject.name_of(members[0]) if len(members) == 1 else several,
        kind="action" if node.is_action else "actor",
        at=scene.stage.places[node.key],
        size=(node.width, node.height) if node.is_action else (side, side),
        states=_states(scene, set(members), live),
        shape=SHAPES[worlds.pop()] if len(worlds) == 1 else "ellipse",
        label=node.label if node.is_action or label else "",
        place=None if node.is_action else label,
        target=_target(subject, members),
    )


def _target(subject: Subject, members: list[str]) -> str:
    """Return what a click on a node selects: itself, or the community of the actors it stands for."""
    if len(members) == 1:
        return subject.handle_of(members[0])
    letter = subject.letter_of.get(members[0])
    return f"{COMMUNITY_PREFIX}{letter}" if letter else ""


def _states(scene: Scene, members: set[str], live: bool) -> frozenset[str]:
    focus, change = scene.focus, scene.change
    found = set() if live else {"dimmed"}
    if change is None:
        found.add(tone_of(scene.subject, scene.choices, min(members)))
    elif members & set(change.entered):
        found.add("entered")
    else:
        found.add("left" if members & set(change.left) else "still")
    if focus is not None and members & set(focus.marked):
        found.add("selected")
    if focus is not None and members & focus.ringed:
        found.add("ringed")
    return frozenset(found)


def tone_of(subject: Subject, choices: Choices, key: str) -> str:
    """Return the category of an actor or an action: `tone-1` to `tone-6`, `tone-0` for none of them."""
    if choices.couleur == "communaute":
        return _tone(list(LETTERS), subject.letter_of.get(key))
    if choices.couleur == "monde":
        return _tone(list(WORLDS.values()), subject.read.worlds.get(key))
    own = {subject.read.axes.get(key, "")} if key in subject.codes else subject.axes_of(key)
    return _tone(list(subject.axis_names)[: len(LETTERS)], next(iter(own)) if len(own) == 1 else None)


def _tone(names: list[str], name: str | None) -> str:
    return f"tone-{names.index(name) + 1 if name in names else 0}"


def _sign_marks(scene: Scene, keys: set[str]) -> tuple[Mark, ...]:
    """Names of the communities that are drawn; none while colours say something else."""
    if scene.choices.couleur != "communaute" or scene.change is not None:
        return ()
    found = []
    for rank, community in enumerate(scene.subject.communities, 1):
        if community.letter not in scene.stage.signs or not keys & (community.members | community.actions):
            continue
        away = scene.focus is not None and scene.focus.community is not community
        found.append(
            Mark(
                key=f"{COMMUNITY_PREFIX}{community.letter}",
                title=f"Communauté {community.title}",
                kind="sign",
                at=scene.stage.signs[community.letter],
                size=(13.0, 13.0),
                states=frozenset({f"tone-{rank}", "dimmed"} if away else {f"tone-{rank}"}),
                label=community.title,
                target=f"{COMMUNITY_PREFIX}{community.letter}",
            )
        )
    return tuple(found)


def _exchanges(scene: Scene) -> tuple[tuple[Mark, ...], tuple[Line, ...]]:
    """Return the communities, and how many participations go from one to another."""
    counts: dict[Pair, int] = defaultdict(int)
    sizes: dict[str, set[str]] = {key: set() for key in scene.stage.nodes}
    for key, action in scene.wave.pairs:
        one, other = scene.node(key), f"{COMMUNITY_PREFIX}{scene.subject.letter_of.get(action, '')}"
        if one in sizes:
            sizes[one].add(key)
            if other in sizes and one != other:
                counts[min(one, other), max(one, other)] += 1
    most = max(counts.values(), default=1)
    lines = (Line(*pair, 1 + 7 * count / most, frozenset({"lit"})) for pair, count in sorted(counts.items()))
    marks = []
    for rank, (key, node) in enumerate(scene.stage.nodes.items(), 1):
        side = 24 + 3.2 * math.sqrt(len(sizes[key]))
        label = f"{node.label}, {words.counted(len(sizes[key]), 'acteur')}"
        states = frozenset({f"tone-{rank}", "whole"})
        marks.append(
            Mark(
                key, label, "actor", scene.stage.places[key], (side, side), states, label=label, place=_UNDER
            )
        )
    return tuple(marks), tuple(lines)
