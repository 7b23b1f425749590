"""Organisations decided to be the same: how the rows of later loads find the one that was kept.

A decision is by keys. Rows that name an organisation merged into another are read as rows of the one kept;
each keeps, as its *origin*, the base columns as the file writes them, so that the decision can be taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graphmodel.batch import Batch, Row, Values
from graphmodel.keys import relationship_key
from graphmodel.schema import SCHEMA

LABEL = "Organisation"
"""The label whose nodes are matched."""

_ENDS = ("source", "target")


@dataclass(frozen=True, slots=True)
class Kept:
    """The organisation kept of those decided to be the same: its key and its identifier."""

    key: str
    id: str


Aliases = Mapping[str, Kept]
"""The organisation kept, by the key of one merged into it; never a chain."""


def base_of(table: str, base: Values, values: Values, aliases: Aliases) -> Values:
    """Return the base columns of a row once the merged organisations are replaced by those kept.

    Parameters
    ----------
    table
        Label or type.
    base
        Base columns as the file writes them, `key` included.
    values
        Values of the row: those that tell two relationships apart make its key.
    """
    if table == LABEL:
        kept = aliases.get(str(base["key"]))
        return base if kept is None else {**base, "key": kept.key, "id": kept.id}
    if SCHEMA.is_node(table):
        return base
    ends = {
        end: kept.key
        for end in _ENDS
        if base[f"{end}_label"] == LABEL and (kept := aliases.get(str(base[end])))
    }
    if not ends:
        return base
    moved = {**base, **ends}
    moved["key"] = relationship_key(table, str(moved["source"]), str(moved["target"]), values)
    return moved


def origin_of(base: Values, moved: Values) -> Values | None:
    """Return the base columns that differ between two states of a row, as in the first; None for none."""
    return {name: value for name, value in base.items() if value != moved[name]} or None


def translated(batch: Batch, aliases: Aliases) -> Batch:
    """Return a batch whose rows name the organisations kept."""
    if not aliases:
        return batch
    rows = {table: [_row(table, row, aliases) for row in found] for table, found in batch.rows.items()}
    return replace(batch, rows=rows)


def _row(table: str, row: Row, aliases: Aliases) -> Row:
    if SCHEMA.is_node(table) and table != LABEL:
        return row
    names = ("key", "id") if table == LABEL else ("key", "source", "target", "source_label", "target_label")
    base = {name: row.values[name] for name in names}
    moved = base_of(table, base, row.values, aliases)
    if moved is base:
        return row
    return Row(str(moved["key"]), {**row.values, **moved}, row.place, origin_of(base, moved))
