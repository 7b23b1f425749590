"""One territory as a value: what it is called, how many people, at which vintage."""

import unicodedata
from dataclasses import dataclass
from typing import Literal, cast

Level = Literal[
    "region", "departement", "epci", "commune", "arrondissement", "delegated_commune",
    "syndicat_mixte", "pnr", "qpv", "zrr", "authority", "custom",
]  # fmt: skip

OFFICIAL_LEVELS: tuple[Level, ...] = ("region", "departement", "epci", "commune")
"""Levels the reference draws whole, from the largest."""

PART_LEVELS: tuple[Level, ...] = ("arrondissement", "delegated_commune")
"""Levels inside a commune."""

LEVEL_FRENCH: dict[str, str] = {
    "region": "région",
    "departement": "département",
    "epci": "EPCI",
    "commune": "commune",
    "arrondissement": "arrondissement municipal",
    "delegated_commune": "commune déléguée ou associée",
    "syndicat_mixte": "syndicat mixte",
    "pnr": "parc naturel régional",
    "qpv": "quartier prioritaire",
    "zrr": "zone de revitalisation rurale",
    "authority": "collectivité",
    "custom": "périmètre",
}
"""Level as a French reader names it."""


def level_of(word: str) -> Level | None:
    """Return the level a word names, whatever its case and accents: ours, or the French one; None for none.

    >>> level_of("Syndicat mixte"), level_of("pnr"), level_of("Parc naturel regional")
    ('syndicat_mixte', 'pnr', 'pnr')
    """
    asked = _folded(word)
    for level, french in LEVEL_FRENCH.items():
        if asked in (_folded(level), _folded(french)):
            return cast(Level, level)
    return None


def _folded(word: str) -> str:
    """Return a word without case, accents, hyphens or underscores."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("_", " ").replace("-", " "))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory of the reference, or a perimeter added to it.

    Attributes
    ----------
    level, code, name
        What it is; the name carries its article.
    vintage
        Year of the codes and composition, or « non déclaré ».
    population
        Inhabitants in the eight départements; None when unknown.
    area_km2
        Measured in EPSG:2154; None when the perimeter is unknown.
    departement
        Code of its département; of the one with most of its inhabitants for an EPCI; None above or unknown.
    epci
        SIREN of the EPCI of a commune; None for other levels.
    kind
        Legal kind of an EPCI (`CC`, `CA`, `METRO`, `MET69`); None otherwise.
    members_outside
        Communes of an EPCI outside the eight départements: neither drawn nor counted.
    perimeter_known
        False when nobody has given the perimeter yet.
    """

    level: Level
    code: str
    name: str
    vintage: str
    population: int | None = None
    area_km2: float | None = None
    departement: str | None = None
    epci: str | None = None
    kind: str | None = None
    members_outside: int = 0
    perimeter_known: bool = True

    @property
    def key(self) -> str:
        """Key of the territory in the graph: `commune/69123@2025`."""
        return f"{self.level}/{self.code}@{self.vintage}"

    @property
    def label(self) -> str:
        """Name with the département in brackets where that tells it from its namesakes."""
        return (
            f"{self.name} ({self.departement})" if self.level == "commune" and self.departement else self.name
        )
