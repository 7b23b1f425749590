"""What a user reads when the server says no: one French sentence, without the password."""

import socket

import pytest
from neo4j.exceptions import Neo4jError

from graphmodel.errors import MaillageError, StoreUnavailableError
from graphmodel.stores import open_store
from graphmodel.stores.credentials import Credentials
from graphmodel.stores.neo4j import Neo4jStore
from graphmodel.stores.neo4j_server import check_agent, driver_settings, sentence_of

WITHIN_S = 5.0
"""Seconds within which a server that is down is told; held by the driver's settings."""


def refusal(url: str) -> str:
    """Return the sentence with which a server is refused: one line, no code, no password."""
    with pytest.raises(MaillageError) as caught:
        open_store(url)
    text = str(caught.value)
    assert "\n" not in text
    assert "Neo." not in text
    assert "faux-mot-de-passe" not in text
    return text


def test_no_server_at_that_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    for scheme in ("bolt", "neo4j"):
        assert "ne répond pas" in refusal(f"{scheme}://127.0.0.1:{port}")


def test_a_server_that_never_answers() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        assert "ne répond pas" in refusal(f"bolt://127.0.0.1:{mute.getsockname()[1]}")


def test_a_name_that_leads_nowhere() -> None:
    assert "ne répond pas" in refusal("bolt://nulle-part.invalid:7687")


@pytest.mark.parametrize("url", ["bolt://localhost:port", "bolt://localhost:99999", "bolt://"])
def test_an_address_that_is_none(url: str) -> None:
    assert "n’est pas valable" in refusal(url)


def test_a_wrong_password(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "faux-mot-de-passe")
    # Three wrong tries lock the user for five seconds: one is enough here, and the right one must work after.
    assert "refuse l’utilisateur" in refusal(neo4j_url)
    monkeypatch.undo()
    open_store(neo4j_url).close()


def test_no_password(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    assert "demande un mot de passe" in refusal(neo4j_url)


def test_a_database_the_server_does_not_have(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nulle-part")
    text = refusal(neo4j_url)
    assert "« nulle-part » n’existe pas" in text
    assert "NEO4J_DATABASE" in text


def test_the_database_can_be_named(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "neo4j")
    with open_store(neo4j_url) as store:
        assert store.version().number == 0


@pytest.mark.parametrize("agent", ["Neo4j/4.4.38", "Neo4j/5.6.0", "Memgraph/2.1", ""])
def test_a_server_too_old(agent: str) -> None:
    with pytest.raises(StoreUnavailableError, match=r"trop ancien.*5\.7"):
        check_agent("bolt://x", agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.7.0", "Neo4j/5.26.16", "Neo4j/2025.01.0"])
def test_a_server_recent_enough(agent: str) -> None:
    check_agent("bolt://x", agent)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("Neo.ClientError.Security.Forbidden", "lecture seule pour l’utilisateur « anne »"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "lecture seule"),
        ("Neo.ClientError.Statement.AccessMode", "lecture seule"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "attendez quelques secondes"),
        ("Neo.ClientError.Security.CredentialsExpired", "changez-le d’abord"),
        ("Neo.ClientError.Security.Unauthorized", "refuse l’utilisateur « anne »"),
        ("Neo.ClientError.Database.DatabaseNotFound", "« ces » n’existe pas"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "manque de mémoire"),
        ("Neo.TransientError.Transaction.DeadlockDetected", "ne répond pas"),
    ],
)
def test_an_answer_of_the_server_is_one_french_sentence(code: str, sentence: str) -> None:
    error = Neo4jError._hydrate_neo4j(code=code, message="in English, with data")
    text = str(sentence_of(error, "bolt://x", Credentials("anne", "secret", "ces")))
    assert sentence in text
    assert "English" not in text
    assert "secret" not in text


def test_a_write_by_a_reader_is_refused_in_french(neo4j_url: str) -> None:
    with Neo4jStore(neo4j_url) as store, pytest.raises(StoreUnavailableError, match="lecture seule"):
        store._server.read(lambda tx: tx.run("CREATE (:Maillage)").consume())


def test_every_wait_of_the_driver_is_bounded() -> None:
    chosen = driver_settings()
    assert 2 * chosen["connection_timeout"] < WITHIN_S
    assert chosen["connection_acquisition_timeout"] < WITHIN_S
    assert chosen["max_transaction_retry_time"] == 30
