"""« Ce qu’on peut dire »: one line for each effect expected on the territories, its degree as a shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dashboards.meeting.figures import Figures
from dashboards.meeting.plain import shortened_text
from graphmodel import ContractGraph
from graphmodel.frames import records_of

Degree = Literal["established", "oriented", "open"]
SIGNS: Final[Mapping[Degree, str]] = {"established": "●", "oriented": "◐", "open": "◌"}
VERDICTS: Final[Mapping[Degree, str]] = {
    "established": "oui, c’est établi",
    "oriented": "plutôt oui",
    "open": "on ne peut pas conclure",
}
QUESTION: Final = "E3."
"""Effects of question 3: what happened on the territories."""
PLAIN: Final = {
    "E3.1": "L’élan local",
    "E3.2": "Réponses apportées",
    "E3.3": "Vos politiques",
}
"""Effects of the convention in the words of the street; others keep the first words of their name."""
_ESTABLISHED, _ORIENTED = 3, 2


@dataclass(frozen=True, slots=True)
class Effect:
    """An expected effect: identifier, words, degree."""

    id: str
    name: str
    degree: Degree

    @property
    def sign(self) -> str:
        """Shape of its degree."""
        return SIGNS[self.degree]

    @property
    def verdict(self) -> str:
        """Its degree in words."""
        return VERDICTS[self.degree]


def effects_of(graph: ContractGraph, figures: Figures) -> tuple[Effect, ...]:
    """Return the effects of question 3, each at the degree of its weakest link (T19)."""
    found = []
    for row in sorted(records_of(graph.nodes("ExpectedEffect")), key=lambda row: str(row["id"])):
        identifier = str(row["id"])
        if identifier.startswith(QUESTION):
            rated = figures.find("T19", "min", effect=identifier)
            level = None if not rated or rated[-1].value is None else int(rated[-1].value)
            name = PLAIN.get(identifier) or shortened_text(str(row["name"]), 4)
            found.append(Effect(identifier, name, _degree(level)))
    return tuple(found)


def _degree(level: int | None) -> Degree:
    if level is None or level < _ORIENTED:
        return "open"
    return "established" if level >= _ESTABLISHED else "oriented"
