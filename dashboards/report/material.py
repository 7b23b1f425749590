"""What every part of the report is written from: a snapshot, its evaluation, the store and its history."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboards import view_data
from graphmodel import ContractGraph, Store
from graphmodel.answers import Answer, Statement
from graphmodel.answers.statement import Part, Values
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import EvaluationContext
from graphmodel.secrecy import Mode
from graphmodel.stores.frozen import Frozen
from graphmodel.stores.loads import BASKET, Load, standing


@dataclass(frozen=True)
class Material:
    """What the parts are written from.

    Attributes
    ----------
    store, graph, evaluation
        The store, its snapshot with one contract, the evaluation of that snapshot in the report's mode.
    frozen
        Name of the frozen version that is read; None reads the store as it is.
    """

    store: Store
    graph: ContractGraph
    evaluation: Evaluation
    frozen: str | None = None

    @property
    def mode(self) -> Mode:
        """What the report is for."""
        return self.evaluation.mode

    @property
    def context(self) -> EvaluationContext:
        """What the values were computed from."""
        return self.evaluation.context

    @cached_property
    def values(self) -> Values:
        """The values, found by their names."""
        return Values(self.evaluation.values)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years of the contract, in order."""
        return view_data.years_of(self.graph)

    @cached_property
    def span(self) -> str:
        """The years in words: « 2014-2016 »."""
        if not self.years:
            return "années non dites"
        first, last = self.years[0], self.years[-1]
        return str(first) if first == last else f"{first}-{last}"

    @cached_property
    def history(self) -> tuple[Load, ...]:
        """Writes of the store, oldest first."""
        return tuple(self.store.history())

    @cached_property
    def dated(self) -> date:
        """Day of the last write that stands, additions to the report apart; 1 January 2014 without any."""
        said = [load for load in standing(self.history) if load.action != BASKET]
        return date.fromisoformat(said[-1].at[:10]) if said else date(2014, 1, 1)

    @cached_property
    def kept(self) -> Frozen | None:
        """The frozen version of these very rows, None when nobody froze them."""
        same = [one for one in self.store.frozen() if one.version == self.graph.version.number]
        return same[-1] if same else None

    @property
    def frozen_name(self) -> str | None:
        """Name of the frozen version that the report is made from, None when there is none."""
        return self.frozen or (self.kept.name if self.kept else None)

    def answer(self, question: int) -> Answer | None:
        """Return the answer to a question, None when the evaluation holds none."""
        return next((one for one in self.evaluation.answers if one.question == question), None)

    def told(self, question: int, part: Part, effect: str | None = None) -> list[Statement]:
        """Return the statements of one part of an answer, on an effect (None: on the whole question)."""
        found = self.answer(question)
        every = found.sentences if found else ()
        return [one for one in every if one.part == part and one.effect == effect]
