"""Sheets whose rows are nodes: their properties, and what their relationships name."""

from collections.abc import Iterable

from loaders.filling.cells import cell_of, shown_code
from loaders.filling.left_out import LeftOut
from loaders.filling.links import Links, Record
from loaders.filling.references import authority_cells, link_cells, place_cells
from loaders.template.content import Cells
from loaders.template.model import Column, Sheet
from loaders.workbook.known import fold


def node_rows(links: Links, sheet: Sheet, rows: Iterable[Record], left: LeftOut) -> list[Cells]:
    """Return the rows of a sheet of nodes."""
    found = []
    for row in rows:
        cells = _cells(links, sheet, row, left)
        if cells is not None:
            found.append(cells)
    return found


def _cells(links: Links, sheet: Sheet, row: Record, left: LeftOut) -> Cells | None:
    cells: Cells = {}
    for column in sheet.columns:
        kind = column.target[0] if column.target else ""
        if kind == "name":
            name = str(row["name"])
            cells[column.field] = cell_of(column, name, {}) if name != row["id"] or column.essential else name
        elif kind == "at":
            year = str(row["key"]).rpartition("@")[2]
            cells[column.field] = int(year) if year.isdigit() and "@" in str(row["key"]) else None
        elif column.owner == sheet.record:
            value = row.get(column.property)
            cells[column.field] = cell_of(column, value, links.known.lists)
            if value not in (None, []) and cells[column.field] is None:
                left.cell(sheet.name)
        elif kind in ("out", "in", "authority"):
            said = _linked(links, sheet, column, row, left)
            if said is None:
                left.row(sheet.name)
                return None
            cells.update({field: word for field, word in said.items() if cells.get(field) is None})
    own = _own_identifier(sheet, row, cells)
    return {**cells, **own}


def _linked(links: Links, sheet: Sheet, column: Column, row: Record, left: LeftOut) -> Cells | None:
    """Return the cells of a column that names related nodes; None when the row cannot be said without."""
    direction, kind = column.target[:2]
    if direction == "authority":
        every = links.entering(kind, row["key"])
        found = authority_cells(links, every[0]) if every else {}
        left.cell(sheet.name, max(0, len(every) - 1))
        return found
    if direction == "in" and any(c.target[:1] == ("authority",) for c in sheet.columns):
        return {}  # the column of the authority has said it
    end = "target" if direction == "out" else "source"
    labels = column.target[2].split("|")
    every = links.leaving(kind, row["key"]) if direction == "out" else links.entering(kind, row["key"])
    wanted = [link for link in every if link[f"{end}_label"] in labels and _fits(links, column, link, end)]
    if not wanted:
        return None if "Contract" in labels else {}
    if kind == "ADMINISTERS":
        wanted.sort(key=lambda link: link["target"] != links.known.administered.get(str(row["key"])))
    cells, missed = link_cells(links, column, wanted, end)
    left.cell(sheet.name, missed)
    return cells


def _fits(links: Links, column: Column, link: Record, end: str) -> bool:
    """Tell whether a link is one of those a column holds: of its precision, of its level."""
    precision = column.options.get("precision")
    if precision is not None and link.get("precision") not in (precision, None):
        return False
    if column.kind in ("commune", "qpv"):
        return place_cells(links, column, link[end]) is not None
    return True


def _own_identifier(sheet: Sheet, row: Record, cells: Cells) -> Cells:
    """Return the cell of a node's identifier, left empty where the other cells of the row make it."""
    identifier = str(row["id"])
    if not any(column.target[:1] == ("id",) for column in sheet.columns):
        return {}
    if sheet.record == "Action":
        return {"id": shown_code(identifier)}
    made = "-".join(
        _word(sheet, cells, row, field) for field in sheet.identity if cells.get(field) is not None
    )
    return {} if made == identifier else {"id": identifier}


def _word(sheet: Sheet, cells: Cells, row: Record, field: str) -> str:
    """Return what a field brings to an identifier: the stored word of a list, the code of an action."""
    column = sheet.by_field[field]
    if column.owner == sheet.record:
        return str(row.get(column.property))
    if column.kind == "enum:territory_level":
        return _stored_level(str(cells[field]))
    word = str(cells[field])
    return _stored_code(word) if column.kind == "action" else word


def _stored_level(french: str) -> str:
    from graphmodel.schema import SCHEMA

    words = SCHEMA.enumerations["territory_level"].french
    return next(value for value, word in words.items() if fold(word) == fold(french))


def _stored_code(code: str) -> str:
    head, dot, rest = code.partition(".")
    return f"{head}_{rest}" if dot and shown_code(f"{head}_{rest}") == code else code
