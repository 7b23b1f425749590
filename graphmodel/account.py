"""The account of a territory: what reached it, how much, with whom, for which needs, beside comparable ones.

Money is attributed (T06): a share of each action, never the whole of it. Comparable territories are those of
the same level whose populations are nearest; their values and the region's stand beside, with how many.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np

from graphmodel.frames import records_of
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.disclosure.money import MoneyFigures
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.authorities import code_of
from graphmodel.indicators.territories.needs import Need, needs_of
from graphmodel.secrecy import Status

COMPARED = 5
"""Territories a territory is laid beside."""

SMALL = 5
"""Number of actions, needs or quarters under which shares say little: it is said beside them."""

_LEVELS = {"departement": ("departement",), "commune": ("commune",), "qpv": ("qpv",)}
_GROUPED = ("epci", "syndicat_mixte", "pnr", "authority")


@dataclass(frozen=True, slots=True)
class YearlyAmount:
    """Money attributed to a territory in a year.

    Attributes
    ----------
    year
        Year of the payments.
    amount, with_region_wide
        Euros of the located actions; of the region-wide ones too, spread by population. None when no amount
        of the year is known.
    per_inhabitant, region_per_inhabitant
        The first over the inhabitants of the territory; the same of the whole region.
    pilots
        Number of pilots whose actions make the amount.
    secrecy
        Status of the amount by itself: A under three pilots, B when one makes more than 85 %.
    """

    year: int
    amount: float | None
    with_region_wide: float | None
    per_inhabitant: float | None
    region_per_inhabitant: float | None
    pilots: int
    secrecy: Status


@dataclass(frozen=True, slots=True)
class NeedAccount:
    """A need the territory expressed, and the actions that answer it with their last status."""

    id: str
    name: str
    on: date | None
    priority: int | None
    answered: bool
    circular: bool
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QuarterAccount:
    """A priority quarter inside, and whether an action names it or has beneficiaries there."""

    code: str
    name: str
    population: int | None
    targeted: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure of the territory beside comparable ones and the region.

    Attributes
    ----------
    own, region
        Its value, and that of the region; None when not known.
    middle
        Median of the comparable territories whose value is known.
    count
        How many of those there are.
    """

    own: float | None
    middle: float | None
    region: float | None
    count: int


@dataclass(frozen=True, slots=True)
class TerritoryAccount:
    """What the contract did in a territory, counted.

    Attributes
    ----------
    population
        Inhabitants by the cells; None when unknown.
    amounts
        Money by year.
    partners
        Name of the operators of the actions located there and number of those actions, most present first.
    needs
        Needs expressed by the authority.
    quarters
        Priority quarters inside.
    zrr_communes, communes
        Communes classed in ZRR (None when no list is loaded), and all of them.
    comparable
        Names of the territories it is laid beside, by population.
    compared
        Figures: actions, operators, per_inhabitant (last year of money).
    small
        True when the actions are too few for a share to mean much.
    """

    population: int | None
    amounts: tuple[YearlyAmount, ...]
    partners: tuple[tuple[str, int], ...]
    needs: tuple[NeedAccount, ...]
    quarters: tuple[QuarterAccount, ...]
    zrr_communes: int | None
    communes: int
    comparable: tuple[str, ...]
    compared: dict[str, Comparison]
    small: bool


def territory_account(context: EvaluationContext, territory: str) -> TerritoryAccount | None:
    """Return the account of a territory; None when its perimeter is not known.

    Parameters
    ----------
    context
        The evaluation of the contract.
    territory
        Key of the territory.
    """
    model = ground.cells_of(context)
    if territory not in model:
        return None
    beside = _comparable(context, territory)
    here = _presence(context, [territory, *beside])
    people = model.population_of(territory)
    names = context.graph.nodes("Territory")["name"]
    return TerritoryAccount(
        population=None if people is None else round(people),
        amounts=tuple(_amounts(context, territory)),
        partners=_partners(context, here[territory]),
        needs=tuple(_needs(context, territory)),
        quarters=tuple(_quarters(context, territory)),
        zrr_communes=_classed(context, territory),
        communes=len(model.communes_in(territory)),
        comparable=tuple(str(names[key]) for key in beside),
        compared=_compared(context, territory, beside, here),
        small=len(here[territory]) < SMALL,
    )


def _comparable(context: EvaluationContext, territory: str) -> list[str]:
    """Return the territories of the same level whose populations are nearest."""
    model = ground.cells_of(context)
    level = str(context.graph.nodes("Territory")["level"][territory])
    codes = context.graph.nodes("Territory")["code"].to_dict()
    own = model.population_of(territory)
    if own is None:
        return []
    # Two vintages of one territory are one: the code tells them, and the nearest of each is kept.
    near: dict[str, tuple[float, str]] = {}
    for key in model.territories(*_LEVELS.get(level, _GROUPED)):
        people = model.population_of(key)
        if people and codes[key] != codes[territory]:
            near[codes[key]] = min(near.get(codes[key], (float("inf"), key)), (abs(people - own), key))
    return [key for _, key in sorted(near.values())[:COMPARED]]


def _presence(context: EvaluationContext, keys: Sequence[str]) -> dict[str, set[tuple[int, str]]]:
    """Return the (year, action) located in each territory, region-wide ones left out."""
    found: dict[str, set[tuple[int, str]]] = {key: set() for key in keys}
    for year in context.years:
        touching = ground.attribution(context, year).touches(keys)
        for key in keys:
            found[key] |= {(year, str(action)) for action in touching.index[touching[key]]}
    return found


def _amounts(context: EvaluationContext, territory: str) -> Iterable[YearlyAmount]:
    figures = MoneyFigures(context)
    model = ground.cells_of(context)
    people, everyone = model.population_of(territory), model.population()
    for year in ground.years_of_money(context):
        shares, lines = ground.attribution(context, year), figures.lines(("paid", year))
        table = shares.territory_shares([territory], region_wide=True)[territory].to_numpy(dtype=np.float64)
        local = figures.run(year, table, "without")
        row = lines.of_actions(local).reshape(1, -1)
        unknown = ground.all_unknown(context, year) or lines.rows.empty
        amount = None if unknown else float(row[0] @ lines.block.amounts) / 100
        wide = None if unknown else float(lines.of_actions(table) @ lines.block.amounts) / 100
        located = shares.ledger(ground.euros(context, year)).located
        yield YearlyAmount(
            year,
            amount,
            wide,
            amount / people if amount is not None and people else None,
            None if unknown or not everyone else located / everyone,
            lines.block.unit_counts(row)[0],
            lines.block.primary(row)[0],
        )


def _partners(context: EvaluationContext, here: set[tuple[int, str]]) -> tuple[tuple[str, int], ...]:
    names = context.graph.nodes("Organisation")["name"]
    counts: Counter[str] = Counter()
    pairs = {(o, a) for year, a in here for o in context.network(year).parts.get(a, ())}
    counts.update(str(names[operator]) for operator, _ in pairs)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _needs(context: EvaluationContext, territory: str) -> Iterable[NeedAccount]:
    code = str(context.graph.nodes("Territory")["code"][territory])
    keys = {key for key, told in code_of(context).items() if told == code}
    rows = context.graph.relationships("EXPRESSES")
    own = set(rows.loc[rows["source"].isin(keys), "target"])
    last = date(context.years[-1], 12, 31) if context.years else date.max
    for row in records_of(context.graph.nodes("Need")):
        if row["key"] in own:
            need: Need | None = next((n for n in needs_of(context) if n.key == row["key"]), None)
            if need is not None:
                ids = {key: facts.id for key, facts in context.actions.items()}
                # The last status of each action is the one that stands.
                answers = tuple({ids.get(a.action, a.action): a.status for a in need.answers}.items())
                yield NeedAccount(
                    str(row["id"]), str(row["name"]), need.on, need.priority, need.answered(last),
                    need.circular, answers,
                )  # fmt: skip


def _quarters(context: EvaluationContext, territory: str) -> Iterable[QuarterAccount]:
    model = ground.cells_of(context)
    inside = model.weights(territory) > 0
    keys = [str(key) for key in model.cells["qpv"][inside].dropna().unique()]
    rows = context.graph.relationships("TAKES_PLACE_IN")
    told = context.graph.nodes("Territory")
    for key in sorted(keys):
        degrees = set(rows.loc[rows["target"] == key, "degree"])
        people = model.population_of(key)
        yield QuarterAccount(
            str(told["code"][key]), str(told["name"][key]), None if people is None else round(people),
            "targeted" in degrees, "reached" in degrees,
        )  # fmt: skip


def _classed(context: EvaluationContext, territory: str) -> int | None:
    model = ground.cells_of(context)
    zone = model.zone("ZRR")
    if zone is None:
        return None
    shares = model.commune_shares(model.weights(territory) * zone.inside)
    return int((shares >= 0.5).sum())


def _compared(
    context: EvaluationContext, territory: str, beside: Sequence[str], here: dict[str, set[tuple[int, str]]]
) -> dict[str, Comparison]:
    actions = {key: float(len({action for _, action in rows})) for key, rows in here.items()}
    operators = {
        key: float(len({o for year, a in rows for o in context.network(year).parts.get(a, ())}))
        for key, rows in here.items()
    }
    found = {
        "actions": _laid(actions, territory, beside, None),
        "operators": _laid(operators, territory, beside, None),
    }
    years = ground.years_of_money(context)
    if years:
        each = _per_inhabitant(context, years[-1], [territory, *beside])
        whole = ground.attribution(context, years[-1]).ledger(ground.euros(context, years[-1])).located
        everyone = ground.cells_of(context).population()
        region = whole / everyone if everyone and not ground.all_unknown(context, years[-1]) else None
        found["per_inhabitant"] = _laid(each, territory, beside, region)
    return found


def _per_inhabitant(context: EvaluationContext, year: int, keys: Sequence[str]) -> dict[str, float | None]:
    if ground.all_unknown(context, year):
        return dict.fromkeys(keys)
    model = ground.cells_of(context)
    amounts = ground.attribution(context, year).amounts(ground.euros(context, year), keys, region_wide=False)
    people = {key: model.population_of(key) for key in keys}
    return {key: float(amounts[key]) / n if (n := people[key]) else None for key in keys}


def _laid(
    values: dict[str, float] | dict[str, float | None], own: str, beside: Sequence[str], region: float | None
) -> Comparison:
    known = [value for key in beside if (value := values[key]) is not None]
    return Comparison(values[own], median(known) if known else None, region, len(known))
