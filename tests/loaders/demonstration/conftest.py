"""The demonstration, read once: its rows as drawn, and the graph it makes with the convention."""

from collections.abc import Iterator

import pytest

from geodata.territories import Territories, load_reference
from graphmodel import Batch, ContractGraph, open_store
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.demonstration.assembly import demonstration_content
from loaders.demonstration.files import zones
from loaders.reference import reference_batch
from loaders.template import Content


@pytest.fixture(scope="session")
def territories() -> Territories:
    """Return the territory reference."""
    return load_reference()


@pytest.fixture(scope="session")
def content(territories: Territories) -> Content:
    """Return the rows of the workbook, drawn again."""
    return demonstration_content(territories, zones())


@pytest.fixture(scope="session")
def batches() -> list[Batch]:
    """Return the batches of the demonstration."""
    return load_demonstration()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory, batches: list[Batch]) -> Iterator[ContractGraph]:
    """Return the graph of the territories, the convention and the demonstration together."""
    path = tmp_path_factory.mktemp("demonstration") / "store.sqlite"
    with open_store(f"sqlite:///{path}", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention(), *batches]), author="test")
        yield store.snapshot()
