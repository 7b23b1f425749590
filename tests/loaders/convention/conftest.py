"""The convention as loaded, the graph a store gives back, and the text it quotes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphmodel import open_store
from graphmodel.batch import Batch
from graphmodel.contract_graph import ContractGraph, Selection
from loaders.convention import bundled_folder, load_convention
from loaders.convention.convention import Convention


@pytest.fixture(scope="session")
def batch() -> Batch:
    """Return the bundled convention as a batch."""
    return load_convention()


@pytest.fixture(scope="session")
def graph(batch: Batch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContractGraph]:
    """Return the snapshot of a store that holds the convention alone."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'convention.sqlite'}"
    with open_store(url, create=True) as store:
        store.apply(store.plan(batch), author="essai")
        yield store.snapshot(Selection())


@pytest.fixture(scope="session")
def source_lines(shared: Path) -> list[str]:
    """Return the lines of the convention's text; the first is at index 0."""
    return (shared / "convention" / "000_9092218c93b45cea.txt").read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="session")
def extraction(shared: Path) -> dict[str, Any]:
    """Return the extraction that the files were shaped from."""
    content: dict[str, Any] = yaml.safe_load((shared / "convention" / "contract.yaml").read_text("utf-8"))
    return content


@pytest.fixture(scope="session")
def raw_files() -> dict[str, Any]:
    """Return the bundled files as plain YAML, by name without suffix."""
    folder = bundled_folder()
    return {
        name: yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text("utf-8"))
        for name in Convention.model_fields
    }
