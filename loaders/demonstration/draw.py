"""Drawing lots that give the same lots for ever.

Only `Random.random()` is used: it is the one method of the library whose sequence is promised from one
version of Python to the next.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

SEED = 20142016
"""Seed of everything that is drawn for the demonstration."""

Item = TypeVar("Item")


class Draw:
    """A stream of lots of its own, so that a change in one part of the demonstration moves no other.

    Parameters
    ----------
    name
        Name of the stream.
    seed
        Seed of the demonstration.
    """

    def __init__(self, name: str, seed: int = SEED) -> None:
        self._random = random.Random(f"{seed}/{name}").random

    def happens(self, probability: float) -> bool:
        """Return True with a probability."""
        return self._random() < probability

    def between(self, low: float, high: float) -> float:
        """Return a number between two bounds."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number between two bounds, both included."""
        return low + int(self._random() * (high - low + 1))

    def one(self, items: Sequence[Item]) -> Item:
        """Return one of some items."""
        return items[int(self._random() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Return distinct items, in an order of their own; all of them when there are too few."""
        left = list(items)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(count, len(left)))]

    def weighted(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        """Return one of some items, each with a chance in proportion to its weight."""
        at = self._random() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            at -= weight
            if at < 0:
                return item
        return items[-1]

    def about(self, mean: float, spread: float = 0.35) -> int:
        """Return a whole number around a mean, zero or more."""
        return max(0, round(mean * (1 + spread * (self._random() + self._random() - 1) * 1.7)))
