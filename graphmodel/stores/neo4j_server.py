"""One Neo4j server: the connection, its time limits, and its errors as French sentences."""

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Forbidden,
    ForbiddenOnReadOnlyDatabase,
    Neo4jError,
    UnsupportedServerProduct,
)

from graphmodel.errors import MaillageError, StoreChangedError, StoreUnavailableError, UsageError
from graphmodel.stores.credentials import Credentials, malformed_url

CONNECTION_TIMEOUT = 2.0
"""Seconds to reach one address (a name may have two): a server that is down is told within 5 s."""
ACQUISITION_TIMEOUT = 4.0
"""Seconds to get a ready connection, handshake and login included."""
READ_RETRY = 1.0
"""Seconds after the first failure during which a read is tried again."""
WRITE_RETRY = 30.0
"""Seconds after the first failure during which a whole write is tried again."""
OLDEST = (5, 7)
"""Oldest server: uniqueness on relationships came with 5.7."""
SHARED = "MAILLAGE_SHARED_DATABASE"
"""Environment variable: 1 allows a database that holds other nodes than ours."""

# The driver tells its retries in English on standard error when nobody listens: the outcome is told by us.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

Transaction = neo4j.ManagedTransaction
Found = TypeVar("Found")


class Neo4jServer:
    """A connection to one database of one server.

    Parameters
    ----------
    url
        URL without credentials.
    credentials
        Who asks.

    Raises
    ------
    StoreUnavailableError
        The server is out of reach, too old, refuses the credentials, or does not have the database.
    UsageError
        The URL is malformed, or the database holds nodes of somebody else.
    """

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.url = url
        self._credentials = credentials
        self._driver: neo4j.Driver | None = None
        auth = (credentials.username, credentials.password) if credentials.password is not None else None
        with self.translated():
            try:
                self._driver = neo4j.GraphDatabase.driver(url, auth=auth, **driver_settings())
            except ValueError as error:
                raise malformed_url(url) from error
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def __repr__(self) -> str:
        return f"Neo4jServer({self.url!r})"

    def close(self) -> None:
        """Close every connection."""
        if self._driver is not None:
            self._driver.close()

    def _check(self) -> None:
        with self.translated():
            check_agent(self.url, self._open().get_server_info().agent)
            every, ours = self.read(_count_nodes)
        if every > ours and os.environ.get(SHARED) != "1":
            raise UsageError(
                f"La base « {self.url} » contient déjà des données qui ne viennent pas de maillage : "
                "rien n’a été "
                f"touché. Choisissez une autre base (NEO4J_DATABASE), ou définissez {SHARED}=1 pour "
                "les laisser côte à côte."
            )

    def _open(self) -> neo4j.Driver:
        if self._driver is None:
            raise StoreUnavailableError(f"La base « {self.url} » est fermée.")
        return self._driver

    @contextmanager
    def _session(self, retry: float) -> Iterator[neo4j.Session]:
        driver = self._open()
        with driver.session(
            database=self._credentials.database,
            max_transaction_retry_time=retry,
            bookmark_manager=driver.execute_query_bookmark_manager,
        ) as session:
            yield session

    def read(self, work: Callable[[Transaction], Found]) -> Found:
        """Return what a managed read transaction finds."""
        with self.translated(), self._session(READ_RETRY) as session:
            return session.execute_read(work)

    def read_marked(self, work: Callable[[Transaction], Found]) -> tuple[Found, str]:
        """Return what a read finds, and a marker that moves at every commit to the database, by anybody.

        The marker is the server's bookmark, which holds the number of the last transaction: unlike the counts
        of nodes and relationships it also moves when a property is edited in Browser, and unlike
        `SHOW DATABASES` it is known to the Community edition.
        """
        with self.translated(), self._session(READ_RETRY) as session:
            found = session.execute_read(work)
            return found, "".join(sorted(session.last_bookmarks().raw_values))

    def write(self, work: Callable[[Transaction], None]) -> None:
        """Run a managed write transaction; the server's passing failures repeat the whole of it."""
        with self.translated(), self._session(WRITE_RETRY) as session:
            session.execute_write(work)

    def administer(self, statements: list[str]) -> None:
        """Run schema statements, one transaction each.

        Raises
        ------
        StoreUnavailableError
            The user may not change the schema.
        """
        with self.translated(), self._session(WRITE_RETRY) as session:
            for statement in statements:
                try:
                    session.run(statement).consume()
                except Forbidden as error:
                    raise StoreUnavailableError(
                        f"L’utilisateur « {self._credentials.username} » ne peut pas créer les "
                        "contraintes et les index de la base "
                        f"« {self.url} » : demandez-le à son administrateur, ou chargez une première "
                        "fois avec un compte qui le peut."
                    ) from error

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the driver's errors into ours, in French."""
        try:
            yield
        except (Neo4jError, DriverError, OSError) as error:
            raise sentence_of(error, self.url, self._credentials) from error


def driver_settings() -> dict[str, Any]:
    """Return the settings of the driver: every wait bounded, the server's advice on queries left out."""
    return {
        "connection_timeout": CONNECTION_TIMEOUT,
        "connection_acquisition_timeout": ACQUISITION_TIMEOUT,
        "max_transaction_retry_time": WRITE_RETRY,
        "notifications_min_severity": "OFF",
        "user_agent": "maillage",
    }


def check_agent(url: str, agent: str) -> None:
    """Raise when a server is too old.

    Parameters
    ----------
    url
        Shown in the sentence.
    agent
        What the server calls itself: `Neo4j/5.26.16`, `Neo4j/2025.01.0`.

    Raises
    ------
    StoreUnavailableError
        Older than 5.7, or not Neo4j.
    """
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        raise StoreUnavailableError(
            f"Le serveur « {url} » est trop ancien pour maillage ({agent.replace('/', ' ')}) : il "
            "faut Neo4j 5.7 ou plus récent."
        )


def _count_nodes(tx: Transaction) -> tuple[int, int]:
    """Return the number of nodes and of our nodes; both come from the store's counters."""
    row = tx.run(
        "MATCH (n) WITH count(n) AS every OPTIONAL MATCH (m:Maillage) RETURN every, count(m) AS ours"
    ).single(strict=True)
    return row["every"], row["ours"]


def sentence_of(error: Exception, url: str, credentials: Credentials) -> MaillageError:
    """Return the error a user sees for an error of the driver or of the server.

    Parameters
    ----------
    error
        What was raised.
    url, credentials
        Named in the sentence: URL, user, database; the password never.
    """
    code = str(getattr(error, "code", "") or "")
    if isinstance(error, AuthError) or code.endswith(("AuthenticationRateLimit", "CredentialsExpired")):
        return StoreUnavailableError(_login(code, url, credentials))
    if isinstance(error, (Forbidden, ForbiddenOnReadOnlyDatabase)) or code.endswith("AccessMode"):
        return StoreUnavailableError(
            f"La base « {url} » est en lecture seule pour l’utilisateur « {credentials.username} » : "
            "rien n’a été écrit. "
            "Demandez le droit d’écrire, ou choisissez une autre base par --store."
        )
    if isinstance(error, ClientError) and "DatabaseNotFound" in code:
        name = credentials.database or "par défaut"
        return StoreUnavailableError(
            f"La base de données « {name} » n’existe pas sur le serveur « {url} » : vérifiez NEO4J_DATABASE."
        )
    if isinstance(error, ConstraintError):
        return StoreChangedError(
            f"La base « {url} » a été modifiée hors de maillage (un élément existe déjà, ou sert "
            "encore à une relation) : "
            "rien n’a été écrit. Lancez maillage check, puis relancez le chargement."
        )
    if isinstance(error, UnsupportedServerProduct):
        return StoreUnavailableError(
            f"Le serveur « {url} » est trop ancien pour maillage : il faut Neo4j 5.7 ou plus récent."
        )
    if isinstance(error, ConfigurationError):
        return malformed_url(url)
    if isinstance(error, Neo4jError) and "Transient" not in code:
        return StoreUnavailableError(
            f"Le serveur « {url} » a refusé la demande ({code}) : rien n’a été écrit."
        )
    if "OutOfMemory" in code or "MemoryPool" in code:
        return StoreUnavailableError(
            f"Le serveur « {url} » manque de mémoire pour cette demande : rien n’a été écrit. "
            "Donnez-lui plus de "
            "mémoire (dbms.memory.transaction.total.max), ou chargez les fichiers un par un."
        )
    return StoreUnavailableError(
        f"La base « {url} » ne répond pas : vérifiez que le serveur Neo4j est démarré et que "
        "l’adresse est la bonne."
    )


def _login(code: str, url: str, credentials: Credentials) -> str:
    if "RateLimit" in code:
        return f"Trop d’essais de mot de passe sur « {url} » : attendez quelques secondes avant de réessayer."
    if "CredentialsExpired" in code:
        return (
            f"Le mot de passe de « {credentials.username} » sur « {url} » est celui d’origine : "
            "changez-le d’abord sur le serveur."
        )
    if credentials.password is None:
        return (
            f"La base « {url} » demande un mot de passe : donnez-le par NEO4J_PASSWORD ou "
            "MAILLAGE_CREDENTIALS."
        )
    return (
        f"La base « {url} » refuse l’utilisateur « {credentials.username} » ou son mot de passe : "
        "vérifiez NEO4J_USERNAME et NEO4J_PASSWORD."
    )
