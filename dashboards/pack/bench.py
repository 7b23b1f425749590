"""What one process needs to make pieces of a folder: the store, its snapshot, its evaluation, a desk."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from dashboards.evaluations import evaluation_of
from dashboards.map_kinds import MapKind, MapOptions
from dashboards.maps import communes_map, save_map
from dashboards.meeting import save_meeting
from dashboards.pack.contents import Order
from dashboards.prints import print_map
from dashboards.sheets import Desk, write_sheet
from graphmodel import ContractGraph, Selection, Store, UsageError, open_store
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue
from graphmodel.invitations import meeting_named
from graphmodel.secrecy import Mode


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a process reads, and for what.

    Attributes
    ----------
    url
        Store, or unfolded copy of a frozen version.
    told
        URL that outputs may name instead.
    contract
        Contract of the store; None for its only one.
    mode
        What the pieces are for.
    """

    url: str
    told: str
    contract: str | None
    mode: Mode


@dataclass(frozen=True, slots=True)
class Made:
    """A piece, once made: the sentence of its refusal, or nothing."""

    order: Order
    refusal: str | None = None


class Bench:
    """Makes pieces, each thing they share read once.

    Parameters
    ----------
    store, graph
        Store and its snapshot with one contract.
    evaluation
        Its whole evaluation, in the mode of the folder.
    """

    def __init__(self, store: Store, graph: ContractGraph, evaluation: Evaluation) -> None:
        self.store, self.graph, self.evaluation = store, graph, evaluation

    @classmethod
    def at(cls, origin: Origin) -> "Bench":
        """Return a bench that reads the store by itself: that of another process."""
        store = open_store(origin.url)
        store.url = origin.told
        graph = store.snapshot(Selection(contract=origin.contract))
        return cls(store, graph, evaluation_of(graph, origin.mode))

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.store, self.graph, self.evaluation.mode, self.evaluation)

    def make(self, order: Order, folder: Path) -> Made:
        """Write a piece into a folder; what the store has nothing to draw of is told, not raised.

        Raises
        ------
        MaillageError
            A page that would be wrong: the whole folder is then given up.
        """
        paths = [folder / path for path in order.paths]
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._write(order, *paths)
        except UsageError as error:
            for path in paths:
                path.unlink(missing_ok=True)
            return Made(order, str(error))
        return Made(order)

    def _write(self, order: Order, path: Path, *others: Path) -> None:
        match order.kind:
            case "sheet":
                write_sheet(self._desk, order.subject, path, *others)
            case "map":
                options = MapOptions(mode=self.evaluation.mode)
                print_map(self.graph, cast(MapKind, order.subject), path, options, self._values)
            case "web_map":
                save_map(communes_map(self.graph), path)
            case "meeting":
                on = meeting_named(self.graph, order.subject).on
                if on is None:
                    raise UsageError("Cette réunion n’a pas de date : sa présentation ne peut se faire.")
                save_meeting(self.graph, self.evaluation, on, path)

    def _values(self, indicator: str) -> list[IndicatorValue]:
        return [value for value in self.evaluation.values if value.indicator == indicator]
