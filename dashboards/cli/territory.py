"""`territory`: resolve a name or a code, and give the sheet and the profile."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dashboards import words
from dashboards.cli.account_text import account_json, account_lines
from dashboards.cli.session import SESSION, print_json
from dashboards.cli.territory_text import sheet_lines
from dashboards.territory_sheet import Crossing, TerritorySheet, reference_sheet, store_sheet
from geodata.names import NameMatch, resolve
from graphmodel import ContractGraph, UsageError
from graphmodel.account import TerritoryAccount, territory_account
from graphmodel.frames import known
from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.territories import ground
from graphmodel.keys import NOT_DECLARED, territory_key
from graphmodel.profile import TerritoryProfile, territory_profile
from graphmodel.surroundings import Neighbour, Succession

_OFFICIAL = ("region", "departement", "epci", "commune")


@dataclass(frozen=True, slots=True)
class Found:
    """A territory that answers to what was typed.

    Attributes
    ----------
    identity
        `code`, `name`, `level`, `vintage`, `population`, `area_km2`, `perimeter` of the JSON.
    key
        Its key in the graph, whether the graph has it or not.
    note
        What the text names, when it is something else than the territory of today.
    match
        How the reference resolved it; None for a territory that stands only in the store.
    """

    identity: dict[str, Any]
    key: str
    note: str | None
    match: NameMatch | None


def show_territory(query: str, *, as_json: bool) -> None:
    """Print what a name or a code stands for, and what the contract did there.

    Raises
    ------
    UsageError
        The name is unknown (the nearest ones are suggested) or fits several territories (all are listed).
    StoreUnavailableError
        The store that was named cannot be opened.
    """
    graph = _graph()
    found = _find(graph, query)
    there = graph is not None and found.key in graph.nodes("Territory").index
    base = reference_sheet(found.match.territory, query) if found.match else TerritorySheet()
    sheet = store_sheet(graph, found.key, base, query) if graph is not None and there else base
    profile = territory_profile(graph, found.key) if graph is not None and there else None
    account = _account(graph, found.key) if graph is not None and there else None
    missing = None if there else _missing(graph is not None)
    if as_json:
        if missing:
            SESSION.say(missing)
        content = found.identity | _sheet_json(sheet) | _profile_json(profile)
        content["profile"] = account and account_json(account)
        print_json("territory", content | {"note": found.note})
        return
    lines = [*_head(found), *sheet_lines(found.identity, sheet, in_store=there)]
    lines.extend(_profile_lines(profile) if profile else [missing or ""])
    lines[-1:-1] = account_lines(account) if account else []
    print("\n".join(lines))


def _account(graph: ContractGraph, key: str) -> TerritoryAccount | None:
    """Return what the contract did there, counted; None where the store holds no contract's places."""
    context = EvaluationContext(graph)
    return territory_account(context, key) if ground.has_places(context) else None


def _graph() -> ContractGraph | None:
    """Return the snapshot of the store; None when nobody named one and there is none by default.

    The reference then answers alone.
    """
    if SESSION.at is None and SESSION.no_store() is not None:
        return None
    with SESSION.open() as store:
        return store.snapshot(SESSION.selection())


def _missing(opened: bool) -> str:
    """Return what to say of a territory of which the store holds nothing."""
    alone = "La fiche ci-dessus ne vient que de la référence."
    if not opened:
        return f"{SESSION.no_store()} {alone}"
    return (
        f"La base {SESSION.store_url()} ne dit rien de ce territoire. {alone} Pour y charger des données : "
        "maillage load FICHIER --store BASE."
    )


def _find(graph: ContractGraph | None, query: str) -> Found:
    """Return the territory asked for: one that stands only in the store, else one of the reference."""
    own = _own(graph, query) if graph is not None else None
    return own or _resolved(resolve(query))


def _own(graph: ContractGraph, query: str) -> Found | None:
    """Return a territory of the store that the reference does not know (QPV, perimeter, data set)."""
    territories = graph.nodes("Territory")
    official = territories["level"].isin(_OFFICIAL) & territories.index.str.contains("@")
    rows = territories[~official]
    rows = rows[(rows["code"] == query) | (rows["name"].str.casefold() == query.casefold())]
    if len(rows) > 1:
        names = "\n".join(f"- {row['name']} ({row['code']})" for _, row in rows.iterrows())
        raise UsageError(f"Plusieurs territoires répondent à « {query} » : précisez par le code.\n{names}")
    if rows.empty:
        return None
    row = rows.iloc[0]
    names_of = ("code", "name", "level", "vintage", "population", "area_km2")
    said = {name: known(row[name]) for name in names_of}
    return Found(said | {"perimeter": known(row["perimeter"]) or "unknown"}, str(rows.index[0]), None, None)


def _resolved(match: NameMatch) -> Found:
    territory = match.territory
    identity = {
        "code": territory.code,
        "name": territory.name,
        "level": territory.level,
        "vintage": territory.vintage,
        "population": territory.population,
        "area_km2": None if territory.area_km2 is None else round(territory.area_km2, 3),
        "perimeter": "known" if territory.perimeter_known else "unknown",
    }
    key = territory_key(territory.level, territory.code, territory.vintage)
    return Found(identity, key, match.note, match)


def _sheet_json(sheet: TerritorySheet) -> dict[str, Any]:
    """Return the sheet as the JSON says it; `contains` has the names of the contract of the command line."""
    return {
        "contains": [_neighbour(one) for one in sheet.contains],
        "within": [_neighbour(one) | {"name": one.name, "vintage": one.vintage} for one in sheet.within],
        "crosses": None if sheet.crosses is None else [_crossing(one) for one in sheet.crosses],
        "unknown_perimeters": list(sheet.unknown_perimeters),
        "composition_vintage": sheet.composition_vintage or None,
        "classed": [
            asdict(one) | {"in_force_from": _day(one.in_force_from), "in_force_to": _day(one.in_force_to)}
            for one in sheet.classed
        ],
        "compositions": [asdict(one) for one in sheet.compositions],
        "former": [_succession(one) for one in sheet.former],
        "became": [_succession(one) for one in sheet.became],
        "authorities": [{"name": name, "territory": place} for name, place in sheet.authorities],
        "ptce": [{"name": name, "seat": seat, "members": n} for name, seat, n in sheet.ptce],
    }


def _neighbour(one: Neighbour) -> dict[str, Any]:
    return {"code": one.code, "level": one.level, "population_share": one.population_share,
            "area_share": one.area_share}  # fmt: skip


def _crossing(one: Crossing) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "level": one.level, "population": one.population,
        "area_km2": one.area_km2, "population_share": one.share, "area_share": one.area_share,
        "other_population_share": one.other_share, "other_area_share": one.other_area_share,
    }  # fmt: skip


def _succession(one: Succession) -> dict[str, Any]:
    return asdict(one) | {"date": _day(one.date)}


def _day(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _profile_json(profile: TerritoryProfile | None) -> dict[str, Any]:
    names = TerritoryProfile.__dataclass_fields__
    return dict.fromkeys(names) if profile is None else asdict(profile)


def _head(found: Found) -> list[str]:
    """Return the lines that say what the territory is."""
    said = found.identity
    level = words.LEVELS.get(said["level"], (said["level"],))[0]
    vintage = said["vintage"] or NOT_DECLARED
    lines = [f"{said['name']} ({level} {said['code']}, millésime {vintage})"]
    if found.note:
        lines.append(found.note)
    people, area = said["population"], said["area_km2"]
    known_people = "population inconnue" if people is None else words.counted(people, "habitant")
    known_area = "superficie inconnue" if area is None else f"{words.number(area, 1)} km²"
    return [*lines, f"{known_people}, {known_area}"]


def _profile_lines(profile: TerritoryProfile) -> Sequence[str]:
    actions = words.counted(len(profile.actions), "action")
    operators = words.counted(profile.operators, "opérateur")
    wide = words.counted(profile.region_wide, "action régionale", "actions régionales")
    lines = [f"{actions}, {operators} dont {profile.local_seats} à siège local ; {wide} à part"]
    for action in profile.actions:
        years = ", ".join(map(str, action.years)) or "toutes les années"
        wider = "" if action.where == "inside" else " ; lieu plus large"
        lines.append(f"- {action.code} {action.name} ({years}{wider})")
    if profile.fictional:
        lines.append("Données fictives.")
    return lines
