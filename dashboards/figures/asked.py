"""What a figure or a table of the report is asked from: one graph, its evaluation, a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboards import view_data, words
from dashboards.prints import furniture
from graphmodel import ContractGraph, UsageError
from graphmodel.answers.statement import Values
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import EvaluationContext, IndicatorValue
from graphmodel.secrecy import Mode


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes
    ----------
    graph
        Snapshot of one contract, of all its years.
    evaluation
        Its evaluation, as it may be shown.
    year
        Year asked for; None for the figure's own.
    """

    graph: ContractGraph
    evaluation: Evaluation
    year: int | None = None

    @property
    def context(self) -> EvaluationContext:
        """What the values were computed from."""
        return self.evaluation.context

    @property
    def mode(self) -> Mode:
        """What it is for."""
        return self.evaluation.mode

    @cached_property
    def values(self) -> Values:
        """The values by name."""
        return Values(self.evaluation.values)

    @property
    def contract(self) -> str:
        """Name of the contract and its years."""
        return furniture.contract_words(self.graph)

    @cached_property
    def reported(self) -> tuple[int, ...]:
        """Years of the contract of which a participation is known, in order."""
        return tuple(self.context.observed)

    def one_year(self) -> int | None:
        """Return the year asked for, else the last reported one; None where nothing is.

        Raises
        ------
        UsageError
            A year that is not one of the contract's.
        """
        years = view_data.years_of(self.graph)
        if self.year is None:
            return view_data.latest_year(self.graph)
        if self.year not in years:
            raise UsageError(f"{self.year} n’est pas une année du contrat : {words.listed(map_text(years))}.")
        return self.year

    def get(self, indicator: str, measure: str, **params: str) -> IndicatorValue | None:
        """Return the value of that name, None when the evaluation has none."""
        return self.values.get(indicator, measure, params)

    def of(self, indicator: str, measure: str, **params: str) -> list[IndicatorValue]:
        """Return the values of a measure whose parameters hold those given, in order."""
        return [
            value
            for value in self.indicator(indicator)
            if value.measure == measure
            and all(value.params.get(name) == text for name, text in params.items())
        ]

    def indicator(self, name: str) -> list[IndicatorValue]:
        """Return the values of an indicator."""
        return self._by_indicator.get(name, [])

    @cached_property
    def _by_indicator(self) -> dict[str, list[IndicatorValue]]:
        found: dict[str, list[IndicatorValue]] = {}
        for value in self.evaluation.values:
            found.setdefault(value.indicator, []).append(value)
        return found

    def absence(self, indicator: str) -> str:
        """Return why an indicator says nothing, as a sentence."""
        whole = [value for value in self.indicator(indicator) if value.measure is None]
        said = (whole[0].reason if whole else None) or "Cet indicateur n’a pas été calculé."
        return said if said.endswith(".") else f"{said}."

    def source(self, what: str, years: Sequence[int] = ()) -> str:
        """Return « Source : … », with the reports received in some years and what is fictional."""
        told = [what]
        if self.graph.fictional:
            told[0] += " (jeu de démonstration fictif)"
        for year in years:
            reports = view_data.reports_of(self.graph, year)
            if reports.due:
                told.append(f"{reports.sentence} en {year}")
        return words.typeset(f"Source : {' ; '.join(told)}.")


def map_text(years: Sequence[int]) -> list[str]:
    """Return years as texts."""
    return [str(year) for year in years]


def hidden(value: IndicatorValue, mode: Mode) -> bool:
    """Tell whether a value without number is one that secrecy keeps."""
    return value.value is None and mode == "publication" and value.secrecy not in (None, "V")


def without(value: IndicatorValue | None, mode: Mode, absent: str = "non calculable") -> str:
    """Return why a value has no number: « secret : … », « non calculable : … »."""
    if value is None:
        return absent
    if hidden(value, mode):
        return secret_words(value)
    return f"{words.NOT_COMPUTABLE} : {value.reason}"


def secret_words(value: IndicatorValue) -> str:
    """Return « secret : moins de trois unités »."""
    return f"{words.SECRET} : {str(value.reason or '').removeprefix('secret statistique : ')}".removesuffix(
        " : "
    )


def probability(p_le: float | None) -> str:
    """Return « p(≤) = 0,055 », « p(≤) < 0,001 »."""
    if p_le is None:
        return "p(≤) non calculable"
    return "p(≤) < 0,001" if p_le < 0.001 else f"p(≤) = {words.number(p_le, 3)}"
