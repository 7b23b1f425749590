"""A copy of a faulty file with its faulty cells marked and commented, to send back to whoever wrote it.

The file itself is never written. An XLSX keeps its look; its formulas become their values, its macros and
links to other files are left out, so that nothing in the copy runs. Another format, or a workbook too large,
is written anew from its values, and the copy says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graphmodel import Fault, InputFaultsError, UsageError
from loaders.archives import is_zip
from loaders.import_report.fault_table import refuse_existing
from loaders.import_report.kept import mark_workbook
from loaders.import_report.marks import marks_of
from loaders.import_report.rebuilt import rebuild_workbook
from loaders.workbook.book import is_xlsx, open_book

MOST_CELLS = 400_000
"""Cells of a workbook that is kept as it looks; a larger one is written anew."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy that was written.

    Attributes
    ----------
    path
        The copy.
    marked
        Number of cells marked.
    elsewhere
        Number of faults that stand in no cell; the sheet of the faults lists them.
    rebuilt
        Why the copy was written anew from the values, in French; None when it keeps the look of the file.
    """

    path: Path
    marked: int
    elsewhere: int
    rebuilt: str | None

    def sentence(self) -> str:
        """Return what was done, in French."""
        cells = f"{self.marked} case{'s' if self.marked > 1 else ''} marquée{'s' if self.marked > 1 else ''}"
        lacking = f", {self.elsewhere} faute(s) sans case, dites dans « Fautes »" if self.elsewhere else ""
        why = f" {self.rebuilt}" if self.rebuilt else ""
        return f"Copie annotée : {self.path} ({cells}{lacking}).{why}"


def annotate(source: Path, faults: Iterable[Fault], target: Path) -> Annotated:
    """Write a copy of a file with its faulty cells marked and commented.

    Parameters
    ----------
    source
        The file that was read: XLSX, XLS, ODS or text table.
    faults
        Its faults and warnings; those of other files are left out.
    target
        The copy, an `.xlsx` that does not exist yet.

    Raises
    ------
    UsageError
        The copy is no `.xlsx`, is the file itself, or exists.
    InputFaultsError
        The file is no table, or too damaged to be copied; its own faults say so too.
    """
    if target.suffix.lower() != ".xlsx":
        raise UsageError("La copie annotée est un fichier .xlsx.")
    refuse_existing(target)
    _refuse_others(source)
    own = [fault for fault in faults if fault.file in (None, source.name)]
    pages = open_book(source).pages
    marks = marks_of(pages, own)
    why = _why_rebuilt(source, sum(len(row) for page in pages for row in page.rows))
    target.parent.mkdir(parents=True, exist_ok=True)
    if why is None and not mark_workbook(source, target, pages, own, marks):
        why = "Ce classeur a un contenu inhabituel : la copie est refaite à partir de ses valeurs."
    if why is not None:
        rebuild_workbook(target, pages, own, marks, why)
    marked = sum(len(cells) for cells in marks.cells.values())
    return Annotated(target, marked, sum(place is None for place in marks.places), why)


def _refuse_others(source: Path) -> None:
    """Refuse what could be read as a text table but is none: an exchange file, outlines."""
    if is_zip(source):
        return
    with source.open("rb") as stream:
        head = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] in (b"{", b"["):
        message = "Ce fichier n’est pas un tableau : il n’a pas de cases à annoter."
        raise InputFaultsError([Fault("error", "not_a_table", message, source.name)])


def _why_rebuilt(source: Path, cells: int) -> str | None:
    if not is_xlsx(source):
        return "Ce fichier n’est pas un XLSX : la copie est refaite à partir de ses valeurs."
    if cells > MOST_CELLS:
        return "Ce classeur est trop grand : la copie est refaite à partir de ses valeurs."
    return None
