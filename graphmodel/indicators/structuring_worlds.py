"""Question 1, worlds and families: S05 to S07, S10."""

from collections import Counter

from graphmodel.cooperation.brokerage import brokers, roles
from graphmodel.cooperation.labels import crossing_links, labelings, mixed_share, shuffles
from graphmodel.cooperation.mixing import PossiblePairs, mixing, node_mixing
from graphmodel.cooperation.null_models import SEED, compare
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.two_mode import TwoMode, cohort
from graphmodel.indicators import structuring_cards as cards
from graphmodel.indicators.collector import FEW_OPERATORS, NO_ACTION, NO_LINK, Collector, scope_params
from graphmodel.indicators.context import CODINGS, Coding, EvaluationContext, Pivot
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import register
from graphmodel.indicators.structuring import FEWEST, NO_PARTICIPATION, collector_of
from graphmodel.indicators.value import IndicatorValue, Simulation

ESS, CLASSIC = "ess", "classic"
TWO_WORLDS = (ESS, CLASSIC)

NO_WORLD = (
    "Le monde d’aucun opérateur n’est connu : remplir la colonne « Monde » de la feuille « Organisations »."
)
FEW_CLASSIC = "moins de deux opérateurs de l’économie classique"
NO_PAIR = "aucune paire possible"
NO_FAMILY = "aucune participation de l’ESS dont la famille soit connue"
NO_FAMILIES = "la liste des familles possibles n’est pas déclarée"


def two_worlds(
    context: EvaluationContext, year: int, axis: str | None, pivot: Pivot, coding: Coding
) -> TwoMode:
    """Return the network of a year once neither public actors nor research are in it: sizes change."""
    network = context.network(year, axis, pivot)
    return network.where(operator=lambda key: context.world(key, coding) in TWO_WORLDS)


@register(cards.S05)
def s05(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the E-I index between ESS and classic economy, and what chance gives.

    MINI, 2014: E = 1, I = 4, EI = −0.6 (Newman −0.4286), expected +0.0667, p(≤) = 2/15 = 0.1333; densities
    1/8 and 4/7. 2015: EI = 0 (Newman +0.0909), gap −0.0667, p(≤) = 0.5333.
    """
    found = collector_of(cards.S05, context, "Organisation")
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    if not any(context.participations.worlds.values()):
        return found.missing(NO_WORLD)
    for axis in context.axis_scopes:
        for pivot in context.pivots:
            for coding in CODINGS:
                _add_mixing(found, axis, pivot, coding)
    return found.values


def _add_mixing(found: Collector, axis: str | None, pivot: Pivot, coding: Coding) -> None:
    context = found.context
    networks = {year: two_worlds(context, year, axis, pivot, coding) for year in context.years}
    operators = cohort([networks[year] for year in context.observed])
    worlds = [str(context.world(key, coding)) for key in operators]
    for year, network in networks.items():
        projection = project(network, operators)
        about = {"year": str(year), **scope_params(axis, "X"), "pivot": pivot, "coding": coding}
        _add_index(found, projection, worlds, year, axis, about)
        if axis is None and pivot == "with" and year in context.observed:
            _add_nodes(found, projection, worlds, year, about)


def _add_index(
    found: Collector,
    projection: Projection,
    worlds: list[str],
    year: int,
    axis: str | None,
    about: dict[str, str],
) -> None:
    n, classic = len(worlds), worlds.count(CLASSIC)
    links = mixing(projection, worlds)
    for measure, count in (("E", links.external), ("I", links.internal)):
        found.add(measure, int(count), years=[year], axis=axis, n=n, params=about)
    if n < FEWEST or classic < 2:
        reason = FEW_OPERATORS if n < FEWEST else FEW_CLASSIC
        for measure in ("EI", "EI_newman", "EI_expected", "gap", "p_le", "p_ge", "d_ext", "d_int"):
            found.add(measure, None, years=[year], axis=axis, n=n, params=about, reason=reason)
        return
    possible, index = PossiblePairs.of(n - classic, classic), links.index
    expected, weighted = possible.expected_index, mixing(projection, worlds, weighted=True).index
    gap = index - expected if index is not None and expected is not None else None
    for measure, value in (("EI", index), ("EI_newman", weighted), ("EI_expected", expected), ("gap", gap)):
        found.add(measure, value, years=[year], axis=axis, n=n, params=about, reason=NO_LINK)
    for measure, part, base in (
        ("d_ext", links.external, possible.external),
        ("d_int", links.internal, possible.internal),
    ):
        share = part / base if base else None
        found.add(measure, share, years=[year], axis=axis, n=base, params=about, reason=NO_PAIR)
    _add_permutations(found, projection, (classic, int(links.external)), year, axis, about)


def _add_permutations(
    found: Collector,
    projection: Projection,
    observed: tuple[int, int],
    year: int,
    axis: str | None,
    about: dict[str, str],
) -> None:
    """Add the p-values: with as many links, the index grows with the links that cross."""
    classic, external = observed
    marks, exact = labelings(projection.n, classic)
    against = compare(external, crossing_links(projection, marks), exact=exact)
    simulation = None if exact else Simulation(len(marks), SEED)
    for measure, p in (("p_le", against.p_le), ("p_ge", against.p_ge)):
        found.add(measure, p if projection.m else None, years=[year], axis=axis, n=len(marks), params=about,
                  simulation=simulation, reason=NO_LINK)  # fmt: skip


def _add_nodes(
    found: Collector, projection: Projection, worlds: list[str], year: int, about: dict[str, str]
) -> None:
    for key, links in zip(projection.operators, node_mixing(projection, worlds), strict=True):
        params = {**about, "node": found.context.names[key]}
        n = int(links.external + links.internal)
        found.add("EI_node", links.index, years=[year], n=n, params=params, reason=NO_LINK)


@register(cards.S06)
def s06(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of actions where both worlds meet, and what dealing the worlds at random would give.

    MINI: 1/4 = 0.25 [0.0456; 0.6994] in 2014, 3/4 = 0.75 [0.3006; 0.9544] in 2015.
    """
    found = collector_of(cards.S06, context, "Organisation")
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    if not any(context.participations.worlds.values()):
        return found.missing(NO_WORLD)
    for year in context.years:
        for axis in context.axis_scopes:
            for pivot in context.pivots:
                for coding in CODINGS:
                    _add_mixed(found, context.network(year, axis, pivot), year, axis,
                               {"pivot": pivot, "coding": coding})  # fmt: skip
    return found.values


def _add_mixed(found: Collector, network: TwoMode, year: int, axis: str | None, run: dict[str, str]) -> None:
    coding: Coding = "ess" if run["coding"] == "ess" else "classique"
    worlds = [found.context.world(key, coding) for key in network.operators]
    n = len(network.actions)
    mixed = sum({worlds[i] for i in row} >= {ESS, CLASSIC} for row in network.members)
    about = {"year": str(year), **scope_params(axis), **run}
    found.add("share_mixed", mixed / n if n else None, years=[year], axis=axis, n=n, params=about,
              interval=wilson(mixed, n), reason=NO_ACTION)  # fmt: skip
    expected = mixed_share(network.sizes, worlds.count(ESS), worlds.count(CLASSIC), len(worlds))
    found.add("expected_mixed", expected, years=[year], axis=axis, n=n, params=about, reason=NO_ACTION)


@register(cards.S07)
def s07(context: EvaluationContext) -> list[IndicatorValue]:
    """Return how evenly the families of the ESS take part.

    MINI, 2014, four possible families: 4, 2 and 1 of 7 participations → Blau 1 − 21/49 = 0.5714, IQV 0.7619,
    coverage 3/4.
    """
    found = collector_of(cards.S07, context, "Organisation")
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    if not any(context.participations.families.values()):
        return found.missing(
            "Aucune famille de l’ESS n’est connue : remplir la colonne « Famille » de la feuille "
            "« Organisations »."
        )
    for year in context.years:
        for axis in context.axis_scopes:
            for coding in CODINGS:
                _add_families(found, year, axis, coding)
    return found.values


def possible_families(context: EvaluationContext, coding: Coding) -> int | None:
    """Return K, the number of possible families: without the commercial ones where they count as classic."""
    declared = context.contract.get("possible_families")
    if not isinstance(declared, (list, tuple)) or not declared:
        return None
    commercial = context.contract.get("commercial_families")
    out = set(commercial) if coding == "classique" and isinstance(commercial, (list, tuple)) else set()
    return len(set(declared) - out)


def _add_families(found: Collector, year: int, axis: str | None, coding: Coding) -> None:
    context = found.context
    families = context.participations.families
    parts = [
        families.get(key)
        for row in context.network(year, axis).parts.values()
        for key in row
        if context.world(key, coding) == ESS
    ]
    counts = Counter(family for family in parts if family is not None)
    n, k = counts.total(), possible_families(context, coding)
    blau = 1 - sum(count * count for count in counts.values()) / (n * n) if n else None
    about = {"year": str(year), **scope_params(axis), "coding": coding}
    evenness = blau / (1 - 1 / k) if blau is not None and k is not None and k > 1 else None
    coverage = len(counts) / k if n and k else None
    reason = NO_FAMILY if n == 0 else NO_FAMILIES
    for measure, value in (("blau", blau), ("iqv", evenness), ("coverage", coverage)):
        found.add(measure, value, years=[year], axis=axis, n=n, params=about, reason=reason)
    found.add("without_family", len(parts) - n, years=[year], axis=axis, n=len(parts), params=about)


@register(cards.S10)
def s10(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the open two-paths that each operator holds, by the worlds they join; every world counts.

    MINI, 2014: A coordination 2, C gateway 2; 2015: B coordination 2 and gateway 1, F consultant 1 and
    gateway 1.
    """
    found = collector_of(cards.S10, context, "Organisation")
    if not context.observed:
        return found.missing(NO_PARTICIPATION)
    if not any(context.participations.worlds.values()):
        return found.missing(NO_WORLD)
    for year in context.observed:
        for pivot in context.pivots:
            projection = project(context.network(year, None, pivot), cohort(context.waves(None, pivot)))
            for coding in CODINGS:
                _add_roles(found, projection, year, {"pivot": pivot, "coding": coding})
    return found.values


def _add_roles(found: Collector, projection: Projection, year: int, run: dict[str, str]) -> None:
    context, n = found.context, projection.n
    coding: Coding = "ess" if run["coding"] == "ess" else "classique"
    worlds = [context.world(key, coding) for key in projection.operators]
    measures = ("coordination", "consultant", "gateway", "liaison", "broker")
    for key, role in zip(projection.operators, roles(projection, worlds), strict=True):
        about = {"year": str(year), **run, "node": context.names[key]}
        for measure in measures if run["pivot"] == "with" else ("broker",):
            value = int(getattr(role, measure)) if n >= FEWEST else None
            found.add(measure, value, years=[year], n=n, params=about, reason=FEW_OPERATORS)
    if run["pivot"] == "with":
        _add_dealt(found, projection, worlds, year, run)


def _add_dealt(
    found: Collector, projection: Projection, worlds: list[str | None], year: int, run: dict[str, str]
) -> None:
    """Add what the worlds dealt again at random, each as frequent, give to each broker; links stay."""
    n = projection.n
    dealt, exact = shuffles(worlds)
    observed = [role.broker for role in roles(projection, worlds)]
    values = brokers(projection, dealt) if n >= FEWEST else None
    simulation = None if exact else Simulation(len(dealt), SEED)
    for i, key in enumerate(projection.operators):
        against = None if values is None else compare(observed[i], values[:, i], exact=exact)
        about = {"year": str(year), **run, "node": found.context.names[key]}
        for measure, name in (
            ("broker_expected", "expected"), ("broker_p_ge", "p_ge"), ("broker_p_le", "p_le")
        ):  # fmt: skip
            value = None if against is None else float(getattr(against, name))
            found.add(measure, value, years=[year], n=len(dealt) if against else n, params=about,
                      simulation=simulation if against else None, reason=FEW_OPERATORS)  # fmt: skip
