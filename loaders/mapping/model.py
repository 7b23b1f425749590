"""What a mapping says: which sheet becomes which, column by column, word by word."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.cells_apart import Page
from loaders.template.model import SHEETS, Sheet
from loaders.workbook.cells import is_empty, text_of
from loaders.workbook.headings import Layout, candidate_lines, heading_word
from loaders.workbook.known import fold

UNREAD = "(non lue)"
"""Field of a column that is not read."""
YEAR_OF_NAME = "(année du nom)"
"""Constant: the only year in the name of the sheet, else in its titles, else in the name of the file."""
FROM_NAME = "(tiré du nom)"
"""Constant: an identifier made from the name of the organisation, for those nobody knows yet."""
TO_SAY = "?"
"""What a person still has to say."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet of a file is read as one sheet of the template.

    Attributes
    ----------
    source
        Name of the sheet in the file; None for a text file, or for the only sheet whatever its name.
    becomes
        Name of the sheet of the template.
    columns
        French heading of the template, or `UNREAD`, by heading of the file.
    constants
        Value by French heading, for what the file has no column for.
    values
        By French heading: word of the template by word of the file.
    """

    source: str | None
    becomes: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        """Sheet of the template."""
        return SHEETS[self.becomes]

    def fields(self) -> dict[str, str]:
        """Return the field of each heading of the template that is used here."""
        return {fold(column.header): column.field for column in self.sheet.columns}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How the files of one sender are read.

    Attributes
    ----------
    sender
        Who sends them; `TO_SAY` until somebody says it.
    sheets
        Sheets to read; one sheet of a file may become several.
    reviewed
        True once a person has read the mapping over.
    fictional
        True when the files are fictional.
    fingerprint
        Of the headings it was made for; see `fingerprint`.
    """

    sender: str
    sheets: Sequence[SheetMapping]
    reviewed: bool = False
    fictional: bool = False
    fingerprint: str = ""

    def to_say(self) -> Iterator[str]:
        """Yield, in French, each thing that a person still has to say."""
        if self.sender == TO_SAY:
            yield "émetteur"
        for sheet in self.sheets:
            place = f"feuille « {sheet.source} » : " if sheet.source else ""
            for header, value in sheet.constants.items():
                if value == TO_SAY:
                    yield f"{place}{header}"
            for header, words in sheet.values.items():
                for word, value in words.items():
                    if value == TO_SAY:
                        yield f"{place}{header}, « {word} »"


def fingerprint(pages: Sequence[Page]) -> str:
    """Return what tells the headings of a file from others: the same from year to year.

    Figures are left out of the names of sheets and headings, since years change.
    """
    signs = sorted(f"{_stem(page.name or '')}:{','.join(sorted(heading_words(page)))}" for page in pages)
    return hashlib.sha256("\n".join(signs).encode()).hexdigest()[:16]


def _stem(name: str) -> str:
    return " ".join(_DIGITS.sub(" ", heading_word(name)).split())


def same_name(one: str, other: str) -> bool:
    """Tell whether two names of sheets are the same but for their years."""
    return _stem(one) == _stem(other)


def heading_words(page: Page) -> set[str]:
    """Return the headings of a sheet as they are compared, figures left out."""
    return {_stem(title) for title in titles_of(page)[1].values()}


def titles_of(page: Page) -> tuple[int, dict[int, str]]:
    """Return the row of a sheet that looks most like headings, and its titles by position.

    That of the most texts, none of them repeated; the first one when several have as many.
    """
    best: tuple[int, dict[int, str]] = (1, {})
    for number, line in candidate_lines(page.rows):
        titles = {
            at: text_of(cell).strip()
            for at, cell in enumerate(line)
            if isinstance(cell, str) and not is_empty(cell)
        }
        figures = sum(not is_empty(cell) and not isinstance(cell, str) for cell in line)
        distinct = len({fold(title) for title in titles.values()})
        if figures == 0 and distinct == len(titles) > len(best[1]):
            best = (number, titles)
    return best


def layout_with(page: Page, sheet: SheetMapping, header: int, titles: Mapping[int, str]) -> Layout:
    """Return the layout of a page by the columns of a mapping; see `reading_of` for the rest of it."""
    words = {heading_word(title): target for title, target in sheet.columns.items()}
    exact = {fold(title): target for title, target in sheet.columns.items()}
    fields = sheet.fields()
    positions: dict[str, int] = {}
    for at, title in titles.items():
        target = exact.get(fold(title), words.get(heading_word(title), UNREAD))
        name = fields.get(fold(target))
        if name is not None:
            positions.setdefault(name, at)
    return Layout(sheet.sheet, page.name, header, positions, dict(titles))


def slug(name: str) -> str:
    """Return a name in capitals, digits and hyphens, as identifiers are written.

    >>> slug("Ficti-Coop des Écrins (Isère)")
    'FICTI-COOP-DES-ECRINS-ISERE'
    """
    plain = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-").upper()[:60]
