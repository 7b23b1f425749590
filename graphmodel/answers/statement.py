"""A sentence of an answer, and the values it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graphmodel.indicators.value import IndicatorValue

Part = Literal["question", "contradiction", "conclusion", "constat", "solidité", "pièce", "limite"]

PARTS: tuple[Part, ...] = (
    "question", "contradiction", "conclusion", "constat", "solidité", "pièce", "limite",
)  # fmt: skip
"""Parts of an answer, in the order they are read: what contradicts comes before what supports."""

PART_TITLES: dict[Part, str] = {
    "question": "La question",
    "contradiction": "Ce qui contredit",
    "conclusion": "Conclusion",
    "constat": "Ce que disent les chiffres",
    "solidité": "Solidité du récit",
    "pièce": "Paroles et pièces",
    "limite": "Ce qu’on ne peut pas dire",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A French sentence with the values it cites.

    Attributes
    ----------
    text
        The sentence, with its full stop.
    part
        What it is for.
    effect
        Expected effect it speaks of; None for the whole question.
    values
        The values it was written from; empty where it says what is missing, or cites a piece.
    pieces
        Identifiers of the findings it cites.
    """

    text: str
    part: Part
    effect: str | None = None
    values: tuple[IndicatorValue, ...] = ()
    pieces: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the entry of `sentences` in the JSON of `maillage evaluate`."""
        cited = [
            {"indicator": value.indicator, "measure": value.measure, "params": dict(value.params)}
            for value in self.values
        ]
        return {
            "text": self.text,
            "part": self.part,
            "effect": self.effect,
            "values": cited,
            "pieces": list(self.pieces),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an evaluation question: its sentences, what contradicts first."""

    question: int
    sentences: tuple[Statement, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the entry of `answers` in the JSON of `maillage evaluate`."""
        return {"question": self.question, "sentences": [told.to_json() for told in self.sentences]}


class Values:
    """The values of an evaluation, found by indicator, measure and parameters.

    Parameters
    ----------
    values
        Values as they may be shown: concluded, examined, and withheld where they are secret.
    """

    def __init__(self, values: Iterable[IndicatorValue]) -> None:
        self.every = tuple(values)
        self._by_identity = {value.identity: value for value in self.every}

    def get(self, indicator: str, measure: str, params: Mapping[str, str]) -> IndicatorValue | None:
        """Return the value of that name, None when the evaluation has none."""
        return self._by_identity.get((indicator, measure, frozenset(params.items())))

    def of(self, indicator: str) -> list[IndicatorValue]:
        """Return the values of an indicator."""
        return [value for value in self.every if value.indicator == indicator]
