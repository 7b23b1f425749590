"""F1: the money paid in a year, from who funds it to the axes and the actions it went to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboards import view_data, words
from dashboards.figures.asked import Asked, hidden
from graphmodel.frames import records_of
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.spending import OTHERS, OUTSIDE, contract_funders

OUTSIDE_NAME: Final = "hors axe (animation)"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in euros, or why there is none; and how many payments of unknown amount it leaves out.

    Attributes
    ----------
    id, name
        What the sum is of.
    euros
        None where it is secret or not said.
    secret
        True where secrecy keeps it.
    unknown
        Payments of unknown amount, none of them in the sum.
    """

    id: str
    name: str
    euros: float | None
    secret: bool = False
    unknown: int = 0

    @property
    def short(self) -> str:
        """« 2 024 k€ », « secret », « montant non dit »."""
        if self.euros is None:
            return words.SECRET if self.secret else "montant non dit"
        return thousands(self.euros)

    @property
    def text(self) -> str:
        """The same, with the number of payments it leaves out."""
        if self.euros is None:
            return self.short
        more = (
            f" + {words.counted(self.unknown, 'montant non dit', 'montants non dits')}"
            if self.unknown
            else ""
        )
        return f"{self.short}{more}"


@dataclass(frozen=True, slots=True)
class Flow:
    """What a funder paid to an axis."""

    funder: str
    axis: str
    euros: float | None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class ActionSum:
    """What an action received, all funders; its code, short title and axis."""

    axis: str
    sum: Sum


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """The sums of a year."""

    year: int
    total: Sum
    funders: tuple[Sum, ...]
    axes: tuple[Sum, ...]
    flows: tuple[Flow, ...]
    actions: tuple[ActionSum, ...]

    def of_axis(self, axis: str) -> list[Sum]:
        """Return the sums of the actions of an axis, in the order of the annex."""
        return [action.sum for action in self.actions if action.axis == axis]

    @property
    def secret(self) -> bool:
        """True when secrecy keeps a sum of the figure."""
        sums: Sequence[Sum | Flow] = (*self.funders, *self.axes, *self.flows, *(a.sum for a in self.actions))
        return any(one.secret for one in sums)


def thousands(euros: float) -> str:
    """Return euros as thousands: « 2 024 k€ », « 7,8 k€ » under a hundred."""
    return f"{words.number(euros / 1000, 0 if abs(euros) >= 100_000 else 1)}{words.NNBSP}k€"


def money_flow(asked: Asked, year: int) -> MoneyFlow | None:
    """Return the sums of a year; None when no payment is known."""
    total = asked.get("G04", "paid", year=str(year), level="total", scope="R")
    if total is None:
        return None
    names = funder_names(asked)
    main = contract_funders(asked.context)
    paid = asked.of("G04", "paid", year=str(year))
    unknown = {
        (v.params["level"], v.params["scope"]): int(v.value or 0)
        for v in asked.of("G04", "paid_unknown", year=str(year))
    }

    def sum_of(value: IndicatorValue, name: str) -> Sum:
        scope = value.params["scope"]
        return Sum(
            scope,
            name,
            _euros(value),
            hidden(value, asked.mode),
            unknown.get((value.params["level"], scope), 0),
        )

    own = [v for v in paid if v.params["level"] == "funder" and v.params["scope"] in (*main, OTHERS)]
    funders = [sum_of(value, names.get(value.params["scope"], value.params["scope"])) for value in own]
    axes = {str(row["id"]): str(row["name"]) for row in records_of(asked.graph.nodes("Axis"))} | {
        OUTSIDE: OUTSIDE_NAME
    }
    found = [v for v in paid if v.params["level"] == "axis"]
    flows = [
        Flow(funder, axis, _euros(value), hidden(value, asked.mode))
        for value in paid
        if value.params["level"] == "funder_axis"
        for funder, _, axis in [value.params["scope"].partition("|")]
    ]
    return MoneyFlow(
        year,
        sum_of(total, "ensemble"),
        tuple(funders),
        tuple(sum_of(value, axes.get(value.params["scope"], value.params["scope"])) for value in found),
        tuple(flows),
        _actions(asked, year),
    )


def _euros(value: IndicatorValue) -> float | None:
    return None if value.value is None else float(value.value)


def funder_names(asked: Asked) -> dict[str, str]:
    """Return the short name of each funder by identifier, and of the others taken together."""
    short = view_data.short_actor_names(asked.graph, 24)
    found = {str(asked.graph.nodes("Organisation")["id"][key]): name for key, name in short.items()}
    main = contract_funders(asked.context)
    funders = {v.params["scope"] for v in asked.of("G04", "paid", level="funder")} - {*main, OTHERS}
    return found | {OTHERS: f"autres financeurs ({len(funders)})"}


def _actions(asked: Asked, year: int) -> tuple[ActionSum, ...]:
    """Return what each action received: those of which a payment is told, in the order of the annex."""
    told = {value.params["action"]: value for value in asked.of("T06", "amount_paid", year=str(year))}
    ids = {key: facts.id for key, facts in asked.context.actions.items()}
    found = []
    for row in view_data.action_rows(asked.graph, year):
        value = told.get(ids[row.key])
        if value is None or (value.value is None and not hidden(value, asked.mode) and value.n == 0):
            continue
        found.append(
            ActionSum(row.axis or OUTSIDE, Sum(row.code, row.name, _euros(value), hidden(value, asked.mode)))
        )
    return tuple(found)
