"""Headings of a sheet: which row bears them, which column is which field, under whatever name."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from loaders.template.model import SHEETS, Sheet
from loaders.workbook.cells import Raw, is_empty, text_of
from loaders.workbook.known import fold

SEARCHED = 30
"""Rows among which the headings are looked for: titles may stand above them."""

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[^a-z0-9]+")
_EMPTY_WORDS = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "en", "au", "a", "euros", "euro"))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of a sheet of the template stand in a sheet of a file.

    Attributes
    ----------
    sheet
        Sheet of the template that the rows are read as.
    name
        Name of the sheet in the file; None in a text file.
    header
        Number of the row that bears the headings, as a spreadsheet shows it; rows start below.
    positions
        Column of each field found, from 0.
    titles
        Heading of each column as the file writes it, by position.
    values
        For some fields, what stands for what a cell says, by folded word.
    constants
        Cells of fields that the file has no column for.
    """

    sheet: Sheet
    name: str | None
    header: int
    positions: Mapping[str, int]
    titles: Mapping[int, str]
    values: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    constants: Mapping[str, Raw] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """Return the heading of a field: as the file writes it, else the template's."""
        position = self.positions.get(name)
        said = self.titles.get(position) if position is not None else None
        return said or self.sheet.header(name)

    def unread(self) -> Iterator[tuple[int, str]]:
        """Yield the columns that no field takes: position and heading."""
        taken = set(self.positions.values())
        for position, title in self.titles.items():
            if position not in taken:
                yield position, title

    def repeated(self) -> dict[str, list[int]]:
        """Return the columns of the titles that several columns of the file bear."""
        by_title: defaultdict[str, list[int]] = defaultdict(list)
        for position, title in self.titles.items():
            by_title[fold(title)].append(position)
        taken = set(self.positions.values())
        return {
            self.titles[places[0]]: places
            for places in by_title.values()
            if len(places) > 1 and taken & set(places)
        }


def heading_word(title: str) -> str:
    """Return a heading as it is compared: no accents, case, plural, articles, units or asides.

    >>> heading_word("Montants (en €) *") == heading_word("montant")
    True
    >>> heading_word("N° d’actions") == heading_word("N° Action")
    True
    """
    plain = fold(_ASIDE.sub(" ", title).replace("°", " ").replace("€", " "))
    words = [word for word in _WORD.split(plain) if word and word not in _EMPTY_WORDS]
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


@lru_cache(maxsize=64)
def fields_by_word(name: str) -> dict[str, str]:
    """Return the field that each heading of a sheet of the template names, synonyms included.

    The template's own headings win over synonyms, and those of the sheet over those of all sheets.
    """
    sheet = SHEETS[name]
    found: dict[str, str] = {}
    rows = _synonyms()
    for owner in (name, "*"):
        for row in rows:
            if row["sheet"] == owner and row["field"] in sheet.by_field:
                found.setdefault(heading_word(row["synonym"]), row["field"])
    return {**found, **{heading_word(column.header): column.field for column in sheet.columns}}


@lru_cache(maxsize=1)
def _synonyms() -> tuple[dict[str, str], ...]:
    text = (files("loaders.template") / "synonyms.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def find_layout(sheet: Sheet, name: str | None, rows: Sequence[Sequence[Raw]]) -> Layout:
    """Return the layout of the first row that names the most fields of a sheet of the template.

    Headings on two rows (a merged heading over several columns) are read together when that names more.
    A sheet where no row names any has its headings in the first row.
    """
    best = Layout(sheet, name, 1, {}, _titles(rows[0] if rows else ()))
    for header, line in candidate_lines(rows):
        found = _layout(sheet, name, header, line)
        if len(found.positions) > len(best.positions):
            best = found
    return best


def candidate_lines(rows: Sequence[Sequence[Raw]]) -> Iterator[tuple[int, Sequence[Raw]]]:
    """Yield the rows that may bear headings, alone then each with the next one: row number and cells."""
    searched = rows[:SEARCHED]
    for at, line in enumerate(searched):
        yield at + 1, line
    for at, (upper, lower) in enumerate(pairwise(searched)):
        if _is_text(upper) and _is_text(lower):
            yield at + 2, _together(upper, lower)


def _is_text(line: Sequence[Raw]) -> bool:
    said = [cell for cell in line if not is_empty(cell)]
    return bool(said) and all(isinstance(cell, str) for cell in said)


def _together(upper: Sequence[Raw], lower: Sequence[Raw]) -> list[Raw]:
    """Return headings written on two rows as one: the lower one, else the upper one."""
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    return [up if is_empty(down) else down for up, down in zip(above, below, strict=True)]


def _layout(sheet: Sheet, name: str | None, header: int, line: Sequence[Raw]) -> Layout:
    titles = _titles(line)
    exact = {fold(column.header): column.field for column in sheet.columns}
    words = fields_by_word(sheet.name)
    positions: dict[str, int] = {}
    for position, title in titles.items():
        said = exact.get(fold(title))
        if said is not None:
            positions.setdefault(said, position)
    for position, title in titles.items():
        said = words.get(heading_word(title))
        if said is not None and position not in positions.values():
            positions.setdefault(said, position)
    return Layout(sheet, name, header, positions, titles)


def _titles(line: Sequence[Raw]) -> dict[int, str]:
    return {at: text_of(cell).strip() for at, cell in enumerate(line) if not is_empty(cell)}
