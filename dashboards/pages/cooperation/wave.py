"""The cooperation of a year under some filters, and what changed between two years."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dashboards.pages.cooperation.choices import WORLDS, Choices
from dashboards.pages.cooperation.subject import Subject
from graphmodel.cooperation.change import LinkChange, compare_links
from graphmodel.cooperation.participations import Lens
from graphmodel.cooperation.paths import Meetings
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.two_mode import TwoMode

Pair = tuple[str, str]
"""An actor and an action, or two actors; keys."""


@dataclass(frozen=True)
class Wave:
    """The cooperation of a year.

    Attributes
    ----------
    year
        Year.
    network
        Who takes part in what.
    pilots
        Pairs of which the actor carries the action.
    sizes
        Number of actions of each actor in the year, filters apart: a filter does not inflate a node.
    """

    year: int
    network: TwoMode
    pilots: frozenset[Pair]
    sizes: Mapping[str, int]

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Participations."""
        return frozenset((key, action) for action, row in self.network.parts.items() for key in row)

    @cached_property
    def projection(self) -> Projection:
        """Actors tied by the actions they share."""
        return project(self.network)

    @cached_property
    def weights(self) -> dict[Pair, int]:
        """Number of actions that each tied pair of actors shares."""
        names = self.projection.operators
        return {
            (names[i], names[j]): int(shared)
            for (i, j), shared in zip(self.projection.pairs, self.projection.shared, strict=True)
        }

    @cached_property
    def meetings(self) -> Meetings:
        """Who meets whom, for surroundings and paths."""
        return Meetings(self.network)


def wave_of(subject: Subject, choices: Choices, year: int | None = None) -> Wave:
    """Return the cooperation of a year as it was chosen; that of `choices.an` by default."""
    asked = choices.year if year is None else year
    return _wave(subject, asked, choices.axe, choices.monde, choices.famille)


@lru_cache(maxsize=64)
def _wave(subject: Subject, year: int, axis: str, world: str, family: str) -> Wave:
    lens = lens_of(axis, world, family)
    network = subject.read.network(year, lens)
    whole = subject.read.network(year)
    pilots = frozenset(pair for pair, roles in subject.read.roles(year).items() if "pilot" in roles)
    return Wave(year, network, pilots, dict(zip(whole.operators, whole.degrees, strict=True)))


def lens_of(axis: str, world: str, family: str) -> Lens:
    """Return the part of the cooperation that three filters keep; an empty text keeps all."""
    return Lens(
        axis=axis or None,
        worlds=frozenset({WORLDS[world]}) if world else None,
        families=frozenset({family}) if family else None,
    )


@dataclass(frozen=True)
class Change:
    """What changed between two years.

    Attributes
    ----------
    before, after
        The two years.
    links
        Participations, or ties between actors, of which both reports are known.
    excluded
        Participations left out because a report of one of the two years did not come in.
    excluded_actors
        Actors of these.
    entered, left
        Actors that take part in the second year only, in the first only; keys, sorted.
    projected
        True when the links are ties between actors.
    unknown
        Year of which no report came in: nothing is lost or new then, nothing is known. None for none.
    """

    before: int
    after: int
    links: LinkChange
    excluded: int
    excluded_actors: int
    entered: tuple[str, ...]
    left: tuple[str, ...]
    projected: bool
    unknown: int | None = None

    @property
    def first(self) -> bool:
        """True for the first year, beside which there is nothing to compare."""
        return self.before == self.after

    @cached_property
    def gains(self) -> Counter[str]:
        """Links that each actor gains."""
        return self._ends(self.links.new)

    @cached_property
    def losses(self) -> Counter[str]:
        """Links that each actor loses."""
        return self._ends(self.links.lost)

    def _ends(self, links: frozenset[Pair]) -> Counter[str]:
        return Counter(end for pair in links for end in (pair if self.projected else pair[:1]))

    @cached_property
    def movers(self) -> tuple[str, ...]:
        """Actors by what changes for them, most first; actors that nothing changes are left out."""
        keys = self.gains.keys() | self.losses.keys()
        return tuple(
            sorted(keys, key=lambda key: (-self.gains[key] - self.losses[key], -self.gains[key], key))
        )


def change_of(subject: Subject, choices: Choices) -> Change:
    """Return what changed between the two years of the choices, under their filters.

    A participation of which one of the two reports is missing says nothing of a change: it is left out.
    """
    waves = choices.waves or (choices.year, choices.year)
    return _change(subject, waves, choices.axe, choices.monde, choices.famille, choices.dessin == "acteurs")


@lru_cache(maxsize=32)
def _change(
    subject: Subject, years: tuple[int, int], axis: str, world: str, family: str, projected: bool
) -> Change:
    unknown = next((year for year in years if year not in subject.reported), None)
    if unknown is not None:
        nothing = LinkChange(frozenset(), frozenset())
        return Change(*years, nothing, 0, 0, (), (), projected, unknown)
    first, second = (_wave(subject, year, axis, world, family) for year in years)
    missing = frozenset().union(*(subject.missing.get(year, frozenset()) for year in years))
    if years[0] == years[1]:
        missing = frozenset()

    def known(pair: Pair) -> bool:
        return pair not in missing and (None, pair[1]) not in missing

    before, after = frozenset(filter(known, first.pairs)), frozenset(filter(known, second.pairs))
    gone = (first.pairs | second.pairs) - before - after
    links = compare_links(before, after)
    if projected:
        links = compare_links(_ties(before), _ties(after))
    was, now = {key for key, _ in before}, {key for key, _ in after}
    return Change(
        before=years[0],
        after=years[1],
        links=links,
        excluded=len(gone),
        excluded_actors=len({key for key, _ in gone}),
        entered=tuple(sorted(now - was - {key for key, _ in gone})),
        left=tuple(sorted(was - now - {key for key, _ in gone})),
        projected=projected,
    )


def _ties(pairs: frozenset[Pair]) -> set[Pair]:
    parts: dict[str, set[str]] = {}
    for key, action in pairs:
        parts.setdefault(action, set()).add(key)
    return project(TwoMode.of(parts)).links
