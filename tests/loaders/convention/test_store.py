"""The convention in a store, and in the package."""

from pathlib import Path

from graphmodel import open_store
from graphmodel.batch import Batch
from loaders.convention import bundled_folder, load_convention
from loaders.convention.convention import Convention


def test_loading_again_changes_nothing(batch: Batch, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'again.sqlite'}", create=True) as store:
        first = store.plan(batch)
        assert first.counts()["nodes"]["added"] > 300
        store.apply(first, author="essai")
        digest = store.digest()
        for replace in (False, True):
            again = store.plan(load_convention(), replace=replace)
            assert again.empty
            assert {k: c["added"] + c["changed"] + c["removed"] for k, c in again.counts().items()} == {
                "nodes": 0,
                "relationships": 0,
            }
        assert store.digest() == digest


def test_two_readings_of_the_files_give_one_batch(batch: Batch) -> None:
    other = load_convention()
    assert other.source == batch.source
    assert other.rows == batch.rows
    assert batch.source.id == "convention"
    assert not batch.source.fictional
    assert batch.warnings == ()


def test_every_file_comes_with_the_package() -> None:
    names = {entry.name for entry in bundled_folder().iterdir()}
    assert {f"{name}.yaml" for name in Convention.model_fields} | {"mapping.csv"} <= names


def test_every_row_of_the_text_has_its_quote(batch: Batch) -> None:
    """Only context, the reader's remarks and what is declared for the evaluation quote nothing."""
    free = {"Territory", "Zoning", "Document", "USES"}
    for label, rows in batch.rows.items():
        if label in free or label in ("PART_OF", "ABOUT"):
            continue
        bare = {
            row.values.get("kind") if label == "Statement" else row.key for row in rows if not row.place.lines
        }
        assert bare <= {"context", "reading"} if label == "Statement" else not bare - TECHNICAL, (label, bare)


TECHNICAL = {
    f"CES-ESS-RA-2014-2016/governance_body/CT-{axis}>SERVES>CES-ESS-RA-2014-2016/axis/{axis}"
    for axis in ("I", "II", "III")
}
