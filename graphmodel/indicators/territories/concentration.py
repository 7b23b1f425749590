"""Question 3, how money is spread between communes (T08), and how much tables count twice (T10)."""

import numpy as np
from numpy.typing import NDArray

from graphmodel import double_count
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import ground, money_cards
from graphmodel.indicators.territories.ground import UBIQUITOUS, About
from graphmodel.indicators.territories.money import NO_AMOUNT, NO_LOCATED, TABLES, missing_input
from graphmodel.indicators.value import IndicatorValue

Numbers = NDArray[np.float64]

CUTS = tuple(range(10, 100, 10))
"""Shares of the inhabitants, percent, at which the Lorenz curve is told."""

NO_LOCAL = "aucune action localisée hors actions régionales"
NO_PAID = "aucun montant payé pour des actions localisées"


def gini(amounts: Numbers, people: Numbers) -> float | None:
    """Return the Gini index of an amount among inhabitants; None without amount or inhabitant.

    Parameters
    ----------
    amounts, people
        Amount and inhabitants of each commune, same length; communes without inhabitants are left out.

    Examples
    --------
    >>> amounts = np.array([86_428.57, 64_565.22, 16_521.74, 18_484.47, 4_000.0])
    >>> round(gini(amounts, np.array([50_000.0, 30_000, 10_000, 6_000, 4_000])), 4)
    0.097
    """
    kept = people > 0
    amounts, people = amounts[kept], people[kept]
    if not amounts.sum() > 0:
        return None
    order = np.argsort(amounts / people, kind="stable")
    share = np.concatenate(([0.0], np.cumsum(people[order]) / people.sum()))
    lorenz = np.concatenate(([0.0], np.cumsum(amounts[order]) / amounts.sum()))
    return float(1 - np.sum(np.diff(share) * (lorenz[1:] + lorenz[:-1])))


def theil(amounts: Numbers, people: Numbers) -> float | None:
    """Return the Theil index of an amount among inhabitants, in nats; None without amount or inhabitant."""
    kept = people > 0
    amounts, people = amounts[kept], people[kept]
    if not amounts.sum() > 0:
        return None
    held = amounts > 0
    part, weight = amounts[held] / amounts.sum(), people[held] / people.sum()
    return float(np.sum(part * np.log(part / weight)))


def theil_parts(
    amounts: Numbers, people: Numbers, groups: NDArray[np.intp]
) -> tuple[float | None, float | None]:
    """Return the Theil index between groups of communes and within them; they sum to the whole.

    Parameters
    ----------
    groups
        Number of the group of each commune, from 0.
    """
    kept = people > 0
    amounts, people, groups = amounts[kept], people[kept], groups[kept]
    if not amounts.sum() > 0:
        return None, None
    between = theil(
        np.bincount(groups, amounts).astype(np.float64), np.bincount(groups, people).astype(np.float64)
    )
    within = 0.0
    for group in np.unique(groups):
        inside = groups == group
        within += (theil(amounts[inside], people[inside]) or 0.0) * amounts[inside].sum() / amounts.sum()
    return between, float(within)


def lorenz_part(amounts: Numbers, people: Numbers, share: float) -> Numbers:
    """Return how much of each commune holds the least endowed inhabitants: 1, 0, a fraction where it is cut.

    Parameters
    ----------
    amounts, people
        Amount and inhabitants of each commune, same length.
    share
        Share of the inhabitants, from the lowest amount per inhabitant, 0 to 1.

    Examples
    --------
    >>> lorenz_part(np.array([1.0, 9.0]), np.array([50.0, 50.0]), 0.75).tolist()
    [1.0, 0.5]
    """
    part = np.zeros(len(people))
    kept = np.flatnonzero(people > 0)
    order = kept[np.argsort(amounts[kept] / people[kept], kind="stable")]
    before = np.cumsum(people[order]) - people[order]
    part[order] = np.clip((share * people.sum() - before) / people[order], 0.0, 1.0)
    return part


def lorenz_parts(context: EvaluationContext, year: int, run: str) -> NDArray[np.float64]:
    """Return the part of each commune under each cut of `CUTS`, one row a cut."""
    return context.kept(("lorenz", year, run), lambda: _lorenz_parts(context, year, run))


def _lorenz_parts(context: EvaluationContext, year: int, run: str) -> NDArray[np.float64]:
    amounts, people = _amounts(context, year, run), _people(context)
    return np.array([lorenz_part(amounts, people, cut / 100) for cut in CUTS])


@register(money_cards.T08)
def t08(context: EvaluationContext) -> list[IndicatorValue]:
    """Return Gini and Theil of the money attributed to communes, and Theil between and within départements.

    MINI, 2014, region-wide actions included: G = 0.0970; T = 0.02069 = 0.00096 between + 0.01973 within.
    """
    found = Collector(money_cards.T08, context, TABLES)
    lacking = missing_input(context)
    if lacking:
        return found.missing(lacking)
    people = _people(context)
    inside = {place: _communes(context, place.key) for place in ground.places_at(context, "DR")}
    for year in ground.years_of_money(context):
        reason = NO_AMOUNT if ground.all_unknown(context, year) else NO_LOCATED
        for run in UBIQUITOUS:
            amounts = _amounts(context, year, run)
            for place, kept in inside.items():
                about = place.about((year,), {"year": str(year), **place.params, "ubiquitous": run})
                n = int((people[kept] > 0).sum())
                for measure, index in (("gini", gini), ("theil", theil)):
                    found.add(measure, index(amounts[kept], people[kept]), n=n, reason=reason, **about)
                if place.key is None:
                    _add_parts(found, theil_parts(amounts, people, _groups(context)), about, reason)
                    _add_lorenz(found, year, run, place, reason)
    return found.values


def _people(context: EvaluationContext) -> Numbers:
    model = ground.cells_of(context)
    return np.bincount(model.commune_of_cell, model.people, len(model.communes)).astype(np.float64)


def _amounts(context: EvaluationContext, year: int, run: str) -> Numbers:
    shares, communes = ground.attribution(context, year), ground.cells_of(context).communes
    told = shares.amounts(ground.euros(context, year), communes, region_wide=run == "with")
    return told.to_numpy(dtype=np.float64)


def _add_lorenz(found: Collector, year: int, run: str, place: ground.Place, reason: str) -> None:
    """Add the share of the money that goes to the least endowed inhabitants, at each cut."""
    amounts, people = _amounts(found.context, year, run), _people(found.context)
    total = float(amounts[people > 0].sum())
    for cut, part in zip(CUTS, lorenz_parts(found.context, year, run), strict=True):
        params = {"year": str(year), **place.params, "ubiquitous": run, "share": str(cut)}
        value = float(part @ amounts) / total if total > 0 else None
        found.add("lorenz", value, n=int((people > 0).sum()), reason=reason, **place.about((year,), params))


def _communes(context: EvaluationContext, key: str | None) -> NDArray[np.intp]:
    """Return the positions of the communes of a territory among those of the cells."""
    model = ground.cells_of(context)
    return np.flatnonzero(model.communes.isin(model.communes_in(key)))


def _groups(context: EvaluationContext) -> NDArray[np.intp]:
    """Return the département of each commune as a number; those of none make a group of their own."""
    return context.kept("départements", lambda: _departements(context))


def _departements(context: EvaluationContext) -> NDArray[np.intp]:
    model = ground.cells_of(context)
    keys = model.territories("departement")
    groups = np.full(len(model.communes), len(keys), dtype=np.intp)
    for rank, key in enumerate(keys):
        groups[_communes(context, key)] = rank
    return np.asarray(np.unique(groups, return_inverse=True)[1], dtype=np.intp)


def _add_parts(found: Collector, parts: tuple[float | None, float | None], about: About, reason: str) -> None:
    n = len(np.unique(_groups(found.context)))
    for measure, part in zip(("theil_between", "theil_within"), parts, strict=True):
        found.add(measure, part, n=n, reason=reason, **about)


@register(money_cards.T10)
def t10(context: EvaluationContext) -> list[IndicatorValue]:
    """Return how often inhabitants and euros are counted when territories overlap.

    MINI, 2014: 140,000/96,000 = 1.4583; by commune or QPV named 210,000/90,000 = 2.3333.
    """
    found = Collector(money_cards.T10, context, TABLES)
    if not ground.has_places(context):
        return found.missing(ground.NO_PLACE)
    for year in sorted({*ground.years_of_places(context), *ground.years_of_money(context)}):
        shares, money = ground.attribution(context, year), ground.euros(context, year)
        local = shares.local.index
        paid = int(money.reindex(local).notna().sum())
        factor = double_count.population_factor(shares)
        found.add("population_factor", factor, years=[year], n=len(local), reason=NO_LOCAL,
                  perimeter="frozen", params={"year": str(year)})  # fmt: skip
        for unit in double_count.UNITS:
            if double_count.touched_units(shares, unit) is not None:
                amount = double_count.amount_factor(shares, money, unit)
                found.add("amount_factor", amount, years=[year], n=paid, reason=NO_PAID,
                          perimeter="frozen", params={"year": str(year), "unit": unit})  # fmt: skip
    return found.values
