"""Where the actions take place: what they aim at, and where somebody was reached."""

from dataclasses import dataclass, field
from functools import cached_property

from geodata.territories import Territories
from loaders.demonstration.cooperation import Cooperation
from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import YEARS, ActionStory, Scenario, communes_of, people_of

TOWN = 8000
"""Inhabitants from which a commune is a town of its own in a report; a smaller one is told by its EPCI."""

SHARED = {("II_2.1.2", 2014), ("II_2.1.2", 2015), ("II_2.1.2", 2016), ("III_1.1.4", 2015),
          ("III_1.1.4", 2016), ("I_1.2", 2016)}  # fmt: skip
"""Actions and years whose reports declare the share of each place."""

DEPARTEMENTS = ("07", "38")
"""Départements that the local support scheme aims at whole."""

SPREAD = {2014: 4, 2015: 4, 2016: 3}
"""EPCI without any operator that an action newly goes to in a year."""

EMPTY_EPCI = 28
EMPTY_RURAL = 8
"""EPCI, and rural EPCI besides, where no action goes of itself: empty unless an operator sits there."""

_KEPT = 0.96
_UNKNOWN_NUMBER = 0.1
_NOBODY = 0.06


@dataclass(frozen=True, slots=True)
class Zones:
    """The fictional zones: quarters by code with their commune, communes of the fictional list."""

    neighbourhoods: dict[str, str]
    rural: list[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an action in a year: `degree` targeted or reached; beneficiaries None when not counted."""

    action: str
    year: int | None
    level: str
    code: str
    degree: str
    share: float | None = None
    beneficiaries: int | None = None


@dataclass
class Places:
    """Places of the three years.

    Attributes
    ----------
    scenario, cooperation, territories, zones
        The story, who takes part, the territory reference, the fictional zones.
    """

    scenario: Scenario
    cooperation: Cooperation
    territories: Territories
    zones: Zones
    _draw: Draw = field(default_factory=lambda: Draw("places"))

    @cached_property
    def places(self) -> list[Place]:
        """Every place, by action and year."""
        found: list[Place] = []
        for action in self.scenario.actions.values():
            if action.region_wide:
                found.append(Place(action.code, None, "region", "82", "targeted"))
                continue
            zones = self._zones_of(action)
            kept: dict[tuple[str, str], None] = {}
            for year in YEARS:
                for spot in self._spots(action, year, zones):
                    kept.setdefault(spot)
                aimed = [spot for spot in kept if spot[0] == "departement" or self._draw.happens(_KEPT)]
                found += self._targeted(action.code, year, aimed)
                found += self._reached(action.code, year, aimed)
        return found

    @cached_property
    def _epci_of(self) -> dict[str, str]:
        return self.territories.composition()

    @cached_property
    def _people(self) -> dict[str, int]:
        return people_of(self.territories)

    @cached_property
    def _open_epci(self) -> list[str]:
        """EPCI an action may go to without an operator there."""
        every = sorted(set(self._epci_of.values()))
        rural = sorted({self._epci_of[code] for code in self.zones.rural})
        draw = Draw("empty")
        closed = {*draw.some(every, EMPTY_EPCI), *draw.some(rural, EMPTY_RURAL)}
        return [code for code in every if code not in closed]

    def _zones_of(self, action: ActionStory) -> list[list[tuple[str, str]]]:
        """Return the quarters and rural communes an action aims at: those of each year."""
        quarters = {"qpv": 5, "both": 3, "town": 1}.get(action.target, 0)
        rural = {"rural": 9, "both": 4}.get(action.target, 0)
        near = self._draw.some(sorted(self.zones.neighbourhoods), quarters * 2)
        epci = self._draw.some(sorted({self._epci_of[code] for code in self.zones.rural}), 4)
        far = [code for code in self.zones.rural if self._epci_of[code] in epci]
        far = self._draw.some(far, rural * 2)
        spots = [("qpv", code) for code in near] + [("commune", code) for code in far]
        first = [*spots[:quarters], *spots[len(near) : len(near) + rural]]
        rest = [spot for spot in spots if spot not in first]
        half = len(rest) // 3
        return [first, rest[:half], rest[half : 2 * half]]

    def _spots(
        self, action: ActionStory, year: int, zones: list[list[tuple[str, str]]]
    ) -> list[tuple[str, str]]:
        """Return what an action newly aims at in a year: where its operators sit, zones, territories."""
        spots = [("departement", code) for code in DEPARTEMENTS if action.target == "departement"]
        seats = {operator.id: operator.seat for operator in self.scenario.operators}
        authorities = {authority.organisation: authority for authority in self.scenario.authorities}
        share = {"rural": 0.45, "both": 0.4, "qpv": 0.35}.get(action.target, 0.75)
        for name in self.cooperation.operators(action.code, year):
            if name in authorities:
                spots.append((authorities[name].level, authorities[name].code))
            elif name in seats and self._draw.happens(share):
                spots.append(self._seat(seats[name], action.target))
        spots += [
            (authority.level, authority.code)
            for authority in self.scenario.authorities
            if action.code == authority.actions[0] and authority.first <= year
        ]
        if action.target != "town":
            spots += [("epci", code) for code in self._draw.some(self._open_epci, SPREAD[year])]
        return spots + zones[YEARS.index(year)]

    def _seat(self, commune: str, target: str) -> tuple[str, str]:
        if target in ("town", "qpv") and self._people[commune] >= TOWN:
            return "commune", commune
        return "epci", self._epci_of[commune]

    def _targeted(self, action: str, year: int, aimed: list[tuple[str, str]]) -> list[Place]:
        shares: list[float | None] = [None] * len(aimed)
        if (action, year) in SHARED:
            shares = list(self._shares(len(aimed)))
        return [
            Place(action, year, level, code, "targeted", share)
            for (level, code), share in zip(aimed, shares, strict=True)
        ]

    def _shares(self, count: int) -> list[float]:
        """Return shares in whole percents that make one."""
        weights = [self._draw.between(0.4, 1.6) for _ in range(count)]
        percents = [max(1, int(100 * weight / sum(weights))) for weight in weights]
        percents[0] += 100 - sum(percents)
        return [percent / 100 for percent in percents]

    def _reached(self, action: str, year: int, aimed: list[tuple[str, str]]) -> list[Place]:
        """Return where beneficiaries were located: what was aimed at, towns and quarters inside it."""
        spots: dict[tuple[str, str], None] = {}
        for level, code in aimed:
            if level in ("commune", "qpv"):
                if self._draw.happens(0.62 if level == "commune" else 0.5):
                    spots.setdefault((level, code))
            elif level in ("epci", "departement"):
                inside = communes_of(self.territories, level, code)
                inside.sort(key=lambda commune: (-self._people[commune], commune))
                for commune in self._draw.some(inside[:6], self._draw.whole(1, 3)):
                    spots.setdefault(("commune", commune))
        for level, code in list(spots):
            if level == "commune":
                for quarter, commune in self.zones.neighbourhoods.items():
                    if commune == code and self._draw.happens(0.06):
                        spots.setdefault(("qpv", quarter))
        return [
            Place(action, year, level, code, "reached", None, self._beneficiaries(level, code))
            for level, code in spots
        ]

    def _beneficiaries(self, level: str, code: str) -> int | None:
        if self._draw.happens(_UNKNOWN_NUMBER):
            return None
        if self._draw.happens(_NOBODY):
            return 0
        people = self._people.get(code, 4000) if level == "commune" else 4000
        return self._draw.whole(2, 6 + int(people**0.42))
