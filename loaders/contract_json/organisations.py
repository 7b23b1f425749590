"""`operateurs`: organisations with their world, family and seat.

`Organisation.position` is the rank in the file: it tells the operators from the organisations that a file
only names (funders, businesses, authorities), which have none. The seat is `BASED_IN` a commune, the seat
in a neighbourhood `BASED_IN` a QPV.
"""

from graphmodel.batch import Ref
from loaders.contract_json.draft import Draft, place
from loaders.contract_json.form import Operator
from loaders.contract_json.tables import Record, Tables, without_unknown
from loaders.contract_json.values import word_of


def add_organisations(draft: Draft) -> None:
    """Add the operators and their seats."""
    authorities = {a.organisation for a in draft.form.authorities.values() if a.organisation}
    for rank, (name, operator) in enumerate(draft.form.operators.items()):
        declared = operator.local_authority
        values = {
            "world": operator.world,
            "family": operator.family,
            "local_authority": name in authorities if declared is None else declared,
            "position": rank + 1,
        }
        made = draft.builder.node("Organisation", name, values, place=place("operateurs", name))
        draft.organisations[name] = made
        _add_seats(draft, name, operator, made)


def _add_seats(draft: Draft, name: str, operator: Operator, made: Ref) -> None:
    for territory, key in ((operator.seat, "siege"), (operator.seat_qpv, "siege_qpv")):
        if territory is not None:
            draft.builder.relationship(
                "BASED_IN", made, draft.territories[territory], place=place("operateurs", name, key)
            )


def export_organisations(tables: Tables) -> Record:
    """Return `operateurs`."""
    levels = {row["key"]: row["level"] for row in tables.nodes("Territory")}
    seats: dict[tuple[str, str], str] = {
        (row["source"], levels[row["target"]]): row["target_id"]
        for row in tables.links("BASED_IN", "Organisation")
    }
    found = {}
    for row in tables.nodes("Organisation"):
        if row["key"] in tables.operators:
            # An unknown world is written: the form asks for the key.
            found[row["id"]] = {
                "monde": word_of("world", row.get("world")),
                **without_unknown(
                    {
                        "famille": row.get("family"),
                        "siege": seats.get((row["key"], "commune")),
                        "siege_qpv": seats.get((row["key"], "qpv")),
                        "collectivite": row.get("local_authority")
                        if tables.states("collectivite", row["id"])
                        else None,
                    }
                ),
            }
    return {"operateurs": found} if found else {}
