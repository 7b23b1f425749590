"""Nulls and empty lists of a file: what says nothing to a graph, and yet stands in the file.

The graph keeps what is known. So that a file comes back as it was written, the contract also keeps the
*hollow* of the file: the same object with nothing but its nulls, empty lists and empty objects. It holds no
value; filling never replaces one.
"""

from typing import Any

Hollow = Any
"""`None`, `[]`, `{}`, or a dictionary of hollows by key; the items of a list have for key `[rank]`."""


def hollow_of(value: Any) -> Hollow | None:
    """Return the hollow of a JSON value as a one-item list, None when it has none.

    The list tells « the value is null » (`[None]`) from « there is nothing to keep » (None).

    >>> hollow_of({"a": None, "b": [1, {"c": []}], "d": 2})
    [{'a': None, 'b': {'[1]': {'c': []}}}]
    >>> hollow_of({"d": 2}) is None
    True
    """
    if value is None or value == [] or value == {}:
        return [value]
    if not isinstance(value, (dict, list)):
        return None
    items = value.items() if isinstance(value, dict) else ((f"[{at}]", item) for at, item in enumerate(value))
    kept = {key: found[0] for key, item in items if (found := hollow_of(item)) is not None}
    return [kept] if kept else None


def fill(value: Any, hollow: Hollow) -> Any:
    """Return a JSON value with a hollow in the places where it says nothing; inverse of `hollow_of`.

    Rows of a list that no longer exist are passed over.

    >>> fill({"b": [1, {}], "d": 2}, {"a": None, "b": {"[1]": {"c": []}}})
    {'b': [1, {'c': []}], 'd': 2, 'a': None}
    """
    if not isinstance(hollow, dict):
        return value
    if isinstance(value, list):
        return [fill(item, hollow.get(f"[{at}]")) for at, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    filled = dict(value)
    for key, inside in hollow.items():
        if key in filled:
            filled[key] = fill(filled[key], inside)
        elif not key.startswith("["):
            filled[key] = fill({}, inside) if isinstance(inside, dict) and inside else inside
    return filled
