"""`export sheet`: the sheet of a territory, as a tagged PDF or a page to open in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.export_mode import ExportMode, ModeOption
from dashboards.cli.session import SESSION


def export_sheet(
    territory: Annotated[str, typer.Option("--territory", help="Nom ou code, ou nom de la collectivité.")],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier à écrire (.pdf, .html).")],
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write the sheet of a territory."""
    from dashboards.sheets import Desk, check_format, write_sheet

    check_format(out)
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
        with SESSION.step("Calcul de la fiche"):
            write_sheet(Desk(store, graph, mode.value), territory, out)
    print(f"Écrit : {out}")
