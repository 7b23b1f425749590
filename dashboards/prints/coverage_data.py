"""What maps M4 and M5 show: priority quarters by degree, rural communes covered. No drawing here."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from dashboards import view_data
from dashboards.asked_view import asked_years
from dashboards.prints.ground import PrintGround
from dashboards.prints.zonings_data import Quarter, ZoningsMapData, zonings_map_data
from graphmodel import ContractGraph, UsageError
from graphmodel.coverage import INCLUDED, CommuneCoverage, Coverage, QuarterCoverage, coverage_of
from graphmodel.elementary_cells import CellModel
from graphmodel.places import REACHED, TARGETED

Intention = Literal["targeted", "included", "neither"]
"""What the actions meant of a quarter: named, within a territory named, or neither."""
INTENTIONS: Final[tuple[Intention, ...]] = ("targeted", "included", "neither")
Cover = Literal["targeted", "reached", "uncovered", "left_out", "outside"]
"""What a commune is: named by an action, reached only, classed and not covered, half classed, not classed."""
COVERS: Final[tuple[Cover, ...]] = ("targeted", "reached", "uncovered", "left_out", "outside")


@dataclass(frozen=True, slots=True)
class QuarterState:
    """A quarter, what was meant of it, and whether a beneficiary is located in it."""

    quarter: Quarter
    intention: Intention
    reached: bool


@dataclass(frozen=True, slots=True)
class QuartersMapData:
    """Everything map M4 says.

    Attributes
    ----------
    states
        Every quarter that has a place, by code.
    degrees
        Coverage at the three degrees, of all the quarters; they overlap and are never summed.
    zonings
        The lists, for the names and the footer.
    years
        Years whose places count.
    unknown
        Territories named whose perimeter is unknown: they include no quarter.
    fictional
        True when anything shown is fictional.
    """

    states: tuple[QuarterState, ...]
    degrees: dict[str, QuarterCoverage]
    zonings: ZoningsMapData
    years: tuple[int, ...]
    unknown: tuple[str, ...]
    fictional: bool

    @property
    def counts(self) -> Counter[tuple[Intention, bool]]:
        """Number of quarters by intention and by whether they were reached; the sum is that of the map."""
        return Counter((state.intention, state.reached) for state in self.states)


@dataclass(frozen=True, slots=True)
class RuralMapData:
    """Everything map M5 says.

    Attributes
    ----------
    rows
        What every commune of the ground is, by code.
    targeted, wider
        Coverage of the classed communes by the places named, and by those reached too.
    by_departement
        Communes classed, and those of them named or reached, by code of département.
    zonings, years, unknown, fictional
        See `QuartersMapData`.
    """

    rows: dict[str, Cover]
    targeted: CommuneCoverage
    wider: CommuneCoverage
    by_departement: dict[str, tuple[int, int]]
    zonings: ZoningsMapData
    years: tuple[int, ...]
    unknown: tuple[str, ...]
    fictional: bool

    @property
    def counts(self) -> Counter[Cover]:
        """Number of communes by what they are; the sum is the number of communes."""
        return Counter(self.rows.values())


def quarters_map_data(graph: ContractGraph, ground: PrintGround, year: int | None = None) -> QuartersMapData:
    """Return what map M4 shows of a snapshot with one contract.

    Raises
    ------
    UsageError
        When no list of quarters is loaded, or nothing is known of the year.
    """
    zonings = zonings_map_data(graph, ground)
    if not zonings.quarters:
        raise UsageError(
            "Aucun quartier prioritaire dont la position soit connue : la carte demande la liste des QPV de "
            "2015 et leurs contours (maillage load)."
        )
    years = asked_years(graph, year)
    coverage = coverage_of(CellModel.from_graph(graph), years)
    degrees = {degree: coverage.quarters(degree) for degree in (TARGETED, INCLUDED, REACHED)}
    codes = graph.nodes("Territory")["code"]
    by_degree = {name: {str(codes[key]) for key in found.covered} for name, found in degrees.items()}
    states = []
    for quarter in zonings.quarters:
        named, within = quarter.code in by_degree[TARGETED], quarter.code in by_degree[INCLUDED]
        intention: Intention = "targeted" if named else "included" if within else "neither"
        states.append(QuarterState(quarter, intention, quarter.code in by_degree[REACHED]))
    return QuartersMapData(
        tuple(states), degrees, zonings, years, _names(graph, coverage.unknown), _fictional(graph, zonings)
    )


def rural_map_data(graph: ContractGraph, ground: PrintGround, year: int | None = None) -> RuralMapData:
    """Return what map M5 shows of a snapshot with one contract.

    Raises
    ------
    UsageError
        When no list of rural communes is loaded, or nothing is known of the year.
    """
    zonings = zonings_map_data(graph, ground)
    if not zonings.rural or zonings.rural_zoning is None:
        raise UsageError("Aucune commune classée en ZRR : la carte demande la liste de 2014 (maillage load).")
    years = asked_years(graph, year)
    model = CellModel.from_graph(graph)
    named, wider = (coverage_of(model, years, degrees) for degrees in ((TARGETED,), (TARGETED, REACHED)))
    zone = model.zone(zonings.rural_zoning.scheme, zonings.rural_zoning.vintage)
    targeted, reached = _touched(graph, named), _touched(graph, wider)
    rural, half = set(zonings.rural), set(zonings.left_out)
    rows: dict[str, Cover] = {}
    for code in sorted(ground.communes):
        rows[code] = (
            "left_out" if code in half
            else "outside" if code not in rural
            else "targeted" if code in targeted
            else "reached" if code in reached
            else "uncovered"
        )  # fmt: skip
    return RuralMapData(
        rows, named.communes(zone=zone), wider.communes(zone=zone), _by_departement(rows), zonings, years,
        _names(graph, wider.unknown), _fictional(graph, zonings),
    )  # fmt: skip


def _touched(graph: ContractGraph, coverage: Coverage) -> set[str]:
    """Return the codes of the communes covered, by a part of them if by nothing else."""
    codes = graph.nodes("Territory")["code"]
    keys = coverage.model.communes[coverage.touched]
    return {str(codes[key]) for key in keys}


def _by_departement(rows: dict[str, Cover]) -> dict[str, tuple[int, int]]:
    classed = Counter(code[:2] for code, cover in rows.items() if cover not in ("outside", "left_out"))
    covered = Counter(code[:2] for code, cover in rows.items() if cover in ("targeted", "reached"))
    return {code: (count, covered[code]) for code, count in sorted(classed.items())}


def _names(graph: ContractGraph, keys: Collection[str]) -> tuple[str, ...]:
    names = view_data.territory_names(graph)
    return tuple(sorted(names.get(key, key) for key in keys))


def _fictional(graph: ContractGraph, zonings: ZoningsMapData) -> bool:
    """True when a zoning, or a place of an action, is fictional."""
    return zonings.fictional or bool(graph.relationships("TAKES_PLACE_IN")["fictional"].any())
