"""What `maillage check` finds after an edit by hand, on both stores."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest
from hypothesis import given, settings

from graphmodel.batch import Batch
from graphmodel.check import check_store
from graphmodel.stores import Store, open_store
from tests.graphmodel.stores.material import Book, batches
from tests.support.neo4j_server import credentials

A, B = Book("a"), Book("b")
Edit = Callable[[str], None]


def fill(store: Store) -> None:
    """Load two files that agree on one organisation and disagree on another property."""
    builder = A.builder()
    contract = builder.node("Contract", "CES")
    action = builder.node("Action", "I_1.1", at=2014)
    organisation = builder.node("Organisation", "o1", {"family": "association", "siren": "123456782"})
    builder.relationship("SIGNED", organisation, contract)
    builder.relationship(
        "TAKES_PART_IN", organisation, action, {"role": "pilot", "year": 2014, "basis": "report"}
    )
    store.apply(store.plan(builder.build()))
    store.apply(store.plan(B.batch(["o1"], family="coopérative")))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[tuple[Store, Edit]]:
    """Return a filled SQLite store, and a way to edit it."""
    path = tmp_path / "x.sqlite"

    def edit(statement: str) -> None:
        other = sqlite3.connect(path)
        with other:
            other.execute(statement)
        other.close()

    with open_store(path, create=True) as store:
        fill(store)
        yield store, edit


@pytest.fixture
def server(neo4j_url: str) -> Iterator[tuple[Store, Edit]]:
    """Return a filled Neo4j store, and a way to edit it."""
    with (
        open_store(neo4j_url) as store,
        neo4j.GraphDatabase.driver(neo4j_url, auth=credentials()) as driver,
    ):
        fill(store)
        yield store, lambda statement: driver.execute_query(statement) and None  # type: ignore[arg-type]


def codes(store: Store) -> set[str]:
    """Return the codes of the faults found."""
    return {fault.code for fault in check_store(store)}


def test_a_store_that_only_loads_have_written_is_sound(
    file: tuple[Store, Edit], server: tuple[Store, Edit]
) -> None:
    assert check_store(file[0]) == []
    assert check_store(server[0]) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE Organisation SET world = 'martien'", "wrong_value"),
        ("UPDATE Organisation SET name = NULL", "missing_value"),
        ("UPDATE Contract SET start_year = 'jadis'", "wrong_type"),
        ("UPDATE Contract SET signature_date = 'hier'", "wrong_type"),
        ("DELETE FROM Organisation", "unknown_reference"),
        ("UPDATE SIGNED SET target_label = 'Axis'", "wrong_ends"),
        ("UPDATE TAKES_PART_IN SET year = 2015", "wrong_key"),
        ("UPDATE Organisation SET family = 'mutuelle'", "differs_from_sources"),
        ("UPDATE Organisation SET siren = NULL", "differs_from_sources"),
        ("UPDATE Organisation SET conflicts = NULL", "wrong_conflicts"),
        ("UPDATE Organisation SET attestations = '[]'", "no_attestation"),
        ("UPDATE Organisation SET attestations = 'abîmé'", "no_attestation"),
        ("UPDATE Organisation SET source_count = 9", "wrong_derived"),
        ("UPDATE Organisation SET fictional = 1", "wrong_derived"),
        ("ALTER TABLE Organisation ADD COLUMN colour TEXT", "unknown_property"),
        ("CREATE TABLE colours (name TEXT)", "unknown_label"),
    ],
)
def test_an_edit_of_the_file_is_found(file: tuple[Store, Edit], statement: str, code: str) -> None:
    store, edit = file
    edit(statement)
    assert code in codes(store)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("MATCH (n:Organisation) SET n.world = 'martien'", "wrong_value"),
        ("MATCH (n:Organisation) REMOVE n.name", "missing_value"),
        ("MATCH (n:Contract) SET n.startYear = 'jadis'", "wrong_type"),
        ("MATCH (n:Contract) SET n.signatureDate = '2014-02-03'", "wrong_type"),
        ("MATCH (n:Organisation) REMOVE n.key", "unknown_reference"),
        ("MATCH (n:Organisation) SET n.key = 'autre'", "wrong_key"),
        ("MATCH (n:Organisation) REMOVE n.key", "missing_key"),
        ("MATCH ()-[r:SIGNED]->() REMOVE r.key", "missing_key"),
        ("MATCH (n:Organisation) SET n:Need", "wrong_label"),
        ("MATCH (n:Organisation) REMOVE n:Organisation", "wrong_label"),
        ("MATCH (n:Organisation) SET n:Important", "unknown_label"),
        ("MATCH (n:Organisation) SET n.colour = 'red'", "unknown_property"),
        ("MATCH ()-[r:SIGNED]->() SET r.colour = 'red'", "unknown_property"),
        ("MATCH (o:Organisation), (c:Contract) CREATE (o)-[:LIKES]->(c)", "unknown_type"),
        ("MATCH (o:Organisation), (c:Contract) CREATE (c)-[:SIGNED {key: 'x'}]->(o)", "wrong_ends"),
        ("MATCH (o:Organisation), (c:Contract) CREATE (o)-[:SIGNED {key: 'x'}]->(c)", "no_attestation"),
        ("MATCH ()-[r:TAKES_PART_IN]->() SET r.year = 2015", "wrong_key"),
        ("MATCH (n:Organisation) SET n.family = 'mutuelle'", "differs_from_sources"),
        ("MATCH (n:Organisation) SET n.attestations = ['abîmé']", "no_attestation"),
        ("MATCH (n:Organisation) SET n.fictional = true", "wrong_derived"),
    ],
)
def test_an_edit_in_browser_is_found(server: tuple[Store, Edit], statement: str, code: str) -> None:
    store, edit = server
    edit(statement)
    assert code in codes(store)


def test_a_constraint_that_was_dropped_is_told_and_made_again(
    server: tuple[Store, Edit], neo4j_url: str
) -> None:
    store, edit = server
    edit("DROP CONSTRAINT maillage_need_key")
    edit("CREATE (:Maillage:Need {key: 'deux'}), (:Maillage:Need {key: 'deux'})")
    assert {"missing_constraint", "duplicate_key"} <= codes(store)
    edit("MATCH (n:Need) DELETE n")
    with open_store(neo4j_url) as again:
        again.apply(again.plan(A.batch(["o9"])))
        assert codes(again) == set()


def test_a_value_that_one_source_alone_attests_is_sealed(
    file: tuple[Store, Edit], server: tuple[Store, Edit]
) -> None:
    file[1]("UPDATE Action SET plan_year = 2016")
    server[1]("MATCH (n:Action) SET n.planYear = 2016")
    for store in (file[0], server[0]):
        (fault,) = check_store(store)
        assert (fault.code, "I_1.1@2014" in fault.message) == ("edited_by_hand", True)


def test_a_relationship_of_one_source_is_sealed_too(
    file: tuple[Store, Edit], server: tuple[Store, Edit]
) -> None:
    file[1]("UPDATE TAKES_PART_IN SET position = 3")
    server[1]("MATCH ()-[r:TAKES_PART_IN]->() SET r.position = 3")
    assert codes(file[0]) == codes(server[0]) == {"edited_by_hand"}


def test_a_row_written_before_there_were_seals_is_sound(
    file: tuple[Store, Edit], server: tuple[Store, Edit]
) -> None:
    file[1](
        "UPDATE Action SET plan_year = 2016, "
        "attestations = substr(attestations, 1, instr(attestations, ',\"sceau ') - 1) || ']'"
    )
    server[1]("MATCH (n:Action) SET n.attestations = n.attestations[..-1], n.planYear = 2016")
    assert codes(file[0]) == codes(server[0]) == set()


@settings(max_examples=15, deadline=None)
@given(batches())
def test_whatever_the_schema_allows_is_sound_once_written(
    tmp_path_factory: pytest.TempPathFactory, batch: Batch
) -> None:
    path = tmp_path_factory.mktemp("sceau") / "x.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(batch))
        assert [fault.code for fault in check_store(store) if fault.code == "edited_by_hand"] == []


def test_the_server_gives_back_what_was_sealed(neo4j_url: str) -> None:
    @settings(max_examples=4, deadline=None)
    @given(batches())
    def each(batch: Batch) -> None:
        store.apply(store.plan(batch, replace=True))
        assert [fault.code for fault in check_store(store) if fault.code == "edited_by_hand"] == []

    with open_store(neo4j_url) as store:
        each()


def test_an_empty_store_is_sound(neo4j_url: str, tmp_path: Path) -> None:
    for url in (neo4j_url, f"sqlite:///{tmp_path / 'vide.sqlite'}"):
        with open_store(url, create=True) as store:
            assert check_store(store) == []


def test_faults_are_french_sentences(file: tuple[Store, Edit]) -> None:
    store, edit = file
    edit("UPDATE Organisation SET family = 'mutuelle'")
    (fault,) = check_store(store)
    assert fault.sentence() == (
        "Organisation CES/organisation/o1 : Famille vaut « mutuelle », ses sources donnent « rien »."
    )
