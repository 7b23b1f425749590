"""How the perimeters of a contract overlap and how much is counted twice, as tables for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboards import words
from dashboards.spreadsheet import write_table
from geodata.crossings import (
    CROSSES,
    HOLDS,
    SAME,
    WITHIN,
    Crossings,
    declared_perimeters,
    party_territories,
)
from graphmodel import ContractGraph
from graphmodel.frames import known
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute

UNKNOWN = "inconnu"
RELATIONS = {
    CROSSES: "se croisent",
    WITHIN: "le premier est dans le second",
    HOLDS: "le second est dans le premier",
    SAME: "mêmes limites",
}
"""What the first of a pair does with the second, in French."""

UNITS = {
    "maille": "commune ou QPV",
    "epci": "EPCI",
    "departement": "département",
    "collectivite": "collectivité",
}
"""Units of the double-count factor of amounts, in French."""

_CROSSINGS = (
    "Premier périmètre", "Code", "Second périmètre", "Code du second", "Relation", "Habitants communs",
    "Part des habitants du premier (%)", "Part des habitants du second (%)", "Surface commune (km²)",
    "Part de la surface du premier (%)", "Part de la surface du second (%)", "Millésime des EPCI", "Fictif",
)  # fmt: skip
_FACTORS = ("Année", "Ce qui est compté", "Unité", "Facteur de double compte", "Actions", "Fictif", "Mode")
WORKING = "document de travail, secret statistique non appliqué"

Cell = str | float | None


@dataclass(frozen=True, slots=True)
class PerimeterTable:
    """Every pair of perimeters that overlap, and those that cannot be compared.

    Attributes
    ----------
    rows
        Cells in the order of the columns of `chevauchements.csv`.
    crossing, nested
        Number of pairs that cross, and of which one lies in the other.
    known, unknown
        Number of perimeters that are known, and not.
    """

    rows: tuple[tuple[Cell, ...], ...]
    crossing: int
    nested: int
    known: int
    unknown: int


def perimeter_table(graph: ContractGraph) -> PerimeterTable:
    """Return how the territories of the parties and the perimeters that files brought overlap."""
    parties = party_territories(graph)
    crossings = Crossings(graph, {*parties, *declared_perimeters(graph)})
    territories, organisations = graph.nodes("Territory"), graph.nodes("Organisation")["name"]
    names = {
        key: str(organisations[parties[key]]) if key in parties else str(territories.at[key, "name"])
        for key in (*crossings.known, *crossings.unknown)
    }
    codes, fictional = territories["code"], _fictional(graph)
    rows: list[tuple[Cell, ...]] = []
    for pair in crossings.pairs.to_dict("records"):
        first, second = str(pair["first"]), str(pair["second"])
        numbers = (
            _whole(pair["population"]), _percent(pair["first_share"]), _percent(pair["second_share"]),
            _rounded(pair["area_km2"], 3), _percent(pair["first_area_share"]),
            _percent(pair["second_area_share"]),
        )  # fmt: skip
        rows.append(
            (names[first], str(codes[first]), names[second], str(codes[second]),
             RELATIONS[str(pair["relation"])], *numbers, crossings.vintage,
             "oui" if {first, second} & fictional else "non")
        )  # fmt: skip
    for key in crossings.unknown:
        told = (names[key], str(codes[key]), "tous les autres", "", UNKNOWN, *[UNKNOWN] * 6)
        rows.append((*told, crossings.vintage, "oui" if key in fictional else "non"))
    relations = list(crossings.pairs["relation"])
    crossing = relations.count(CROSSES)
    return PerimeterTable(tuple(rows), crossing, len(relations) - crossing, len(crossings.known),
                          len(crossings.unknown))  # fmt: skip


def _fictional(graph: ContractGraph) -> set[str]:
    """Return the territories that are fictional, or of which a part is told by a fictional file."""
    territories, contains = graph.nodes("Territory"), graph.relationships("CONTAINS")
    declared = contains[(contains["composition"] == "declared") & contains["fictional"]]
    of_communes = declared["target"].map(territories["level"]) == "commune"
    own = territories.index[territories["fictional"]]
    return {*map(str, own), *map(str, declared.loc[of_communes, "source"])}


def _whole(value: object) -> Cell:
    number = known(value)
    return UNKNOWN if number is None else round(float(str(number)))


def _rounded(value: object, decimals: int) -> Cell:
    number = known(value)
    return UNKNOWN if number is None else round(float(str(number)), decimals)


def _percent(value: object) -> Cell:
    number = known(value)
    return UNKNOWN if number is None else round(100 * float(str(number)), 2)


def double_count(graph: ContractGraph) -> list[IndicatorValue]:
    """Return the factors of double count (T10), year by year."""
    return list(compute(EvaluationContext(graph), ["T10"]))


def write_perimeters(table: PerimeterTable, path: Path) -> Path:
    """Write `chevauchements.csv`; what is unknown is said, never left as a zero."""
    return write_table(path, _CROSSINGS, table.rows)


def write_double_count(values: Iterable[IndicatorValue], path: Path) -> Path:
    """Write `double-compte.csv`; a factor that cannot be computed is said so."""
    rows: list[Sequence[Cell]] = []
    for value in values:
        if value.measure is None:
            continue
        unit = value.params.get("unit")
        counted = "montants payés" if unit else "habitants des lieux"
        factor: Cell = words.NOT_COMPUTABLE if value.value is None else round(float(value.value), 4)
        rows.append((value.params["year"], counted, UNITS.get(unit or "", "lieu d’une action"), factor,
                     value.n, "oui" if value.fictional else "non", WORKING))  # fmt: skip
    return write_table(path, _FACTORS, rows)


def overlap_sentence(table: PerimeterTable, values: Iterable[IndicatorValue]) -> str:
    """Return one sentence on the perimeters and on what a table by authority would count twice."""
    unknown = ""
    if table.unknown:
        unknown = f" et {words.counted(table.unknown, 'inconnu')}, sans recoupement calculable"
    said = (
        f"Périmètres : {words.counted(table.known, 'connu')}{unknown} ; "
        f"{words.counted(table.crossing, 'paire se croise', 'paires se croisent')}, "
        f"{words.number(table.nested)} {words.plural(table.nested, 's’emboîte', 's’emboîtent')}"
    )
    factors = {
        value.params["year"]: float(value.value)
        for value in values
        if value.params.get("unit") == "collectivite" and value.value is not None
    }
    if not factors:
        return f"{said}."
    year = max(factors)
    return (
        f"{said}. Compté plein dans chaque collectivité, un euro payé en {year} le serait "
        f"{words.number(factors[year], 1)} fois."
    )
