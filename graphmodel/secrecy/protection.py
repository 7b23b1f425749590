"""Secondary secrecy: which figures may stand together so that no hidden one is found again.

Figures are sums of contributions: tables, linked tables (commune and quarter, authority and EPCI), totals and
every other output of one publication come down to the same unknowns. What is published spans a space; a
figure inside it tells nothing new, one outside it is added only where every hidden figure keeps an interval
wider than 15 % of its value.
"""

import numpy as np
from numpy.typing import NDArray

from graphmodel.secrecy.attacker import Array, bounds
from graphmodel.secrecy.rules import WIDTH_PERCENT

_TOLERANCE = 1e-9
_FARTHEST = 1e12
SOLVED = 400
"""Contributions above which no linear programme is run: what the witness does not clear stays hidden."""


class Protection:
    """What is published, and whether the hidden figures stay hidden beside it.

    Parameters
    ----------
    amounts
        The contributions, each 0 or more: what the publisher knows and the reader does not.
    hidden
        One row a hidden figure, one column a contribution.
    """

    def __init__(self, amounts: Array, hidden: Array) -> None:
        self.amounts = amounts
        self.rows: Array = np.zeros((0, len(amounts)))
        self._basis = self.rows
        self.hidden = distinct(hidden)
        # Scaled to its largest coefficient, a figure reveals the same: its relative width does not change.
        self._needed = self.hidden @ amounts * WIDTH_PERCENT / 100

    def spans(self, figures: Array) -> NDArray[np.bool_]:
        """Tell which figures what is published gives back already, exactly."""
        inside: NDArray[np.bool_] = _outside(figures, self._basis) <= _TOLERANCE * np.maximum(
            1.0, _length(figures)
        )
        return inside

    def add(self, figures: Array) -> list[int]:
        """Publish what can be of some figures, in order, and return the positions of those that cannot.

        Figures go in together where they can; a set that reveals is cut in two, its first half tried first.
        """
        scaled = figures / np.maximum(np.max(figures, axis=1, initial=0.0, keepdims=True), _TOLERANCE)
        refused: list[int] = []
        waiting: list[NDArray[np.intp]] = [np.arange(len(figures))]
        while waiting:
            batch = waiting.pop()
            batch = batch[~self.spans(scaled[batch])] if len(batch) else batch
            if not len(batch):
                continue
            basis = _extended(self._basis, scaled[batch])
            if self._safe(basis):
                self.rows, self._basis = basis, basis
            elif len(batch) == 1:
                refused.append(int(batch[0]))
            else:
                half = len(batch) // 2
                waiting += [batch[half:], batch[:half]]
        return sorted(refused)

    def _safe(self, basis: Array) -> bool:
        if not len(self.hidden):
            return True
        free = self.hidden - (self.hidden @ basis.T) @ basis
        told = _length(free) <= 1e-7 * np.maximum(_length(self.hidden), _TOLERANCE)
        if told.any():
            return False
        doubtful = np.flatnonzero(~(self._witnessed(basis) > self._needed))
        if len(doubtful) and len(self.amounts) > SOLVED:
            return False
        # The likeliest to be found first: one is enough to refuse.
        return all(self._solved(basis, int(at)) for at in doubtful)

    def _witnessed(self, basis: Array) -> Array:
        """Return a width that is surely possible: each contribution moved by a part of itself, nothing seen.

        The direction is the projection of the figure once contributions are the unit of each column.
        """
        seen = np.linalg.qr((basis * self.amounts).T)[0].T if len(basis) else basis
        scaled = self.hidden * self.amounts
        moves = scaled - (scaled @ seen.T) @ seen
        moves -= (moves @ seen.T) @ seen
        with np.errstate(divide="ignore", invalid="ignore"):
            up = 1.0 / np.maximum(-moves, 0.0).max(axis=1, initial=0.0)
            down = 1.0 / np.maximum(moves, 0.0).max(axis=1, initial=0.0)
            width = (np.minimum(up, _FARTHEST) + np.minimum(down, _FARTHEST)) * (moves * moves).sum(axis=1)
        return np.asarray(np.nan_to_num(width), dtype=np.float64)

    def _solved(self, basis: Array, at: int) -> bool:
        try:
            low, high = bounds(basis, basis @ self.amounts, self.hidden[at])
        except ValueError:
            # Rounding left no solution: what cannot be judged is not let out.
            return False
        return bool(high - low > self._needed[at])


def distinct(figures: Array) -> Array:
    """Return figures scaled to their largest coefficient, each once; those that count nothing go."""
    largest = np.max(np.abs(figures), axis=1, initial=0.0)
    kept: Array = figures[largest > 0] / largest[largest > 0, None]
    if not len(kept):
        return kept
    _, first = np.unique(np.round(kept, 9), axis=0, return_index=True)
    found: Array = kept[np.sort(first)]
    return found


def _length(figures: Array) -> Array:
    return np.asarray(np.sqrt((figures * figures).sum(axis=1)), dtype=np.float64)


def _outside(figures: Array, basis: Array) -> Array:
    found: Array = _length(figures - (figures @ basis.T) @ basis)
    return found


def _extended(basis: Array, figures: Array) -> Array:
    """Return an orthonormal basis of what was published and some figures more."""
    rest = figures - (figures @ basis.T) @ basis
    rest -= (rest @ basis.T) @ basis
    _, sizes, found = np.linalg.svd(rest, full_matrices=False)
    limit = 1e-9 * max(1.0, float(sizes.max(initial=0.0)))
    extended: Array = np.vstack([basis, found[sizes > limit]])
    return extended


def protect(amounts: Array, figures: Array, secret: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Array]:
    """Return which figures may stand, and a basis of what they tell.

    Parameters
    ----------
    amounts
        The contributions, each 0 or more.
    figures
        One row a figure, the most useful first; one column a contribution, 0 or more.
    secret
        True for figures hidden by themselves (A, B).

    Returns
    -------
    tuple
        True for each figure that may be published, and the orthonormal rows that span them.

    Notes
    -----
    A figure taken out for another's sake is hidden too, and must keep as wide an interval: the choice starts
    again with it among the hidden ones, until nothing more goes out.
    """
    out = secret.copy()
    while True:
        held = Protection(amounts, figures[out & (figures @ amounts > 0)])
        candidates = np.flatnonzero(~out)
        refused = candidates[held.add(figures[candidates])]
        if not len(refused):
            return ~out, held.rows
        out[refused] = True
