"""From the sheets to the graph: nodes, relationships, the place of each row."""

import datetime
from pathlib import Path

import pytest

from graphmodel import Batch, InputFaultsError
from graphmodel.batch import Place
from loaders.template import Content, Identity, write_template
from loaders.workbook import Known, read_workbook

from .conftest import CONTRACT, Cells, Reader, Rows

ORGANISATION: Cells = {
    "id": "FICTI-A",
    "name": "Ficti A",
    "world": "économie sociale et solidaire",
    "seat": "69123",
}


def values(batch: Batch, table: str) -> list[dict[str, object]]:
    """Return the values of a table's rows, base columns left out."""
    base = {"key", "contract", "source", "target", "source_label", "target_label"}
    return [{k: v for k, v in row.values.items() if k not in base} for row in batch.rows.get(table, [])]


def ends(batch: Batch, table: str) -> list[tuple[str, str]]:
    """Return the ends of a table's relationships, contract left out."""
    short = f"{CONTRACT}/"
    return [
        (str(r.values["source"]).removeprefix(short), str(r.values["target"]).removeprefix(short))
        for r in batch.rows.get(table, [])
    ]


def test_empty_template_is_an_empty_batch(read: Reader) -> None:
    batch = read({})
    assert len(batch) == 0
    assert batch.warnings == ()


def test_source_is_what_the_first_sheet_says(path: Path, known: Known) -> None:
    day = datetime.date(2015, 4, 2)
    write_template(path, Content(Identity("bilan-2014", CONTRACT, "Ficti A", day, fictional=True)))
    source = read_workbook(path, known).source
    assert (source.id, source.name, source.kind) == ("bilan-2014", "bilan.xlsx", "workbook")
    assert (source.author, source.known_on, source.fictional) == ("Ficti A", day, True)
    assert len(source.sha256) == 64


def test_file_without_identifier_is_known_by_its_name(path: Path, known: Known) -> None:
    write_template(path, Content(Identity("", CONTRACT)))
    source = read_workbook(path, known).source
    assert source.id == "bilan.xlsx"
    assert source.fictional is False


def test_organisation_with_its_seat_and_place(read: Reader) -> None:
    batch = read({"Organisations": [{**ORGANISATION, "siren": "732829320", "variants": ["A", "a"]}]})
    (row,) = batch.rows["Organisation"]
    assert row.key == f"{CONTRACT}/organisation/FICTI-A"
    assert row.place == Place("Organisations", 2)
    assert (row.values["world"], row.values["siren"]) == ("ess", "732829320")
    assert row.values["variants"] == ["A", "a"]
    assert ends(batch, "BASED_IN") == [("organisation/FICTI-A", "commune/69123@2025")]


@pytest.mark.parametrize("code", ["II.1.1", "II_1.1", " ii.1.1 "])
def test_actions_are_known_by_every_writing_of_their_code(read: Reader, code: str) -> None:
    batch = read(
        {
            "Organisations": [ORGANISATION],
            "Actions": [{"id": code, "region_wide": True}],
            "Participations": [
                {"organisation": "ficti a", "action": code, "year": 2014, "role": "porteur"},
                {"organisation": "CRESS-RA", "action": code, "year": 2015, "role": "partenaire",
                 "basis": "bilan"},
            ],
        }
    )  # fmt: skip
    assert [row.key for row in batch.rows["Action"]] == [f"{CONTRACT}/action/II_1.1@2014"]
    assert values(batch, "Action")[0]["region_wide"] is True
    assert ends(batch, "TAKES_PART_IN") == [
        ("organisation/FICTI-A", "action/II_1.1@2014"),
        ("organisation/CRESS-RA", "action/II_1.1@2014"),
    ]
    assert values(batch, "TAKES_PART_IN")[0] == {"role": "pilot", "year": 2014, "basis": "report"}


def test_new_action_comes_with_title_and_axis(read: Reader) -> None:
    action = {"id": "III.9.9", "plan_year": 2015, "name": "Action nouvelle", "axis": "III"}
    batch = read({"Actions": [action]})
    assert batch.rows["Action"][0].key == f"{CONTRACT}/action/III_9.9@2015"
    assert ends(batch, "PART_OF") == [("action/III_9.9@2015", "axis/III")]


def test_places_of_every_level(read: Reader) -> None:
    spots = [
        ("commune", "69123"), ("EPCI", "242600252"), ("département", "07"), ("région", "82"),
        ("syndicat mixte", "RHONE-PLURIEL"),
    ]  # fmt: skip
    rows = [{"action": "II.2.1.1", "level": level, "code": code, "degree": "ciblé"} for level, code in spots]
    batch = read({"Lieux": rows})  # type: ignore[dict-item]
    assert [target for _, target in ends(batch, "TAKES_PLACE_IN")] == [
        "commune/69123@2025", "epci/242600252@2025", "departement/07@2025", "region/82@2025",
        "syndicat_mixte/RHONE-PLURIEL@2014",
    ]  # fmt: skip
    assert all("year" not in said for said in values(batch, "TAKES_PLACE_IN"))


def test_zero_is_zero_and_empty_is_unknown(read: Reader) -> None:
    place: dict[str, object] = {
        "action": "II.2.1.1", "year": 2015, "level": "commune", "code": "69123", "degree": "atteint",
    }  # fmt: skip
    batch = read({"Lieux": [{**place, "beneficiaries": 0}, {**place, "code": "69266"}]})
    zero, unknown = values(batch, "TAKES_PLACE_IN")
    assert zero["beneficiaries"] == 0
    assert "beneficiaries" not in unknown


def test_amounts_are_cents_about_an_action_or_the_contract(read: Reader) -> None:
    batch = read(
        {
            "Financements": [
                {"funder": "REGION-RA", "action": "II.1.1", "year": 2014, "kind": "prévu", "amount": 1234.56},
                {"funder": "ETAT", "year": 2015, "kind": "payé"},
            ]
        }
    )
    one, other = values(batch, "Funding")
    assert (one["amount"], one["kind"], one["year"]) == (123456, "planned", 2014)
    assert "amount" not in other
    assert [target for _, target in ends(batch, "ABOUT")] == ["action/II_1.1@2014", CONTRACT]
    assert [source for source, _ in ends(batch, "FUNDS")] == ["organisation/REGION-RA", "organisation/ETAT"]


def test_measures_hang_on_their_report(read: Reader) -> None:
    report = {"organisation": "CRESS-RA", "action": "II.1.1", "year": 2014}
    batch = read(
        {
            "Bilans": [{**report, "due_on": datetime.date(2015, 3, 31)}],
            "Mesures": [{**report, "metric": "réunions", "status": "renseigné", "value": 3.5}],
        }
    )
    assert ends(batch, "REPORTS") == [
        ("report/CRESS-RA-II_1.1-2014", "measure/réunions-II_1.1-2014-CRESS-RA")
    ]
    assert values(batch, "Measure")[0]["value"] == 3.5
    assert "received_on" not in values(batch, "Report")[0]


def test_attendance_is_two_relationships_or_one(read: Reader) -> None:
    rows: Rows = {
        "Réunions": [{"id": "R1", "body": "COPIL", "date": datetime.date(2015, 6, 1)}],
        "Présences": [
            {"meeting": "R1", "organisation": "CRESS-RA", "presence": "présent"},
            {"meeting": "R1", "organisation": "ETAT", "presence": "excusé"},
            {"meeting": "R1", "organisation": "CDC", "presence": "absent"},
        ],
    }
    batch = read(rows)
    assert len(ends(batch, "INVITED_TO")) == 3
    assert ends(batch, "ATTENDED") == [("organisation/CRESS-RA", "meeting/R1")]
    assert ends(batch, "EXCUSED") == [("organisation/ETAT", "meeting/R1")]


def test_authority_speaks_through_its_territory(read: Reader) -> None:
    rows: Rows = {
        "Besoins": [{"id": "B1", "organisation": "VAL-DE-DROME", "text": "un lieu", "priority": 2}],
        "Réponses": [
            {"action": "II.1.1", "need": "B1", "status": "prévue", "date": datetime.date(2015, 1, 1)},
            {"action": "II.1.1", "need": "B1", "status": "opérationnelle", "date": datetime.date(2016, 1, 1)},
        ],
        "Actes": [
            {"organisation": "VAL-DE-DROME", "criterion": "budget identifié", "year": 2014, "present": True}
        ],
    }
    batch = read(rows)
    assert ends(batch, "EXPRESSES") == [("epci/242600252@2025", "need/B1")]
    assert batch.rows["Need"][0].values["name"] == "un lieu"
    assert ends(batch, "ADOPTS")[0][0] == "epci/242600252@2025"
    assert values(batch, "PolicyAct")[0]["criterion"] == "budget"
    assert [said["position"] for said in values(batch, "ANSWERS")] == [1, 2]


def test_supported_business_is_known_by_its_siren(read: Reader) -> None:
    support: dict[str, object] = {
        "action": "III.1.1.2", "siren": "732829320", "name": "Ficti-pain", "year": 2014, "jobs": 2.5,
        "commune": "69123",
    }  # fmt: skip
    batch = read({"Entreprises soutenues": [support, {**support, "action": "III.1.1.1", "jobs": 3}]})
    assert [row.key for row in batch.rows["Organisation"]] == [f"{CONTRACT}/organisation/732829320"]
    assert [said["jobs"] for said in values(batch, "SUPPORTS")] == [2.5, 3.0]
    assert [said["commune"] for said in values(batch, "SUPPORTS")] == ["69123", "69123"]


def test_employment_makes_one_observation_a_filled_column(read: Reader) -> None:
    row: dict[str, object] = {"year": 2013, "level": "commune", "code": "69123", "ess": 10, "total": 100}
    batch = read({"Emploi": [row]})
    said = {value["metric"]: value["value"] for value in values(batch, "Observation")}
    assert said == {"employment_ess": 10.0, "employment_total": 100.0}
    assert {target for _, target in ends(batch, "ABOUT")} == {"commune/69123@2025"}


def test_comparison_is_told_of_the_contract(read: Reader) -> None:
    row: dict[str, object] = {
        "metric": "emploi ESS", "year0": 2014, "year1": 2016, "level": "EPCI", "code": "242600252",
        "group": "traité",
    }  # fmt: skip
    batch = read({"Comparaison": [row, {**row, "code": "200040509", "group": "témoin"}]})
    assert values(batch, "Contract")[0]["comparison"] == {
        "cle": "ess", "annee0": "2014", "annee1": "2016", "traites": ["242600252"], "temoins": ["200040509"],
    }  # fmt: skip


def test_workbook_of_another_contract_is_refused(path: Path, known: Known) -> None:
    write_template(path, Content(Identity("x", "AUTRE-CONTRAT")))
    with pytest.raises(InputFaultsError, match="AUTRE-CONTRAT"):
        read_workbook(path, known)
    write_template(path, Content(Identity("x", CONTRACT)))
    with pytest.raises(InputFaultsError, match="Aucun contrat"):
        read_workbook(path, Known())


def test_known_is_left_as_it_was(read: Reader, known: Known) -> None:
    read({"Organisations": [ORGANISATION]})
    assert known.find("Organisation", "FICTI-A") is None
