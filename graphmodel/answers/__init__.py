"""The answers to the evaluation questions, written from the values and from nothing else."""

from collections.abc import Iterable, Mapping, Sequence

from graphmodel.answers.chain import conclusion, contradictions, overall, solidity
from graphmodel.answers.headlines import headlines, told
from graphmodel.answers.limits import limits
from graphmodel.answers.pieces import about_effect, pieces
from graphmodel.answers.statement import PART_TITLES, PARTS, Answer, Statement, Values
from graphmodel.frames import records_of
from graphmodel.french import NBSP, quoted
from graphmodel.indicators.conclusions import Tally
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import indicators
from graphmodel.indicators.territories.contribution import chains
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy import Mode

__all__ = ["PARTS", "PART_TITLES", "Answer", "Statement", "answer", "effects_of"]


def answer(
    question: int,
    values: Sequence[IndicatorValue],
    context: EvaluationContext,
    tallies: Mapping[str, Tally],
    mode: Mode = "working",
) -> Answer:
    """Return the answer to a question, what contradicts first, what cannot be said last.

    Parameters
    ----------
    question
        1 to 4.
    values
        Values of the whole catalogue, concluded, examined and withheld where they are secret.
    context
        What they were computed from.
    tallies
        Number of conclusions drawn, by indicator.
    mode
        A publication keeps the words of the people heard.
    """
    known = Values(values)
    asked = [name for name, card in indicators().items() if card.question == question]
    own = [value for value in values if value.indicator in asked]
    found = _wording(question, context)
    effects = list(effects_of(question, context))
    found += overall(question, [effect for effect, _ in effects], known)
    for effect, name in effects:
        found += _on_effect(effect, name, known, context, mode)
    found += limits(question, context, own, {name: tallies[name] for name in asked if name in tallies})
    order = {part: rank for rank, part in enumerate(PARTS)}
    return Answer(question, tuple(sorted(found, key=lambda statement: order[statement.part])))


def _wording(question: int, context: EvaluationContext) -> list[Statement]:
    """Return the question as it is asked; both wordings where the convention has two."""
    for row in records_of(context.graph.nodes("Question")):
        if str(row["id"]) == f"Q{question}":
            wordings = [row.get("table_wording"), row.get("list_wording")]
            texts = list(dict.fromkeys(" ".join(str(text).split()) for text in wordings if text))
            plain = {text.replace(" ", "") for text in texts}
            if len(plain) == 1:
                texts = texts[:1]
            asked = f", et aussi{NBSP}: ".join(quoted(text) for text in texts)
            more = (
                ". La convention l’écrit de deux façons, et l’impact des actions n’est pas celui du contrat"
                if len(texts) > 1
                else ""
            )
            return [Statement(f"Question {question}{NBSP}: {asked}{more}.", "question")]
    return []


def effects_of(question: int, context: EvaluationContext) -> Iterable[tuple[str, str]]:
    """Return the expected effects of a question: `E3.1` belongs to question 3."""
    rows = context.graph.nodes("ExpectedEffect")
    named = {str(row["id"]): str(row["name"]) for row in records_of(rows)}
    cards = {effect for card in indicators().values() for effect in card.effects if effect.startswith("E")}
    for effect in sorted(named.keys() | cards):
        if effect.startswith(f"E{question}."):
            yield effect, named.get(effect, effect)


def _on_effect(
    effect: str, name: str, values: Values, context: EvaluationContext, mode: Mode
) -> list[Statement]:
    links = chains(context).get(effect, ())
    cards = indicators()
    figures = [
        statement
        for headline in headlines()
        if headline.indicator in cards and effect in cards[headline.indicator].effects
        if (statement := told(headline, values, context.years, effect)) is not None
    ]
    latest = (figure.values[-1] for figure in figures)
    judged = tuple(value for value in latest if value.conclusion is not None)
    return [
        conclusion(effect, name, links, values),
        *contradictions(effect, links, judged, values),
        *figures,
        *solidity(effect, links, values),
        *about_effect(context.kept("pieces", lambda: pieces(context.graph)), effect, mode),
    ]
