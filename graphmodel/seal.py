"""The seal of a row: what its values were when they were written, so that an edit by hand is seen.

A row that one source alone attests keeps its values once: nothing else in the store says what they should be.
The seal stands at the end of the list of attestations, where every version reads past it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from zlib import crc32

_MARK = "sceau "


def seal_of(values: Mapping[str, object]) -> str:
    """Return the seal of values: equal for equal values, whatever the store they were read from.

    >>> seal_of({"a": 1, "b": None}) == seal_of({"a": 1.0})
    True
    """
    known = {name: _plain(value) for name, value in values.items() if value is not None}
    text = json.dumps(known, sort_keys=True, separators=(",", ":"), default=str)
    return f"{_MARK}{crc32(text.encode()):08x}"


def seal_in(texts: Iterable[object]) -> str | None:
    """Return the seal among the texts of a row's attestations; None for a row written without one."""
    return next((text for text in texts if isinstance(text, str) and text.startswith(_MARK)), None)


def _plain(value: object) -> object:
    """Return a value as JSON writes it, whole numbers as integers: stores differ on « 3 » and « 3.0 »."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
