"""From the communes of one vintage to those of another: shares forward, and back by population."""

from collections import defaultdict
from collections.abc import Mapping

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import records_of

Shares = dict[str, float | None]
"""Share by commune, together 1; None where nobody knows it."""


class Passage:
    """Where the inhabitants of each earlier commune went.

    Parameters
    ----------
    moved
        Shares of each earlier commune by later commune; a commune that is absent is unchanged.
    people
        Inhabitants of the earlier communes, None or absent where unknown.
    """

    def __init__(self, moved: Mapping[str, Shares], people: Mapping[str, float | None]) -> None:
        self.moved = {code: dict(shares) for code, shares in moved.items()}
        self.people = dict(people)
        self._sources: defaultdict[str, list[str]] = defaultdict(list)
        for code, shares in self.moved.items():
            for target in shares:
                self._sources[target].append(code)

    @classmethod
    def from_graph(cls, graph: ContractGraph) -> "Passage":
        """Return what the `SUCCEEDED_BY` of a graph say of its communes, by key, chains followed through."""
        steps: defaultdict[str, Shares] = defaultdict(dict)
        for row in records_of(graph.relationships("SUCCEEDED_BY")):
            share = row.get("population_share")
            steps[str(row["source"])][str(row["target"])] = None if share is None else float(str(share))
        for shares in steps.values():
            if len(shares) == 1:
                # One successor took everybody, whether the share was written or not.
                shares.update({target: 1.0 for target, share in shares.items() if share is None})
        territories = records_of(graph.nodes("Territory"))
        people = {
            str(row["key"]): float(str(row["population"])) for row in territories if "population" in row
        }
        return cls({code: _followed(code, steps, frozenset()) for code in steps}, people)

    def forward(self, code: str) -> Shares:
        """Return the later communes of an earlier one, with the share of its inhabitants that each has."""
        return dict(self.moved.get(code) or {code: 1.0})

    def back(self, code: str) -> Shares:
        """Return the earlier communes of a later one, with the share of its inhabitants that each has.

        Shares are None together when the inhabitants of one of them are unknown.
        """
        sources = self._sources.get(code, [])
        if len(sources) == 1:
            return {sources[0]: 1.0}
        if not sources:
            return {code: 1.0}
        counts: dict[str, float] = {}
        for source in sources:
            people, share = self.people.get(source), self.moved[source][code]
            if people is None or share is None:
                return dict.fromkeys(sources)
            counts[source] = people * share
        total = sum(counts.values())
        return (
            {source: count / total for source, count in counts.items()} if total else dict.fromkeys(sources)
        )


def _followed(code: str, steps: Mapping[str, Shares], seen: frozenset[str]) -> Shares:
    """Return the last communes that one became, step after step."""
    if code not in steps or code in seen:
        return {code: 1.0}
    found: Shares = {}
    for target, share in steps[code].items():
        for last, part in _followed(target, steps, seen | {code}).items():
            before = found.get(last, 0.0)
            known = share is not None and part is not None and before is not None
            found[last] = (before or 0.0) + (share or 0.0) * (part or 0.0) if known else None
    return found
