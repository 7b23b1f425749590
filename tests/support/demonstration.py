"""The graph that `maillage demo` makes, for tests that read all of it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graphmodel import ContractGraph, open_store
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.reference import reference_batch


@cache
def demonstration_graph() -> ContractGraph:
    """Return the graph of the territories, the convention and the demonstration, made once a process."""
    with (
        TemporaryDirectory() as folder,
        open_store(f"sqlite:///{Path(folder) / 'demo.sqlite'}", create=True) as store,
    ):
        store.apply(store.plan([reference_batch(), load_convention(), *load_demonstration()]), author="test")
        return store.snapshot()
