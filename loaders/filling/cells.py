"""Stored values as the cells of the template write them, each such that it reads back as the same value."""

import datetime
import re

from graphmodel.schema import SCHEMA
from loaders.template.model import CHOICES, Column
from loaders.workbook.cells import READERS, read_word
from loaders.workbook.trouble import CellError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\r]")
_ROMAN = re.compile(r"[IVX]+_\d")

Lists = dict[str, dict[str, str]]


def cell_of(column: Column, value: object, lists: Lists) -> object | None:
    """Return the cell of a value, None when a cell cannot say it.

    Parameters
    ----------
    column
        Column the value goes to; no reference.
    value
        Stored value: cents for money, the stored word of an enumeration, a list…
    lists
        Lists that the contract declares: French word by stored value.
    """
    if value is None:
        return None
    if column.kind == "money" and isinstance(value, int):
        return value / 100
    family, _, name = column.kind.partition(":")
    if family == "enum":
        return SCHEMA.enumerations[name].french.get(str(value))
    if family == "choice":
        return _word(column.kind, str(value), {**lists, **CHOICES}.get(name, {}), lists)
    if isinstance(value, list | tuple):
        return list(value) if _reads_back(column, " ; ".join(map(str, value)), list(value)) else None
    if isinstance(value, str):
        return value if _reads_back(column, value, value) else None
    if isinstance(value, bool | int | float | datetime.date):
        return value
    return None


def _word(kind: str, value: str, words: dict[str, str], lists: Lists) -> str | None:
    """Return the French word of a value, or the value where it has none: a copy keeps it as it is."""
    french = words.get(value, value)
    try:
        return french if read_word(french, kind, lists) == value else None
    except CellError:
        return french if french == value.strip() else None


def _reads_back(column: Column, said: str, value: object) -> bool:
    """Tell whether a text comes back from a cell as it was: neither trimmed, cut, nor parted otherwise."""
    if _CONTROL.search(said) or not said.strip():
        return False
    reader = READERS.get(column.kind, READERS["text"])
    try:
        return reader(said) == value
    except CellError:
        return False


def shown_code(identifier: str) -> str:
    """Return an action's code as people write it.

    >>> shown_code("II_1.1"), shown_code("ANIMATION"), shown_code("a_1")
    ('II.1.1', 'ANIMATION', 'a_1')
    """
    return identifier.replace("_", ".") if _ROMAN.match(identifier) else identifier
