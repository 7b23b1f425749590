"""The reminder of an operator, as text and as a Word document."""

import datetime
import re
from pathlib import Path

import docx
import pytest

from dashboards.letters import Letter, Sender, letter_to, plain_text, write_docx
from graphmodel.dues import Debtor, Due

DAY = datetime.date(2016, 4, 1)
DUE = datetime.date(2016, 3, 31)
SENDER = Sender("cress", "Ficti-CRESS", "1 rue Exemple 69000 LYON", "Contrat d’essai")
DUES = (
    Due("report", "II_1.1", "Une action", 2015, DUE),
    Due("measure", "I_1.2", "Une autre", 2014, DUE, datetime.date(2015, 3, 1), "structures accompagnées"),
    Due("places", "I_1.3", "I_1.3", 2015, None),
)


def letter(dues: tuple[Due, ...] = DUES, *, fictional: bool = False, sender: Sender = SENDER) -> Letter:
    """Return a letter."""
    return letter_to(Debtor("k", "FICTI-A", "Ficti A", None, dues, fictional), sender, DAY)


def words(path: Path) -> str:
    """Return the paragraphs of a Word document."""
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_text_says_who_to_whom_what_and_when() -> None:
    said = plain_text(letter())
    assert said.startswith(
        "Ficti-CRESS\n1 rue Exemple 69000 LYON\n\nÀ l’attention de la direction\nFicti A\n"
    )
    assert "Le 1er avril 2016" in said
    assert "Objet\u00a0: Contrat d’essai – bilans non reçus et données manquantes" in said
    assert (
        "- II.1.1 – Une action (année\u00a0: 2015, attendu le\u00a0: 31/03/2016, retard\u00a0: 1\u00a0jour)."
        in said
    )
    assert "structures accompagnées" in said
    assert "- I.1.3 (année\u00a0: 2015)." in said
    assert "Contact\u00a0: Ficti-CRESS, 1 rue Exemple 69000 LYON." in re.sub(r"\s*\n", " ", said)
    assert said.rstrip().endswith("Ficti-CRESS")


def test_text_holds_in_its_width_and_breaks_no_pair() -> None:
    lines = plain_text(letter()).splitlines()
    assert max(map(len, lines)) <= 88
    assert not any(re.match(r"\s*[;:!?»]", line) for line in lines)


def test_only_what_is_missing_is_told() -> None:
    said = plain_text(letter(DUES[:1]))
    assert "Bilans non reçus" in said
    assert "données manquantes" not in said.lower()
    assert "aucun lieu" not in said


@pytest.mark.parametrize("fictional", [True, False])
def test_fictional_data_say_so(tmp_path: Path, *, fictional: bool) -> None:
    said = letter(fictional=fictional)
    assert ("DONNÉES FICTIVES" in plain_text(said)) is fictional
    assert ("DONNÉES FICTIVES" in words(write_docx(said, tmp_path / "l.docx"))) is fictional


def test_contract_without_pivot_still_writes() -> None:
    said = plain_text(letter(sender=Sender(None, None, None, "Contrat d’essai")))
    assert "None" not in said
    assert "Contact" not in said


def test_document_holds_the_letter_and_a_table_for_each_kind(tmp_path: Path) -> None:
    path = write_docx(letter(), tmp_path / "lettre.docx")
    said = words(path)
    assert "Objet\u00a0: Contrat d’essai" in said
    assert "Nous vous prions d’agréer, Madame, Monsieur" in said
    tables = docx.Document(str(path)).tables
    assert [[cell.text for cell in table.rows[0].cells][:2] for table in tables] == [["Action", "Année"]] * 3
    assert [cell.text for cell in tables[0].rows[1].cells] == [
        "II.1.1 – Une action", "2015", "31/03/2016", "1\u00a0jour",
    ]  # fmt: skip


def test_document_is_a_french_page_whose_tables_repeat_their_headings(tmp_path: Path) -> None:
    document = docx.Document(str(write_docx(letter(), tmp_path / "lettre.docx")))
    assert document.core_properties.language == "fr-FR"
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert 'w:val="fr-FR"' in document.styles["Normal"].element.xml
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
