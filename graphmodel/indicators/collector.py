"""Collects the values of one indicator and gives each what it owes: coverage, baseline, words, reasons."""

from collections.abc import Iterable, Sequence

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import Interval
from graphmodel.indicators.registry import Indicator
from graphmodel.indicators.reports import MINIMUM_COVERAGE
from graphmodel.indicators.value import IndicatorValue, Number, Run, Simulation

INPUT_MISSING = "donnée absente"
FEW_OPERATORS = "moins de trois opérateurs dans la cohorte"
NO_LINK = "aucun lien"
NO_ACTION = "aucune action active"
LOW_COVERAGE = "moins de 60 % des bilans attendus ont été reçus"
UNOBSERVED = "aucune participation connue pour cette année"


class Collector:
    """Values of one indicator, as they are found.

    Parameters
    ----------
    card
        The indicator.
    context
        What it is computed from.
    sources
        Tables of the graph it rests on (labels and types of the schema).
    networked
        True when values rest on participations: a wave of which none is known then has no value, as nothing
        says that nobody took part.
    """

    def __init__(
        self, card: Indicator, context: EvaluationContext, sources: Sequence[str], *, networked: bool = False
    ) -> None:
        self.card = card
        self.context = context
        self.networked = networked
        self.sources = tuple(sources)
        self.values: list[IndicatorValue] = []

    def add(
        self,
        measure: str,
        value: Number | None,
        *,
        years: Iterable[int] = (),
        axis: str | None = None,
        n: int | None = None,
        interval: Interval | None = None,
        reason: str | None = None,
        sensitivity: tuple[Run, ...] = (),
        simulation: Simulation | None = None,
        perimeter: str | None = None,
        vintage: str | None = None,
        word: str | None = None,
        participations: bool = True,
        bounded: bool = False,
        params: dict[str, str],
    ) -> None:
        """Add a value.

        Parameters
        ----------
        measure, value, n, interval, sensitivity, simulation, perimeter, vintage, word, params
            As in `IndicatorValue`.
        years
            Years used: report coverage is that of the worst of them.
        axis
            Identifier of the axis when the value is that of an axis: its reports then condition it.
        reason
            French reason, needed when the value is None.
        participations
            False for a value of a `networked` indicator that does not rest on participations.

        bounded
            True to keep the interval of a value that is null by itself: a ratio with one known bound.

        Notes
        -----
        A conditioned indicator loses its value, and says so, where coverage is under 60 %.
        """
        used = tuple(years)
        interval = interval if value is not None or bounded else None
        coverage = self.context.reports.share(used, axis)
        if self.card.conditioned and coverage is not None and coverage < MINIMUM_COVERAGE:
            value, word, interval, sensitivity, simulation, reason = None, None, None, (), None, LOW_COVERAGE
        elif self.networked and participations and not set(used) <= set(self.context.observed):
            value, interval, sensitivity, simulation, reason = None, None, (), None, UNOBSERVED
        self.values.append(
            IndicatorValue(
                indicator=self.card.id,
                measure=measure,
                params=params,
                question=self.card.question,
                effect=self.card.effect,
                reach=self.card.reach,
                fictional=self.context.fictional(self.sources, used),
                value=value,
                unit=self.card.measures[measure].unit,
                n=n,
                interval=interval,
                perimeter=perimeter,
                sensitivity=sensitivity,
                simulation=simulation,
                baseline=self.context.baseline,
                coverage=coverage,
                vintage=vintage,
                reason=(reason or INPUT_MISSING) if value is None and word is None else None,
                sources=self.sources,
                word=word,
            )
        )

    def missing(self, reason: str) -> list[IndicatorValue]:
        """Return the only entry of an indicator whose input is absent; `reason` says which sheet to fill."""
        return [
            IndicatorValue(
                indicator=self.card.id,
                measure=None,
                params={},
                question=self.card.question,
                effect=self.card.effect,
                reach=self.card.reach,
                fictional=False,
                value=None,
                unit="",
                reason=reason,
                sources=self.sources,
            )
        ]


def scope_params(axis: str | None, whole: str = "R") -> dict[str, str]:
    """Return `level` and `scope` of a value: those of an axis, or of the whole (`R` region, `X` network)."""
    return {"level": whole, "scope": whole} if axis is None else {"level": "axis", "scope": axis}
