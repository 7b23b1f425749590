"""Override a value without touching the file that says it, and take that back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from graphmodel.attestations import Attestation, Correction, Record, resolve, said_in
from graphmodel.batch import NOWHERE, Row, Source, Values
from graphmodel.codec import to_json
from graphmodel.element import element_of
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.schema import SCHEMA
from graphmodel.stores.base import Store
from graphmodel.stores.loads import CORRECTION, Load, Writes, no_changes, now
from graphmodel.validation import validate_rows
from graphmodel.wording import french_property, french_value

_DESK = Source("correction", "correction", "", "correction")


def correction_source(load: int) -> str:
    """Return the name under which the correction of a load stands among the statements of a row."""
    return f"correction {load}"


def correctable(table: str) -> list[str]:
    """Return the properties of a table that can be corrected: all but those that make a row's identity."""
    made_of = () if SCHEMA.is_node(table) else SCHEMA.relationships[table].discriminators
    names = [name for name in SCHEMA.tables[table].properties if name not in made_of]
    return [*(("name",) if SCHEMA.is_node(table) else ()), *names]


def correct(store: Store, table: str, key: str, name: str, value: object, *, author: str, why: str) -> Load:
    """Override one value of a row; an earlier correction of the same property is replaced.

    Parameters
    ----------
    store
        Where to write.
    table, key
        The row.
    name
        Property of the schema, or `name`.
    value
        Value of the property's type, None to say that it is not known.
    author, why
        Who decides, and for which reason; both are required.

    Raises
    ------
    UsageError
        No such row or property, an author or a reason that is missing, or a value that stands already.
    InputFaultsError
        The value has not the form the schema asks for.
    """
    _require(author, why)
    number = store.version().number
    record = _record(store, table, key)
    _check(table, record, name, value)
    kept = [(a, said_in(a, record)) for a in record.attestations if not _corrects(a, name)]
    on = date.today().isoformat()
    made = Correction(author, on, why, _overridden(record, name))
    statement = Attestation(correction_source(number + 1), number + 1, False, NOWHERE, {name: value}, made)
    after = resolve(key, [*kept, (statement, {name: value})])
    said = {"value": to_json({name: value})[name], "over": _plain_over(made)}
    entry = {"correction": _entry(table, record, name, made) | said}
    return _write(store, number, table, (record, after), entry)


def withdraw_correction(store: Store, table: str, key: str, name: str, *, author: str, why: str) -> Load:
    """Take a correction back: the documents decide again.

    Raises
    ------
    UsageError
        There is no such row or no correction of that property, or author or reason is missing.
    """
    _require(author, why)
    number = store.version().number
    record = _record(store, table, key)
    kept = [(a, said_in(a, record)) for a in record.attestations if not _corrects(a, name)]
    if len(kept) == len(record.attestations):
        raise UsageError(
            f"« {french_property(table, name)} » de {element_of(table, key, record.values).handle} n’a pas "
            "de correction à retirer."
        )
    made = Correction(author, date.today().isoformat(), why)
    entry = {"withdrawn": _entry(table, record, name, made)}
    return _write(store, number, table, (record, resolve(key, kept)), entry)


def _require(author: str, why: str) -> None:
    if not author.strip() or not why.strip():
        raise UsageError("Une correction est signée et motivée : donnez --author et --why.")


def _record(store: Store, table: str, key: str) -> Record:
    record = store.read(table, [key]).get(key)
    if record is None:
        raise UsageError(f"La base n’a pas d’élément « {SCHEMA.tables[table].french} » {key}.")
    return record


def _check(table: str, record: Record, name: str, value: object) -> None:
    if name not in correctable(table):
        raise UsageError(f"« {name} » de {table} ne se corrige pas. {_choices(correctable(table))}")
    prop = SCHEMA.tables[table].properties.get(name)
    if value is None and (name == "name" or (prop is not None and prop.required)):
        raise UsageError(f"« {french_property(table, name)} » est obligatoire : donnez une valeur.")
    if name not in record.conflicts and record.values.get(name) == value:
        raise UsageError(
            f"« {french_property(table, name)} » vaut déjà « {french_value(table, name, value)} »."
        )
    row = Row(record.key, {**record.values, name: value})
    faults = validate_rows({table: [row]}, _DESK)
    if faults:
        raise InputFaultsError(faults)


def _choices(names: Sequence[str]) -> str:
    return f"Propriétés : {', '.join(names)}."


def _corrects(attestation: Attestation, name: str) -> bool:
    return attestation.correction is not None and name in (attestation.said or ())


def _overridden(record: Record, name: str) -> dict[str, Values]:
    return {
        a.source: {name: said[name]} if (said := said_in(a, record)).get(name) is not None else {}
        for a in record.attestations
        if a.correction is None
    }


def _plain_over(made: Correction) -> dict[str, object]:
    return {source: next(iter(to_json(said).values()), None) for source, said in (made.over or {}).items()}


def _entry(table: str, record: Record, name: str, made: Correction) -> dict[str, Any]:
    element = element_of(table, record.key, record.values)
    return {
        "table": table, "key": record.key, "id": element.id, "name": element.name, "property": name,
        "author": made.author, "on": made.on, "why": made.why,
        "ends": [a.load for a in record.attestations if _corrects(a, name)],
    }  # fmt: skip


def _write(
    store: Store, number: int, table: str, change: tuple[Record, Record], entry: dict[str, Any]
) -> Load:
    """Write one record changed since a version of the store, and the load that tells it."""
    before, after = change
    counts = no_changes()
    same = after.values == before.values and after.conflicts == before.conflicts
    counts["nodes" if SCHEMA.is_node(table) else "relationships"]["unchanged" if same else "changed"] = 1
    made = next(iter(entry.values()))
    load = Load(number + 1, now(), made["author"], [entry], counts, CORRECTION)
    store.commit(Writes({table: [after]}, {}, {table: {before.key: before}}), load, number)
    return load
