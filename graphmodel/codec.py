"""Values between Python and what a store or JSON can keep, by the schema's types."""

import datetime
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from graphmodel.schema import SCHEMA

Decoder = Callable[[object], object]

_LISTS = ("text_list", "integer_list", "json")


def to_json(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as JSON can hold them: dates as ISO text."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
    }


def from_json(table: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return values read back from JSON; inverse of `to_json`."""
    properties = SCHEMA.tables[table].properties
    restored: dict[str, object] = {}
    for name, value in values.items():
        kind = properties[name].type if name in properties else "text"
        if kind == "date" and isinstance(value, str):
            restored[name] = datetime.date.fromisoformat(value)
        elif kind == "point" and isinstance(value, list):
            restored[name] = tuple(value)
        else:
            restored[name] = value
    return restored


def sqlite_type(kind: str) -> str:
    """Return the SQLite column type of a schema type."""
    return {
        "integer": "INTEGER",
        "year": "INTEGER",
        "money": "INTEGER",
        "boolean": "INTEGER",
        "number": "REAL",
        "share": "REAL",
    }.get(kind, "TEXT")


@cache
def sqlite_encoders(table: str) -> dict[str, Decoder]:
    """Return, for the columns SQLite cannot keep as they are, the function that encodes a value."""
    encoders: dict[str, Decoder] = {}
    for prop in SCHEMA.tables[table].properties.values():
        if prop.type == "date":
            encoders[prop.name] = _iso
        elif prop.type in _LISTS or prop.type == "point":
            encoders[prop.name] = _dumps
    return encoders


@cache
def sqlite_decoders(table: str) -> dict[str, Decoder]:
    """Return, for the columns SQLite cannot keep as they are, the function that decodes a value."""
    decoders: dict[str, Decoder] = {}
    for prop in SCHEMA.tables[table].properties.values():
        if prop.type == "date":
            decoders[prop.name] = _date
        elif prop.type == "boolean":
            decoders[prop.name] = _boolean
        elif prop.type in _LISTS:
            decoders[prop.name] = _loads
        elif prop.type == "point":
            decoders[prop.name] = _point
    return decoders


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _dumps(value: object) -> object:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _date(value: object) -> object:
    return _or_as_it_is(datetime.date.fromisoformat, value)


def _boolean(value: object) -> object:
    return None if value is None else bool(value)


def _loads(value: object) -> object:
    return _or_as_it_is(json.loads, value)


def _point(value: object) -> object:
    return _or_as_it_is(_pair, value)


def _pair(text: str) -> tuple[float, ...]:
    return tuple(json.loads(text))


def _or_as_it_is(decode: Callable[[Any], object], value: object) -> object:
    """Decode a cell; one that was damaged by hand stays as it is, for `wrong_cells` to name it."""
    if value is None:
        return None
    try:
        return decode(value)
    except (ValueError, TypeError):
        return value
