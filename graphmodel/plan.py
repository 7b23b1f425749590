"""What a load would change, before anything is written.

`make_plan` compares batches with the records a store holds and returns the exact rows to write. The store's
`apply` writes that plan in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphmodel.attestations import Record, attest, attestation_of, withdraw
from graphmodel.batch import Batch, Row, Source
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA

KINDS = ("added", "changed", "removed", "unchanged")
Reader = Callable[[str, Sequence[str]], dict[str, Record]]
"""Reads the records of a table by key; keys unknown to the store are absent from the result."""


@dataclass(slots=True)
class TableChange:
    """Changes of one table.

    Attributes
    ----------
    written
        Records to write, new ones and changed ones.
    before
        Records as they stood, by key, for those that are changed or removed.
    removed
        Keys to delete.
    counts
        Rows added, changed, removed, unchanged; a row whose values stay while its sources change counts
        as unchanged.
    """

    written: list[Record] = field(default_factory=list)
    before: dict[str, Record] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))


@dataclass(slots=True)
class Plan:
    """Everything one load would do.

    Attributes
    ----------
    version
        Number of the store's version that the plan was made on.
    sources
        Documents read, with their number of rows.
    tables
        Changes by table name.
    warnings
        Faults that do not block.
    """

    version: int
    sources: list[tuple[Source, int]]
    tables: dict[str, TableChange]
    warnings: tuple[Fault, ...] = ()

    @property
    def empty(self) -> bool:
        """True when writing it would change nothing."""
        return not any(change.written or change.removed for change in self.tables.values())

    def counts(self) -> dict[str, dict[str, int]]:
        """Return rows added, changed, removed, unchanged for `nodes` and `relationships`."""
        total = {group: dict.fromkeys(KINDS, 0) for group in ("nodes", "relationships")}
        for table, change in self.tables.items():
            group = total["nodes" if SCHEMA.is_node(table) else "relationships"]
            for kind in KINDS:
                group[kind] += change.counts[kind]
        return total


def make_plan(
    batches: Sequence[Batch],
    version: int,
    read: Reader,
    read_source: Callable[[str], Mapping[str, dict[str, Record]]] | None = None,
) -> Plan:
    """Return the plan of batches on a store.

    Parameters
    ----------
    batches
        Validated batches; later ones see what earlier ones write.
    version
        Version number of the store.
    read
        Reads records by table and keys.
    read_source
        Reads every record a source attests; given for a replacing load, which takes away what each file no
        longer says.

    Raises
    ------
    InputFaultsError
        A relationship whose end is neither in the batches nor in the store.
    """
    tables: dict[str, TableChange] = {}
    ahead: dict[str, dict[str, Record]] = {}
    for batch in batches:
        for table, rows in batch.rows.items():
            change = tables.setdefault(table, TableChange())
            known = _known(table, rows, read, ahead)
            _plan_rows(change, rows, batch.source, version + 1, known)
            ahead.setdefault(table, {}).update({record.key: record for record in change.written})
        if read_source is not None:
            _plan_removals(tables, batch, read_source(batch.source.id))
    plan = Plan(
        version, [(b.source, len(b)) for b in batches], tables, tuple(w for b in batches for w in b.warnings)
    )
    faults = list(_dangling(batches, plan, read))
    if faults:
        raise InputFaultsError(faults)
    return plan


def _known(
    table: str, rows: list[Row], read: Reader, ahead: dict[str, dict[str, Record]]
) -> dict[str, Record]:
    known = read(table, [row.key for row in rows])
    return known | {row.key: ahead[table][row.key] for row in rows if row.key in ahead.get(table, {})}


def _plan_rows(
    change: TableChange, rows: Iterable[Row], source: Source, load: int, known: Mapping[str, Record]
) -> None:
    for row in rows:
        before = known.get(row.key)
        record = attest(before, row.key, row.values, attestation_of(source, row.place, load))
        if before is None:
            change.counts["added"] += 1
            change.written.append(record)
            continue
        same = record.values == before.values and record.conflicts == before.conflicts
        change.counts["unchanged" if same else "changed"] += 1
        if not (same and _same_statements(record, before)):
            change.before.setdefault(row.key, before)
            change.written.append(record)


def _same_statements(record: Record, before: Record) -> bool:
    pairs = zip(
        sorted(record.attestations, key=_order), sorted(before.attestations, key=_order), strict=False
    )
    return len(record.attestations) == len(before.attestations) and all(a.same_statement(b) for a, b in pairs)


def _order(attestation: object) -> str:
    return str(getattr(attestation, "source", ""))


def _plan_removals(
    tables: dict[str, TableChange], batch: Batch, attested: Mapping[str, dict[str, Record]]
) -> None:
    for table, records in attested.items():
        said = {row.key for row in batch.rows.get(table, ())}
        change = tables.setdefault(table, TableChange())
        for key in records.keys() - said:
            before = records[key]
            after = withdraw(before, batch.source.id)
            change.before.setdefault(key, before)
            if after is None:
                change.removed.append(key)
                change.counts["removed"] += 1
            else:
                change.written.append(after)
                change.counts["unchanged" if after.values == before.values else "changed"] += 1
        change.removed.sort()


def _dangling(batches: Sequence[Batch], plan: Plan, read: Reader) -> Iterable[Fault]:
    wanted = _ends_to_find(batches)
    found = {label: set(read(label, sorted(keys))) for label, keys in wanted.items()}
    removed = {label: set(change.removed) for label, change in plan.tables.items()}
    for batch in batches:
        for table, rows in batch.rows.items():
            if SCHEMA.is_node(table):
                continue
            for row in rows:
                for end in ("source", "target"):
                    label, key = str(row.values[f"{end}_label"]), str(row.values[end])
                    missing = key in wanted.get(label, ()) and key not in found[label]
                    if missing or key in removed.get(label, ()):
                        yield _dangling_fault(label, key, row, batch.source)


def _ends_to_find(batches: Sequence[Batch]) -> dict[str, set[str]]:
    """Return the ends of relationships that no batch brings, by label."""
    brought = {label: {row.key for b in batches for row in b.rows.get(label, ())} for label in SCHEMA.nodes}
    wanted: dict[str, set[str]] = {}
    for batch in batches:
        for table, rows in batch.rows.items():
            if SCHEMA.is_node(table):
                continue
            for row in rows:
                for end in ("source", "target"):
                    label, key = str(row.values[f"{end}_label"]), str(row.values[end])
                    if key not in brought[label]:
                        wanted.setdefault(label, set()).add(key)
    return wanted


def _dangling_fault(label: str, key: str, row: Row, source: Source) -> Fault:
    french = SCHEMA.nodes[label].french
    return Fault(
        "error",
        "unknown_reference",
        f"{french} introuvable : ni dans ce fichier, ni dans la base.",
        source.name,
        row.place.sheet,
        row.place.row,
        row.place.column,
        key.rsplit("/", 1)[-1],
        f"l’identifiant d’un élément « {french} » existant",
        "Corriger l’identifiant, ou ajouter la ligne qui le décrit.",
    )
