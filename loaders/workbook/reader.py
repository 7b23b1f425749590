"""Read a workbook of the template into one validated batch."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from graphmodel.batch import Batch
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders.signature import refuse_others
from loaders.template.content import Identity
from loaders.template.model import README_SHEET, SHEETS
from loaders.workbook import shapes
from loaders.workbook.assemble import (
    Assembly,
    add_node_row,
    add_relationship_row,
    check_new_action,
    is_node_sheet,
)
from loaders.workbook.book import Book, open_book, unsure_note
from loaders.workbook.checks import check_sheet
from loaders.workbook.identity import builder_of, is_known_version, read_identity, unknown_version
from loaders.workbook.known import Known, known_of_batches
from loaders.workbook.layouts import Reading, bare_reading, lost_readme, readme_of, template_reading
from loaders.workbook.merges import unmerged
from loaders.workbook.report import Report, Spot
from loaders.workbook.rows import ReadRow, check_headings, read_rows

Adder = Callable[[Assembly, Iterable[ReadRow]], None]


def read_workbook(path: Path, known: Known | None = None, reading: Reading | None = None) -> Batch:
    """Return the batch of a file that follows the template, or that is read as if it did.

    Parameters
    ----------
    path
        An XLSX, XLS or ODS workbook, or a text table.
    known
        What the workbook may refer to without holding it; None for the bundled convention and the territories
        the package carries.
    reading
        How to read a file that is no copy of the template; None for a copy, or for a file whose headings are
        the template's.

    Raises
    ------
    InputFaultsError
        Every fault of the workbook, each with its sheet, row and column.
    """
    path = Path(path)
    refuse_others(path)
    book = open_book(path)
    readme = readme_of(book)
    if reading is None:
        reading = template_reading(book) if readme is not None else bare_reading(book)
    if reading is None or (readme is None and lost_readme(book)):
        raise InputFaultsError([_no_readme(path)])
    known = known.copy() if known is not None else _bundled()
    identity = reading.identity
    if identity is None:
        identity = read_identity(readme.rows if readme is not None else (), path.name)
    known.trusting = identity.copy
    builder = builder_of(path, identity, known)
    report = Report(builder)
    assembly = Assembly(builder, known, report)
    _say_notes(book, reading, identity, report)
    for name in SHEETS:
        _add_sheet(assembly, name, reading)
    report.close()
    return builder.build()


def _bundled() -> Known:
    from loaders.convention import load_convention

    return known_of_batches([load_convention()])


def _no_readme(path: Path) -> Fault:
    return Fault(
        "error", "not_our_template", f"Ce classeur n’a pas de feuille « {README_SHEET} ».", path.name,
        expected="un classeur du modèle", fix="Partir du modèle : maillage template FICHIER.xlsx.",
    )  # fmt: skip


def _say_notes(book: Book, reading: Reading, identity: Identity, report: Report) -> None:
    """Record what is said of the whole file and of whole sheets."""
    for trouble in book.notes:
        report.sheet(None, trouble)
    if reading.template and not is_known_version(identity.version):
        report.sheet(README_SHEET, unknown_version(identity.version))
    read = {page.name for _, page in reading.layouts}
    for name, count in book.unsure:
        if name in read:
            report.sheet(name, unsure_note(count))
    for sheet, trouble in reading.notes:
        report.sheet(sheet, trouble)


def _add_sheet(assembly: Assembly, name: str, reading: Reading) -> None:
    """Read what the file says for a sheet of the template, check it together, add what it makes."""
    sheet = SHEETS[name]
    rows: list[ReadRow] = []
    for layout, page in reading.layouts:
        if layout.sheet is not sheet:
            continue
        check_headings(layout, assembly.report, template=reading.template)
        lines, merges = unmerged(page, layout)
        for field, number, trouble in merges:
            assembly.report.cell(Spot(layout, number), field, trouble)
        rows.extend(read_rows(layout, lines, assembly.known, assembly.report))
    if rows:
        check_sheet(sheet, rows, assembly.known, assembly.report)
    adder = _ADDERS.get(name, _add_nodes if is_node_sheet(sheet) else _add_relationships)
    adder(assembly, rows)


def _add_nodes(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    for row in rows:
        add_node_row(assembly, row)


def _add_relationships(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    for row in rows:
        add_relationship_row(assembly, row)


def _add_organisations(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add organisations; what one administers is known to the sheets that follow."""
    for row in rows:
        node, territory = add_node_row(assembly, row), row.node("code")
        if node is not None and territory is not None:
            assembly.known.administered[node.key] = territory.key


def _add_actions(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    for row in rows:
        if check_new_action(assembly, row):
            add_node_row(assembly, row)


_ADDERS: Mapping[str, Adder] = {
    "Organisations": _add_organisations,
    "Actions": _add_actions,
    "Participations": shapes.add_participations,
    "Bilans": shapes.add_reports,
    "Mesures": shapes.add_measures,
    "Présences": shapes.add_attendance,
    "Besoins": shapes.add_needs,
    "Réponses": shapes.add_answers,
    "Entreprises soutenues": shapes.add_supports,
    "Observations": shapes.add_observations,
    "Emploi": shapes.add_employment,
    "Comparaison": shapes.add_comparison,
}
"""Sheets that need more than the targets of their columns."""
