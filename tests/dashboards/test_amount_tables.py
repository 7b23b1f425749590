"""Money by authority: every euro in one line of the foot, readings that differ, unknown perimeters said."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from dashboards.amount_tables import COLUMNS, READING_FRENCH, amount_rows, write_amounts
from dashboards.cli import run
from graphmodel import open_store
from loaders.convention import load_convention
from loaders.reference import reference_batch
from tests.graphmodel.mini import PAID_2014, MiniBuilder


def foot(rows: list[dict[str, str]], line: str) -> float:
    (row,) = [row for row in rows if row["Collectivité"] == line]
    return float(row["Montant attribué (€)"].replace(",", "."))


@pytest.fixture
def blocks(tmp_path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the example set in 2014, by reading, read back from the file."""
    path = write_amounts(amount_rows(MiniBuilder().graph(), [2014]), tmp_path / "montants.csv")
    found = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            found[row["Lecture"]].append(row)
    return dict(found)


def test_the_foot_of_each_reading_sums_to_what_was_paid(blocks: dict[str, list[dict[str, str]]]) -> None:
    assert set(blocks) == set(READING_FRENCH.values())
    for rows in blocks.values():
        parts = ("montant localisé, chaque euro une fois", "actions régionales", "non localisable")
        total = foot(rows, "total payé")
        assert sum(foot(rows, part) for part in parts) == pytest.approx(total)
        assert total == pytest.approx(sum(PAID_2014.values()))


def test_the_double_count_stands_under_every_block(blocks: dict[str, list[dict[str, str]]]) -> None:
    for rows in blocks.values():
        assert [row["Ligne"] for row in rows].count("double compte (T10)") == 1


def test_an_authority_of_unknown_perimeter_has_no_amount(tmp_path: Path) -> None:
    with open_store(tmp_path / "c.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention()]))
        rows = amount_rows(store.snapshot(), [2014], ["places"])
    unknown = [row for row in rows if row[4] == "périmètre inconnu"]
    assert len(unknown) == 4
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_only_the_reading_by_place_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path / "c.sqlite", create=True) as store:
        store.apply(store.plan(load_convention()))
    words = ["export", "amounts", "--store", str(tmp_path / "c.sqlite"), "--out"]
    assert run([*words, str(tmp_path / "m.csv"), "--reading", "all"]) == 2
    assert "--mode working" in capsys.readouterr().err
    assert run([*words, str(tmp_path / "m.xlsx"), "--mode", "working"]) == 2
    assert run([*words, str(tmp_path / "m.csv"), "--mode", "working", "--year", "2020"]) == 2
    assert run([*words, str(tmp_path / "m.csv"), "--mode", "working", "--year", "2014"]) == 0
    assert "document de travail" in (tmp_path / "m.csv").read_text(encoding="utf-8")
