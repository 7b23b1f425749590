"""`lieux` and `territoires_action`: where actions take place.

Both are `TAKES_PLACE_IN`; a row without year comes from `territoires_action`, whose places are targeted in
all years. Its `portee` and `declare` are `Action.scope_declared` and `Action.place_declared`.
"""

from loaders.contract_json.draft import Draft, place
from loaders.contract_json.tables import Record, Tables, without_unknown
from loaders.contract_json.values import word_of

_SCOPES = ("regionale", "infra")


def add_places(draft: Draft) -> None:
    """Add the places of actions, of every year or year by year."""
    for action, declared in draft.form.declared_places.items():
        for rank, territory in enumerate(declared.territories):
            values: dict[str, object] = {"degree": "targeted", "position": rank + 1}
            _take_place(draft, action, territory, values, "territoires_action", action, "mailles", rank)
    for year, actions in draft.form.places.items():
        for action, rows in actions.items():
            for rank, row in enumerate(rows):
                values = {
                    "year": year,
                    "degree": row.degree,
                    "share": row.share,
                    "beneficiaries": row.beneficiaries,
                    "position": rank + 1,
                }
                _take_place(draft, action, row.territory, values, "lieux", str(year), action, rank)


def _take_place(
    draft: Draft, action: str, territory: str, values: dict[str, object], *steps: str | int
) -> None:
    draft.builder.relationship(
        "TAKES_PLACE_IN",
        draft.action(action),
        draft.territories[territory],
        values,
        place=place(*steps),
    )


def export_places(tables: Tables) -> Record:
    """Return `territoires_action` and `lieux`."""
    found = {"territoires_action": _declared(tables), "lieux": _yearly(tables)}
    return {key: value for key, value in found.items() if value}


def _declared(tables: Tables) -> Record:
    found: Record = {}
    for row in tables.nodes("Action"):
        scope = row.get("scope_declared")
        said = without_unknown(
            {"portee": scope if scope in _SCOPES else None, "declare": row.get("place_declared")}
        )
        if said:
            found[row["id"]] = said
    for row in tables.links("TAKES_PLACE_IN"):
        if "year" not in row and row["degree"] == "targeted":
            entry = found.setdefault(row["source_id"], {})
            entry.setdefault("mailles", []).append(row["target_id"])
    return found


def _yearly(tables: Tables) -> Record:
    found: Record = {}
    for row in tables.links("TAKES_PLACE_IN"):
        if "year" in row:
            rows = found.setdefault(str(row["year"]), {}).setdefault(row["source_id"], [])
            rows.append(
                without_unknown(
                    {
                        "territoire": row["target_id"],
                        "degre": word_of("degree", row["degree"]),
                        "part": row.get("share"),
                        "beneficiaires": row.get("beneficiaries"),
                    }
                )
            )
    return found
