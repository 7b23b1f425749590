"""The two stores, empty, for tests that hold on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphmodel.stores import Store, open_store


@pytest.fixture(params=["sqlite", "neo4j"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty store of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'essai.sqlite'}"
        open_store(url, create=True).close()
        return url
    return str(request.getfixturevalue("neo4j_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Return an empty open store of each kind."""
    with open_store(store_url) as opened:
        yield opened
