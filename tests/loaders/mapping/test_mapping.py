"""A workbook that is not ours: mapped once, read over, remembered, replayed on the next year's."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from dashboards.cli.loading import Request, load_files
from dashboards.cli.session import SESSION
from graphmodel import Fault, InputFaultsError, Selection, open_store
from loaders.convention import load_convention
from loaders.mapping import (
    FileMapping,
    SheetMapping,
    draft_path,
    fingerprint,
    mapping_text,
    propose,
    read_mapping,
    reading_for,
    reading_of,
    recall,
    remember,
    write_mapping,
)
from loaders.mapping.model import FROM_NAME, TO_SAY, UNREAD, YEAR_OF_NAME
from loaders.workbook import Known, known_of_batches, read_workbook
from loaders.workbook.book import open_book

LINES: Sequence[Sequence[object]] = (
    ["Ficti-Réseau – tableau de suivi"],
    [],
    ["Structure", "Fiche action", "Rôle tenu", "Commentaires"],
    ["CRESS-RA", "II.1.1", "cheville ouvrière", "vu"],
    ["Ficti-Coop des Écrins", "II_1.1", "partenaire", ""],
    ["ficti-coop des écrins", "I.1.1.1", "parten.", ""],
    ["Total", None, 3, None],
)


@pytest.fixture(scope="session")
def known() -> Known:
    """Return what the bundled convention makes known."""
    return known_of_batches([load_convention()])


def tracking(path: Path, year: int = 2014, lines: Sequence[Sequence[object]] = LINES) -> Path:
    """Write the workbook of somebody who never saw the template."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"Suivi {year}"
    for line in lines:
        sheet.append(list(line))
    book.save(path)
    return path


def reviewed(path: Path) -> None:
    """Complete the draft beside a file as a person would."""
    draft = draft_path(path)
    text = draft.read_text(encoding="utf-8")
    text = text.replace("relue: non", "relue: oui").replace("émetteur: '?'", "émetteur: Ficti-Réseau")
    draft.write_text(text.replace("cheville ouvrière: '?'", "cheville ouvrière: porteur"), encoding="utf-8")


def fault_of(path: Path, known: Known, folder: Path) -> Fault:
    """Return the one fault of looking for the mapping of a file."""
    with pytest.raises(InputFaultsError) as caught:
        reading_for(path, known, folder)
    (fault,) = caught.value.faults
    return fault


def test_best_guess_of_a_mapping(tmp_path: Path, known: Known) -> None:
    mapping = propose(open_book(tracking(tmp_path / "a.xlsx")), known)
    assert mapping is not None
    newcomers, parts = mapping.sheets
    assert (newcomers.becomes, newcomers.constants) == ("Organisations", {"Identifiant": FROM_NAME})
    assert parts.columns == {
        "Structure": "Organisation",
        "Fiche action": "Action",
        "Rôle tenu": "Rôle",
        "Commentaires": UNREAD,
    }
    assert parts.constants == {"Année": YEAR_OF_NAME}
    assert parts.values == {"Rôle": {"cheville ouvrière": TO_SAY, "parten.": "partenaire"}}
    assert list(mapping.to_say()) == ["émetteur", "feuille « Suivi 2014 » : Rôle, « cheville ouvrière »"]


def test_mapping_survives_its_file(tmp_path: Path) -> None:
    sheet = SheetMapping(
        "Suivi", "Lieux", {"Ville : code": "Code du territoire", "x": UNREAD}, {"Niveau": "commune"},
        {"Degré": {"oui": "ciblé", "non": TO_SAY}},
    )  # fmt: skip
    mapping = FileMapping("Ficti", [sheet], True, True, "abc")
    path = tmp_path / "m.yaml"
    write_mapping(path, mapping)
    assert read_mapping(path) == mapping
    assert "# au choix : ciblé, atteint" in mapping_text(mapping)


def test_faults_of_a_mapping_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    sheets = "feuilles:\n- devient: Lieu\n  colonnes: {a: b}\n- devient: Lieux\n  colonnes: {a: Degrès}\n"
    path.write_text(sheets, encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        read_mapping(path)
    assert [(fault.value, fault.fix) for fault in caught.value.faults] == [
        ("Lieu", "Vouliez-vous dire « Lieux » ?"),
        ("Degrès", "Vouliez-vous dire « Degré » ?"),
    ]
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        read_mapping(path)
    assert "YAML" in caught.value.faults[0].message


def test_draft_is_written_beside_then_asked_for_until_finished(tmp_path: Path, known: Known) -> None:
    path, folder = tracking(tmp_path / "a.xlsx"), tmp_path / "memory"
    fault = fault_of(path, known, folder)
    assert fault.code == "mapping_needed"
    assert "3 colonnes reconnues sur 4" in fault.message
    assert draft_path(path).exists()
    left = fault_of(path, known, folder)
    assert left.code == "mapping_to_review"
    assert "cheville ouvrière" in left.message
    reviewed(path)
    found = reading_for(path, known, folder)
    batch = read_workbook(path, known, found.reading)
    assert [(row.values["role"], row.values["year"]) for row in batch.rows["TAKES_PART_IN"]] == [
        ("pilot", 2014), ("partner", 2014), ("partner", 2014)
    ]  # fmt: skip
    assert [row.values["id"] for row in batch.rows["Organisation"]] == ["FICTI-COOP-DES-ECRINS"]
    assert [fault.code for fault in batch.warnings] == ["total_row"]
    assert batch.source.author == "Ficti-Réseau"
    assert batch.rows["TAKES_PART_IN"][0].place.sheet == "Suivi 2014"


def test_figures_of_years_do_not_change_the_fingerprint(tmp_path: Path) -> None:
    one, other = (open_book(tracking(tmp_path / f"{year}.xlsx", year)).pages for year in (2014, 2015))
    assert fingerprint(one) == fingerprint(other)
    changed = open_book(tracking(tmp_path / "b.xlsx", lines=[["Structure", "Rôle"], ["a", "b"]])).pages
    assert fingerprint(changed) != fingerprint(one)


def test_remembered_mapping_is_recalled_for_new_columns_too_and_not_for_lacking_ones(
    tmp_path: Path, known: Known
) -> None:
    path, folder = tracking(tmp_path / "a.xlsx"), tmp_path / "memory"
    fault_of(path, known, folder)
    reviewed(path)
    found = reading_for(path, known, folder)
    assert found.remember is not None
    found.remember()
    wider = [[*line, "x"] if number in (3, 4, 5) else line for number, line in enumerate(LINES)]
    wider[2] = [*LINES[2], "Vu le"]
    later = open_book(tracking(tmp_path / "b.xlsx", 2015, wider))
    kept = recall(later, folder)
    assert kept is not None
    assert kept.sender == "Ficti-Réseau"
    batch = read_workbook(later.path, known, reading_for(later.path, known, folder).reading)
    assert {row.values["year"] for row in batch.rows["TAKES_PART_IN"]} == {2015}
    assert ("unknown_column", "Vu le") in [(fault.code, fault.column) for fault in batch.warnings]
    assert recall(open_book(tracking(tmp_path / "c.xlsx", 2015, [["Structure"], ["a"]])), folder) is None


def test_sender_named_by_the_file_wins_between_two_of_the_same_form(tmp_path: Path, known: Known) -> None:
    path, folder = tracking(tmp_path / "bilan_ficti-b.xlsx"), tmp_path / "memory"
    mapping = propose(open_book(path), known)
    assert mapping is not None
    for sender in ("Ficti-A", "Ficti-B", "Ficti-C"):
        remember(FileMapping(sender, mapping.sheets, True, False, mapping.fingerprint), folder)
    kept = recall(open_book(path), folder)
    assert kept is not None
    assert kept.sender == "Ficti-B"


def test_year_that_nothing_says_is_a_fault(tmp_path: Path, known: Known) -> None:
    path = tracking(tmp_path / "a.xlsx")
    fault_of(path, known, tmp_path)
    reviewed(path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "Suivi"
    book.save(path)
    assert fault_of(path, known, tmp_path).code == "no_year"


def test_user_maps_once_and_loads_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(SESSION, "store", str(tmp_path / "s.sqlite"))
    request = Request(None, None, "moi", False, False, False, False)
    assert load_files(["convention"], request, as_json=False) == 0
    path = tracking(tmp_path / "suivi.xlsx")
    assert load_files([str(path)], request, as_json=False) == 1
    reviewed(path)
    assert load_files([str(path)], request, as_json=False) == 0
    draft_path(path).unlink()
    replacing = Request(None, None, "moi", False, True, False, False)
    assert load_files([str(path)], replacing, as_json=False) == 0
    said = capsys.readouterr()
    assert "Rien à écrire" in said.out
    assert "correspondance retenue de « Ficti-Réseau »" in said.err
    assert load_files([str(tracking(tmp_path / "x.xlsx", 2015))], request, as_json=False) == 0
    with open_store(tmp_path / "s.sqlite") as store:
        graph = store.snapshot(Selection())
        assert len(store.history()) == 3
    parts = graph.relationships("TAKES_PART_IN")
    assert set(parts[parts["source"].str.endswith("FICTI-COOP-DES-ECRINS")]["year"]) == {2014, 2015}


def test_money_beside_the_first_subject_is_proposed_too(tmp_path: Path, known: Known) -> None:
    lines = [
        ["Structure", "Fiche", "Qualité", "Subvention reçue", ""],
        ["", "", "", "Bailleur", "Montant versé"],
        ["CRESS-RA", "II.1.1", "porteur", "Région", "12 k€"],
        ["ARDI", "II-1.1 : dialogue social", "partenaire", "Région", "1 234,50 €"],
    ]
    path = tracking(tmp_path / "2015.xlsx", 2015, lines)
    mapping = propose(open_book(path), known)
    assert mapping is not None
    parts, money = mapping.sheets
    assert money.columns["Structure"] == "Référence"
    assert money.columns["Bailleur"] == "Financeur"
    assert money.constants == {"Année": YEAR_OF_NAME, "Nature": TO_SAY}
    assert money.values == {"Financeur": {"Région": "REGION-RA"}}
    finished = SheetMapping(
        money.source, money.becomes, money.columns, {**money.constants, "Nature": "payé"}, money.values
    )
    whole = FileMapping("Ficti", [parts, finished], True)
    batch = read_workbook(path, known, reading_of(open_book(path), whole, known))
    assert [row.values["amount"] for row in batch.rows["Funding"]] == [1200000, 123450]
    assert len(batch.rows["TAKES_PART_IN"]) == 2


def test_words_people_often_write_are_proposed_and_each_is_of_the_schema(
    tmp_path: Path, known: Known
) -> None:
    lines = [
        ["Structure", "Fiche", "Rôle"],
        ["ARDI", "II.1.1", "Chef de file"],
        ["ARDI", "II.1.1", "pilotes"],
    ]
    mapping = propose(open_book(tracking(tmp_path / "a.xlsx", lines=lines)), known)
    assert mapping is not None
    assert mapping.sheets[0].values == {"Rôle": {"Chef de file": "porteur", "pilotes": "porteur"}}
