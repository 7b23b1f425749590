"""What chance alone would give of mixing: worlds dealt again at random on a fixed network.

Labels are permuted with their numbers kept, links untouched, so that the cliques of the projection stay.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from math import comb, factorial, prod

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.null_models import SEED
from graphmodel.cooperation.projection import Projection

LABEL_DRAWS = 10_000
"""Permutations drawn where they are too many to enumerate."""

LABELINGS_ENUMERATED = 200_000
"""Labelings up to which they are all taken: covers any split of 20 operators."""


SHUFFLES = 2_000
"""Ways drawn to deal more than two worlds again."""

SHUFFLES_ENUMERATED = 5_000
"""Ways up to which they are all taken."""


def labelings(n: int, marked: int, seed: int = SEED) -> tuple[NDArray[np.bool_], bool]:
    """Return the ways to mark some of n operators, shape (ways, n), and whether they are all there.

    Parameters
    ----------
    n, marked
        Operators, and how many of them are marked.
    seed
        Seed of the draws, when there are too many ways.
    """
    if comb(n, marked) <= LABELINGS_ENUMERATED:
        return _every_labeling(n, marked), True
    rng = np.random.default_rng(seed)
    start = np.tile(np.arange(n) < marked, (LABEL_DRAWS, 1))
    return rng.permuted(start, axis=1), False


@lru_cache(maxsize=8)
def _every_labeling(n: int, marked: int) -> NDArray[np.bool_]:
    chosen = np.asarray(list(combinations(range(n), marked)), dtype=np.int64).reshape(comb(n, marked), marked)
    table = np.zeros((len(chosen), n), dtype=bool)
    np.put_along_axis(table, chosen, True, axis=1)
    return table


def crossing_links(projection: Projection, marks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of links between a marked and an unmarked operator, for each labeling.

    Examples
    --------
    >>> from graphmodel.cooperation.projection import project
    >>> from graphmodel.cooperation.two_mode import TwoMode
    >>> line = project(TwoMode.of({"a": "AB", "b": "BC"}))
    >>> crossing_links(line, labelings(3, 1)[0]).tolist()
    [1, 2, 1]
    """
    found = np.zeros(len(marks), dtype=np.int64)
    by_operator = np.ascontiguousarray(marks.T)
    for i, j in projection.pairs:
        found += by_operator[i] ^ by_operator[j]
    return found


def mixed_share(sizes: Sequence[int], one: int, other: int, total: int) -> float | None:
    """Return the expected share of actions with both of two worlds, if worlds were dealt at random.

    Exact: an action of k operators drawn without replacement from `total`, of whom `one` and `other` are of
    each world. None without actions.

    Examples
    --------
    >>> mixed_share([2], 1, 1, 2), mixed_share([1], 1, 1, 2)
    (1.0, 0.0)
    """
    if not sizes:
        return None

    def none_of(excluded: int, k: int) -> float:
        return comb(total - excluded, k) / comb(total, k)

    chances = [1 - none_of(one, k) - none_of(other, k) + none_of(one + other, k) for k in sizes]
    return sum(chances) / len(chances)


def shuffles(worlds: Sequence[str | None], seed: int = SEED) -> tuple[NDArray[np.int64], bool]:
    """Return the ways to deal worlds again, shape (ways, operators), and whether they are all there.

    A world is its rank among the names that occur, -1 where unknown; each stays as frequent as it is.

    Examples
    --------
    >>> shuffles(["ess", "classic"])
    (array([[0, 1],
           [1, 0]]), True)
    """
    ranks = {world: rank for rank, world in enumerate(sorted({w for w in worlds if w is not None}))}
    codes = np.asarray([-1 if world is None else ranks[world] for world in worlds], dtype=np.int64)
    counts = {int(code): int((codes == code).sum()) for code in np.unique(codes)}
    if factorial(len(codes)) // prod(factorial(count) for count in counts.values()) <= SHUFFLES_ENUMERATED:
        return _every_shuffle(len(codes), list(counts.items())), True
    rng = np.random.default_rng(seed)
    return rng.permuted(np.tile(codes, (SHUFFLES, 1)), axis=1), False


def _every_shuffle(n: int, counts: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Return every way to deal codes, each as often as told, over n operators."""
    if not counts:
        return np.zeros((1, 0), dtype=np.int64)
    (code, count), *others = counts
    rest = _every_shuffle(n - count, others)
    marks = _every_labeling(n, count)
    table = np.full((len(marks), len(rest), n), code, dtype=np.int64)
    for row, mark in zip(table, marks, strict=True):
        row[:, ~mark] = rest
    return table.reshape(-1, n)
