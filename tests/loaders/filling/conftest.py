"""Stores to copy into the template, and the way there and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graphmodel import Batch, Store, open_store
from loaders.filling import store_content
from loaders.registry import FileRequest, read
from loaders.template import Content, write_template
from loaders.workbook import known_of_store, read_workbook

FULL = Path("tests/data/full.json")

Writer = Callable[[Store, Content], Path]


def fill(store: Store, *names: str | Path) -> Store:
    """Load files or bundled sets into a store, each in its own transaction."""
    for name in names:
        store.apply(store.plan(read(FileRequest(Path(name), store))))
    return store


def read_back(store: Store, path: Path) -> Batch:
    """Return the batch of a workbook read on a store."""
    return read_workbook(path, known_of_store(store))


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Return a function that writes a content as a workbook, with the lists of its store."""

    def written(store: Store, content: Content) -> Path:
        known = known_of_store(store)
        path = tmp_path / "copie.xlsx"
        write_template(path, content, lists=known.lists, actions=known.identifiers("Action"))
        return path

    return written


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store that holds the convention and the demonstration."""
    path = tmp_path_factory.mktemp("filling") / "demo.sqlite"
    with open_store(f"sqlite:///{path}", create=True) as store:
        fill(store, "convention", "demonstration")
    return path


def copy_of(store: Store) -> Content:
    """Return the content of a store, all of it."""
    return store_content(store.snapshot())[0]
