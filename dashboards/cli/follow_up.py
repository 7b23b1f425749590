"""`template` and `reminders` as the program declares them; what they do is read only when they run."""

from pathlib import Path
from typing import Annotated

import typer


def template(
    path: Annotated[Path, typer.Argument(metavar="FICHIER_OU_DOSSIER", help="Classeur .xlsx, ou dossier.")],
    filled: Annotated[bool, typer.Option("--filled", help="Avec tout le contenu de la base.")] = False,
    operator: Annotated[
        str | None,
        typer.Option("--for", metavar="OPÉRATEUR", help="Pré-rempli pour un opérateur (identifiant ou nom)."),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=1900,
            max=2100,
            metavar="ANNÉE",
            help="Année du bilan, la dernière du contrat sinon ; avec un dossier, pour tous les opérateurs.",
        ),
    ] = None,
) -> None:
    """Write the workbook to fill."""
    from dashboards.cli.templates import Request, write_templates

    write_templates(path, Request(filled, operator, year))


def reminders(
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2100, metavar="ANNÉE", help="Année des bilans.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="JJ/MM/AAAA", help="Jour de la relance ; aujourd’hui sinon."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", file_okay=False, help="Écrit une lettre par opérateur (.txt et .docx)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Résultat en JSON sur la sortie standard.")] = False,
) -> None:
    """Say who owes what."""
    from dashboards.cli.reminding import remind

    remind(year, on, out, as_json=as_json)
