"""Sheets of the demonstration: as a working document, and with its money withheld."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboards.sheets import Desk
from dashboards.sheets.cards import INDICATORS
from graphmodel import Selection, Store, open_store
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import EvaluationContext, IndicatorValue
from graphmodel.indicators.registry import compute
from graphmodel.secrecy import Mode
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.reference import reference_batch


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with the convention and the fictional reports."""
    path = tmp_path_factory.mktemp("sheets") / "sheets.sqlite"
    with open_store(f"sqlite:///{path}", create=True) as made:
        for batch in [reference_batch(), load_convention(), *load_demonstration()]:
            made.apply(made.plan(batch), author="essai")
        yield made


@pytest.fixture(scope="session")
def values(store: Store) -> tuple[EvaluationContext, tuple[IndicatorValue, ...]]:
    """Return the values of the indicators of a sheet, before secrecy."""
    context = EvaluationContext(store.snapshot(Selection()))
    return context, tuple(compute(context, INDICATORS))


def desk_of(
    store: Store, values: tuple[EvaluationContext, tuple[IndicatorValue, ...]], mode: Mode, *, secret: bool
) -> Desk:
    """Return a desk; `secret` withholds every amount, as the gate does where pilots are few."""
    context, told = values
    if secret:
        told = tuple(
            replace(
                value, value=None, n=None, secrecy="A", reason="secret statistique : moins de trois unités"
            )
            if value.indicator == "T06" and value.measure in ("amount", "amount_paid", "per_inhabitant")
            else value
            for value in told
        )
    return Desk(store, context.graph, mode, Evaluation(context, mode, told, {}, {}, (), ()))


@pytest.fixture(scope="session")
def working(store: Store, values: tuple[EvaluationContext, tuple[IndicatorValue, ...]]) -> Desk:
    """Return the desk of a working document."""
    return desk_of(store, values, "working", secret=False)


@pytest.fixture(scope="session")
def published(store: Store, values: tuple[EvaluationContext, tuple[IndicatorValue, ...]]) -> Desk:
    """Return the desk of a publication."""
    return desk_of(store, values, "publication", secret=True)
