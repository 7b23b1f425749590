"""What a workbook of the template holds, before it is written or after it is read."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Mark = Literal["to_fill", "carried"]
"""What a cell is marked for: to be filled, or carried over from the year before and to be confirmed."""

Cells = dict[str, object]
"""One row: the values of its cells by field. A word of a list is French, a date is a `date`, an amount is in
euros; a field left out or None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the sheet « Lisez-moi » says of the file.

    Attributes
    ----------
    id
        Identity of the file: a second file of the same identity replaces what the first one said.
    contract
        Identifier of the contract.
    author, known_on
        Who says it, since when; None when not said.
    fictional
        True when the file declares itself fictional.
    version
        Version of the template.
    note
        Free text.
    copy
        True for a copy of a store: what it repeats is no source more.
    """

    id: str
    contract: str
    author: str | None = None
    known_on: date | None = None
    fictional: bool = False
    version: str = ""
    note: str | None = None
    copy: bool = False


@dataclass(slots=True)
class Content:
    """A whole workbook.

    Attributes
    ----------
    identity
        What the first sheet says of the file.
    rows
        Rows of each sheet, by name of sheet.
    marks
        Marked cells, by sheet, row (the first is 0) and field.
    advice
        Sentences of the first sheet, before those of every template.
    title
        Title of the first sheet.
    """

    identity: Identity
    rows: dict[str, list[Cells]] = field(default_factory=dict)
    marks: dict[tuple[str, int, str], Mark] = field(default_factory=dict)
    advice: tuple[str, ...] = ()
    title: str = "Modèle de bilan du contrat"

    def add(self, sheet: str, **cells: object) -> None:
        """Add a row to a sheet."""
        self.rows.setdefault(sheet, []).append(cells)

    def mark(self, mark: Mark, sheet: str, *fields: str) -> None:
        """Mark cells of the last row of a sheet."""
        last = len(self.rows[sheet]) - 1
        self.marks.update({(sheet, last, name): mark for name in fields})
