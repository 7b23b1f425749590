"""`export figure` and `export table`: one figure or one table of the report, by itself."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.export_mode import ExportMode, ModeOption
from dashboards.cli.exporting import IMAGES
from dashboards.cli.french import FrenchCommand
from dashboards.cli.session import SESSION
from graphmodel import UsageError

Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier à écrire.")]


class FigureName(StrEnum):
    """Figures of the report."""

    F1 = "f1"
    F2 = "f2"
    F3 = "f3"
    F4 = "f4"
    F5 = "f5"
    F6 = "f6"
    F7 = "f7"
    F8 = "f8"


class TableName(StrEnum):
    """Tables of the report."""

    TB1 = "tb1"
    TB2 = "tb2"
    TB3 = "tb3"
    TB4 = "tb4"
    TB5 = "tb5"
    TB6 = "tb6"
    TB7 = "tb7"
    TB8 = "tb8"


def add_to(group: typer.Typer) -> None:
    """Add both commands to a group."""
    group.command(
        "figure",
        cls=FrenchCommand,
        help="Figure du rapport, A4 paysage (.png, .svg, .pdf) : f1 flux financiers, f2 réseau à deux modes, "
        "f3 projection par vague, f4 courbe de Lorenz, f5 rapports d’équité, f6 indice E-I, f7 stratégies "
        "des collectivités, f8 théorie du changement.",
    )(export_figure)
    group.command(
        "table",
        cls=FrenchCommand,
        help="Tableau du rapport (.csv, .xlsx) : tb1 tableau de bord, tb2 financements, tb3 actions et "
        "territoires, tb4 QPV et ZRR, tb5 besoins et réponses, tb6 stratégies, tb7 réseau, tb8 instances.",
    )(export_table)


def export_figure(
    out: Out,
    kind: Annotated[FigureName, typer.Option("--kind", help="Figure.")],
    year: Annotated[
        int | None, typer.Option("--year", help="Année (f1, f2, f5) ; la dernière sinon.")
    ] = None,
    mode: ModeOption = ExportMode.PUBLICATION,
    grey: Annotated[bool, typer.Option("--grey", help="Édition à photocopier.")] = False,
) -> None:
    """Write the page of a figure.

    Raises
    ------
    UsageError
        An extension of no known format, a year that the figure does not take.
    """
    from dashboards.evaluations import evaluation_of
    from dashboards.figures import figure

    if out.suffix.lower() not in IMAGES:
        raise UsageError(f"« {out.suffix or out.name} » n’est pas un format de figure : {', '.join(IMAGES)}.")
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    with SESSION.step("Calcul de la figure"):
        made = figure(kind.value, graph, evaluation_of(graph, mode.value), year=year, grey=grey)
        out.parent.mkdir(parents=True, exist_ok=True)
        made.save(out, _command("figure", kind.value, out, mode, year=year, grey=grey))
    print(f"Écrit : {out}")


def export_table(
    out: Out,
    kind: Annotated[TableName, typer.Option("--kind", help="Tableau.")],
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write a table of the report.

    Raises
    ------
    UsageError
        An extension of no known format.
    """
    from dashboards.evaluations import evaluation_of
    from dashboards.report_tables import FORMATS, report_table, write_report_table

    if out.suffix.lower() not in FORMATS:
        raise UsageError(
            f"« {out.suffix or out.name} » n’est pas un format de tableau : {', '.join(FORMATS)}."
        )
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    with SESSION.step("Calcul du tableau"):
        made = report_table(kind.value, graph, evaluation_of(graph, mode.value))
        out.parent.mkdir(parents=True, exist_ok=True)
        write_report_table(out, made, graph, _command("table", kind.value, out, mode))
    print(f"Écrit : {out}")


def _command(
    what: str, kind: str, out: Path, mode: ExportMode, *, year: int | None = None, grey: bool = False
) -> str:
    """Return the command that writes the file again."""
    told = [
        f" --year {year}" if year is not None else "",
        f" --mode {mode.value}" if mode is not ExportMode.PUBLICATION else "",
        " --grey" if grey else "",
    ]
    return f"maillage export {what} --kind {kind}{''.join(told)} --out {out.name}"
