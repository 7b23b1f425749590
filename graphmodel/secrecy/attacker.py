"""The attacker: somebody who reads everything that is published and computes back what is hidden.

Every published figure is a sum of contributions that nobody publishes, each 0 or more. Reading them all, the
attacker knows as many equalities; linear programming (HiGHS) says between which bounds a hidden figure lies.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Array = NDArray[np.float64]

_SOLVED, _UNBOUNDED = 0, 3


def bounds(published: Array, values: Array, target: Array) -> tuple[float, float]:
    """Return between which bounds what is published leaves a figure.

    Parameters
    ----------
    published
        One row a published figure, one column a contribution: how much of it the figure counts (0 or more).
    values
        The published figures.
    target
        How much of each contribution the hidden figure counts.

    Returns
    -------
    tuple of float
        Lowest and highest value possible; the highest is infinite where nothing bounds it.

    Raises
    ------
    ValueError
        Figures that no contributions make together.

    Examples
    --------
    A total of 100, one of three cells published (40): the second lies between 0 and 60.

    >>> bounds(np.array([[1.0, 1, 1], [1, 0, 0]]), np.array([100.0, 40]), np.array([0.0, 1, 0]))
    (0.0, 60.0)
    """
    scale = float(np.max(np.abs(values), initial=0.0)) or 1.0
    # Columns alike in every row are one unknown: the attacker cannot tell them apart, nor need we.
    stacked = np.unique(np.vstack([published, target]), axis=1)
    rows, goal = stacked[:-1], stacked[-1]
    low = _solve(rows, values / scale, goal)
    high = _solve(rows, values / scale, -goal)
    return max(0.0, low * scale), -high * scale


def _solve(rows: Array, values: Array, goal: Array) -> float:
    """Return the least value of a goal under the equalities, minus infinity where nothing holds it."""
    if not np.any(goal):
        return 0.0
    found = linprog(
        goal,
        A_eq=rows if len(rows) else None,
        b_eq=values if len(rows) else None,
        bounds=(0, None),
        method="highs",
    )
    if found.status == _UNBOUNDED:
        return -np.inf
    if found.status != _SOLVED or found.fun is None:
        raise ValueError(f"no contributions make these figures together: {found.message}")
    return float(found.fun)
