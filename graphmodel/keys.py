"""Natural keys of nodes and relationships.

A key is unique within its label and readable: `CES-ESS-RA-2014-2016/action/II_1.1@2014`,
`commune/69123@2025`, `zoning/ZRR@2014`. Territories and zonings belong to no contract; those of a JSON
data set stand for themselves and are keyed `<contract>:<id>`.
"""

from collections.abc import Mapping

from graphmodel.schema import SCHEMA

NOT_DECLARED = "non déclaré"
"""Vintage of what no source dates: loaded and shown so, in no figure until somebody declares it."""


def node_key(label: str, identifier: str, contract: str | None = None, at: str | int | None = None) -> str:
    """Return the key of a node that belongs to a contract.

    Parameters
    ----------
    label
        Node label of the schema.
    identifier
        Identifier within the contract, such as `II_1.1`.
    contract
        Identifier of the contract; ignored for `Contract` itself.
    at
        Plan year of an action, or any vintage that belongs to the identity.
    """
    suffix = f"@{at}" if at is not None else ""
    if label == "Contract":
        return identifier
    table = SCHEMA.nodes[label]
    if not table.scoped:
        return f"{table.segment}/{identifier}{suffix}" if contract is None else f"{contract}:{identifier}"
    return f"{contract}/{table.segment}/{identifier}{suffix}"


def territory_key(level: str, code: str, vintage: str | int) -> str:
    """Return the key of an official territory: `commune/69123@2025`."""
    return f"{level}/{code}@{vintage}"


def zoning_key(scheme: str, vintage: str | int) -> str:
    """Return the key of a zoning: `zoning/ZRR@2014`."""
    return f"zoning/{scheme}@{vintage}"


def relationship_key(kind: str, source: str, target: str, values: Mapping[str, object]) -> str:
    """Return the key of a relationship: its ends and the values of its discriminators.

    Two relationships of one type between the same nodes differ by a discriminator of the schema
    (role, year, …); an unknown value counts as a value of its own.
    """
    key = f"{source}>{kind}>{target}"
    for name in SCHEMA.relationships[kind].discriminators:
        value = values.get(name)
        if value is not None:
            key += f"|{name}={value}"
    return key
