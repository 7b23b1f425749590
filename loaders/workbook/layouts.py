"""Which sheets of a file are read as which sheets of the template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.cells_apart import Page
from loaders.template.content import Identity
from loaders.template.model import LISTS_SHEET, README_SHEET, SHEETS, Sheet
from loaders.workbook.book import Book
from loaders.workbook.cells import is_empty
from loaders.workbook.headings import Layout, find_layout, heading_word
from loaders.workbook.known import fold
from loaders.workbook.trouble import Trouble, suggestion

_OURS = {fold(name): name for name in (*SHEETS, README_SHEET, LISTS_SHEET)}

_COPY = 8
"""Sheets of the template, by name, from which on a file is a copy of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read.

    Attributes
    ----------
    layouts
        Sheets of the template, each with the sheet of the file it is read from, in the order of the template.
    template
        True for a copy of the template.
    identity
        Who says it, when it is not in a sheet « Lisez-moi ».
    notes
        What is said of whole sheets: name and trouble.
    """

    layouts: Sequence[tuple[Layout, Page]]
    template: bool = True
    identity: Identity | None = None
    notes: Sequence[tuple[str | None, Trouble]] = field(default_factory=tuple)


def readme_of(book: Book) -> Page | None:
    """Return the first sheet of a copy of the template; None for another file."""
    return next((page for page in book.visible() if fold(page.name or "") == fold(README_SHEET)), None)


def template_reading(book: Book) -> Reading:
    """Return how a copy of the template is read: each sheet by its name."""
    given = {fold(page.name or ""): page for page in book.visible()}
    layouts = []
    for name, sheet in SHEETS.items():
        page = given.get(fold(name))
        if page is not None:
            layouts.append((find_layout(sheet, page.name, page.rows), page))
    return Reading(layouts, notes=[*_unknown_sheets(given), *hidden_notes(book)])


def lost_readme(book: Book) -> bool:
    """Tell whether a file is a copy of the template whose first sheet was taken away.

    That sheet says whether the data are fictional: it is not to be done without.
    """
    return sum(fold(page.name or "") in _OURS for page in book.visible()) >= _COPY


def bare_reading(book: Book) -> Reading | None:
    """Return how a file without « Lisez-moi » is read when its headings alone say it; None when they do not.

    Every sheet that holds something must be one of the template's, under its own headings.
    """
    pages = [page for page in book.visible() if holds_rows(page)]
    found = [(_bare_layout(page, book), page) for page in pages]
    layouts = [(layout, page) for layout, page in found if layout is not None]
    if not pages or len(layouts) < len(pages):
        return None
    order = list(SHEETS)
    layouts.sort(key=lambda pair: order.index(pair[0].sheet.name))
    return Reading(layouts, False, Identity(book.path.name, ""), list(hidden_notes(book)))


def _bare_layout(page: Page, book: Book) -> Layout | None:
    """Return the layout of a sheet that is one of ours; None when it is none, or may be several."""
    named = SHEETS.get(_OURS.get(fold(page.name or book.path.stem), ""))
    if named is not None:
        layout = find_layout(named, page.name, page.rows)
        return layout if _complete(layout) else None
    layouts = [find_layout(sheet, page.name, page.rows) for sheet in SHEETS.values()]
    fitting = sorted((each for each in layouts if _complete(each) and _ours(each)), key=_weight, reverse=True)
    if not fitting or (len(fitting) > 1 and _weight(fitting[0]) == _weight(fitting[1])):
        return None
    return fitting[0]


def _complete(layout: Layout) -> bool:
    """Tell whether every column that no row goes without is there, and more than one."""
    wanted = [column.field for column in layout.sheet.columns if column.required]
    return len(layout.positions) > 1 and all(name in layout.positions for name in wanted)


def _ours(layout: Layout) -> bool:
    """Tell whether headings are the template's own, synonyms apart, and most of those of the sheet."""
    own, read = _weight(layout)
    return own == read > len(layout.titles) / 2


def _weight(layout: Layout) -> tuple[int, int]:
    """Return how well a sheet fits: columns read under their own heading, then columns read."""
    own = sum(
        heading_word(layout.titles[at]) == heading_word(layout.sheet.header(name))
        for name, at in layout.positions.items()
    )
    return own, len(layout.positions)


def holds_rows(page: Page) -> bool:
    """Tell whether a sheet holds something under a first row."""
    filled = (line for line in page.rows if any(not is_empty(cell) for cell in line))
    return next(filled, None) is not None and next(filled, None) is not None


def _unknown_sheets(given: Mapping[str, Page]) -> Iterator[tuple[str | None, Trouble]]:
    """Yield the sheets that lack and those nobody knows."""
    others = [page.name or "" for word, page in given.items() if word not in _OURS]
    for word, name in _OURS.items():
        if word not in given and name in SHEETS:
            near = suggestion(word, others, [fold(other) for other in others])
            fix = near.replace("Vouliez-vous dire", "Est-ce la feuille") if near else None
            yield name, _missing_sheet(fix)
    for name in others:
        message = "Cette feuille n’est pas du modèle : elle n’est pas lue."
        yield name, Trouble("unknown_sheet", message, severity="warning")


def hidden_notes(book: Book) -> Iterator[tuple[str | None, Trouble]]:
    """Yield the hidden sheets that hold something; the template's own lists are no news."""
    for page in book.pages:
        if not page.visible and holds_rows(page) and fold(page.name or "") != fold(LISTS_SHEET):
            message = "Cette feuille est masquée : elle n’est pas lue."
            fix = "L’afficher si elle est à lire."
            yield page.name, Trouble("hidden_sheet", message, fix=fix, severity="warning")


def _missing_sheet(fix: str | None) -> Trouble:
    """Return the trouble of a sheet that lacks: an error when another looks like it under a new name."""
    return Trouble(
        "missing_sheet",
        "Cette feuille manque : rien n’y est lu.",
        fix=fix or "Reprendre la feuille du modèle si elle a des lignes à dire.",
        severity="error" if fix else "warning",
    )


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet of the template that a word names, None when there is none."""
    return SHEETS.get(_OURS.get(fold(name), ""))
