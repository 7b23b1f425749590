"""What may be concluded of the values: sensitivity runs laid side by side, and three degrees only.

The rules are those of the method (C6). *Établi*: the interval excludes the neutral value of the card (a
number, or the value of the reference year), every row is attested by two sources, 80 % of the reports are in.
*Orienté*: the same sense in every sensitivity run. *Non établi*: the rest, and whatever changes sense under a
run. The reference year is taken as it is: its own uncertainty does not widen the comparison.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scipy import stats

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import LEVEL, Z
from graphmodel.indicators.registry import Indicator, indicators
from graphmodel.indicators.value import Conclusion, IndicatorValue, Run
from graphmodel.schema import SCHEMA

Identity = tuple[str, str | None, frozenset[tuple[str, str]]]

RUNS: dict[str, dict[str, str]] = {
    "pivot": {"with": "avec le pivot", "without": "sans le pivot"},
    "coding": {
        "classique": "sociétés commerciales de l’ESS comptées dans l’économie classique",
        "ess": "sociétés commerciales de l’ESS comptées dans l’ESS",
    },
    "ubiquitous": {"with": "avec les actions régionales", "without": "sans les actions régionales"},
    "perimeter": {"frozen": "périmètre du 1er janvier 2014", "current": "périmètre courant"},
}
"""Parameters that are choices of method, and the French name of each choice (C6, rule 4)."""

ENOUGH_COVERAGE = 0.80
ENOUGH_SOURCES = 2
FALSE_DISCOVERY = 1 - LEVEL

_TERRITORY = ("territory", "commune")


@dataclass(frozen=True, slots=True)
class Tally:
    """Conclusions of an indicator: how many were drawn, how many are established, how many chance would give.

    `by_chance` is 5 % of the conclusions that rest on an interval.
    """

    drawn: int
    established: int
    by_chance: float


@dataclass(frozen=True)
class Conclusions:
    """Values with their sensitivity runs and degree of conclusion.

    Attributes
    ----------
    values
        The values, in the order given.
    adjusted
        Degree of conclusion once a family (one measure over all territories) shares its 5 % of false
        discoveries (Benjamini–Hochberg), by identity; only for members of a family.
    """

    values: tuple[IndicatorValue, ...]
    adjusted: dict[Identity, Conclusion]

    def tally(self, indicator: str) -> Tally:
        """Return how many conclusions were drawn on an indicator."""
        drawn = [v for v in self.values if v.indicator == indicator and v.conclusion is not None]
        tested = sum(value.interval is not None for value in drawn)
        established = sum(value.conclusion == "établi" for value in drawn)
        return Tally(len(drawn), established, FALSE_DISCOVERY * tested)


def conclude(values: Sequence[IndicatorValue], context: EvaluationContext) -> Conclusions:
    """Return values with their sensitivity runs and degree of conclusion.

    Parameters
    ----------
    values
        Every value of each indicator, so that runs and reference years are among them.
    context
        What they were computed from.
    """
    judge = _Judge(values, context)
    concluded = tuple(judge.concluded(value) for value in values)
    return Conclusions(concluded, judge.adjusted(concluded))


class _Judge:
    """Reads each value beside its siblings: other runs, and the reference year."""

    def __init__(self, values: Sequence[IndicatorValue], context: EvaluationContext) -> None:
        self.context = context
        self.cards = indicators()
        self.found: dict[Identity, IndicatorValue] = {value.identity: value for value in values}

    def concluded(self, value: IndicatorValue) -> IndicatorValue:
        """Return a value with its runs and its conclusion."""
        siblings = self._siblings(value)
        runs = tuple(Run(name, number(other)) for name, other in siblings)
        conclusion = self._degree(value, [other for _, other in siblings], self._established(value))
        return replace(value, sensitivity=(*value.sensitivity, *runs), conclusion=conclusion)

    def _with(self, value: IndicatorValue, **changed: str) -> IndicatorValue | None:
        params = {**value.params, **changed}
        return self.found.get((value.indicator, value.measure, frozenset(params.items())))

    def _siblings(self, value: IndicatorValue) -> list[tuple[str, IndicatorValue]]:
        """Return the values found when one choice of method is changed, each with its French name."""
        siblings = []
        for name, choices in RUNS.items():
            for choice, label in choices.items():
                if name in value.params and value.params[name] != choice:
                    other = self._with(value, **{name: choice})
                    if other is not None:
                        siblings.append((label, other))
        return siblings

    def neutral(self, value: IndicatorValue) -> float | None:
        """Return the value to compare with, None where there is none: not judged, or the reference itself."""
        card = self.cards.get(value.indicator)
        if card is None or value.measure is None or (card.judged and value.measure not in card.judged):
            return None
        if card.neutral != "t0":
            return card.neutral
        if "year" not in value.params or "year2" in value.params or self._is_reference(value):
            return None
        reference = self._with(value, year=str(self.context.t0))
        return None if reference is None else number(reference)

    def _is_reference(self, value: IndicatorValue) -> bool:
        return value.params.get("year") == str(self.context.t0) and "year2" not in value.params

    def sense(self, value: IndicatorValue) -> int | None:
        """Return 1 above the neutral value, -1 under it, 0 at it; None where either is unknown."""
        found, neutral = number(value), self.neutral(value)
        return None if found is None or neutral is None else (found > neutral) - (found < neutral)

    def _established(self, value: IndicatorValue) -> bool:
        neutral = self.neutral(value)
        if neutral is None or value.interval is None or not value.interval.excludes(neutral):
            return False
        conditioned = self.cards[value.indicator].conditioned
        covered = value.coverage is not None and value.coverage >= ENOUGH_COVERAGE
        return (covered or not conditioned) and self._attested(value)

    def _degree(
        self, value: IndicatorValue, runs: Iterable[IndicatorValue], established: bool
    ) -> Conclusion | None:
        if not self._judged(value) or number(value) is None:
            return None
        sense = self.sense(value)
        senses = {other for run in runs if (other := self.sense(run)) is not None}
        if not sense or senses - {sense}:
            return "non établi"
        if established:
            return "établi"
        return "orienté" if senses else "non établi"

    def _judged(self, value: IndicatorValue) -> bool:
        """Tell whether a conclusion is to be drawn; none is on the reference year itself."""
        card: Indicator | None = self.cards.get(value.indicator)
        if card is None or value.measure is None or (card.judged and value.measure not in card.judged):
            return False
        return card.neutral != "t0" or not self._is_reference(value)

    def _attested(self, value: IndicatorValue) -> bool:
        told = [value.params[name] for name in ("year", "year2", "t0") if name in value.params]
        # `all` is the union of the waves: every year must then be attested.
        years = frozenset[int]() if "all" in told else frozenset(map(int, told))
        return all(
            self.context.kept(("attested", table, years), lambda t=table: self._table_attested(t, years))  # type: ignore[misc]
            for table in value.sources
        )

    def _table_attested(self, table: str, years: frozenset[int]) -> bool:
        """Tell whether every row of a table, in some years, is attested by two sources."""
        graph = self.context.graph
        frame = graph.nodes(table) if SCHEMA.is_node(table) else graph.relationships(table)
        if years and "year" in frame.columns:
            frame = frame[frame["year"].isna() | frame["year"].isin(years)]
        return bool((frame["source_count"] >= ENOUGH_SOURCES).all())

    def adjusted(self, values: Iterable[IndicatorValue]) -> dict[Identity, Conclusion]:
        """Return the adjusted conclusions of the members of each family of territories."""
        families: defaultdict[Identity, list[tuple[float, IndicatorValue]]] = defaultdict(list)
        for value in values:
            p = self._p_value(value)
            if p is not None and value.conclusion is not None:
                kept = {k: v for k, v in value.params.items() if k not in _TERRITORY}
                if len(kept) < len(value.params):
                    families[value.indicator, value.measure, frozenset(kept.items())].append((p, value))
        found: dict[Identity, Conclusion] = {}
        for members in families.values():
            rejected = benjamini_hochberg([p for p, _ in members])
            for (_, value), kept_up in zip(members, rejected, strict=True):
                runs = [other for _, other in self._siblings(value)]
                established = value.conclusion == "établi" and kept_up
                found[value.identity] = self._degree(value, runs, established) or "non établi"
        return found

    def _p_value(self, value: IndicatorValue) -> float | None:
        """Return the two-sided p of a value against its neutral value, read off its interval."""
        found, neutral, bounds = number(value), self.neutral(value), value.interval
        if found is None or neutral is None or bounds is None:
            return None
        if bounds.method == "wilson":
            spread = math.sqrt(neutral * (1 - neutral) / value.n) if value.n and 0 <= neutral <= 1 else 0.0
            return _two_sided(found - neutral, spread)
        if bounds.low <= 0 or neutral <= 0 or not math.isfinite(bounds.high):
            return None
        return _two_sided(math.log(found / neutral), math.log(bounds.high / bounds.low) / (2 * Z))


def _two_sided(distance: float, spread: float) -> float:
    if spread == 0:
        return 1.0 if distance == 0 else 0.0
    return 2 * float(stats.norm.sf(abs(distance) / spread))


def benjamini_hochberg(p_values: Sequence[float], rate: float = FALSE_DISCOVERY) -> list[bool]:
    """Return which hypotheses are rejected when at most `rate` of the rejections are false, on average.

    Examples
    --------
    >>> benjamini_hochberg([0.001, 0.04, 0.03, 0.5])
    [True, False, False, False]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    last = max(
        (rank for rank, i in enumerate(order, 1) if p_values[i] <= rate * rank / len(order)), default=0
    )
    rejected = set(order[:last])
    return [i in rejected for i in range(len(p_values))]


def sibling_of(value: IndicatorValue, run: str) -> Identity | None:
    """Return the identity of the value that a run of another repeats; None for a run computed apart."""
    for name, choices in RUNS.items():
        for choice, label in choices.items():
            if label == run and name in value.params:
                return value.indicator, value.measure, frozenset({**value.params, name: choice}.items())
    return None


def number(value: IndicatorValue) -> float | int | None:
    """Return the value as a number, None where it is unknown or a word."""
    return None if isinstance(value.value, str) else value.value
