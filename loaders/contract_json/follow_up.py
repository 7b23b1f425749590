"""`bilans` and `mesures`: what was expected of operators, and what came.

A row of `bilans` is a `Report` `ABOUT` the action, `SUBMITTED_BY` the operator; it was received when it has a
date of reception. A row of `mesures` is a `Measure` `ABOUT` the action.
"""

from datetime import date

from loaders.contract_json.draft import Draft, place
from loaders.contract_json.tables import Record, Tables, without_unknown
from loaders.contract_json.values import word_of


def add_follow_up(draft: Draft) -> None:
    """Add expected reports and measures."""
    for rank, report in enumerate(draft.form.reports):
        here = place("bilans", rank)
        values: dict[str, object] = {
            "year": report.year,
            "due_on": report.due_on,
            "received_on": report.received_on,
            "position": rank + 1,
        }
        identifier = draft.natural_id("Report", report.operator, report.action, report.year)
        made = draft.builder.node("Report", identifier, values, place=here)
        draft.builder.relationship("ABOUT", made, draft.action(report.action))
        operator = draft.organisation(report.operator, "bilans", rank, "operateur")
        draft.builder.relationship("SUBMITTED_BY", made, operator)
    for rank, measure in enumerate(draft.form.measures):
        values = {
            "metric": measure.metric,
            "year": measure.year,
            "status": measure.status,
            "sources_declared": measure.sources,
            "position": rank + 1,
        }
        identifier = draft.natural_id("Measure", measure.metric, measure.action, measure.year)
        made = draft.builder.node("Measure", identifier, values, place=place("mesures", rank))
        draft.builder.relationship("ABOUT", made, draft.action(measure.action))


def export_follow_up(tables: Tables) -> Record:
    """Return `bilans` and `mesures`."""
    found = {"bilans": _reports(tables), "mesures": _measures(tables)}
    return {key: value for key, value in found.items() if value}


def _reports(tables: Tables) -> list[Record]:
    operators = tables.targets("SUBMITTED_BY", "Report", "Organisation")
    actions = tables.targets("ABOUT", "Report", "Action")
    return [
        without_unknown(
            {
                "operateur": operators[row["key"]],
                "action": actions[row["key"]],
                "annee": str(row["year"]),
                "attendu_le": _iso(row.get("due_on")),
                "recu_le": _iso(row.get("received_on")),
            }
        )
        for row in tables.nodes("Report")
        if row["key"] in operators and row["key"] in actions and "year" in row
    ]


def _measures(tables: Tables) -> list[Record]:
    actions = tables.targets("ABOUT", "Measure", "Action")
    return [
        without_unknown(
            {
                "cle": row["metric"],
                "action": actions[row["key"]],
                "annee": str(row["year"]),
                "statut": word_of("measure_status", row.get("status")),
                "nb_sources": row.get("sources_declared"),
            }
        )
        for row in tables.nodes("Measure")
        if row["key"] in actions and "metric" in row and "year" in row
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
