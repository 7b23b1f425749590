"""Files of the JSON form, and the graph of a batch without any store."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphmodel import Batch, ContractGraph
from graphmodel.frames import frame_of
from graphmodel.schema import SCHEMA

FULL = Path(__file__).parents[2] / "data" / "full.json"
"""A file of our own with every key of the form."""


def graph_of(batch: Batch) -> ContractGraph:
    """Return the graph of one batch, as a store that holds nothing else would give it."""
    frames = {}
    for table, rows in batch.rows.items():
        columns: dict[str, list[object]] = {
            name: [row.values.get(name) for row in rows] for name in SCHEMA.columns(table)
        }
        columns["fictional"] = [batch.source.fictional] * len(rows)
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {})


@pytest.fixture
def full() -> dict[str, Any]:
    """Return the value of the file that has every key."""
    value: dict[str, Any] = json.loads(FULL.read_text("utf-8"))
    return value


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    """Return a function that writes a JSON value, or text or bytes as they are, to a file."""

    def to_file(value: Any, name: str = "essai.json") -> Path:
        path = tmp_path / name
        if not isinstance(value, (str, bytes)):
            value = json.dumps(value, ensure_ascii=False)
        path.write_bytes(value if isinstance(value, bytes) else value.encode("utf-8"))
        return path

    return to_file
