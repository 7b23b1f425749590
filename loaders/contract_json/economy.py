"""`soutiens`, `chiffre_affaires`, `filieres`, `audience`: the economy that the contract touches.

A support is `SUPPORTS` from the action to the business, an `Organisation` whose identifier is the SIREN;
every field of the row is a property of it. Turnover is an `Observation` of metric `turnover` `ABOUT` the
business, in cents; audience one of metric `audience` `ABOUT` the medium, an `Instrument`. Members of a sector
are `MEMBER_OF` it in a year; `Sector.years` are the years whose list is known, empty lists included.
"""

from typing import Any

from graphmodel.batch import Ref
from loaders.contract_json.draft import Draft, place
from loaders.contract_json.form import Members, SupportRow
from loaders.contract_json.funding import amount
from loaders.contract_json.tables import Record, Tables, by_year, without_unknown
from loaders.contract_json.values import plain_number

TURNOVER = "turnover"
AUDIENCE = "audience"


def add_economy(draft: Draft) -> None:
    """Add supports, turnovers, sectors and audiences."""
    for rank, row in enumerate(draft.form.supports):
        business = draft.organisation(row.siren, "soutiens", rank, "siren")
        values = {**_support_values(row), "position": rank + 1}
        here = place("soutiens", rank)
        draft.builder.relationship("SUPPORTS", draft.action(row.action), business, values, place=here)
    for siren, years in draft.form.turnovers.items():
        business = draft.organisation(siren, "chiffre_affaires", siren)
        for year, cents in years.items():
            steps = ("chiffre_affaires", siren, str(year))
            draft.observe(TURNOVER, year, business, siren, {"amount": cents}, *steps)
    add_members(draft, "Sector", "filieres", draft.form.sectors)
    _add_audiences(draft)


def _support_values(row: SupportRow) -> dict[str, object]:
    return {
        "year": row.year,
        "date": row.date,
        "outcome": row.outcome,
        "jobs": row.jobs,
        "report_date": row.report_date,
        "commune": row.commune,
        "qpv": row.qpv,
        "sector": row.sector,
    }


def add_members(draft: Draft, label: str, key: str, groups: Members) -> None:
    """Add sectors or PTCE, and their members year by year."""
    for name, years in groups.items():
        made = draft.builder.node(label, name, {"years": sorted(years)}, place=place(key, name))
        draft.builder.relationship("PART_OF", made, draft.contract)
        for year, members in years.items():
            draft.members("MEMBER_OF", members, made, {"year": year}, key, name, str(year))


def _add_audiences(draft: Draft) -> None:
    media: dict[str, Ref] = {}
    for name in dict.fromkeys(name for year in draft.form.audiences.values() for name in year):
        media[name] = draft.builder.node("Instrument", name)
        draft.builder.relationship("PART_OF", media[name], draft.contract)
    for year, counts in draft.form.audiences.items():
        for name, count in counts.items():
            value = None if count is None else float(count)
            steps = ("audience", str(year), name)
            draft.observe(AUDIENCE, year, media[name], name, {"value": value}, *steps)


def export_economy(tables: Tables) -> Record:
    """Return `soutiens`, `chiffre_affaires`, `filieres` and `audience`."""
    found = {
        "soutiens": [_support(row) for row in tables.links("SUPPORTS")],
        "chiffre_affaires": _turnovers(tables),
        "filieres": export_members(tables, "Sector"),
        "audience": _audiences(tables),
    }
    return {key: value for key, value in found.items() if value}


def _support(row: Record) -> Record:
    day, report = row.get("date"), row.get("report_date")
    return without_unknown(
        {
            "action": row["source_id"],
            "siren": row["target_id"],
            "annee": str(row["year"]) if "year" in row else None,
            "date": day.isoformat() if day else None,
            "issue": row.get("outcome"),
            "etp": plain_number(row["jobs"]) if "jobs" in row else None,
            "bilan_date": report.isoformat() if report else None,
            "commune": row.get("commune"),
            "qpv": row.get("qpv"),
            "filiere": row.get("sector"),
        }
    )


def _turnovers(tables: Tables) -> Record:
    businesses = tables.targets("ABOUT", "Observation", "Organisation")
    found: dict[str, dict[str, Any]] = {}
    for row in tables.nodes("Observation"):
        if row["metric"] == TURNOVER and row["key"] in businesses:
            found.setdefault(businesses[row["key"]], {})[str(row["year"])] = amount(row)
    return found


def export_members(tables: Tables, label: str) -> Record:
    """Return the members of sectors or PTCE by year; a known year without members is an empty list."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in tables.nodes(label):
        if "years" in row:
            found[row["id"]] = {str(year): [] for year in row["years"]}
    for row in tables.links("MEMBER_OF", "Organisation", label):
        if "year" in row:
            years = found.setdefault(row["target_id"], {})
            years.setdefault(str(row["year"]), []).append(row["source_id"])
    return found


def _audiences(tables: Tables) -> Record:
    media = tables.targets("ABOUT", "Observation", "Instrument")
    found: Record = {}
    for row in tables.nodes("Observation"):
        if row["metric"] == AUDIENCE and row["key"] in media:
            value = plain_number(row["value"]) if "value" in row else None
            by_year(found, row["year"], media[row["key"]], value)
    return found
