"""Limits between the classes of a map: fixed round numbers by default, quantiles or equal steps on demand.

Every method is given the values of all the years of a series, so that a colour means the same in each.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

Method = Literal["fixes", "quantiles", "egales"]
"""How limits are chosen, as the address names it."""

METHODS: Final[tuple[tuple[Method, str, str], ...]] = (
    ("fixes", "Seuils fixes", "limites rondes, les mêmes chaque année"),
    ("quantiles", "Effectifs égaux", "autant de valeurs par classe, toutes années ensemble"),
    ("egales", "Intervalles égaux", "même écart entre deux limites, toutes années ensemble"),
)
"""Methods: name in the address, words of the choice, what it does."""

CLASSES: Final = 5
_STEPS: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Numbers that are easy to say; a limit is one of them times a power of ten."""


def limits_by(method: Method, values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Return the limits between classes of positive values by a method.

    Parameters
    ----------
    method
        One of `METHODS`; `fixes` is the default of every map.
    values
        Positive values of all the years of a series together.
    decimals
        Digits shown after the comma: quantiles and equal steps are rounded to them, so that a reader can
        check a class against its limits.

    Examples
    --------
    >>> limits_by("egales", [1.0, 2.0, 11.0], 0)
    (3.0, 5.0, 7.0, 9.0)
    """
    if method == "fixes" or len(set(values)) < CLASSES:
        return limits_of(values)
    parts = np.linspace(0, 1, CLASSES + 1)[1:-1]
    low, high = min(values), max(values)
    bins = np.quantile(values, parts) if method == "quantiles" else low + parts * (high - low)
    found = sorted({round(float(limit), decimals) for limit in bins})
    return tuple(limit for limit in found if low < limit <= high)


def limits_of(values: Sequence[float], classes: int = CLASSES) -> tuple[float, ...]:
    """Return limits near the quantiles of positive values, each a number that is easy to say.

    Parameters
    ----------
    values
        Positive values of all the years of a series together.
    classes
        Number of classes wanted; there are fewer where the values are few or alike.

    Examples
    --------
    >>> limits_of([0.1 * rank for rank in range(1, 101)])
    (2.0, 4.0, 6.0, 8.0)
    """
    ordered = sorted(values)
    found: list[float] = []
    for rank in range(1, classes):
        at = min(len(ordered) - 1, math.ceil(rank * len(ordered) / classes) - 1)
        if at < 0:
            continue
        limit = easy(ordered[at])
        if ordered[0] < limit <= ordered[-1] and (not found or limit > found[-1]):
            found.append(limit)
    return tuple(found)


def easy(value: float) -> float:
    """Return the number that is easy to say nearest to a positive value, as a ratio.

    >>> easy(0.0312), easy(1.09), easy(970)
    (0.03, 1.0, 1000.0)
    """
    power = math.floor(math.log10(value))
    choices = [step * 10.0**p for p in (power, power + 1) for step in _STEPS]
    best = min(choices, key=lambda choice: abs(math.log(choice / value)))
    return round(best, max(0, 2 - power))


def class_of(value: float, limits: Sequence[float]) -> int:
    """Return the rank of the class of a positive value, from 0: a limit belongs to the class above it."""
    return sum(value >= limit for limit in limits)
