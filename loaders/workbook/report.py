"""The faults of one workbook, each with its place."""

from dataclasses import dataclass

from graphmodel.batch import BatchBuilder, Place
from graphmodel.faults import Fault
from loaders.template.model import Sheet
from loaders.workbook.cells import Raw, text_of
from loaders.workbook.trouble import Trouble

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A row of a sheet."""

    sheet: Sheet
    row: int

    def place(self, field: str | None = None) -> Place:
        """Return the place of the row, or of one of its cells."""
        return Place(self.sheet.name, self.row, self.sheet.header(field) if field else None)


@dataclass(slots=True)
class Report:
    """Writes troubles as faults of a batch being built."""

    builder: BatchBuilder

    def cell(self, spot: Spot, field: str | None, trouble: Trouble, raw: Raw = None) -> None:
        """Record the trouble of a cell, or of a row when `field` is None."""
        column = spot.sheet.header(field) if field else None
        value = None if raw is None else text_of(raw)[:_SHOWN]
        self._record(trouble, spot.sheet.name, spot.row, column, value)

    def sheet(self, name: str, trouble: Trouble, column: str | None = None, row: int | None = None) -> None:
        """Record the trouble of a whole sheet, or of its headings."""
        self._record(trouble, name, row, column, None)

    def _record(
        self, trouble: Trouble, sheet: str, row: int | None, column: str | None, value: str | None
    ) -> None:
        self.builder.fault(
            Fault(
                trouble.severity,
                trouble.code,
                trouble.message,
                sheet=sheet,
                row=row,
                column=column,
                value=value,
                expected=trouble.expected,
                fix=trouble.fix,
            )
        )
