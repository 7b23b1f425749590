"""Copy a whole store into an empty one: rows, attestations, loads; then compare."""

from datetime import UTC, datetime
from typing import Any

from graphmodel.attestations import Record
from graphmodel.errors import CopyDiffersError, UsageError
from graphmodel.plan import KINDS
from graphmodel.schema import SCHEMA
from graphmodel.stores.base import Store
from graphmodel.stores.loads import Load, Past, Writes


def push(source: Store, target: Store, *, author: str = "") -> Load:
    """Copy everything from a store to an empty one, in one transaction, and compare their digests.

    Parameters
    ----------
    source, target
        The stores, of any kind.
    author
        Who asks.

    Returns
    -------
    The load of action `push` that stands after the copied loads in the target. `undo` there takes back the
    last copied load, as it would in the source.

    Raises
    ------
    UsageError
        The target is not empty.
    CopyDiffersError
        The copy is not equal to the source; it stands as it is.
    """
    if target.version().number:
        raise UsageError(
            f"La base « {target.url} » contient déjà des chargements : la copie ne se fait que vers "
            "une base vide."
        )
    tables = {table: list(source.read_all(table)) for table in SCHEMA.tables}
    past: list[Past] = [(load, source.taken_back(load.number)) for load in source.history()]
    number = 1 + max((load.number for load, _ in past), default=0)
    digest = source.digest()
    origin = [_document(source.url, digest, tables)]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    load = Load(number, now, author, origin, _counts(tables), "push")
    target.commit(Writes({t: rows for t, rows in tables.items() if rows}, {}, {}), load, 0, past)
    if target.digest() != digest:
        raise CopyDiffersError(
            f"La copie dans « {target.url} » diffère de « {source.url} » : l’une des deux a changé "
            "pendant la copie. "
            "Videz la copie et recommencez."
        )
    for frozen in source.frozen():
        target.keep_frozen(frozen, source.frozen_content(frozen.name))
    return load


def _document(url: str, digest: str, tables: dict[str, list[Record]]) -> dict[str, Any]:
    """Return the source store as a document of the load."""
    rows = sum(map(len, tables.values()))
    fictional = any(record.fictional for records in tables.values() for record in records)
    return {"id": url, "name": url, "sha256": digest, "kind": "store", "rows": rows, "fictional": fictional}


def _counts(tables: dict[str, list[Record]]) -> dict[str, dict[str, int]]:
    counts = {group: dict.fromkeys(KINDS, 0) for group in ("nodes", "relationships")}
    for table, records in tables.items():
        counts["nodes" if SCHEMA.is_node(table) else "relationships"]["added"] += len(records)
    return counts
