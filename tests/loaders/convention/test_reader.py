"""Files spoilt by hand: every fault at once, in French, with file and line; nothing loaded."""

import shutil
from pathlib import Path

import pytest

from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders import registry
from loaders.convention import bundled_folder, load_convention
from loaders.convention.convention import Convention


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the bundled files that a test may spoil."""
    for name in Convention.model_fields:
        shutil.copyfile(str(bundled_folder().joinpath(f"{name}.yaml")), tmp_path / f"{name}.yaml")
    return tmp_path


def spoil(folder: Path, file: str, before: str, after: str) -> int:
    """Replace the first occurrence of a text in a file and return its line."""
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputFaultsError) as caught:
        load_convention(folder)
    return caught.value.faults


def test_an_untouched_copy_says_the_same_as_the_bundled_files(folder: Path) -> None:
    copy, bundled = load_convention(folder), load_convention()
    assert copy.rows == bundled.rows
    assert copy.source.sha256 == bundled.source.sha256
    assert copy.source.id == "convention-CES-ESS-RA-2014-2016"


def test_faults_of_several_files_come_together_with_their_lines(folder: Path) -> None:
    first = spoil(folder, "funding.yaml", "amount_eur: 2387500", "amount_eur: deux millions")
    second = spoil(folder, "parties.yaml", "  world: public", "  monde: public")
    found = faults_of(folder)
    assert ("funding.yaml", first, "wrong_type", "deux millions") in [
        (f.file, f.row, f.code, f.value) for f in found
    ]
    assert ("parties.yaml", second, "unknown_property") in [(f.file, f.row, f.code) for f in found]
    assert any(f.code == "missing_value" and "« world »" in f.message for f in found)


def test_a_link_to_nothing_names_what_exists(folder: Path) -> None:
    spoil(folder, "named_entities.yaml", "Action:II_2.1.1", "Action:II_9.9")
    spoil(folder, "governance.yaml", "organisation: CRESS-RA", "organisation: CRESS")
    found = faults_of(folder)
    assert {f.value for f in found} == {"Action:II_9.9", "Organisation:CRESS"}
    action = next(f for f in found if f.value == "Action:II_9.9")
    assert action.file == "named_entities.yaml"
    assert "II_2.1.1" in (action.expected or "")


def test_a_word_out_of_the_schema_is_a_fault(folder: Path) -> None:
    spoil(folder, "ambiguities.yaml", "severity: medium", "severity: énorme")
    (fault,) = faults_of(folder)
    assert fault.value == "énorme"
    assert "haute" in (fault.expected or "")


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("context.yaml", "statements:", "statements: [", "bad_yaml"),
        ("parties.yaml", "  kind: Etat\n", "  kind: Etat\n  kind: Région\n", "duplicate_key"),
        ("follow_up.yaml", "  lines: [21, 23]", "", "wrong_value"),
        ("follow_up.yaml", "lines: [21, 23]", "lines: [23, 21]", "wrong_value"),
        ("follow_up.yaml", "lines: [21, 23]", "lines: [21]", "wrong_type"),
        ("contract.yaml", "perimeter_date: 2014-01-01", "perimeter_date: janvier", "wrong_type"),
    ],
)
def test_each_slip_of_the_pen_is_told(folder: Path, file: str, before: str, after: str, code: str) -> None:
    spoil(folder, file, before, after)
    found = faults_of(folder)
    assert {f.code for f in found} == {code}
    assert {f.file for f in found} == {file}
    assert all(f.row for f in found)


def test_a_missing_file_and_a_wrong_encoding_are_told(folder: Path) -> None:
    (folder / "context.yaml").unlink()
    (folder / "funding.yaml").write_bytes("currency: é".encode("latin-1"))
    assert {(f.file, f.code) for f in faults_of(folder)} == {
        ("context.yaml", "missing_file"),
        ("funding.yaml", "bad_encoding"),
    }


def test_an_edited_label_reaches_the_batch(folder: Path) -> None:
    spoil(folder, "action_plan.yaml", "short_name: Émergence d’activités ESS", "short_name: Émergence")
    rows = load_convention(folder).rows["Action"]
    assert [row.values["short_name"] for row in rows if row.values["id"] == "III_1.1.2"] == ["Émergence"]


def test_a_folder_of_these_files_is_one_thing_to_load(folder: Path) -> None:
    assert registry.expand(str(folder)) == [str(folder)]
    assert registry.recognise(folder) == "convention"


def test_another_contract_keeps_to_itself(folder: Path) -> None:
    spoil(folder, "contract.yaml", "id: CES-ESS-RA-2014-2016", "id: AUTRE-2017-2019")
    batch = load_convention(folder)
    assert batch.source.id == "convention-AUTRE-2017-2019"
    assert {row.values["contract"] for row in batch.rows["Action"]} == {"AUTRE-2017-2019"}


EMPTY = {
    "parties": "parties: []",
    "action_plan": "plan: {year: 2020}\naxes: []",
    "themes_and_targets": "themes: []\npriority_sectors: []\ntarget_groups: []",
    "governance": "bodies: []",
    "funding": "currency: EUR\nlines: []",
    "follow_up": "questions: []\ncalendar: []",
    "named_entities": "organisations: []\ninstruments: []\nframeworks: []",
    "ambiguities": "ambiguities: []",
    "context": "statements: []",
}


def test_a_contract_with_nothing_but_itself_loads(folder: Path) -> None:
    for name, text in EMPTY.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    contract = folder / "contract.yaml"
    text = (
        contract.read_text("utf-8").replace("  pivot: CRESS-RA\n", "").replace("[REGION-RA, ETAT, CDC]", "[]")
    )
    contract.write_text(text[: text.index("statements:")], "utf-8")
    batch = load_convention(folder)
    assert {table: len(rows) for table, rows in batch.rows.items()} == {
        "Territory": 1,
        "Contract": 1,
        "USES": 3,
        "Zoning": 2,
        "Document": 1,
        "PART_OF": 1,
    }


def test_a_pivot_that_no_file_describes_is_a_fault(folder: Path) -> None:
    spoil(folder, "contract.yaml", "pivot: CRESS-RA", "pivot: CRESS-AURA")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.value) == ("contract.yaml", "Organisation:CRESS-AURA")
