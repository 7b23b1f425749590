"""Every fault of a workbook at once, each with its cell, what was expected, how to mend it."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from graphmodel import Fault, InputFaultsError
from loaders.template import SHEETS, Content, Identity, write_template
from loaders.workbook import Known, read_workbook

from .conftest import CONTRACT, Cells, Rows

FaultsOf = Callable[[Rows], list[Fault]]

PART: Cells = {"organisation": "CRESS-RA", "action": "II.1.1", "year": 2014, "role": "partenaire"}
PLACE: Cells = {"action": "II.2.1.1", "year": 2014, "level": "commune", "code": "69123", "degree": "ciblé"}
MONEY: Cells = {"funder": "ETAT", "action": "II.1.1", "year": 2014, "kind": "payé", "amount": 10}


@pytest.mark.parametrize(
    ("sheet", "row", "code", "column"),
    [
        ("Participations", {**PART, "action": "II.9.9"}, "unknown_action", "Action"),
        ("Participations", {**PART, "organisation": "Inconnue"}, "unknown_organisation", "Organisation"),
        ("Participations", {**PART, "role": "porteuse"}, "unknown_word", "Rôle"),
        ("Participations", {**PART, "year": 2019}, "year_outside", "Année"),
        ("Participations", {**PART, "year": "deux mille"}, "wrong_type", "Année"),
        ("Participations", {**PART, "role": None}, "missing_value", "Rôle"),
        ("Lieux", {**PLACE, "code": "69999"}, "unknown_commune", "Code du territoire"),
        ("Lieux", {**PLACE, "level": "EPCI"}, "unknown_territory", "Code du territoire"),
        ("Lieux", {**PLACE, "share": 1.2}, "wrong_value", "Part"),
        ("Lieux", {**PLACE, "share": 0.4}, "shares", "Part"),
        ("Lieux", {**PLACE, "beneficiaries": -1}, "negative", "Bénéficiaires"),
        ("Financements", {**MONEY, "amount": -10}, "negative", "Montant (€)"),
        ("Financements", {**MONEY, "amount": "dix"}, "wrong_type", "Montant (€)"),
        ("Organisations", {"id": "X", "name": "X", "siren": "123456789"}, "wrong_identifier", "SIREN"),
        ("Organisations", {"id": "X", "name": "X", "world": "ESSE"}, "unknown_word", "Monde"),
        ("Actions", {"id": "IV.1"}, "unknown_action", "Code"),
        ("Besoins", {"id": "B", "text": "x"}, "missing_value", None),
        ("Observations", {"metric": "coût total", "year": 2014, "amount": 1}, "wrong_subject", None),
        ("Cotations", {"effect": "E9.9", "link": "réponse"}, "unknown_effect", "Effet attendu"),
        ("Cotations", {"effect": "E1.1", "link": "réponse", "level": 4}, "wrong_value", "Niveau"),
    ],
)  # fmt: skip
def test_one_fault_stands_at_its_cell(
    faults: FaultsOf, sheet: str, row: Cells, code: str, column: str | None
) -> None:
    found = faults({sheet: [row]})
    assert [fault.code for fault in found] == [code]
    assert (found[0].sheet, found[0].row, found[0].column) == (sheet, 2, column)
    assert found[0].severity == "error"
    assert found[0].message.endswith(".")


def test_all_faults_come_at_once(faults: FaultsOf) -> None:
    found = faults(
        {
            "Participations": [{**PART, "action": "II.9.9"}, PART, {**PART, "year": 2013}],
            "Lieux": [{**PLACE, "code": "00000"}],
            "Financements": [{**MONEY, "amount": -1}, {**MONEY, "year": 2015, "kind": "promis"}],
        }
    )
    assert [(fault.sheet, fault.row, fault.code) for fault in found] == [
        ("Participations", 2, "unknown_action"),
        ("Participations", 4, "year_outside"),
        ("Lieux", 2, "unknown_commune"),
        ("Financements", 2, "negative"),
        ("Financements", 3, "unknown_word"),
    ]


def test_near_words_are_suggested(faults: FaultsOf) -> None:
    (fault,) = faults({"Participations": [{**PART, "role": "partenair"}]})
    assert fault.fix == "Vouliez-vous dire « partenaire » ?"
    assert fault.expected is not None
    assert "porteur" in fault.expected
    (fault,) = faults({"Participations": [{**PART, "organisation": "CRESS RA"}]})
    assert fault.fix == "Vouliez-vous dire « CRESS-RA » ?"


def test_code_of_another_level_is_said(faults: FaultsOf) -> None:
    (fault,) = faults({"Lieux": [{**PLACE, "code": "242600252"}]})
    assert fault.fix == "Ce code est celui d’un autre niveau : EPCI."


def test_rows_said_twice(faults: FaultsOf) -> None:
    (same,) = faults({"Participations": [PART, PART]})
    assert (same.code, same.severity, same.row) == ("repeated_row", "warning", 3)
    found = faults({"Financements": [MONEY, {**MONEY, "amount": 11}]})
    assert "duplicate" in [fault.code for fault in found]
    assert faults({"Financements": [MONEY, {**MONEY, "amount": 11, "reference": "B"}]}) == []


def test_shares_make_one_over_all_the_places_of_an_action_and_a_year(faults: FaultsOf) -> None:
    other = {**PLACE, "code": "69266"}
    assert faults({"Lieux": [{**PLACE, "share": 0.3}, {**other, "share": 0.7}]}) == []
    thirds: list[Cells] = [{**PLACE, "code": c, "share": 0.333333} for c in ("69123", "69266", "38185")]
    assert faults({"Lieux": thirds}) == []
    (fault,) = faults({"Lieux": [{**PLACE, "share": 1.0}, other]})
    assert "1 lieux sur 2" in fault.message
    (fault,) = faults({"Lieux": [{**PLACE, "share": 0.3}, {**other, "share": 0.6}]})
    assert "font 0,9" in fault.message
    assert faults({"Lieux": [{**PLACE, "share": 1.0}, {**PLACE, "year": 2015, "share": 1.0}]}) == []


def test_faulty_organisation_does_not_make_every_other_sheet_faulty(faults: FaultsOf) -> None:
    found = faults(
        {
            "Organisations": [{"id": "FICTI-A", "name": "Ficti A", "world": "inconnu"}],
            "Participations": [{**PART, "organisation": "FICTI-A"}],
        }
    )
    assert [fault.sheet for fault in found] == ["Organisations"]


def test_measure_needs_its_report(faults: FaultsOf) -> None:
    measure = {"metric": "x", "status": "manquant", "action": "II.1.1", "year": 2014, "organisation": "ETAT"}
    (fault,) = faults({"Mesures": [measure]})
    assert fault.code == "unknown_report"
    assert fault.fix == "Ajouter la ligne dans la feuille « Bilans »."


def changed(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Change a workbook as a person would in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def faults_of(path: Path, known: Known) -> list[Fault]:
    """Return the faults of a file, warnings included."""
    try:
        return list(read_workbook(path, known).warnings)
    except InputFaultsError as error:
        return list(error.faults)


@pytest.fixture
def template(path: Path) -> Path:
    """Return a template with one participation."""
    write_template(path, Content(Identity("essai", CONTRACT), {"Participations": [dict(PART)]}))
    return path


def test_missing_required_column_blocks_and_another_warns(template: Path, known: Known) -> None:
    changed(template, lambda book: book["Participations"].delete_cols(4))
    found = faults_of(template, known)
    assert [(f.code, f.severity, f.column, f.row) for f in found] == [("missing_column", "error", "Rôle", 1)]

    part = [column.field for column in SHEETS["Lieux"].columns].index("share") + 1
    changed(template, lambda book: book["Lieux"].delete_cols(part))
    assert ("missing_column", "warning") in [(f.code, f.severity) for f in faults_of(template, known)]


def test_renamed_column_is_recognised_in_the_remedy(template: Path, known: Known) -> None:
    changed(template, lambda book: book["Participations"].__setitem__("D1", "Rolle"))
    found = {f.code: f for f in faults_of(template, known)}
    assert found["missing_column"].fix == "Est-ce la colonne « Rolle » ?"
    assert found["unknown_column"].severity == "warning"


def test_missing_sheet_warns_and_a_renamed_one_blocks(template: Path, known: Known) -> None:
    changed(template, lambda book: book.remove(book["Cotations"]))
    (fault,) = faults_of(template, known)
    assert (fault.code, fault.severity, fault.sheet) == ("missing_sheet", "warning", "Cotations")

    changed(template, lambda book: setattr(book["Financements"], "title", "Financement"))
    found = [f for f in faults_of(template, known) if f.severity == "error"]
    assert [(f.sheet, f.fix) for f in found] == [("Financements", "Est-ce la feuille « Financement » ?")]


def test_workbook_without_its_first_sheet_is_not_ours(template: Path, known: Known) -> None:
    changed(template, lambda book: book.remove(book["Lisez-moi"]))
    assert [f.code for f in faults_of(template, known)] == ["not_our_template"]


def test_later_version_of_the_template_is_refused(template: Path, known: Known) -> None:
    def age(book: openpyxl.Workbook) -> None:
        for row in book["Lisez-moi"].iter_rows():
            if row[0].value == "Version du modèle":
                row[1].value = "99"

    changed(template, age)
    assert [f.code for f in faults_of(template, known)] == ["later_version"]


def test_columns_may_move_and_blank_rows_do_not_count(template: Path, known: Known) -> None:
    def shuffle(book: openpyxl.Workbook) -> None:
        page = book["Participations"]
        page.insert_rows(2, 3)
        page.move_range("A1:A5", cols=9)

    changed(template, shuffle)
    batch = read_workbook(template, known)
    (row,) = batch.rows["TAKES_PART_IN"]
    assert row.place.row == 5
