"""Name and password for a Neo4j server: from the environment or a file, never from the URL, never shown."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graphmodel.errors import UsageError


@dataclass(frozen=True, slots=True)
class Credentials:
    """What opens a server.

    Attributes
    ----------
    username
        Name of the user, `neo4j` by default.
    password
        Password, None when none is given (servers without authentication); never in the `repr`.
    database
        Name of the database, None for the user's own.
    """

    username: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None


def check_url(url: str) -> None:
    """Raise when a URL carries a name or a password, or names no server.

    Raises
    ------
    UsageError
        The sentence shows neither name nor password.
    """
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise UsageError(
            "L’adresse de la base contient un nom d’utilisateur ou un mot de passe : donnez-les par "
            "NEO4J_USERNAME et NEO4J_PASSWORD, jamais dans l’adresse."
        )
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise malformed_url(url)


def malformed_url(url: str) -> UsageError:
    """Return the error of an address that names no server."""
    return UsageError(f"L’adresse « {url} » n’est pas valable. Attendu : bolt://serveur:7687.")


def read_credentials(url: str, environment: Mapping[str, str] | None = None) -> Credentials:
    """Return the credentials for a URL.

    Parameters
    ----------
    url
        URL of the server.
    environment
        Variables, by default those of the process. The TOML file named by `MAILLAGE_CREDENTIALS` comes first
        when it has a table for this URL (`username`, `password`, `database`); then `NEO4J_USERNAME`,
        `NEO4J_PASSWORD` and `NEO4J_DATABASE`, one by one.

    Raises
    ------
    UsageError
        The file is absent or is not what is expected; no content of it is shown.
    """
    known = os.environ if environment is None else environment
    entry = _from_file(Path(known["MAILLAGE_CREDENTIALS"]), url) if known.get("MAILLAGE_CREDENTIALS") else {}
    return Credentials(
        entry.get("username") or known.get("NEO4J_USERNAME") or "neo4j",
        entry.get("password") or known.get("NEO4J_PASSWORD") or None,
        entry.get("database") or known.get("NEO4J_DATABASE") or None,
    )


def _from_file(path: Path, url: str) -> dict[str, str]:
    try:
        tables = tomllib.loads(path.expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"Le fichier « {path} » nommé par MAILLAGE_CREDENTIALS ne peut pas être lu."
        ) from error
    except ValueError as error:
        raise _malformed(path) from error
    for known, entry in tables.items():
        if _same_server(known, url):
            if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
                raise _malformed(path)
            return entry
    return {}


def _malformed(path: Path) -> UsageError:
    return UsageError(
        f"Le fichier « {path} » nommé par MAILLAGE_CREDENTIALS n’a pas la forme attendue. Attendu, en TOML : "
        'une table par adresse, ["bolt://serveur:7687"], avec username, password et au besoin database, '
        "entre guillemets."
    )


def _same_server(one: str, other: str) -> bool:
    def parts(url: str) -> tuple[str, str, str]:
        split = urlsplit(url)
        return split.scheme.lower(), split.netloc.lower(), split.path.rstrip("/")

    return parts(one) == parts(other)
