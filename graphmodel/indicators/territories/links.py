"""Question 3, cooperation between territories (T16)."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from graphmodel import double_count
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import cooperation_cards as cards
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import ALL_WAVES
from graphmodel.indicators.value import IndicatorValue

LARGEST_OVERLAP = 0.5
"""Overlap above which a pair of authorities is left out; at exactly this it stays."""

ENGAGED = ("pilot", "partner", "funder")

UNKNOWN_OVERLAP = "périmètre ou population inconnue"
NO_PAIR = "aucune paire de collectivités peu recouvrantes"

Pair = tuple[str, str]


@register(cards.T16)
def t16(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the overlaps of the authorities, and the share of other pairs with an action in common.

    Worked example: overlaps K1–X 1.0, X–Z 0.652 and Y–Z 0.8 leave K1–Y, K1–Z and X–Y; actions {X, K1},
    {K1, Y}, {Z, Y} → 1/3.
    """
    found = Collector(
        cards.T16, context, ("TAKES_PART_IN", "ADMINISTERS", "Territory", "CONTAINS"), networked=False
    )
    model = ground.cells_of(context)
    authorities = double_count.authorities_of(model)
    codes = context.graph.nodes("Territory")["code"]
    keys = list({str(codes[key]): key for key in authorities}.values())
    pairs = _pairs_by_year(context, {str(codes[key]) for key in keys})
    if not keys or pairs is None:
        return found.missing(
            "Les engagements des collectivités manquent : feuilles « Organisations » et « Participations »."
        )
    people = {str(codes[key]): model.population_of(key) for key in keys}
    overlaps = {
        _pair(str(codes[first]), str(codes[second])): share
        for first, second, _, share in double_count.population_overlaps(model, keys).itertuples(index=False)
    }
    _add_overlaps(found, overlaps, people)
    kept = {pair for pair, share in overlaps.items() if share <= LARGEST_OVERLAP}
    for year in sorted({*context.years, *pairs}):
        _add_share(found, str(year), (year,), pairs.get(year, set()), kept, len(overlaps))
    together = set().union(*(pairs.get(year, set()) for year in context.years))
    _add_share(found, ALL_WAVES, context.years, together, kept, len(overlaps))
    return found.values


def _pair(first: str, second: str) -> Pair:
    return (first, second) if first <= second else (second, first)


def _add_overlaps(
    found: Collector, overlaps: Mapping[Pair, float], people: Mapping[str, float | None]
) -> None:
    for (first, second), share in sorted(overlaps.items()):
        inhabitants = [n for n in (people[first], people[second]) if n is not None]
        found.add(
            "overlap",
            None if pd.isna(share) else float(share),
            n=round(min(inhabitants)) if len(inhabitants) > 1 else None,
            reason=UNKNOWN_OVERLAP,
            perimeter="frozen",
            params={"pair": f"{first}-{second}"},
        )


def _add_share(
    found: Collector, said: str, years: tuple[int, ...], joined: set[Pair], kept: set[Pair], pairs: int
) -> None:
    n = len(kept)
    params = {"year": said}
    share = len(joined & kept) / n if n else None
    found.add("share_pairs", share, years=years, n=n, reason=NO_PAIR, perimeter="frozen", params=params)
    found.add("excluded_pairs", pairs - n, years=years, n=pairs, perimeter="frozen", params=params)


def _pairs_by_year(context: EvaluationContext, authorities: set[str]) -> dict[int, set[Pair]] | None:
    """Return the pairs of authorities engaged in the same coded action, by year; None without any commitment.

    A commitment names its authority; else the authority is the territory that the organisation administers.
    """
    rows = context.graph.relationships("TAKES_PART_IN")
    rows = rows[(rows["basis"] == "commitment") & rows["role"].isin(ENGAGED)]
    if rows.empty:
        return None
    administered = context.graph.relationships("ADMINISTERS")
    codes = context.graph.nodes("Territory")["code"]
    own = {str(s): str(codes[t]) for s, t in zip(administered["source"], administered["target"], strict=True)}
    engaged: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    columns = zip(rows["source"], rows["target"], rows["year"], rows["authority"], strict=True)
    for source, action, year, named in columns:
        authority = own.get(str(source)) if pd.isna(named) else str(named)
        if authority in authorities and not pd.isna(year) and context.actions[str(action)].coded:
            engaged[int(year), str(action)].add(str(authority))
    found: defaultdict[int, set[Pair]] = defaultdict(set)
    for (year, _), names in engaged.items():
        found[year].update(combinations(sorted(names), 2))
    return dict(found)
