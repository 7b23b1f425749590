"""Sheets whose rows are relationships, and those that put several in one row."""

from collections import Counter
from collections.abc import Iterable

from graphmodel.schema import SCHEMA
from loaders.filling.cells import cell_of
from loaders.filling.left_out import LeftOut
from loaders.filling.links import Links, Record
from loaders.filling.references import place_cells, reference
from loaders.template.content import Cells
from loaders.template.model import CHOICES, Column, Sheet
from loaders.workbook.references import LABELS


def relationship_rows(links: Links, sheet: Sheet, rows: Iterable[Record], left: LeftOut) -> list[Cells]:
    """Return the rows of a sheet of relationships."""
    found = []
    for row in rows:
        cells = _cells(links, sheet, row, left)
        if cells is None:
            left.row(sheet.name)
        else:
            found.append(cells)
    return found


def _cells(links: Links, sheet: Sheet, row: Record, left: LeftOut) -> Cells | None:
    """Return the cells of a relationship; None when an end or what tells it apart cannot be said."""
    cells: Cells = {}
    apart = SCHEMA.relationships[sheet.record].discriminators
    for column in sheet.columns:
        if column.target[:1] in (("source",), ("end",)):
            named = _end(links, column, row)
            if named is None:
                return None
            cells.update(named)
        elif column.owner == sheet.record:
            value = row.get(column.property)
            said = cell_of(column, value, links.known.lists)
            if value is not None and said is None:
                if column.property in apart:
                    return None
                left.cell(sheet.name)
            cells[column.field] = said
    return cells


def _end(links: Links, column: Column, row: Record) -> Cells | None:
    side = "source" if column.target[0] == "source" else "target"
    label, key = str(row[f"{side}_label"]), row[side]
    if label == "Contract":
        return {} if column.target[-1].endswith("|Contract") else None
    if column.kind == "territory":
        cells = place_cells(links, column, key)
        named = links.nodes("Territory").get(str(key), {}).get("name")
        return {**cells, "name": named} if cells is not None else None
    word = reference(links, label, key) if LABELS[column.kind] == label else None
    return {column.field: word} if word is not None else None


def member_rows(links: Links, sheet: Sheet, label: str, left: LeftOut) -> list[Cells]:
    """Return the members of the nodes of a label, by year."""
    rows = (row for row in links.rows("MEMBER_OF") if row["target_label"] == label)
    return relationship_rows(links, sheet, by_year(rows), left)


def participation_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return participations; the territory of a commitment is said where the organisation's is another."""
    found = []
    for row in by_year(links.rows("TAKES_PART_IN")):
        made = relationship_rows(links, sheet, [row], left)
        administered = links.known.administered.get(str(row["source"]), "")
        code = administered.partition("/")[2].rpartition("@")[0]
        if row.get("basis") == "commitment" and row.get("authority") == code:
            made = [{**cells, "authority": None} for cells in made]
        found += made
    return found


def answer_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return answers in the order of their history."""
    return _ranked(links, sheet, links.rows("ANSWERS"), left)


def support_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return supported businesses, one row a support."""
    return _ranked(links, sheet, links.rows("SUPPORTS"), left)


def _ranked(links: Links, sheet: Sheet, rows: Iterable[Record], left: LeftOut) -> list[Cells]:
    """Return rows whose rank tells them apart; the rank is written where the order does not give it."""
    order: Counter[tuple[object, object]] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: (str(row["source"]), str(row["target"]), _rank(row))):
        cells = _support(links, sheet, row, left) if sheet.record == "SUPPORTS" else _cells(
            links, sheet, row, left
        )  # fmt: skip
        if cells is None:
            left.row(sheet.name)
            continue
        order[row["source"], row["target"]] += 1
        if order[row["source"], row["target"]] != row.get("position"):
            cells["position"] = row.get("position")
        found.append(cells)
    return found


def _rank(row: Record) -> int:
    position = row.get("position")
    return position if isinstance(position, int) else 0


def _support(links: Links, sheet: Sheet, row: Record, left: LeftOut) -> Cells | None:
    business = links.nodes("Organisation").get(str(row["target"]), {})
    action, name = reference(links, "Action", row["source"]), reference(links, "Organisation", row["target"])
    if action is None or name is None:
        return None
    cells: Cells = {"action": action, "siren": name, "name": business.get("name")}
    for column in sheet.columns:
        if column.owner not in ("SUPPORTS", "Organisation"):
            continue
        value = (row if column.owner == "SUPPORTS" else business).get(column.property)
        said = _support_cell(links, column, value)
        if value is not None and said is None:
            left.cell(sheet.name)
        cells[column.field] = said
    return cells


def _support_cell(links: Links, column: Column, value: object) -> object | None:
    """Return the cell of a support; a commune, a quarter or a sector only where a reader knows it."""
    if value is None:
        return None
    if column.kind in ("commune", "qpv"):
        return value if (column.kind, str(value)) in links.known.territories else None
    if column.kind == "sector":
        found = links.known.find("Sector", str(value))
        return value if found is not None and found.id == value else None
    return cell_of(column, value, links.known.lists)


def attendance_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return one row for each organisation of each meeting."""
    told: dict[tuple[str, str], set[str]] = {}
    for kind in ("INVITED_TO", "ATTENDED", "EXCUSED"):
        for row in links.rows(kind):
            told.setdefault((str(row["target"]), str(row["source"])), set()).add(kind)
    words = {
        frozenset({"INVITED_TO", "ATTENDED"}): "present",
        frozenset({"INVITED_TO", "EXCUSED"}): "excused",
        frozenset({"INVITED_TO"}): "absent",
        frozenset({"ATTENDED"}): "uninvited",
    }
    found: list[Cells] = []
    for (meeting, organisation), kinds in sorted(told.items()):
        word = words.get(frozenset(kinds))
        names = reference(links, "Meeting", meeting), reference(links, "Organisation", organisation)
        if word is None or None in names:
            left.row(sheet.name)
            continue
        said = CHOICES["presence"][word]
        found.append({"meeting": names[0], "organisation": names[1], "presence": said})
    return found


def by_year(rows: Iterable[Record]) -> list[Record]:
    """Return rows by year, then in the order of their keys, those without year first."""
    return sorted(rows, key=lambda row: (str(row.get("year") or ""), str(row["key"])))
