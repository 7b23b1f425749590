"""`--at` reads a frozen version everywhere; its export alone re-makes every output in an empty store."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import run

FULL = Path(__file__).parents[2] / "data" / "full.json"
SIGNED = ("--author", "Une analyste", "--why", "Relu")
READING: list[list[str]] = [
    ["status", "--json"],
    ["history", "--json"],
    ["history", "--corrections", "--json"],
    ["conflicts", "--json"],
    ["matches", "--json"],
    ["check", "--json"],
    ["evaluate", "--format", "json"],
    ["source", "Organisation:FICTI-RESEAU", "--json"],
]
OF_THE_STORE = ("store", "frozen", "at")
"""What `status` and `history` say of the store itself."""


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A store frozen, then corrected: its URL, the outputs before the correction, the export."""
    folder = tmp_path_factory.mktemp("figée")
    url, export = str(folder / "base.sqlite"), folder / "export.maillage"
    assert run(["load", str(FULL), "--store", url, "--quiet"]) == 0
    return {"url": url, "export": export}


def outputs(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> dict[str, Any]:
    """Return what every reading command says or writes."""
    found: dict[str, Any] = {}
    for command in READING:
        assert run([*command, *words]) == 0, command
        document = json.loads(capsys.readouterr().out)
        found[" ".join(command)] = {k: v for k, v in document.items() if k not in OF_THE_STORE}
    for name in ("data.json", "network.gexf", "map.html"):
        path = folder / name
        assert run(["export", path.stem, "--out", str(path), *words]) == 0, name
        capsys.readouterr()
        found[name] = path.read_bytes()
    return found


def test_an_export_alone_re_makes_every_output(
    frozen: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, export = frozen["url"], str(frozen["export"])
    before = outputs(capsys, tmp_path, "--store", url)
    assert run(["freeze", "Évaluation", "--out", export, "--store", url]) == 0
    assert "figée sous le nom « Évaluation »" in capsys.readouterr().out
    assert run(["correct", "Organisation:FICTI-RESEAU", "name", "Autre nom", *SIGNED, "--store", url]) == 0
    capsys.readouterr()
    after = outputs(capsys, tmp_path, "--store", url)
    assert after["status --json"]["version"] != before["status --json"]["version"]
    assert outputs(capsys, tmp_path, "--store", url, "--at", "évaluation") == before
    again = str(tmp_path / "vide.sqlite")
    assert run(["load", export, "--store", again, "--json"]) == 0
    loaded = json.loads(capsys.readouterr().out)
    assert (loaded["written"], loaded["files"][0]["kind"]) == (True, "frozen")
    assert outputs(capsys, tmp_path, "--store", again) == before
    assert run(["load", export, "--store", again]) == 2


def test_frozen_versions_are_listed(frozen: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    url = frozen["url"]
    run(["freeze", "Une autre", "--author", "Un évaluateur", "--store", url])
    capsys.readouterr()
    assert run(["history", "--json", "--store", url]) == 0
    one = json.loads(capsys.readouterr().out)["frozen"][-1]
    assert (one["name"], one["author"]) == ("Une autre", "Un évaluateur")
    for verb in ("history", "status"):
        assert run([verb, "--store", url]) == 0
        assert "« Une autre »" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["load", str(FULL)], ["undo"], ["correct", "Organisation:FICTI-RESEAU", "name", "x", *SIGNED],
     ["freeze", "x"], ["matches", "--decide", "a", "b", "same", *SIGNED]],
)  # fmt: skip
def test_what_writes_refuses_a_frozen_version(
    frozen: dict[str, Any], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--at", "Évaluation", "--store", frozen["url"]]) == 2
    assert "--at lit une version figée" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../x", "a/b", "CON", "", "a:b", ".x"])
def test_a_hostile_name_is_exit_code_2(
    frozen: dict[str, Any], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["freeze", name, "--store", frozen["url"]]) == 2
    assert "ne peut pas nommer une version" in capsys.readouterr().err
    assert run(["status", "--at", name, "--store", frozen["url"]]) == 2
    assert "Aucune version figée" in capsys.readouterr().err


def test_a_damaged_export_is_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, export = str(tmp_path / "a.sqlite"), tmp_path / "x.maillage"
    run(["load", "convention", "--store", url, "--quiet"])
    run(["freeze", "x", "--out", str(export), "--store", url])
    export.write_bytes(export.read_bytes()[:-400])
    capsys.readouterr()
    assert run(["load", str(export), "--store", str(tmp_path / "b.sqlite")]) == 1
    assert "endommagé" in capsys.readouterr().err
    assert run(["freeze", "y", "--out", str(export), "--store", url]) == 2
    assert run(["freeze", "y", "--out", str(tmp_path / "y.zip"), "--store", url]) == 2


def test_a_dashboard_on_a_frozen_version_cannot_write(
    frozen: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[tuple[str, bool]] = []

    def take(url: str, **_: object) -> None:
        served.append((url, "MAILLAGE_WRITE_CODE" in os.environ))

    monkeypatch.setattr("dashboards.server.serve", take)
    run(["freeze", "À servir", "--store", frozen["url"]])
    monkeypatch.setenv("MAILLAGE_WRITE_CODE", "x")
    assert run(["serve", "--at", "à servir", "--port", "0", "--store", frozen["url"]]) == 0
    ((url, writable),) = served
    assert not writable
    capsys.readouterr()
    digests = []
    for words in (["--store", url], ["--store", frozen["url"], "--at", "à servir"]):
        assert run(["status", "--json", *words]) == 0
        digests.append(json.loads(capsys.readouterr().out)["version"])
    assert digests[0] == digests[1]
