"""The money: planned, agreed and paid by each funder, and the total cost of each action."""

from dataclasses import dataclass
from functools import cached_property

from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import CONTRACT_FUNDERS, YEARS, Scenario

TREND = {
    "REGION-RA": {2014: 1.0, 2015: 0.97, 2016: 0.945},
    "ETAT": {2014: 1.0, 2015: 0.96, 2016: 0.91},
    "CDC": {2014: 1.0, 2015: 0.94, 2016: 0.82},
}
"""Planned amounts of a year against those of 2014, which are the convention's."""

OTHER_FUNDERS = ("FICTIFONDATION-HORIZON", "FICTICOOP-CREDIT", "FICTIMUT-PLAINE")
"""Fictional funders beside the contract and the authorities."""

UNKNOWN_PAID = {("ETAT", "III_2.1.3", 2016), ("FICTIMUT-PLAINE", "III_2.1.1", 2016)}
"""Payments nobody has reported: the amount is unknown, which is not zero."""

UNKNOWN_COST = {("II_3.1.3", 2014), ("III_2.1.5", 2016), ("I_1.2", 2016)}
"""Actions and years whose total cost nobody has reported."""

_STEP = 100
"""Amounts are in whole hundreds of euros."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros; None when unknown."""

    funder: str
    action: str
    year: int
    kind: str
    euros: int | None


class Money:
    """Amounts of the three years.

    Parameters
    ----------
    scenario
        The story.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._draw = Draw("money")

    @cached_property
    def amounts(self) -> list[Amount]:
        """Every amount, by year, action and funder."""
        found: list[Amount] = []
        for year in YEARS:
            for action, funder, planned in self._planned(year):
                agreed = self._below(planned, 0.95, 1.0)
                paid = self._below(agreed, 0.86, 1.0)
                unknown = (funder, action, year) in UNKNOWN_PAID
                found += [
                    Amount(funder, action, year, "planned", planned),
                    Amount(funder, action, year, "agreed", agreed),
                    Amount(funder, action, year, "paid", None if unknown else paid),
                ]
        return found

    @cached_property
    def costs(self) -> dict[tuple[str, int], int | None]:
        """Total cost in euros by action and year; None when nobody has reported it."""
        draw = Draw("costs")
        found: dict[tuple[str, int], int | None] = {}
        for action in self._scenario.actions.values():
            for year in YEARS:
                paid = [a for a in self.amounts if (a.action, a.year, a.kind) == (action.code, year, "paid")]
                contract = sum(a.euros or 0 for a in paid if a.funder in CONTRACT_FUNDERS)
                everything = sum(a.euros or 0 for a in paid)
                cost = contract * (1 + action.leverage * draw.between(0.85, 1.2))
                # What every funder paid is in the cost, and something of the operators' own is too.
                known = max(_rounded(cost), _rounded(everything * 1.04))
                found[action.code, year] = None if (action.code, year) in UNKNOWN_COST else known
        return found

    def _planned(self, year: int) -> list[tuple[str, str, int]]:
        """Return action, funder and euros planned in a year."""
        found = []
        for action in self._scenario.actions.values():
            for funder, euros in action.planned.items():
                if euros:
                    found.append((action.code, funder, self._trend(funder, euros, year)))
            if action.code in ("III_1.1.5", "III_2.1.1", "II_3.1.1"):
                other = OTHER_FUNDERS[("III_1.1.5", "II_3.1.1", "III_2.1.1").index(action.code)]
                found.append((action.code, other, _rounded(self._draw.between(14_000, 38_000))))
            found += self._authorities(action.code, year)
        return found

    def _trend(self, funder: str, euros: int, year: int) -> int:
        if year == YEARS[0]:
            return euros
        return _rounded(euros * TREND[funder][year] * self._draw.between(0.95, 1.05))

    def _authorities(self, action: str, year: int) -> list[tuple[str, str, int]]:
        """Return what the authorities put in an action: the first of their actions has the larger part."""
        found = []
        for authority in self._scenario.authorities:
            if authority.first <= year and action in authority.actions:
                parts = range(len(authority.actions), 0, -1)
                rank = authority.actions.index(action)
                part = authority.funds * parts[rank] / sum(parts) * self._draw.between(0.9, 1.1)
                found.append((action, authority.organisation, _rounded(part)))
        return found

    def _below(self, euros: int, low: float, high: float) -> int:
        """Return an amount a little smaller, most often the same."""
        return euros if self._draw.happens(0.3) else _rounded(euros * self._draw.between(low, high))


def _rounded(euros: float) -> int:
    return max(_STEP, round(euros / _STEP) * _STEP)
