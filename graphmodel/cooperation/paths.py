"""Who is around an operator, by which actions two operators meet, and who could work together."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graphmodel.cooperation.two_mode import TwoMode

LONGEST_LIST = 200
"""Shortest paths listed at most: there can be very many."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one operator to another.

    Attributes
    ----------
    operators
        Keys of the operators met, both ends included.
    actions
        Keys of the action that joins each to the next: one fewer.
    """

    operators: tuple[str, ...]
    actions: tuple[str, ...]

    @property
    def introducers(self) -> tuple[str, ...]:
        """Return the operators who could introduce one end to the other."""
        return self.operators[1:-1]


class Meetings:
    """Who meets whom in which action.

    Parameters
    ----------
    network
        Operators and actions of a wave, or of several.
    """

    def __init__(self, network: TwoMode) -> None:
        self.parts = network.parts
        self.actions_of: dict[str, list[str]] = {key: [] for key in network.operators}
        for action, operators in self.parts.items():
            for key in operators:
                self.actions_of[key].append(action)

    def partners(self, operator: str) -> dict[str, tuple[str, ...]]:
        """Return the partners of an operator, each with their common actions; sorted by key.

        An operator outside the network has none.
        """
        found: dict[str, list[str]] = {}
        for action in self.actions_of.get(operator, ()):
            for other in self.parts[action]:
                if other != operator:
                    found.setdefault(other, []).append(action)
        return {key: tuple(actions) for key, actions in sorted(found.items())}

    def ego(self, operator: str, radius: int = 1) -> TwoMode:
        """Return the network of an operator's surroundings.

        With a radius of 1: its actions and all who take part in them; each more step adds the actions of
        those reached so far.
        """
        reached = {operator}
        actions: set[str] = set()
        for _ in range(radius):
            actions |= {action for key in reached for action in self.actions_of.get(key, ())}
            reached |= {key for action in actions for key in self.parts[action]}
        return TwoMode.of({action: self.parts[action] for action in actions})

    def distances(self, operator: str) -> dict[str, int]:
        """Return the number of actions to go through to reach each operator that can be reached."""
        if operator not in self.actions_of:
            return {}
        found, ahead = {operator: 0}, deque([operator])
        while ahead:
            key = ahead.popleft()
            for other in self.partners(key):
                if other not in found:
                    found[other] = found[key] + 1
                    ahead.append(other)
        return found

    def shortest_paths(self, start: str, end: str, limit: int = LONGEST_LIST) -> list[Path]:
        """Return the shortest ways between two operators, each step by a named action.

        Sorted by operators then actions, `limit` of them at most; none when they are in two pieces.

        Examples
        --------
        >>> Meetings(TwoMode.of({"a1": "AB", "a2": "BC"})).shortest_paths("A", "C")
        [Path(operators=('A', 'B', 'C'), actions=('a1', 'a2'))]
        """
        away = self.distances(end)
        if start == end or start not in away:
            return []
        found = []
        for path in self._walk((start,), (), away):
            found.append(path)
            if len(found) == limit:
                break
        return found

    def _walk(
        self, operators: tuple[str, ...], actions: tuple[str, ...], away: Mapping[str, int]
    ) -> Iterator[Path]:
        here = operators[-1]
        if away[here] == 0:
            yield Path(operators, actions)
            return
        for other, common in self.partners(here).items():
            if away[other] == away[here] - 1:
                for action in common:
                    yield from self._walk((*operators, other), (*actions, action), away)

    def introducers(self, one: str, other: str) -> tuple[str, ...]:
        """Return the operators who work with both of two operators that do not work together, sorted."""
        first, second = self.partners(one), self.partners(other)
        return () if other in first else tuple(sorted(set(first) & set(second)))


@dataclass(frozen=True, slots=True)
class PotentialPartner:
    """Two operators who never worked together though they share ground.

    Attributes
    ----------
    operators
        Their keys, sorted.
    territories, axes
        What they share.
    introducers
        Operators who work with both.
    """

    operators: tuple[str, str]
    territories: tuple[str, ...]
    axes: tuple[str, ...]
    introducers: tuple[str, ...]


def potential_partners(
    network: TwoMode,
    territories: Mapping[str, Collection[str]],
    axes: Mapping[str, str],
    operator: str | None = None,
) -> list[PotentialPartner]:
    """Return pairs of operators active in one territory and on one axis that have no common action.

    Parameters
    ----------
    network
        Operators and actions, usually of all waves: « never worked together » speaks of them all.
    territories
        Territories of each action (region-wide actions left out: they would join everybody).
    axes
        Axis of each action.
    operator
        Key of an operator to keep only its pairs; None for all.

    Notes
    -----
    Sorted by what is shared, most first, then by keys.
    """
    meetings = Meetings(network)
    ground = {key: _ground(actions, territories, axes) for key, actions in meetings.actions_of.items()}
    found = []
    for one in ground if operator is None else [operator] if operator in ground else []:
        known = meetings.partners(one)
        for other, (there, axes_there) in ground.items():
            if other == one or other in known or (operator is None and other < one):
                continue
            common, shared = ground[one][0] & there, ground[one][1] & axes_there
            if common and shared:
                pair = (min(one, other), max(one, other))
                introducers = meetings.introducers(one, other)
                found.append(
                    PotentialPartner(pair, tuple(sorted(common)), tuple(sorted(shared)), introducers)
                )
    return sorted(found, key=lambda p: (-len(p.territories), -len(p.axes), p.operators))


def _ground(
    actions: Collection[str], territories: Mapping[str, Collection[str]], axes: Mapping[str, str]
) -> tuple[set[str], set[str]]:
    places = {place for action in actions for place in territories.get(action, ())}
    return places, {axes[action] for action in actions if action in axes}
