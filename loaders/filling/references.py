"""Cells that name another node, written only when a reader will find the same node by them."""

from graphmodel.schema import SCHEMA
from loaders.filling.cells import shown_code
from loaders.filling.links import Links, Record
from loaders.template.content import Cells
from loaders.template.model import Column
from loaders.workbook.references import LABELS


def reference(links: Links, label: str, key: object) -> str | None:
    """Return the word that names a node, None when a reader would find another by it, or none."""
    row = links.nodes(label).get(str(key))
    if row is None:
        return None
    found = links.known.find(label, str(row["id"]))
    if found is None or found.key != key:
        return None
    return shown_code(found.id) if label == "Action" else found.id


def territory(links: Links, key: object) -> tuple[str, str] | None:
    """Return the level and code of a territory; its key stands for the code when others bear it."""
    row = links.nodes("Territory").get(str(key))
    if row is None:
        return None
    level, code = str(row["level"]), str(row["code"])
    return level, code if links.known.territories.get((level, code)) == key else str(key)


def place_cells(links: Links, column: Column, key: object) -> Cells | None:
    """Return the cells that name a territory in a column, its level included where the row has one."""
    found = territory(links, key)
    if found is None:
        return None
    level, code = found
    if column.kind == "territory":
        return {"level": SCHEMA.french("territory_level", level), column.field: code}
    return {column.field: code} if column.kind == level else None


def link_cells(links: Links, column: Column, rows: list[Record], end: str) -> tuple[Cells, int]:
    """Return the cells of a column that names the other end of relationships, and how many it cannot say.

    Parameters
    ----------
    column
        A column whose target is a relationship.
    rows
        Relationships of the row's node, of the type and labels of the target.
    end
        `source` or `target`: the end that the column names.
    """
    for row in rows:
        label = str(row[f"{end}_label"])
        if label == "Contract":
            return {}, len(rows) - 1
        if label == "Territory":
            cells = place_cells(links, column, row[end])
        else:
            word = reference(links, label, row[end]) if LABELS.get(column.kind) == label else None
            cells = {column.field: word} if word is not None else None
        if cells is not None:
            return cells, len(rows) - 1
    return {}, len(rows)


def authority_cells(links: Links, row: Record) -> Cells | None:
    """Return the cells of the authority that stands behind something, organisation or territory.

    A reader takes an organisation that administers a territory for that territory, so such an organisation
    cannot be named for itself: None.
    """
    label, key = str(row["source_label"]), str(row["source"])
    if label == "Organisation":
        word = reference(links, label, key) if key not in links.known.administered else None
        return {"organisation": word} if word is not None else None
    organisation = links.administrators.get(key)
    word = reference(links, "Organisation", organisation) if organisation else None
    if word is not None:
        return {"organisation": word}
    found = territory(links, key)
    return {"level": SCHEMA.french("territory_level", found[0]), "code": found[1]} if found else None
