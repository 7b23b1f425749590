"""`export figure` and `export table`: the command printed in the file makes it again."""

import re
from pathlib import Path

import pytest

from dashboards.cli import run
from graphmodel import open_store
from tests.dashboards.conftest import small_builder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store with the small contract."""
    path = tmp_path_factory.mktemp("store") / "base.sqlite"
    with open_store(f"sqlite:///{path}", create=True) as made:
        made.apply(made.plan(small_builder().build()), author="essai")
    return str(path)


@pytest.mark.parametrize(
    ("what", "kind", "options", "name"),
    [
        ("figure", "f2", ["--year", "2015", "--grey"], "reseau.svg"),
        ("table", "tb7", ["--mode", "working"], "reseau.csv"),
    ],
)
def test_the_command_printed_in_the_file_makes_it_again(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    what: str, kind: str, options: list[str], name: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["--store", store, "export", what, "--kind", kind, *options, "--out", name]) == 0
    before = Path(name).read_text("utf-8-sig")
    found = re.search(rf"maillage (export {what} .*?{name})", before)
    assert found is not None
    Path(name).unlink()
    assert run(["--store", store, *found[1].split()]) == 0
    assert Path(name).read_text("utf-8-sig") == before


@pytest.mark.parametrize(("what", "kind", "name"), [("figure", "f1", "f1.docx"), ("table", "tb1", "tb1.pdf")])
def test_another_format_is_refused_before_the_store_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, kind: str, name: str
) -> None:
    at = ["--store", "nowhere.sqlite", "export", what, "--kind", kind]
    assert run([*at, "--out", str(tmp_path / name)]) == 2
    assert "n’est pas un format" in capsys.readouterr().err
