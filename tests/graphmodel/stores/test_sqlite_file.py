"""The file itself: absent, damaged, somebody else's, busy, read beside a write, whole after a crash."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from graphmodel.errors import StoreUnavailableError, UsageError
from graphmodel.schema import SCHEMA
from graphmodel.stores import open_store
from tests.graphmodel.stores.material import Book

ROOT = Path(__file__).parents[3]
A = Book("a")


def refusal(path: Path | str) -> str:
    """Return the sentence with which a store is refused: one paragraph, no English, no code."""
    with pytest.raises(StoreUnavailableError) as caught:
        open_store(path)
    text = str(caught.value)
    assert "\n" not in text
    assert "Error" not in text
    assert caught.value.exit_code == 3
    return text


def test_an_absent_file(tmp_path: Path) -> None:
    assert "n’existe pas" in refusal(tmp_path / "rien.sqlite")
    assert not (tmp_path / "rien.sqlite").exists()


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "vide.sqlite").touch()
    assert "vide" in refusal(tmp_path / "vide.sqlite")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "texte.sqlite").write_text("ceci n’est pas une base\n" * 100, encoding="utf-8")
    assert "endommagé" in refusal(tmp_path / "texte.sqlite")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "autre.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE clients (nom TEXT)")
    assert "n’est pas une base de maillage" in refusal(path)
    with sqlite3.connect(path) as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["clients"]


def test_a_file_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "futur.sqlite"
    open_store(path, create=True).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    assert "version plus récente" in refusal(path)


def test_a_truncated_file(tmp_path: Path) -> None:
    path = tmp_path / "coupe.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(A.batch([f"o{n}" for n in range(500)])))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreUnavailableError, match="endommagé"), open_store(path) as store:
        store.snapshot()


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert "ne peut pas être ouverte" in refusal(tmp_path)


def test_a_scheme_nobody_knows() -> None:
    with pytest.raises(UsageError, match="« mysql:// » n’est pas une base connue"):
        open_store("mysql://localhost/x")


def test_a_busy_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **given: real(path, **{**given, "timeout": 0.05}))
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as store:
        plan = store.plan(A.batch(["o1"]))
        other = real(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError, match="occupée par un autre programme"):
            store.apply(plan)
        other.execute("ROLLBACK")
        other.close()
        store.apply(plan)


def test_two_readers_beside_one_writer(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as writer, open_store(path) as one, open_store(path) as other:
        writer.apply(writer.plan(A.batch(["o1"])))
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")
        raw.execute('DELETE FROM "Organisation"')
        before = [store.snapshot().count_nodes() for store in (one, other)]
        raw.execute("COMMIT")
        after = [store.snapshot().count_nodes() for store in (one, other)]
        raw.close()
    assert before == [{"Contract": 1, "Organisation": 1}] * 2
    assert after == [{"Contract": 1}] * 2


def test_an_edit_by_another_program_moves_the_marker(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(A.batch(["o1"])))
        seen = store.version()
        with sqlite3.connect(path) as other:
            other.execute("UPDATE \"Organisation\" SET family = 'association'")
        other.close()
        assert store.version().number == seen.number
        assert store.version().marker != seen.marker


def test_a_value_of_another_type_is_named_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(A.batch(["o1"])))
        with sqlite3.connect(path) as other:
            other.execute("UPDATE \"Contract\" SET signature_date = 'hier', start_year = 'jadis'")
        other.close()
        with pytest.raises(StoreUnavailableError, match=r"start_year de CES : « jadis ».*maillage check"):
            store.snapshot()


def test_a_property_the_schema_has_gained_is_added(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(A.batch(["o1"], family="association")))
    with sqlite3.connect(path) as other:
        other.execute('ALTER TABLE "Organisation" DROP COLUMN "siren"')
        other.execute('DROP TABLE "Need"')
    other.close()
    with open_store(path) as store:
        assert store.snapshot().nodes("Organisation")["family"].tolist() == ["association"]
        store.apply(store.plan(A.batch(["o1"], siren="123456782")))
        assert store.snapshot().nodes("Organisation")["siren"].tolist() == ["123456782"]


def test_every_table_and_column_of_the_schema_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    open_store(path, create=True).close()
    connection = sqlite3.connect(path)
    for table in SCHEMA.tables:
        present = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        assert set(SCHEMA.columns(table)) <= present
    connection.close()


_KILLED = """
import os, signal, sys
from graphmodel.stores import base, open_store, sqlite
from tests.graphmodel.stores.material import Book

real = sqlite._rows
def rows(table, records):
    for number, row in enumerate(real(table, records)):
        if table == "SIGNED" and number == 100:
            os.kill(os.getpid(), signal.SIGKILL)
        yield row
sqlite._rows = rows
names = [f"o{n}" for n in range(2000)]
with open_store(sys.argv[1]) as store:
    store.apply(store.plan(Book("b").batch(names, signed=names)))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_killed_while_it_writes_leaves_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with open_store(path, create=True) as store:
        store.apply(store.plan(A.batch(["o1"], signed=["o1"])))
        before = store.digest()
    run = subprocess.run([sys.executable, "-c", _KILLED, str(path)], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL
    with open_store(path) as store:
        assert (store.version().number, store.digest()) == (1, before)
        names = [f"o{n}" for n in range(2000)]
        store.apply(store.plan(Book("b").batch(names, signed=names)))
        assert store.snapshot().count_relationships() == {"SIGNED": 2000}
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
