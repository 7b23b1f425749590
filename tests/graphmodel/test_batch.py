"""Rows on their way: keys, defaults, rows said twice, faults gathered."""

import pytest

from graphmodel import BatchBuilder, Fault, InputFaultsError, Place, Source
from graphmodel.keys import node_key, relationship_key, territory_key, zoning_key

SOURCE = Source("essai", "essai.xlsx", "0" * 64, "workbook")


@pytest.fixture
def builder() -> BatchBuilder:
    return BatchBuilder(SOURCE, contract="CES-ESS-RA-2014-2016")


@pytest.mark.parametrize(
    ("label", "identifier", "at", "key"),
    [
        ("Contract", "CES-ESS-RA-2014-2016", None, "CES-ESS-RA-2014-2016"),
        ("Action", "II_1.1", 2014, "CES-ESS-RA-2014-2016/action/II_1.1@2014"),
        ("Action", "II_1.1", None, "CES-ESS-RA-2014-2016/action/II_1.1"),
        ("GovernanceBody", "COPIL", None, "CES-ESS-RA-2014-2016/governance_body/COPIL"),
    ],
)
def test_keys_of_a_contract(label: str, identifier: str, at: int | None, key: str) -> None:
    assert node_key(label, identifier, "CES-ESS-RA-2014-2016", at) == key


def test_keys_of_what_belongs_to_no_contract() -> None:
    assert territory_key("commune", "69123", 2025) == "commune/69123@2025"
    assert zoning_key("ZRR", "2014") == "zoning/ZRR@2014"
    assert node_key("Territory", "K1", "FICTI") == "FICTI:K1"


def test_relationships_differ_by_their_discriminators_alone() -> None:
    said = {"role": "pilot", "year": 2014, "basis": "report", "position": 3}
    key = relationship_key("TAKES_PART_IN", "a", "b", said)
    assert key == "a>TAKES_PART_IN>b|role=pilot|year=2014|basis=report"
    assert relationship_key("TAKES_PART_IN", "a", "b", said | {"position": 4}) == key
    assert relationship_key("TAKES_PART_IN", "a", "b", said | {"year": None}) != key
    assert relationship_key("SIGNED", "a", "b", {"date": None}) == "a>SIGNED>b"


def test_a_reference_is_a_label_and_a_key(builder: BatchBuilder) -> None:
    assert builder.node("Axis", "I") == ("Axis", "CES-ESS-RA-2014-2016/axis/I")
    assert builder.territory("commune", "69123", "2025") == ("Territory", "commune/69123@2025")
    assert builder.zoning("ZRR", "2014") == ("Zoning", "zoning/ZRR@2014")


def test_rows_carry_their_contract_name_and_place(builder: BatchBuilder) -> None:
    builder.node("Axis", "I", {"position": 1}, name="Promotion", place=Place("Axes", 4))
    builder.node("Axis", "II")
    builder.territory("commune", "69123", "2025", name="Lyon")
    batch = builder.build()
    first, second = batch.rows["Axis"]
    assert first.values == {
        "key": "CES-ESS-RA-2014-2016/axis/I",
        "contract": "CES-ESS-RA-2014-2016",
        "id": "I",
        "name": "Promotion",
        "position": 1,
    }
    assert first.place == Place("Axes", 4)
    assert second.values["name"] == "II"
    assert batch.rows["Territory"][0].values["contract"] is None
    assert len(batch) == 3


def test_rows_of_one_key_join_when_no_known_value_differs(builder: BatchBuilder) -> None:
    builder.node("Organisation", "A", {"siren": "900000001"})
    builder.node("Organisation", "A", {"family": "mutuelle", "siren": None}, name="Ficti-Mutuelle")
    builder.node("Organisation", "A")
    (row,) = builder.build().rows["Organisation"]
    assert row.values["siren"] == "900000001"
    assert row.values["family"] == "mutuelle"
    assert row.values["name"] == "Ficti-Mutuelle"


def test_rows_of_one_key_that_differ_are_a_fault_at_the_second(builder: BatchBuilder) -> None:
    builder.node("Organisation", "A", {"family": "mutuelle"}, place=Place("Organisations", 2))
    builder.node("Organisation", "A", {"family": "association"}, place=Place("Organisations", 9))
    with pytest.raises(InputFaultsError) as caught:
        builder.build()
    (fault,) = caught.value.faults
    assert (fault.code, fault.sheet, fault.row) == ("duplicate_key", "Organisations", 9)
    assert "ligne 2" in fault.message


def test_zero_and_unknown_are_two_values(builder: BatchBuilder) -> None:
    builder.node("Funding", "F", {"amount": 0})
    builder.node("Funding", "F", {"amount": None})
    (row,) = builder.build().rows["Funding"]
    assert row.values["amount"] == 0


def test_faults_of_the_loader_come_with_those_of_the_schema(builder: BatchBuilder) -> None:
    builder.fault(Fault("error", "unreadable", "La cellule est illisible."))
    builder.node("Funding", "F", {"amount": "beaucoup"})
    with pytest.raises(InputFaultsError) as caught:
        builder.build()
    assert [fault.code for fault in caught.value.faults] == ["unreadable", "wrong_type"]
    assert {fault.file for fault in caught.value.faults} == {"essai.xlsx"}


def test_a_warning_does_not_block_unless_strict(builder: BatchBuilder) -> None:
    builder.fault(Fault("warning", "odd", "C’est curieux."))
    assert [fault.code for fault in builder.build().warnings] == ["odd"]
    with pytest.raises(InputFaultsError) as caught:
        builder.build(strict=True)
    assert caught.value.faults[0].severity == "error"


def test_a_fault_says_where_what_and_how_to_mend_it() -> None:
    fault = Fault(
        "error", "x", "La date n’existe pas.", "f.xlsx", "Réunions", 12, "Date", "30/02/2014",
        "une date (jj/mm/aaaa)", "Corriger la cellule.",
    )  # fmt: skip
    assert fault.sentence() == (
        "f.xlsx, feuille « Réunions », ligne 12, colonne « Date » : La date n’existe pas. "
        "Lu : « 30/02/2014 ». Attendu : une date (jj/mm/aaaa). Corriger la cellule."
    )


def test_the_error_counts_faults_and_lists_them() -> None:
    error = InputFaultsError(
        [Fault("error", "a", "Un."), Fault("warning", "b", "Deux."), Fault("error", "c", "Trois.")]
    )
    assert str(error) == "2 fautes : rien n’a été écrit.\n- Un.\n- Deux.\n- Trois."
    assert error.exit_code == 1
