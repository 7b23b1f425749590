"""The figures of the report, each declared once: what makes it, its number, its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dashboards.figures import dumbbells, forest, lorenz, mixing, money_flow, projection, theory, two_mode
from dashboards.figures.asked import Asked
from dashboards.figures.figure import Figure
from dashboards.figures.registered import Made
from dashboards.prints import furniture
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure that can be asked for.

    Attributes
    ----------
    id, name
        « f1 », and what it is, in French.
    make
        Makes it.
    yearly
        True when it shows one year.
    """

    id: str
    name: str
    make: Callable[[Asked], Made]
    yearly: bool = False

    @property
    def number(self) -> str:
        """« Figure F1 »."""
        return f"Figure {self.id.upper()}"


_KINDS: Final = (
    FigureKind("f1", "flux du financeur à l’axe, puis à l’action", money_flow.make, yearly=True),
    FigureKind("f2", "réseau à deux modes, opérateurs et actions", two_mode.make, yearly=True),
    FigureKind("f3", "projection du réseau par vague", projection.make),
    FigureKind("f4", "courbe de Lorenz des montants par habitant", lorenz.make),
    FigureKind("f5", "rapports d’équité des QPV, avec leurs intervalles", forest.make, yearly=True),
    FigureKind("f6", "indice E-I observé et distribution permutée", mixing.make),
    FigureKind("f7", "score de stratégie des collectivités, au début et à la fin", dumbbells.make),
    FigureKind("f8", "théorie du changement, colorée par les preuves", theory.make),
)
FIGURES: Final[Mapping[str, FigureKind]] = MappingProxyType({kind.id: kind for kind in _KINDS})
"""The figures by identifier, in order."""


def figure(
    kind: str, graph: ContractGraph, evaluation: Evaluation, *, year: int | None = None, grey: bool = False
) -> Figure:
    """Return a figure of the report.

    Parameters
    ----------
    kind
        « f1 » to « f8 ».
    graph
        Snapshot of one contract, of all its years.
    evaluation
        Its evaluation: in publication, nothing that it withholds is drawn.
    year
        Year of a yearly figure; None takes the last reported one.
    grey
        True for the edition to photocopy.

    Raises
    ------
    UsageError
        An unknown figure, a year that is not the contract's, or a year for a figure of all of them.
    """
    chosen = FIGURES.get(kind.lower())
    if chosen is None:
        raise UsageError(f"« {kind} » n’est pas une figure : {', '.join(FIGURES)}.")
    if year is not None and not chosen.yearly:
        raise UsageError(f"La {chosen.number.lower()} montre toutes les années : elle n’en prend pas une.")
    made = chosen.make(Asked(graph, evaluation, year))
    fictional = graph.fictional

    def imprint(command: str) -> furniture.Imprint:
        return furniture.imprint(
            graph, (made.words.source,), command, fictional=fictional, mode=evaluation.mode
        )

    return Figure(
        chosen.id,
        chosen.number,
        made.words,
        made.drawing,
        imprint,
        fictional,
        evaluation.mode,
        made.year,
        grey,
        made.empty,
    )
