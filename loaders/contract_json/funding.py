"""`financements`, `montants_YYYY`, `cout_total`: money.

Each amount is a `Funding` `ABOUT` an action, or the contract when the action is not known; its funder
`FUNDS` it. `Funding.position` is the rank in `financements`: a paid amount that has neither rank nor funder
comes from `montants_YYYY`. A total cost is an `Observation` of metric `total_cost` `ABOUT` the action.
Amounts are integer cents.
"""

from typing import Any

from loaders.contract_json.draft import Draft, place
from loaders.contract_json.tables import Record, Tables, by_year, without_unknown
from loaders.contract_json.values import euros, word_of

TOTAL_COST = "total_cost"


def add_funding(draft: Draft) -> None:
    """Add every amount."""
    _add_rows(draft)
    for year, amounts in draft.form.paid.items():
        for action, cents in amounts.items():
            values = {"year": year, "amount": cents, "kind": "paid"}
            identifier = draft.natural_id("Funding", action, year, "paid")
            here = place(f"montants_{year}", action)
            made = draft.builder.node("Funding", identifier, values, place=here)
            draft.builder.relationship("ABOUT", made, draft.action(action))
    for year, costs in draft.form.total_costs.items():
        for action, cents in costs.items():
            steps = ("cout_total", str(year), action)
            draft.observe(TOTAL_COST, year, draft.action(action), action, {"amount": cents}, *steps)


def _add_rows(draft: Draft) -> None:
    for rank, row in enumerate(draft.form.fundings):
        values = {
            "year": row.year,
            "amount": row.amount,
            "kind": row.kind,
            "basis": row.basis,
            "position": rank + 1,
        }
        here = place("financements", rank)
        identifier = draft.natural_id("Funding", row.action or "contrat", row.funder, row.year, row.kind)
        made = draft.builder.node("Funding", identifier, values, place=here)
        about = draft.contract if row.action is None else draft.action(row.action)
        draft.builder.relationship("ABOUT", made, about)
        funder = draft.organisation(row.funder, "financements", rank, "financeur")
        draft.builder.relationship("FUNDS", funder, made, place=here)


def export_funding(tables: Tables) -> Record:
    """Return `financements`, `montants_YYYY` and `cout_total`."""
    actions = tables.targets("ABOUT", "Funding", "Action")
    funders = tables.sources("FUNDS", "Organisation", "Funding")
    grants = tables.targets("ABOUT", "Funding", "Organisation")
    found: Record = {}
    for row in tables.nodes("Funding"):
        if row["key"] in grants:  # a published grant is no money of the contract, and this form is its data
            continue
        funder, action = funders.get(row["key"]), actions.get(row["key"])
        if funder is not None and "year" in row:
            found.setdefault("financements", []).append(_funding(row, funder, action))
        elif action is not None and row.get("kind") == "paid" and "year" in row:
            found.setdefault(f"montants_{row['year']}", {})[action] = amount(row)
    costs = _total_costs(tables)
    return {**found, "cout_total": costs} if costs else found


def _funding(row: Record, funder: str, action: str | None) -> Record:
    return {
        "financeur": funder,
        "annee": str(row["year"]),
        "nature": word_of("funding_kind", row.get("kind")),
        **without_unknown(
            {
                "action": action,
                "montant": amount(row),
                "base": word_of("funding_basis", row.get("basis")),
            }
        ),
    }


def amount(row: Record) -> Any:
    """Return the amount of a row in euros, None when it is unknown."""
    return euros(row["amount"]) if "amount" in row else None


def _total_costs(tables: Tables) -> Record:
    actions = tables.targets("ABOUT", "Observation", "Action")
    found: Record = {}
    for row in tables.nodes("Observation"):
        if row["metric"] == TOTAL_COST and row["key"] in actions:
            by_year(found, row["year"], actions[row["key"]], amount(row))
    return found
