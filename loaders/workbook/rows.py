"""The rows of a sheet: headings found, cells read, every fault recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.template.model import Column
from loaders.workbook.cells import (
    READERS,
    BrokenCell,
    Raw,
    is_empty,
    is_error_word,
    read_text,
    read_word,
    says_unknown,
    text_of,
)
from loaders.workbook.headings import Layout
from loaders.workbook.identifiers import read_siren, read_siret
from loaders.workbook.known import Known, KnownNode, fold
from loaders.workbook.references import LABELS, read_reference, read_territory
from loaders.workbook.report import Report, Spot
from loaders.workbook.totals import Totals
from loaders.workbook.trouble import CellError, Trouble, suggestion

Grid = Sequence[Sequence[Raw]]

_UNKNOWN_WORD = Trouble(
    "unknown_value", "Lu comme inconnu.", "un nombre, une date, ou rien", "Laisser la cellule vide.",
    severity="warning",
)  # fmt: skip


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


def read_rows(layout: Layout, rows: Grid, known: Known, report: Report) -> Iterator[ReadRow]:
    """Yield the rows of a sheet that hold something, below its headings; rows of totals are checked apart."""
    totals = Totals(layout)
    for number, cells in enumerate(rows[layout.header :], layout.header + 1):
        raws = {field: cells[at] for field, at in layout.positions.items() if at < len(cells)}
        if all(is_empty(raw) for raw in raws.values()):
            continue
        spot = Spot(layout, number)
        if not known.trusting and totals.is_total(cells):
            for field, raw, trouble in totals.check(raws):
                report.cell(spot, field, trouble, raw)
            continue
        totals.add(raws)
        yield _read_row(spot, _mapped(layout, raws), known, report)


def _mapped(layout: Layout, raws: dict[str, Raw]) -> dict[str, Raw]:
    """Return cells with their words replaced as the layout says, and its constants where there is nothing."""
    for field, words in layout.values.items():
        raw = raws.get(field)
        if raw is not None and not isinstance(raw, BrokenCell):
            raws[field] = words.get(fold(text_of(raw)), raw)
    for field, value in layout.constants.items():
        if is_empty(raws.get(field)):
            raws[field] = value
    return raws


def check_headings(layout: Layout, report: Report, *, template: bool) -> None:
    """Record the headings that lack, that are repeated or that nobody knows.

    Parameters
    ----------
    layout
        Headings found.
    report
        Where troubles go.
    template
        True for a copy of the template, which should have every column; else those of no use may lack.
    """
    extra = dict(layout.unread())
    for title, places in layout.repeated().items():
        report.sheet(layout.name, _repeated_title(places), title, layout.header)
    for column in layout.sheet.columns:
        lacks = column.field not in layout.positions and column.field not in layout.constants
        if lacks and (template or column.required):
            trouble = _missing_column(column, list(extra.values()))
            report.sheet(layout.name, trouble, column.header, layout.header)
    unread = "Cette colonne n’est pas du modèle : elle n’est pas lue."
    repeated = {place for places in layout.repeated().values() for place in places}
    for place, title in extra.items():
        if place not in repeated:
            report.sheet(
                layout.name, Trouble("unknown_column", unread, severity="warning"), title, layout.header
            )


def _repeated_title(places: Sequence[int]) -> Trouble:
    letters = [column_letters(place) for place in places]
    return Trouble(
        "repeated_column",
        f"Plusieurs colonnes portent ce titre : {', '.join(letters)}. On ne sait laquelle lire.",
        fix="Renommer celles qui ne sont pas à lire.",
    )


def column_letters(position: int) -> str:
    """Return the letters of a column from its position: 0 is A, 26 is AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


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
        if not known.trusting and says_unknown(raw, column.kind):
            report.cell(spot, column.field, _UNKNOWN_WORD, raw)
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


def _read_number(raw: Raw, kind: str, known: Known) -> tuple[str, Trouble | None]:
    """Return a SIREN or SIRET and a warning; a copy keeps a wrong one, which the store holds already."""
    try:
        return read_siren(raw) if kind == "siren" else read_siret(raw)
    except CellError as error:
        if known.trusting:
            return read_text(raw), replace(error.trouble, severity="warning")
        raise


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
    if isinstance(raw, BrokenCell):
        raise raw.error()
    if is_error_word(raw) and not known.trusting:
        raise BrokenCell(str(raw).strip()).error()
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
    if kind in ("siren", "siret"):
        return _read_number(raw, kind, known)
    if kind == "rna" and known.trusting:
        return read_text(raw), None
    if ":" in kind:
        return _read_word(raw, kind, known), None
    return READERS[kind](raw), None
