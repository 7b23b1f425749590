"""Money by local authority, read by place, seat or beneficiaries, with what a sum would count twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboards import words
from dashboards.overlap_tables import WORKING
from dashboards.spreadsheet import write_table
from geodata.crossings import party_territories
from graphmodel import ContractGraph
from graphmodel.attribution import READINGS, Attribution, attribute
from graphmodel.double_count import amount_factor, authorities_of
from graphmodel.elementary_cells import CellModel
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue
from graphmodel.payments import payments_of
from graphmodel.surroundings import organisations_of

READING_FRENCH = {
    "places": "lieux de l’action",
    "seat": "siège de qui la porte",
    "beneficiaries": "bénéficiaires",
}
"""What an action is located by, in French."""

UNKNOWN_PERIMETER = "périmètre inconnu"
COLUMNS = ("Année", "Lecture", "Ligne", "Collectivité", "Montant attribué (€)", "Montant compté plein (€)",
           "Actions", "Fictif", "Mode")  # fmt: skip
PUBLISHED = "publication : montants passés par le secret statistique"
NOT_EXAMINED = "non publié"
"""Said in the place of full amounts, which the gate does not examine."""

Cell = str | float | None


@dataclass(frozen=True, slots=True)
class _Year:
    """One year under one reading: the attribution, the money of its actions in cents, unknown payments."""

    attribution: Attribution
    money: dict[str, float]
    unknown: int


def amount_rows(
    graph: ContractGraph, years: Sequence[int], readings: Sequence[str] = READINGS
) -> list[tuple[Cell, ...]]:
    """Return the money paid by authority, in the order of `COLUMNS`, one block a year and a reading.

    Each block has a line an authority, then the region-wide actions, what cannot be located, the total, the
    factor of double count (T10) and the payments of unknown amount. Attributed money is shared out: an
    authority that lies in another has its part in both, so that the lines are never summed.

    Raises
    ------
    UsageError
        When the zonings or the compositions of the graph leave a choice; see `CellModel`.
    """
    model = CellModel.from_graph(graph)
    fictional = "oui" if graph.fictional else "non"
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        paid = payments_of(graph, year)
        money = {str(key): float(cents) for key, cents in paid["amount"].dropna().items()}
        unknown = int(paid["unknown"].sum())
        for reading in readings:
            told = _Year(attribute(model, year, reading=reading), money, unknown)
            rows += [(year, READING_FRENCH[reading], *line, fictional, WORKING)
                     for line in (*_authorities(graph, model, told), *_foot(told))]  # fmt: skip
    return rows


def published_rows(
    graph: ContractGraph, evaluation: Evaluation, years: Sequence[int]
) -> list[tuple[Cell, ...]]:
    """Return the same table as it may be published: by place, each amount as the gate lets it out (T06, T10).

    Parameters
    ----------
    graph
        Snapshot of one contract.
    evaluation
        Its evaluation in publication.
    years
        Years of the table.
    """
    model = CellModel.from_graph(graph)
    gated = [value for value in evaluation.values if value.indicator in ("T06", "T10")]
    fictional = "oui" if graph.fictional else "non"
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        found = _Gated([value for value in gated if value.params.get("year") == str(year)])
        rows += [
            (year, READING_FRENCH["places"], *line, fictional, PUBLISHED)
            for line in (*_gated_authorities(graph, model, found, year), *_gated_foot(found))
        ]
    return rows


class _Gated:
    """The values of a year, each as a cell: a number, « secret », or the reason there is none."""

    def __init__(self, values: Sequence[IndicatorValue]) -> None:
        self._values = values

    def cell(self, measure: str, **params: str) -> Cell:
        """Return the cell of a measure; « non calculable » where it was not computed."""
        found = [
            value
            for value in self._values
            if value.measure == measure and all(value.params.get(k) == v for k, v in params.items())
        ]
        if not found:
            return words.NOT_COMPUTABLE
        value = found[0]
        if value.value is None:
            return words.SECRET if value.secrecy not in (None, "V") else words.NOT_COMPUTABLE
        return value.value if isinstance(value.value, int) else round(float(value.value), 4)


def _gated_authorities(
    graph: ContractGraph, model: CellModel, found: _Gated, year: int
) -> list[tuple[Cell, ...]]:
    known = authorities_of(model)
    territories = graph.nodes("Territory")
    unknown = set(party_territories(graph)) - set(known)
    names = {key: str(territories["name"][key]) for key in (*known, *unknown)}
    names |= organisations_of(graph, names)
    touched = attribute(model, year, reading="places").touches(known).sum()
    lines: list[tuple[Cell, ...]] = [
        ("collectivité", names[key],
         found.cell("amount", territory=str(territories["code"][key]), ubiquitous="without"),
         NOT_EXAMINED, int(touched[key]))
        for key in sorted(known, key=lambda key: names[key])
    ]  # fmt: skip
    return [*lines, *(("collectivité", names[key], *[UNKNOWN_PERIMETER] * 3)
                      for key in sorted(unknown, key=lambda key: names[key]))]  # fmt: skip


def _gated_foot(found: _Gated) -> list[tuple[Cell, ...]]:
    told = (
        ("ensemble", "montant localisé, chaque euro une fois",
         found.cell("total_located", ubiquitous="without")),
        ("ensemble", "montant localisé, actions régionales comprises",
         found.cell("total_located", ubiquitous="with")),
        ("ensemble", "non localisable", found.cell("total_unlocated", ubiquitous="with")),
        ("double compte (T10)", "compté plein par collectivité, sur montant",
         found.cell("amount_factor", unit="collectivite")),
        ("paiements de montant inconnu", "nombre", found.cell("unknown_payments")),
    )  # fmt: skip
    return [(*line, "", "") for line in told]


def _authorities(graph: ContractGraph, model: CellModel, told: _Year) -> list[tuple[Cell, ...]]:
    """Return a line an authority, by name; those of unknown perimeter last, without amounts."""
    known = authorities_of(model)
    unknown = sorted(set(party_territories(graph)) - set(known))
    territories = graph.nodes("Territory")["name"]
    names = {key: str(territories[key]) for key in (*known, *unknown)}
    names |= organisations_of(graph, names)
    shared = told.attribution.amounts(told.money, known, region_wide=False)
    full = told.attribution.full_amounts(told.money, known)
    touched = told.attribution.touches(known).sum()
    lines: list[tuple[Cell, ...]] = [
        ("collectivité", names[key], _euros(shared[key]), _euros(full[key]), int(touched[key]))
        for key in sorted(known, key=lambda key: names[key])
    ]
    return [*lines, *(("collectivité", names[key], UNKNOWN_PERIMETER, UNKNOWN_PERIMETER, UNKNOWN_PERIMETER)
                      for key in sorted(unknown, key=lambda key: names[key]))]  # fmt: skip


def _foot(told: _Year) -> list[tuple[Cell, ...]]:
    """Return the lines under the authorities: what is apart, the total, the double count."""
    ledger = told.attribution.ledger(told.money)
    factor = amount_factor(told.attribution, told.money, "collectivite")
    shown: Cell = words.NOT_COMPUTABLE if factor is None else round(factor, 4)
    return [
        ("ensemble", "montant localisé, chaque euro une fois", _euros(ledger.located), "", ""),
        ("ensemble", "actions régionales", _euros(ledger.region_wide), "", ""),
        ("ensemble", "non localisable", _euros(ledger.unlocated), "", ""),
        ("ensemble", "total payé", _euros(ledger.total), "", ""),
        ("double compte (T10)", "compté plein par collectivité, sur montant", shown, "", ""),
        ("paiements de montant inconnu", "nombre", told.unknown, "", ""),
    ]


def _euros(cents: float) -> float:
    return round(float(cents) / 100, 2)


def write_amounts(rows: Sequence[Sequence[Cell]], path: Path, origin: str = "") -> Path:
    """Write the table as a French spreadsheet opens it; `origin` says in each row what the file is."""
    more = (origin,) if origin else ()
    heads = (*COLUMNS, *(("Origine",) if origin else ()))
    return write_table(path, heads, ((*row, *more) for row in rows))
