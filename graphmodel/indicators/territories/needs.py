"""Question 3, whether the needs expressed were answered (T12)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from graphmodel.frames import records_of
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import policy_cards as cards
from graphmodel.indicators.territories.authorities import authorities, code_of
from graphmodel.indicators.territories.ground import WHOLE
from graphmodel.indicators.value import IndicatorValue

OPERATIONAL, NO_ANSWER = "operational", "none"

NO_NEED = "aucun besoin exprimé à cette date"
NO_PRIORITY = "aucun besoin de priorité connue"


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of the answer of an action to a need, from a date on (None: from the start)."""

    action: str
    status: str
    on: date | None
    position: int


@dataclass(frozen=True, slots=True)
class Need:
    """A need: its key, code of the authority that expresses it, priority, date, history of its answers."""

    key: str
    authority: str | None
    priority: int | None
    on: date | None
    answers: tuple[Answer, ...]

    def expressed(self, day: date) -> bool:
        """Tell whether the need stands on a day; one of unknown date always does."""
        return self.on is None or self.on <= day

    def answered(self, day: date) -> bool:
        """Tell whether the last status of any action on a day is operational."""
        last: dict[str, Answer] = {}
        told = [answer for answer in self.answers if answer.on is None or answer.on <= day]
        for answer in sorted(told, key=lambda answer: (answer.on or date.min, answer.position)):
            last[answer.action] = answer
        return any(answer.status == OPERATIONAL for answer in last.values())

    @property
    def circular(self) -> bool:
        """True when the need was expressed after an answer to it began."""
        begun = [a.on for a in self.answers if a.on is not None and a.status != NO_ANSWER]
        return self.on is not None and bool(begun) and min(begun) < self.on


def needs_of(context: EvaluationContext) -> tuple[Need, ...]:
    """Return the needs that somebody expresses."""
    return context.kept("needs", lambda: tuple(_needs(context)))


def _needs(context: EvaluationContext) -> Iterable[Need]:
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    for row in records_of(context.graph.relationships("ANSWERS")):
        answer = Answer(
            str(row["source"]),
            str(row.get("status")),
            cast("date | None", row.get("date")),
            cast("int | None", row.get("position")) or 0,
        )
        answers[str(row["target"])].append(answer)
    rows = context.graph.relationships("EXPRESSES")
    codes = code_of(context)
    by_need = {str(t): codes.get(str(s)) for s, t in zip(rows["source"], rows["target"], strict=True)}
    for row in records_of(context.graph.nodes("Need")):
        key = str(row["key"])
        if key in by_need:
            year = cast("int | None", row.get("year"))
            day = cast("date | None", row.get("date")) or (date(year, 1, 1) if year else None)
            priority = cast("int | None", row.get("priority"))
            yield Need(key, by_need[key], priority, day, tuple(answers[key]))


@register(cards.T12)
def t12(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of needs answered at the end of each wave, plain and by priority.

    Worked example: 5 needs of priorities 3, 2, 1, 2, 1, answered b1, b2, b5: 3/5 = 0.6 [0.2307; 0.8824];
    weighted 6/9 = 0.6667; « prévue » does not count.
    """
    found = Collector(cards.T12, context, ("Need", "EXPRESSES", "ANSWERS"))
    needs = needs_of(context)
    if not needs:
        return found.missing("Aucun besoin n’est connu : remplir les feuilles « Besoins » et « Réponses ».")
    for year in context.years:
        day = date(year, 12, 31)
        standing = [need for need in needs if need.expressed(day)]
        for place in (WHOLE, *authorities(context)):
            here = [need for need in standing if place.key is None or need.authority == place.code]
            params = {"year": str(year), **place.params}
            _add_rates(found, here, day, params | {"needs": "all"})
            straight = [need for need in here if not need.circular]
            _add_rates(found, straight, day, params | {"needs": "without_circular"})
    return found.values


def _add_rates(found: Collector, needs: Sequence[Need], day: date, params: dict[str, str]) -> None:
    n = len(needs)
    answered = [need for need in needs if need.answered(day)]
    rate = len(answered) / n if n else None
    found.add("answer_rate", rate, years=[day.year], n=n, interval=wilson(len(answered), n),
              reason=NO_NEED, params=params)  # fmt: skip
    graded = [need.priority for need in needs if need.priority is not None]
    met = sum(need.priority for need in answered if need.priority is not None)
    found.add("answer_rate_weighted", met / sum(graded) if graded else None, years=[day.year], n=len(graded),
              reason=NO_PRIORITY if n else NO_NEED, params=params)  # fmt: skip
