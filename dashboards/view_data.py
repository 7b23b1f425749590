"""What the pages show, taken from a snapshot of the contract graph: no page, no map, no formula here.

Every function is pure: a `ContractGraph` in, plain frozen values out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from dashboards import words
from geodata.territories import load_reference
from geodata.territory import OFFICIAL_LEVELS
from graphmodel import ContractGraph, UsageError
from graphmodel.frames import known, records_of

OPERATOR_ROLES = ("pilot", "partner")
"""Roles that make an organisation an operator of an action."""


@dataclass(frozen=True, slots=True)
class Participation:
    """An organisation that operates an action in a year: `pilot` carries it, else it is a partner."""

    organisation: str
    action: str
    pilot: bool


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place of an action: level of the territory, and its name."""

    level: str
    name: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One line of the table of actions.

    Attributes
    ----------
    key, code, name
        Key, code of the annex, short title where there is one, else the full one.
    full_name
        Full title.
    axis
        Identifier of its axis, empty when not known.
    pilots, actors
        Names of the organisations that carry it; number of operators.
    places
        Its territories, by level and name; none when no place is said.
    region_wide
        True when the action covers the whole region.
    """

    key: str
    code: str
    name: str
    full_name: str
    axis: str
    pilots: tuple[str, ...]
    actors: int
    places: tuple[Where, ...]
    region_wide: bool


@dataclass(frozen=True, slots=True)
class Reports:
    """Annual reports of a year: how many are due and how many came in."""

    due: int
    received: int

    @property
    def sentence(self) -> str:
        """The coverage in words: « bilans : 46 sur 50 » (received, due)."""
        if not self.due:
            return "aucun bilan attendu"
        return f"bilans{words.NBSP}: {self.received} sur {self.due}"


def years_of(graph: ContractGraph) -> tuple[int, ...]:
    """Return the years of the contract, else those of its reports, in order."""
    contract = graph.contract
    declared = contract.get("years")
    if isinstance(declared, list | tuple) and declared:
        return tuple(sorted(int(year) for year in declared))
    start, end = contract.get("start_year"), contract.get("end_year")
    if isinstance(start, int) and isinstance(end, int):
        return tuple(range(start, end + 1))
    found = {int(y) for y in graph.relationships("TAKES_PART_IN")["year"].dropna()}
    return tuple(sorted(found))


def latest_year(graph: ContractGraph) -> int | None:
    """Return the last year that has participations, else the last declared one; None without any."""
    found = reported_years(graph)
    declared = years_of(graph)
    inside = [year for year in declared if year in found]
    return inside[-1] if inside else declared[-1] if declared else None


def reported_years(graph: ContractGraph) -> tuple[int, ...]:
    """Return the years of which something is known: a report received, a participation, or a dated place."""
    reports = graph.nodes("Report")
    sources = (
        reports.loc[reports["received_on"].notna(), "year"],
        _reported(graph)["year"],
        graph.relationships("TAKES_PLACE_IN")["year"],
    )
    return tuple(sorted({int(year) for column in sources for year in column.dropna()}))


def nothing_known(graph: ContractGraph, year: int) -> tuple[str, str]:
    """Return what to say of a year without any report: the fact, and what can be done."""
    others = [str(other) for other in reported_years(graph)]
    remedy = "La carte et le réseau apparaîtront quand un premier bilan aura été chargé."
    if len(others) > 1:
        remedy += f" Les années {words.listed(others)} sont disponibles."
    elif others:
        remedy += f" L’année {others[0]} est disponible."
    return f"Aucun bilan reçu pour {year}", words.typeset(remedy)


def codes_in_order(codes: Iterable[str]) -> list[str]:
    """Return codes such as I.1.2 and III.1.1.1 in the order of the annex."""
    return sorted(codes, key=_rank_of)


def _rank_of(code: str) -> tuple[tuple[int, int, str], ...]:
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
    parts = code.replace("_", ".").split(".")
    ranked = []
    for part in parts:
        number = int(part) if part.isdigit() else roman.get(part)
        ranked.append((0, number, "") if number is not None else (1, 0, part))
    return tuple(ranked)


def action_code(identifier: str) -> str:
    """Return the code of the annex as it is printed: `II_1.1` is « II.1.1 », `ANIMATION` is « Animation »."""
    return identifier.replace("_", ".") if any(c.isdigit() for c in identifier) else identifier.capitalize()


def _reported(graph: ContractGraph) -> pd.DataFrame:
    parts = graph.relationships("TAKES_PART_IN")
    return parts[parts["role"].isin(OPERATOR_ROLES) & (parts["basis"] == "report")]


def participations(graph: ContractGraph, year: int | None) -> tuple[Participation, ...]:
    """Return who operates what, as the reports of a year say; None for the union of all years.

    An organisation that is both pilot and partner of an action counts once, as pilot.
    """
    parts = _reported(graph)
    if year is not None:
        parts = parts[parts["year"] == year]
    pilots: dict[tuple[str, str], bool] = {}
    for source, target, role in zip(parts["source"], parts["target"], parts["role"], strict=True):
        pair = (str(source), str(target))
        pilots[pair] = pilots.get(pair, False) or role == "pilot"
    return tuple(Participation(*pair, pilot=pilots[pair]) for pair in sorted(pilots))


def reports_of(graph: ContractGraph, year: int) -> Reports:
    """Return how many reports of a year are due and received."""
    reports = graph.nodes("Report")
    reports = reports[reports["year"] == year]
    return Reports(len(reports), int(reports["received_on"].notna().sum()))


def names_of(graph: ContractGraph, label: str) -> dict[str, str]:
    """Return the names of the nodes of a label by key; the acronym stands for a long organisation name."""
    return {str(key): str(name) for key, name in graph.nodes(label)["name"].items()}


def territory_names(graph: ContractGraph) -> dict[str, str]:
    """Return the names of the territories by key; the reference names those the graph only knows by code."""
    frame = graph.nodes("Territory")
    reference = load_reference()
    found = {}
    for key, name, code, level in zip(frame.index, frame["name"], frame["code"], frame["level"], strict=True):
        found[str(key)] = str(name)
        if name == code and level in OFFICIAL_LEVELS:
            with suppress(UsageError):
                found[str(key)] = reference.get(str(code), level).name
    return found


def short_actor_names(graph: ContractGraph, longest: int = 26) -> dict[str, str]:
    """Return names for a drawing: the acronym where the name is longer than `longest` letters."""
    frame = graph.nodes("Organisation")
    found = {}
    for key, name, acronym in zip(frame.index, frame["name"], frame["acronym"], strict=True):
        short = known(acronym)
        found[str(key)] = str(short) if short and len(str(name)) > longest else str(name)
    return found


def action_rows(graph: ContractGraph, year: int) -> tuple[ActionRow, ...]:
    """Return the actions with who carries them and where they take place in a year, in the annex's order."""
    organisations = short_actor_names(graph)
    operators: defaultdict[str, list[Participation]] = defaultdict(list)
    for participation in participations(graph, year):
        operators[participation.action].append(participation)
    axes, places = _axes(graph), _places(graph, year)
    rows = []
    for record in records_of(graph.nodes("Action")):
        key, code = str(record["key"]), action_code(str(record["id"]))
        taking_part = operators[key]
        name = str(record["name"])
        rows.append(
            ActionRow(
                key=key,
                code=code,
                name=str(record.get("short_name", name)),
                full_name=name,
                axis=axes.get(key, ""),
                pilots=tuple(sorted(organisations[p.organisation] for p in taking_part if p.pilot)),
                actors=len(taking_part),
                places=places.get(key, ()),
                region_wide=bool(record.get("region_wide", False)),
            )
        )
    return tuple(sorted(rows, key=lambda row: _rank_of(row.code)))


def _axes(graph: ContractGraph) -> dict[str, str]:
    """Identifier of the axis of each action, found by climbing the objectives."""
    part_of = graph.relationships("PART_OF")
    part_of = part_of[part_of["target_label"].isin(["Axis", "Objective"])]
    above = dict(zip(part_of["source"], part_of["target"], strict=True))
    axes = graph.nodes("Axis")["id"].to_dict()
    found = {}
    for action in graph.nodes("Action").index:
        key, seen = action, set()
        while key in above and key not in axes and key not in seen:
            seen.add(key)
            key = above[key]
        if key in axes:
            found[str(action)] = str(axes[key])
    return found


def places_in(graph: ContractGraph, year: int) -> pd.DataFrame:
    """Return the places of the actions in a year: those of that year, and those that hold for every year."""
    places = graph.relationships("TAKES_PLACE_IN")
    return places[places["year"].isna() | (places["year"] == year)]


def _places(graph: ContractGraph, year: int) -> dict[str, tuple[Where, ...]]:
    names, levels = territory_names(graph), graph.nodes("Territory")["level"]
    found: defaultdict[str, set[Where]] = defaultdict(set)
    places = places_in(graph, year)
    for action, territory in zip(places["source"], places["target"], strict=True):
        found[action].add(Where(str(levels[territory]), names[territory]))
    return {action: tuple(sorted(every)) for action, every in found.items()}


def source_parts(graph: ContractGraph, year: int | None = None) -> tuple[str, ...]:
    """Return the parts of the source line of a page: source, reports, zonings, contract, version."""
    contract = graph.contract
    origin = "Source : convention citée ligne à ligne"
    if len(graph.nodes("Report")):
        origin += " ; bilans annuels de démonstration (fictifs)" if graph.fictional else " ; bilans annuels"
    parts = [words.typeset(origin)]
    if year is not None:
        parts.append(f"{year}{words.NBSP}: {reports_of(graph, year).sentence}")
    parts.extend(zoning_words(graph))
    parts.append(str(contract.get("id", "")))
    parts.append(words.typeset(f"Base : version {graph.version.number}"))
    return tuple(part for part in parts if part)


def zoning_words(graph: ContractGraph) -> tuple[str, ...]:
    """Return the lists of zonings in use: « ZRR (liste fictive) : 2014 »."""
    frame = graph.nodes("Zoning")
    return tuple(
        sorted(
            words.typeset(f"{name} ({known(vintage) or words.UNDECLARED_VINTAGE})")
            if str(vintage) not in str(name)
            else str(name)
            for name, vintage in zip(frame["name"], frame["vintage"], strict=True)
        )
    )


def worlds_of(graph: ContractGraph) -> Counter[str | None]:
    """Return the number of organisations by world; None is not known."""
    return Counter(known(world) for world in graph.nodes("Organisation")["world"])  # type: ignore[misc]
