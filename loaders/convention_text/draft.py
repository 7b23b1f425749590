"""The proposals of a text as a workbook to correct, and that workbook read back.

Each proposal is a row with its quote, its lines and what to check; « Retenu » says whether it goes into the
graph.
"""

import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from graphmodel import Fault, InputFaultsError
from loaders.archives import is_zip
from loaders.convention_text.passages import Passage
from loaders.convention_text.proposal import (
    Proposal,
    Proposed,
    ProposedAction,
    ProposedContract,
    ProposedFunding,
    ProposedParty,
)
from loaders.tables import refused
from loaders.workbook.cells import is_empty, read_boolean, read_integer, read_money, read_text, read_year
from loaders.workbook.extent import check_extent
from loaders.workbook.trouble import CellError

SHEET = "Proposition"
"""First sheet: what makes the workbook recognised."""

_HEAD = 65_536
_ADVICE = (
    "Ces lignes sont lues dans le texte par des règles : elles se relisent avant d’entrer dans la base.",
    "Corriger les cases, mettre « non » dans « Retenu » pour écarter une ligne, ajouter ce qui manque.",
    "Puis charger ce classeur : maillage load CLASSEUR.xlsx",
)


def _euros(raw: Any) -> Decimal:
    return Decimal(read_money(raw)) / 100


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: heading, attribute of the proposal, how its cell is read, width, required or not."""

    header: str
    field: str
    read: Callable[[Any], object] = read_text
    width: int = 18
    required: bool = False


_COMMON = (
    _Column("À vérifier", "doubt", width=44),
    _Column("Citation", "quote", width=70),
    _Column("Première ligne", "first", read_integer, 10),
    _Column("Dernière ligne", "last", read_integer, 10),
)
_KEPT = _Column("Retenu", "kept", read_boolean, 9)

_SHEETS: Mapping[str, tuple[type[Proposed], tuple[_Column, ...]]] = {
    "Parties": (
        ProposedParty,
        (
            _KEPT,
            _Column("Identifiant", "id", width=34, required=True),
            _Column("Nom", "name", width=44, required=True),
            _Column("Nom dans le texte", "written", width=44),
            _Column("Sigle", "acronym"),
            _Column("Catégorie", "category", width=26),
            _Column("Collectivité", "authority", read_boolean, 12),
            *_COMMON,
        ),
    ),
    "Actions": (
        ProposedAction,
        (
            _KEPT,
            _Column("Code", "code", required=True),
            _Column("Libellé", "name", width=60, required=True),
            _Column("Axe", "axis", width=8),
            _Column("Nom de l’axe", "axis_name", width=34),
            _Column("Année du plan", "year", read_year, 12),
            *_COMMON,
        ),
    ),
    "Financements": (
        ProposedFunding,
        (
            _KEPT,
            _Column("Financeur", "funder", width=34),
            _Column("Année", "year", read_year, 9),
            _Column("Montant (€)", "amount", _euros, 16, True),
            _Column("Prévisionnel", "provisional", read_boolean, 12),
            *_COMMON,
        ),
    ),
}
_CONTRACT = (
    _Column("Identifiant du contrat", "id", required=True),
    _Column("Intitulé", "title"),
    _Column("Région", "region"),
    _Column("Première année", "start_year", read_year),
    _Column("Dernière année", "end_year", read_year),
    *_COMMON,
    _Column("Texte lu", "file"),
    _Column("Empreinte du texte (SHA-256)", "sha256"),
)
_BLANK: Mapping[str, object] = {
    "kept": True, "doubt": "", "written": "", "category": "", "provisional": False, "name": "", "code": "",
}  # fmt: skip
"""What an empty cell says, where it is not « unknown »."""


def write_draft(path: Path, proposal: Proposal) -> None:
    """Write the proposals in a workbook, one sheet a kind; a file of that name is replaced."""
    with xlsxwriter.Workbook(str(path)) as book:
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#0b5563", "font_color": "#ffffff", "text_wrap": True}
            ),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
            "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "doubt": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fdf0d5"}),
        }
        _write_contract(book.add_worksheet(SHEET), proposal, styles)
        for name, rows in (
            ("Parties", proposal.parties), ("Actions", proposal.actions), ("Financements", proposal.fundings),
        ):  # fmt: skip
            _write_sheet(book.add_worksheet(name), _SHEETS[name][1], rows, styles)


def _write_contract(page: Any, proposal: Proposal, styles: Mapping[str, Any]) -> None:
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, "Proposition tirée du texte d’une convention", styles["title"])
    for row, column in enumerate(_CONTRACT, 2):
        owner = proposal if column.field in ("file", "sha256") else proposal.contract
        page.write_string(row, 0, column.header, styles["head"])
        _write_cell(page, row, 1, _value(owner, column.field), styles)
    for row, line in enumerate(_ADVICE, len(_CONTRACT) + 3):
        page.write_string(row, 1, line, styles["cell"])


def _write_sheet(
    page: Any, columns: Sequence[_Column], rows: Sequence[Proposed], styles: Mapping[str, Any]
) -> None:
    page.freeze_panes(1, 3)
    page.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.header, styles["head"])
        if column.read is read_boolean:
            page.data_validation(1, at, len(rows) + 500, at, {"validate": "list", "source": ["oui", "non"]})
    for number, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            _write_cell(page, number, at, _value(row, column.field), styles, doubtful=bool(row.doubt))


def _value(owner: object, field: str) -> object:
    passage = getattr(owner, "passage", None)
    if isinstance(passage, Passage) and field in ("quote", "first", "last"):
        return {"quote": passage.quote, "first": passage.lines[0], "last": passage.lines[1]}[field]
    return getattr(owner, field)


def _write_cell(
    page: Any, row: int, at: int, value: object, styles: Mapping[str, Any], *, doubtful: bool = False
) -> None:
    style = styles["doubt" if doubtful else "cell"]
    if isinstance(value, bool):
        page.write_string(row, at, "oui" if value else "non", style)
    elif isinstance(value, Decimal):
        page.write_number(row, at, float(value), styles["money"])
    elif isinstance(value, int):
        page.write_number(row, at, value, style)
    else:
        page.write_string(row, at, str(value or ""), style)


def is_draft_file(path: Path) -> bool:
    """Tell whether a file is a workbook of proposals, by the names of its sheets."""
    if not is_zip(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            words = part.read(_HEAD).decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
        return False
    return all(f'name="{name}"' in words for name in (SHEET, *_SHEETS))


def read_draft(path: Path) -> Proposal:
    """Return the proposals of a workbook, as somebody corrected them.

    Raises
    ------
    InputFaultsError
        Every cell that cannot be read, with its sheet, row and column.
    """
    check_extent(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            grids = {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in (SHEET, *_SHEETS)
                if name in book.sheet_names
            }
    except CalamineError as error:
        raise refused(path, "damaged_workbook", "Ce classeur ne peut pas être lu.",
                      "L’ouvrir dans un tableur et l’enregistrer de nouveau.") from error  # fmt: skip
    reader = _Reader(path.name)
    proposal = reader.proposal(grids)
    if reader.faults:
        raise InputFaultsError(reader.faults)
    return proposal


class _Reader:
    """Reads the sheets of one workbook and keeps the faults of its cells."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def proposal(self, grids: Mapping[str, Sequence[Sequence[Any]]]) -> Proposal:
        """Return what the sheets say; to be trusted only when no fault was kept."""
        told = {
            str(line[0]).strip(): (number, line[1])
            for number, line in enumerate(grids.get(SHEET, ()), 1)
            if len(line) > 1
        }
        cells: dict[str, Any] = {}
        for column in _CONTRACT:
            row, raw = told.get(column.header, (0, ""))
            cells[column.field] = self._cell(column, raw, SHEET, row)
            if column.required and is_empty(raw):
                message = "Le contrat n’a pas d’identifiant."
                self._fault("missing_value", message, SHEET, row or 3, column.header)
        file, sha256 = str(cells.pop("file") or ""), str(cells.pop("sha256") or "")
        contract = ProposedContract(**self._whole(cells))
        rows: dict[str, list[Any]] = {name: self._rows(name, grids.get(name, ())) for name in _SHEETS}
        return Proposal(file, sha256, contract, rows["Parties"], rows["Actions"], rows["Financements"])

    def _rows(self, name: str, grid: Sequence[Sequence[Any]]) -> list[Proposed]:
        kind, columns = _SHEETS[name]
        places = {str(word).strip(): at for at, word in enumerate(grid[0])} if grid else {}
        found: list[Proposed] = []
        for number, line in enumerate(grid[1:], 2):
            if all(is_empty(cell) for cell in line):
                continue
            raws = {c.field: line[places[c.header]] if c.header in places else "" for c in columns}
            cells = {c.field: self._cell(c, raws[c.field], name, number) for c in columns}
            if cells["kept"] is not False:
                for column in columns:
                    if column.required and is_empty(raws[column.field]):
                        text = "Cette case est vide : la remplir, ou ne pas retenir la ligne."
                        self._fault("missing_value", text, name, number, column.header)
            found.append(kind(**self._whole(cells)))
        return found

    def _cell(self, column: _Column, raw: Any, sheet: str, row: int) -> Any:
        if is_empty(raw):
            return _BLANK.get(column.field)
        try:
            return column.read(raw)
        except CellError as error:
            trouble = error.trouble
            self.faults.append(
                Fault("error", trouble.code, trouble.message, self.file, sheet, row, column.header,
                      str(raw)[:200], trouble.expected, trouble.fix)
            )  # fmt: skip
            return _BLANK.get(column.field)

    def _fault(self, code: str, message: str, sheet: str, row: int, column: str) -> None:
        self.faults.append(Fault("error", code, message, self.file, sheet, row, column))

    @staticmethod
    def _whole(cells: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of a proposal: the quote and its lines make its passage."""
        first = cells.pop("first") or 1
        passage = Passage(cells.pop("quote") or "", (first, max(first, cells.pop("last") or first)))
        return {"passage": passage, **cells}
