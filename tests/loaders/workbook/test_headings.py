"""Headings under other names, on two rows, below titles, repeated; rows of totals; merged cells."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from graphmodel import Batch, Fault, InputFaultsError
from loaders.template import SHEETS
from loaders.workbook import Known, read_workbook
from loaders.workbook.headings import fields_by_word, find_layout, heading_word

Line = Sequence[object]
HEAD = ["Financeur", "Action", "Année", "Nature", "Montant (€)"]
PAID = ["ETAT", "II.1.1", 2014, "payé", 10]


def book(path: Path, lines: Sequence[Line], merged: Sequence[str] = (), name: str = "Financements") -> Path:
    """Write a workbook of one sheet, without « Lisez-moi »."""
    work = openpyxl.Workbook()
    sheet = work.active
    assert sheet is not None
    sheet.title = name
    for line in lines:
        sheet.append(list(line))
    for cells in merged:
        sheet.merge_cells(cells)
    work.save(path)
    return path


@pytest.fixture
def read(tmp_path: Path, known: Known) -> Callable[..., tuple[Batch | None, list[Fault]]]:
    """Return a function that writes a sheet and gives its batch, if any, and its faults."""

    def write_and_read(lines: Sequence[Line], merged: Sequence[str] = ()) -> tuple[Batch | None, list[Fault]]:
        try:
            batch = read_workbook(book(tmp_path / "a.xlsx", lines, merged), known)
        except InputFaultsError as error:
            return None, list(error.faults)
        return batch, list(batch.warnings)

    return write_and_read


def amounts(batch: Batch | None) -> list[object]:
    """Return the amounts of the batch, in cents."""
    assert batch is not None
    return [row.values.get("amount") for row in batch.rows["Funding"]]


def test_no_two_columns_of_a_sheet_answer_to_the_same_word() -> None:
    for sheet in SHEETS.values():
        words = [heading_word(column.header) for column in sheet.columns]
        assert len(words) == len(set(words)), sheet.name
        assert all(
            fields_by_word(sheet.name)[heading_word(column.header)] == column.field
            for column in sheet.columns
        )


@pytest.mark.parametrize(
    "head",
    [
        ["financeurs", "N° d’action", "EXERCICE", "nature", "Montants"],
        ["Financeur *", "Code action", "Année(s)", "Stade", "Subvention (en euros)"],
        ["Organisme financeur", "Fiche", "An", "Nature du financement", "somme"],
    ],
)
def test_headings_under_other_names(
    read: Callable[..., tuple[Batch | None, list[Fault]]], head: list[str]
) -> None:
    batch, faults = read([head, PAID])
    assert faults == []
    assert amounts(batch) == [1000]


def test_titles_blank_rows_and_extra_columns(
    read: Callable[..., tuple[Batch | None, list[Fault]]],
) -> None:
    lines = [
        ["Bilan financier 2014 – document de travail"],
        [],
        [*HEAD, "Vu par"],
        [],
        PAID,
        [],
        ["REGION-RA", *PAID[1:], "JD"],
    ]
    batch, faults = read(lines)
    assert amounts(batch) == [1000, 1000]
    assert [(fault.code, fault.column, fault.row) for fault in faults] == [("unknown_column", "Vu par", 3)]
    assert batch is not None
    assert batch.rows["Funding"][1].place.row == 7


def test_heading_merged_over_two_columns_is_read_with_the_row_below(
    read: Callable[..., tuple[Batch | None, list[Fault]]],
) -> None:
    lines = [
        ["Financeur", "Action", "Versement", "", ""],
        ["", "", "Année", "Nature", "Montant"],
        PAID,
    ]
    batch, faults = read(lines, ["A1:A2", "B1:B2", "C1:E1"])
    assert faults == []
    assert amounts(batch) == [1000]


def test_repeated_title_is_a_fault(read: Callable[..., tuple[Batch | None, list[Fault]]]) -> None:
    _, (fault,) = read([[*HEAD, "Montant (€)"], [*PAID, 12]])
    assert (fault.code, fault.severity, fault.column) == ("repeated_column", "error", "Montant (€)")
    assert "E, F" in fault.message


def test_total_that_agrees_is_left_out_and_said(
    read: Callable[..., tuple[Batch | None, list[Fault]]],
) -> None:
    lines = [HEAD, PAID, ["REGION-RA", *PAID[1:4], 5.5], ["TOTAL GÉNÉRAL", "", "", "", "15,50 €"]]
    batch, (note,) = read(lines)
    assert amounts(batch) == [1000, 550]
    assert (note.code, note.severity, note.row) == ("total_row", "note", 4)
    assert "égale à la somme" in note.message


def test_totals_under_each_part_and_one_that_disagrees(
    read: Callable[..., tuple[Batch | None, list[Fault]]],
) -> None:
    lines = [
        HEAD,
        PAID,
        ["Sous-total", "", "", "", 10],
        ["REGION-RA", *PAID[1:]],
        ["Sous-total", "", "", "", 10],
        ["Total", "", "", "", 30],
    ]
    batch, faults = read(lines)
    assert amounts(batch) == [1000, 1000]
    assert [(fault.code, fault.row) for fault in faults] == [
        ("total_row", 3), ("total_row", 5), ("total_differs", 6)
    ]  # fmt: skip
    assert faults[-1].expected == "20,00\u202f€"


def test_organisation_named_total_is_no_total(known: Known, tmp_path: Path) -> None:
    lines = [["Identifiant", "Nom"], ["TOTAL-EN", "Total Ficti-énergie"]]
    batch = read_workbook(book(tmp_path / "a.xlsx", lines, name="Organisations"), known)
    assert [row.values["name"] for row in batch.rows["Organisation"]] == ["Total Ficti-énergie"]


def test_merged_word_holds_for_its_rows_and_merged_amount_does_not(
    read: Callable[..., tuple[Batch | None, list[Fault]]],
) -> None:
    lines = [HEAD, PAID, ["", "II.2.1.1", 2014, "payé", 20]]
    batch, (note,) = read(lines, ["A2:A3"])
    assert amounts(batch) == [1000, 2000]
    assert (note.code, note.row) == ("merged_cell", 2)
    _, faults = read([HEAD, PAID, ["ETAT", "II.2.1.1", 2014, "payé", ""]], ["E2:E3"])
    assert [(fault.code, fault.row, fault.severity) for fault in faults] == [("merged_quantity", 2, "error")]


def test_first_row_bears_the_headings_when_none_is_known() -> None:
    layout = find_layout(SHEETS["Lieux"], "x", [["a", "b"], ["c", "d"]])
    assert (layout.header, dict(layout.positions)) == (1, {})
