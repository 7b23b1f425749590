"""The communities that a drawing can tell apart: six at most, each with a letter, a name and a colour."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graphmodel.cooperation.communities import Communities
from graphmodel.cooperation.two_mode import TwoMode

LETTERS = "ABCDEF"
"""One letter and one colour each; the rest are « autres », in grey."""
OTHERS = "autres"
COMMUNITY_PREFIX = "Communaute:"
"""What names a community in the address, before its letter."""
FEWEST = 2
"""Members from which a group is a community: an actor alone is none."""
LONGEST_NAME = 38


@dataclass(frozen=True, slots=True)
class Community:
    """A community of all years.

    Attributes
    ----------
    letter
        A to F, largest first.
    name
        Title of the action that most of its members share; empty when the groups are too unstable to name.
    members, actions
        Keys of its actors, and of the actions in which they are the most numerous.
    """

    letter: str
    name: str
    members: frozenset[str]
    actions: frozenset[str]

    @property
    def title(self) -> str:
        """Letter and name, an en space between them."""
        return f"{self.letter}\u2002{self.name}".strip()


def community_list(
    union: TwoMode, found: Communities, action_names: Mapping[str, str]
) -> tuple[Community, ...]:
    """Return the communities that bear a letter.

    Parameters
    ----------
    union
        Network of all years.
    found
        Its partition.
    action_names
        Short title of each action by key.
    """
    groups = [group for group in found.groups if len(group) >= FEWEST][: len(LETTERS)]
    rank_of = {key: rank for rank, group in enumerate(groups) for key in group}
    inside: dict[int, Counter[str]] = {rank: Counter() for rank in range(len(groups))}
    for action, operators in union.parts.items():
        counts = Counter(rank_of[key] for key in operators if key in rank_of)
        if counts:
            rank = min(counts, key=lambda each: (-counts[each], each))
            inside[rank][action] = counts[rank]
    return tuple(
        Community(
            LETTERS[rank],
            _name(inside[rank], action_names) if found.stable else "",
            frozenset(group),
            frozenset(inside[rank]),
        )
        for rank, group in enumerate(groups)
    )


def _name(inside: Counter[str], action_names: Mapping[str, str]) -> str:
    """Return the title of the action shared by most members, cut at a word."""
    if not inside:
        return ""
    action = min(inside, key=lambda key: (-inside[key], key))
    title = action_names.get(action, "")
    if len(title) <= LONGEST_NAME:
        return title
    return f"{title[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(' ,:;')}…"
