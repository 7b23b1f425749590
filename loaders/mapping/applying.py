"""Read a file as its mapping says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graphmodel import Fault, InputFaultsError
from loaders.cells_apart import Page
from loaders.mapping.model import (
    FROM_NAME,
    UNREAD,
    YEAR_OF_NAME,
    FileMapping,
    SheetMapping,
    layout_with,
    same_name,
    slug,
)
from loaders.template.content import Identity
from loaders.template.model import SHEETS
from loaders.workbook.book import Book
from loaders.workbook.cells import Raw, is_empty, text_of
from loaders.workbook.headings import Layout, candidate_lines, heading_word
from loaders.workbook.known import Known, fold
from loaders.workbook.layouts import Reading, hidden_notes, holds_rows
from loaders.workbook.totals import Totals
from loaders.workbook.trouble import Trouble

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def reading_of(book: Book, mapping: FileMapping, known: Known) -> Reading:
    """Return how a file is read by its mapping; give it to `read_workbook`.

    Parameters
    ----------
    book
        The file.
    mapping
        Reviewed, with nothing left to say.
    known
        What the store holds: an organisation known by its name keeps its identifier.

    Raises
    ------
    InputFaultsError
        A sheet or a column of the mapping is not in the file, or a year that its name should say is not; all
        at once.
    """
    faults: list[Fault] = []
    layouts: list[tuple[Layout, Page]] = []
    read: set[str | None] = set()
    for sheet in mapping.sheets:
        pages = pages_for(book, sheet)
        if not pages:
            faults.append(_no_page(book, sheet))
        for page in pages:
            layout = _layout(page, sheet)
            faults.extend(_missing(book, layout, sheet))
            year = _year_of(book, page, layout)
            if YEAR_OF_NAME in sheet.constants.values() and year is None:
                faults.append(_no_year(book, page))
            read.add(page.name)
            layouts.append(_completed(_undecided(layout, page, mapping), page, sheet, year or "", known))
    if faults:
        # One sheet read as two says the same fault twice.
        raise InputFaultsError(list(dict.fromkeys(faults)))
    order = list(SHEETS)
    layouts.sort(key=lambda pair: order.index(pair[0].sheet.name))
    identity = Identity(book.path.name, "", mapping.sender, fictional=mapping.fictional)
    notes = [*hidden_notes(book), *_unread_sheets(book, read)]
    return Reading(layouts, False, identity, notes)


def fits(book: Book, mapping: FileMapping) -> bool:
    """Tell whether every sheet and every read column of a mapping is in a file."""
    for sheet in mapping.sheets:
        pages = pages_for(book, sheet)
        if not pages or any(_lacking(_layout(page, sheet), sheet) for page in pages):
            return False
    return bool(mapping.sheets)


def pages_for(book: Book, sheet: SheetMapping) -> list[Page]:
    """Return the sheets of a file that a mapping names; years in their names do not matter."""
    pages = [page for page in book.visible() if holds_rows(page)]
    if sheet.source is None:
        return pages
    return [page for page in pages if same_name(page.name or "", sheet.source)]


def _layout(page: Page, sheet: SheetMapping) -> Layout:
    """Return the layout under the row that bears the most headings of the mapping."""
    wanted = {heading_word(title) for title in sheet.columns}
    best, most = (1, dict[int, str]()), 0
    for number, line in candidate_lines(page.rows):
        titles = {at: text_of(cell).strip() for at, cell in enumerate(line) if not is_empty(cell)}
        count = len(wanted & {heading_word(title) for title in titles.values()})
        if count > most:
            best, most = (number, titles), count
    return layout_with(page, sheet, *best)


def _undecided(layout: Layout, page: Page, mapping: FileMapping) -> Layout:
    """Return a layout without the headings that the mapping leaves aside or reads as something else."""
    decided = {
        heading_word(title)
        for sheet in mapping.sheets
        if sheet.source is None or same_name(page.name or "", sheet.source)
        for title in sheet.columns
    }
    read = set(layout.positions.values())
    titles = {
        at: title for at, title in layout.titles.items() if at in read or heading_word(title) not in decided
    }
    return replace(layout, titles=titles)


def _lacking(layout: Layout, sheet: SheetMapping) -> list[str]:
    """Return the headings of a mapping that a sheet does not bear, those not read left out."""
    held = {heading_word(title) for title in layout.titles.values()}
    read = [title for title, target in sheet.columns.items() if target not in (UNREAD, "")]
    return [title for title in read if heading_word(title) not in held]


def _missing(book: Book, layout: Layout, sheet: SheetMapping) -> list[Fault]:
    return [
        Fault(
            "error", "missing_column", "Cette colonne, que la correspondance lit, manque.", book.path.name,
            layout.name, layout.header, title,
            fix="Corriger la correspondance, ou demander le fichier dans la même forme.",
        )
        for title in _lacking(layout, sheet)
    ]  # fmt: skip


def _completed(
    layout: Layout, page: Page, sheet: SheetMapping, year: str, known: Known
) -> tuple[Layout, Page]:
    """Return the layout with the words and constants of the mapping."""
    fields = sheet.fields()
    values = {
        fields[fold(header)]: {fold(word): said for word, said in words.items()}
        for header, words in sheet.values.items()
    }
    constants: dict[str, Raw] = {
        fields[fold(header)]: year if said == YEAR_OF_NAME else said
        for header, said in sheet.constants.items()
    }
    complete = replace(layout, values=values, constants=constants)
    if FROM_NAME in sheet.constants.values():
        return _with_identifiers(complete, page, known)
    return complete, page


def _with_identifiers(layout: Layout, page: Page, known: Known) -> tuple[Layout, Page]:
    """Return a sheet of organisations whose identifiers are made from their names.

    Those known under another identifier, and those that an earlier row names, are left out: nothing new is
    said of them. One known under the same identifier is said again, so that a second load of the file says
    the same. Rows keep their numbers.
    """
    at, place = layout.positions.get("name"), max((len(line) for line in page.rows), default=0)
    seen: set[str] = set()
    totals = Totals(layout)
    rows: list[list[Raw]] = []
    for number, line in enumerate(page.rows, 1):
        name = text_of(line[at]) if at is not None and at < len(line) and not is_empty(line[at]) else ""
        name = text_of(layout.values.get("name", {}).get(fold(name), name))
        before = known.find("Organisation", name) if name else None
        ours = before is None or (before.id == slug(name) and fold(before.name) == fold(name))
        if number <= layout.header:
            rows.append(line)
        elif at is not None and name and ours and fold(name) not in seen and not totals.is_total(line):
            complete = [*line, *[""] * (place - len(line)), slug(name)]
            complete[at] = before.name if before is not None else name
            rows.append(complete)
        else:
            rows.append([])
        seen.add(fold(name))
    constants = {field: said for field, said in layout.constants.items() if said != FROM_NAME}
    titles = {**layout.titles, place: layout.sheet.header("id")}
    found = replace(layout, positions={**layout.positions, "id": place}, titles=titles, constants=constants)
    return found, replace(page, rows=rows)


def _year_of(book: Book, page: Page, layout: Layout) -> str | None:
    """Return the only year that the name of a sheet says, else its titles, else the name of the file."""
    above = " ".join(text_of(cell) for line in page.rows[: layout.header - 1] for cell in line)
    for said in (page.name or "", above, book.path.stem):
        years: set[str] = set(_YEAR.findall(said))
        if len(years) == 1:
            return years.pop()
    return None


def _unread_sheets(book: Book, read: set[str | None]) -> Sequence[tuple[str | None, Trouble]]:
    message = "La correspondance ne dit rien de cette feuille : elle n’est pas lue."
    return [
        (page.name, Trouble("unknown_sheet", message, severity="warning"))
        for page in book.visible()
        if holds_rows(page) and page.name not in read
    ]


def _no_page(book: Book, sheet: SheetMapping) -> Fault:
    names = ", ".join(f"« {page.name} »" for page in book.visible() if page.name)
    return Fault(
        "error", "missing_sheet", "Cette feuille, que la correspondance lit, manque.", book.path.name,
        sheet.source, expected=f"une des feuilles du fichier : {names}" if names else None,
        fix="Corriger le nom de la feuille dans la correspondance.",
    )  # fmt: skip


def _no_year(book: Book, page: Page) -> Fault:
    return Fault(
        "error", "no_year", "L’année n’est dite ni par le nom de la feuille ou du fichier, ni par un titre.",
        book.path.name, page.name,
        fix="Écrire l’année dans la correspondance, ou dans le nom du fichier.",
    )  # fmt: skip
