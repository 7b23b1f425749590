"""A block of contributions, and every figure of a publication that sums them: the money of a year, say.

All the outputs of one publication that rest on the same contributions are settled together, once; a figure
asked for later is let out only when those already out give it back: two outputs never reveal by difference.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from graphmodel.secrecy.attacker import Array
from graphmodel.secrecy.protection import protect
from graphmodel.secrecy.rules import DOMINANCE_PERCENT, FEWEST, Kind, Status

_NEGLIGIBLE = 1e-9
LARGE, MOST = 1000, 200
"""Contributions above which a block is large, and figures that are then published at most."""


class Block:
    """Contributions with the units they come from, and the statuses of what sums them.

    Parameters
    ----------
    amounts
        The contributions, each 0 or more.
    units
        The units each contribution comes from: any of them may make it all. A contribution of unknown unit is
        one by itself.
    public
        True for contributions that anybody knows: they hide nothing and need no hiding.
    kind
        What the units are.
    counted
        True when the contributions are numbers of units: a figure rests on as many units as it counts, and
        dominance has no meaning.
    groups
        Where each contribution is itself made by several units that nobody names (the establishments of a
        commune): how many they are, and the largest contribution of one of them.
    """

    def __init__(
        self,
        amounts: Sequence[float],
        units: Sequence[frozenset[Hashable]],
        *,
        public: Sequence[bool] | None = None,
        kind: Kind = "enterprise",
        counted: bool = False,
        groups: tuple[Sequence[float], Sequence[float]] | None = None,
    ) -> None:
        self.amounts: Array = np.asarray(amounts, dtype=np.float64)
        if (self.amounts < 0).any():
            raise ValueError("a contribution is negative")
        self.kind, self.counted = kind, counted
        self._secret = ~np.asarray(public if public is not None else [False] * len(amounts), dtype=bool)
        self._makers = _makers(units)
        self._groups = None if groups is None else np.asarray(groups, dtype=np.float64)
        self._figures: list[Array] = []
        self._told: Array = np.zeros((0, len(self.amounts)))

    def offer(self, figures: Array) -> None:
        """Add figures of the publication, the most useful first: one row each, one column a contribution."""
        self._figures.append(np.asarray(figures, dtype=np.float64) * self._secret)

    def settle(self) -> None:
        """Choose what may stand together of all the figures offered."""
        every = np.vstack([*self._figures, np.zeros((0, len(self.amounts)))])
        figures = distinct_rows(every)
        secret = np.array([status != "V" for status in self.primary(figures)], dtype=bool)
        if len(self.amounts) > LARGE:
            # The rest stays unpublished: too many figures to weigh one against the other in reasonable time.
            kept = secret | (np.cumsum(~secret) <= MOST)
            figures, secret = figures[kept], secret[kept]
        # Contributions that every figure counts alike are one unknown.
        merged, group = np.unique(figures, axis=1, return_inverse=True)
        group = group.reshape(-1)
        amounts: Array = np.zeros(merged.shape[1])
        np.add.at(amounts, group, self.amounts)
        _, told = protect(amounts, merged, secret)
        self._told = np.linalg.qr(told[:, group].T)[0].T if len(told) else told[:, group]
        self._figures = []

    def statuses(self, figures: Array) -> list[Status]:
        """Return the status of each figure, offered before or not.

        A figure that was not offered is of status V only when what stands gives it back.
        """
        hiding = np.asarray(figures, dtype=np.float64) * self._secret
        found = self.primary(hiding)
        length = np.sqrt((hiding * hiding).sum(axis=1))
        rest = hiding - (hiding @ self._told.T) @ self._told
        outside = np.sqrt((rest * rest).sum(axis=1)) > _NEGLIGIBLE * np.maximum(length, _NEGLIGIBLE)
        return [
            "D" if status == "V" and beyond else status for status, beyond in zip(found, outside, strict=True)
        ]

    def primary(self, figures: Array) -> list[Status]:
        """Return the statuses by the primary rules: as `rules.status_of`, for many figures at once."""
        made = figures * self.amounts
        total, counts = made.sum(axis=1), self.unit_counts(figures)
        dominated = [False] * len(figures)
        if not self.counted:
            largest = self._largest(figures, made)
            dominated = list(largest * 100 > total * DOMINANCE_PERCENT * (1 + _NEGLIGIBLE))
        few = [0 < count < FEWEST[self.kind] for count in counts]
        return ["A" if f else "B" if d and n else "V" for f, d, n in zip(few, dominated, counts, strict=True)]

    def unit_counts(self, figures: Array) -> list[int]:
        """Return how many units each figure rests on."""
        if self.counted:
            return [round(count) for count in np.where(figures > 0, self.amounts, 0.0).sum(axis=1)]
        if self._groups is not None:
            return [round(count) for count in (figures > 0) @ self._groups[0]]
        return [int(count) for count in ((figures * self.amounts) @ self._makers > 0).sum(axis=1)]

    def _largest(self, figures: Array, made: Array) -> Array:
        """Return the most that one unit may make of each figure."""
        if self._groups is None:
            return np.asarray((made @ self._makers).max(axis=1, initial=0.0), dtype=np.float64)
        return np.asarray((figures * self._groups[1]).max(axis=1, initial=0.0), dtype=np.float64)


def distinct_rows(figures: Array) -> Array:
    """Return figures scaled to their largest coefficient, each once, in the order given."""
    largest = figures.max(axis=1, initial=0.0)
    scaled = figures[largest > 0] / largest[largest > 0, None]
    _, first = np.unique(np.round(scaled, 9), axis=0, return_index=True)
    return np.asarray(scaled[np.sort(first)], dtype=np.float64)


def _makers(units: Sequence[frozenset[Hashable]]) -> Array:
    """Return which unit may have made which contribution: contributions × units."""
    named = sorted({unit for group in units for unit in group}, key=repr)
    at = {unit: column for column, unit in enumerate(named)}
    nameless = [row for row, group in enumerate(units) if not group]
    found = np.zeros((len(units), len(named) + len(nameless)))
    for row, group in enumerate(units):
        for unit in group:
            found[row, at[unit]] = 1.0
    for column, row in enumerate(nameless, start=len(named)):
        found[row, column] = 1.0
    return found
