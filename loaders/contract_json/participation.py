"""`actions`, `participe`, `porteur`, `engagements`: who does what.

An action is `PART_OF` its axis, itself `PART_OF` the contract; an action without axis is `PART_OF` the
contract. Operators `TAKES_PART_IN` an action for a year with basis `report`: role `partner`, or `pilot` for
the one that `porteur` names; `position` is the rank in `participe`, and a pilot outside the list has none.
Authorities take part with basis `commitment` through the organisation that administers them.
"""

from graphmodel.batch import Ref
from loaders.contract_json.draft import Draft, place
from loaders.contract_json.tables import Record, Tables, by_year, without_unknown
from loaders.contract_json.values import word_of


def add_actions(draft: Draft) -> None:
    """Add axes and actions; defaults are kept as values."""
    for name in dict.fromkeys(a.axis for a in draft.form.actions.values() if a.axis is not None):
        axis = draft.builder.node("Axis", name)
        draft.builder.relationship("PART_OF", axis, draft.contract)
    for rank, (name, action) in enumerate(draft.form.actions.items()):
        declared = draft.form.declared_places.get(name)
        regional = declared is not None and declared.scope == "regionale"
        values = {
            "coded": True if action.coded is None else action.coded,
            "region_wide": regional if action.region_wide is None else action.region_wide,
            "social_innovation": action.social_innovation,
            "scope_declared": declared.scope if declared else None,
            "place_declared": declared.declared if declared else None,
            "position": rank + 1,
        }
        made = draft.builder.node("Action", name, values, place=place("actions", name))
        whole = draft.contract if action.axis is None else ("Axis", f"{draft.contract_id}/axis/{action.axis}")
        draft.builder.relationship("PART_OF", made, whole)


def add_participation(draft: Draft) -> None:
    """Add the operators of each action, year by year, and its pilot."""
    for year in sorted({*draft.form.takes_part, *draft.form.pilots}):
        pilots = draft.form.pilots.get(year, {})
        listed = draft.form.takes_part.get(year, {})
        for action, operators in listed.items():
            for rank, operator in enumerate(operators):
                role = "pilot" if pilots.get(action) == operator else "partner"
                values = {"role": role, "year": year, "basis": "report", "position": rank + 1}
                _take_part(draft, operator, action, values, "participe", str(year), action, rank)
        for action, pilot in pilots.items():
            if pilot not in listed.get(action, ()):
                values = {"role": "pilot", "year": year, "basis": "report"}
                _take_part(draft, pilot, action, values, "porteur", str(year), action)


def _take_part(
    draft: Draft, operator: str, action: str, values: dict[str, object], *steps: str | int
) -> None:
    draft.builder.relationship(
        "TAKES_PART_IN",
        draft.organisation(operator, *steps),
        draft.action(action),
        values,
        place=place(*steps),
    )


def add_authorities(draft: Draft) -> dict[str, Ref]:
    """Add the organisation of each authority, made where the file names none; return them by authority."""
    made: dict[str, Ref] = {}
    for name, authority in draft.form.authorities.items():
        steps = ("collectivites", name)
        made[name] = (
            draft.organisation(authority.organisation, *steps)
            if authority.organisation is not None
            else _made_authority(draft, name, *steps)
        )
        draft.builder.relationship("ADMINISTERS", made[name], draft.territories[name], place=place(*steps))
    return made


def _made_authority(draft: Draft, name: str, *steps: str) -> Ref:
    values = {"local_authority": True}
    return draft.builder.node("Organisation", f"collectivite:{name}", values, name=name, place=place(*steps))


def add_commitments(draft: Draft, authorities: dict[str, Ref]) -> None:
    """Add what authorities commit to; `authority` keeps the identifier of the authority."""
    for year, actions in draft.form.commitments.items():
        for action, roles in actions.items():
            for name, role in roles.items():
                steps = ("engagements", str(year), action, name)
                if name not in authorities:
                    authorities[name] = _made_authority(draft, name, *steps)
                values = {"role": role, "year": year, "basis": "commitment", "authority": name}
                draft.builder.relationship(
                    "TAKES_PART_IN", authorities[name], draft.action(action), values, place=place(*steps)
                )


def export_participation(tables: Tables) -> Record:
    """Return `actions`, `participe`, `porteur` and `engagements`."""
    found = {
        "actions": _actions(tables),
        "participe": _operators(tables),
        "porteur": _pilots(tables),
        "engagements": _commitments(tables),
    }
    return {key: value for key, value in found.items() if value}


def _actions(tables: Tables) -> Record:
    axes = tables.targets("PART_OF", "Action", "Axis")
    found = {}
    for row in tables.nodes("Action"):
        name = row["id"]
        found[name] = without_unknown(
            {
                "axe": axes.get(row["key"]),
                "codee": row.get("coded") if tables.states("codee", name) else None,
                "ubiquitaire": row.get("region_wide") if tables.states("ubiquitaire", name) else None,
                "innovation_sociale": row.get("social_innovation"),
            }
        )
    return found


def _reported(tables: Tables) -> list[Record]:
    links = tables.links("TAKES_PART_IN")
    return [r for r in links if r["basis"] == "report" and r["role"] in ("pilot", "partner") and "year" in r]


def _operators(tables: Tables) -> Record:
    found: Record = {}
    for row in _reported(tables):
        # A pilot without a rank was named by « porteur » alone; elsewhere ranks are not kept at all.
        if "position" in row or tables.stated is None:
            members = found.setdefault(str(row["year"]), {}).setdefault(row["target_id"], [])
            if row["source_id"] not in members:
                members.append(row["source_id"])
    return found


def _pilots(tables: Tables) -> Record:
    found: Record = {}
    for row in _reported(tables):
        if row["role"] == "pilot":
            by_year(found, row["year"], row["target_id"], row["source_id"])
    return found


def _commitments(tables: Tables) -> Record:
    found: Record = {}
    for row in tables.links("TAKES_PART_IN"):
        if row["basis"] == "commitment" and "authority" in row and "year" in row:
            roles = found.setdefault(str(row["year"]), {}).setdefault(row["target_id"], {})
            roles[row["authority"]] = word_of("role", row["role"])
    return found
