"""The small file in which decisions on organisations are kept, filled in a spreadsheet, and replayed."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphmodel.aliases import Kept
from graphmodel.decisions.merging import Verdict
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from graphmodel.keys import node_key
from loaders.matching.names import fold
from loaders.workbook.cells import read_date
from loaders.workbook.trouble import CellError

COLUMNS = (
    "contrat", "organisation", "nom", "autre", "autre nom", "ressemblance", "indice",
    "décision", "auteur", "date", "motif",
)  # fmt: skip
"""Headings, in order; a row whose decision is empty still waits for one."""
VERDICTS: Mapping[str, Verdict] = {
    "same": "same", "meme": "same", "memes": "same", "identique": "same", "identiques": "same", "oui": "same",
    "different": "different", "differente": "different", "differents": "different",
    "differentes": "different", "non": "different",
}  # fmt: skip
FRENCH: Mapping[Verdict, str] = {"same": "même", "different": "différente"}
_NEEDED = ("organisation", "autre", "décision", "auteur", "motif")
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision read from a file; see `graphmodel.decisions.MatchDecision`."""

    first: Kept
    second: Kept
    verdict: Verdict
    author: str
    on: str
    why: str


def read_verdict(word: str) -> Verdict | None:
    """Return the verdict a word says, in English or in French; None for another word."""
    return VERDICTS.get(fold(word))


def read_decisions(path: Path, contract: str | None) -> list[Decided]:
    """Return the decisions of a file, in its order; rows without a decision are left out.

    Parameters
    ----------
    path
        CSV file, semicolons or commas, UTF-8.
    contract
        Contract of the rows that name none.

    Raises
    ------
    InputFaultsError
        With every fault of the file.
    """
    rows = _rows(path)
    found: list[Decided] = []
    faults: list[Fault] = []
    for number, row in rows:
        if not row["décision"]:
            continue
        wrong = list(_faults(path.name, number, row, contract))
        faults += wrong
        verdict = read_verdict(row["décision"])
        if not wrong and verdict is not None:
            found.append(_decided(row, verdict, contract))
    if faults:
        raise InputFaultsError(faults)
    return found


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    if path.stat().st_size > _LARGEST:
        raise InputFaultsError([Fault("error", "too_large", "Ce fichier est trop gros.", path.name)])
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = text.splitlines()
        separator = ";" if lines and lines[0].count(";") >= lines[0].count(",") else ","
        table = list(csv.reader(lines, delimiter=separator))
    except (UnicodeDecodeError, csv.Error) as error:
        what = "Ce fichier n’est pas un CSV en UTF-8."
        raise InputFaultsError([Fault("error", "not_csv", what, path.name)]) from error
    heads = [fold(cell) for cell in table[0]] if table else []
    missing = [name for name in _NEEDED if fold(name) not in heads]
    if missing:
        what = f"Colonnes absentes : {', '.join(missing)}."
        fix = "Partir de maillage matches --out FICHIER.csv."
        raise InputFaultsError([Fault("error", "missing_column", what, path.name, row=1, fix=fix)])
    return [(number, _row(heads, cells)) for number, cells in enumerate(table[1:], 2) if any(cells)]


def _row(heads: list[str], cells: list[str]) -> dict[str, str]:
    said = dict(zip(heads, cells, strict=False))
    # A spreadsheet is told by an apostrophe that a text is no formula.
    return {name: said.get(fold(name), "").strip().removeprefix("'") for name in COLUMNS}


def _faults(file: str, number: int, row: Mapping[str, str], contract: str | None) -> Iterator[Fault]:
    def fault(code: str, column: str, message: str, expected: str | None = None) -> Fault:
        return Fault("error", code, message, file, row=number, column=column, value=row[column] or None,
                     expected=expected)  # fmt: skip

    if read_verdict(row["décision"]) is None:
        yield fault("unknown_word", "décision", "Cette décision n’est pas connue.", "même ou différente")
    for column in ("organisation", "autre", "auteur", "motif"):
        if not row[column]:
            yield fault("missing_value", column, "Cette cellule est vide.")
    if row["organisation"] and row["organisation"] == row["autre"]:
        yield fault("same_twice", "autre", "C’est deux fois la même organisation.")
    if not (row["contrat"] or contract):
        yield fault("missing_value", "contrat", "Le contrat n’est pas dit.")
    try:
        _day(row["date"])
    except CellError as error:
        yield fault("wrong_type", "date", error.trouble.message, error.trouble.expected)


def _day(text: str) -> str:
    return (read_date(text) if text else date.today()).isoformat()


def _decided(row: Mapping[str, str], verdict: Verdict, contract: str | None) -> Decided:
    owner = row["contrat"] or contract
    first, second = (Kept(node_key("Organisation", row[c], owner), row[c]) for c in ("organisation", "autre"))
    return Decided(first, second, verdict, row["auteur"], _day(row["date"]), row["motif"])
