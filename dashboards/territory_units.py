"""The units of a map of territories: communes, EPCI and départements of the reference, and their names."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from dashboards import words
from dashboards.maps.elements import Point
from dashboards.maps.ground import ground_data
from dashboards.measures import LEVELS, Level
from geodata.territories import load_reference

KINDS: Final = {
    "CC": "Communauté de communes", "CA": "Communauté d’agglomération", "CU": "Communauté urbaine",
    "METRO": "Métropole", "METLYON": "Métropole", "MET69": "Métropole", "SAN": "Syndicat d’agglomération",
}  # fmt: skip
"""Legal kinds of EPCI."""
_PREFIX: Final = re.compile(
    r"^(?:Communauté de [Cc]ommunes|Communauté d['’][Aa]gglomération|Communauté [Uu]rbaine|CC|CA)\s+"
    r"(?:d[eu]s? |de la |de l['’]|d['’])?"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a map.

    Attributes
    ----------
    code, name, kind
        Official code, name, and what it is in French.
    departements
        Codes of the départements it lies in, the one with most of its communes first.
    population
        Inhabitants; None when not known.
    at
        A point inside.
    communes
        Codes of its communes in the composition drawn.
    """

    code: str
    name: str
    kind: str
    departements: tuple[str, ...]
    population: int | None
    at: Point
    communes: tuple[str, ...]

    @property
    def short(self) -> str:
        """Its name without its legal kind: « Val de Drôme »."""
        bare = _PREFIX.sub("", self.name)
        return bare[:1].upper() + bare[1:]

    @property
    def where(self) -> str:
        """Its départements: « 07 · 26 »."""
        return " · ".join(self.departements)

    @property
    def about(self) -> str:
        """Population and départements: « 10 060 hab. · dép. 38 »."""
        people = "population inconnue" if self.population is None else f"{words.number(self.population)} hab."
        return f"{people} · dép. {self.where}"


@lru_cache(maxsize=len(LEVELS))
def units_of(level: Level) -> Mapping[str, Unit]:
    """Return the units of a level by code, in the composition of the EPCI that the maps draw."""
    ground, reference = ground_data(), load_reference()
    frame = reference.frame(level, ground.epci_vintage if level == "epci" else None)
    departement_of = ground.departement_of
    members: defaultdict[str, list[str]] = defaultdict(list)
    for commune in ground.commune_names:
        members[_unit_of(level, commune)].append(commune)
    points = frame.geometry.representative_point()
    found = {}
    rows = zip(map(str, frame.index), frame.to_dict("records"), points.x, points.y, strict=True)
    for code, row, x, y in rows:
        inside = tuple(members.get(code, ()))
        counts = Counter(departement_of[commune] for commune in inside)
        where = tuple(sorted(counts, key=lambda one: (-counts[one], one))) or (str(row["departement"]),)
        kind = KINDS.get(str(row["kind"]), "") if level == "epci" else ""
        people = ground.populations.get(code) if level != "departement" else _people(row["population"])
        said = kind or words.LEVELS[level][0].capitalize()
        at = (round(y, 4), round(x, 4))
        found[code] = Unit(code, str(row["name"]), said, where, people, at, inside)
    return found


def _people(value: int | None) -> int | None:
    return None if pd.isna(value) else int(value)


def unit_of_communes(level: Level) -> dict[str, str]:
    """Return the unit of a level that each commune lies in; communes of none are absent."""
    return {commune: unit for commune in ground_data().commune_names if (unit := _unit_of(level, commune))}


def _unit_of(level: Level, commune: str) -> str:
    ground = ground_data()
    if level == "commune":
        return commune
    return ground.epci_of.get(commune, "") if level == "epci" else ground.departement_of.get(commune, "")
