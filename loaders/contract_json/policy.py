"""`besoins`, `reponses`, `politiques`, `delegations`: what authorities need, decide and delegate.

A territory `EXPRESSES` a `Need`; an action `ANSWERS` it with a status at a date, one relationship for each
row of the history. A cell of `politiques` is a `PolicyAct` that the territory `ADOPTS`, present or searched
for in vain. A delegation is a `Mandate` of source `dataset` by which the territory is `REPRESENTED_BY`.
"""

from typing import Any

from loaders.contract_json.draft import Draft, place
from loaders.contract_json.tables import Record, Tables, without_unknown
from loaders.contract_json.values import word_of

SOURCE = "dataset"


def add_policy(draft: Draft) -> None:
    """Add needs and their answers, policy acts and delegations."""
    for name, need in draft.form.needs.items():
        here = place("besoins", name)
        made = draft.builder.node("Need", name, {"priority": need.priority, "date": need.date}, place=here)
        draft.builder.relationship("EXPRESSES", draft.territories[need.authority], made)
    for rank, row in enumerate(draft.form.answers):
        need_ref = ("Need", f"{draft.contract_id}/need/{row.need}")
        values = {"status": row.status, "date": row.date, "position": rank + 1}
        here = place("reponses", rank)
        draft.builder.relationship("ANSWERS", draft.action(row.action), need_ref, values, place=here)
    _add_acts(draft)
    for name, delegation in draft.form.delegations.items():
        said = {
            "source": SOURCE,
            "ess": delegation.ess,
            "domains": delegation.domains if "domains" in delegation.model_fields_set else None,
        }
        mandate = draft.builder.node("Mandate", f"delegation-{name}", said, place=place("delegations", name))
        draft.builder.relationship("REPRESENTED_BY", draft.territories[name], mandate)


def _add_acts(draft: Draft) -> None:
    for name, years in draft.form.policies.items():
        for year, criteria in years.items():
            for criterion, present in criteria.items():
                values = {"criterion": criterion, "year": year, "present": present}
                here = place("politiques", name, str(year), criterion)
                act = draft.builder.node("PolicyAct", f"{name}-{year}-{criterion}", values, place=here)
                draft.builder.relationship("ADOPTS", draft.territories[name], act)


def export_policy(tables: Tables) -> Record:
    """Return `besoins`, `reponses`, `politiques` and `delegations`."""
    found = {
        "besoins": _needs(tables),
        "reponses": [_answer(row) for row in tables.links("ANSWERS")],
        "politiques": _acts(tables),
        "delegations": _delegations(tables),
    }
    return {key: value for key, value in found.items() if value}


def _needs(tables: Tables) -> Record:
    authorities = tables.sources("EXPRESSES", "Territory", "Need")
    found = {}
    for row in tables.nodes("Need"):
        day = row.get("date")
        if row["key"] in authorities:
            found[row["id"]] = without_unknown(
                {
                    "collectivite": authorities[row["key"]],
                    "priorite": row.get("priority"),
                    "date": day.isoformat() if day else None,
                }
            )
    return found


def _answer(row: Record) -> Record:
    day = row.get("date")
    return without_unknown(
        {
            "action": row["source_id"],
            "besoin": row["target_id"],
            "statut": word_of("answer_status", row["status"]),
            "date": day.isoformat() if day else None,
        }
    )


def _acts(tables: Tables) -> Record:
    territories = tables.sources("ADOPTS", "Territory", "PolicyAct")
    found: dict[str, Any] = {}
    for row in tables.nodes("PolicyAct"):
        if row["key"] in territories and "criterion" in row and "year" in row:
            years = found.setdefault(territories[row["key"]], {})
            years.setdefault(str(row["year"]), {})[row["criterion"]] = row.get("present")
    return found


def _delegations(tables: Tables) -> Record:
    territories = tables.sources("REPRESENTED_BY", "Territory", "Mandate")
    return {
        territories[row["key"]]: without_unknown({"ess": row.get("ess"), "domaines": row.get("domains")})
        for row in tables.nodes("Mandate")
        if row.get("source") == SOURCE and row["key"] in territories
    }
