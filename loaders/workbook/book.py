"""A whole file of tables opened: workbook of any format, or text; its broken formulas are marked."""

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders.archives import is_zip, member_names
from loaders.cells_apart import Page, UnreadableError, read_pages
from loaders.old_workbooks import is_old_workbook, locked_fault, read_old_workbook
from loaders.text_tables import read_text_rows
from loaders.workbook.extent import DAMAGE, check_extent
from loaders.workbook.formulas import Formulas, formulas_of
from loaders.workbook.trouble import Trouble, figures

XLSX_PART = "xl/workbook.xml"
ODS_PART = "content.xml"
_MACROS = "xl/vbaProject.bin"
_MANIFEST = "META-INF/manifest.xml"
MAX_ODS = 400_000_000
"""Bytes of an OpenDocument workbook once unpacked."""


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables.

    Attributes
    ----------
    path
        The file.
    pages
        Its sheets, in order; a text file has one, without a name.
    notes
        What is said of the whole file.
    unsure
        Number of formulas never worked out by a spreadsheet program, by sheet.
    """

    path: Path
    pages: tuple[Page, ...]
    notes: tuple[Trouble, ...] = ()
    unsure: tuple[tuple[str, int], ...] = ()

    def visible(self) -> list[Page]:
        """Return the sheets that are not hidden."""
        return [page for page in self.pages if page.visible]


def open_book(path: Path) -> Book:
    """Return the sheets of a file; not to be changed.

    Raises
    ------
    InputFaultsError
        Damaged, locked, too large, or no table.
    """
    facts = path.stat()
    return _open(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=1)
def _open(path: Path, _changed: int, _size: int) -> Book:
    if is_xlsx(path):
        pages, formulas = _xlsx(path)
        notes = (_MACROS_NOTE,) if _MACROS in member_names(path) else ()
        return Book(path, tuple(pages), notes, tuple(formulas.unsure.items()))
    if is_zip(path) or is_old_workbook(path):
        return Book(path, tuple(workbook_pages(path)))
    return Book(path, (Page(None, read_text_rows(path)),))


def forget_book() -> None:
    """Let go of the file opened last."""
    _open.cache_clear()


_MACROS_NOTE = Trouble(
    "macros", "Ce classeur contient des macros : elles ne sont ni lues ni exécutées.", severity="note"
)


def unsure_note(count: int) -> Trouble:
    """Return the warning of a sheet whose formulas no spreadsheet program has worked out."""
    many = "s" if count > 1 else ""
    return Trouble(
        "formulas_unsure",
        f"{figures(count)} formule{many} de cette feuille n’{'ont' if many else 'a'} été calculée{many} par "
        "aucun tableur : les valeurs lues peuvent être fausses.",
        fix="Ouvrir le classeur dans un tableur et l’enregistrer.",
        severity="warning",
    )


def is_xlsx(path: Path) -> bool:
    """Tell whether a file is a workbook of the XLSX family, macros or not."""
    return is_zip(path) and XLSX_PART in member_names(path)


def is_ods(path: Path) -> bool:
    """Tell whether a file is an OpenDocument workbook."""
    if not is_zip(path) or ODS_PART not in member_names(path):
        return False
    with path.open("rb") as stream:
        return b"opendocument.spreadsheet" in stream.read(200)


def workbook_pages(path: Path) -> list[Page]:
    """Return the sheets of a workbook, XLSX, XLS or ODS.

    Raises
    ------
    InputFaultsError
        Damaged, locked or too large.
    """
    if is_xlsx(path):
        return _xlsx(path)[0]
    if is_zip(path):
        _check_ods(path)
    return read_old_workbook(path)


def _xlsx(path: Path) -> tuple[list[Page], Formulas]:
    check_extent(path)
    try:
        pages = read_pages(str(path))
        formulas = formulas_of(path)
    except (UnreadableError, KeyError, *DAMAGE) as error:
        raise _damaged(path) from error
    for page in pages:
        for (row, column), cell in formulas.broken.get(page.name or "", {}).items():
            _put(page.rows, row, column, cell)
    return pages, formulas


def _put(rows: list[list[object]], row: int, column: int, cell: object) -> None:
    """Put a cell at its place, making the grid larger where the reader stopped before it."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    line = rows[row]
    line.extend("" for _ in range(column + 1 - len(line)))
    line[column] = cell


def _check_ods(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
            locked = any(part.flag_bits & 1 for part in archive.infolist())
            manifest = (
                archive.read("META-INF/manifest.xml")
                if "META-INF/manifest.xml" in archive.namelist()
                else b""
            )
    except DAMAGE as error:
        raise _damaged(path) from error
    if locked or b"encryption-data" in manifest:
        raise InputFaultsError([locked_fault(path)])
    if size > MAX_ODS:
        message = "Ce classeur est démesuré une fois décompressé."
        raise InputFaultsError([Fault("error", "too_large", message, path.name)])


def _damaged(path: Path) -> InputFaultsError:
    fix = "L’ouvrir dans un tableur et l’enregistrer de nouveau au format XLSX."
    return InputFaultsError(
        [Fault("error", "damaged_workbook", "Ce classeur ne peut pas être lu.", path.name, fix=fix)]
    )
