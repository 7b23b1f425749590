"""What a load would change, before anything is written.

`make_plan` compares batches with the records a store holds and returns the exact rows to write. The store's
`apply` writes that plan in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from graphmodel.attestations import Attestation, Record, attest, attestation_of, withdraw
from graphmodel.batch import Batch, Row, Source
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from graphmodel.overridden import change_warnings, condensed, conflict_warnings
from graphmodel.references import Uses, dangling_faults, use_faults
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


@dataclass(slots=True)
class _Draft:
    """One table while a plan is made: what the store holds, and what it would hold."""

    stored: dict[str, Record] = field(default_factory=dict)
    now: dict[str, Record | None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def record(self, key: str) -> Record | None:
        """Return a record as it stands after what was drafted so far."""
        return self.now[key] if key in self.now else self.stored.get(key)

    def change(self) -> TableChange:
        """Return the change from the store to the draft."""
        before = {key: self.stored[key] for key in self.now if key in self.stored}
        written = [record for record in self.now.values() if record is not None]
        removed = sorted(key for key, record in self.now.items() if record is None)
        return TableChange(written, before, removed, self.counts)


def make_plan(
    batches: Sequence[Batch],
    version: int,
    read: Reader,
    read_source: Callable[[str], Mapping[str, dict[str, Record]]] | None = None,
    uses: Uses | None = None,
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
    uses
        Reads the relationships that touch given nodes; given with `read_source`, to refuse to take away a
        node that other sources still use.

    Raises
    ------
    InputFaultsError
        A relationship whose end is neither in the batches nor in the store, or a node taken away while
        relationships of other sources still use it.
    """
    drafts: dict[str, _Draft] = {}
    warnings = [warning for batch in batches for warning in batch.warnings]
    for batch in batches:
        for table, rows in batch.rows.items():
            draft = drafts.setdefault(table, _Draft())
            draft.stored.update(read(table, [row.key for row in rows]))
            warnings += _draft_rows(draft, table, rows, batch.source, version + 1)
    if read_source is not None:
        for source in {batch.source.id: None for batch in batches}:
            _draft_removals(drafts, batches, source, read_source(source))
    plan = Plan(
        version,
        [(batch.source, len(batch)) for batch in batches],
        {table: draft.change() for table, draft in drafts.items()},
        tuple(condensed(warnings)),
    )
    faults = [*_dangling(batches, plan, read), *(use_faults(_removed(plan), uses, batches) if uses else ())]
    if faults:
        raise InputFaultsError(faults)
    return plan


def _draft_rows(draft: _Draft, table: str, rows: Iterable[Row], source: Source, load: int) -> list[Fault]:
    """Draft what rows write; return what a person should look at again."""
    now, counts = draft.now, draft.counts
    warnings: list[Fault] = []
    for row in rows:
        before = draft.record(row.key)
        if source.echo and before is not None and _repeats(row, before):
            counts["unchanged"] += 1
            continue
        record = attest(before, row.key, row.values, attestation_of(source, row.place, load, row.origin))
        if before is None:
            counts["added"] += 1
            now[row.key] = record
            continue
        same = record.values == before.values and record.conflicts == before.conflicts
        counts["unchanged" if same else "changed"] += 1
        if not (same and _same_statements(record, before)):
            now[row.key] = record
            warnings += change_warnings(table, row, before, source)
            warnings += conflict_warnings(table, row, (before, record), source)
    return warnings


def _repeats(row: Row, before: Record) -> bool:
    """Tell whether a row says nothing but what a record holds; a name that is the identifier says nothing."""
    named = {**row.values, "name": None} if row.values.get("name") == row.values.get("id") else row.values
    return all(value is None or before.values.get(column) == value for column, value in named.items())


def _same_statements(record: Record, before: Record) -> bool:
    pairs = zip_longest(
        sorted(record.attestations, key=_order), sorted(before.attestations, key=_order), fillvalue=None
    )
    return all(a is not None and b is not None and a.same_statement(b) for a, b in pairs)


def _order(attestation: Attestation) -> tuple[str, bool, str]:
    return attestation.source, attestation.correction is not None, attestation.origin_key or ""


def _draft_removals(
    drafts: dict[str, _Draft],
    batches: Sequence[Batch],
    source: str,
    attested: Mapping[str, dict[str, Record]],
) -> None:
    """Withdraw a source from the records that none of its batches says any more."""
    for table, records in attested.items():
        said = _origins(rows for b in batches if b.source.id == source for rows in b.rows.get(table, ()))
        draft = drafts.setdefault(table, _Draft())
        for key, stored in records.items():
            still = said.get(key, frozenset[str | None]())
            if _spoken(stored, source) <= still:
                continue
            draft.stored[key] = stored
            before = draft.record(key)
            after = withdraw(before, source, still) if before is not None else None
            draft.now[key] = after
            kind = "removed" if after is None else "changed"
            if before is not None and after is not None and after.values == before.values:
                kind = "unchanged"
            draft.counts[kind] += 1


def _origins(rows: Iterable[Row]) -> dict[str, set[str | None]]:
    """Return the keys under which rows name each record, None for the record's own."""
    found: dict[str, set[str | None]] = {}
    for row in rows:
        found.setdefault(row.key, set()).add(None if row.origin is None else str(row.origin["key"]))
    return found


def _spoken(record: Record, source: str) -> set[str | None]:
    return {a.origin_key for a in record.attestations if a.source == source and a.correction is None}


def _removed(plan: Plan) -> dict[str, set[str]]:
    """Return the keys taken away, by table."""
    return {table: set(change.removed) for table, change in plan.tables.items() if change.removed}


def _dangling(batches: Sequence[Batch], plan: Plan, read: Reader) -> Iterable[Fault]:
    return dangling_faults(batches, _removed(plan), lambda label, keys: set(read(label, keys)))
