"""Question 3, the policies of local authorities: strategy score (T13), domains of delegations (T14)."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import cast

from graphmodel.frames import records_of
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import policy_cards as cards
from graphmodel.indicators.territories.authorities import authorities, code_of
from graphmodel.indicators.value import IndicatorValue

CRITERIA = (
    "elu_delegue", "deliberation", "budget", "agent", "commande_responsable", "co_construction",
)  # fmt: skip
"""The six criteria of the score (`format.md`)."""

LEVEL = "C1"
"""Level of what is said of all the partner authorities together."""

NOT_SEARCHED = "un critère au moins n’a pas été recherché"
NO_TWO_SCORES = "aucune collectivité n’a deux scores"
NO_DOMAIN = "domaines de la délégation inconnus"
NO_DELEGATION = "aucune collectivité n’a de délégation ESS connue"

Scores = Mapping[tuple[str, int], Mapping[str, bool]]


@register(cards.T13)
def t13(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the score of each authority by year, and how scores moved between years.

    Worked example: U 2→4, V 3→3, W 1→2: mean change +1.0, progress 2/3.
    """
    found = Collector(cards.T13, context, ("PolicyAct", "ADOPTS"))
    told = _criteria(context)
    if not told:
        return found.missing("Les politiques des collectivités sont inconnues : feuille « Actes ».")
    years = sorted({*context.years, *(year for _, year in told)})
    scores: dict[tuple[str, int], int] = {}
    for place in authorities(context):
        for year in years:
            known = told.get((place.code, year), {})
            score = sum(known.values()) if len(known) == len(CRITERIA) else None
            if score is not None:
                scores[place.code, year] = score
            params = {"year": str(year), **place.params}
            found.add("score", score, years=[year], n=len(known), reason=NOT_SEARCHED, params=params)
    for first, later in combinations(years, 2):
        _add_change(found, scores, first, later)
    return found.values


def _criteria(context: EvaluationContext) -> Scores:
    """Return the criteria searched for, by code of the authority and year: found, or searched in vain."""
    codes = code_of(context)
    rows = context.graph.relationships("ADOPTS")
    by_act = {str(t): codes.get(str(s)) for s, t in zip(rows["source"], rows["target"], strict=True)}
    found: defaultdict[tuple[str, int], dict[str, bool]] = defaultdict(dict)
    for row in records_of(context.graph.nodes("PolicyAct")):
        authority, criterion = by_act.get(str(row["key"])), str(row.get("criterion"))
        if authority is None or criterion not in CRITERIA or "year" not in row or "present" not in row:
            continue
        of_year = found[authority, cast(int, row["year"])]
        of_year[criterion] = of_year.get(criterion, False) or bool(row["present"])
    return found


def acts_of(context: EvaluationContext) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the acts found that make a score, by code of the authority and year: their identifiers."""
    codes = code_of(context)
    rows = context.graph.relationships("ADOPTS")
    by_act = {str(t): codes.get(str(s)) for s, t in zip(rows["source"], rows["target"], strict=True)}
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for row in records_of(context.graph.nodes("PolicyAct")):
        authority = by_act.get(str(row["key"]))
        if authority is not None and row.get("present") is True and "year" in row:
            found[authority, cast(int, row["year"])].append(str(row["id"]))
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def _add_change(found: Collector, scores: Mapping[tuple[str, int], int], first: int, later: int) -> None:
    both = [code for code, year in scores if year == first and (code, later) in scores]
    moves = [scores[code, later] - scores[code, first] for code in both]
    n, up = len(moves), sum(move > 0 for move in moves)
    params = {"year": str(first), "year2": str(later), "level": LEVEL}
    found.add("mean_change", sum(moves) / n if n else None, years=[first, later], n=n,
              reason=NO_TWO_SCORES, params=params)  # fmt: skip
    found.add("share_progress", up / n if n else None, years=[first, later], n=n, interval=wilson(up, n),
              reason=NO_TWO_SCORES, params=params)  # fmt: skip


@register(cards.T14)
def t14(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the policy domains that each delegation ties to the ESS, and their mean.

    Worked example (the convention): 0, 2, 0, 2, 1, 1 and 5 domains over 7 authorities → 11/7 = 1.5714.
    """
    found = Collector(cards.T14, context, ("Mandate", "REPRESENTED_BY", "PolicyAct"))
    told = _delegations(context)
    if not told:
        return found.missing("Les délégations des collectivités sont inconnues : feuille « Délégations ».")
    counts: list[int] = []
    for place in authorities(context):
        if place.code not in told:
            continue
        delegated, domains = told[place.code]
        n = None if domains is None else len(domains)
        found.add("domains", n, reason=NO_DOMAIN, params=place.params)
        if delegated and n is not None:
            counts.append(n)
    mean = sum(counts) / len(counts) if counts else None
    found.add("mean_domains", mean, n=len(counts), reason=NO_DELEGATION, params={"level": LEVEL})
    return found.values


def _delegations(context: EvaluationContext) -> dict[str, tuple[bool, frozenset[str] | None]]:
    """Return, by authority, whether a delegation names the ESS, and the domains; None when unknown.

    Of several mandates, those that name the ESS speak; the themes of dated acts add to them.
    """
    codes = code_of(context)
    mandates = {str(row["key"]): row for row in records_of(context.graph.nodes("Mandate")) if "ess" in row}
    links = context.graph.relationships("REPRESENTED_BY")
    found: dict[str, tuple[bool, frozenset[str] | None]] = {}
    for source, target in zip(links["source"], links["target"], strict=True):
        authority, mandate = codes.get(str(source)), mandates.get(str(target))
        if authority is None or mandate is None:
            continue
        named, domains = bool(mandate["ess"]), cast("list[str] | None", mandate.get("domains"))
        before, held = found.get(authority, (False, None))
        if domains is not None and (named or not before):
            held = frozenset(domains) | (held or frozenset() if named == before else frozenset())
        elif named and not before:
            held = None
        found[authority] = (before or named, held)
    return _with_themes(context, found)


def _with_themes(
    context: EvaluationContext, told: Mapping[str, tuple[bool, frozenset[str] | None]]
) -> dict[str, tuple[bool, frozenset[str] | None]]:
    codes = code_of(context)
    links = context.graph.relationships("ADOPTS")
    by_act = {str(t): codes.get(str(s)) for s, t in zip(links["source"], links["target"], strict=True)}
    found = dict(told)
    for row in records_of(context.graph.nodes("PolicyAct")):
        authority, themes = by_act.get(str(row["key"])), cast("list[str] | None", row.get("themes"))
        if authority in found and themes:
            delegated, domains = found[authority]
            found[authority] = (delegated, frozenset(themes) | (domains or frozenset()))
    return found
