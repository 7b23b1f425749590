"""Question 1, cooperation: S01 to S04."""

from itertools import combinations

from graphmodel.cooperation.change import compare_links
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.two_mode import cohort
from graphmodel.indicators import structuring_cards as cards
from graphmodel.indicators.chance import COHORTS, chance
from graphmodel.indicators.collector import FEW_OPERATORS, NO_ACTION, NO_LINK, Collector, scope_params
from graphmodel.indicators.context import EvaluationContext, Pivot
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import Indicator, register
from graphmodel.indicators.value import IndicatorValue

NO_PARTICIPATION = (
    "Aucune participation d’opérateur n’est connue : remplir la feuille « Participations » "
    "(organisation, action, année, rôle)."
)
FEWEST = 3
"""Operators under which a network measure says nothing."""

SOURCES = ("TAKES_PART_IN", "Action", "Report")


def collector_of(card: Indicator, context: EvaluationContext, *more: str) -> Collector:
    """Return a collector for values that rest on participations."""
    return Collector(card, context, (*SOURCES, *more), networked=True)


@register(cards.S01)
def s01(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of collective actions and their mean size.

    MINI, 2014: sizes 3, 2, 2, 1 → 3/4 = 0.75 [0.3006; 0.9544], mean 2.00; 2015: 4/4 [0.5101; 1], mean 2.75.
    """
    found = collector_of(cards.S01, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year in context.years:
        for axis in context.axis_scopes:
            for pivot in context.pivots:
                sizes = context.network(year, axis, pivot).sizes
                n, collective = len(sizes), sum(size >= 2 for size in sizes)
                about = {"year": str(year), **scope_params(axis), "pivot": pivot}
                share, mean = (collective / n, sum(sizes) / n) if n else (None, None)
                found.add("share_collective", share, years=[year], axis=axis, n=n, params=about,
                          interval=wilson(collective, n), reason=NO_ACTION)  # fmt: skip
                found.add("mean_size", mean, years=[year], axis=axis, n=n, params=about, reason=NO_ACTION)
    return found.values


@register(cards.S02)
def s02(context: EvaluationContext) -> list[IndicatorValue]:
    """Return links and density on a constant cohort, and what chance gives with the same degrees.

    MINI, union of 6 operators: 5/15 = 0.3333 in 2014, 10/15 = 0.6667 in 2015; expected 4.7179/15 = 0.3145
    (117 networks) and 9.8451/15 = 0.6563 (710): excess +0.0188, then +0.0103.
    """
    found = collector_of(cards.S02, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year in context.years:
        for axis in context.axis_scopes:
            for pivot in context.pivots:
                _add_density(found, year, axis, pivot)
    return found.values


def _add_density(found: Collector, year: int, axis: str | None, pivot: Pivot) -> None:
    against = chance(found.context, year, axis, pivot)
    for kind in COHORTS:
        n = len(cohort(found.context.waves(axis, pivot), kind))
        about = {"year": str(year), **scope_params(axis, "X"), "pivot": pivot, "cohort": kind}
        links, pairs = against.links[kind], n * (n - 1) / 2
        found.add("links", int(links.observed), years=[year], axis=axis, n=n, params=about)
        values: dict[str, float | None] = dict.fromkeys(
            ("density", "expected_links", "expected_density", "excess", "p_le", "p_ge")
        )
        if n >= FEWEST:
            values = {
                "density": links.observed / pairs,
                "expected_links": links.expected,
                "expected_density": links.expected / pairs,
                "excess": links.excess / pairs,
                "p_le": links.p_le,
                "p_ge": links.p_ge,
            }
        for measure, value in values.items():
            drawn = None if measure == "density" or value is None else against.simulation
            found.add(measure, value, years=[year], axis=axis, n=n, params=about, simulation=drawn,
                      reason=FEW_OPERATORS)  # fmt: skip


@register(cards.S03)
def s03(context: EvaluationContext) -> list[IndicatorValue]:
    """Return strengths, weights of links and the share of links that rest on several actions.

    MINI, 2014: w(A,B) = w(A,C) = w(B,C) = 0.5, w(A,D) = w(C,E) = 1; strengths (2, 1, 2, 1, 1, 0), mean
    1.1667; 2015: w(C,E) = 1/3 + 1/2 = 0.8333, mean 1.8333, one repeated link of 10.
    """
    found = collector_of(cards.S03, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year in context.years:
        for axis in context.axis_scopes:
            for pivot in context.pivots:
                operators = cohort(context.waves(axis, pivot))
                projection = project(context.network(year, axis, pivot), operators)
                about = {"year": str(year), **scope_params(axis, "X"), "pivot": pivot}
                _add_intensity(found, projection, year, axis, about)
    return found.values


def _add_intensity(
    found: Collector, projection: Projection, year: int, axis: str | None, about: dict[str, str]
) -> None:
    n, m = projection.n, projection.m
    if n < FEWEST:
        found.add("mean_strength", None, years=[year], axis=axis, n=n, params=about, reason=FEW_OPERATORS)
        return
    # Each link counts at both its ends.
    mean, repeated = 2 * float(projection.weights.sum()) / n, int((projection.shared >= 2).sum())
    found.add("mean_strength", mean, years=[year], axis=axis, n=n, params=about)
    found.add("S03b_share_repeated", repeated / m if m else None, years=[year], axis=axis, n=m, params=about,
              reason=NO_LINK)  # fmt: skip
    if axis is not None or year not in found.context.observed:
        return
    names = [found.context.names[key] for key in projection.operators]
    for name, value in zip(names, projection.weighted.sum(axis=1).tolist(), strict=True):
        found.add("strength", value, years=[year], n=n, params={**about, "node": name})
    if about["pivot"] == "with":
        for (i, j), weight, shared in zip(
            projection.pairs, projection.weights, projection.shared, strict=True
        ):
            pair = {**about, "pair": "-".join(sorted((names[i], names[j])))}
            found.add("weight", float(weight), years=[year], n=int(shared), params=pair)


@register(cards.S04)
def s04(context: EvaluationContext) -> list[IndicatorValue]:
    """Return what becomes of the links between two waves, under three choices of pairs.

    MINI, 2014 to 2015: 4 kept of a union of 11 → Jaccard 0.3636, persistence 4/5; 6 created, 1 lost (A–D).
    Between operators present in both years: 4 of 8, 3 created, 1 lost.
    """
    found = collector_of(cards.S04, context)
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    for year, later in combinations(context.years, 2):
        for pairs in ("all", "present_both", "reports_complete"):
            _add_change(found, year, later, pairs)
    return found.values


def _add_change(found: Collector, year: int, later: int, pairs: str) -> None:
    context, used = found.context, (year, later)
    before, after = project(context.network(year)), project(context.network(later))
    operators = {*before.operators, *after.operators}
    if pairs == "present_both":
        operators = set(before.operators) & set(after.operators)
    elif pairs == "reports_complete":
        operators -= context.reports.missing(used)
    change = compare_links(before.links, after.links, operators)
    about = {"year": str(year), "year2": str(later), "pairs": pairs}
    enough = len(operators) >= FEWEST
    reason = NO_LINK if enough else FEW_OPERATORS
    for measure, value, n in (
        ("jaccard", change.jaccard, len(change.union)),
        ("persistence", change.persistence, len(change.before)),
    ):
        found.add(measure, value if enough else None, years=used, n=n, params=about, reason=reason)
    for measure, links in (("common", change.kept), ("created", change.new), ("lost", change.lost)):
        found.add(measure, len(links), years=used, params=about)
