"""The solidity of the contribution story of each expected effect (T19)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from graphmodel.frames import records_of
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import policy_cards as cards
from graphmodel.indicators.value import IndicatorValue

UNTESTED = 0
"""Level of a link nobody rated."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain of an effect: its known ratings, 0 to 3, and the rival explanations examined."""

    name: str
    levels: tuple[int, ...]
    rivals: tuple[str, ...]

    @property
    def level(self) -> int:
        """Return the rating that counts: the lowest, 0 where nobody rated."""
        return min(self.levels, default=UNTESTED)


def chains(context: EvaluationContext) -> dict[str, tuple[Link, ...]]:
    """Return the contribution matrix: the links of the chain of each effect that was rated, in order."""
    return context.kept("chains", lambda: _chains(context))


def _chains(context: EvaluationContext) -> dict[str, tuple[Link, ...]]:
    ratings, rivals = _ratings(context), _rivals(context)
    links = _links(context, ratings)
    return {
        effect: tuple(
            Link(link, tuple(levels.get(link, ())), tuple(sorted(rivals.get((effect, link), ()))))
            for link in links
        )
        for effect, levels in sorted(ratings.items())
    }


def _rivals(context: EvaluationContext) -> dict[tuple[str, str], set[str]]:
    names = {str(key): str(name) for key, name in context.graph.nodes("ExpectedEffect")["id"].items()}
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in records_of(context.graph.relationships("CONTRIBUTES_TO")):
        if row.get("rival") and "link" in row:
            found[names[str(row["target"])], str(row["link"])].add(str(row["rival"]))
    return found


@register(cards.T19)
def t19(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the weakest link and the mean of the chain of each effect that was rated.

    Worked example: (3, 2, 1, 2): minimum 1, mean 2.0 → « plausible, non établi ».
    """
    found = Collector(cards.T19, context, ("CONTRIBUTES_TO", "ExpectedEffect", "Contract"))
    ratings = _ratings(context)
    links = _links(context, ratings)
    if not ratings or not links:
        return found.missing("Aucun maillon n’est coté : remplir la feuille « Cotations ».")
    for effect, levels in sorted(ratings.items()):
        lowest = [min(levels.get(link, ()), default=UNTESTED) for link in links]
        gaps = [max(told) - min(told) for link in links if len(told := levels.get(link, [])) > 1]
        params = {"effect": effect}
        found.add("min", min(lowest), n=len(links), params=params)
        found.add("mean", sum(lowest) / len(links), n=len(links), params=params)
        found.add("rater_gap", max(gaps, default=None), n=len(gaps), params=params,
                  reason="aucun maillon n’a deux cotations")  # fmt: skip
    return found.values


def _ratings(context: EvaluationContext) -> dict[str, dict[str, list[int]]]:
    """Return the known levels by effect and link; an effect of which no level is known is there, empty."""
    names = {str(key): str(name) for key, name in context.graph.nodes("ExpectedEffect")["id"].items()}
    found: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
    for row in records_of(context.graph.relationships("CONTRIBUTES_TO")):
        if "link" not in row:
            continue
        levels = found[names[str(row["target"])]].setdefault(str(row["link"]), [])
        if "level" in row:
            levels.append(cast(int, row["level"]))
    return dict(found)


def _links(context: EvaluationContext, ratings: dict[str, dict[str, list[int]]]) -> Sequence[str]:
    """Return the links of the chain: those the contract declares, else those that were rated."""
    declared = cast(Sequence[str], context.contract.get("chain_links") or ())
    return tuple(declared) or sorted({link for levels in ratings.values() for link in levels})
