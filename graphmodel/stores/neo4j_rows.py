"""Rows between records and Neo4j's properties, by the schema's types."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from neo4j.spatial import WGS84Point
from neo4j.time import Date

from graphmodel.attestations import Record, encode_attestation
from graphmodel.schema import SCHEMA
from graphmodel.schema.model import camel_case
from graphmodel.seal import seal_in, seal_of
from graphmodel.stores.packing import readable_attestations

DERIVED = ("fictional", "source_count", "conflicts")
"""Columns that follow from the attestations; kept on every node and relationship beside them."""
INTERNAL = frozenset({"attestations", "fictional", "sourceCount", "conflicts"})
"""Properties that the schema does not name."""
_ENDS = frozenset({"source", "target", "source_label", "target_label"})

Convert = Callable[[Any], Any]


def neo4j_name(table: str, column: str) -> str:
    """Return the property that keeps a column of a table."""
    prop = SCHEMA.tables[table].properties.get(column)
    return prop.camel if prop else camel_case(column)


def known_properties(table: str) -> frozenset[str]:
    """Return every property a node or relationship of a table may have."""
    kept = (column for column in SCHEMA.columns(table) if column not in _ends(table))
    return INTERNAL | {neo4j_name(table, column) for column in kept}


def _ends(table: str) -> frozenset[str]:
    """Return the columns that the place of a relationship says; a node may have a property `source`."""
    return frozenset() if SCHEMA.is_node(table) else _ENDS


@cache
def _writers(table: str) -> dict[str, tuple[str, Convert | None]]:
    """Return, by column, the property and the function that encodes its values; ends are not properties."""
    writers: dict[str, tuple[str, Convert | None]] = {}
    for column in SCHEMA.columns(table):
        if column not in _ends(table):
            prop = SCHEMA.tables[table].properties.get(column)
            writers[column] = neo4j_name(table, column), _ENCODERS.get(prop.type) if prop else None
    return writers


def encode(table: str, record: Record) -> dict[str, Any]:
    """Return the properties of a record, unknown ones left out: Neo4j keeps no null."""
    row: dict[str, Any] = {
        "attestations": [*map(encode_attestation, record.attestations), seal_of(record.values)],
        "fictional": record.fictional,
        "sourceCount": record.source_count,
    }
    if record.conflicts:
        row["conflicts"] = list(record.conflicts)
    writers = _writers(table)
    for column, value in record.values.items():
        if value is not None and column in writers:
            name, convert = writers[column]
            row[name] = value if convert is None else convert(value)
    return row


def decode_columns(table: str, columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return columns as every store gives them; a value of another type stays as it is."""
    decoded: dict[str, list[Any]] = {}
    for name, cells in columns.items():
        prop = SCHEMA.tables[table].properties.get(name)
        convert = _DERIVED_DECODERS.get(name) if name in DERIVED else _DECODERS.get(prop.type if prop else "")
        decoded[name] = cells if convert is None else [convert(cell) for cell in cells]
    return decoded


def decode_records(table: str, columns: Mapping[str, list[Any]]) -> Iterator[Record]:
    """Yield the records of columns that hold `attestations` too."""
    names = SCHEMA.columns(table)
    decoded = decode_columns(table, {name: columns[name] for name in names})
    rows = zip(*(decoded[name] for name in names), strict=True)
    for row, texts, conflicts in zip(rows, columns["attestations"], columns["conflicts"], strict=True):
        values = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        listed = _listed(texts)
        attestations = readable_attestations(listed, table)
        yield Record(str(values["key"]), values, attestations, _words(conflicts), seal_in(listed))


def _listed(cell: object) -> Sequence[object]:
    return cell if isinstance(cell, list) else ()


def _words(cell: object) -> tuple[str, ...]:
    return tuple(map(str, _listed(cell)))


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _point(value: Sequence[float]) -> WGS84Point:
    return WGS84Point((float(value[0]), float(value[1])))


_ENCODERS: dict[str, Convert] = {"number": float, "share": float, "json": _dumps, "point": _point}


def _read_date(cell: object) -> object:
    return cell.to_native() if isinstance(cell, Date) else cell


def _read_number(cell: object) -> object:
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def _read_point(cell: object) -> object:
    return (cell[0], cell[1]) if isinstance(cell, WGS84Point) and len(cell) == 2 else cell


def _read_json(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        return cell


def _read_conflicts(cell: object) -> str | None:
    return ",".join(_words(cell)) or None


def _read_count(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


_DECODERS: dict[str, Convert] = {
    "date": _read_date,
    "number": _read_number,
    "share": _read_number,
    "point": _read_point,
    "json": _read_json,
}
_DERIVED_DECODERS: dict[str, Convert] = {
    "fictional": bool, "source_count": _read_count, "conflicts": _read_conflicts,
}  # fmt: skip
