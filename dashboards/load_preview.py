"""What a file would change, ready for a screen: counts, rows before and after, faults. Nothing is written.

A preview is kept beside its file as JSON, so that any worker of the server can show it page by page.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from dashboards.access import StoreAccess
from graphmodel import Batch, Fault, InputFaultsError, MaillageError
from graphmodel.attestations import Record
from graphmodel.element import element_of
from graphmodel.errors import StoreChangedError
from graphmodel.plan import KINDS, Plan
from graphmodel.schema import SCHEMA
from graphmodel.stores.loads import Load
from graphmodel.wording import french_property, french_value
from loaders import registry
from loaders.mapping import SUFFIX
from loaders.matching.candidates import proposal_warning, proposed_by

FILE = "apercu.json"
_GRAVITY = ("error", "warning", "note")
MANY_REMOVED = 0.05
"""Share of what a file said before above which taking it away is asked again."""
_HIDDEN = frozenset({"key", "contract", "id", "source", "target", "source_label", "target_label"})


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file: its kind when it is not recognised, its vintage when it does not say it, whether
    what it no longer says is taken away, whether warnings block."""

    kind: str | None = None
    vintage: int | None = None
    replace: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One row that a file changes.

    Attributes
    ----------
    sign
        `added`, `changed` or `removed`.
    table, name
        Label or type, and what people call the row.
    sheet, row
        Where the file says it.
    cells
        Property in French, value before, value after; None before what is new, after what goes.
    """

    sign: str
    table: str
    name: str
    sheet: str | None
    row: int | None
    cells: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything a person sees of a file before it is written.

    Attributes
    ----------
    file, sha256, kind, rows
        The file, its hash, kind of loader (None when not recognised) and number of rows.
    options
        How it was read.
    version
        Version of the store that it was compared with.
    counts
        Nodes and relationships together: added, changed, removed, unchanged; None when there are faults.
    changes, faults
        Rows that change; faults, errors first.
    said
        Sentences on how the file was read.
    seconds
        Time it took.
    written
        Version that writing it made; None before.
    """

    file: str
    sha256: str
    kind: str | None
    rows: int
    options: Options
    version: int
    counts: dict[str, int] | None
    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    said: tuple[str, ...] = ()
    seconds: float = 0.0
    written: int | None = None

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Faults that block."""
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def changing(self) -> int:
        """Number of rows that change."""
        return sum(self.counts[kind] for kind in KINDS if kind != "unchanged") if self.counts else 0

    @property
    def many_removed(self) -> bool:
        """True when so much would go that the file may not be whole."""
        if not self.counts or not self.counts["removed"]:
            return False
        before = sum(self.counts[kind] for kind in ("removed", "changed", "unchanged"))
        return self.counts["removed"] > MANY_REMOVED * before


@dataclass(slots=True)
class _Reading:
    """A file read again: its batches, its plan, or its faults."""

    request: registry.FileRequest
    plan: Plan | None = None
    faults: tuple[Fault, ...] = field(default=())


def preview(access: StoreAccess, path: Path, options: Options) -> Preview:
    """Read a file and compare it with the store; faults are part of the answer, not errors.

    Raises
    ------
    StoreUnavailableError
        When the store is out of reach.
    """
    begun = time.monotonic()
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    with access.open() as store:
        version = store.version().number
        reading = _read(store, access, path, options)
        changes = tuple(_changes(store, reading.plan)) if reading.plan else ()
        alike = proposed_by(store, reading.plan) if reading.plan else []
    faults = [*reading.faults, *(reading.plan.warnings if reading.plan else ())]
    faults += [proposal_warning(alike, path.name)] if alike else []
    return Preview(
        file=path.name,
        sha256=sha256,
        kind=_kind(path, options),
        rows=sum(rows for _, rows in reading.plan.sources) if reading.plan else 0,
        options=options,
        version=version,
        counts=_counts(reading.plan) if reading.plan else None,
        changes=changes,
        faults=tuple(sorted(faults, key=lambda fault: _GRAVITY.index(fault.severity))),
        said=tuple(reading.request.said),
        seconds=time.monotonic() - begun,
    )


def write(access: StoreAccess, path: Path, shown: Preview, author: str) -> tuple[Load | None, Preview]:
    """Write a file that was previewed; return the load (None when nothing changes) and what to show then.

    Raises
    ------
    InputFaultsError
        The file has faults.
    StoreChangedError
        The store or the file is no longer what was previewed; nothing is written.
    """
    with access.open() as store:
        reading = _read(store, access, path, shown.options)
        if reading.plan is None:
            raise InputFaultsError(reading.faults)
        if reading.plan.version != shown.version:
            raise StoreChangedError(
                f"La base est passée à la version {reading.plan.version} depuis l’aperçu : rien n’a été "
                "écrit. Refaites l’aperçu."
            )
        load = store.apply(reading.plan, author=author)
        for after in reading.request.after:
            after()
        return load, replace(shown, written=load.number if load else store.version().number)


def _read(store: Any, access: StoreAccess, path: Path, options: Options) -> _Reading:
    request = registry.FileRequest(
        path, store, options.kind, options.vintage, access.contract, options.strict
    )
    reading = _Reading(request)
    try:
        batches: list[Batch] = registry.read(request)
        reading.plan = store.plan(batches, replace=options.replace)
    except InputFaultsError as error:
        reading.faults = error.faults
    except MaillageError as error:
        reading.faults = (Fault("error", "refused", str(error), path.name),)
    return reading


def _kind(path: Path, options: Options) -> str | None:
    if options.kind:
        return options.kind
    try:
        return registry.recognise(path)
    except MaillageError:
        return None


def _counts(plan: Plan) -> dict[str, int]:
    groups = plan.counts().values()
    return {kind: sum(group[kind] for group in groups) for kind in KINDS}


def _changes(store: Any, plan: Plan) -> Iterator[Change]:
    names = _Names(store, plan)
    for table, change in plan.tables.items():
        for record in change.written:
            before = change.before.get(record.key)
            cells = tuple(_cells(table, before, record))
            if before is None or cells:
                yield _change("added" if before is None else "changed", table, record, cells, names)
        for key in change.removed:
            gone = change.before[key]
            yield _change("removed", table, gone, tuple(_cells(table, gone, None)), names)


def _change(
    sign: str,
    table: str,
    record: Record,
    cells: tuple[tuple[str, str | None, str | None], ...],
    names: "_Names",
) -> Change:
    place = record.attestations[-1].place
    return Change(sign, table, names.of(table, record), place.sheet, place.row, cells)


def _cells(
    table: str, before: Record | None, after: Record | None
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield what differs; of a row that comes or goes, everything it says."""
    old = before.values if before else {}
    new = after.values if after else {}
    for name in dict.fromkeys((*new, *old)):
        if name in _HIDDEN or (old.get(name) == new.get(name)):
            continue
        disputed = after is not None and name in after.conflicts
        yield (
            french_property(table, name),
            french_value(table, name, old[name]) if old.get(name) is not None else None,
            _shown(table, name, new.get(name), disputed=disputed) if after else None,
        )


def _shown(table: str, name: str, value: object, *, disputed: bool) -> str:
    return "deux sources se contredisent" if disputed else french_value(table, name, value)


class _Names:
    """Names of rows: of a relationship, those of its two ends."""

    def __init__(self, store: Any, plan: Plan) -> None:
        self._store = store
        self._known: dict[tuple[str, str], str] = {
            (table, record.key): str(record.values.get("name") or record.key)
            for table, change in plan.tables.items()
            if SCHEMA.is_node(table)
            for record in change.written
        }

    def of(self, table: str, record: Record) -> str:
        """Return what people call a row."""
        if SCHEMA.is_node(table):
            return _node_name(table, record)
        ends = (
            self._end(str(record.values[f"{end}_label"]), str(record.values[end]))
            for end in ("source", "target")
        )
        return " → ".join(ends)

    def _end(self, label: str, key: str) -> str:
        if (label, key) not in self._known:
            found = self._store.read(label, [key]).get(key)
            self._known[label, key] = str(found.values.get("name") or key) if found else key
        return self._known[label, key]


def _node_name(table: str, record: Record) -> str:
    """Return a caption; where it is only an identifier, its words of closed lists are put in French."""
    name = element_of(table, record.key, record.values).name
    for prop in SCHEMA.tables[table].properties.values() if name == record.values.get("id") else ():
        value = record.values.get(prop.name)
        if prop.enumeration and isinstance(value, str):
            name = name.replace(f"-{value}", f", {french_value(table, prop.name, value)}")
    return name


def keep(shown: Preview, folder: Path) -> None:
    """Keep a preview beside its file."""
    content = json.dumps(asdict(shown), ensure_ascii=False)
    draft = folder / f"{FILE}.tmp"
    draft.write_text(content, encoding="utf-8")
    draft.replace(folder / FILE)


def kept(folder: Path) -> Preview | None:
    """Return the preview kept in a folder; None without any."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    said["options"] = Options(**said["options"])
    said["faults"] = tuple(Fault(**fault) for fault in said["faults"])
    said["changes"] = tuple(
        Change(**{**change, "cells": tuple(map(tuple, change["cells"]))}) for change in said["changes"]
    )
    said["said"] = tuple(said["said"])
    return Preview(**said)


def file_of(folder: Path) -> Path:
    """Return the file that was sent, in its folder."""
    return next(
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith(FILE) and not path.name.endswith(SUFFIX)
    )
