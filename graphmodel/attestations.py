"""Who says what of one row: attestations, conflicts, corrections.

A record holds its values as resolved, and the attestations they rest on. Two sources that disagree on a
property make a *conflict*: the value is then unknown until somebody decides, never settled by load order.
A *correction* is an attestation with author, date and reason that overrides.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphmodel.batch import Place, Source, Values
from graphmodel.codec import from_json, to_json
from graphmodel.schema import BASE_NODE_COLUMNS, BASE_RELATIONSHIP_COLUMNS

BASE_COLUMNS = frozenset(BASE_NODE_COLUMNS + BASE_RELATIONSHIP_COLUMNS) - {"name"}
"""Columns that make the identity of a row: no two sources can disagree on them."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Who overrides a value, when (ISO date) and why.

    `over` keeps what each source said of the corrected property on that day, by source: a file that changes
    under a correction is told from it.
    """

    author: str
    on: str
    why: str
    over: Mapping[str, Values] | None = None


@dataclass(frozen=True, slots=True)
class Attestation:
    """One source's statement on one row.

    Attributes
    ----------
    source
        Identity of the source (`Source.id`).
    load
        Number of the load that brought it.
    fictional
        True when the source is fictional.
    place
        Sheet and row, or quote and lines.
    said
        Values said; None stands for « exactly the values resolved », the common case of a single source.
    correction
        Set when the statement is a correction.
    origin
        Base columns as the source writes them, where they are not those of the record: the source names an
        organisation that was decided to be the same as the record's.
    """

    source: str
    load: int
    fictional: bool
    place: Place
    said: Values | None = None
    correction: Correction | None = None
    origin: Values | None = None

    def same_statement(self, other: "Attestation") -> bool:
        """Tell whether two attestations differ by their load number only."""
        return (self.source, self.fictional, self.place, self.said, self.correction, self.origin) == (
            other.source, other.fictional, other.place, other.said, other.correction, other.origin
        )  # fmt: skip

    @property
    def origin_key(self) -> str | None:
        """Key under which the source names the row, None when it is the record's."""
        return None if self.origin is None else str(self.origin["key"])


@dataclass(slots=True)
class Record:
    """A row as a store keeps it.

    Attributes
    ----------
    key
        Natural key.
    values
        Base columns and properties as resolved.
    attestations
        Statements it rests on; never empty in a store.
    conflicts
        Names of the properties on which sources disagree.
    seal
        What the store wrote of the values (`graphmodel.seal`); None for a record that no store gave, or that
        was written before there were seals.
    """

    key: str
    values: Values
    attestations: tuple[Attestation, ...]
    conflicts: tuple[str, ...] = ()
    seal: str | None = field(default=None, compare=False, repr=False)

    @property
    def fictional(self) -> bool:
        """True when any statement is fictional."""
        if len(self.attestations) == 1:
            return self.attestations[0].fictional
        return any(a.fictional for a in self.attestations)

    @property
    def source_count(self) -> int:
        """Number of distinct sources that attest the row, corrections apart."""
        if len(self.attestations) == 1:
            return int(self.attestations[0].correction is None)
        return len({a.source for a in self.attestations if a.correction is None})


def attest(record: Record | None, row_key: str, said: Values, attestation: Attestation) -> Record:
    """Return a record with one more statement.

    Parameters
    ----------
    record
        The record as it stands, or None when the row is new.
    row_key, said
        Key and values of the row read.
    attestation
        Where it was read; its `said` is ignored. An older statement of the same source is replaced.
    """
    if None in said.values():
        clean = {name: value for name, value in said.items() if value is not None}
    else:
        clean = dict(said)
    if record is None:
        return Record(row_key, clean, (attestation,))
    statements = [
        (a, said_in(a, record))
        for a in record.attestations
        if a.source != attestation.source or a.correction or a.origin != attestation.origin
    ]
    statements.append((attestation, clean))
    return resolve(row_key, statements)


def withdraw(record: Record, source: str, still: Collection[str | None] = ()) -> Record | None:
    """Return the record without the statements of a source, or None when nothing attests it any more.

    `still` holds the origin keys of the statements that the source goes on making.
    """
    kept = [
        (a, said_in(a, record))
        for a in record.attestations
        if a.source != source or a.correction or a.origin_key in still
    ]
    if not any(a.correction is None for a, _ in kept):
        return None
    return resolve(record.key, kept)


def resolve(key: str, statements: Sequence[tuple[Attestation, Values]]) -> Record:
    """Return the record that follows from statements.

    A property has a value when all who know it agree; a correction overrides; otherwise it is unknown and
    listed as a conflict.
    """
    values: Values = {}
    conflicts: list[str] = []
    names = {name: None for _, said in statements for name in said}
    for name in names:
        value, disputed = _settle(name, statements)
        if value is not None:
            values[name] = value
        if disputed:
            conflicts.append(name)
    attestations = tuple(_with_said(a, None if said == values else said) for a, said in statements)
    return Record(key, values, attestations, tuple(sorted(conflicts)))


def _settle(name: str, statements: Sequence[tuple[Attestation, Values]]) -> tuple[object, bool]:
    corrected = [said[name] for a, said in statements if a.correction and name in said]
    if corrected:
        return corrected[-1], False
    known = [said[name] for a, said in statements if a.correction is None and said.get(name) is not None]
    if not known:
        return None, False
    if name in BASE_COLUMNS or all(value == known[0] for value in known[1:]):
        return known[0], False
    return _settle_caption(statements) if name == "name" else (None, True)


def _settle_caption(statements: Sequence[tuple[Attestation, Values]]) -> tuple[object, bool]:
    """Return the name to show among several, and whether they are in dispute.

    A caption that only repeats the identifier says nothing: a real name wins over it. A row always has a
    name: among disputed ones the first in alphabetical order, not the first loaded, those of fictional
    sources last. The names of organisations decided to be the same differ by nature: they dispute nothing.
    """
    own = [pair for pair in statements if pair[0].origin is None and pair[1].get("name")]
    said = [
        (a.fictional, str(v["name"]), v["name"] != v.get("id")) for a, v in own or statements if v.get("name")
    ]
    real = [(fictional, name) for fictional, name, told in said if told]
    names = real or [(fictional, name) for fictional, name, _ in said]
    return min(names)[1], len({name for _, name in real}) > 1


def said_in(attestation: Attestation, record: Record) -> Values:
    """Return the values that one statement of a record says."""
    return record.values if attestation.said is None else attestation.said


def _with_said(attestation: Attestation, said: Values | None) -> Attestation:
    if said is None and attestation.said is None:
        return attestation
    return Attestation(
        attestation.source,
        attestation.load,
        attestation.fictional,
        attestation.place,
        said,
        attestation.correction,
        attestation.origin,
    )


def attestation_of(source: Source, place: Place, load: int, origin: Values | None = None) -> Attestation:
    """Return the statement that a source makes at a place in a load."""
    return Attestation(source.id, load, source.fictional, place, None, None, origin)


def encode_attestation(attestation: Attestation) -> str:
    """Return the compact JSON text a store keeps for a statement.

    A list: source, load, fictional (0 or 1), sheet, row, column, quote, lines, values said or null, and
    for a correction its author, date, reason and what it overrides; last, only where there is one, the
    origin. The writing by hand of the common case makes a large load
    shorter by a third.
    """
    place = attestation.place
    if (
        attestation.said is None
        and attestation.correction is None
        and attestation.origin is None
        and place.quote is None
        and place.column is None
    ):
        head = _head(attestation.source, attestation.load, attestation.fictional, place.sheet)
        row = "null" if place.row is None else place.row
        lines = "null" if place.lines is None else f"[{place.lines[0]},{place.lines[1]}]"
        return f"{head}{row},null,null,{lines},null,null]"
    cells: list[Any] = [
        attestation.source, attestation.load, int(attestation.fictional), place.sheet, place.row,
        place.column, place.quote, list(place.lines) if place.lines else None,
        None if attestation.said is None else to_json(attestation.said),
        _correction_cells(attestation.correction),
    ]  # fmt: skip
    if attestation.origin is not None:
        cells.append(to_json(attestation.origin))
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _correction_cells(correction: Correction | None) -> list[Any] | None:
    if correction is None:
        return None
    cells: list[Any] = [correction.author, correction.on, correction.why]
    if correction.over is not None:
        cells.append({source: to_json(said) for source, said in correction.over.items()})
    return cells


def _correction_of(cells: list[Any] | None, table: str) -> Correction | None:
    if cells is None:
        return None
    author, on, why, *over = cells
    said = {source: from_json(table, values) for source, values in over[0].items()} if over else None
    return Correction(author, on, why, said)


@lru_cache(maxsize=256)
def _head(source: str, load: int, fictional: bool, sheet: str | None) -> str:
    """Return the start of a statement's text, the same for a whole sheet."""
    name, tab = json.dumps(source, ensure_ascii=False), json.dumps(sheet, ensure_ascii=False)
    return f"[{name},{load},{int(fictional)},{tab},"


def decode_attestation(text: str, table: str) -> Attestation:
    """Return the statement kept as compact JSON text; inverse of `encode_attestation`.

    Raises
    ------
    ValueError
        The text is not a statement.
    """
    cells = json.loads(text)
    if not isinstance(cells, list):
        raise ValueError("not a statement")
    source, load, fictional, sheet, row, column, quote, lines, said, correction, *more = cells
    return Attestation(
        source,
        load,
        bool(fictional),
        Place(sheet, row, column, quote, tuple(lines) if lines else None),
        None if said is None else from_json(table, said),
        _correction_of(correction, table),
        from_json(table, more[0]) if more else None,
    )


def said_by(record: Record) -> Mapping[str, Values]:
    """Return what each source says of a record, by source."""
    return {a.source: said_in(a, record) for a in record.attestations}
