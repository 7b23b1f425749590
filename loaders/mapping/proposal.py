"""The best guess of a mapping, for a person to read over."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from graphmodel.schema import SCHEMA
from loaders.cells_apart import Page
from loaders.mapping.applying import pages_for
from loaders.mapping.model import (
    FROM_NAME,
    TO_SAY,
    UNREAD,
    YEAR_OF_NAME,
    FileMapping,
    SheetMapping,
    fingerprint,
    same_name,
)
from loaders.template.model import SHEETS, Column, Sheet, words_of
from loaders.workbook.book import Book
from loaders.workbook.cells import BrokenCell, Raw, is_empty, text_of
from loaders.workbook.headings import Layout, fields_by_word, find_layout, heading_word
from loaders.workbook.known import Known, fold
from loaders.workbook.layouts import holds_rows
from loaders.workbook.references import LABELS
from loaders.workbook.totals import Totals
from loaders.workbook.trouble import suggestion

_LEAST = 2
"""Columns that must be recognised for a sheet to be one of ours."""
_MOST_WORDS = 60
"""Distinct words of a column that are looked at one by one."""
_YEARS = ("year", "observed_year")
_BESIDE = ("Financements", "Lieux", "Bilans")
"""What the rows of a sheet often say beside its first subject: money, places, reports."""
_DETAILS = ("siren", "siret", "rna", "legal_form", "family", "world", "seat", "address")
_PEOPLE = ("Participations", "Financements", "Bilans", "Mesures")
"""Sheets whose rows name organisations, some of them new."""


def propose(book: Book, known: Known) -> FileMapping | None:
    """Return the mapping that the headings of a file suggest; None when they suggest nothing.

    Parameters
    ----------
    book
        The file.
    known
        What the store holds: its organisations, actions and lists, which words are compared with.
    """
    sheets: list[SheetMapping] = []
    for page in book.visible():
        done = any(sheet.source and same_name(page.name or "", sheet.source) for sheet in sheets)
        if holds_rows(page) and not done:
            sheets.extend(_sheets(book, page, known))
    if not sheets:
        return None
    return FileMapping(TO_SAY, sheets, fingerprint=fingerprint(book.pages))


def _sheets(book: Book, page: Page, known: Known) -> Iterator[SheetMapping]:
    layout = _best(page)
    if layout is None:
        return
    sheet = _mapping(page, layout, known)
    new = _newcomers(page, layout, sheet, known)
    if new is not None and len(pages_for(book, sheet)) > 0:
        yield new
    yield sheet
    read = {title for title, target in sheet.columns.items() if target != UNREAD}
    for name in _BESIDE:
        beside = find_layout(SHEETS[name], page.name, page.rows)
        fresh = {beside.titles[at] for at in beside.positions.values()} - read
        if name != sheet.becomes and "action" in beside.positions and len(fresh) >= _LEAST:
            found = _mapping(page, beside, known)
            yield _told_apart(found, layout) if name == "Financements" else found
            read |= fresh


def _told_apart(money: SheetMapping, layout: Layout) -> SheetMapping:
    """Return the mapping of amounts, those of several structures told apart by the structure's name.

    A row for each structure gives several amounts of one funder, action, year and kind.
    """
    column = next((each for each in layout.sheet.columns if each.kind == "organisation"), None)
    at = layout.positions.get(column.field) if column is not None else None
    if at is None or money.columns.get(layout.titles[at]) != UNREAD:
        return money
    reference = SHEETS["Financements"].header("reference")
    return replace(money, columns={**money.columns, layout.titles[at]: reference})


def _best(page: Page) -> Layout | None:
    """Return the sheet of the template that most of the headings of a page belong to."""
    layouts = [find_layout(sheet, page.name, page.rows) for sheet in SHEETS.values()]
    named = {fold(page.name or "")}
    best = max(layouts, key=lambda each: (_score(each), fold(each.sheet.name) in named))
    return best if len(best.positions) >= _LEAST else None


def _score(layout: Layout) -> float:
    """Return the columns recognised, less those that rows cannot go without and that lack."""
    lacking = [
        column
        for column in layout.sheet.columns
        if column.required and column.field not in layout.positions and column.kind not in _YEARS
    ]
    return len(layout.positions) - 0.75 * len(lacking)


def _mapping(page: Page, layout: Layout, known: Known) -> SheetMapping:
    sheet = layout.sheet
    fields = {at: name for name, at in layout.positions.items()}
    columns = {
        title: sheet.header(fields[at]) if at in fields else _near(sheet, title, fields.values())
        for at, title in layout.titles.items()
    }
    said = {fold(target) for target in columns.values()}
    constants = {
        column.header: YEAR_OF_NAME if column.kind in _YEARS else TO_SAY
        for column in sheet.columns
        if column.required and fold(column.header) not in said
    }
    values = {
        column.header: words
        for column in sheet.columns
        if column.field in layout.positions and (words := _words(page, layout, column, known))
    }
    return SheetMapping(page.name, sheet.name, columns, constants, values)


def _near(sheet: Sheet, title: str, taken: Collection[str]) -> str:
    """Return the heading of the template that a heading is nearly, when no column has it; else unread."""
    free = {word: name for word, name in fields_by_word(sheet.name).items() if name not in taken}
    near = suggestion(heading_word(title), free)
    if near is None:
        return UNREAD
    word = near.partition("« ")[2].rpartition(" »")[0]
    return sheet.header(free[word])


def _words(page: Page, layout: Layout, column: Column, known: Known) -> dict[str, str]:
    """Return what the words of a column stand for, where they are none of the template's own."""
    targets = _targets(column, known)
    if targets is None:
        return {}
    shown, compared = targets
    found: dict[str, str] = {}
    for word in _distinct(page, layout, column.field):
        if fold(word) in compared:
            continue
        usual = _usual_words().get((column.kind, heading_word(word)))
        near = suggestion(fold(word), shown, compared)
        if usual is not None:
            found[word] = usual
        elif near is not None:
            found[word] = near.partition("« ")[2].rpartition(" »")[0]
        elif column.kind not in LABELS:
            found[word] = TO_SAY
        if len(found) > _MOST_WORDS:
            return {}
    return found


@lru_cache(maxsize=1)
def _usual_words() -> dict[tuple[str, str], str]:
    """Return the word of the template for what people often write, by kind of column and folded word."""
    text = (files("loaders.mapping") / "words.csv").read_text(encoding="utf-8")
    return {
        (f"enum:{row['enumeration']}", heading_word(row["word"])): SCHEMA.french(
            row["enumeration"], row["value"]
        )
        for row in csv.DictReader(text.splitlines())
    }


def _targets(column: Column, known: Known) -> tuple[list[str], list[str]] | None:
    """Return the words a column may hold, as shown and as compared; None when it may hold any."""
    if column.kind in LABELS:
        shown = known.names(LABELS[column.kind])
    else:
        words: Mapping[str, str] | None = words_of(column.kind, known.lists)
        if not words or column.kind == "boolean":
            return None
        shown = list(words.values())
    return shown, [fold(word) for word in shown]


def _distinct(page: Page, layout: Layout, name: str) -> list[str]:
    """Return the distinct words of a column, in their order; rows of totals are left out."""
    at, totals = layout.positions[name], Totals(layout)
    found: dict[str, None] = {}
    for line in page.rows[layout.header :]:
        cell: Raw = line[at] if at < len(line) else ""
        if is_empty(cell) or isinstance(cell, BrokenCell) or totals.is_total(line):
            continue
        found.setdefault(text_of(cell))
    return list(found)


def _newcomers(page: Page, layout: Layout, sheet: SheetMapping, known: Known) -> SheetMapping | None:
    """Return a mapping of the same page to organisations, when it names some that nobody knows."""
    column = next((each for each in layout.sheet.columns if each.kind == "organisation"), None)
    if layout.sheet.name not in _PEOPLE or column is None or column.field not in layout.positions:
        return None
    mapped = sheet.values.get(column.header, {})
    new = [
        word
        for word in _distinct(page, layout, column.field)
        if word not in mapped and known.find("Organisation", word) is None
    ]
    if not new:
        return None
    title = layout.titles[layout.positions[column.field]]
    ours = SHEETS["Organisations"]
    columns = {title: ours.header("name"), **_details(layout, title)}
    values = {ours.header("name"): dict(mapped)} if mapped else {}
    return SheetMapping(page.name, ours.name, columns, {ours.header("id"): FROM_NAME}, values)


def _details(layout: Layout, title: str) -> dict[str, str]:
    """Return the columns of a page that say more of the organisation of each row: its SIREN, its seat."""
    words = {word: name for word, name in fields_by_word("Organisations").items() if name in _DETAILS}
    taken = {layout.titles[at] for at in layout.positions.values()}
    return {
        other: SHEETS["Organisations"].header(words[heading_word(other)])
        for other in layout.titles.values()
        if other != title and other not in taken and heading_word(other) in words
    }


def recognised(book: Book) -> bool:
    """Tell whether some sheet of a file has headings of ours: enough of them to propose a mapping."""
    return any(_best(page) is not None for page in book.visible() if holds_rows(page))
