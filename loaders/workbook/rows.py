"""The rows of a sheet: headings found, cells read, every fault recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.template.model import Column, Sheet
from loaders.workbook.cells import READERS, Raw, is_empty, read_text, read_word
from loaders.workbook.identifiers import read_siren, read_siret
from loaders.workbook.known import Known, KnownNode, fold
from loaders.workbook.references import LABELS, read_reference, read_territory
from loaders.workbook.report import Report, Spot
from loaders.workbook.trouble import CellError, Trouble, suggestion

Grid = Sequence[Sequence[Raw]]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a sheet.

    Attributes
    ----------
    spot
        Where it stands.
    values
        Values by field; references are `KnownNode`. An empty cell has no entry.
    sound
        False when a cell could not be read or a required one is empty: the row makes nothing.
    """

    spot: Spot
    values: Mapping[str, object]
    sound: bool

    def text(self, field: str) -> str | None:
        """Return a value as text, None when the cell is empty."""
        value = self.values.get(field)
        return None if value is None else str(value)

    def node(self, field: str) -> KnownNode | None:
        """Return the node a cell names, None when the cell is empty."""
        value = self.values.get(field)
        return value if isinstance(value, KnownNode) else None


def read_rows(sheet: Sheet, grid: Grid, known: Known, report: Report) -> Iterator[ReadRow]:
    """Yield the rows of a sheet that hold something; the first line of the grid is the headings."""
    positions = _headings(sheet, grid[0] if grid else (), report)
    for number, cells in enumerate(grid[1:], 2):
        raws = {field: cells[at] for field, at in positions.items() if at < len(cells)}
        if all(is_empty(raw) for raw in raws.values()):
            continue
        yield _read_row(Spot(sheet, number), raws, known, report)


def _headings(sheet: Sheet, line: Sequence[Raw], report: Report) -> dict[str, int]:
    """Return the position of each field; headings that lack or that nobody knows are recorded."""
    found = {fold(str(cell)): at for at, cell in reversed(list(enumerate(line))) if not is_empty(cell)}
    wanted = {fold(column.header): column for column in sheet.columns}
    positions = {column.field: found[word] for word, column in wanted.items() if word in found}
    extra = [str(line[at]).strip() for word, at in found.items() if word not in wanted]
    for column in sheet.columns:
        if column.field not in positions:
            report.sheet(sheet.name, _missing_column(column, extra), column.header, 1)
    unread = "Cette colonne n’est pas du modèle : elle n’est pas lue."
    for heading in extra:
        report.sheet(sheet.name, Trouble("unknown_column", unread, severity="warning"), heading, 1)
    return positions


def _missing_column(column: Column, others: Sequence[str]) -> Trouble:
    near = suggestion(fold(column.header), others, [fold(other) for other in others])
    renamed = near.replace("Vouliez-vous dire", "Est-ce la colonne") if near else None
    return Trouble(
        "missing_column",
        "Cette colonne obligatoire manque." if column.required else "Cette colonne manque : rien n’y est lu.",
        fix=renamed or "Reprendre les titres du modèle.",
        severity="error" if column.required else "warning",
    )


def _read_row(spot: Spot, raws: Mapping[str, Raw], known: Known, report: Report) -> ReadRow:
    values: dict[str, object] = {}
    sound = True
    for column in spot.sheet.columns:
        raw = raws.get(column.field)
        if is_empty(raw):
            if "default" in column.options:
                values[column.field] = column.options["default"]
            elif known.trusting and not column.essential:
                continue
            elif column.required and column.field in raws:
                sound = False
                message = f"« {column.header} » est vide."
                report.cell(spot, column.field, Trouble("missing_value", message, _expected(column)))
            elif column.required:
                sound = False
            continue
        try:
            value, warning = _read_cell(column, raw, values, known)
        except CellError as error:
            sound = False
            report.cell(spot, column.field, error.trouble, raw)
            continue
        if value is not None:
            values[column.field] = value
        else:
            sound = False
        if warning is not None:
            report.cell(spot, column.field, warning, raw)
    return ReadRow(spot, values, sound)


def _read_word(raw: Raw, kind: str, known: Known) -> str:
    """Return the stored value of a word; in a copy of the store a word of the contract stays as it is."""
    try:
        return read_word(raw, kind, known.lists)
    except CellError:
        if known.trusting and kind.startswith("choice:"):
            return read_text(raw)
        raise


def _expected(column: Column) -> str | None:
    return f"par exemple « {column.example} »" if column.example else None


def _read_cell(
    column: Column, raw: Raw, row: Mapping[str, object], known: Known
) -> tuple[object, Trouble | None]:
    """Return the value of a cell and a warning; no value when the fault stands in another cell."""
    kind = column.kind
    if kind in LABELS:
        return read_reference(raw, kind, known), None
    if kind in ("commune", "qpv"):
        return read_territory(raw, kind, known)
    if kind == "territory":
        level = row.get("level")
        if level is None:
            return None, Trouble(
                "missing_value", "Le niveau de ce territoire n’est pas dit.", "un niveau",
                "Remplir la colonne du niveau."
            )  # fmt: skip
        return read_territory(raw, str(level), known)
    if kind == "business":
        business = known.find("Organisation", read_text(raw)) if known.trusting else None
        return (business, None) if business is not None else read_siren(raw)
    if kind == "siren":
        return read_siren(raw)
    if kind == "siret":
        return read_siret(raw)
    if ":" in kind:
        return _read_word(raw, kind, known), None
    return READERS[kind](raw), None
