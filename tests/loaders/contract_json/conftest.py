"""Files of the JSON form."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FULL = Path(__file__).parents[2] / "data" / "full.json"
"""A file of our own with every key of the form."""


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
