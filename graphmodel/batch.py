"""Rows on their way to a store: what one source says, with the place of each row.

A loader fills a `BatchBuilder`, calls `build()` and gets a validated `Batch`, or every fault at once.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graphmodel.faults import Fault
from graphmodel.keys import node_key, relationship_key, territory_key, zoning_key

Values = dict[str, object]
Ref = tuple[str, str]
"""A node as (label, key)."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document that says the rows of a batch.

    Attributes
    ----------
    id
        Identity of the file: the id written in its « lisez-moi », else its name. Loading a second file of
        the same identity replaces what the first one said.
    name, sha256, kind
        File name, SHA-256 of its bytes in hexadecimal, kind of loader (`workbook`, `json`, …).
    author, known_on
        Who says it and since when, when declared.
    fictional
        True when the file declares itself fictional.
    echo
        True for a copy of the store: it is no witness of what the store already holds from others.
    """

    id: str
    name: str
    sha256: str
    kind: str
    author: str | None = None
    known_on: date | None = None
    fictional: bool = False
    echo: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its source: sheet and row, or quote and lines."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    quote: str | None = None
    lines: tuple[int, int] | None = None


NOWHERE = Place()


@dataclass(slots=True)
class Row:
    """One row of a table: its key and columns (base columns included) and where it was read.

    `origin` keeps the base columns as read, where an earlier decision made them others: see `aliases`.
    """

    key: str
    values: Values
    place: Place = NOWHERE
    origin: Values | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Validated rows of one source, by table name."""

    source: Source
    rows: dict[str, list[Row]]
    warnings: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.rows.values())


@dataclass(slots=True)
class BatchBuilder:
    """Collects rows and faults of one source.

    Parameters
    ----------
    source
        The document read.
    contract
        Identifier of the contract the rows belong to; None for territories alone.
    """

    source: Source
    contract: str | None = None
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Fault] = field(default_factory=list)

    def node(
        self,
        label: str,
        identifier: str,
        values: Mapping[str, object] | None = None,
        *,
        name: str | None = None,
        at: str | int | None = None,
        key: str | None = None,
        place: Place = NOWHERE,
    ) -> Ref:
        """Add a node and return its reference.

        `at` is the plan year that belongs to an action's key; `key` overrides the natural key.
        The name defaults to the identifier.
        """
        contract = self.contract if label not in ("Territory", "Zoning") else None
        key = key or node_key(label, identifier, self.contract, at)
        row: Values = {"key": key, "contract": contract, "id": identifier, "name": name or identifier}
        if values:
            row.update(values)
        self.rows[label].append(Row(key, row, place))
        return label, key

    def territory(
        self,
        level: str,
        code: str,
        vintage: str | int,
        values: Mapping[str, object] | None = None,
        *,
        name: str | None = None,
        place: Place = NOWHERE,
    ) -> Ref:
        """Add an official territory and return its reference."""
        row = {"code": code, "level": level, "vintage": str(vintage), **(values or {})}
        return self.node(
            "Territory", code, row, name=name, key=territory_key(level, code, vintage), place=place
        )

    def zoning(
        self,
        scheme: str,
        vintage: str | int,
        values: Mapping[str, object] | None = None,
        *,
        name: str | None = None,
    ) -> Ref:
        """Add a zoning (scheme and vintage) and return its reference."""
        row = {"scheme": scheme, "vintage": str(vintage), **(values or {})}
        return self.node(
            "Zoning", scheme, row, name=name or f"{scheme} {vintage}", key=zoning_key(scheme, vintage)
        )

    def relationship(
        self,
        kind: str,
        source: Ref,
        target: Ref,
        values: Mapping[str, object] | None = None,
        *,
        place: Place = NOWHERE,
    ) -> None:
        """Add a relationship between two nodes given by reference."""
        said: Values = dict(values or {})
        key = relationship_key(kind, source[1], target[1], said)
        row: Values = {
            "key": key,
            "contract": self.contract,
            "source": source[1],
            "target": target[1],
            "source_label": source[0],
            "target_label": target[0],
            **said,
        }
        self.rows[kind].append(Row(key, row, place))

    def fault(self, fault: Fault) -> None:
        """Record a fault found by the loader itself."""
        self.faults.append(fault.at_file(self.source.name) if fault.file is None else fault)

    def build(self, *, strict: bool = False) -> Batch:
        """Validate everything and return the batch.

        Raises
        ------
        InputFaultsError
            With every fault of the loader and of the schema; `strict` promotes warnings.
        """
        from graphmodel.faults import raise_on_errors
        from graphmodel.validation import merge_duplicates, validate_rows

        rows, duplicates = merge_duplicates(dict(self.rows), self.source)
        found = [*self.faults, *duplicates, *validate_rows(rows, self.source)]
        return Batch(self.source, rows, raise_on_errors(found, strict=strict))
