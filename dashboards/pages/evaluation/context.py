"""What « Évaluation » shows, made without a browser: questions, sections, values, answer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboards import view_data, words
from dashboards.pages.evaluation.figures import (
    DEGREES,
    SECRET,
    Figure,
    degree_of,
    headline_figure,
    plain_figure,
)
from dashboards.pages.evaluation.index import CONTROL, Index, index_of
from dashboards.pages.page import Settings
from dashboards.value_words import Circumstances
from graphmodel import ContractGraph
from graphmodel.answers import PART_TITLES, effects_of
from graphmodel.answers.headlines import headlines
from graphmodel.evaluation import QUESTIONS, Evaluation
from graphmodel.frames import records_of
from graphmodel.indicators import indicators

PATH = "/evaluation"
VALUES, ANSWER = "valeurs", "reponse"
VIEWS = {VALUES: "Valeurs", ANSWER: "Réponse"}
PERIMETERS = {"fige": ("frozen", "figé 2014"), "courant": ("current", "courant")}
"""Perimeters of territories: name in the address, in the values, word."""
_DEFAULTS = {"question": "1", "vue": VALUES, "perimetre": "fige"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the convention.

    Attributes
    ----------
    number, wording, other
        Its number, its wording, and the other one where the convention writes it in two ways.
    tally
        Number of headline figures by degree of conclusion; empty until the values are there.
    unknown
        Headline figures that could not be computed, or that secrecy covers.
    """

    number: int
    wording: str
    other: str | None
    tally: dict[str, int]
    unknown: int


@dataclass(frozen=True, slots=True)
class Section:
    """An expected effect: its code and name, the figures seen first, the others."""

    code: str
    name: str
    first: tuple[Figure, ...]
    more: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the answer, with the codes and keys of the values it cites."""

    text: str
    cited: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the page shows.

    Attributes
    ----------
    questions, question
        The four questions, and the one that is open.
    years, year
        Waves of the contract and the one shown; None where it has none.
    perimeter, perimeters
        Perimeter of the address (`fige`, `courant`), and whether a value depends on it.
    view
        `valeurs` or `reponse`.
    sections, answer
        Values under their effect; parts of the answer with their sentences.
    sentence
        How many values are shown, and how many are left to the files.
    proof
        Key of the value whose proof is open; empty for none.
    ready
        False while the values are being computed.
    sources, notices, fictional
        As in `View`.
    """

    questions: tuple[Question, ...]
    question: Question
    years: tuple[int, ...]
    year: int | None
    perimeter: str
    perimeters: bool
    view: str
    sections: tuple[Section, ...]
    answer: tuple[tuple[str, tuple[Said, ...]], ...]
    sentence: str
    proof: str
    ready: bool
    sources: tuple[str, ...]
    notices: tuple[str, ...]
    fictional: bool

    def address(self, path: str = PATH, **changed: str) -> str:
        """Return the address of the page, or of a file of it, with some settings changed."""
        said = {
            "question": str(self.question.number), "an": str(self.year or ""),
            "perimetre": self.perimeter, "vue": self.view, **changed,
        }  # fmt: skip
        kept = {name: value for name, value in said.items() if value and value != _DEFAULTS.get(name)}
        return f"{path}?{urlencode(kept)}" if kept else path


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, once what it asks wrongly is set aside."""

    question: int
    year: int | None
    perimeter: str
    view: str
    notices: tuple[str, ...]

    @property
    def frozen(self) -> str:
        """Name of the perimeter in the values."""
        return PERIMETERS[self.perimeter][0]


def choice_of(years: Sequence[int], settings: Settings) -> Choice:
    """Return what an address asks for; the last year of the contract by default."""
    notices: list[str] = []

    def asked(name: str, known: Sequence[str], default: str) -> str:
        said = settings.get(name, default)
        if said in known or not said:
            return said or default
        notices.append(words.unknown_setting(said))
        return default

    question = asked("question", [str(number) for number in QUESTIONS], _DEFAULTS["question"])
    year = asked("an", [str(year) for year in years], str(years[-1]) if years else "")
    perimeter = asked("perimetre", list(PERIMETERS), _DEFAULTS["perimetre"])
    view = asked("vue", list(VIEWS), _DEFAULTS["vue"])
    return Choice(int(question), int(year) if year else None, perimeter, view, tuple(notices))


def context_of(graph: ContractGraph, settings: Settings, evaluation: Evaluation | None) -> PageContext:
    """Return what the page shows.

    Parameters
    ----------
    graph
        Snapshot of the contract.
    settings
        Settings of the address: `question`, `an`, `perimetre`, `vue`, `preuve`.
    evaluation
        Its indicators; None while they are being computed.
    """
    years = evaluation.context.years if evaluation is not None else view_data.years_of(graph)
    chosen = choice_of(years, settings)
    index = index_of(evaluation) if evaluation is not None else None
    questions = tuple(_question(graph, number, index, chosen) for number in QUESTIONS)
    question = questions[chosen.question - 1]
    sections: tuple[Section, ...] = ()
    answer: tuple[tuple[str, tuple[Said, ...]], ...] = ()
    if index is not None and chosen.year is not None:
        sections = tuple(_sections(index, chosen))
        answer = _answer(index, question.number)
    return PageContext(
        questions=questions,
        question=question,
        years=tuple(years),
        year=chosen.year,
        perimeter=chosen.perimeter,
        perimeters=index is not None and index.perimeters(question.number),
        view=chosen.view,
        sections=sections,
        answer=answer,
        sentence=_sentence(index, question, sections),
        proof=settings.get("preuve", ""),
        ready=index is not None,
        sources=tuple(view_data.source_parts(graph, chosen.year)),
        notices=chosen.notices,
        fictional=graph.fictional,
    )


def _question(graph: ContractGraph, number: int, index: Index | None, chosen: Choice) -> Question:
    wording, other = f"Question {number}", None
    for row in records_of(graph.nodes("Question")):
        if str(row["id"]) == f"Q{number}":
            texts = [_clean(str(row[name])) for name in ("table_wording", "list_wording") if row.get(name)]
            wording = texts[0] if texts else wording
            other = texts[1] if len(texts) > 1 and texts[1] != texts[0] else None
    degrees: Counter[str] = Counter()
    if index is not None and chosen.year is not None:
        cards = indicators()
        for headline in headlines():
            if cards[headline.indicator].question == number:
                value = index.headline(headline, chosen.year, chosen.frozen)
                if value is not None:
                    degrees[degree_of(value)] += 1
    tally = {degree: degrees[degree] for degree in DEGREES} if index is not None else {}
    return Question(number, wording, other, tally, degrees[words.NOT_COMPUTABLE] + degrees[SECRET])


def _clean(text: str) -> str:
    """Return a wording without the spaces that a cell of the convention broke it with."""
    return words.typeset(re.sub(r"(\d{4}) ?- (\d{4})", r"\1-\2", " ".join(text.split())))


def _sections(index: Index, chosen: Choice) -> list[Section]:
    year, perimeter = chosen.year or 0, chosen.frozen
    told = Circumstances(index.evaluation.context.graph).told
    found = []
    for effect, name in (*effects_of(chosen.question, index.evaluation.context), (CONTROL, "")):
        own = index.headlines(effect, year, perimeter) if effect != CONTROL else []
        figures = [headline_figure(one.value, one.headline, index.start(one.value)) for one in own]
        first = sum(effect in one.headline.first for one in own)
        others = index.others(effect, year, perimeter, [one.value for one in own])
        if effect == CONTROL:
            others = [value for value in others if value.question == chosen.question]
        plain = [plain_figure(value, told, index.start(value)) for value in others]
        if effect != CONTROL or plain:
            shown = name or "Comment lire les autres"
            found.append(Section(effect, shown, tuple(figures[:first]), (*figures[first:], *plain)))
    return found


def _answer(index: Index, question: int) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    found: dict[str, list[Said]] = {}
    for answer in index.evaluation.answers:
        if answer.question == question:
            for statement in answer.sentences:
                if statement.part == "question":
                    continue
                cited = {value.indicator: value.name for value in statement.values if value.measure}
                said = Said(words.typeset(statement.text), tuple(cited.items()))
                found.setdefault(PART_TITLES[statement.part], []).append(said)
    return tuple((title, tuple(sentences)) for title, sentences in found.items())


def _sentence(index: Index | None, question: Question, sections: Sequence[Section]) -> str:
    if index is None:
        return ""
    first = sum(len(section.first) for section in sections)
    more = sum(len(section.more) for section in sections)
    parts = [words.counted(first, "valeur choisie", "valeurs choisies")]
    parts.append(f"{words.number(more)} à déplier")
    beside = index.beside(question.number)
    if beside > 0:
        parts.append(f"{words.number(beside)} par action, acteur ou territoire dans les fichiers")
    said = ", ".join(parts)
    if question.unknown:
        said += f" ; {words.counted(question.unknown, 'chiffre choisi manque', 'chiffres choisis manquent')}"
    return words.typeset(said)
