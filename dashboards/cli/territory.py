"""`territory`: resolve a name or a code, and give the profile."""

from dataclasses import asdict
from typing import Any

from dashboards import words
from dashboards.cli.session import SESSION, print_json
from geodata.names import NameMatch, resolve
from geodata.territories import load_reference
from graphmodel import ContractGraph, StoreUnavailableError, UsageError
from graphmodel.frames import known
from graphmodel.keys import territory_key
from graphmodel.profile import TerritoryProfile, territory_profile


def show_territory(query: str, *, as_json: bool) -> None:
    """Print what a name or a code stands for, and what the contract did there.

    Raises
    ------
    UsageError
        The name is unknown (the nearest ones are suggested) or fits several territories (all are listed).
    """
    graph = _graph()
    content, note = _find(graph, query)
    profile = _profile(graph, content.pop("key"))
    if as_json:
        print_json("territory", content | _profile_json(profile) | {"note": note})
    else:
        _print(content, profile, note)


def _graph() -> ContractGraph | None:
    """Return the snapshot of the store; None without a store: the reference still answers."""
    try:
        with SESSION.open() as store:
            return store.snapshot(SESSION.selection())
    except StoreUnavailableError:
        if SESSION.store is not None:
            raise
        return None


def _find(graph: ContractGraph | None, query: str) -> tuple[dict[str, Any], str | None]:
    """Return the territory asked for: one that stands only in the store, else one of the reference."""
    own = _own(graph, query) if graph is not None else None
    if own is not None:
        return own, None
    match = resolve(query)
    return _described(match), match.note


def _own(graph: ContractGraph, query: str) -> dict[str, Any] | None:
    """Return a territory of the store that the reference does not know (QPV, perimeter, data set)."""
    territories = graph.nodes("Territory")
    official = territories["level"].isin(
        ["region", "departement", "epci", "commune"]
    ) & territories.index.str.contains("@")
    rows = territories[~official]
    rows = rows[(rows["code"] == query) | (rows["name"].str.casefold() == query.casefold())]
    if len(rows) > 1:
        names = "\n".join(f"- {row['name']} ({row['code']})" for _, row in rows.iterrows())
        raise UsageError(f"Plusieurs territoires répondent à « {query} » : précisez par le code.\n{names}")
    if rows.empty:
        return None
    key, row = str(rows.index[0]), rows.iloc[0]
    said = {name: known(row[name]) for name in ("code", "name", "level", "vintage", "population", "area_km2")}
    return said | {
        "perimeter": known(row["perimeter"]) or "unknown",
        "contains": _contents(graph, key),
        "key": key,
    }


def _contents(graph: ContractGraph, key: str) -> list[dict[str, Any]]:
    territories = graph.nodes("Territory")
    found = []
    for _, row in graph.targets("CONTAINS", key).iterrows():
        part = territories.loc[row["target"]]
        shares = {name: known(row[name]) for name in ("population_share", "area_share")}
        found.append({"code": part["code"], "level": part["level"]} | shares)
    return found


def _described(match: NameMatch) -> dict[str, Any]:
    territory = match.territory
    codes = load_reference().contains(territory.code, territory.level) if territory.level != "commune" else []
    return {
        "code": territory.code,
        "name": territory.name,
        "level": territory.level,
        "vintage": territory.vintage,
        "population": territory.population,
        "area_km2": None if territory.area_km2 is None else round(territory.area_km2, 3),
        "perimeter": "known" if territory.perimeter_known else "unknown",
        "contains": [
            {"code": c, "level": "commune", "population_share": 1.0, "area_share": 1.0} for c in codes
        ],
        "key": territory_key(territory.level, territory.code, territory.vintage),
    }


def _profile(graph: ContractGraph | None, key: str) -> TerritoryProfile | None:
    if graph is None or key not in graph.nodes("Territory").index:
        return None
    return territory_profile(graph, key)


def _profile_json(profile: TerritoryProfile | None) -> dict[str, Any]:
    names = TerritoryProfile.__dataclass_fields__
    return dict.fromkeys(names) if profile is None else asdict(profile)


def _print(content: dict[str, Any], profile: TerritoryProfile | None, note: str | None) -> None:
    level = words.LEVELS.get(content["level"], (content["level"],))[0]
    print(f"{content['name']} ({level} {content['code']}, millésime {content['vintage'] or 'non déclaré'})")
    if note:
        print(note)
    people, area = content["population"], content["area_km2"]
    known_people = "population inconnue" if people is None else f"{words.number(people)} habitants"
    print(f"{known_people}, " + ("superficie inconnue" if area is None else f"{words.number(area, 1)} km²"))
    if content["perimeter"] == "unknown":
        print("Périmètre inconnu : chargez un fichier de périmètre pour qu’il soit dessiné et compté.")
    elif content["contains"]:
        print(f"{words.counted(len(content['contains']), 'territoire contenu', 'territoires contenus')}")
    if profile is None:
        print("La base ne dit rien de ce territoire.")
        return
    _print_profile(profile)


def _print_profile(profile: TerritoryProfile) -> None:
    actions = words.counted(len(profile.actions), "action")
    operators = words.counted(profile.operators, "opérateur")
    wide = words.counted(profile.region_wide, "action régionale", "actions régionales")
    print(f"{actions}, {operators} dont {profile.local_seats} à siège local ; {wide} à part")
    for action in profile.actions:
        years = ", ".join(map(str, action.years)) or "toutes les années"
        wider = "" if action.where == "inside" else " ; lieu plus large"
        print(f"- {action.code} {action.name} ({years}{wider})")
    if profile.neighbourhoods:
        print(words.counted(profile.neighbourhoods, "quartier prioritaire", "quartiers prioritaires"))
    for name, count in profile.zonings.items():
        print(f"{name} : {words.counted(count, 'commune')}")
    if profile.fictional:
        print("Données fictives.")
