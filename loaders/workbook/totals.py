"""Rows of totals: left out of the data, and checked against the rows they add up."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from loaders.template.model import Column
from loaders.workbook.cells import BrokenCell, Raw, is_empty, read_money, read_number
from loaders.workbook.headings import Layout
from loaders.workbook.known import fold
from loaders.workbook.trouble import CellError, Trouble, figures

_LABEL = re.compile(r"(?:sous[ -]?)?tota(?:l|ux)\b.*|ensemble|somme\b.*")
_STARTS = frozenset(("tot", "sou", "ens", "som"))
_SUMMED = ("money", "integer", "number")


@dataclass(slots=True)
class Totals:
    """Adds up the quantities of a sheet as its rows come.

    Attributes
    ----------
    layout
        Layout of the sheet.
    """

    layout: Layout
    _all: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _since: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def is_total(self, cells: Sequence[Raw]) -> bool:
        """Tell whether a row is one of totals: its only words are « total », the rest are figures."""
        words = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        # Nearly no row is one of totals: most are told by their first letters.
        likely = (word for word in words if word.lstrip()[:3].casefold() in _STARTS)
        if not any(_LABEL.fullmatch(fold(word).strip(" :")) for word in likely):
            return False
        return sum(not _is_figure(word) for word in words) == 1

    def add(self, raws: Mapping[str, Raw]) -> None:
        """Add the quantities of a row."""
        for column in self._columns():
            amount = _amount(column, raws.get(column.field))
            if amount is not None:
                self._all[column.field] += amount
                self._since[column.field] += amount

    def check(self, raws: Mapping[str, Raw]) -> list[tuple[str | None, Raw, Trouble]]:
        """Return what is said of a row of totals: field, value read, trouble; one that agrees is a note."""
        found: list[tuple[str | None, Raw, Trouble]] = []
        checked = False
        for column in self._columns():
            raw = raws.get(column.field)
            said = _amount(column, raw)
            sums = (self._all[column.field], self._since[column.field])
            checked = checked or said is not None
            if said is not None and all(abs(said - total) > Decimal("0.005") for total in sums):
                found.append((column.field, raw, _differs(column, said, sums[0])))
        self._since.clear()
        agrees = " égale à la somme des lignes," if checked else ""
        note = f"Ligne de total :{agrees} elle n’est pas lue comme une donnée."
        return found or [(None, None, Trouble("total_row", note, severity="note"))]

    def _columns(self) -> list[Column]:
        return [
            column
            for column in self.layout.sheet.columns
            if column.kind in _SUMMED and column.field in self.layout.positions
        ]


def _differs(column: Column, said: Decimal, total: Decimal) -> Trouble:
    money = column.kind == "money"
    unit = "\u202f€" if money else ""
    decimals = 2 if money else 0 if said == int(said) and total == int(total) else 2
    return Trouble(
        "total_differs",
        f"Ce total n’est pas la somme des lignes lues, qui est {figures(float(total), decimals)}{unit}.",
        f"{figures(float(total), decimals)}{unit}",
        "Vérifier qu’aucune ligne ne manque, puis corriger le total ou l’enlever.",
        severity="warning",
    )


def _amount(column: Column, raw: Raw) -> Decimal | None:
    """Return a quantity, in euros or in its unit; None when the cell holds none."""
    if is_empty(raw) or isinstance(raw, BrokenCell):
        return None
    try:
        if column.kind == "money":
            return Decimal(read_money(raw)) / 100
        return Decimal(str(read_number(raw)))
    except CellError:
        return None


def _is_figure(cell: str) -> bool:
    try:
        read_money(cell)
    except CellError:
        return False
    return True
