"""What is lit on the drawing: the selection and what it touches. The rest fades, nothing moves."""

from dataclasses import dataclass

from dashboards.pages.cooperation.choices import Choices
from dashboards.pages.cooperation.groups import Community
from dashboards.pages.cooperation.subject import Subject
from dashboards.pages.cooperation.wave import Pair, Wave
from graphmodel.cooperation.paths import Path

LISTED_PATHS = 12
"""Shortest paths told in words at most."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What is lit.

    Attributes
    ----------
    kind
        `community`, `actor`, `action`, `ego`, `path` or `territory`.
    nodes
        Keys of the actors and actions lit.
    pairs
        Participations lit.
    inner
        Participations inside the selection, drawn in its colour.
    marked
        Keys of the nodes selected themselves.
    ringed
        Keys of the actors ringed.
    community
        Community selected.
    paths
        Shortest paths, shortest first.
    """

    kind: str
    nodes: frozenset[str]
    pairs: frozenset[Pair]
    inner: frozenset[Pair] = frozenset()
    marked: tuple[str, ...] = ()
    ringed: frozenset[str] = frozenset()
    community: Community | None = None
    paths: tuple[Path, ...] = ()


def focus_of(subject: Subject, choices: Choices, wave: Wave) -> Focus | None:
    """Return what the choices light: a path, else surroundings, else a selection, else a territory."""
    if choices.de and choices.vers:
        return _path(subject, choices, wave)
    if choices.ego:
        return _ego(str(subject.key_of(choices.ego)), wave)
    if choices.community:
        return _community(subject, choices.community, wave)
    if choices.sel:
        return _node(subject, str(subject.key_of(choices.sel)), wave)
    if choices.terr:
        return _territory(subject, choices.terr, wave)
    return None


def _ends(pairs: frozenset[Pair]) -> frozenset[str]:
    return frozenset(key for pair in pairs for key in pair)


def _community(subject: Subject, letter: str, wave: Wave) -> Focus:
    """Light its members and actions, and all who take part in these."""
    found = next(one for one in subject.communities if one.letter == letter)
    touching = frozenset(pair for pair in wave.pairs if pair[0] in found.members or pair[1] in found.actions)
    inner = frozenset(pair for pair in touching if pair[0] in found.members and pair[1] in found.actions)
    joined = frozenset(key for key, action in touching if action in found.actions)
    lit = (found.members | found.actions | joined) & _ends(wave.pairs)
    return Focus("community", frozenset(lit), touching, inner, community=found)


def _node(subject: Subject, key: str, wave: Wave) -> Focus:
    pairs = frozenset(pair for pair in wave.pairs if key in pair)
    return Focus("action" if key in subject.codes else "actor", _ends(pairs) | {key}, pairs, marked=(key,))


def _ego(key: str, wave: Wave) -> Focus:
    """Light an actor, its actions and all who take part in them."""
    around = wave.meetings.ego(key)
    pairs = frozenset((other, action) for action, row in around.parts.items() for other in row)
    inner = frozenset(pair for pair in pairs if pair[0] == key)
    return Focus("ego", _ends(pairs) | {key}, pairs, inner, marked=(key,))


def _path(subject: Subject, choices: Choices, wave: Wave) -> Focus:
    """Light every shortest path between two actors; the first one is the one drawn strongest."""
    start, end = str(subject.key_of(choices.de)), str(subject.key_of(choices.vers))
    paths = tuple(wave.meetings.shortest_paths(start, end, LISTED_PATHS))
    steps = [_steps(path) for path in paths]
    pairs = frozenset(pair for each in steps for pair in each)
    inner = frozenset(steps[0]) if steps else frozenset[Pair]()
    return Focus("path", _ends(pairs) | {start, end}, pairs, inner, marked=(start, end), paths=paths)


def _steps(path: Path) -> list[Pair]:
    return [
        (actor, action)
        for action, before, after in zip(path.actions, path.operators[:-1], path.operators[1:], strict=True)
        for actor in (before, after)
    ]


def _territory(subject: Subject, code: str, wave: Wave) -> Focus:
    """Ring the actors of a territory; light them, their actions and those they meet there."""
    place = subject.place(code)
    inside = (place.actors if place else frozenset()) & set(wave.network.operators)
    inner = frozenset(pair for pair in wave.pairs if pair[0] in inside)
    return Focus("territory", _ends(inner) | inside, inner, inner, ringed=frozenset(inside))


@dataclass(frozen=True, slots=True)
class Cooperation:
    """Ties between the actors of a territory, and with those of elsewhere."""

    actors: int
    actions: int
    inside: int
    outside: int


def territory_cooperation(wave: Wave, actors: frozenset[str]) -> Cooperation:
    """Return the inner and outer cooperation of the actors of a territory: pairs that share an action."""
    here = actors & set(wave.network.operators)
    ends = [(one in here, other in here) for one, other in wave.weights]
    return Cooperation(
        actors=len(here),
        actions=len({action for key, action in wave.pairs if key in here}),
        inside=sum(both == (True, True) for both in ends),
        outside=sum(one != other for one, other in ends),
    )
