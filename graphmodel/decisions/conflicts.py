"""Values on which two documents disagree: unknown until somebody decides."""

from dataclasses import dataclass

from graphmodel.element import Element
from graphmodel.provenance import Documents, Statement, provenance_of
from graphmodel.stores.base import Store


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property of a row on which documents disagree.

    Attributes
    ----------
    element
        The row.
    property
        Name of the property.
    statements
        Those that know it, at least two, in the order of the sources.
    """

    element: Element
    property: str
    statements: tuple[Statement, ...]


def conflicts(store: Store, contract: str | None = None) -> list[Conflict]:
    """Return what waits for a decision, table by table, in the order of the keys.

    Parameters
    ----------
    store
        Where to look.
    contract
        Contract to look in; None for all.
    """
    documents = Documents(store.history())
    found: list[Conflict] = []
    for table in sorted(store.occupied()):
        columns = store.columns(table, contract)
        marks = columns.get("conflicts") or ()
        keys = [str(key) for key, mark in zip(columns["key"], marks, strict=False) if mark]
        for _, record in sorted(store.read(table, keys).items() if keys else ()):
            known = provenance_of(table, record, documents)
            for name in record.conflicts:
                said = sorted(known.saying(name), key=lambda s: (s.document.id, s.named or ""))
                found.append(Conflict(known.element, name, tuple(said)))
    return found
