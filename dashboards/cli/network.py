"""`export network`: the cooperation network for network software."""

from enum import StrEnum
from pathlib import Path

from dashboards.cli.session import SESSION
from graphmodel import UsageError
from graphmodel.cooperation.exchange import NetworkView
from graphmodel.indicators import EvaluationContext


class ExportMode(StrEnum):
    """What a file is for."""

    WORKING = "working"
    PUBLICATION = "publication"


def export_network(
    out: Path,
    year: int | None,
    *,
    projection: bool,
    without_pivot: bool,
    mode: ExportMode = ExportMode.PUBLICATION,
) -> None:
    """Write the cooperation network of the store and say which files were written.

    Raises
    ------
    UsageError
        An unknown extension, a year without cooperation, or no pivot to leave out.
    """
    from dashboards.network_exports import write_network

    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    pivot = EvaluationContext(graph).pivot if without_pivot else None
    if without_pivot and pivot is None:
        raise UsageError("Le contrat ne déclare pas d’organisation pivot : retirez --without-pivot.")
    gone = frozenset((pivot,)) if pivot is not None else frozenset[str]()
    for path in write_network(graph, out, NetworkView(year, projection, gone), mode.value):
        print(f"Écrit : {path}")
