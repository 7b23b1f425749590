"""The register of the indicators: what each one says, in which words, and the function that computes it."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from graphmodel.errors import UsageError
from graphmodel.indicators.value import IndicatorValue, Reach

if TYPE_CHECKING:
    from graphmodel.indicators.context import EvaluationContext

FAILED = "Cet indicateur a échoué"
"""Start of the reason of an indicator that could not be computed because of a fault of the program."""
_LOG = logging.getLogger(__name__)

Compute = Callable[["EvaluationContext"], list[IndicatorValue]]
Neutral = float | Literal["t0"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of an indicator: French label and unit."""

    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the catalogue, as `docs/indicateurs.md` prints it.

    Attributes
    ----------
    id
        `S01`…`G05`.
    label
        French title.
    question
        Evaluation question, 1 to 4.
    effects
        Expected effects informed: `E1.1`…; empty for a control.
    reach
        What it speaks of: actions, the contract, or both.
    levels
        Levels of its values: R, D, E, K, Q, X, N, UU, axis, action…
    measures
        Its measures by name (`format.md`), in order.
    formula, reading, caveat, source
        French texts: how it is computed, what to read in it, what not to, which sheets feed it.
    neutral
        Value that an interval must exclude for « établi »: a number, `t0` (the value of the reference year),
        or None when there is neither.
    judged
        Measures on which a degree of conclusion is drawn; empty for all.
    conditioned
        True when report coverage under 60 % (G02) forbids its values.
    function
        Computes every value of it from an `EvaluationContext`; set by `register`.
    """

    id: str
    label: str
    question: int
    effects: tuple[str, ...]
    reach: Reach
    levels: tuple[str, ...]
    measures: Mapping[str, Measure]
    formula: str
    reading: str
    caveat: str
    source: str
    neutral: Neutral | None = "t0"
    judged: tuple[str, ...] = ()
    conditioned: bool = True
    function: Compute | None = None

    @property
    def effect(self) -> str:
        """Return the effects as one text, « contrôle » when there is none."""
        return ", ".join(self.effects) or "contrôle"

    def compute(self, context: "EvaluationContext") -> list[IndicatorValue]:
        """Return every value of the indicator; never raises for missing inputs.

        Raises
        ------
        LookupError
            When the card was never registered with a function.
        """
        if self.function is None:
            raise LookupError(self.id)
        return self.function(context)


_REGISTERED: dict[str, Indicator] = {}


def register(card: Indicator) -> Callable[[Compute], Compute]:
    """Return a decorator that enters a card with the function under it.

    Raises
    ------
    ValueError
        When the identifier is already taken.
    """

    def enter(function: Compute) -> Compute:
        if card.id in _REGISTERED:
            raise ValueError(f"{card.id} is registered twice")
        _REGISTERED[card.id] = replace(card, function=function)
        return function

    return enter


def indicators() -> dict[str, Indicator]:
    """Return every registered indicator by identifier, in the order of the catalogue (S, E, T, G)."""
    ordered = sorted(_REGISTERED, key=lambda name: ("SETG".find(name[0]), name))
    return {name: _REGISTERED[name] for name in ordered}


def indicator(identifier: str) -> Indicator:
    """Return one indicator.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    found = indicators()
    if identifier not in found:
        raise UsageError(f"Indicateur « {identifier} » inconnu. Indicateurs : {', '.join(found)}.")
    return found[identifier]


def compute(context: "EvaluationContext", identifiers: Iterable[str] | None = None) -> list[IndicatorValue]:
    """Return the values of some indicators, of all by default, in the order of the catalogue.

    One that fails has a single entry that says so: the others stand.

    Raises
    ------
    UsageError
        When an identifier is unknown.
    """
    chosen = indicators().values() if identifiers is None else [indicator(name) for name in identifiers]
    return [value for card in chosen for value in _computed(card, context)]


def _computed(card: Indicator, context: "EvaluationContext") -> list[IndicatorValue]:
    try:
        return card.compute(context)
    except Exception as error:
        _LOG.exception("the indicator %s failed", card.id)
        reason = f"{FAILED} : {type(error).__name__}, détail au journal. Les autres ne sont pas touchés."
        return [
            IndicatorValue(
                card.id, None, {}, card.question, card.effect, card.reach, False, None, "", reason=reason
            )
        ]
