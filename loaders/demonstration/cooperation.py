"""Who takes part in what, year after year: most ties hold, some are lost, more are made."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import PIVOT, YEARS, Operator, Scenario

PIVOT_ACTIONS = {
    2014: ("I_1.1.1", "I_1.1.2", "II_1.1", "II_3.1.1", "III_1.1.1", "III_2.1.5", "III_1.2"),
    2015: ("I_1.1.1", "I_1.1.2", "II_1.1", "II_3.1.1", "II_3.1.2", "III_1.1.1", "III_2.1.5", "III_1.2"),
    2016: ("I_1.1.1", "I_1.1.2", "II_1.1", "II_3.1.1", "III_1.1.1", "III_2.1.5", "III_2.1.3"),
}
"""Actions of the pivot, besides the animation: it lets go of some as others take over."""

_PIVOT_LEADS = ("I_1.1.1", "I_1.1.2", "II_1.1", "III_2.1.5")
_KEPT = 0.91
_AT_HOME = 0.66
_MORE = {2014: 0.82, 2015: 1.0, 2016: 1.1}
"""How many actions an operator takes part in, against its number in the table."""

_WORKS_INSIDE = 3
"""Score of policy from which an authority is an operator itself."""

_ALONE_IN_2014 = "III_2.1.2"
"""Action that starts with one operator: not everything is collective from the first day."""


@dataclass(frozen=True, slots=True)
class Part:
    """An operator in an action in a year; `pilot` when it carries the action."""

    organisation: str
    action: str
    year: int
    pilot: bool


class Cooperation:
    """Participations of the three years.

    Parameters
    ----------
    scenario
        The story.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._draw = Draw("cooperation")

    @cached_property
    def parts(self) -> list[Part]:
        """Every participation that the reports tell, by year, action and organisation; the pilot first."""
        found: list[Part] = []
        before: dict[str, list[str]] = {}
        leads: dict[str, str] = {}
        for year in YEARS:
            before = self._year(year, before)
            members: dict[str, list[str]] = {code: [] for code in self._scenario.actions}
            for organisation, actions in before.items():
                for action in actions:
                    members[action].append(organisation)
            for action, organisations in members.items():
                lead = self._lead(action, organisations, leads)
                ordered = sorted(organisations, key=lambda name: (name != lead, name))
                found += [Part(name, action, year, name == lead) for name in ordered]
        return found

    def operators(self, action: str, year: int) -> list[str]:
        """Return the operators of an action in a year, the pilot first."""
        return [part.organisation for part in self.parts if (part.action, part.year) == (action, year)]

    def _year(self, year: int, before: dict[str, list[str]]) -> dict[str, list[str]]:
        """Return the actions of each organisation in a year, from those of the year before."""
        found = {PIVOT: ["ANIMATION", *PIVOT_ACTIONS[year]]}
        for operator in self._scenario.operators:
            if operator.first <= year <= operator.last:
                found[operator.id] = self._actions(operator, year, before.get(operator.id, []))
        for authority in self._scenario.authorities:
            # An authority commits itself to several actions; the most engaged also work inside some of them.
            if authority.first <= year and authority.score >= _WORKS_INSIDE:
                count = 1 + (year > authority.first and len(authority.actions) > 2)
                found[authority.organisation] = list(authority.actions[:count])
        return self._peopled(found, year)

    def _actions(self, operator: Operator, year: int, before: list[str]) -> list[str]:
        actions = [action for action in before if self._draw.happens(_KEPT)]
        wanted = max(1, round(operator.actions * _MORE[year] + self._draw.between(-0.5, 0.5)))
        home = self._scenario.community(operator.community)
        away = [action.code for action in self._scenario.coded if action.code not in home]
        while len(actions) < wanted:
            # The first action of an operator is always one of its community.
            pool = home if not actions or self._draw.happens(_AT_HOME) else away
            left = [code for code in pool if code not in actions]
            if year == YEARS[0]:
                left = [code for code in left if code != _ALONE_IN_2014]
            actions.append(self._draw.one(left or [code for code in away if code not in actions]))
        return actions

    def _peopled(self, found: dict[str, list[str]], year: int) -> dict[str, list[str]]:
        """Return the same with somebody in every action, and with two where the story wants a partnership."""
        counts = Counter(action for actions in found.values() for action in actions)
        present = [o for o in self._scenario.operators if o.first <= year <= o.last]
        for action in self._scenario.coded:
            wanted = 1 if action.code == _ALONE_IN_2014 and year == YEARS[0] else 3
            own = [o for o in present if o.community == action.community and action.code not in found[o.id]]
            for operator in self._draw.some(own, max(0, wanted - counts[action.code])):
                found[operator.id].append(action.code)
        return found

    def _lead(self, action: str, organisations: list[str], leads: dict[str, str]) -> str:
        """Return who carries an action: last year's while it is there, else one less loaded."""
        if action == "ANIMATION" or action in _PIVOT_LEADS:
            return PIVOT
        if leads.get(action) not in organisations:
            operators = {operator.id: operator for operator in self._scenario.operators}
            home = self._scenario.actions[action].community
            load = Counter(leads.values())
            leads[action] = max(
                (name for name in organisations if name in operators),
                key=lambda name: (
                    operators[name].community == home, -load[name], operators[name].actions, name
                ),
            )  # fmt: skip
        return leads[action]
