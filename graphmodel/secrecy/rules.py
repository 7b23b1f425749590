"""The primary rules of statistical secrecy (B2.9): what a cell by itself may not say.

A cell rests on three units at least, eleven where it comes from tax data of households; no unit makes more
than 85 % of its value. The same thresholds apply to everything, whoever collected the data: one rule
everywhere is careful and simple.
"""

from typing import Literal

Mode = Literal["working", "publication"]
Status = Literal["A", "B", "D", "V"]
Kind = Literal["enterprise", "household_tax"]

MODES: tuple[Mode, ...] = ("working", "publication")

FEWEST: dict[Kind, int] = {"enterprise": 3, "household_tax": 11}
"""Units under which a cell is not released, by kind of unit (B2.9)."""

DOMINANCE_PERCENT = 85
"""Share of a cell that no unit may exceed; exactly 85 % does not exceed it."""

WIDTH_PERCENT = 15
"""Share of a hidden value that the interval of whoever computes it back must exceed."""

STATUS_FRENCH: dict[Status, str] = {
    "A": "secret statistique : moins de trois unités",
    "B": "secret statistique : une unité fait plus de 85 % de la valeur",
    "D": "secret statistique : cette valeur en révélerait une autre",
    "V": "diffusable",
}
"""What each status says to a reader."""


def status_of(
    count: int | None,
    largest: float | int | None = None,
    total: float | int | None = None,
    kind: Kind = "enterprise",
) -> Status:
    """Return the status of a cell by itself: A, B or V.

    Parameters
    ----------
    count
        Number of units. An empty cell (0) may be released; an unknown number may not.
    largest, total
        Largest contribution and sum of them; dominance is not judged where one is None.
    kind
        What the units are.

    Raises
    ------
    ValueError
        A negative count or contribution, or a contribution larger than the sum.

    Examples
    --------
    >>> status_of(2), status_of(3, 85, 100), status_of(3, 86, 100), status_of(10, kind="household_tax")
    ('A', 'V', 'B', 'A')
    """
    if count is not None and count < 0:
        raise ValueError(f"count is negative: {count}")
    if count == 0:
        return "V"
    if count is None or count < FEWEST[kind]:
        return "A"
    if largest is None or total is None:
        return "V"
    if not 0 <= largest <= total:
        raise ValueError(f"largest ({largest}) is not between 0 and total ({total})")
    # Multiplied, never divided: 85 % of cents is compared exactly, and a total of 0 has no share.
    return "B" if largest * 100 > total * DOMINANCE_PERCENT else "V"
