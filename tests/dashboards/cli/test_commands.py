"""Each command as a program uses it: exit code, JSON, sentences."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import reading, run
from graphmodel import open_store
from loaders.convention import load_convention


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store that holds the convention alone."""
    path = tmp_path / "convention.sqlite"
    with open_store(path, create=True) as opened:
        opened.apply(opened.plan(load_convention()))
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_status_says_what_the_store_holds(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    content = answer(capsys, "status", "--store", store)
    assert content["schema"] == "maillage/status/1"
    assert content["nodes"]["Action"] == 21
    assert content["relationships"]["SIGNED"] == 20
    assert content["fictional"] is False
    assert content["loads"] == content["version"]["number"] == 1
    assert len(content["version"]["digest"]) == 64
    assert list(content) == sorted(content)
    assert run(["status", "--store", store]) == 0
    assert "CES-ESS-RA-2014-2016" in capsys.readouterr().out


def test_a_missing_store_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--store", str(tmp_path / "rien.sqlite")]) == 3
    assert "n’existe pas" in capsys.readouterr().err


def test_an_unknown_scheme_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--store", "mysql://x"]) == 2
    assert "mysql://" in capsys.readouterr().err


def test_loading_twice_changes_nothing_the_second_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "new.sqlite")
    first = answer(capsys, "load", "convention", "--store", path, "--quiet")
    assert first["written"] is True
    assert first["version_before"] == 0
    assert first["changes"]["nodes"]["added"] > 3000
    assert {f["kind"] for f in first["files"]} == {"reference", "convention"}
    second = answer(capsys, "load", "convention", "--store", path)
    assert second["written"] is False
    assert second["changes"]["nodes"]["added"] == second["changes"]["nodes"]["changed"] == 0
    assert second["version_before"] == second["version_after"]


def test_a_preview_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "preview.sqlite")
    content = answer(capsys, "load", "convention", "--preview", "--store", path)
    assert content["written"] is False
    assert content["version_after"] == 0
    with open_store(path) as opened:
        assert opened.snapshot().count_nodes() == {}


def test_a_file_of_no_known_format_is_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "notes.txt"
    bad.write_text("bonjour", encoding="utf-8")
    content = answer(capsys, "load", str(bad), "--store", str(tmp_path / "x.sqlite"), code=1)
    assert content["written"] is False
    (issue,) = content["issues"]
    assert issue["severity"] == "error"
    assert issue["file"] == "notes.txt"
    assert issue["fix"]


def test_an_absent_file_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", str(tmp_path / "absent.xlsx"), "--store", str(tmp_path / "x.sqlite")]) == 2
    assert "n’existe pas" in capsys.readouterr().err


def test_one_bad_file_does_not_stop_the_good_one_unless_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "lot"
    folder.mkdir()
    (folder / "bon.geojson").write_text(
        json.dumps({"type": "Feature", "properties": {"code": "S", "nom": "Secteur"}, "geometry": {
            "type": "Polygon", "coordinates": [[[4.8, 45.7], [4.9, 45.7], [4.9, 45.8], [4.8, 45.7]]]}}),
        encoding="utf-8",
    )  # fmt: skip
    (folder / "mauvais.json").write_text("{", encoding="utf-8")
    path = str(tmp_path / "lot.sqlite")
    assert run(["load", "convention", "--store", path, "--quiet"]) == 0
    capsys.readouterr()
    content = answer(capsys, "load", str(folder), "--together", "--store", path, code=1)
    assert content["written"] is False
    content = answer(capsys, "load", str(folder), "--store", path, code=1)
    assert content["written"] is True
    assert {issue["file"] for issue in content["issues"] if issue["severity"] == "error"} == {"mauvais.json"}


def test_undo_takes_the_last_load_back(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["undo", "--store", store]) == 0
    assert "annulé" in capsys.readouterr().out
    assert answer(capsys, "status", "--store", store)["nodes"] == {}
    assert len(answer(capsys, "history", "--store", store)["loads"]) == 2
    assert run(["undo", "--store", store]) == 2


def test_push_copies_to_an_empty_store_with_the_same_digest(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(tmp_path / "copie.sqlite")
    assert run(["push", copy, "--store", store]) == 0
    capsys.readouterr()
    digests = [answer(capsys, "status", "--store", url)["version"]["digest"] for url in (store, copy)]
    assert digests[0] == digests[1]
    assert run(["push", copy, "--store", store]) == 2


def test_territory_answers_by_usual_name(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    content = answer(capsys, "territory", "grand lyon", "--store", store)
    assert (content["code"], content["level"], content["perimeter"]) == ("200046977", "epci", "known")
    assert {part["level"] for part in content["contains"]} == {"commune"}
    assert content["note"]
    assert run(["territory", "Xyzzz", "--store", store]) == 2


def test_a_territory_of_unknown_perimeter_says_so(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    content = answer(capsys, "territory", "Rhône Pluriel", "--store", store)
    assert content["perimeter"] == "unknown"
    assert content["contains"] == []
    assert run(["territory", "Rhône Pluriel", "--store", store]) == 0
    assert "Périmètre inconnu" in capsys.readouterr().out


def test_check_finds_a_sound_store(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "check", "--store", store)["issues"] == []


def test_credentials_in_a_url_are_refused_and_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--store", "bolt://neo4j:s3cret@127.0.0.1:1"]) == 2
    assert "s3cret" not in "".join(capsys.readouterr())


def test_serving_beyond_this_machine_needs_a_password(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAILLAGE_PASSWORD", raising=False)
    assert run(["serve", "--host", "0.0.0.0", "--store", store]) == 2
    assert "MAILLAGE_PASSWORD" in capsys.readouterr().err


def test_an_unforeseen_error_is_one_sentence_and_a_log(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(reading, "describe", broken)
    assert run(["status", "--store", store]) == 4
    text = capsys.readouterr().err
    assert "Traceback" not in text
    log = Path(text.split("« ")[1].split(" »")[0])
    assert "boom" in log.read_text(encoding="utf-8")


def test_ctrl_c_is_exit_code_130(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "describe", interrupted)
    assert run(["status", "--store", store]) == 130
    assert "Interrompu : la base est restée telle quelle." in capsys.readouterr().err


def test_the_data_of_a_store_needs_a_known_extension(store: str, tmp_path: Path) -> None:
    assert run(["export", "data", "--out", str(tmp_path / "x.doc"), "--store", store]) == 2
    assert run(["export", "map", "--out", str(tmp_path / "x.doc"), "--store", store]) == 2
