"""Files sent to the dashboard: what is taken, under which name, for how long."""

import io
import os
import time
from pathlib import Path

import pytest

from dashboards import uploads
from dashboards.uploads import clear, find, receive, safe_name
from graphmodel import UsageError


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("bilan.xlsx", "bilan.xlsx"),
        ("../../etc/bilan.csv", "bilan.csv"),
        ("C:\\fakepath\\bilan.ods", "bilan.ods"),
        ("..bilan.csv", "bilan.csv"),
        ("bi\nlan\x00.csv", "bilan.csv"),
        ("</script>.csv", "script>.csv"),
        ("", "fichier"),
    ],
)
def test_a_name_is_never_a_path(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_long_name_keeps_its_end() -> None:
    assert safe_name("x" * 500 + ".xlsx").endswith(".xlsx")
    assert len(safe_name("x" * 500 + ".xlsx")) == 120


def test_a_file_is_kept_apart_under_its_own_name(tmp_path: Path) -> None:
    one = receive(tmp_path, "a.csv", io.BytesIO(b"a;b\n"))
    other = receive(tmp_path, "a.csv", io.BytesIO(b"c;d\n"))
    assert one.path.read_bytes() == b"a;b\n"
    assert one.path != other.path
    assert find(tmp_path, one.token) == one.path.parent
    assert one.path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["virus.exe", "page.html", "sans-extension"])
def test_other_kinds_of_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="d’une sorte qui se charge"):
        receive(tmp_path, name, io.BytesIO(b"x"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_or_too_large_file_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="vide"):
        receive(tmp_path, "a.csv", io.BytesIO(b""))
    monkeypatch.setattr(uploads, "LARGEST_FILE", 10)
    with pytest.raises(UsageError, match="ligne de commande"):
        receive(tmp_path, "a.csv", io.BytesIO(b"x" * 11))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("token", ["", "..", "../x", "a/b", "absent", "%2e%2e"])
def test_a_token_names_a_folder_of_ours_or_nothing(tmp_path: Path, token: str) -> None:
    folder = tmp_path / "envois"
    folder.mkdir()
    assert find(folder, token) is None


def test_old_files_are_cleared_away(tmp_path: Path) -> None:
    old = receive(tmp_path, "a.csv", io.BytesIO(b"a"))
    past = time.time() - uploads.KEPT_S - 60
    os.utime(old.path.parent, (past, past))
    new = receive(tmp_path, "b.csv", io.BytesIO(b"b"))
    clear(tmp_path)
    assert find(tmp_path, old.token) is None
    assert find(tmp_path, new.token) is not None
