"""The projections written out for Graph Data Science: on a server, their queries give the links of Python."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphmodel import open_store
from graphmodel.cooperation.participations import Participations
from graphmodel.cooperation.projection import project
from graphmodel.questions.view import View, is_there
from graphmodel.stores.neo4j import Neo4jStore
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.reference import reference_batch

PAGE = Path(__file__).parents[3] / "docs" / "gds.md"
CALL = "RETURN gds.graph.project("
QUERIES = re.findall(r"```cypher\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
CONTRACT = "CES-ESS-RA-2014-2016"
Row = tuple[object, ...]


def edges(server: Neo4jStore, rank: int, year: int | None, *more: str) -> list[Row]:
    """Return the edges of a projection of the page, its call replaced by the keys and values it is given."""
    inner = QUERIES[rank].split(CALL)[0]
    asked = ", ".join(["source.key AS source", "target.key AS target", *more])
    rows = server.rows(
        f"{inner}RETURN {asked} ORDER BY source, target", {"contract": CONTRACT, "annee": year}
    )
    return [tuple(row) for row in rows]


@pytest.fixture(scope="module")
def server(neo4j_url_of_module: str) -> Iterator[Neo4jStore]:
    """Return a server that holds the demonstration."""
    with open_store(neo4j_url_of_module) as store:
        assert isinstance(store, Neo4jStore)
        store.apply(store.plan([reference_batch(), load_convention(), *load_demonstration()]))
        yield store


@pytest.fixture(scope="module")
def view(server: Neo4jStore) -> View:
    return View(server.snapshot())


def test_each_projection_names_what_it_hands_over() -> None:
    assert len(QUERIES) == 3
    for query in QUERIES:
        inner, call = query.split(CALL)
        given = re.findall(r": (\w+)[ ,}]", call[call.index("{") :])
        assert call.count("(") + 1 == call.count(")")
        assert {"source", "target"} <= set(re.findall(r"\w+", inner.rsplit("WITH", 1)[1]))
        named = set(re.findall(r"\w+", inner.rsplit("WITH", 1)[1]))
        assert {name for name in given if name in ("weight", "shared", "actions")} <= named


@pytest.mark.parametrize("year", [None, 2014, 2015, 2016])
def test_cooperation_has_the_links_of_the_projection(
    server: Neo4jStore, view: View, year: int | None
) -> None:
    found = edges(server, 0, year, "shared", "weight")
    projection = project(Participations(view.graph).network(year))
    names = projection.operators
    assert [row[:2] for row in found] == [(names[i], names[j]) for i, j in projection.pairs]
    assert [row[2] for row in found] == projection.shared.tolist()
    assert [row[3] for row in found] == pytest.approx(projection.weights.tolist(), abs=1e-12)
    assert len(found) > 100


@pytest.mark.parametrize("year", [None, 2015])
def test_the_two_modes_have_the_participations(server: Neo4jStore, view: View, year: int | None) -> None:
    parts = Participations(view.graph).network(year).parts
    expected = sorted((operator, action) for action, names in parts.items() for operator in names)
    assert edges(server, 1, year) == expected


@pytest.mark.parametrize("year", [None, 2015])
def test_places_have_the_actions_led_there(server: Neo4jStore, view: View, year: int | None) -> None:
    places = view.leaving("TAKES_PLACE_IN", "Action", "Territory")
    led = {
        (part["source"], place["target"], part["target"])
        for part in view.coded_operations(year)
        for place in places.get(part["target"], ())
        if is_there(place, part.get("year"))
    }
    counts = Counter((who, where) for who, where, _ in led)
    assert edges(server, 2, year, "actions") == sorted((*pair, count) for pair, count in counts.items())
