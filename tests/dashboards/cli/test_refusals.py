"""What the program refuses, and what it must never do to the files of the person who types."""

import socket
from pathlib import Path

import pytest

from dashboards.cli import hoist, run
from dashboards.cli.session import default_store, demo_store
from loaders.registry import expand


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store that holds one contract and nothing else."""
    path, data = tmp_path / "essai.sqlite", tmp_path / "essai.json"
    data.write_text("{}", encoding="utf-8")
    assert run(["--quiet", "load", str(data), "--store", str(path)]) == 0
    return str(path)


def test_a_template_never_replaces_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled = tmp_path / "rempli.xlsx"
    filled.write_bytes(b"une annee de reponses")
    assert run(["template", str(filled)]) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert filled.read_bytes() == b"une annee de reponses"


def test_quiet_still_says_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "casse.json"
    broken.write_text('{"actions": {"a": {"axe": 3}}, "operateurs": {"b": 4}}', encoding="utf-8")
    assert run(["--quiet", "load", str(broken), "--store", str(tmp_path / "x.sqlite")]) == 1
    said = capsys.readouterr()
    assert "2 fautes" in said.out
    assert "actions.a.axe" in said.err
    assert "operateurs.b" in said.err
    assert "Lecture" not in said.err


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_not_the_current_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "donnees.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["load", name, "--store", str(tmp_path / "x.sqlite")]) == 2
    assert "vide" in capsys.readouterr().err
    assert not (tmp_path / "x.sqlite").exists()
    assert expand(".") == ["donnees.json"]


@pytest.mark.parametrize("words", [["export", "data", "--out"], ["evaluate", "--format", "json", "--out"]])
def test_a_path_that_cannot_be_written_is_a_sentence_and_exit_code_2(
    words: list[str], store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    assert run([*words, str(tmp_path / "fichier" / "sortie.json"), "--store", store]) == 2
    assert "ne peut pas servir" in capsys.readouterr().err


def test_version_is_accepted_after_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoist(["status", "--version"]) == ["--version", "status"]
    assert run(["status", "--version"]) == 0
    assert capsys.readouterr().out.startswith("maillage ")


def test_a_year_that_cannot_be_a_vintage_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", "convention", "--vintage", "-5"]) == 2
    assert "au moins 1900" in capsys.readouterr().err


def test_a_folder_in_place_of_a_file_is_said_in_french(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", str(tmp_path)]) == 2
    assert "est un dossier" in capsys.readouterr().err
    (tmp_path / "f").write_text("x", encoding="utf-8")
    assert run(["demo", "--out", str(tmp_path / "f")]) == 2
    assert "est un fichier, non un dossier" in capsys.readouterr().err


def test_a_port_in_use_is_a_french_sentence(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port), "--store", store]) == 2
    assert f"Le port {port} est déjà pris" in capsys.readouterr().err


def test_without_a_store_the_demonstrations_is_pointed_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status"]) == 3
    said = capsys.readouterr().err
    assert str(default_store()) in said
    assert "maillage load convention" in said
    assert "--store" not in said
    demo_store().parent.mkdir(parents=True, exist_ok=True)
    demo_store().touch()
    for words in (["status"], ["export", "map", "--out", "carte.html"], ["evaluate"]):
        assert run(words) == 3
        assert f"--store {demo_store()}" in capsys.readouterr().err


def test_a_folder_that_cannot_hold_the_demonstrations_files_is_refused_before_the_store_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    store = tmp_path / "demo.sqlite"
    assert run(["demo", "--no-serve", "--out", str(tmp_path / "fichier" / "x"), "--store", str(store)]) == 2
    assert "ne peut pas servir" in capsys.readouterr().err
    assert not store.exists()
