"""From rows to nodes and relationships, by the targets of the columns."""

from dataclasses import dataclass

from graphmodel.batch import BatchBuilder, Ref
from graphmodel.keys import node_key
from graphmodel.schema import SCHEMA
from loaders.template.model import Column, Sheet
from loaders.workbook.known import Known, KnownNode
from loaders.workbook.references import read_reference
from loaders.workbook.report import Report
from loaders.workbook.rows import ReadRow
from loaders.workbook.trouble import CellError, Trouble


@dataclass(frozen=True, slots=True)
class Assembly:
    """What rows are assembled with.

    Attributes
    ----------
    builder
        Batch being built.
    known
        What rows may refer to; the workbook's own nodes are added as they come.
    report
        Where faults go.
    """

    builder: BatchBuilder
    known: Known
    report: Report

    @property
    def contract(self) -> Ref:
        """The contract of the workbook."""
        return "Contract", str(self.known.contract["id"])


def properties(row: ReadRow, table: str) -> dict[str, object]:
    """Return the values of a row that are properties of a table; a territory is kept by its code."""
    found: dict[str, object] = {}
    for column in row.spot.sheet.columns:
        if column.owner == table and column.field in row.values:
            value = row.values[column.field]
            found[column.property] = value.id if isinstance(value, KnownNode) else value
    return found


def identifier_of(sheet: Sheet, row: ReadRow) -> str | None:
    """Return the identifier of a row's node: its own, or its identity fields joined; None when not given."""
    own = next((c.field for c in sheet.columns if c.target[:1] == ("id",)), None)
    if own is not None and own in row.values:
        return row.text(own)
    parts = [row.values.get(field) for field in sheet.identity]
    words = [part.id if isinstance(part, KnownNode) else str(part) for part in parts if part is not None]
    return "-".join(words) or None


def add_node_row(assembly: Assembly, row: ReadRow) -> KnownNode | None:
    """Add the node of a row and the relationships of its cells.

    A row that is not sound adds nothing, yet its node can be referred to: one faulty cell must not make
    every other sheet faulty.
    """
    sheet = row.spot.sheet
    identifier = identifier_of(sheet, row)
    if identifier is None:
        return None
    node = _named(assembly, sheet, identifier, row)
    if not row.sound:
        assembly.known.add(node)
        return None
    held = assembly.known.trusting and assembly.known.find(sheet.record, node.id) is not None
    caption = row.text(sheet.caption) if sheet.caption and not held else None
    name = row.text("name") or caption
    ref = assembly.builder.node(
        sheet.record, node.id, properties(row, sheet.record), name=name, key=node.key, place=row.spot.place()
    )
    if sheet.part and not held:
        assembly.builder.relationship("PART_OF", ref, assembly.contract, place=row.spot.place())
    assembly.known.add(node)
    for column in sheet.columns:
        _link(assembly, row, column, ref, held=held)
    return node


def _named(assembly: Assembly, sheet: Sheet, identifier: str, row: ReadRow) -> KnownNode:
    """Return the node of a row as others will refer to it; one already known keeps its identifier."""
    before = assembly.known.find(sheet.record, identifier)
    name = row.text("name")
    if before is not None and _is_same(before, identifier, row):
        return KnownNode(before.label, before.key, before.id, name or before.name)
    if sheet.record == "Action":
        identifier = _annex_code(identifier)
        key = node_key("Action", identifier, assembly.builder.contract, _plan_year(assembly, row))
    else:
        key = node_key(sheet.record, identifier, assembly.builder.contract)
    return KnownNode(sheet.record, key, identifier, name or identifier)


def _is_same(node: KnownNode, identifier: str, row: ReadRow) -> bool:
    """Tell whether a row is of a known node: same identifier; for an action, of the same plan year."""
    if node.label != "Action":
        return node.id == identifier
    said, known = row.text("plan_year"), node.key.partition("@")[2]
    return not said or not known or said == known


def _annex_code(code: str) -> str:
    """Return the annex's writing of a code: II.1.1 is II_1.1."""
    head, separator, rest = code.replace("_", ".").partition(".")
    return f"{head}_{rest}" if separator else head


def _plan_year(assembly: Assembly, row: ReadRow) -> int | None:
    """Return the plan year of an action: the one said, the known action's, else the contract's first."""
    said = row.values.get("plan_year")
    if isinstance(said, int):
        return said
    known = assembly.known.find("Action", row.text("id") or "")
    if known is not None and "@" in known.key:
        return int(known.key.rpartition("@")[2])
    return min(assembly.known.years, default=None)


def _link(assembly: Assembly, row: ReadRow, column: Column, ref: Ref, *, held: bool) -> None:
    """Add the relationship that a cell makes between the row's node and what it names.

    A node that the store of a copy holds has what its columns do not say: nothing is deduced for it.
    """
    if len(column.target) < 2 or column.target[0] not in ("out", "in", "authority"):
        return
    direction, kind = column.target[:2]
    node = row.node(column.field)
    other = node.ref if node is not None else None
    if other is None and column.target[-1].endswith("|Contract"):
        other = assembly.contract
    if other is None:
        return
    values = {name: said for name, said in column.options.items() if name == "precision" and not held}
    if direction == "authority":
        territory = assembly.known.administered.get(other[1])
        other = ("Territory", territory) if territory else other
    ends = (ref, other) if direction == "out" else (other, ref)
    assembly.builder.relationship(kind, *ends, values, place=row.spot.place())


def add_relationship_row(assembly: Assembly, row: ReadRow, more: dict[str, object] | None = None) -> None:
    """Add the relationship that a sound row is; `more` are values the sheet does not hold."""
    if not row.sound:
        return
    sheet = row.spot.sheet
    ends: dict[str, Ref] = {}
    for column in sheet.columns:
        if column.target[:1] in (("source",), ("end",)):
            node = row.node(column.field)
            ends[column.target[0]] = node.ref if node is not None else assembly.contract
    values = {**properties(row, sheet.record), **(more or {})}
    assembly.builder.relationship(sheet.record, ends["source"], ends["end"], values, place=row.spot.place())


def check_new_action(assembly: Assembly, row: ReadRow) -> bool:
    """Tell whether an action's row stands: known to the plan, or new with its title and axis."""
    code = row.text("id")
    if code is None or assembly.known.find("Action", code) is not None:
        return True
    if row.values.get("name") is not None and row.values.get("axis") is not None:
        return True
    try:
        read_reference(code, "action", assembly.known)
    except CellError as error:
        assembly.report.cell(row.spot, "id", error.trouble, code)
    return False


def row_trouble(assembly: Assembly, row: ReadRow, code: str, message: str, fix: str | None = None) -> None:
    """Record the trouble of a whole row."""
    assembly.report.cell(row.spot, None, Trouble(code, message, fix=fix))


def is_node_sheet(sheet: Sheet) -> bool:
    """Tell whether the rows of a sheet are nodes."""
    return sheet.record in SCHEMA.nodes
