"""Read a workbook of the template into one validated batch."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from graphmodel.batch import Batch
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders.template.model import LISTS_SHEET, README_SHEET, SHEETS, Sheet
from loaders.workbook import shapes
from loaders.workbook.assemble import (
    Assembly,
    add_node_row,
    add_relationship_row,
    check_new_action,
    is_node_sheet,
)
from loaders.workbook.checks import check_sheet
from loaders.workbook.extent import check_extent
from loaders.workbook.identity import builder_of, read_identity
from loaders.workbook.known import Known, fold, known_of_batches
from loaders.workbook.report import Report
from loaders.workbook.rows import Grid, ReadRow, read_rows
from loaders.workbook.trouble import Trouble, suggestion

Adder = Callable[[Assembly, Iterable[ReadRow]], None]


def read_workbook(path: Path, known: Known | None = None) -> Batch:
    """Return the batch of a workbook that follows the template.

    Parameters
    ----------
    path
        An XLSX file.
    known
        What the workbook may refer to without holding it; None for the bundled convention and the territories
        the package carries.

    Raises
    ------
    InputFaultsError
        Every fault of the workbook, each with its sheet, row and column.
    """
    path = Path(path)
    check_extent(path)
    grids = _grids(path)
    names = {fold(name): name for name in grids}
    readme = names.get(fold(README_SHEET))
    if readme is None:
        raise InputFaultsError([_no_readme(path)])
    known = known.copy() if known is not None else _bundled()
    identity = read_identity(grids[readme], path.name)
    known.trusting = identity.copy
    builder = builder_of(path, identity, known)
    report = Report(builder)
    assembly = Assembly(builder, known, report)
    _check_sheets(grids, report)
    for sheet in SHEETS.values():
        name = names.get(fold(sheet.name))
        if name is not None:
            _add_sheet(assembly, sheet, grids[name])
    return builder.build()


def _bundled() -> Known:
    from loaders.convention import load_convention

    return known_of_batches([load_convention()])


def _grids(path: Path) -> dict[str, Grid]:
    """Return the cells of each visible sheet by name; rows and columns keep their true numbers."""
    with CalamineWorkbook.from_path(str(path)) as book:
        visible = {meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible}
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
            if name in visible
        }


def _no_readme(path: Path) -> Fault:
    return Fault(
        "error", "not_our_template", f"Ce classeur n’a pas de feuille « {README_SHEET} ».", path.name,
        expected="un classeur du modèle", fix="Partir du modèle : maillage template FICHIER.xlsx.",
    )  # fmt: skip


def _check_sheets(grids: Mapping[str, Grid], report: Report) -> None:
    """Record the sheets that lack and those nobody knows."""
    ours = {fold(name): name for name in (*SHEETS, README_SHEET, LISTS_SHEET)}
    given = {fold(name): name for name in grids}
    others = [name for word, name in given.items() if word not in ours]
    for word, name in ours.items():
        if word not in given and name in SHEETS:
            near = suggestion(word, others, [fold(other) for other in others])
            fix = near.replace("Vouliez-vous dire", "Est-ce la feuille") if near else None
            report.sheet(name, _missing_sheet(fix))
    for name in others:
        message = "Cette feuille n’est pas du modèle : elle n’est pas lue."
        report.sheet(name, Trouble("unknown_sheet", message, severity="warning"))


def _missing_sheet(fix: str | None) -> Trouble:
    """Return the trouble of a sheet that lacks: an error when another looks like it under a new name."""
    return Trouble(
        "missing_sheet",
        "Cette feuille manque : rien n’y est lu.",
        fix=fix or "Reprendre la feuille du modèle si elle a des lignes à dire.",
        severity="error" if fix else "warning",
    )


def _add_sheet(assembly: Assembly, sheet: Sheet, grid: Grid) -> None:
    """Read a sheet's rows, check them together, and add what they make."""
    rows = list(read_rows(sheet, grid, assembly.known, assembly.report))
    check_sheet(sheet, rows, assembly.known, assembly.report)
    adder = _ADDERS.get(sheet.name, _add_nodes if is_node_sheet(sheet) else _add_relationships)
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
