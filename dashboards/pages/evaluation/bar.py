"""The drawing of an interval: where its ends, its value, its start and its reference stand on a scale."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboards import words
from graphmodel.indicators import IndicatorValue

Write = Callable[[float], str]
"""Writes a number of the scale."""

WHOLE = 1.0
_MARGIN = 1.08


@dataclass(frozen=True, slots=True)
class Scale:
    """The two ends of a drawing, in the unit of the value."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 to 100; an infinite one is at the end."""
        if not math.isfinite(value):
            return 100.0
        return 100 * (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval as it is drawn: places from 0 to 100 along its own scale.

    Attributes
    ----------
    value
        Place of the value.
    low, high
        Places of the ends of the 95 % interval; None where the value has none.
    endless
        True when the interval has no upper end: it reaches the end of the scale.
    start, reference
        Places of the value of the first year and of the neutral value; None where there is none.
    low_tick, high_tick, reference_tick
        What the ends of the scale and the reference say.
    said
        The numbers in words, for those who do not see the drawing.
    """

    value: float
    low: float | None
    high: float | None
    endless: bool
    start: float | None
    reference: float | None
    low_tick: str
    high_tick: str
    reference_tick: str
    said: str


def scale_of(numbers: Iterable[float | None], *, share: bool) -> Scale:
    """Return a scale that holds every number, cut nowhere: 0 to 1 for shares, else from 0 to a round end.

    Parameters
    ----------
    numbers
        What is to be drawn; unknown and infinite ones do not count.
    share
        True for a proportion; a change of proportion, under zero, has a scale of its own.
    """
    known = [number for number in numbers if number is not None and math.isfinite(number)]
    lowest, highest = min([0.0, *known]), max([0.0, *known])
    if share and lowest >= 0 and highest <= WHOLE:
        return Scale(0.0, WHOLE)
    low, high = -_round_end(-lowest), _round_end(highest)
    return Scale(low, high) if high > low else Scale(0.0, WHOLE)


def _round_end(value: float) -> float:
    """Return a number of two digits just above a value; 0 for 0."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(value * _MARGIN)) - 1)
    return math.ceil(value * _MARGIN / step) * step


def bar_of(
    value: IndicatorValue,
    scale: Scale,
    write: Write,
    start: tuple[int, float] | None = None,
    neutral: float | None = None,
) -> Bar | None:
    """Return the drawing of a value; None where there is no number.

    Parameters
    ----------
    value
        The value, with its interval if it has one.
    scale
        Where it is drawn.
    write
        Writes its numbers.
    start
        Year and value of the reference situation.
    neutral
        Value that the interval must exclude.
    """
    if value.value is None:
        return None
    found, bounds = float(value.value), value.interval
    said = [f"valeur {write(found)}"]
    if bounds is not None:
        said.append(f"intervalle à 95{words.NNBSP}% de {write(bounds.low)} à {_end(bounds.high, write)}")
    else:
        said.append("sans intervalle")
    if start is not None:
        said.append(f"départ {start[0]}{words.NBSP}: {write(start[1])}")
    if neutral is not None:
        said.append(f"repère {write(neutral)}")
    endless = bounds is not None and not math.isfinite(bounds.high)
    return Bar(
        value=scale.place(found),
        low=scale.place(bounds.low) if bounds is not None else None,
        high=scale.place(bounds.high) if bounds is not None else None,
        endless=endless,
        start=scale.place(start[1]) if start is not None else None,
        reference=scale.place(neutral) if neutral is not None else None,
        low_tick=write(scale.low),
        high_tick="∞" if endless else write(scale.high),
        reference_tick=write(neutral) if neutral is not None else "",
        said=", ".join(said),
    )


def _end(bound: float, write: Write) -> str:
    return write(bound) if math.isfinite(bound) else "l’infini"


def numbers_of(value: IndicatorValue) -> list[float | None]:
    """Return the numbers of a value that its scale must hold."""
    bounds = value.interval
    return [value.value, *((bounds.low, bounds.high) if bounds is not None else ())]


def without_ticks(bar: Bar) -> Bar:
    """Return a drawing whose scale is told elsewhere."""
    return replace(bar, low_tick="", high_tick="", reference_tick="")
