"""Territories of a graph as the keys of a file; inverse of `loaders.contract_json.territories`."""

from typing import Any

from loaders.contract_json.references import REGION
from loaders.contract_json.tables import Record, Tables, without_unknown

Links = dict[str, str]
"""Identifier of the container by key of the contained."""


def export_territories(tables: Tables) -> Record:
    """Return every key of the file that says the territory."""
    levels = {row["key"]: row["level"] for row in tables.nodes("Territory")}
    nested = [
        {**row, "outer": levels[row["source"]], "inner": levels[row["target"]]}
        for row in tables.links("CONTAINS")
    ]
    found = {
        "communes": _communes(tables, nested),
        "qpv": _quarters(tables, nested),
        "syndicat_mixte": _perimeters(nested, "syndicat_mixte"),
        "collectivites": _authorities(tables, nested),
        "contiguite": [[row["source_id"], row["target_id"]] for row in tables.links("ADJACENT_TO")],
        "passage": [_passage(row) for row in tables.links("SUCCEEDED_BY")],
        "epci_courant": {
            row["target_id"]: row["source_id"]
            for row in nested
            if (row["composition"], row["outer"], row["inner"]) == ("current", "epci", "commune")
        },
    }
    return {key: value for key, value in found.items() if value}


def _communes(tables: Tables, nested: list[Record]) -> Record:
    departements = _containers(nested, "departement", "frozen") or _containers(
        nested, "departement", "current"
    )
    groups = _containers(nested, "epci", "frozen")
    units = _containers(nested, "urban_unit", "declared")
    zrr = _zrr(tables)
    return {
        row["id"]: without_unknown(
            {
                "pop": row.get("population"),
                "dep": departements.get(row["key"]),
                "epci": groups.get(row["key"]),
                "zrr": zrr.get(row["key"]),
                "uu": units.get(row["key"]),
            }
        )
        for row in _listed(tables, "commune")
    }


def _listed(tables: Tables, level: str) -> list[Record]:
    """Return the territories of a level that the file lists; all of them when none has a rank."""
    rows = [row for row in tables.nodes("Territory") if row["level"] == level]
    return [row for row in rows if "position" in row] or (rows if tables.stated is None else [])


def _containers(nested: list[Record], level: str, composition: str) -> Links:
    return {
        row["target"]: row["source_id"]
        for row in nested
        if (row["outer"], row["inner"], row["composition"]) == (level, "commune", composition)
    }


def _zrr(tables: Tables) -> dict[str, bool]:
    """Return what is known of communes in ZRR; partly classed ones are neither in nor out."""
    zonings = {row["key"] for row in tables.nodes("Zoning") if row["scheme"] == "ZRR"}
    known = {"classed": True, "not_classed": False}
    return {
        row["source"]: known[row["status"]]
        for row in tables.links("CLASSED_IN")
        if row["target"] in zonings and row["status"] in known
    }


def _quarters(tables: Tables, nested: list[Record]) -> Record:
    communes = {
        row["target"]: row["source_id"]
        for row in nested
        if (row["outer"], row["inner"]) == ("commune", "qpv")
    }
    return {
        row["id"]: without_unknown({"pop": row.get("population"), "commune": communes.get(row["key"])})
        for row in _listed(tables, "qpv")
    }


def _perimeters(nested: list[Record], level: str) -> dict[str, list[str]]:
    names = {row["source"]: row["source_id"] for row in nested if row["outer"] == level}
    found = _perimeters_of(nested, "declared")
    return {name: found[key] for key, name in names.items() if key in found}


def _perimeters_of(nested: list[Record], composition: str) -> dict[str, list[str]]:
    """Return the communes that each territory contains, by key."""
    found: dict[str, list[str]] = {}
    for row in nested:
        if row["inner"] == "commune" and row["composition"] == composition:
            found.setdefault(row["source"], []).append(row["target_id"])
    return found


def _authorities(tables: Tables, nested: list[Record]) -> Record:
    organisations: Links = {}
    keys: dict[str, str] = {}
    for row in tables.links("ADMINISTERS", "Organisation", "Territory"):
        if row["target_id"] == REGION:
            continue
        keys[row["target"]] = row["target_id"]
        if row["source"] in tables.operators:
            organisations[row["target"]] = row["source_id"]
    perimeters = _perimeters_of(nested, "declared")
    if tables.stated is None:
        # Elsewhere an authority's perimeter is that of the official territory it administers.
        known = {**_perimeters_of(nested, "current"), **_perimeters_of(nested, "frozen"), **perimeters}
        communes = {row["key"]: [row["id"]] for row in tables.nodes("Territory") if row["level"] == "commune"}
        perimeters = {**known, **communes}
    return {
        name: without_unknown({"communes": perimeters.get(key), "organisation": organisations.get(key)})
        for key, name in keys.items()
    }


def _passage(row: Record) -> dict[str, Any]:
    day = row.get("date")
    return without_unknown(
        {
            "de": row["source_id"],
            "vers": row["target_id"],
            "date": day.isoformat() if day else None,
            "part_pop": row.get("population_share"),
        }
    )
