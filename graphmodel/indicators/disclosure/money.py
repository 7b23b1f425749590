"""Which contributions each euro of the results sums: the payments of a year, and whose they are.

The unit is the pilot of the action, who receives the money; a payment that nobody is known to receive is one
unit by itself. Promises that the convention prints are public.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphmodel.double_count import touched_units
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.deployment import contract_money
from graphmodel.indicators.governance import funding_lines, planned_once
from graphmodel.indicators.spending import at_level, contract_funders
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.concentration import CUTS, lorenz_parts
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy.attacker import Array
from graphmodel.secrecy.block import Block

Name = tuple[str, int]
"""A block: what its contributions are (`paid`, `agreed`, `planned`, `cost`, `supports`, `jobs`), the year."""

ANNOUNCED = ("planned", "agreed")
"""Kinds of amounts that conventions and deliberations print."""

_EXECUTED = {
    "paid_over_planned": ("paid", "planned"), "agreed_over_planned": ("agreed", "planned"),
    "planned": ("planned",), "agreed": ("agreed",), "paid": ("paid",),
}  # fmt: skip
"""Blocks that each measure of G04 sums."""

Sums = list[tuple[Name, Array]]
"""The figures that a value gives away, each as what it counts of each contribution of a block."""


@dataclass(frozen=True)
class Lines:
    """The contributions of a block.

    Attributes
    ----------
    rows
        One row each, with `action` (key), `amount`, and what else it is told by.
    block
        Their amounts, with the units they come from.
    at
        Position of the action of each row among all the actions, sorted by key; the last for none.
    """

    rows: pd.DataFrame
    block: Block
    at: NDArray[np.intp]

    def of_actions(self, weights: Array) -> Array:
        """Return the figure that counts each contribution by the weight of its action (sorted by key)."""
        found: Array = np.append(weights, 0.0)[self.at]
        return found

    def where(self, kept: "pd.Series[bool]") -> Array:
        """Return the figure that sums some contributions."""
        return np.asarray(kept, dtype=np.float64)


class MoneyFigures:
    """What each value of money sums.

    Parameters
    ----------
    context
        The evaluation the values come from.
    """

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context
        self.actions: pd.Index[str] = pd.Index(sorted(context.actions), dtype="object")
        self._readers: dict[str, Callable[[IndicatorValue, int], Sums]] = {
            "T04": self._targeting,
            "T06": self._by_territory,
            "T08": self._concentration,
            "T10": self._double_count,
            "E02": self._leverage,
            "S12": self._innovation,
            "G04": self._execution,
        }

    def sums(self, value: IndicatorValue) -> Sums:
        """Return what a value gives away; nothing for a value that rests on no money."""
        reader = self._readers.get(value.indicator)
        if reader is None or value.measure is None or not value.params.get("year", "").isdigit():
            return []
        return reader(value, int(value.params["year"]))

    def lines(self, name: Name) -> Lines:
        """Return the contributions of a block of money."""
        return self.context.kept(("lines", name), lambda: self._lines(*name))

    def _lines(self, kind: str, year: int) -> Lines:
        if kind == "cost":
            pairs = contract_money(self.context, year)
            rows = pd.DataFrame({"action": list(pairs), "amount": [cost for cost, _ in pairs.values()]})
            public = [False] * len(rows)
        else:
            every = self.context.kept("funding lines", lambda: funding_lines(self.context))
            rows = every[(every["kind"] == kind) & (every["year"] == year) & every["amount"].notna()]
            public = [kind in ANNOUNCED] * len(rows)
        pilots = self._pilots(year)
        units = [pilots.get(str(action), frozenset()) for action in rows["action"]]
        block = Block([float(cents) for cents in rows["amount"]], units, public=public)
        at = self.actions.get_indexer(pd.Index(rows["action"], dtype="object"))
        return Lines(rows, block, np.where(at < 0, len(self.actions), at))

    def _pilots(self, year: int) -> dict[str, frozenset[object]]:
        """Return who may have received the money of each action: its pilots, else any of its operators."""
        parts = self.context.graph.relationships("TAKES_PART_IN")
        parts = parts[parts["year"].isna() | (parts["year"] == year)]
        found: dict[str, frozenset[object]] = {}
        for role in ("partner", "pilot"):
            grouped = parts[parts["role"] == role].groupby("target")["source"].agg(frozenset)
            found |= {str(action): frozenset(names) for action, names in grouped.items()}
        return found

    def _paid(self, year: int, weights: Array) -> tuple[Name, Array]:
        name = ("paid", year)
        return name, self.lines(name).of_actions(weights)

    def _kept(self, year: int, name: object, make: Callable[[], Array]) -> tuple[Name, Array]:
        """Return a figure of payments, read once however many values show it."""
        return self.context.kept(("figure", year, name), lambda: self._paid(year, make()))

    def _some(self, actions: Iterable[str]) -> Array:
        """Return the weights that count some actions whole."""
        return np.asarray(self.actions.isin(list(actions)), dtype=np.float64)

    def run(self, year: int, weights: Array, run: str) -> Array:
        """Return the weights of the actions, region-wide ones left out of the run without them."""
        wide = ground.attribution(self.context, year).actions["region_wide"].to_numpy(dtype=bool)
        return weights if run == "with" else np.where(wide, 0.0, weights)

    def _by_territory(self, value: IndicatorValue, year: int) -> Sums:
        params, shares = value.params, ground.attribution(self.context, year)
        located = shares.actions["located"].to_numpy(dtype=np.float64)
        if value.measure == "amount_paid":
            return [self._paid(year, self._some([self._key(params["action"])]))]
        if value.measure in ("amount", "per_inhabitant"):
            run, place = params["ubiquitous"], (params["level"], params["territory"])
            return [self._kept(year, (run, place), lambda: self._at(year, run, place))]
        if value.measure == "total_located":
            return [self._paid(year, self.run(year, located, params["ubiquitous"]))]
        if value.measure == "total_unlocated":
            return [self._paid(year, 1 - located)]
        return []

    def _at(self, year: int, run: str, place: tuple[str, str]) -> Array:
        """Return what of each action is attributed to a place."""
        key = self._places()[place]
        if key is None:
            located = ground.attribution(self.context, year).actions["located"]
            return self.run(year, located.to_numpy(dtype=np.float64), run)
        table = self.context.kept(("shares of places", year), lambda: self._shares(year))
        return self.run(year, table[key], run)

    def _shares(self, year: int) -> dict[str, Array]:
        keys = [key for key in dict.fromkeys(self._places().values()) if key is not None]
        table = ground.attribution(self.context, year).territory_shares(keys, region_wide=True)
        return dict(zip(keys, np.ascontiguousarray(table.to_numpy(dtype=np.float64).T), strict=True))

    def _places(self) -> dict[tuple[str, str], str | None]:
        places = ground.places_at(self.context, "RDEK")
        return self.context.kept("keys of places", lambda: {(p.level, p.code): p.key for p in places})

    def _key(self, action: str) -> str:
        keys = self.context.kept(
            "keys of actions", lambda: {facts.id: key for key, facts in self.context.actions.items()}
        )
        return keys[action]

    def _targeting(self, value: IndicatorValue, year: int) -> Sums:
        params = value.params
        run, zone, place = params["ubiquitous"], params["zone"], (params["level"], params["territory"])
        parts = ("zone",) if value.measure == "amount" else ("zone", "whole")
        return [
            self._kept(year, (run, zone, place, part), lambda p=part: self._zone(year, run, zone, place, p))  # type: ignore[misc]
            for part in parts
        ]

    def _zone(self, year: int, run: str, zone: str, place: tuple[str, str], part: str) -> Array:
        shares, told = ground.attribution(self.context, year), ground.zones(self.context)[zone]
        weights = shares.model.weights(self._places()[place]) * (1.0 - told.left_out)
        if part == "zone":
            weights = weights * told.inside
        return self.run(year, np.asarray(shares.matrix @ weights, dtype=np.float64), run)

    def _concentration(self, value: IndicatorValue, year: int) -> Sums:
        """Only the curve tells sums: those of the least endowed communes, and the whole."""
        if value.measure != "lorenz":
            return []
        run, cut = value.params["ubiquitous"], CUTS.index(int(value.params["share"]))
        shares = ground.attribution(self.context, year)
        parts = lorenz_parts(self.context, year, run)[cut][shares.model.commune_of_cell]
        return [
            self._kept(year, ("lorenz", run, name), lambda p=part: self.run(year, shares.matrix @ p, run))  # type: ignore[misc]
            for name, part in ((value.params["share"], parts), ("whole", np.ones(len(parts))))
        ]

    def _double_count(self, value: IndicatorValue, year: int) -> Sums:
        if value.measure != "amount_factor":
            return []
        shares = ground.attribution(self.context, year)
        units = touched_units(shares, value.params["unit"])
        if units is None:
            return []
        local = shares.local.index
        kept = self._some(local)
        times = units.reindex(self.actions).fillna(0).to_numpy(dtype=np.float64)
        return [self._paid(year, times * kept), self._paid(year, kept)]

    def _leverage(self, value: IndicatorValue, year: int) -> Sums:
        level, scope = value.params["level"], value.params["scope"]
        actions = [
            action for action in contract_money(self.context, year) if self._in_scope(action, level, scope)
        ]
        cost, paid = self.lines(("cost", year)), self.lines(("paid", year))
        funders = set(cast(Sequence[str], self.context.contract.get("contract_funders") or ()))
        granted = paid.rows["action"].isin(actions) & paid.rows["funder"].isin(funders)
        return [
            (("cost", year), cost.where(cost.rows["action"].isin(actions))),
            (("paid", year), paid.where(granted)),
        ]

    def _in_scope(self, action: str, level: str, scope: str) -> bool:
        facts = self.context.actions[action]
        return level == "R" or (facts.axis if level == "axis" else facts.id) == scope

    def _innovation(self, value: IndicatorValue, year: int) -> Sums:
        if value.measure != "share_paid":
            return []
        level, scope = value.params["level"], value.params["scope"]
        graded = {
            key: facts
            for key, facts in self.context.actions.items()
            if facts.social_innovation is not None and self._in_scope(key, level, scope)
        }
        innovative = [key for key, facts in graded.items() if facts.social_innovation]
        return [self._paid(year, self._some(innovative)), self._paid(year, self._some(graded))]

    def _execution(self, value: IndicatorValue, year: int) -> Sums:
        main, found = contract_funders(self.context), list[tuple[Name, Array]]()
        for kind in _EXECUTED.get(str(value.measure), ()):
            lines = self.lines((kind, year))
            kept = at_level(lines.rows, value.params["level"], value.params["scope"], main)
            if kind == "planned":
                kept &= lines.rows.index.isin(planned_once(lines.rows))
            found.append(((kind, year), lines.where(kept)))
        return found
