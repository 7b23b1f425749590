"""Cells of a store against the schema's types: what an edit by hand can break."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphmodel.schema import SCHEMA

_PYTHON: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "enumeration": (str,),
    "integer": (int,),
    "year": (int,),
    "money": (int,),
    "number": (float, int),
    "share": (float, int),
    "boolean": (bool,),
    "date": (datetime.date,),
    "text_list": (list,),
    "integer_list": (list,),
    "point": (tuple,),
}


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A value whose type is not the schema's: its row, its column, what stands there."""

    key: str
    column: str
    value: object


def wrong_cells(table: str, columns: Mapping[str, Sequence[object]]) -> Iterator[WrongCell]:
    """Yield the cells whose Python type is not the one of the schema, unknown cells apart.

    Parameters
    ----------
    table
        Label or type.
    columns
        Values by column name, `key` included, as a store gives them.
    """
    properties = SCHEMA.tables[table].properties
    for name in SCHEMA.columns(table):
        prop = properties.get(name)
        allowed = _PYTHON.get(prop.type if prop else "text")
        values = columns.get(name, ())
        if allowed is None or not set(map(type, values)) - {*allowed, type(None)}:
            continue
        for key, value in zip(columns["key"], values, strict=True):
            if value is not None and type(value) not in allowed:
                yield WrongCell(str(key), name, value)
