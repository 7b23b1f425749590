"""How cells look: the format of each kind, the colours of marks, and texts that never run as formulas."""

from functools import cache
from typing import Any

from loaders.template.content import Mark
from loaders.template.model import Column

_FORMATS: dict[str, dict[str, Any]] = {
    "date": {"num_format": "dd/mm/yyyy"},
    "money": {"num_format": "#,##0.00"},
    "text": {"num_format": "@"},
    "year": {"num_format": "0"},
    "share": {"num_format": "0.00##"},
}

_NUMBERS = ("integer", "number", "date", "money", "year", "share", "priority", "grade", "observed_year")

COLOURS: dict[Mark, str] = {"to_fill": "#fff2b3", "carried": "#dbe9f4"}
"""Fills of the marked cells: a pale yellow, a pale blue, apart in grey too."""

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula when somebody edits its cell."""


class Looks:
    """Formats of one workbook.

    Parameters
    ----------
    book
        Workbook being written.
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self.head = book.add_format(
            {"bold": True, "bg_color": "#e2f0f0", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.must = book.add_format(
            {
                "bold": True,
                "bg_color": "#0b5563",
                "font_color": "#ffffff",
                "bottom": 1,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#0b5563"})
        self.section = book.add_format({"bold": True, "font_size": 12, "font_color": "#0b5563", "bottom": 1})
        self.label = book.add_format({"bold": True, "valign": "top"})
        self.plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.inert = book.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True}
        )
        self.help = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959"})
        self.date = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        self.cell = cache(self._cell)

    def of(self, column: Column, mark: Mark | None = None, text: str | None = None) -> Any:
        """Return the format of a cell of a column; `text` is what it holds, when it is a text."""
        kind = column.kind if column.kind in _NUMBERS else "text"
        return self.cell(kind, mark, text is not None and text.startswith(_RUNS))

    def swatch(self, mark: Mark) -> Any:
        """Return the format of the legend of a mark."""
        return self.cell("text", mark, False)

    def _cell(self, kind: str, mark: Mark | None, inert: bool) -> Any:
        said = dict(_FORMATS.get(kind, {}))
        if mark is not None:
            said |= {"bg_color": COLOURS[mark], "border": 1, "border_color": "#bfbfbf"}
        if inert:
            # As the apostrophe a person types: the text stays one when its cell is edited.
            said |= {"quote_prefix": True}
        return self._book.add_format(said) if said else None


def runs(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula."""
    return text.startswith(_RUNS)
