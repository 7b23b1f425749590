"""Businesses supported, their turnover, the audience of the tools, employment by commune."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from geodata.territories import Territories
from loaders.demonstration.draw import Draw
from loaders.demonstration.places import Place, Zones
from loaders.demonstration.scenario import YEARS, communes_of, people_of

SUPPORTING = {
    "III_1.1.1": (9, "création"), "III_1.1.2": (19, "création"), "III_1.1.3": (7, "reprise"),
    "III_1.1.4": (12, "entrepreneur salarié"), "II_2.1.1": (5, "création"),
    "III_2.1.1": (11, "consolidation"),
}  # fmt: skip
"""Actions that support businesses: how many in the first year, and what comes of it."""

_GROWTH = {2014: 1.0, 2015: 1.2, 2016: 1.3}
_TWICE = 0.13
_IN_QUARTER = 0.36
_LOCATED = 0.94

OBSERVED_FROM = 3000
"""Inhabitants from which a commune's own employment is published by the fictional survey."""

EMPLOYMENT_YEARS = (2013, 2014, 2015, 2016)

TREATED = ("200046977", "200040715", "244200770", "200035731", "243800604", "243800984", "242600252")
"""EPCI of the contract, none inside another."""

CONTROLS = ("200068781", "200066793", "200069110", "200071751", "200065886", "200077014", "200040590",
            "200040459", "200067551", "200040509")  # fmt: skip
"""EPCI that stand beside them in the comparison: of like size, outside the contract."""

AUDIENCE = {
    "RHONE-ALPES-SOLIDAIRES": ("visites", (412_000, 468_500, 531_200)),
    "FORUM-EMPLOI-SOLIDAIRE": ("visiteurs", (3_100, 3_650, None)),
    "MOIS-ESS": ("visiteurs", (18_400, 21_900, 24_300)),
}
"""Audience of the tools that the convention names, by year; None when it was not counted."""

_TRADES = (
    "bois", "pain", "vélo", "lien", "couture", "verger", "atelier", "jardin", "cuisine", "scène", "récup",
    "conseil", "soin", "toit", "énergie", "papier", "laine", "trajet", "numérique", "paysage",
)  # fmt: skip
_SIGNS = (
    "du Canal", "des Cimes", "de l’Étoile", "des Trois Sources", "du Levant", "de la Halle", "des Quais",
    "du Vallon", "de l’Orme", "des Remparts", "du Plateau", "de la Gare", "des Prés", "du Pont Neuf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Support:
    """A business supported by an action in a year; what is not known is None."""

    action: str
    siren: str
    name: str
    year: int
    on: date
    outcome: str
    jobs: float | None
    reported: date
    commune: str | None
    quarter: str | None
    sector: str | None
    world: str
    family: str | None


@dataclass(frozen=True, slots=True)
class Employment:
    """Employment of a territory in a year: in ESS establishments, in all; their number, the largest one."""

    year: int
    level: str
    code: str
    ess: int
    total: int
    establishments: int
    largest: int


class Economy:
    """Economic rows of the demonstration.

    Parameters
    ----------
    territories, zones, places
        The territory reference, the fictional zones, where the actions take place.
    """

    def __init__(self, territories: Territories, zones: Zones, places: list[Place]) -> None:
        self._territories = territories
        self._people = people_of(territories)
        self._zones = zones
        self._places = places
        self._quarters: defaultdict[str, list[str]] = defaultdict(list)
        for quarter, commune in zones.neighbourhoods.items():
            self._quarters[commune].append(quarter)

    @cached_property
    def supports(self) -> list[Support]:
        """Every support, by year and action; some businesses are supported by two actions."""
        draw = Draw("supports")
        found: list[Support] = []
        number = 0
        for year in YEARS:
            for action, (count, outcome) in SUPPORTING.items():
                communes = self._communes(action, year)
                for _ in range(round(count * _GROWTH[year])):
                    number += 1
                    support = self._support(draw, number, action, year, outcome, communes)
                    found.append(support)
                    if draw.happens(_TWICE):
                        found.append(self._again(draw, support))
        return found

    @cached_property
    def turnover(self) -> list[tuple[str, int, int | None]]:
        """SIREN, year and euros of turnover of the businesses supported the first year; None when unknown."""
        draw = Draw("turnover")
        found: list[tuple[str, int, int | None]] = []
        first = {support.siren: None for support in self.supports if support.year == YEARS[0]}
        for siren in first:
            if not draw.happens(0.72):
                continue
            euros = draw.between(38_000, 310_000)
            for year in YEARS:
                known = round(euros / 100) * 100 if draw.happens(0.94) else None
                found.append((siren, year, known))
                euros *= draw.between(0.86, 1.22)
        return found

    @cached_property
    def employment(self) -> list[Employment]:
        """Employment by year of the communes of `OBSERVED_FROM` inhabitants, of quarters, of what holds them.

        The EPCI, the départements and the region are observed whole, their small communes included.
        """
        epci = self._territories.composition()
        (region,) = self._territories.frame("region").index
        found: list[Employment] = []
        whole: dict[tuple[int, str, str], list[Employment]] = {}
        for code, people in self._people.items():
            rows = self._series("commune", code, people, epci.get(code) in TREATED)
            found += rows if people >= OBSERVED_FROM else []
            holders = (
                ("epci", epci.get(code)),
                ("departement", departement_of(code)),
                ("region", str(region)),
            )
            for row in rows:
                for level, holder in holders:
                    if holder is not None:
                        whole.setdefault((row.year, level, holder), []).append(row)
        found += [_together(*name, rows) for name, rows in whole.items()]
        for quarter in self._zones.neighbourhoods:
            found += self._series("qpv", quarter, 2500, False)
        return sorted(found, key=lambda row: (row.year, row.level, row.code))

    def _communes(self, action: str, year: int) -> list[str]:
        """Return where the businesses of an action may be: its communes of some size."""
        found: set[str] = set()
        for place in self._places:
            if (place.action, place.year, place.degree) == (action, year, "targeted"):
                if place.level in ("commune", "epci", "departement"):
                    found |= set(communes_of(self._territories, place.level, place.code))
                elif place.level == "qpv":
                    found.add(self._zones.neighbourhoods[place.code])
        return [code for code in sorted(found) if self._people[code] >= 1500] or ["69123"]

    def _support(
        self, draw: Draw, number: int, action: str, year: int, outcome: str, communes: list[str]
    ) -> Support:
        commune = draw.weighted(communes, [self._people[code] ** 0.62 for code in communes])
        quarters = self._quarters[commune]
        quarter = draw.one(quarters) if quarters and draw.happens(_IN_QUARTER) else None
        located = draw.happens(_LOCATED)
        world, family = draw.one(_WORLDS)
        on = date(year, draw.whole(1, 12), draw.whole(1, 28))
        return Support(
            action, siren_of(number), _name(number), year, on, outcome,
            round(draw.between(0.5, 6.5) * 2) / 2 if draw.happens(0.9) else None,
            date(year + 1, 2, 1) + timedelta(days=draw.whole(0, 70)),
            commune if located else None, quarter if located else None,
            draw.one(_SECTORS),
            world, family,
        )  # fmt: skip

    def _again(self, draw: Draw, support: Support) -> Support:
        """Return the support of the same business by another action, told by a later report."""
        other = draw.one([action for action in SUPPORTING if action != support.action])
        jobs = support.jobs if support.jobs is None or draw.happens(0.7) else support.jobs + 0.5
        return Support(
            other, support.siren, support.name, support.year, support.on, support.outcome, jobs,
            support.reported + timedelta(days=draw.whole(1, 30)), support.commune, support.quarter,
            support.sector, support.world, support.family,
        )  # fmt: skip

    def _series(self, level: str, code: str, people: int, treated: bool) -> list[Employment]:
        draw = Draw(f"employment/{level}/{code}")
        south = code[:2] in ("07", "26")
        total = people * draw.between(0.18, 0.34 if level == "qpv" else 0.62)
        ess = total * draw.between(0.075, 0.125) * (1.28 if south else 1.0)
        rows = []
        for year in EMPLOYMENT_YEARS:
            establishments = max(1, round(ess / draw.between(10, 16)))
            largest = max(ess / establishments, ess * draw.between(0.12, 0.4))
            rows.append(
                Employment(
                    year, level, code, round(ess), round(total), establishments, round(min(ess, largest))
                )
            )
            total *= 1 + draw.between(-0.008, 0.012)
            ess *= 1 + draw.between(-0.014, 0.026) + (0.006 if treated else 0.0)
        return rows


def departement_of(commune: str) -> str:
    """Return the code of the département of a commune of the region."""
    return commune[:2]


def _together(year: int, level: str, code: str, rows: list[Employment]) -> Employment:
    """Return the employment of communes together."""
    return Employment(
        year, level, code, sum(row.ess for row in rows), sum(row.total for row in rows),
        sum(row.establishments for row in rows), max(row.largest for row in rows),
    )  # fmt: skip


_SECTORS = ("FILIERE-REEMPLOI", "FILIERE-ALIMENTATION", "SEC-CULTURE", "SEC-VERTS", "SEC-BLANCS", None)

_WORLDS: tuple[tuple[str, str | None], ...] = (
    ("ess", "associations"), ("ess", "associations"), ("ess", "coopératives"), ("ess", "coopératives"),
    ("ess_company", "sociétés commerciales de l'ESS"), ("classic", None),
)  # fmt: skip


def siren_of(number: int) -> str:
    """Return a fictional SIREN: four zeros, which nobody was given to our knowledge, a number, Luhn's digit.

    >>> siren_of(1)
    '000000018'
    """
    head = f"0000{number:04d}"
    total = 0
    for position, digit in enumerate(reversed(head)):
        doubled = int(digit) * (2 - position % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{head}{-total % 10}"


def _name(number: int) -> str:
    """Return a name that no other number has, as long as there are fewer than 280."""
    trade = _TRADES[number % len(_TRADES)]
    return f"Ficti-{trade} {_SIGNS[(number // len(_TRADES)) % len(_SIGNS)]}"
