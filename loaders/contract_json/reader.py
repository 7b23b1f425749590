"""A file of the JSON form as one validated batch."""

from pathlib import Path
from typing import Any

from graphmodel import Batch, BatchBuilder, Fault, InputFaultsError, Source
from loaders.contract_json.draft import Draft
from loaders.contract_json.economy import add_economy
from loaders.contract_json.employment import add_employment
from loaders.contract_json.follow_up import add_follow_up
from loaders.contract_json.form import Form
from loaders.contract_json.form_faults import check_form
from loaders.contract_json.funding import add_funding
from loaders.contract_json.general import add_contract, add_funders
from loaders.contract_json.governance import add_governance
from loaders.contract_json.organisations import add_organisations
from loaders.contract_json.parsing import Parsed, parse_file
from loaders.contract_json.participation import (
    add_actions,
    add_authorities,
    add_commitments,
    add_participation,
)
from loaders.contract_json.places import add_places
from loaders.contract_json.policy import add_policy
from loaders.contract_json.references import reference_faults
from loaders.contract_json.rules import rule_faults
from loaders.contract_json.territories import add_territories, region_key

KIND = "json"


def read_contract_json(path: Path | str) -> Batch:
    """Return the data of a contract as one batch.

    Parameters
    ----------
    path
        JSON file, in UTF-8 with or without a byte order mark. Its name without extension is the
        contract's identifier unless `contrat.id` says another.

    Raises
    ------
    UsageError
        The file cannot be opened.
    InputFaultsError
        Every fault at once, each with its path in the file (`participe.2014.a1[2]`).
    """
    path = Path(path)
    parsed = parse_file(path)
    form, faults = check_form(parsed.value)
    faults = [*parsed.faults, *faults, *reference_faults(parsed.value), *rule_faults(form)]
    if any(fault.severity == "error" for fault in faults):
        raise InputFaultsError([fault.at_file(path.name) for fault in faults])
    return _batch(path, parsed, form, faults)


def _batch(path: Path, parsed: Parsed, form: Form, warnings: list[Fault]) -> Batch:
    contract = form.head.id or path.stem
    source = Source(path.name, path.name, parsed.sha256, KIND, fictional=bool(form.head.fictional))
    builder = BatchBuilder(source, contract=contract)
    for warning in warnings:
        builder.fault(warning)
    draft = _draft(builder, form, parsed.value, contract)
    add_territories(draft)
    add_organisations(draft)
    authorities = add_authorities(draft)
    add_funders(draft)
    add_actions(draft)
    add_participation(draft)
    add_commitments(draft, authorities)
    add_places(draft)
    add_funding(draft)
    add_economy(draft)
    add_follow_up(draft)
    add_employment(draft)
    add_policy(draft)
    add_governance(draft)
    return builder.build()


def _draft(builder: BatchBuilder, form: Form, raw: dict[str, Any], contract: str) -> Draft:
    return Draft(form, builder, add_contract(builder, form, raw, region_key(contract)))
