"""The notebook of the documentation runs, cell after cell, on the demonstration."""

import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graphmodel import open_store
from loaders import registry

PAGE = Path(__file__).parents[1] / "docs" / "carnet.md"
CELLS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration store that the page asks for."""
    made = tmp_path_factory.mktemp("carnet")
    with open_store(made / "demo.sqlite", create=True) as store:
        for name in ("convention", "demonstration"):
            store.apply(store.plan(registry.read(registry.FileRequest(Path(name), store))))
    return made


@pytest.fixture(scope="module")
def names(folder: Path) -> dict[str, Any]:
    """Run the cells in order, as a reader does, and return the names they leave."""
    left: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for rank, cell in enumerate(CELLS, start=1):
            exec(compile(cell, f"docs/carnet.md, cellule {rank}", "exec"), left)
    return left


def test_the_page_has_ten_cells() -> None:
    assert len(CELLS) == 10


def test_the_network_is_measured_against_chance(names: dict[str, Any]) -> None:
    against = names["against"]
    assert against.observed == names["projection"].m > 0
    assert against.draws >= 1000
    assert against.expected != against.observed


def test_the_reading_has_five_sentences_with_their_values(names: dict[str, Any]) -> None:
    assert len(names["reading"]) == 5
    assert all(sentence.values for sentence in names["reading"])
    assert all(sentence.fictional for sentence in names["reading"])


def test_operators_stand_on_the_map(names: dict[str, Any], folder: Path) -> None:
    assert len(names["places"]) > 20
    west, south, east, north = names["communes"].total_bounds
    for point in names["places"].values():
        assert west < point.x < east
        assert south < point.y < north
    assert (folder / "cooperations.png").read_bytes().startswith(b"\x89PNG")


def test_the_network_is_taken_away(names: dict[str, Any], folder: Path) -> None:
    network = nx.read_gexf(folder / "reseau.gexf")
    assert network.number_of_nodes() == len(names["network"].operators)
    assert network.number_of_edges() == names["projection"].m
