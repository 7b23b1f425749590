"""`export amounts`: money by local authority, under the reading asked for."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.export_mode import ExportMode
from dashboards.cli.session import SESSION
from graphmodel import ContractGraph, UsageError


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
        ExportMode,
        typer.Option("--mode", help="Publication (par lieux : les montants secrets sont tus), ou travail."),
    ] = ExportMode.PUBLICATION,
) -> None:
    """Write the money paid by authority, with what is not locatable and the double count beside it.

    Raises
    ------
    UsageError
        A publication by another reading than places, which the gate does not examine; another extension than
        .csv, a year that is not one of the contract's.
    """
    from dashboards.amount_tables import write_amounts
    from dashboards.origin import origin_words

    if mode is ExportMode.PUBLICATION and reading is not Reading.PLACES:
        raise UsageError(
            "Le secret statistique n’examine que la lecture par lieux : retirez --reading, ou demandez un "
            "document de travail, --mode working."
        )
    if out.suffix.lower() != ".csv":
        raise UsageError(f"« {out.suffix or out.name} » n’est pas un format de ce tableau : .csv.")
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    rows = _rows(graph, _years(graph, year), reading, mode)
    out.parent.mkdir(parents=True, exist_ok=True)
    asked = [
        f" --year {year}" if year is not None else "",
        f" --reading {reading.value}" if reading is not Reading.PLACES else "",
        f" --mode {mode.value}" if mode is not ExportMode.PUBLICATION else "",
    ]
    command = f"maillage export amounts{''.join(asked)} --out {out.name}"
    write_amounts(rows, out, origin_words(graph, mode.value, command))
    print(f"Écrit : {out}")


def _years(graph: ContractGraph, year: int | None) -> Sequence[int]:
    """Return the years to write.

    Raises
    ------
    UsageError
        A year that is not one of the contract's.
    """
    from dashboards import view_data

    years = view_data.years_of(graph)
    if year is not None and years and year not in years:
        told = ", ".join(map(str, years))
        raise UsageError(f"L’année {year} n’est pas une année du contrat. Années du contrat : {told}.")
    return years if year is None else (year,)


def _rows(
    graph: ContractGraph, years: Sequence[int], reading: Reading, mode: ExportMode
) -> "list[tuple[str | float | None, ...]]":
    from dashboards.amount_tables import amount_rows, published_rows
    from dashboards.evaluations import evaluation_of
    from graphmodel.attribution import READINGS

    if mode is ExportMode.PUBLICATION:
        with SESSION.step("Calcul des indicateurs"):
            return published_rows(graph, evaluation_of(graph, "publication"), years)
    return amount_rows(graph, years, READINGS if reading is Reading.ALL else (reading.value,))
