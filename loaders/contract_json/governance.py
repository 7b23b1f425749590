"""`ptce`, `instances`, `reunions`, `colleges`, `contribue`: how the contract is governed and judged.

Members of a PTCE are `MEMBER_OF` it in a year. A body is `PART_OF` the contract, a meeting `PART_OF` its
body; organisations are `INVITED_TO` it, `ATTENDED` or `EXCUSED`. The college of an operator is on its
`SITS_IN` the contract. A rating is `CONTRIBUTES_TO` from the contract to the `ExpectedEffect`, one for each
link of the chain and rater.
"""

from loaders.contract_json.draft import Draft, place
from loaders.contract_json.economy import add_members, export_members
from loaders.contract_json.form import MeetingRow
from loaders.contract_json.tables import Record, Tables, without_unknown

_PRESENCE = (
    ("INVITED_TO", "invited", "convoques"),
    ("ATTENDED", "attended", "presents"),
    ("EXCUSED", "excused", "excuses"),
)
"""Type of relationship, field of the form, key of the file."""


def add_governance(draft: Draft) -> None:
    """Add PTCE, bodies, meetings, colleges and ratings."""
    add_members(draft, "Ptce", "ptce", draft.form.ptces)
    for name, body in draft.form.bodies.items():
        values = {"minimum_per_year": body.minimum_per_year, "kind": body.kind}
        made = draft.builder.node("GovernanceBody", name, values, place=place("instances", name))
        draft.builder.relationship("PART_OF", made, draft.contract)
    for rank, meeting in enumerate(draft.form.meetings):
        _add_meeting(draft, rank, meeting)
    for operator, college in draft.form.colleges.items():
        here = place("colleges", operator)
        member = draft.organisation(operator, "colleges", operator)
        draft.builder.relationship("SITS_IN", member, draft.contract, {"college": college}, place=here)
    _add_ratings(draft)


def _add_meeting(draft: Draft, rank: int, meeting: MeetingRow) -> None:
    values = {"date": meeting.date, "position": rank + 1}
    identifier = draft.natural_id("Meeting", meeting.body, meeting.date.isoformat())
    made = draft.builder.node("Meeting", identifier, values, place=place("reunions", rank))
    body = ("GovernanceBody", f"{draft.contract_id}/governance_body/{meeting.body}")
    draft.builder.relationship("PART_OF", made, body)
    for kind, field, key in _PRESENCE:
        draft.members(kind, getattr(meeting, field), made, {}, "reunions", rank, key)


def _add_ratings(draft: Draft) -> None:
    for rank, row in enumerate(draft.form.contributions):
        effect = draft.builder.node("ExpectedEffect", row.effect)
        values = {"link": row.link, "rater": row.rater, "level": row.level, "position": rank + 1}
        here = place("contribue", rank)
        draft.builder.relationship("CONTRIBUTES_TO", draft.contract, effect, values, place=here)


def export_governance(tables: Tables) -> Record:
    """Return `ptce`, `instances`, `reunions`, `colleges` and `contribue`."""
    found = {
        "ptce": export_members(tables, "Ptce"),
        "instances": _bodies(tables),
        "reunions": _meetings(tables),
        "colleges": {
            row["source_id"]: row["college"]
            for row in tables.links("SITS_IN", "Organisation", "Contract")
            if "college" in row
        },
        "contribue": [_rating(row) for row in tables.links("CONTRIBUTES_TO", "Contract")],
    }
    return {key: value for key, value in found.items() if value}


def _bodies(tables: Tables) -> Record:
    return {
        row["id"]: without_unknown({"frequence_min": row.get("minimum_per_year"), "type": row.get("kind")})
        for row in tables.nodes("GovernanceBody")
    }


def _meetings(tables: Tables) -> list[Record]:
    bodies = tables.targets("PART_OF", "Meeting", "GovernanceBody")
    rows: dict[str, Record] = {
        row["key"]: {"instance": bodies[row["key"]], "date": row["date"].isoformat()}
        for row in tables.nodes("Meeting")
        if row["key"] in bodies and "date" in row
    }
    for kind, _, key in _PRESENCE:
        for link in tables.links(kind, "Organisation", "Meeting"):
            if link["target"] in rows:
                rows[link["target"]].setdefault(key, []).append(link["source_id"])
    return list(rows.values())


def _rating(row: Record) -> Record:
    return without_unknown(
        {
            "effet": row["target_id"],
            "maillon": row["link"],
            "niveau": row.get("level"),
            "cotateur": row.get("rater"),
        }
    )
