"""What a file would change, before it is written: counts, rows, faults; and that writing does just that."""

from pathlib import Path

import pytest

from dashboards import load_preview
from dashboards.access import StoreAccess
from dashboards.load_preview import Options, preview, write
from graphmodel import open_store
from graphmodel.errors import StoreChangedError
from tests.dashboards.pages.data_store import CHANGED, FAULTY, GOOD, store_with_convention, workbook


@pytest.fixture
def access(tmp_path: Path) -> StoreAccess:
    return StoreAccess(store_with_convention(tmp_path / "x.sqlite"), tmp_path / "envois", code="abricot")


def test_a_good_file_is_counted_row_by_row_and_written_as_shown(access: StoreAccess, tmp_path: Path) -> None:
    path = workbook(tmp_path / "bilan.xlsx", GOOD)
    shown = preview(access, path, Options())
    assert shown.kind == "workbook"
    assert shown.errors == ()
    assert shown.counts is not None
    assert (shown.counts["added"], shown.counts["changed"], shown.counts["removed"]) == (3, 0, 0)
    named = {(c.sign, c.table, c.name.partition(" → ")[0]) for c in shown.changes}
    assert named == {
        ("added", "Organisation", "Fictiasso Lichen"),
        ("added", "Organisation", "Fictiscop Safran"),
        ("added", "TAKES_PART_IN", "Fictiasso Lichen"),
    }
    with open_store(access.url) as store:
        assert store.version().number == shown.version
    load, written = write(access, path, shown, "Camille")
    assert load is not None
    assert (load.author, written.written) == ("Camille", shown.version + 1)
    again = preview(access, path, Options())
    assert again.counts is not None
    assert (again.changing, again.counts["unchanged"]) == (0, 3)


def test_a_change_shows_before_and_after_and_what_goes(access: StoreAccess, tmp_path: Path) -> None:
    first = workbook(tmp_path / "bilan.xlsx", GOOD)
    write(access, first, preview(access, first, Options()), "Camille")
    second = workbook(tmp_path / "bilan-2.xlsx", CHANGED)
    shown = preview(access, second, Options(replace=True))
    changed = next(c for c in shown.changes if c.sign == "changed")
    assert changed.cells == (("Nom", "Fictiasso Lichen", "Fictiasso Lichens"),)
    assert changed.sheet == "Organisations"
    assert changed.row == 2
    removed = next(c for c in shown.changes if c.sign == "removed")
    assert removed.name == "Fictiscop Safran"
    assert ("Nom", "Fictiscop Safran", None) in removed.cells
    assert shown.many_removed


def test_a_faulty_file_has_faults_and_no_counts(access: StoreAccess, tmp_path: Path) -> None:
    shown = preview(access, workbook(tmp_path / "bilan.xlsx", FAULTY), Options())
    assert shown.counts is None
    assert shown.changes == ()
    assert {(f.sheet, f.row, f.value) for f in shown.errors} == {
        ("Organisations", 2, "123456789"),
        ("Participations", 2, "IV.1.1"),
    }


def test_nothing_is_written_when_the_store_moved_since_the_preview(
    access: StoreAccess, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "bilan.xlsx", GOOD)
    shown = preview(access, path, Options())
    other = workbook(tmp_path / "autre.xlsx", CHANGED)
    write(access, other, preview(access, other, Options()), "Dominique")
    with pytest.raises(StoreChangedError, match="Refaites l’aperçu"):
        write(access, path, shown, "Camille")


def test_a_preview_is_kept_and_read_back_the_same(access: StoreAccess, tmp_path: Path) -> None:
    for rows in (GOOD, FAULTY):
        folder = tmp_path / str(len(rows["Organisations"]))
        folder.mkdir()
        shown = preview(access, workbook(folder / "bilan.xlsx", rows), Options(vintage=2015))
        load_preview.keep(shown, folder)
        assert load_preview.kept(folder) == shown
        assert load_preview.file_of(folder).name == "bilan.xlsx"
    assert load_preview.kept(tmp_path) is None
