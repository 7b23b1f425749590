"""The evaluation as a French text: values under their indicator, then the answers."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards import words
from dashboards.value_words import Circumstances, Told, head
from graphmodel.answers import PART_TITLES, Answer
from graphmodel.evaluation import DOUBLE_COUNTED, Evaluation
from graphmodel.indicators import IndicatorValue, indicator
from graphmodel.indicators.conclusions import Tally

UNBOUNDED = "∞"
"""A ratio over a count of zero has no upper bound: no number, and nothing a spreadsheet can hold as one."""


@dataclass(frozen=True)
class Shown:
    """What is shown of an evaluation.

    Attributes
    ----------
    evaluation
        What was computed.
    values
        Those of its values to show.
    deviations
        What departs from the protocol registered; None when there is none.
    answers
        True to show the answers beside the values.
    origin
        What the output says of itself (tool, store, mode, command); empty leaves it out.
    """

    evaluation: Evaluation
    values: Sequence[IndicatorValue]
    deviations: list[str] | None
    answers: bool
    origin: str = ""

    @property
    def head(self) -> list[str]:
        """Return the lines at the head of an output: mode, fictional data, protocol."""
        fictional = any(value.fictional for value in self.values)
        said = [*head(self.evaluation.mode, fictional=fictional), *_protocol(self.deviations)]
        return [*said, self.origin] if self.origin else said


def _protocol(deviations: list[str] | None) -> list[str]:
    if deviations is None:
        return []
    if not deviations:
        return ["Les règles sont celles du protocole enregistré avant les résultats."]
    return ["Écarts au protocole enregistré avant les résultats :", *(f"- {told}" for told in deviations)]


def evaluation_table(shown: Shown) -> str:
    """Return the text of an evaluation: its head, the values under their indicator, the answers."""
    evaluation, values = shown.evaluation, shown.values
    told = Circumstances(evaluation.context.graph).told
    lines = shown.head
    by_indicator: dict[str, list[IndicatorValue]] = {}
    for value in values:
        by_indicator.setdefault(value.indicator, []).append(value)
    for name, rows in by_indicator.items():
        lines.append(f"\n{name} {indicator(name).label}")
        lines += [f"  {_line(value, told, evaluation)}" for value in rows]
        lines += [f"  {line}" for line in double_count(name, rows, evaluation.double_count)]
        tally = evaluation.tallies.get(name)
        lines += [f"  {tallied(tally)}"] if tally is not None and tally.drawn else []
    if shown.answers:
        for answer in evaluation.answers:
            lines += _answer(answer)
    return words.typeset("\n".join(lines)) + "\n"


def _line(value: IndicatorValue, told: Told, evaluation: Evaluation) -> str:
    params = told(value.params)
    label = indicator(value.indicator).measures[value.measure].label if value.measure else "—"
    start = f"{label} ({params})" if params else label
    if value.value is None and value.word is None:
        secret = value.secrecy not in (None, "V") and evaluation.mode == "publication"
        return f"{start} : {value.reason if secret else f'{words.NOT_COMPUTABLE}, {value.reason}'}"
    if value.value is None:
        return f"{start} : {value.word}"
    shown = words.number(value.value, 0 if isinstance(value.value, int) else 4)
    bounds = value.interval
    between = f" [{_bound(bounds.low)} ; {_bound(bounds.high)}]" if bounds else ""
    n = f", n = {words.number(value.n)}" if value.n is not None else ""
    unit = f" {value.unit}" if value.unit else ""
    return f"{start} : {shown}{unit}{between}{n}{_status(value)}{_degree(value, evaluation)}"


def _status(value: IndicatorValue) -> str:
    return f" ; statut {value.secrecy}" if value.secrecy not in (None, "V") else ""


def _degree(value: IndicatorValue, evaluation: Evaluation) -> str:
    if value.conclusion is None:
        return ""
    adjusted = evaluation.adjusted.get(value.identity)
    more = f", {adjusted} une fois ajusté" if adjusted is not None and adjusted != value.conclusion else ""
    return f" ; {value.conclusion}{more}"


def _bound(bound: float) -> str:
    return words.number(bound, 4) if math.isfinite(bound) else UNBOUNDED


def tallied(tally: Tally) -> str:
    """Return how many conclusions were drawn, and how many chance alone would establish."""
    drawn = words.counted(tally.drawn, "conclusion tirée", "conclusions tirées")
    held = words.counted(tally.established, "établie")
    return f"→ {drawn}, {held} ; le hasard seul en établirait {words.number(tally.by_chance, 1)}."


def double_count(name: str, rows: Iterable[IndicatorValue], factors: Iterable[IndicatorValue]) -> list[str]:
    """Return the lines of T10 that stand under a table by authority; none under another table."""
    years = {row.params.get("year") for row in rows if row.params.get("level") == "E"}
    if name not in DOUBLE_COUNTED or not years:
        return []
    found = []
    for value in factors:
        by_authority = value.params.get("unit") in (None, "collectivite")
        if value.params.get("year") in years and by_authority:
            what = indicator("T10").measures[str(value.measure)].label.lower()
            shown = words.number(value.value, 2) if value.value is not None else value.reason
            found.append(f"→ Double compte (T10), {value.params['year']}, {what} : {shown}.")
    if found:
        found.append("→ Les collectivités se recouvrent : ces lignes ne s’additionnent pas.")
    return found


def _answer(answer: Answer) -> list[str]:
    lines, part = [f"\nRéponse à la question {answer.question}"], None
    for statement in answer.sentences:
        if statement.part != part:
            part = statement.part
            lines.append(f"\n  {PART_TITLES[part]}")
        cited = words.listed(dict.fromkeys(value.indicator for value in statement.values))
        lines.append(f"  - {statement.text}{f' [{cited}]' if cited else ''}")
    return lines
