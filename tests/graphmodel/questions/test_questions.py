"""Every named question on the real server against its Python answer, on the whole demonstration."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from graphmodel import open_store
from graphmodel.cooperation.participations import Participations
from graphmodel.cooperation.paths import Meetings
from graphmodel.cooperation.projection import project
from graphmodel.errors import StoreUnavailableError
from graphmodel.questions import QUESTIONS, ask, find_question
from graphmodel.questions.view import View
from graphmodel.stores import Store
from graphmodel.stores.neo4j import Neo4jStore
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.reference import reference_batch
from tests.graphmodel.questions.test_small_graph import ASKED as SMALL

LYON, RHONE, REGION = "69123", "69", "region/82@2025"
Given = dict[str, str]
ASKED: dict[str, list[Given]] = {
    "qui-agit-dans-mon-territoire": [
        {"territoire": LYON, "annee": "2015"},
        {"territoire": RHONE},
        {"territoire": REGION, "annee": "2014"},
        {"territoire": "grenoble"},
    ],
    "actions-dans-mon-territoire": [{"territoire": RHONE}, {"territoire": REGION, "annee": "2016"}],
    "quartiers-que-rien-n-atteint": [{}, {"annee": "2014"}],
    "actions-sans-lieu": [{}, {"annee": "2014"}],
    "communes-classees-d-une-action": [
        {"action": "I_1.1.2"},
        {"action": "III_1.1.2", "annee": "2015"},
        {"action": "III_1.1.2", "zonage": "FRR"},
    ],
    "actions-qui-relient-deux-axes": [{}, {"annee": "2014"}],
    "organisations-de-plusieurs-actions": [{}, {"annee": "2016", "minimum": "3"}, {"minimum": "0"}],
    "partenaires-d-une-organisation": [
        {"organisation": "CRESS-RA"},
        {"organisation": "CRESS-RA", "annee": "2015"},
        {"organisation": "REGION-RA"},
    ],
    "qui-peut-presenter": [{"de": "CRESS-RA", "a": "CAPI"}, {"de": "CAPI", "a": "CAPI"}],
    "reseau-de-cooperation": [{}, {"annee": "2014"}, {"annee": "1999"}],
    "operateurs-sans-bilan-recu": [{}, {"annee": "2014"}],
    "besoins-sans-reponse-operationnelle": [{}, {"annee": "2015"}],
    "collectivites-sans-action": [{}, {"annee": "2014"}],
    "reunions-d-une-instance": [{}, {"instance": "COPIL"}],
    "membres-d-un-ptce": [{}, {"annee": "2015"}],
    "qui-finance-quoi": [{}, {"annee": "2014", "financeur": "REGION-RA"}],
    "montants-par-axe-et-annee": [{}, {"annee": "2016"}],
    "deux-lectures-des-representants": [{}],
    "ambiguites-du-texte": [{}, {"gravite": "moyenne"}, {"gravite": "LOW"}],
    "ce-qui-repose-sur-une-seule-source": [{}, {"nature": "Territory"}, {"nature": "Financement"}],
}
EMPTY: list[tuple[str, Given]] = [
    ("actions-sans-lieu", {}),
    ("actions-sans-lieu", {"annee": "2014"}),
    ("communes-classees-d-une-action", {"action": "I_1.1.2"}),
    ("communes-classees-d-une-action", {"action": "III_1.1.2", "zonage": "FRR"}),
    ("partenaires-d-une-organisation", {"organisation": "REGION-RA"}),
    ("qui-peut-presenter", {"de": "CAPI", "a": "CAPI"}),
    ("reseau-de-cooperation", {"annee": "1999"}),
]
"""What the demonstration has no row for; every question has some in `ASKED` or in the small graph."""


class Both(NamedTuple):
    """The demonstration on the server, and the same read from a file."""

    server: Store
    view: View


@pytest.fixture(scope="module")
def both(neo4j_url_of_module: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The whole demonstration, written once into each store."""
    path: Path = tmp_path_factory.mktemp("questions") / "demo.sqlite"
    batches = [reference_batch(), load_convention(), *load_demonstration()]
    with open_store(path, create=True) as file:
        file.apply(file.plan(batches))
        view = View(file.snapshot())
    with open_store(neo4j_url_of_module) as server:
        server.apply(server.plan(batches))
        yield Both(server, view)


def test_every_question_is_asked_and_answers_something() -> None:
    assert ASKED.keys() == QUESTIONS.keys()
    assert len(QUESTIONS) >= 15
    answering = {name for name, cases in ASKED.items() for given in cases if (name, given) not in EMPTY}
    assert answering | {name for name, _, rows in SMALL if rows} == QUESTIONS.keys()


@pytest.mark.parametrize(
    ("name", "given"), [(name, given) for name, cases in ASKED.items() for given in cases]
)
def test_server_and_snapshot_answer_alike(both: Both, name: str, given: Given) -> None:
    question = find_question(name)
    found = ask(both.server, question, given)
    expected = question.rows(both.view, found.params)
    assert [list(row) for row in found.rows] == [list(row) for row in expected]
    assert bool(expected) == ((name, given) not in EMPTY)
    assert {len(row) for row in expected} <= {len(question.columns)}


def test_the_server_computes_the_projection(both: Both) -> None:
    participations = Participations(both.view.graph)
    for year in (None, *participations.years):
        projection = project(participations.network(year))
        given = {} if year is None else {"annee": str(year)}
        rows = ask(both.server, find_question("reseau-de-cooperation"), given).rows
        assert [row[4:] for row in rows] == [
            (projection.operators[i], projection.operators[j]) for i, j in projection.pairs
        ]
        assert [row[2] for row in rows] == projection.shared.tolist()
        assert [row[3] for row in rows] == pytest.approx(projection.weights.tolist(), abs=1e-12)
        assert len(rows) > 100


def test_who_introduces_whom_is_what_the_paths_say(both: Both) -> None:
    network = Participations(both.view.graph).network(2015)
    meetings = Meetings(network)
    names = both.view.nodes("Organisation")
    one = network.operators[0]
    for other in network.operators[1:12]:
        given = {"de": one, "a": other, "annee": "2015"}
        rows = ask(both.server, find_question("qui-peut-presenter"), given).rows
        assert [row[0] for row in rows] == [names[key]["name"] for key in meetings.introducers(one, other)]


def test_the_server_refuses_a_question_that_writes(both: Both) -> None:
    assert isinstance(both.server, Neo4jStore)
    with pytest.raises(StoreUnavailableError):
        both.server.rows("CREATE (n:Maillage {key: $key})", {"key": "x"})
    assert both.server.rows("MATCH (n:Maillage {key: 'x'}) RETURN n", {}) == []
