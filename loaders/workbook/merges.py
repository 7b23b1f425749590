"""Merged cells below the headings: what the first one says holds for all the rows it covers."""

from collections.abc import Sequence

from loaders.cells_apart import Page
from loaders.workbook.cells import QUANTITIES, Raw, is_empty
from loaders.workbook.headings import Layout
from loaders.workbook.trouble import Trouble

Rows = Sequence[Sequence[Raw]]


def unmerged(page: Page, layout: Layout) -> tuple[Rows, list[tuple[str, int, Trouble]]]:
    """Return the rows with merged cells told on each row they cover, and what is said of them.

    A quantity is not repeated: nobody knows how it is shared between the rows.

    Returns
    -------
    rows, said
        The rows; then field, row and trouble of each merged cell worth a word.
    """
    by_position = {position: field for field, position in layout.positions.items()}
    said: list[tuple[str, int, Trouble]] = []
    rows: list[list[Raw]] | None = None
    for (top, left), (bottom, _) in page.merged:
        field = by_position.get(left)
        if field is None or top < layout.header or bottom <= top or bottom >= len(page.rows):
            continue
        value = page.rows[top][left] if left < len(page.rows[top]) else ""
        if is_empty(value):
            continue
        if layout.sheet.by_field[field].kind in QUANTITIES:
            said.append((field, top + 1, _shared(top, bottom)))
            continue
        rows = rows or [list(line) for line in page.rows]
        for at in range(top + 1, bottom + 1):
            rows[at].extend("" for _ in range(left + 1 - len(rows[at])))
            rows[at][left] = value
        said.append((field, top + 1, _repeated(top, bottom)))
    return rows if rows is not None else page.rows, said


def _repeated(top: int, bottom: int) -> Trouble:
    message = f"Cellule fusionnée : sa valeur est lue sur les lignes {top + 1} à {bottom + 1}."
    return Trouble("merged_cell", message, severity="note")


def _shared(top: int, bottom: int) -> Trouble:
    return Trouble(
        "merged_quantity",
        f"Cette quantité est fusionnée sur les lignes {top + 1} à {bottom + 1} : son partage n’est pas dit.",
        fix="Défusionner la cellule et écrire la quantité de chaque ligne.",
    )
