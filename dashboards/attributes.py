"""Attributes of HTML whose names hold a hyphen, for the components of the kit."""

from typing import Any


def attributes(**named: str) -> dict[str, Any]:
    """Return attributes by their HTML name: `aria_label` is « aria-label ».

    Examples
    --------
    >>> attributes(aria_hidden="true")
    {'aria-hidden': 'true'}
    """
    return {name.replace("_", "-"): value for name, value in named.items()}
