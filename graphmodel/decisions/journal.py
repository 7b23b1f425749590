"""The « journal des corrections »: what overrides or joins what the documents say, as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from graphmodel.aliases import LABEL
from graphmodel.attestations import Attestation, Record
from graphmodel.codec import from_json
from graphmodel.decisions.corrections import correction_source
from graphmodel.overridden import outdated
from graphmodel.stores.base import Store
from graphmodel.stores.loads import CORRECTION, MATCH, Load, standing

Kind = Literal["correction", "conflict", "match"]
State = Literal["in_force", "to_review", "replaced", "withdrawn", "row_gone"]

KINDS: Mapping[Kind, str] = {
    "correction": "correction",
    "conflict": "désaccord tranché",
    "match": "rapprochement",
}
STATES: Mapping[State, str] = {
    "in_force": "en vigueur",
    "to_review": "à revoir : le fichier a changé depuis",
    "replaced": "remplacée",
    "withdrawn": "retirée",
    "row_gone": "sans objet : plus aucun fichier ne porte la ligne",
}


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One decision.

    Attributes
    ----------
    load
        Number of the version it made.
    kind
        `correction`, `conflict` (a correction that settles two documents) or `match`.
    table, key, id, name
        The row decided on; of a match, the organisation kept or named first.
    property
        Property corrected; empty for a match.
    over
        What each document said when it was decided, by document; None where it said nothing. Of a match, the
        other organisation's key and identifier.
    value
        Value decided; of a match `same` or `different`.
    author, on, why
        Who, on which ISO day, for which reason.
    state
        Whether it holds; see `STATES`.
    ended_by, ended_on, ended_why
        Who took it back, when and why; None while it stands.
    """

    load: int
    kind: Kind
    table: str
    key: str
    id: str
    name: str
    property: str
    over: Mapping[str, object]
    value: object
    author: str
    on: str
    why: str
    state: State = "in_force"
    ended_by: str | None = None
    ended_on: str | None = None
    ended_why: str | None = None


def journal(store: Store) -> list[JournalEntry]:
    """Return every decision of a store, oldest first, those taken back included; an `undo` erases its own."""
    entries: list[JournalEntry] = []
    for load in standing(store.history()):
        for source in load.sources:
            if load.action == MATCH:
                entries = [*_replaced_match(entries, source["decision"]), _match(load, source["decision"])]
            elif load.action == CORRECTION and "withdrawn" in source:
                entries = list(_ended(entries, source["withdrawn"], "withdrawn"))
            elif load.action == CORRECTION:
                entries = [*_ended(entries, source["correction"], "replaced"), _corrected(load, source)]
    return _reviewed(store, entries)


def _corrected(load: Load, source: Mapping[str, Any]) -> JournalEntry:
    said = source["correction"]
    table, name = said["table"], said["property"]
    over = {document: _typed(table, name, value) for document, value in said["over"].items()}
    known = [value for value in over.values() if value is not None]
    return JournalEntry(
        load.number,
        "conflict" if any(value != known[0] for value in known[1:]) else "correction",
        table, said["key"], said["id"], said["name"], name,
        over,
        _typed(table, name, said["value"]),
        said["author"], said["on"], said["why"],
    )  # fmt: skip


def _typed(table: str, name: str, value: object) -> object:
    return from_json(table, {name: value})[name]


def _match(load: Load, said: Mapping[str, Any]) -> JournalEntry:
    first, second = said["first"], said["second"]
    return JournalEntry(
        load.number, "match", LABEL, first[0], first[1], first[1], "", {second[0]: second[1]},
        said["verdict"], said["author"], said["on"], said["why"],
    )  # fmt: skip


def _ended(entries: Sequence[JournalEntry], by: Mapping[str, Any], state: State) -> Iterator[JournalEntry]:
    """Yield the entries; those that a later decision ends take the new state."""
    for entry in entries:
        if entry.load in by["ends"] and entry.state == "in_force":
            yield replace(entry, state=state, ended_by=by["author"], ended_on=by["on"], ended_why=by["why"])
        else:
            yield entry


def _replaced_match(entries: Sequence[JournalEntry], by: Mapping[str, Any]) -> Iterator[JournalEntry]:
    pair = {by["first"][0], by["second"][0]}
    for entry in entries:
        if entry.kind == "match" and {entry.key, *entry.over} == pair and entry.state == "in_force":
            yield replace(
                entry, state="replaced", ended_by=by["author"], ended_on=by["on"], ended_why=by["why"]
            )
        else:
            yield entry


def _reviewed(store: Store, entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Return the entries, those in force whose documents changed since, or are gone, marked."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.kind != "match" and entry.state == "in_force":
            wanted.setdefault(entry.table, set()).add(entry.key)
    held = {table: store.read(table, sorted(keys)) for table, keys in wanted.items()}
    return [
        replace(entry, state=_state(entry, _record(store, entry, held[entry.table])))
        if entry.kind != "match" and entry.state == "in_force"
        else entry
        for entry in entries
    ]


def _record(store: Store, entry: JournalEntry, held: Mapping[str, Record]) -> Record | None:
    """Return the record that carries a correction; a match may have moved it under another key."""
    record = held.get(entry.key)
    if record is not None and _made(record, entry) is not None:
        return record
    return next((r for r in store.read_all(entry.table) if _made(r, entry) is not None), None)


def _made(record: Record, entry: JournalEntry) -> Attestation | None:
    name = correction_source(entry.load)
    return next((a for a in record.attestations if a.correction and a.source == name), None)


def _state(entry: JournalEntry, record: Record | None) -> State:
    made = _made(record, entry) if record else None
    if record is None or made is None:
        return "row_gone"
    return "to_review" if outdated(record, made, entry.property) else "in_force"
