"""Rows as frames: one type a column, unknown apart from zero, and back to rows."""

import datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from graphmodel import Batch
from graphmodel.frames import DERIVED_COLUMNS, column_dtype, empty_frame, frame_of, known, records_of
from graphmodel.schema import SCHEMA
from tests.graphmodel.stores.material import batches


@pytest.mark.parametrize("table", SCHEMA.tables)
def test_an_empty_frame_has_every_column_and_its_type(table: str) -> None:
    frame = empty_frame(table)
    assert list(frame.columns) == [*SCHEMA.columns(table)[1:], *DERIVED_COLUMNS]
    assert frame.index.name == "key"
    for name in frame.columns:
        assert str(frame[name].dtype) == column_dtype(table, name)
    assert records_of(frame) == []


def test_rows_are_sorted_by_key_and_absent_columns_are_unknown() -> None:
    frame = frame_of("Funding", {"key": ["b", "a"], "amount": [0, None], "year": [2014, 2015]})
    assert list(frame.index) == ["a", "b"]
    assert frame.loc["b", "amount"] == 0
    assert frame.loc["a", "amount"] is pd.NA
    assert frame.loc["a", "name"] is None
    assert list(frame["fictional"]) == [False, False]
    assert list(frame["source_count"]) == [1, 1]


def test_large_amounts_lose_no_cent() -> None:
    frame = frame_of("Funding", {"key": ["a", "b"], "amount": [2**62 + 1, None]})
    assert known(frame.loc["a", "amount"]) == 2**62 + 1


def test_texts_stay_objects_even_when_all_are_unknown() -> None:
    frame = frame_of("Organisation", {"key": ["a", "b"], "family": [None, None], "siren": ["1", None]})
    assert list(frame["family"]) == [None, None]
    assert list(frame["siren"]) == ["1", None]
    assert frame["siren"].dtype == object


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None), (pd.NA, None), (float("nan"), None), (0, 0), (False, False), ("", ""), ([], []),
        (pd.array([3], dtype="Int64")[0], 3), ((4.8, 45.7), (4.8, 45.7)), ({"a": None}, {"a": None}),
        (datetime.date(2014, 1, 1), datetime.date(2014, 1, 1)),
    ],
)  # fmt: skip
def test_a_cell_is_a_plain_value_or_none(cell: object, value: object) -> None:
    assert known(cell) == value
    assert type(known(cell)) is type(value)


def test_what_is_known_of_a_list_is_a_copy() -> None:
    cell = ["a", {"b": []}]
    found = known(cell)
    assert isinstance(found, list)
    found[1]["b"].append("c")
    found.append("d")
    assert cell == ["a", {"b": []}]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches())
def test_rows_come_back_from_their_frame(batch: Batch) -> None:
    for table, rows in batch.rows.items():
        names = {name for row in rows for name in row.values}
        frame = frame_of(table, {name: [row.values.get(name) for row in rows] for name in names})
        said = {row.key: {name: v for name, v in row.values.items() if v is not None} for row in rows}
        for record in records_of(frame):
            derived = {"fictional": False, "source_count": 1}
            assert record == {**said[str(record["key"])], **derived}
