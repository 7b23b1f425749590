"""Take back the last write that stands, as a new write."""

from typing import TYPE_CHECKING

from graphmodel.attestations import Record
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.references import use_faults
from graphmodel.schema import SCHEMA
from graphmodel.stores.loads import PUSH, UNDO, Load, Writes, no_changes, now, standing

if TYPE_CHECKING:
    from graphmodel.stores.base import Store


def undo(store: "Store", author: str) -> Load:
    """Take back the last load, correction or decision that stands; see `Store.undo`."""
    last = _last_standing(store)
    before = store.taken_back(last.number)
    made: dict[str, list[str]] = {}
    for source in last.sources:
        made |= source.get("created") or {}
    writes = Writes({}, {}, {})
    counts = no_changes()
    for table in SCHEMA.tables:
        group = counts["nodes" if SCHEMA.is_node(table) else "relationships"]
        restored = before.get(table, {})
        touched = restored.keys() | set(made.get(table, ()))
        current = {r.key: r for r in store.read_all(table) if r.key in touched or _brought_by(r, last.number)}
        gone = sorted(current.keys() - restored.keys())
        if restored or gone:
            writes.records[table] = list(restored.values())
            writes.removed[table] = gone
            writes.before[table] = current
            group["removed"] += len(gone)
            group["added"] += len(restored.keys() - current.keys())
            group["changed"] += len(restored.keys() & current.keys())
    faults = list(use_faults({t: set(keys) for t, keys in writes.removed.items() if keys}, store.uses, ()))
    if faults:
        raise InputFaultsError(faults)
    number = store.version().number
    load = Load(number + 1, now(), author, [{"undone": last.number}], counts, UNDO)
    store.commit(writes, load, number)
    return load


def _last_standing(store: "Store") -> Load:
    found = [load for load in standing(store.history()) if load.action != PUSH]
    if not found:
        raise UsageError("Il n’y a aucun chargement à annuler.")
    return found[-1]


def _brought_by(record: Record, number: int) -> bool:
    return any(a.load == number for a in record.attestations)
