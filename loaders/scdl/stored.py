"""Organisations a store already holds, by the identifiers that grants give."""

from graphmodel import Store
from loaders.scdl.grants import StoredOrganisation


def organisations_of(store: Store, contract: str) -> dict[str, StoredOrganisation]:
    """Return the organisations of a contract by SIREN, first digits of the SIRET, and RNA."""
    columns = store.columns("Organisation", contract)
    found: dict[str, StoredOrganisation] = {}
    for name, length in (("siren", 9), ("siret", 9), ("rna", 10)):
        numbers = columns.get(name, [None] * len(columns["key"]))
        for key, identifier, number in zip(columns["key"], columns["id"], numbers, strict=True):
            if number:
                found.setdefault(str(number)[:length], StoredOrganisation(str(key), str(identifier)))
    return found
