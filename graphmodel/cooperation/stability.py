"""How much a measure of operators owes to single actions: the jackknife band, and ranks that hold or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.two_mode import TwoMode

WORK = 20_000_000
"""Actions × operators × links up to which every action is left out in turn."""

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Band:
    """Lowest and highest value of each operator when one action is left out, in the order of the cohort."""

    low: Values
    high: Values


def jackknife(
    network: TwoMode, cohort: Sequence[str], measure: Callable[[Projection], Values]
) -> Band | None:
    """Return the band of a measure when each action is left out in turn, the cohort unchanged.

    None where the network has no action or is too large for as many runs (`WORK`).
    """
    whole = project(network, cohort)
    if not network.actions or len(network.actions) * whole.n * max(whole.m, 1) > WORK:
        return None
    runs = [measure(project(network.without_actions([gone]), cohort)) for gone in network.actions]
    return Band(np.min(runs, axis=0), np.max(runs, axis=0))


@dataclass(frozen=True, slots=True)
class Ranked:
    """An operator in a ranking.

    Attributes
    ----------
    operator, value
        Key and value.
    rank
        1 for the highest; equal values share the best rank.
    stable
        True when its band meets that of no other operator: its place does not hang on one action.
    """

    operator: str
    value: float
    rank: int
    stable: bool


def ranking(cohort: Sequence[str], values: Values, band: Band | None) -> list[Ranked]:
    """Return the operators from the highest value down, each with whether its rank holds.

    Without a band no rank is stable. Equal values are in the order of keys.
    """
    order = sorted(range(len(cohort)), key=lambda i: (-values[i], cohort[i]))
    found = []
    for i in order:
        rank = 1 + int(np.sum(values > values[i]))
        stable = band is not None and _alone(band, i)
        found.append(Ranked(cohort[i], float(values[i]), rank, stable))
    return found


def _alone(band: Band, operator: int) -> bool:
    """Tell whether the band of an operator meets that of no other."""
    meets = (band.low <= band.high[operator]) & (band.high >= band.low[operator])
    return int(meets.sum()) == 1
