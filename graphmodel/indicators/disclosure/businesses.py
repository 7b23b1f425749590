"""Which businesses each count or job of the results sums: the unit is the supported business."""

from collections.abc import Iterable, Sequence

import numpy as np

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.deployment import COUNTED, Support, e01_places, latest_support, lies_in, supports
from graphmodel.indicators.disclosure.money import Name, Sums
from graphmodel.indicators.territories import equity, ground
from graphmodel.indicators.territories.ground import Place
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy.attacker import Array
from graphmodel.secrecy.block import Block


class BusinessFigures:
    """What each value about supported businesses sums (E01, T05).

    Parameters
    ----------
    context
        The evaluation the values come from.
    """

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context

    def sums(self, value: IndicatorValue) -> Sums:
        """Return what a value gives away; nothing for a value that counts no business."""
        if value.measure is None or not value.params.get("year", "").isdigit():
            return []
        year = int(value.params["year"])
        if value.indicator == "E01":
            return self._created(value, year)
        return self._around(value, year) if value.indicator == "T05" else []

    def block(self, name: Name) -> Block:
        """Return a block: businesses supported in a year (`supports`), or their jobs (`jobs`)."""
        return self.context.kept(("block", name), lambda: self._block(name))

    def own(self, name: Name) -> Array:
        """Return the figures of one business each: what must never be found, published or not."""
        count = len(self.block(name).amounts)
        return np.eye(count) if name[0] == "jobs" else np.zeros((0, count))

    def _block(self, name: Name) -> Block:
        kind, year = name
        if kind == "supports":
            businesses = self._businesses(year)
            return Block([1.0] * len(businesses), [frozenset([key]) for key in businesses], counted=True)
        pairs = self._pairs(year)
        return Block(list(pairs.values()), [frozenset([business]) for _, business in pairs])

    def _rows(self, year: int) -> list[Support]:
        return self.context.kept(
            ("supports of", year), lambda: [row for row in supports(self.context) if row.year == year]
        )

    def _businesses(self, year: int) -> list[str]:
        return list(dict.fromkeys(row.business for row in self._rows(year)))

    def _pairs(self, year: int) -> dict[tuple[str, str], float]:
        """Return the known jobs of each support counted, latest report first told: by action and business."""
        counted = [row for row in self._rows(year) if row.outcome in COUNTED and row.jobs is not None]
        by_pair: dict[tuple[str, str], list[Support]] = {}
        for row in counted:
            by_pair.setdefault((row.action, row.business), []).append(row)
        return {pair: float(latest_support(rows).jobs or 0) for pair, rows in by_pair.items()}

    def _created(self, value: IndicatorValue, year: int) -> Sums:
        counted = [row for row in self._rows(year) if row.outcome in COUNTED]
        if value.measure == "businesses_fractional":
            return [(("supports", year), self._fractional(year, counted, value.params["action"]))]
        places = self.context.kept(
            "places of businesses",
            lambda: {(level, code): inside for level, code, inside in e01_places(self.context)},
        )
        level = value.params["level"]
        inside = places[level, value.params["territory"]]
        rows = counted if inside is None else [row for row in counted if lies_in(row, level, inside)]
        if value.measure in ("fte", "fte_gross"):
            return [(("jobs", year), self._jobs(year, rows, once=value.measure == "fte"))]
        pairs = {(row.action, row.business) for row in rows}
        found: Sums = [(("supports", year), self._weighed(year, {row.business: 1.0 for row in rows}))]
        if value.measure == "duplicate_rate":
            times = {key: float(sum(business == key for _, business in pairs)) for _, key in pairs}
            found.append((("supports", year), self._weighed(year, times)))
        return found

    def _weighed(self, year: int, weights: dict[str, float]) -> Array:
        return np.array([weights.get(key, 0.0) for key in self._businesses(year)])

    def _fractional(self, year: int, rows: Sequence[Support], action: str) -> Array:
        actions: dict[str, set[str]] = {}
        for row in rows:
            actions.setdefault(row.business, set()).add(self.context.actions[row.action].id)
        return self._weighed(year, {k: 1 / len(told) for k, told in actions.items() if action in told})

    def _jobs(self, year: int, rows: Sequence[Support], *, once: bool) -> Array:
        known = [row for row in rows if row.jobs is not None]
        kept = {(row.action, row.business) for row in known}
        if once:
            businesses = {row.business for row in known}
            last = [latest_support([row for row in known if row.business == key]) for key in businesses]
            kept = {(row.action, row.business) for row in last}
        return np.array([float(pair in kept) for pair in self._pairs(year)])

    def _around(self, value: IndicatorValue, year: int) -> Sums:
        located = equity.located_by_business(self._rows(year))
        if value.measure == "unlocated":
            kept = {key: 1.0 for key, place in located.items() if place == (None, None)}
            return [(("supports", year), self._weighed(year, kept))]
        setting = self._settings().get((value.params["level"], value.params["territory"]))
        if setting is None:
            return []
        inside = [key for key, (_, quarter) in located.items() if quarter in setting.quarters]
        out = {key: commune for key, (commune, quarter) in located.items() if quarter is None}
        around = [key for key, commune in out.items() if commune in setting.communes]
        return [
            (("supports", year), self._weighed(year, dict.fromkeys(part, 1.0))) for part in (inside, around)
        ]

    def _settings(self) -> dict[tuple[str, str], equity.Setting]:
        def make() -> dict[tuple[str, str], equity.Setting]:
            units = ground.places_at(self.context, "U")
            told: Iterable[tuple[Place, equity.Setting]] = equity.settings_of(self.context, units).items()
            return {(place.level, place.code): setting for place, setting in told}

        return self.context.kept("settings by place", make)
