"""Rows as typed pandas frames, the same whichever store they come from."""

import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pandas as pd

from graphmodel.schema import SCHEMA

DERIVED_COLUMNS = ("fictional", "source_count", "conflicts")
"""Columns that follow from the attestations: fictional or not, number of sources, disputed properties."""

_DTYPES = {
    "integer": "Int64", "year": "Int64", "money": "Int64", "boolean": "boolean", "number": "Float64",
    "share": "Float64",
}  # fmt: skip
_DERIVED_DTYPES = {"fictional": "bool", "source_count": "int64", "conflicts": "object"}


def column_dtype(table: str, column: str) -> str:
    """Return the pandas dtype of a column; texts, dates, lists and points are objects, None where unknown."""
    if column in _DERIVED_DTYPES:
        return _DERIVED_DTYPES[column]
    prop = SCHEMA.tables[table].properties.get(column)
    return _DTYPES.get(prop.type, "object") if prop else "object"


def frame_of(table: str, columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """Return the frame of a table, indexed and sorted by key.

    Parameters
    ----------
    table
        Label or type.
    columns
        Values by column name, `key` included; a column that is absent is unknown throughout.
    """
    keys = list(columns.get("key", ()))
    index = pd.Index(keys, name="key", dtype="object")
    data = {}
    for name in (*SCHEMA.columns(table)[1:], *DERIVED_COLUMNS):
        default = {"fictional": False, "source_count": 1}.get(name)
        values = columns.get(name) or [default] * len(keys)
        # A Series, not an array: pandas would turn an array of texts into its own type, and None into NaN.
        data[name] = pd.Series(list(values), index=index, dtype=column_dtype(table, name))
    return pd.DataFrame(data, index=index).sort_index(kind="stable")


def empty_frame(table: str) -> pd.DataFrame:
    """Return the frame of a table without rows."""
    return frame_of(table, {"key": ()})


def known(value: object) -> object | None:
    """Return a cell as a Python value of the caller's own, None where pandas says it is missing."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, (list, dict)):
        return deepcopy(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    item = getattr(value, "item", None)
    return item() if callable(item) and not isinstance(value, (tuple, str)) else value


def text_of(value: object) -> str | None:
    """Return a cell as text, None where it is not known."""
    found = known(value)
    return None if found is None else str(found)


def records_of(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a frame as dictionaries with `key`, unknown cells left out; lists are copies.

    Examples
    --------
    >>> records_of(empty_frame("Axis"))
    []
    """
    columns = [_own(frame[name].astype("object").where(frame[name].notna(), None)) for name in frame.columns]
    names = list(frame.columns)
    rows = []
    for key, *cells in zip(frame.index, *columns, strict=True):
        row = {"key": key}
        row.update({name: cell for name, cell in zip(names, cells, strict=True) if cell is not None})
        rows.append(row)
    return rows


def _own(column: "pd.Series[Any]") -> list[object]:
    """Return the cells of a column as plain values; those that could be written on are copied."""
    cells: list[object] = column.tolist()
    if any(isinstance(cell, (list, dict)) for cell in cells):
        return [deepcopy(cell) for cell in cells]
    return cells
