"""Where the password of a server comes from, and that it is never shown."""

from pathlib import Path

import pytest

from graphmodel.errors import UsageError
from graphmodel.stores import open_store
from graphmodel.stores.credentials import Credentials, read_credentials

URL = "neo4j+s://graphe.example:7687"


def test_the_environment_gives_them_one_by_one() -> None:
    given = {"NEO4J_USERNAME": "anne", "NEO4J_PASSWORD": "secret", "NEO4J_DATABASE": "ces"}
    assert read_credentials(URL, given) == Credentials("anne", "secret", "ces")
    assert read_credentials(URL, {}) == Credentials("neo4j", None, None)


def test_a_file_gives_them_by_url_and_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(
        f'["{URL.upper().replace("NEO4J+S", "neo4j+s")}/"]\nusername = "zoé"\npassword = "p"\n',
        encoding="utf-8",
    )
    given = {"MAILLAGE_CREDENTIALS": str(path), "NEO4J_PASSWORD": "autre", "NEO4J_DATABASE": "ces"}
    assert read_credentials(URL, given) == Credentials("zoé", "p", "ces")
    assert read_credentials("bolt://ailleurs:7687", given) == Credentials("neo4j", "autre", "ces")


@pytest.mark.parametrize(
    "content", ['["bolt://x"]\npassword = motdepasse', '["bolt://x"]\npassword = 12345678']
)
def test_a_malformed_file_is_refused_without_its_content(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="forme attendue") as caught:
        read_credentials("bolt://x", {"MAILLAGE_CREDENTIALS": str(path)})
    assert "motdepasse" not in str(caught.value)
    assert "12345678" not in str(caught.value)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ne peut pas être lu"):
        read_credentials(URL, {"MAILLAGE_CREDENTIALS": str(tmp_path / "rien.toml")})


def test_the_password_is_never_in_the_repr() -> None:
    assert "secret" not in repr(Credentials("anne", "secret", None))


@pytest.mark.parametrize("url", ["bolt://anne:secret@localhost:7687", "neo4j://secret@hote"])
def test_a_url_with_credentials_is_refused_without_showing_them(url: str) -> None:
    with pytest.raises(UsageError, match="NEO4J_PASSWORD") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)
