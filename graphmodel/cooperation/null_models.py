"""What chance alone would give: two-mode networks with the same degrees, all of them or drawn at random.

The fixed-degree model keeps the size of each action and the number of actions of each operator, and shuffles
the rest. Where the possible networks are few they are enumerated and results are exact; else they are drawn
by curveball trades (Strona et al. 2014): two actions pool the operators that only one of them has, and share
them out again at random. Here every action trades at each step, with a partner drawn at random, in many
chains at once; each chain starts from the observed network.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.two_mode import TwoMode

SEED = 20140717
"""Seed of every draw, printed beside simulated values."""

DRAWS = 4_000
"""Networks drawn where they are too many to enumerate: more than the 1,000 asked for, to halve the noise."""

DRAWS_OF_LARGE = 1_000
"""Networks drawn of a network of more than `LARGE` participations."""

LARGE = 1_000

ENUMERATED = 20_000
"""Number of networks up to which they are all enumerated."""

_COUNTED_ACTIONS = 100
"""Actions beyond which the networks are taken to be too many without counting."""

_BURN_IN = 12
_THINNING = 4
"""Steps before the first network of a chain and between two: the mean number of links of a network started
from disjoint groups is at its level after 6."""

_BLOCK = 200_000
_DEAL = 1 << 22

Slots = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Draws:
    """Networks of the null model.

    Attributes
    ----------
    network
        The observed network.
    slots
        Operators of each network, shape (networks, participations): the actions in order, each with its own
        number of slots, the operators in any order within an action.
    exact
        True when the networks are all those possible, each once.
    seed
        Seed of the draws.
    """

    network: TwoMode
    slots: Slots
    exact: bool
    seed: int

    def __len__(self) -> int:
        return len(self.slots)

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Slots that share an action, two by two."""
        return _pairs_within(self.network.sizes)

    def links(self, operators: frozenset[str] | None = None) -> NDArray[np.int64]:
        """Return the number of linked pairs of each network, of the pairs inside some operators only."""
        names = self.network.operators
        inside = np.asarray([operators is None or name in operators for name in names], dtype=bool)
        first, second = self._pairs

        def pairs(block: Slots) -> Slots:
            u, v = block[:, first], block[:, second]
            key = np.minimum(u, v) * len(names) + np.maximum(u, v)
            return key if inside.all() else np.where(inside[u] & inside[v], key, -1)

        return self._count(pairs, len(first))

    def joined_actions(self, counted: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the number of counted pairs of actions that share an operator, for each network.

        Parameters
        ----------
        counted
            Pairs of actions to count, shape (actions, actions); the part above the diagonal is read.
        """
        m = len(self.network.actions)
        actions = np.repeat(np.arange(m), self.network.sizes)
        first, second = _pairs_within(self.network.degrees)

        def pairs(block: Slots) -> Slots:
            # Stable sort: the actions of each operator come together, in increasing order.
            by_operator = actions[np.argsort(block, axis=1, kind="stable")]
            a, b = by_operator[:, first], by_operator[:, second]
            return np.where(counted[a, b], a * m + b, -1)

        return self._count(pairs, len(first))

    def _count(self, pairs: Callable[[Slots], Slots], width: int) -> NDArray[np.int64]:
        """Return how many different pairs (numbers from 0) each network has; -1 counts for none."""
        found = np.zeros(len(self), dtype=np.int64)
        if width:
            step = max(1, 4 * _BLOCK // width)
            for start in range(0, len(self), step):
                key = np.sort(pairs(self.slots[start : start + step]), axis=1)
                found[start : start + step] = (key[:, 1:] != key[:, :-1]).sum(axis=1) + 1
                found[start : start + step] -= key[:, 0] < 0
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """An observed number beside what the null model gives.

    Attributes
    ----------
    observed, expected
        Observed value and mean of the null model.
    p_le, p_ge
        Share of the networks with a value at most, at least, the observed one, equality included; exact, or
        (1 + count)/(1 + draws) when drawn.
    floor
        Smallest p that this many networks can give.
    draws
        Number of networks.
    exact
        True when they are all those possible.
    """

    observed: float
    expected: float
    p_le: float
    p_ge: float
    floor: float
    draws: int
    exact: bool

    @property
    def excess(self) -> float:
        """Return observed minus expected."""
        return self.observed - self.expected


def compare(observed: float, values: NDArray[np.int64] | NDArray[np.float64], *, exact: bool) -> Comparison:
    """Return an observed value beside the distribution of a null model.

    Examples
    --------
    >>> compare(3, np.array([1, 2, 3, 3]), exact=True)
    Comparison(observed=3, expected=2.25, p_le=1.0, p_ge=0.5, floor=0.25, draws=4, exact=True)
    """
    n = len(values)
    below, above = int((values <= observed).sum()), int((values >= observed).sum())
    extra = 0 if exact else 1
    return Comparison(
        observed=observed,
        expected=float(values.mean()),
        p_le=(below + extra) / (n + extra),
        p_ge=(above + extra) / (n + extra),
        floor=1 / (n + extra),
        draws=n,
        exact=exact,
    )


def fixed_degrees(
    network: TwoMode, draws: int | None = None, seed: int = SEED, limit: int = ENUMERATED
) -> Draws:
    """Return the networks that have the degrees of an observed one: all of them, or a sample.

    Parameters
    ----------
    network
        Observed network.
    draws
        Networks to draw when there are more than `limit`; `DRAWS` or `DRAWS_OF_LARGE` by default.
    seed
        Seed of the draws.
    limit
        Number up to which networks are enumerated; 0 always draws.
    """
    if not network.actions:
        return Draws(network, np.zeros((1, 0), dtype=np.int64), True, seed)
    if limit and count_networks(network, limit) <= limit:
        return Draws(network, np.asarray(list(enumerate_networks(network)), dtype=np.int64), True, seed)
    if draws is None:
        draws = DRAWS_OF_LARGE if sum(network.sizes) > LARGE else DRAWS
    return Draws(network, curveball(network, draws, seed), False, seed)


def count_networks(network: TwoMode, limit: int) -> int:
    """Return the number of networks with the degrees of an observed one, `limit` + 1 when more.

    Only how many operators have each remaining degree matters, so that states are few; the count stops as
    soon as it passes the limit.
    """
    if len(network.actions) > _COUNTED_ACTIONS:
        return limit + 1
    sizes = sorted(network.sizes, reverse=True)
    kept: dict[tuple[int, tuple[int, ...]], int] = {}

    def count(step: int, left: tuple[int, ...]) -> int:
        if step == len(sizes):
            return 1
        if (step, left) not in kept:
            total = 0
            for ways, after in _choices(sizes[step], left, len(sizes) - step):
                total += ways * min(count(step + 1, after), limit + 1)
                if total > limit:
                    break
            kept[step, left] = total
        return kept[step, left]

    return min(count(0, _tally(network.degrees)), limit + 1)


def _tally(degrees: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many operators have 0, 1, 2… actions left."""
    found = [0] * (max(degrees, default=0) + 1)
    for degree in degrees:
        found[degree] += 1
    return tuple(found)


def _choices(size: int, left: tuple[int, ...], rows: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the ways to fill a row of `size` from operators told by degree left, `rows` rows being left.

    An operator whose degree equals the rows left must be taken in this row and all those that follow.
    """

    def fill(degree: int, need: int) -> Iterator[tuple[int, list[int]]]:
        if degree == 0:
            if need == 0:
                yield 1, [left[0]]
            return
        must = left[degree] if degree == rows else 0
        for taken in range(max(must, 0), min(left[degree], need) + 1):
            for ways, lower in fill(degree - 1, need - taken):
                after = [*lower, left[degree] - taken]
                after[degree - 1] += taken
                yield ways * math.comb(left[degree], taken), after

    if len(left) - 1 <= rows or not any(left[rows + 1 :]):
        for ways, after in fill(len(left) - 1, size):
            yield ways, tuple(after)


def enumerate_networks(network: TwoMode) -> Iterator[list[int]]:
    """Yield the slots of every network with the degrees of an observed one (see `Draws`), each once."""
    sizes, m = network.sizes, len(network.sizes)
    order = sorted(range(m), key=lambda a: -sizes[a])
    left = list(network.degrees)
    chosen: list[tuple[int, ...]] = [()] * m

    def fill(step: int) -> Iterator[list[int]]:
        if step == m:
            yield [operator for row in chosen for operator in row]
            return
        rows, size = m - step, sizes[order[step]]
        must = tuple(i for i, degree in enumerate(left) if degree == rows)
        may = [i for i, degree in enumerate(left) if 0 < degree < rows]
        if len(must) > size or any(degree > rows for degree in left):
            return
        for extra in combinations(may, size - len(must)):
            row = must + extra
            for i in row:
                left[i] -= 1
            chosen[order[step]] = row
            yield from fill(step + 1)
            for i in row:
                left[i] += 1

    yield from fill(0)


def curveball(network: TwoMode, draws: int, seed: int = SEED) -> Slots:
    """Return networks drawn uniformly among those with the degrees of an observed one.

    Shape (draws, participations); see `Draws` for the order of the slots.
    """
    start = np.asarray([i for row in network.members for i in row], dtype=np.int64)
    chains = max(1, min(draws, _BLOCK // max(1, len(start))))
    each = -(-draws // chains)
    rng = np.random.default_rng(seed)
    trader = _Trader(network, chains, rng)
    state = np.tile(start, (chains, 1))
    drawn = []
    for turn in range(each):
        for _ in range(_BURN_IN if turn == 0 else _THINNING):
            state = trader.step(state)
        drawn.append(state)
    return np.concatenate(drawn)[:draws]


class _Trader:
    """Makes every action of every chain trade operators with another action.

    Numbers to sort carry the slot they come from in their lower digits: sorting numbers is several times
    faster than sorting their places.
    """

    def __init__(self, network: TwoMode, chains: int, rng: np.random.Generator) -> None:
        actions = len(network.actions)
        self.rng = rng
        self.operators = len(network.operators)
        self.row = np.repeat(np.arange(actions), network.sizes)
        self.places = np.tile(np.arange(actions), (chains, 1))
        self.first_pair = np.arange(chains)[:, None] * (actions // 2 + 1)
        self.slots = np.arange(chains * len(self.row))

    def step(self, state: Slots) -> Slots:
        """Return the state after one trade of every action (but one, when they are odd in number).

        The slots of operators that one only of two actions has stay where they are; the operators in them are
        dealt again at random within the pair.
        """
        place = self.rng.permuted(self.places, axis=1)
        pair = (self.first_pair + place[:, self.row] // 2).ravel()
        operators = state.ravel()
        pool, trader = self._pool(pair, operators)
        draw = self.rng.integers(0, _DEAL, len(pool))
        dealt = np.sort((trader * _DEAL + draw) * len(pool) + self.slots[: len(pool)]) % max(len(pool), 1)
        after = operators.copy()
        after[pool] = operators[pool[dealt]]
        return after.reshape(state.shape)

    def _pool(self, pair: Slots, operators: Slots) -> tuple[Slots, Slots]:
        """Return the slots whose operator is in one only of the two actions of its pair, and their pairs.

        They come pair by pair.
        """
        size = len(self.slots)
        key, slot = np.divmod(np.sort((pair * self.operators + operators) * size + self.slots), size)
        same = key[1:] == key[:-1]
        alone = np.ones(size, dtype=bool)
        alone[1:] &= ~same
        alone[:-1] &= ~same
        return slot[alone], key[alone] // self.operators


def _pairs_within(sizes: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the positions, two by two, that lie in the same of consecutive groups of given sizes."""
    first, second, start = [], [], 0
    for size in sizes:
        i, j = np.triu_indices(size, k=1)
        first.append(i + start)
        second.append(j + start)
        start += size
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *first]), np.concatenate([empty, *second])
