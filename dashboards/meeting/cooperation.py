"""« Qui travaille avec qui ? »: groups of operators as discs, and what links them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin, sqrt
from typing import Final

from dashboards import view_data
from dashboards.meeting.plain import shortened_text
from graphmodel import ContractGraph
from graphmodel.cooperation.communities import communities
from graphmodel.cooperation.projection import project
from graphmodel.indicators import EvaluationContext

MOST_GROUPS: Final = 5
"""Groups that have a disc; the others stand together."""
LETTERS: Final = "ABCDE"
OTHERS: Final = "autres"
FIELD: Final = (1000, 520)
"""Size of the field of discs, in its own units."""
_LARGEST = 92.0
_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class Disc:
    """A group of operators.

    Attributes
    ----------
    letter, name
        Its letter, and the member that takes part in most actions.
    members
        Keys of its operators.
    at, radius
        Where it stands in the field; area in proportion to its members.
    """

    letter: str
    name: str
    members: tuple[str, ...]
    at: tuple[int, int]
    radius: int


@dataclass(frozen=True, slots=True)
class Cooperation:
    """The groups of a year.

    Attributes
    ----------
    year
        Year; None when no cooperation is known.
    discs
        The largest groups, the largest first.
    links
        Ranks of two discs and the number of actions they share.
    others
        Number of operators of no disc: small groups and those alone.
    stable
        True when the groups hold from one try to the next; they are then named.
    """

    year: int | None
    discs: tuple[Disc, ...]
    links: tuple[tuple[int, int, int], ...]
    others: int
    stable: bool

    @property
    def operators(self) -> int:
        """Number of operators."""
        return sum(len(disc.members) for disc in self.discs) + self.others


def cooperation_of(graph: ContractGraph, context: EvaluationContext) -> Cooperation:
    """Return the groups of the last year with participations."""
    if not context.observed:
        return Cooperation(None, (), (), 0, stable=False)
    year = context.observed[-1]
    network = context.network(year)
    found = communities(project(network))
    groups = [group for group in found.groups if len(group) > 1][:MOST_GROUPS]
    shown = {key: rank for rank, group in enumerate(groups) for key in group}
    actions = Counter(operator for operators in network.parts.values() for operator in operators)
    names = view_data.short_actor_names(graph)
    places = _places([len(group) for group in groups])
    discs = tuple(
        Disc(LETTERS[rank], _leader(group, actions, names, context.pivot), group, at, radius)
        for rank, (group, (at, radius)) in enumerate(zip(groups, places, strict=True))
    )
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for operators in network.parts.values():
        present = sorted({shown[key] for key in operators if key in shown})
        for pair in combinations(present, 2):
            shared[pair] += 1
    links = tuple((one, other, count) for (one, other), count in sorted(shared.items()))
    return Cooperation(year, discs, links, len(network.operators) - len(shown), found.stable)


def _leader(group: tuple[str, ...], actions: Counter[str], names: dict[str, str], pivot: str | None) -> str:
    """Return the name of the member of most actions; the pivot takes part everywhere and names nothing."""
    others = [key for key in group if key != pivot] or list(group)
    first = min(others, key=lambda key: (-actions[key], names[key]))
    return shortened_text(names[first], _NAME_WORDS)


def _places(sizes: list[int]) -> list[tuple[tuple[int, int], int]]:
    """Return where discs stand: the largest in the middle of an ellipse of the others."""
    if not sizes:
        return []
    width, height = FIELD
    largest = max(sizes)
    radii = [max(34, round(_LARGEST * sqrt(size / largest))) for size in sizes]
    centers = [(width // 2, height // 2)]
    around = len(sizes) - 1
    for rank in range(around):
        angle = pi * (2 * rank + 1) / max(around, 1) + pi / 2
        centers.append(
            (round(width / 2 + width * 0.36 * sin(angle)), round(height / 2 - height * 0.33 * cos(angle)))
        )
    return list(zip(centers, radii, strict=True))
