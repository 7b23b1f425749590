"""Confidence intervals of the catalogue, and which method goes with which value.

Wilson for proportions whatever their n (Brown, Cai & DasGupta 2001); for rate ratios, exact conditional
when a count is under 20, score otherwise; order statistics for medians; delta on the logarithm for location
quotients.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scipy import stats

Method = Literal["wilson", "exact", "score", "order statistics", "delta"]

LEVEL = 0.95
Z = float(stats.norm.ppf(1 - (1 - LEVEL) / 2))
"""Two-sided 95 % quantile of the normal law, 1.959964."""

SMALL_COUNT = 20
"""Counts under this call for the exact interval of a rate ratio (`indicators.md`, B0.3)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of an interval and the method that gave them.

    Attributes
    ----------
    low, high
        Bounds, in the unit of the value; `high` is infinite where nothing bounds it.
    method
        Name of the method.
    level
        Coverage: 0.95, but for order statistics the exact coverage of the two chosen.
    """

    low: float
    high: float
    method: Method
    level: float = LEVEL

    def excludes(self, neutral: float) -> bool:
        """Tell whether a value lies outside the interval."""
        return not self.low <= neutral <= self.high


def wilson(successes: int, n: int) -> Interval | None:
    """Return the Wilson interval of a proportion, None when n is 0.

    Examples
    --------
    >>> interval = wilson(8, 16)
    >>> round(interval.low, 2), round(interval.high, 2)
    (0.28, 0.72)
    """
    if n == 0:
        return None
    share = successes / n
    weight = 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / weight
    half = Z / weight * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return Interval(low, high, "wilson")


def rate_ratio(count1: int, base1: float, count2: int, base2: float) -> Interval | None:
    """Return the interval of (count1/base1)/(count2/base2): exact under 20, score otherwise.

    None when both counts are 0 or a base is not positive. With count2 = 0 the upper bound is infinite.
    """
    if min(count1, count2) < SMALL_COUNT:
        return exact_rate_ratio(count1, base1, count2, base2)
    return score_rate_ratio(count1, base1, count2, base2)


def exact_rate_ratio(count1: int, base1: float, count2: int, base2: float) -> Interval | None:
    """Return the exact conditional interval (Clopper–Pearson on count1 given the total).

    Examples
    --------
    >>> interval = exact_rate_ratio(12, 15_000, 34, 85_000)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.943, 3.959)
    """
    total = count1 + count2
    if total == 0 or base1 <= 0 or base2 <= 0:
        return None
    tail = (1 - LEVEL) / 2
    low = float(stats.beta.ppf(tail, count1, count2 + 1)) if count1 else 0.0
    high = float(stats.beta.ppf(1 - tail, count1 + 1, count2)) if count2 else 1.0
    return Interval(_odds(low) * base2 / base1, _odds(high) * base2 / base1, "exact")


def score_rate_ratio(count1: int, base1: float, count2: int, base2: float) -> Interval | None:
    """Return the score interval of a rate ratio: roots of (x1 - x2 r)² = z² (x1 + x2) r.

    Examples
    --------
    >>> interval = score_rate_ratio(12, 15_000, 34, 85_000)
    >>> round(interval.low, 3), round(interval.high, 3)
    (1.047, 3.819)
    """
    if count2 == 0 or base1 <= 0 or base2 <= 0:
        return None
    half = count1 * count2 + Z * Z * (count1 + count2) / 2
    root = math.sqrt(half * half - (count1 * count2) ** 2)
    scale = base2 / base1
    # The lower root by the product of the two: their difference would lose digits.
    return Interval(count1**2 / (half + root) * scale, (half + root) / count2**2 * scale, "score")


def _odds(probability: float) -> float:
    return math.inf if probability >= 1 else probability / (1 - probability)


def median_interval(values: Sequence[float]) -> Interval | None:
    """Return the narrowest symmetric pair of order statistics that covers the median at 95 %.

    Where none does, [min, max] with the coverage it has; None without values.

    Examples
    --------
    >>> median_interval([0.95, 1.00, 1.02, 1.10, 1.20])
    Interval(low=0.95, high=1.2, method='order statistics', level=0.9375)
    """
    ordered = sorted(values)
    n = len(ordered)
    if n == 0:
        return None
    rank = 0
    while 2 * (rank + 1) < n and _median_coverage(rank + 1, n) >= LEVEL:
        rank += 1
    return Interval(ordered[rank], ordered[n - 1 - rank], "order statistics", _median_coverage(rank, n))


def _median_coverage(rank: int, n: int) -> float:
    """Return the probability that the median lies between order statistics rank + 1 and n - rank."""
    return 1 - 2 * float(stats.binom.cdf(rank, n, 0.5))


def log_delta(value: float, sigma: float) -> Interval:
    """Return value · exp(± z σ), the delta interval of a ratio from the standard error of its logarithm."""
    return Interval(value * math.exp(-Z * sigma), value * math.exp(Z * sigma), "delta")
