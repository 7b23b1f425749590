"""Which jobs each quotient gives away: those of the ESS by commune and quarter; units are establishments."""

import numpy as np

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.disclosure.money import Name, Sums
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import Place
from graphmodel.indicators.territories.jobs import (
    ESTABLISHMENTS,
    LARGEST,
    METRICS,
    PERIMETERS,
    Jobs,
    Perimeter,
)
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy.attacker import Array
from graphmodel.secrecy.block import Block

EMPLOYMENT = "employment"


class EmploymentFigures:
    """What each value about observed jobs sums (T07, T18).

    Parameters
    ----------
    context
        The evaluation the values come from.

    Notes
    -----
    A quotient comes with the jobs of its territory and the region's are public: it gives away the jobs of the
    ESS there. A quarter is taken out of its commune, so that neither is found by subtraction.
    """

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context

    def sums(self, value: IndicatorValue) -> Sums:
        """Return what a value gives away; nothing for a value that rests on no observed job."""
        # Jobs of all kinds are not those of the ESS: they give nothing of them away.
        if value.indicator not in ("T07", "T18") or value.params.get("key") == "total" or not value.params:
            return []
        place = self._places().get((value.params["level"], value.params["territory"]))
        if place is None:
            return []
        if value.indicator == "T07":
            year, perimeter = int(value.params["year"]), value.params["perimeter"]
            whole = self._figure(Place("R", "R", None), year, "frozen")
            return [*self._figure(place, year, perimeter), *whole]
        years = [int(value.params[name]) for name in ("year", "year2")]
        return [
            sum for year in years for perimeter in PERIMETERS for sum in self._figure(place, year, perimeter)
        ]

    def block(self, name: Name) -> Block:
        """Return the jobs of the ESS of a year by part of commune."""
        return self.context.kept(("employment block", name[1]), lambda: self._block(name[1]))

    def _jobs(self) -> Jobs:
        return Jobs.of(self.context)

    def _places(self) -> dict[tuple[str, str], Place]:
        every = (*self._jobs().places, *ground.places_at(self.context, "Q"))
        return self.context.kept(
            "places of jobs", lambda: {(place.level, place.code): place for place in every}
        )

    def _parts(self, year: int) -> dict[str, str | None]:
        """Return the parts that have jobs: quarters with their commune, then what is left of each commune."""
        told = self._jobs().values.get((year, METRICS["ess"]), {})
        cells = ground.cells_of(self.context).cells
        quarters = cells.dropna(subset=["qpv"]).set_index("qpv")["commune"]
        parts: dict[str, str | None] = {key: str(quarters[key]) for key in told if key in quarters.index}
        return parts | {key: None for key in told if key not in quarters.index}

    def _block(self, year: int) -> Block:
        jobs = self._jobs()
        parts = self._parts(year)
        columns = []
        for metric in (METRICS["ess"], ESTABLISHMENTS, LARGEST):
            known = {key: value or 0.0 for key, value in jobs.values.get((year, metric), {}).items()}
            column = {key: known.get(key, 0.0) for key in parts}
            if metric != LARGEST:
                for quarter, commune in parts.items():
                    if commune in column:
                        column[commune] = max(0.0, column[commune] - known.get(quarter, 0.0))
            columns.append(list(column.values()))
        amounts, counts, largest = columns
        largest = [min(one, amount) for one, amount in zip(largest, amounts, strict=True)]
        return Block(amounts, [frozenset()] * len(amounts), groups=(counts, largest))

    def _figure(self, place: Place, year: int, composition: str) -> Sums:
        name = ("employment figure", place.level, place.code, year, composition)
        return self.context.kept(name, lambda: self._summed(place, year, composition))

    def _summed(self, place: Place, year: int, composition: str) -> Sums:
        jobs, parts = self._jobs(), self._parts(year)
        if not parts:
            return []
        if place.level == "Q":
            weights: dict[str, float] = {str(place.key): 1.0}
        else:
            whole = place.level == "R"
            perimeter: Perimeter | None = jobs.whole if whole else jobs.perimeter(place, composition)
            if perimeter is None:
                return []
            weights = {code: weight or 0.0 for code, weight in jobs.weights(perimeter, year).items()}
        figure: Array = np.array(
            [weights.get(key, weights.get(commune or "", 0.0)) for key, commune in parts.items()]
        )
        return [((EMPLOYMENT, year), figure)]
