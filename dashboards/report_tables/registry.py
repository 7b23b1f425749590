"""The tables of the report, each declared once: what makes it, its number, its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dashboards import words
from dashboards.figures.asked import Asked
from dashboards.report_tables import bodies, funding, needs, network, presence, scoreboard, strategy, zones
from dashboards.report_tables.table import Content, ReportTable
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class ReportTableKind:
    """A table that can be asked for: « tb1 », what it is in French, what makes it."""

    id: str
    name: str
    make: Callable[[Asked], Content]

    @property
    def number(self) -> str:
        """« Tableau Tb1 »."""
        return f"Tableau {self.id.capitalize()}"


_KINDS: Final = (
    ReportTableKind("tb1", "tableau de bord des effets attendus", scoreboard.make),
    ReportTableKind("tb2", "financements par financeur, axe et année", funding.make),
    ReportTableKind("tb3", "actions et territoires", presence.make),
    ReportTableKind("tb4", "couverture des QPV et des ZRR", zones.make),
    ReportTableKind("tb5", "besoins et réponses", needs.make),
    ReportTableKind("tb6", "scores de stratégie ESS", strategy.make),
    ReportTableKind("tb7", "réseau par vague", network.make),
    ReportTableKind("tb8", "participation aux instances", bodies.make),
)
REPORT_TABLES: Final[Mapping[str, ReportTableKind]] = MappingProxyType({kind.id: kind for kind in _KINDS})
"""The tables by identifier, in order."""


def report_table(kind: str, graph: ContractGraph, evaluation: Evaluation) -> ReportTable:
    """Return a table of the report.

    Parameters
    ----------
    kind
        « tb1 » to « tb8 ».
    graph
        Snapshot of one contract, of all its years.
    evaluation
        Its evaluation: in publication, nothing that it withholds is written.

    Raises
    ------
    UsageError
        An unknown table.
    """
    chosen = REPORT_TABLES.get(kind.lower())
    if chosen is None:
        raise UsageError(f"« {kind} » n’est pas un tableau : {', '.join(REPORT_TABLES)}.")
    made = chosen.make(Asked(graph, evaluation))
    return ReportTable(
        kind=chosen.id,
        number=chosen.number,
        caption=words.typeset(made.caption),
        source=made.source,
        columns=tuple(made.columns),
        rows=tuple(made.rows),
        notes=tuple(words.typeset(note) for note in made.notes),
        fictional=graph.fictional,
        mode=evaluation.mode,
        empty=made.empty,
        wide=made.wide,
    )
