"""A frozen version: whole, hashed, re-made in an empty store of either kind."""

import gzip
from pathlib import Path

import pytest

from graphmodel.decisions import correct, journal
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.stores import Store, open_store
from graphmodel.stores.frozen import check_name, find_frozen, freeze, is_export, restore, unfold
from graphmodel.stores.push import push
from tests.graphmodel.stores.material import Book

KEY = "CES/organisation/o1"


def filled(store: Store) -> None:
    """Load two files that disagree and settle it."""
    for name, family in (("a", "mutuelle"), ("b", "association")):
        batch = Book(name).batch(["o1", "o2"], ["o1"], family=family)
        store.apply(store.plan(batch), author="Une analyste")
    correct(store, "Organisation", KEY, "family", "mutuelle", author="Une analyste", why="Relu")


def test_an_export_re_makes_rows_history_and_version_in_either_store(
    store: Store, store_url: str, tmp_path: Path, neo4j_url: str
) -> None:
    filled(store)
    frozen, content = freeze(store, "Évaluation intermédiaire", author="Une analyste")
    other = str(tmp_path / "vide.sqlite") if store_url.startswith("bolt") else neo4j_url
    with open_store(other, create=True) as target:
        restore(content, target, frozen.name)
        assert target.digest() == frozen.digest == store.digest()
        assert target.history() == store.history()
        assert target.version().number == frozen.version == 3
        assert journal(target) == journal(store)
        again, bytes_again = freeze(target, "Copie", author="")
        assert (again.sha256, bytes_again) == (frozen.sha256, content)
        target.undo()
        store.undo()
        assert target.digest() == store.digest()


def test_a_frozen_version_stays_and_travels_with_its_store(store: Store, tmp_path: Path) -> None:
    filled(store)
    frozen, content = freeze(store, "Avant", author="Une analyste")
    store.undo()
    assert find_frozen(store, "avant") == frozen
    assert store.frozen_content("Avant") == content
    with open_store(unfold(store, "AVANT", tmp_path / "figées")) as opened:
        assert opened.digest() == frozen.digest != store.digest()
        assert opened.version().number == 3
        opened.undo()
    with open_store(unfold(store, "Avant", tmp_path / "figées")) as opened:
        assert opened.digest() == frozen.digest
    with open_store(tmp_path / "copie.sqlite", create=True) as target:
        push(store, target)
        assert target.frozen() == [frozen]
        assert target.frozen_content("Avant") == content
    assert list(store.strays()) == []


def test_a_name_is_taken_once_whatever_its_case(store: Store) -> None:
    with pytest.raises(UsageError, match="vide"):
        freeze(store, "Rien", author="")
    filled(store)
    freeze(store, "Été", author="")
    with pytest.raises(UsageError, match="existe déjà"):
        freeze(store, "ÉTÉ", author="")
    with pytest.raises(UsageError, match=r"Aucune version figée ne s’appelle « hiver ».*Été"):
        find_frozen(store, "hiver")


@pytest.mark.parametrize(
    "name",
    ["", " ", "a/b", "a\\b", "..", ".cache", "-x", "C:", "a*", "nul", "CON.txt", "LPT1", "a\nb", "x" * 81,
     "fin.", "a\u202eb", "é" * 90, "\x00"],
)  # fmt: skip
def test_a_name_hostile_to_file_systems_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="ne peut pas nommer"):
        check_name(name)


@pytest.mark.parametrize("name", ["Évaluation intermédiaire", "v1.2", "2016 (fin)", "L’été", "console"])
def test_a_plain_name_is_kept(name: str) -> None:
    assert check_name(f" {name} ") == name


def test_a_damaged_export_is_a_sentence_and_writes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite", create=True) as store:
        filled(store)
        _, content = freeze(store, "Tout", author="")
    lines = gzip.decompress(content).splitlines(keepends=True)
    broken = [
        b"", b"bonjour", content[: len(content) // 2], gzip.compress(b"{}\n"), gzip.compress(lines[0]),
        gzip.compress(b"".join([lines[0].replace(b'"format":1', b'"format":99'), *lines[1:]])),
    ]  # fmt: skip
    with open_store(tmp_path / "b.sqlite", create=True) as target:
        for damaged in broken:
            with pytest.raises(InputFaultsError):
                restore(damaged, target, "x.maillage")
        assert target.version().number == 0
        restore(content, target, "x.maillage")
        with pytest.raises(UsageError, match="base vide"):
            restore(content, target, "x.maillage")


def test_an_export_is_known_by_what_it_holds(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite", create=True) as store:
        filled(store)
        _, content = freeze(store, "Tout", author="")
    for name, data, expected in (
        ("a", content, True), ("b.maillage", b"x", False), ("c.gz", gzip.compress(b"x"), False)
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        assert is_export(tmp_path / name) is expected
