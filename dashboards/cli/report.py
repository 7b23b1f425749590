"""`export report`: the report of the evaluation, as a Word document or a tagged PDF."""

from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.export_mode import ExportMode, ModeOption
from dashboards.cli.session import SESSION


def export_report(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier à écrire (.docx, .pdf).")],
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write the report of the evaluation."""
    from dashboards.evaluations import evaluation_of
    from dashboards.report.document import check_format, write_report

    check_format(out)
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
        with SESSION.step("Calcul des indicateurs"):
            evaluation = evaluation_of(graph, mode.value)
        with SESSION.step("Écriture du rapport"):
            write_report(store, graph, evaluation, out, SESSION.at)
    print(f"Écrit : {out}")
