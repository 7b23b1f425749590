"""`export amounts`: money by local authority, under the reading asked for."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.network import ExportMode
from dashboards.cli.session import SESSION
from graphmodel import UsageError


class Reading(StrEnum):
    """What an action is located by."""

    PLACES = "places"
    SEAT = "seat"
    BENEFICIARIES = "beneficiaries"
    ALL = "all"


def export_amounts(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier .csv à écrire.")],
    year: Annotated[
        int | None, typer.Option("--year", help="Année ; toutes celles du contrat sinon.")
    ] = None,
    reading: Annotated[
        Reading,
        typer.Option(
            "--reading", help="Ce qui localise : lieux, siège (seat), bénéficiaires ; all pour les trois."
        ),
    ] = Reading.PLACES,
    mode: Annotated[
        ExportMode, typer.Option("--mode", help="Seul le document de travail (working) est écrit.")
    ] = ExportMode.PUBLICATION,
) -> None:
    """Write the money paid by authority, with what is not locatable and the double count beside it.

    Raises
    ------
    UsageError
        Publication: no rule of secrecy has examined this table yet. Another extension than .csv, a year that
        is not one of the contract's.
    """
    from dashboards import view_data
    from dashboards.amount_tables import amount_rows, write_amounts
    from graphmodel.attribution import READINGS

    if mode is ExportMode.PUBLICATION:
        raise UsageError(
            "Ce tableau n’est pas passé par le secret statistique : demandez un document de travail, "
            "--mode working. Pour publier : maillage evaluate --indicator T06 --mode publication."
        )
    if out.suffix.lower() != ".csv":
        raise UsageError(f"« {out.suffix or out.name} » n’est pas un format de ce tableau : .csv.")
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    years = view_data.years_of(graph)
    if year is not None and years and year not in years:
        told = ", ".join(map(str, years))
        raise UsageError(f"L’année {year} n’est pas une année du contrat. Années du contrat : {told}.")
    readings = READINGS if reading is Reading.ALL else (reading.value,)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_amounts(amount_rows(graph, years if year is None else (year,), readings), out)
    print(f"Écrit : {out}")
