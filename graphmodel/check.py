"""Does a store still keep the rules of the schema: what an edit by hand broke, all at once.

A load cannot break these rules; Neo4j Browser and SQLite editors can. Neo4j's Community edition checks
neither existence nor types, so this is where they are checked.
"""

from collections.abc import Iterator

from graphmodel.attestations import Record, resolve
from graphmodel.batch import Row, Source
from graphmodel.faults import Fault
from graphmodel.keys import relationship_key
from graphmodel.schema import SCHEMA
from graphmodel.seal import seal_of
from graphmodel.stores import Store
from graphmodel.validation import validate_rows

_NO_FILE = Source("", "", "", "check")


def check_store(store: Store) -> list[Fault]:
    """Return every fault of a store against the schema; an empty list when it is sound.

    Told: a required property that is missing, a wrong type, an unknown label, type or property, ends that
    do not exist or do not fit, a key that appears twice or no longer says its row, a row without
    attestation, a value that differs from what its attestations resolve to, a `fictional` or `source_count`
    that does not follow from them, values that are not those the store wrote.
    """
    faults = list(store.strays())
    keys: dict[str, set[str]] = {label: set() for label in SCHEMA.nodes}
    occupied = store.occupied()
    for table in filter(occupied.__contains__, SCHEMA.tables):
        derived = _derived(store, table)
        for record in store.read_all(table):
            if SCHEMA.is_node(table):
                keys[table].add(record.key)
            else:
                faults += _end_faults(table, record, keys)
            faults += _record_faults(table, record, derived.get(record.key))
    return faults


def _derived(store: Store, table: str) -> dict[str, tuple[object, object]]:
    """Return `fictional` and `source_count` as the store keeps them, by key."""
    columns = store.columns(table, None)
    cells = zip(columns.get("fictional", ()), columns.get("source_count", ()), strict=True)
    return dict(zip(map(str, columns["key"]), cells, strict=True))


def _record_faults(table: str, record: Record, derived: tuple[object, object] | None) -> Iterator[Fault]:
    yield from validate_rows({table: [Row(record.key, record.values)]}, _NO_FILE)
    if not any(a.correction is None for a in record.attestations):
        yield _fault("no_attestation", table, record, "plus aucun document ne l’atteste")
        return
    differing = list(_resolution_faults(table, record))
    yield from differing
    if not differing and record.seal not in (None, seal_of(record.values)):
        # One source alone: the store keeps its values once, and only the seal tells that they changed.
        yield _fault("edited_by_hand", table, record,
                     "une valeur a été changée hors de maillage ; la source ne la dit pas. Le corriger par "
                     "maillage correct, ou recharger le fichier")  # fmt: skip
    if derived not in (None, (record.fictional, record.source_count)):
        yield _fault(
            "wrong_derived",
            table,
            record,
            "le nombre de sources ou la mention fictive ne suit pas ses attestations",
        )


def _resolution_faults(table: str, record: Record) -> Iterator[Fault]:
    statements = [(a, record.values if a.said is None else a.said) for a in record.attestations]
    expected = resolve(record.key, statements)
    differing = sorted(
        name
        for name in expected.values.keys() | record.values.keys()
        if expected.values.get(name) != record.values.get(name)
    )
    for name in differing:
        told = expected.values.get(name)
        yield _fault(
            "differs_from_sources",
            table,
            record,
            f"{_french(table, name)} vaut « {_shown(record.values.get(name))} », ses sources donnent "
            f"« {_shown(told)} »",
        )
    if not differing and expected.conflicts != record.conflicts:
        yield _fault(
            "wrong_conflicts", table, record, "la liste de ses désaccords ne suit pas ses attestations"
        )


def _end_faults(kind: str, record: Record, keys: dict[str, set[str]]) -> Iterator[Fault]:
    said = record.values
    for end in ("source", "target"):
        label, key = str(said.get(f"{end}_label")), str(said.get(end))
        if key not in keys.get(label, ()):
            yield _fault("unknown_reference", kind, record, f"son extrémité {label} « {key} » n’existe pas")
    if relationship_key(kind, str(said.get("source")), str(said.get("target")), said) != record.key:
        yield _fault("wrong_key", kind, record, "sa clé ne dit plus ses extrémités, son rôle ou son année")


def _french(table: str, name: str) -> str:
    prop = SCHEMA.tables[table].properties.get(name)
    return prop.french if prop else {"name": "Nom"}.get(name, name)


def _shown(value: object) -> str:
    return "rien" if value is None else str(value)[:80]


def _fault(code: str, table: str, record: Record, what: str) -> Fault:
    return Fault("error", code, f"{SCHEMA.tables[table].french} {record.key} : {what}.")
