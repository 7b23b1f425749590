"""Grants of the national open-data form: organisations, amounts shared, faults."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel import Batch, Fault, InputFaultsError, open_store
from loaders import registry
from loaders.scdl import read_scdl
from loaders.scdl.grants import StoredOrganisation, _cents
from loaders.scdl.standard import COLUMNS
from loaders.scdl.stored import organisations_of

CONTRACT = "CES-ESS-RA-2014-2016"
GIVER, TAKER = "21690123100011", "73282932000074"
ROW = {
    "nomAttribuant": "Ville fictive", "idAttribuant": GIVER, "nomBeneficiaire": "Ficti-Coop",
    "idBeneficiaire": TAKER, "rnaBeneficiaire": "", "dateConvention": "2015-03-02", "referenceDecision": "D1",
    "objet": "Fonctionnement", "montant": "1000.01", "nature": "aide en numéraire",
    "conditionsVersement": "unique", "datesPeriodeVersement": "2015-03-10", "notificationUE": "non",
    "pourcentageSubvention": "0.5", "idServiceInstructeur": GIVER, "descriptionConditionsVersement": "",
}  # fmt: skip


def write(path: Path, *changes: dict[str, str], without: tuple[str, ...] = ()) -> Path:
    """Write a file with one row for each set of changes to a sound row."""
    names = [name for name in ROW if name not in without]
    names += [name for change in changes for name in change if name not in names]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**ROW, **change} for change in changes)
    return path


def faults_of(path: Path) -> list[Fault]:
    """Return the faults of a file, warnings included."""
    try:
        return list(read_scdl(path, CONTRACT).warnings)
    except InputFaultsError as error:
        return list(error.faults)


def amounts(batch: Batch) -> list[object]:
    """Return the amounts of the grants, in cents."""
    return [row.values.get("amount") for row in batch.rows["Funding"]]


def test_luhn_of_the_numbers_of_these_tests(tmp_path: Path) -> None:
    assert faults_of(write(tmp_path / "a.csv", {})) == []


def test_grant_becomes_two_organisations_and_an_amount_shared(tmp_path: Path) -> None:
    batch = read_scdl(write(tmp_path / "a.csv", {}), CONTRACT)
    assert amounts(batch) == [50000]
    assert {row.values["id"]: row.values["name"] for row in batch.rows["Organisation"]} == {
        GIVER[:9]: "Ville fictive", TAKER[:9]: "Ficti-Coop"
    }  # fmt: skip
    funding = batch.rows["Funding"][0].values
    assert (funding["year"], funding["kind"]) == (2015, "granted")
    (about,) = batch.rows["ABOUT"]
    assert about.values["target"] == f"{CONTRACT}/organisation/{TAKER[:9]}"
    assert batch.rows["FUNDS"][0].values["source"] == f"{CONTRACT}/organisation/{GIVER[:9]}"


@given(st.integers(0, 10**11), st.integers(1, 100))
def test_amount_is_the_share_to_the_cent(cents: int, percent: int) -> None:
    said = {"montant": Decimal(cents) / 100, "pourcentageSubvention": Decimal(percent) / 100}
    found = _cents(said)
    assert found is not None
    assert abs(found * 100 - cents * percent) <= 50


def test_unknown_amount_is_unknown_and_zero_is_zero(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"montant": ""}, {"montant": "0", "referenceDecision": "D2"})
    assert amounts(read_scdl(path, CONTRACT)) == [None, 0]


def test_budget_year_wins_and_years_outside_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"exerciceBudgetaire": "2019"}, {"exerciceBudgetaire": ""})
    batch = read_scdl(path, CONTRACT, frozenset({2014, 2015, 2016}))
    assert [row.values["year"] for row in batch.rows["Funding"]] == [2019, 2015]
    assert [fault.code for fault in batch.warnings] == ["year_outside"]


def test_rows_that_nothing_tells_apart_are_two_grants_and_the_same_file_says_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {}, {}, {"objet": "Achat"})
    one, other = read_scdl(path, CONTRACT), read_scdl(path, CONTRACT)
    keys = [row.key for row in one.rows["Funding"]]
    assert len(set(keys)) == 3
    assert keys == [row.key for row in other.rows["Funding"]]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("idBeneficiaire", "73282932000075", "wrong_identifier"),
        ("idAttribuant", "216901231", "wrong_identifier"),
        ("rnaBeneficiaire", "W12", "wrong_identifier"),
        ("dateConvention", "02/03/2015", "wrong_date"),
        ("dateConvention", "2015-02-30", "wrong_date"),
        ("datesPeriodeVersement", "2017-03-02/2017-30-05", "wrong_period"),
        ("datesPeriodeVersement", "2017-03-02_2017-05-30", "wrong_period"),
        ("montant", "1 000,5", "wrong_type"),
        ("montant", "-1", "negative"),
        ("pourcentageSubvention", "50", "wrong_value"),
        ("pourcentageSubvention", "0,5", "wrong_type"),
        ("nature", "aide", "unknown_word"),
        ("notificationUE", "no", "unknown_word"),
        ("conditionsVersement", "unique;échelonné", "unknown_word"),
        ("objet", "x" * 257, "too_long"),
        ("idBeneficiaire", "", "missing_value"),
        ("nomBeneficiaire", "", "missing_value"),
    ],
)
def test_one_fault_stands_at_its_cell(tmp_path: Path, column: str, value: str, code: str) -> None:
    (fault,) = faults_of(write(tmp_path / "a.csv", {column: value}))
    assert (fault.code, fault.severity, fault.row, fault.column) == (code, "error", 2, column)


def test_columns_that_the_graph_needs_are_errors_and_the_others_warnings(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {}, without=("montant", "nature", "idServiceInstructeur"))
    assert {(fault.column, fault.severity) for fault in faults_of(path)} == {
        ("montant", "error"), ("nature", "warning"), ("idServiceInstructeur", "warning")
    }  # fmt: skip


def test_natural_persons_lose_their_names_and_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"nomBeneficiaire": "Mme Ficta DUPONT", "idBeneficiaire": ""})
    batch = read_scdl(path, CONTRACT)
    person = batch.rows["Organisation"][1].values
    assert person["natural_person"] is True
    assert "DUPONT" not in str(batch.rows)
    assert [fault.code for fault in batch.warnings] == ["natural_persons"]


def test_organisation_of_the_store_keeps_its_key(tmp_path: Path) -> None:
    stored = {TAKER[:9]: StoredOrganisation(f"{CONTRACT}/organisation/FICTI", "FICTI")}
    batch = read_scdl(write(tmp_path / "a.csv", {}), CONTRACT, stored=stored)
    assert f"{CONTRACT}/organisation/FICTI" in [row.key for row in batch.rows["Organisation"]]


def test_store_knows_its_organisations_by_number_and_a_second_load_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "grants.csv", {}, {"referenceDecision": "D2", "montant": "3"})
    with open_store(tmp_path / "s.sqlite", create=True) as store:
        store.apply(store.plan(registry.read(registry.FileRequest(Path("convention"), store))), author="t")
        assert registry.recognise(path) == "scdl"
        request = registry.FileRequest(path, store)
        store.apply(store.plan(registry.read(request)), author="t")
        assert set(organisations_of(store, CONTRACT)) >= {GIVER[:9], TAKER[:9]}
        assert store.plan(registry.read(request)).empty


def test_columns_the_graph_needs_are_those_of_the_standard() -> None:
    needed = {name for name, column in COLUMNS.items() if column.needed}
    assert needed == {
        "nomAttribuant", "idAttribuant", "nomBeneficiaire", "dateConvention", "montant",
        "pourcentageSubvention",
    }  # fmt: skip


def test_examples_of_the_standard_have_their_faults(shared: Path) -> None:
    valid = faults_of(shared / "data" / "scdl_subventions_exemple_valide.csv")
    errors = [fault for fault in valid if fault.severity == "error"]
    assert [(fault.row, fault.column) for fault in errors] == [(27, "datesPeriodeVersement")]
    missing = {fault.column for fault in valid if fault.code == "missing_column"}
    assert missing == {"idServiceInstructeur", "descriptionConditionsVersement"}
    assert [fault.column for fault in valid if fault.code == "unknown_column"] == ["dispositifAide"]

    cells = faults_of(shared / "data" / "scdl_subventions_exemple_invalide_erreurs_cellules.csv")
    kinds = Counter((fault.code, fault.column) for fault in cells if fault.severity == "error")
    assert {fault.row for fault in cells if fault.code == "wrong_date"} == {5}
    assert kinds[("wrong_value", "pourcentageSubvention")] == 3
    assert ("unknown_word", "notificationUE") in kinds
    assert ("wrong_type", "montant") in kinds

    columns = faults_of(shared / "data" / "scdl_subventions_exemple_invalide_erreurs_colonnes.csv")
    (error,) = [fault for fault in columns if fault.severity == "error"]
    assert (error.code, error.column) == ("missing_column", "nomBeneficiaire")
    assert error.fix == "Est-ce la colonne « NOM_Beneficiaire » ?"
