"""The head of a file and what is said of the contract as a whole.

`contrat`, `note`, `graine`, `annees`, `t0`, `pivot`, `familles_*`, `concours_contrat`, `maillons`,
`population_region`, `millesime_emploi`, `comparaison` are properties of `Contract`. The waves and the
baseline are kept with their default; what the file wrote itself is told in `Contract.forms`.
"""

from typing import Any

from graphmodel import BatchBuilder
from graphmodel.batch import Ref
from loaders.contract_json.draft import Draft, place
from loaders.contract_json.form import Form
from loaders.contract_json.hollow import hollow_of
from loaders.contract_json.tables import Record, Tables, without_unknown

_LISTS = (
    ("families", "possible_families", "familles_possibles"),
    ("commercial_families", "commercial_families", "familles_commerciales"),
    ("contract_funders", "contract_funders", "concours_contrat"),
    ("links", "chain_links", "maillons"),
)
"""Field of the form, property of Contract, key of the file."""


def add_contract(builder: BatchBuilder, form: Form, raw: dict[str, Any], territory: str) -> Ref:
    """Add the contract node and return its reference.

    Parameters
    ----------
    builder
        Rows of the batch; its `contract` is the identifier.
    form, raw
        The file, as typed and as written.
    territory
        Key of the region's territory.
    """
    waves = form.waves if "waves" in form.model_fields_set else sorted(form.takes_part)
    values: dict[str, object] = {
        "note": form.note,
        "seed": form.seed,
        "years": waves,
        "t0": form.t0 if form.t0 is not None else min(waves, default=None),
        "pivot": form.pivot,
        "population_region": form.population_region,
        "comparison": raw.get("comparaison"),
        "employment_vintages": raw.get("millesime_emploi"),
        "forms": forms_of(raw),
        "territory": territory,
    }
    for name, prop, _ in _LISTS:
        values[prop] = getattr(form, name) if name in form.model_fields_set else None
    contract = str(builder.contract)
    return builder.node("Contract", contract, values, name=form.head.name or contract, place=place("contrat"))


def add_funders(draft: Draft) -> None:
    """Add the organisations that `concours_contrat` names."""
    for rank, funder in enumerate(draft.form.contract_funders):
        draft.organisation(funder, "concours_contrat", rank)


def forms_of(raw: dict[str, Any]) -> dict[str, Any]:
    """Return what is needed to give a file back as written: its hollow, and the defaults it states.

    No value of the file is kept here but those that a default could stand for.
    """
    stated: dict[str, Any] = {key: True for key in ("annees", "t0") if raw.get(key) is not None}
    stated["contrat"] = sorted(key for key, value in raw.get("contrat", {}).items() if value is not None)
    for section, key in (("actions", "codee"), ("actions", "ubiquitaire"), ("operateurs", "collectivite")):
        stated[key] = [name for name, row in raw.get(section, {}).items() if row.get(key) is not None]
    hollow = hollow_of(raw)
    return {"hollow": hollow[0] if hollow else {}, "stated": {k: v for k, v in stated.items() if v}}


def export_contract(tables: Tables) -> Record:
    """Return the keys of the file that say the contract as a whole."""
    contract = tables.contract
    years = contract.get("years")
    found: Record = {
        "contrat": _head(tables),
        "note": contract.get("note"),
        "graine": contract.get("seed"),
        "annees": [str(year) for year in years] if years is not None and tables.states("annees") else None,
        "t0": str(contract["t0"]) if "t0" in contract and tables.states("t0") else None,
        "pivot": contract.get("pivot"),
        "population_region": contract.get("population_region"),
        "comparaison": contract.get("comparison"),
        "millesime_emploi": contract.get("employment_vintages"),
    }
    for _, prop, key in _LISTS:
        found[key] = contract.get(prop)
    return without_unknown(found)


def _head(tables: Tables) -> Record | None:
    contract = tables.contract
    said = {"id": contract["id"], "nom": contract["name"], "fictif": contract["fictional"]}
    if tables.stated is None:
        return said
    return {key: said[key] for key in tables.stated.get("contrat", ())} or None
