"""The tables of a sheet: actions, partners by world, strategy, needs. Words only, ready to be set."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboards import view_data, words
from dashboards.sheets.cards import Values
from dashboards.sheets.subject import Subject
from graphmodel import ContractGraph
from graphmodel.account import TerritoryAccount
from graphmodel.frames import known, records_of
from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.territories.authorities import code_of
from graphmodel.profile import PlacedAction, TerritoryProfile
from graphmodel.schema import SCHEMA

OPERATIONAL = "opérationnelle"
_DEGREES = {"targeted": "ciblée", "included": "incluse", "reached": "atteinte"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words.

    Attributes
    ----------
    caption, head, rows
        Caption and cells.
    align
        One letter a column: l, c or r.
    widths
        Relative width of each column; 0 takes what its cells need.
    total
        True when the last row sums the others.
    note
        What stands under it.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    widths: tuple[int, ...]
    total: bool = False
    note: str = ""


def actions_table(graph: ContractGraph, profile: TerritoryProfile, values: Values, subject: Subject) -> Table:
    """Return the actions present, with what was paid of each here.

    A share is the attribution to the communes of the territory (T06) times the amount of the action; it is
    written only when the amount of the action may be shown.
    """
    records = {str(row["id"]): row for row in records_of(graph.nodes("Action"))}
    pilots = _pilots(graph)
    paid = paid_here(values, subject)
    rows = []
    for action in profile.actions:
        record = records[action.code]
        years = " ".join(f"{year % 100:02d}" for year in action.years) or "toutes"
        title = str(record.get("short_name", action.name))
        rows.append(
            (view_data.action_code(action.code), title, pilots.get(str(record["key"]), "—"), years,
             _degree(action), paid.get(action.code, "—"))
        )  # fmt: skip
    order = view_data.codes_in_order([row[0] for row in rows])
    rows.sort(key=lambda row: order.index(row[0]))
    whole, region_wide = money_here(values, subject)
    rows.append(("", f"ensemble des {words.counted(len(rows), 'action localisée', 'actions localisées')}"
                 if len(rows) > 1 else "ensemble", "", "", "", whole))  # fmt: skip
    return Table(
        "Actions localisées, montants payés attribués au prorata de la population, toutes années",
        ("Action", "Intitulé court", "Porteur", "Années", "Degré", "Payé (€)"), tuple(rows), "lllllr",
        (0, 5, 4, 0, 0, 0), total=True, note=_note_of({cell for row in rows for cell in row}, region_wide),
    )  # fmt: skip


def _note_of(cells: set[str], region_wide: str | None) -> str:
    """Return what stands under the actions: a word for each sign that is there, what may not be summed."""
    told = [
        "« plus large » : le territoire est dans le lieu de l’action."
        if any(cell.endswith("plus large") for cell in cells) else "",
        "« secret » : trop peu de porteurs, ou un montant qui en révélerait un autre."
        if words.SECRET in cells else "",
        "« — » : montant inconnu, ou part d’ici non calculable." if "—" in cells else "",
        f"Pour mémoire, part des actions régionales au prorata de la population : {region_wide} €."
        if region_wide else "",
        "Aucune somme avec d’autres collectivités : les périmètres se recouvrent (T10).",
    ]  # fmt: skip
    return " ".join(text for text in told if text)


def money_here(values: Values, subject: Subject) -> tuple[str, str | None]:
    """Return what was paid here of the located actions, all years, and of region-wide ones beside.

    The first is « secret » where the amount of one year is, « — » where none is known; the second is None
    unless both amounts of every year may be shown.
    """
    # A territory may be told at two levels, as a commune and as an authority: one amount a year.
    found = {
        kept: {value.params["year"]: value
               for value in values.find("T06", "amount", territory=subject.code, ubiquitous=kept)}.values()
        for kept in ("without", "with")
    }  # fmt: skip
    sums = {kept: None if any(value.value is None for value in those) or not those
            else sum(float(value.value) for value in those if value.value is not None)
            for kept, those in found.items()}  # fmt: skip
    hidden = values.mode == "publication" and any(
        value.value is None and value.secrecy not in (None, "V") for value in found["without"]
    )
    own, both = sums["without"], sums["with"]
    if own is None:
        return (words.SECRET if hidden else "—"), None
    return words.number(own), None if both is None else words.number(both - own)


def _degree(action: PlacedAction) -> str:
    told = "targeted" if "targeted" in action.degrees else (action.degrees[0] if action.degrees else "")
    said = _DEGREES.get(told, told)
    return f"{said}, plus large" if action.where == "around" else said


def _pilots(graph: ContractGraph) -> dict[str, str]:
    names = view_data.short_actor_names(graph, 30)
    found: dict[str, list[str]] = {}
    for part in view_data.participations(graph, None):
        if part.pilot:
            found.setdefault(part.action, []).append(names[part.organisation])
    return {action: words.shortened(sorted(set(those)), 1) for action, those in found.items()}


def paid_here(values: Values, subject: Subject) -> dict[str, str]:
    """Return what was paid of each action in the communes of a territory, or « secret »."""
    shares: dict[tuple[str, str], float] = {}
    for value in values.every:
        if value.measure == "phi" and value.params["commune"] in subject.communes and value.value:
            pair = (value.params["action"], value.params["year"])
            shares[pair] = shares.get(pair, 0.0) + float(value.value)
    totals: dict[str, float] = {}
    hidden: set[str] = set()
    for value in values.every:
        if value.measure != "amount_paid":
            continue
        pair = (value.params["action"], value.params["year"])
        if pair not in shares:
            continue
        if value.value is None and values.mode == "publication" and value.secrecy not in (None, "V"):
            hidden.add(pair[0])
        elif value.value is not None:
            totals[pair[0]] = totals.get(pair[0], 0.0) + shares[pair] * float(value.value)
    said = {action: words.number(total) for action, total in totals.items()}
    return said | dict.fromkeys(hidden, words.SECRET)


def partners_table(
    graph: ContractGraph, context: EvaluationContext, profile: TerritoryProfile, subject: Subject
) -> Table:
    """Return the operators of the actions present, by world and year, and those whose seat is here."""
    keys = {str(row["key"]) for row in records_of(graph.nodes("Action"))
            if str(row["id"]) in {one.code for one in profile.actions}}  # fmt: skip
    years = [str(context.years[0]), str(context.years[-1])] if context.years else []
    of_year = {
        year: {p.organisation for p in view_data.participations(graph, int(year)) if p.action in keys}
        for year in years
    }
    worlds = {str(key): known(world) for key, world in graph.nodes("Organisation")["world"].items()}
    seats = _local(graph, subject)
    everyone = set().union(*of_year.values()) if of_year else set()
    rows = []
    for world in sorted({worlds[key] for key in everyone}, key=str):
        own = {key for key in everyone if worlds[key] == world}
        told = [str(len(of_year[year] & own)) for year in years]
        name = words.WORLDS.get(world, str(world))  # type: ignore[call-overload]
        rows.append((name, *told, str(len(own & seats))))
    rows.append(("ensemble", *[str(len(of_year[year])) for year in years], str(len(everyone & seats))))
    return Table(
        "Opérateurs des actions présentes, par monde ; siège ici, toutes années",
        ("Monde", *years, "siège ici"), tuple(rows), "l" + "r" * (len(years) + 1),
        (1, *[0] * (len(years) + 1)), total=True,
    )  # fmt: skip


def _local(graph: ContractGraph, subject: Subject) -> set[str]:
    rows = graph.relationships("BASED_IN")
    codes = graph.nodes("Territory")["code"].astype(str)
    return set(rows.loc[rows["target"].map(codes).isin(subject.communes), "source"])


def strategy_table(graph: ContractGraph, context: EvaluationContext, subject: Subject) -> Table | None:
    """Return the six criteria at the first and last years told; None when nothing was searched for here."""
    codes = code_of(context)
    adopts = graph.relationships("ADOPTS")
    acts = set(adopts.loc[adopts["source"].map(dict(codes)) == subject.code, "target"])
    names = graph.contract.get("policy_criteria")
    labels: dict[str, str] = dict(names) if isinstance(names, dict) else {}
    frame = graph.nodes("PolicyAct")
    frame = frame[frame.index.isin(acts) & frame["criterion"].isin(list(labels))]
    if frame.empty:
        return None
    years = sorted({int(year) for year in frame["year"].dropna()})
    shown = [years[0], years[-1]] if len(years) > 1 else years
    rows = []
    for criterion, label in sorted(labels.items(), key=lambda pair: pair[1]):
        own = frame[frame["criterion"] == criterion]
        rows.append((label, *[_found(own, year) for year in shown]))
    columns = [[row[rank] for row in rows] for rank in range(1, len(shown) + 1)]
    scores = ["incomplet" if "non recherché" in cells else str(cells.count("oui")) for cells in columns]
    rows.append((f"score sur {len(rows)}", *scores))
    return Table(
        "Six critères datés (T13)", ("Critère", *map(str, shown)), tuple(rows), "l" + "c" * len(shown),
        (1, *[0] * len(shown)), total=True,
    )  # fmt: skip


def _found(rows: pd.DataFrame, year: int) -> str:
    told = {bool(value) for value in rows.loc[rows["year"] == year, "present"].dropna()}
    if not told:
        return "non recherché"
    return "oui" if True in told else "non"


def needs_table(account: TerritoryAccount | None, graph: ContractGraph, context: EvaluationContext,
                subject: Subject) -> Table | None:  # fmt: skip
    """Return the needs expressed and their answers; None when none was."""
    rows: Sequence[tuple[str, ...]]
    if account is not None:
        rows = [
            (need.name, _text(need.priority), _text(need.on and need.on.year),
             words.listed(view_data.action_code(action) for action, _ in need.answers) or "—",
             OPERATIONAL if need.answered else _last(need.answers))
            for need in account.needs
        ]  # fmt: skip
    else:
        rows = _bare_needs(graph, context, subject)
    if not rows:
        return None
    answered = sum(row[-1] == OPERATIONAL for row in rows)
    has = "ont une réponse" if answered > 1 else "a une réponse"
    whole = (f"{answered} sur {len(rows)} {has} {OPERATIONAL}", "", "", "", "")
    return Table(
        "Besoins exprimés par la collectivité, et réponse à la fin du contrat",
        ("Besoin", "Priorité", "Année", "Action", "Réponse"), (*rows, whole), "lccll", (7, 0, 0, 2, 2),
        total=True,
    )  # fmt: skip


def _text(value: object) -> str:
    return "non dit" if value is None else str(value)


def _last(answers: Sequence[tuple[str, str]]) -> str:
    return SCHEMA.french("answer_status", answers[-1][1]) if answers else "aucune"


def _bare_needs(graph: ContractGraph, context: EvaluationContext, subject: Subject) -> list[tuple[str, ...]]:
    """Return the needs of an authority whose perimeter is unknown: they stand without a map."""
    rows = graph.relationships("EXPRESSES")
    own = set(rows.loc[rows["source"].map(dict(code_of(context))) == subject.code, "target"])
    answers = graph.relationships("ANSWERS")
    ids = graph.nodes("Action")["id"]
    found: list[tuple[str, ...]] = []
    for row in records_of(graph.nodes("Need")):
        if row["key"] in own:
            mine = answers[answers["target"] == row["key"]]
            counts = Counter(str(status) for status in mine["status"])
            state = _last([("", str(status)) for status in mine["status"]])
            state = OPERATIONAL if counts["operational"] else state
            codes = words.listed(sorted({view_data.action_code(str(ids[s])) for s in mine["source"]})) or "—"
            found.append((str(row["name"]), _text(row.get("priority")), _text(row.get("year")), codes, state))
    return found
