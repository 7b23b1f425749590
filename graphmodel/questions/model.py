"""What a named question is: a French sentence, its parameters, its columns, its Cypher, its Python answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from graphmodel.questions.view import View

Given = Mapping[str, object]
"""Values of the parameters by name; None where nothing is asked."""
Row = tuple[object, ...]
"""Cells in the order of the columns."""
Sorted = tuple[Row, Row]
"""A row behind the values it is sorted by, unknown ones last; the last of them is a key."""
Answer = Callable[[View, Given], Iterable[Sorted]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes
    ----------
    name
        As it is written in `--param` and, behind a dollar, in the Cypher.
    kind
        `year`, `integer` or `text`; a label (`Organisation`), the id or key of such a node; `enum:<name>`,
        a value of an enumeration; `label`, a label of the schema.
    sentence
        What it is, in French.
    required
        True when the question makes no sense without it.
    default
        Value when it is not given.
    """

    name: str
    kind: str
    sentence: str
    required: bool = False
    default: object = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer.

    Attributes
    ----------
    name
        English name, in the Cypher and in JSON.
    french
        What people read.
    kind
        `text`, `integer`, `year`, `money` (cents), `number`, `date`, `boolean`, `list` or `enum:<name>`.
    """

    name: str
    french: str
    kind: str = "text"


@dataclass(frozen=True)
class Question:
    """A named question, answered alike by a Neo4j server and from a snapshot.

    Attributes
    ----------
    name
        French words without accents, joined by hyphens.
    sentence
        The question, in French.
    parameters, columns
        What is given and what is answered.
    answer
        The Python function: rows of a snapshot of one contract, each behind its sort values.
    note
        How a word of the sentence is to be understood, in French; empty when it speaks for itself.
    """

    name: str
    sentence: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    answer: Answer
    note: str = ""

    @cached_property
    def cypher(self) -> str:
        """The Cypher: community features, every value a parameter (`$contract` besides those declared)."""
        return files(__package__).joinpath("cypher", f"{self.name}.cypher").read_text(encoding="utf-8")

    def rows(self, view: View, given: Given) -> list[Row]:
        """Return the rows of a snapshot, in order."""
        return [row for _, row in sorted(self.answer(view, given), key=lambda pair: _last_unknown(pair[0]))]


QUESTIONS: dict[str, Question] = {}
"""Every question by name, in the order in which the modules declare them."""


def question(
    name: str, sentence: str, parameters: Sequence[Parameter], columns: Sequence[Column], note: str = ""
) -> Callable[[Answer], Answer]:
    """Return a decorator that registers a function as the Python answer of a question."""

    def register(answer: Answer) -> Answer:
        QUESTIONS[name] = Question(name, sentence, tuple(parameters), tuple(columns), answer, note)
        return answer

    return register


def _last_unknown(values: Row) -> tuple[tuple[bool, object], ...]:
    """Return a sort key that puts unknown values last, as Cypher does."""
    return tuple((value is None, 0 if value is None else value) for value in values)
