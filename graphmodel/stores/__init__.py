"""The stores that keep the contract graph: a SQLite file by default, a Neo4j server by URL."""

from pathlib import Path

from graphmodel.errors import UsageError
from graphmodel.stores.base import Store
from graphmodel.stores.loads import Load

NEO4J_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

__all__ = ["NEO4J_SCHEMES", "Load", "Store", "open_store"]


def open_store(url: str | Path, *, create: bool = False) -> Store:
    """Open the store at a URL.

    Parameters
    ----------
    url
        `sqlite:///path`, a plain path, or a Neo4j URL (`bolt://`, `neo4j://`, `neo4j+s://`); credentials come
        from the environment (`NEO4J_USERNAME`, `NEO4J_PASSWORD`, `NEO4J_DATABASE`, or the TOML file named by
        `MAILLAGE_CREDENTIALS`), never from the URL.
    create
        True makes the file when it is absent.

    Raises
    ------
    UsageError
        The scheme is unknown, or the URL carries credentials.
    StoreUnavailableError
        The store is absent, damaged, out of reach, or refuses the credentials.
    """
    text = str(url)
    scheme = text.partition("://")[0] if "://" in text else "sqlite"
    if scheme == "sqlite":
        from graphmodel.stores.sqlite import SqliteStore

        path = text.removeprefix("sqlite:///") if "://" in text else text
        return SqliteStore(Path(path).expanduser(), create=create)
    if scheme in NEO4J_SCHEMES:
        from graphmodel.stores.neo4j import Neo4jStore

        return Neo4jStore(text)
    raise UsageError(
        f"« {scheme}:// » n’est pas une base connue. Attendu : un chemin de fichier, sqlite:///fichier, "
        "bolt://, neo4j:// ou neo4j+s://."
    )
