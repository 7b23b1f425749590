"""The server store as a Neo4j person meets it, and what a user reads when the server says no."""

import datetime
import time
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import ClientError, Neo4jError

from graphmodel.check import check_store
from graphmodel.errors import StoreChangedError, StoreUnavailableError, UsageError
from graphmodel.schema import SCHEMA
from graphmodel.stores import neo4j_cypher, open_store
from graphmodel.stores.neo4j import Neo4jStore
from graphmodel.stores.neo4j_rows import INTERNAL, known_properties
from tests.graphmodel.stores.material import Book
from tests.support.neo4j_server import credentials

A = Book("a")


@pytest.fixture
def raw(neo4j_url: str) -> Iterator[neo4j.Driver]:
    """Return a driver on the same server, for edits by hand."""
    with neo4j.GraphDatabase.driver(neo4j_url, auth=credentials()) as driver:
        yield driver


@pytest.fixture
def store(neo4j_url: str) -> Iterator[Neo4jStore]:
    """Return a store that holds one contract, two organisations, one of them a party."""
    with Neo4jStore(neo4j_url) as opened:
        opened.apply(opened.plan(A.batch(["o1", "o2"], signed=["o1"], family="association")))
        yield opened


def rows(driver: neo4j.Driver, query: str) -> list[dict[str, Any]]:
    """Return what a query finds."""
    return [record.data() for record in driver.execute_query(query).records]  # type: ignore[arg-type]


def by_hand(driver: neo4j.Driver, query: str) -> None:
    """Do what a person does in Browser."""
    driver.execute_query(query)  # type: ignore[arg-type]


# -- the graph on the server --------------------------------------------------------------------------------


@pytest.mark.usefixtures("store")
def test_nodes_carry_labels_key_name_and_lower_camel_case(raw: neo4j.Driver) -> None:
    (contract,) = rows(
        raw, "MATCH (n:Maillage:Contract) RETURN n.key AS key, n.name AS name, n.startYear AS year"
    )
    assert contract == {"key": "CES", "name": "CES", "year": 2014}
    (signed,) = rows(
        raw, "MATCH (:Organisation {key: 'CES/organisation/o1'})-[r:SIGNED]->(:Contract) RETURN r.key AS key"
    )
    assert signed == {"key": "CES/organisation/o1>SIGNED>CES"}


def test_values_are_of_the_types_of_neo4j(store: Neo4jStore, raw: neo4j.Driver) -> None:
    builder = A.builder()
    builder.territory("commune", "01001", 2025, {"center": (4.9, 46.1), "area_km2": 15})
    builder.node("Funding", "f", {"amount": 238_750_000})
    builder.node(
        "Contract",
        "CES",
        {"signature_date": datetime.date(2014, 2, 3), "years": [2014, 2015], "forms": {"é": 1}},
    )
    store.apply(store.plan(builder.build()))
    (contract,) = rows(
        raw, "MATCH (n:Contract) RETURN n.signatureDate AS date, n.years AS years, n.forms AS forms"
    )
    assert contract == {"date": neo4j.time.Date(2014, 2, 3), "years": [2014, 2015], "forms": '{"é": 1}'}
    (territory,) = rows(
        raw, "MATCH (n:Territory) RETURN n.center.srid AS srid, n.center.x AS x, n.areaKm2 AS area"
    )
    assert territory == {"srid": 4326, "x": 4.9, "area": 15.0}
    assert rows(raw, "MATCH (n:Funding) RETURN n.amount AS cents") == [{"cents": 238_750_000}]


def test_roles_are_labels_that_follow_the_relationships(store: Neo4jStore, raw: neo4j.Driver) -> None:
    assert rows(raw, "MATCH (n:Signatory) RETURN n.key AS key") == [{"key": "CES/organisation/o1"}]
    builder = Book("b").builder()
    action = builder.node("Action", "I_1.1", at=2014)
    funding = builder.node("Funding", "f", {"amount": 1})
    for name, basis in (("o1", "commitment"), ("o2", "report")):
        builder.relationship("TAKES_PART_IN", A.organisation(name), action, {"role": "pilot", "basis": basis})
    builder.relationship("FUNDS", A.organisation("o1"), funding)
    store.apply(store.plan(builder.build()))
    labels = (
        "MATCH (n:Organisation) RETURN n.id AS id, [l IN labels(n) WHERE NOT l IN ['Maillage', "
        "'Organisation']] AS roles ORDER BY id"
    )
    assert [(row["id"], sorted(row["roles"])) for row in rows(raw, labels)] == [
        ("o1", ["Funder", "Signatory"]),
        ("o2", ["Operator"]),
    ]
    store.undo()
    assert [(row["id"], row["roles"]) for row in rows(raw, labels)] == [("o1", ["Signatory"]), ("o2", [])]


@pytest.mark.usefixtures("store")
def test_constraints_and_indexes_follow_the_schema(raw: neo4j.Driver) -> None:
    found = rows(raw, "SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties")
    unique = {
        row["labelsOrTypes"][0]
        for row in found
        if row["properties"] == ["key"] and "UNIQUENESS" in row["type"]
    }
    assert set(SCHEMA.tables) <= unique
    names = {row["name"] for row in rows(raw, "SHOW INDEXES YIELD name")}
    assert {"maillage_territory_code", "maillage_organisation_siren", "maillage_names"} <= names
    with pytest.raises(ClientError, match="already exists"):
        by_hand(raw, "CREATE (:Maillage:Organisation {key: 'CES/organisation/o1'})")
    with pytest.raises(ClientError, match="already exists"):
        by_hand(
            raw,
            "MATCH (o:Organisation), (c:Contract) "
            "CREATE (o)-[:SIGNED {key: 'CES/organisation/o1>SIGNED>CES'}]->(c)",
        )


def test_names_are_found_without_their_accents(neo4j_url: str, raw: neo4j.Driver) -> None:
    builder = A.builder()
    builder.node("Organisation", "o", name="Fédération des Étoiles")
    with open_store(neo4j_url) as store:
        store.apply(store.plan(builder.build()))
    raw.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    query = "CALL db.index.fulltext.queryNodes('maillage_names', 'etoiles') YIELD node RETURN node.id AS id"
    assert rows(raw, query) == [{"id": "o"}]


@pytest.mark.usefixtures("store")
def test_loads_are_nodes_of_ours(raw: neo4j.Driver) -> None:
    (load,) = rows(
        raw, "MATCH (l:Maillage:Load) RETURN l.number AS number, l.action AS action, l.sources AS sources"
    )
    assert (load["number"], load["action"]) == (1, "load")
    assert '"a.xlsx"' in load["sources"]


def test_no_name_of_the_schema_hides_one_of_ours() -> None:
    assert not {neo4j_cypher.META, neo4j_cypher.LOAD, neo4j_cypher.OURS} & SCHEMA.nodes.keys()
    assert not {role for role, _ in neo4j_cypher.ROLES.values()} & SCHEMA.nodes.keys()
    for table, definition in SCHEMA.tables.items():
        camels = [prop.camel for prop in definition.properties.values()]
        assert not INTERNAL & set(camels), table
        assert len(known_properties(table)) == len(set(known_properties(table)))
        assert len(camels) == len(set(camels)), table


def test_identifiers_are_quoted_and_only_those_of_the_schema() -> None:
    assert neo4j_cypher.quoted("a`) DETACH DELETE n //") == "`a``) DETACH DELETE n //`"
    with pytest.raises(KeyError):
        neo4j_cypher.node_pattern("Organisation) DETACH DELETE n //")


# -- edits by hand ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        "MATCH (n:Organisation {id: 'o1'}) SET n.family = 'mutuelle'",
        "MATCH (n:Organisation {id: 'o2'}) DELETE n",
        "MATCH ()-[r:SIGNED]->() DELETE r",
        "CREATE (:Maillage:Need {key: 'x'})",
    ],
)
def test_an_edit_in_browser_moves_the_marker(store: Neo4jStore, raw: neo4j.Driver, edit: str) -> None:
    seen = store.version()
    assert store.version() == seen
    by_hand(raw, edit)
    assert store.version().number == seen.number
    assert store.version().marker != seen.marker


def test_a_read_does_not_move_the_marker(store: Neo4jStore) -> None:
    seen = store.version()
    store.snapshot()
    store.history()
    assert store.version() == seen


def test_a_value_of_another_type_is_named_not_raised(store: Neo4jStore, raw: neo4j.Driver) -> None:
    by_hand(raw, "MATCH (n:Contract) SET n.signatureDate = datetime(), n.startYear = 'jadis'")
    with pytest.raises(StoreUnavailableError, match=r"start_year de CES : « jadis ».*maillage check"):
        store.snapshot()
    codes = [(fault.code, fault.column) for fault in check_store(store)]
    assert ("wrong_type", "Première année") in codes
    assert ("wrong_type", "Date de signature") in codes


def test_an_end_that_went_meanwhile_stops_the_write_whole(store: Neo4jStore, raw: neo4j.Driver) -> None:
    plan = store.plan(Book("b").batch(["o3"], signed=["o2", "o3"]))
    by_hand(raw, "MATCH (n:Organisation {id: 'o2'}) DELETE n")
    with pytest.raises(StoreChangedError, match="rien n’a été écrit"):
        store.apply(plan)
    assert store.version().number == 1
    assert store.snapshot().nodes("Organisation")["id"].tolist() == ["o1"]


def test_a_row_made_by_hand_meanwhile_stops_the_write_whole(store: Neo4jStore, raw: neo4j.Driver) -> None:
    plan = store.plan(Book("b").batch(["o3"]))
    by_hand(raw, "CREATE (:Maillage:Organisation {key: 'CES/organisation/o3'})")
    with pytest.raises(StoreChangedError, match="modifiée hors de maillage"):
        store.apply(plan)
    assert len(store.history()) == 1


def test_a_relationship_made_by_hand_keeps_undo_from_taking_its_node(
    store: Neo4jStore, raw: neo4j.Driver
) -> None:
    by_hand(raw, "MATCH (o:Organisation {id: 'o1'}), (c:Contract) CREATE (o)-[:LIKES]->(c)")
    with pytest.raises(StoreChangedError, match="sert encore à une relation"):
        store.undo()
    assert store.snapshot().count_nodes() == {"Contract": 1, "Organisation": 2}


# -- a managed transaction ----------------------------------------------------------------------------------


def test_a_passing_failure_repeats_the_whole_write(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([True, True])
    real = neo4j_cypher.ADD_LOADS
    attempts: list[float] = []

    def statements(kind: str) -> tuple[str, str]:
        attempts.append(time.monotonic())
        if next(failures, False):
            raise Neo4jError._hydrate_neo4j(
                code="Neo.TransientError.Transaction.DeadlockDetected", message="passing"
            )
        return real_roles(kind)

    real_roles = neo4j_cypher.role_statements
    monkeypatch.setattr(neo4j_cypher, "role_statements", statements)
    monkeypatch.setattr("neo4j._sync.work.session.sleep", lambda _seconds: None)
    store.apply(store.plan(Book("b").batch(["o3"], signed=["o3"])))
    assert len(attempts) >= 3
    assert real == neo4j_cypher.ADD_LOADS
    assert store.snapshot().nodes("Organisation")["id"].tolist() == ["o1", "o2", "o3"]
    assert [load.number for load in store.history()] == [1, 2]


def test_a_write_whose_answer_was_lost_is_not_written_twice(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store._server.write

    def twice(work: Any) -> None:
        real(work)
        real(work)

    monkeypatch.setattr(store._server, "write", twice)
    store.apply(store.plan(Book("b").batch(["o3"])))
    assert [load.number for load in store.history()] == [1, 2]


# -- whose database it is -----------------------------------------------------------------------------------


@pytest.fixture
def foreign(raw: neo4j.Driver) -> Iterator[None]:
    """Put a node of another application on the server, for the time of a test."""
    by_hand(raw, "CREATE (:Customer {name: 'tiers'})")
    yield
    by_hand(raw, "MATCH (n:Customer) DELETE n")


@pytest.mark.usefixtures("foreign")
def test_a_database_that_holds_other_nodes_is_refused(neo4j_url: str) -> None:
    with pytest.raises(UsageError, match=r"ne viennent pas de maillage.*MAILLAGE_SHARED_DATABASE=1"):
        open_store(neo4j_url)


@pytest.mark.usefixtures("foreign")
def test_told_to_share_it_leaves_other_nodes_alone(
    neo4j_url: str, raw: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_SHARED_DATABASE", "1")
    with open_store(neo4j_url) as store:
        store.apply(store.plan(A.batch(["o1"], signed=["o1"])))
        store.undo()
        assert check_store(store) == []
    assert rows(raw, "MATCH (n:Customer) RETURN n.name AS name") == [{"name": "tiers"}]


def test_a_store_never_shows_its_password(store: Neo4jStore) -> None:
    assert credentials()[1] not in repr(store) + repr(store._server) + repr(vars(store._server)) + store.url
