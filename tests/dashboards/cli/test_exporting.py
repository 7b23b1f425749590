"""`export data`: one command, the extension chooses the format, and the command printed makes it again."""

import re
import zipfile
from pathlib import Path

import pytest

from dashboards.cli import run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store with the bundled convention."""
    path = tmp_path_factory.mktemp("store") / "base.sqlite"
    assert run(["--store", str(path), "--quiet", "load", "convention", "--author", "Essai"]) == 0
    return str(path)


@pytest.mark.parametrize("suffix", ["gpkg", "xlsx", "zip", "json"])
def test_every_format_is_written_twice_the_same(store: str, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / "a" / f"donnees.{suffix}", tmp_path / "b" / f"donnees.{suffix}"
    for out in (first, second):
        assert run(["--store", store, "export", "data", "--out", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_the_command_printed_in_the_file_makes_it_again(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--store", store, "export", "data", "--out", "donnees.zip", "--mode", "working"]) == 0
    before = Path("donnees.zip").read_bytes()
    with zipfile.ZipFile("donnees.zip") as parts:
        said = parts.read("a-lire.csv").decode("utf-8-sig")
    found = re.search(r"maillage (export data .*)\r\n", said)
    assert found is not None
    Path("donnees.zip").unlink()
    assert run(["--store", store, *found[1].split()]) == 0
    assert Path("donnees.zip").read_bytes() == before


def test_a_format_nobody_knows_is_refused_before_the_store_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--store", "nowhere.sqlite", "export", "data", "--out", str(tmp_path / "x.doc")]) == 2
    assert "n’est pas un format de données" in capsys.readouterr().err
