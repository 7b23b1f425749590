"""A value of an indicator: never a bare number, always with its proof."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from graphmodel.indicators.intervals import Interval

Reach = Literal["actions", "contract", "both"]
Baseline = Literal["measured", "rebuilt", "none"]
Secrecy = Literal["V", "A", "B", "D"]
Conclusion = Literal["établi", "orienté", "non établi"]

Number = int | float


@dataclass(frozen=True, slots=True)
class Simulation:
    """How a simulated value was drawn: number of draws and seed, both printed beside it."""

    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Run:
    """A sensitivity run: what was changed (French), and the value found; None when not computable."""

    run: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One value of one measure of one indicator, with everything that lets somebody contest it.

    Attributes
    ----------
    indicator, measure, params
        Name of the value (`format.md`, « Names of results »); parameters are texts, years included. `measure`
        is None and `params` empty for an indicator whose input is missing.
    question, effect, reach
        Evaluation question (1-4), expected effects informed, what it speaks of: actions or the contract.
    fictional
        True when any row it rests on is.
    value
        The value, or None with its `reason` in French. Counts are integers, the rest floats.
    unit
        French unit.
    n
        What the value rests on (actions, operators of the cohort, pairs…); None where a count has no base.
    interval
        95 % interval, for those that have one.
    perimeter
        `frozen` or `current` for values that depend on territories.
    sensitivity
        Runs under other choices.
    simulation
        Draws and seed of a simulated value; None when exact.
    baseline
        What T0 is: measured, rebuilt afterwards, or none.
    coverage
        Share of the reports received (G02) at its level, lowest of the years used; None without any expected.
    vintage
        Vintage of the territories used.
    secrecy
        V releasable, A too few units, B one unit dominates, D secondary; None until the gate has examined it.
    conclusion
        Degree of conclusion; None until drawn, or where none can be.
    reason
        French reason why there is no value.
    sources
        Tables of the graph (labels and types of the schema) whose rows it rests on.
    word
        What stands as the value where it is no number: what the shares of an action rest on (T06).
    pieces
        Findings, documents and acts that speak of what it measures, as `Label:id` (T13, T19).
    """

    indicator: str
    measure: str | None
    params: Mapping[str, str]
    question: int
    effect: str
    reach: Reach
    fictional: bool
    value: Number | None
    unit: str
    n: int | None = None
    interval: Interval | None = None
    perimeter: str | None = None
    sensitivity: tuple[Run, ...] = ()
    simulation: Simulation | None = None
    baseline: Baseline = "none"
    coverage: float | None = None
    vintage: str | None = None
    secrecy: Secrecy | None = None
    conclusion: Conclusion | None = None
    reason: str | None = None
    sources: tuple[str, ...] = field(default=())
    word: str | None = None
    pieces: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is None and self.word is None and not self.reason:
            raise ValueError(f"{self.name}: a value that is not known says why")

    @property
    def name(self) -> str:
        """Return the value's name in one line: `S01 share_collective|year=2014|level=R|…`."""
        parts = [str(self.measure), *(f"{key}={value}" for key, value in self.params.items())]
        return f"{self.indicator} {'|'.join(parts)}"

    @property
    def identity(self) -> tuple[str, str | None, frozenset[tuple[str, str]]]:
        """Return what makes two values the same result: indicator, measure and parameters."""
        return self.indicator, self.measure, frozenset(self.params.items())

    def to_json(self) -> dict[str, Any]:
        """Return the entry of `values` in the JSON of `maillage evaluate`."""
        found = {item.name: _plain(getattr(self, item.name)) for item in fields(self)}
        word = found.pop("word")
        if not self.pieces:
            del found["pieces"]
        return found if word is None else {**found, "value": word}


def _plain(value: object) -> Any:
    if isinstance(value, Interval):
        high = value.high if math.isfinite(value.high) else None
        return {"low": value.low, "high": high, "method": value.method, "level": value.level}
    if isinstance(value, Simulation):
        return {"draws": value.draws, "seed": value.seed}
    if isinstance(value, Run):
        return {"run": value.run, "value": value.value}
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
