"""A contract graph as one JSON value of the form; inverse of `loaders.contract_json.reader`."""

from typing import Any

from graphmodel import ContractGraph
from loaders.contract_json.economy import export_economy
from loaders.contract_json.employment import export_employment
from loaders.contract_json.follow_up import export_follow_up
from loaders.contract_json.form import KEYS
from loaders.contract_json.funding import export_funding
from loaders.contract_json.general import export_contract
from loaders.contract_json.governance import export_governance
from loaders.contract_json.hollow import fill
from loaders.contract_json.organisations import export_organisations
from loaders.contract_json.participation import export_participation
from loaders.contract_json.places import export_places
from loaders.contract_json.policy import export_policy
from loaders.contract_json.tables import Tables
from loaders.contract_json.territory_export import export_territories

_SECTIONS = (
    export_contract,
    export_organisations,
    export_participation,
    export_territories,
    export_places,
    export_funding,
    export_economy,
    export_follow_up,
    export_employment,
    export_policy,
    export_governance,
)


def export_contract_json(graph: ContractGraph) -> dict[str, Any]:
    """Return the data of a contract as a JSON value.

    A file that was loaded comes back equal, nulls, empty lists and the form of its places and amounts
    included. From a graph of other sources come the keys it knows.

    Parameters
    ----------
    graph
        Graph of one contract.

    Raises
    ------
    UsageError
        When the graph holds no contract, or several.
    """
    tables = Tables(graph)
    found: dict[str, Any] = {}
    for export in _SECTIONS:
        found.update(export(tables))
    filled: dict[str, Any] = fill(found, tables.hollow)
    return {key: filled[key] for key in sorted(filled, key=_rank)}


def _rank(key: str) -> tuple[int, str]:
    """Order keys as the form does; `montants_2014` stands where `montants_YYYY` does."""
    known = "montants_YYYY" if key.startswith("montants_") else key
    return (KEYS.index(known) if known in KEYS else len(KEYS), key)
