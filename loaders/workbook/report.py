"""The faults of one workbook, each with its place."""

from collections import Counter
from dataclasses import dataclass, field

from graphmodel.batch import BatchBuilder, Place
from graphmodel.faults import Fault
from loaders.template.model import Sheet
from loaders.workbook.cells import Raw, text_of
from loaders.workbook.headings import Layout
from loaders.workbook.trouble import Trouble, figures

_SHOWN = 200
MOST_ALIKE = 500
"""Faults of one kind in one column said one by one; what is beyond is counted."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A row of a sheet, as its file lays it out."""

    layout: Layout
    row: int

    @property
    def sheet(self) -> Sheet:
        """Sheet of the template the row is read as."""
        return self.layout.sheet

    def place(self, field: str | None = None) -> Place:
        """Return the place of the row, or of one of its cells, in the words of the file."""
        return Place(self.layout.name, self.row, self.layout.title(field) if field else None)


@dataclass(slots=True)
class Report:
    """Writes troubles as faults of a batch being built."""

    builder: BatchBuilder
    _said: Counter[tuple[str | None, str | None, str]] = field(default_factory=Counter)
    _seen: set[Fault] = field(default_factory=set)

    def cell(self, spot: Spot, name: str | None, trouble: Trouble, raw: Raw = None) -> None:
        """Record the trouble of the cell of a field, or of a row when it is None."""
        column = spot.layout.title(name) if name else None
        value = None if raw is None else text_of(raw)[:_SHOWN]
        self._record(trouble, spot.layout.name, spot.row, column, value)

    def close(self) -> None:
        """Say how many more faults of each kind there are beyond those said one by one."""
        for (sheet, column, code), count in self._said.items():
            if count > MOST_ALIKE:
                message = f"Et {figures(count - MOST_ALIKE)} autres lignes avec la même faute."
                self.builder.fault(Fault("note", code, message, sheet=sheet, column=column))
        self._said.clear()

    def sheet(
        self, name: str | None, trouble: Trouble, column: str | None = None, row: int | None = None
    ) -> None:
        """Record the trouble of a whole sheet, or of its headings."""
        self._record(trouble, name, row, column, None)

    def _record(
        self, trouble: Trouble, sheet: str | None, row: int | None, column: str | None, value: str | None
    ) -> None:
        self._said[sheet, column, trouble.code] += 1
        if self._said[sheet, column, trouble.code] > MOST_ALIKE:
            return
        fault = Fault(
            trouble.severity, trouble.code, trouble.message, None, sheet, row, column, value,
            trouble.expected, trouble.fix,
        )  # fmt: skip
        # A sheet read as two of the template says the same thing twice.
        if fault not in self._seen:
            self._seen.add(fault)
            self.builder.fault(fault)
