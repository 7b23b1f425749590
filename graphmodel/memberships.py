"""Which communes a territory of the graph is made of, as its `CONTAINS` and `SUCCEEDED_BY` say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from graphmodel.contract_graph import ContractGraph

WHOLE = 1 - 1e-9
"""Population share from which a territory lies wholly in another."""

_OFFICIAL = frozenset({"region", "departement", "epci"})

Shares = dict[str, float]
"""Share of each commune, by key: 1 when the whole commune is meant."""


@dataclass(frozen=True, slots=True)
class Link:
    """A territory inside another: its key, the share of it that lies there (None when not told)."""

    target: str
    share: float | None


class Memberships:
    """Reads the nesting of the territories of a graph, each down to its communes.

    Parameters
    ----------
    graph
        Snapshot.
    communes
        Keys of the communes that the cells are made of.
    composition
        `frozen` (1 January 2014, or the earliest known) or `current`.

    Notes
    -----
    A territory is read in the composition asked for; where it has none, in the one its source declares, then
    in any. Territories of the same level and code and another vintage lend each other the composition asked
    for: an action placed in `epci/X@2025` is read on the frozen perimeter of `epci/X@2019`.
    """

    def __init__(self, graph: ContractGraph, communes: Iterable[str], composition: str) -> None:
        frame = graph.nodes("Territory")
        self._communes = frozenset(communes)
        self._composition = composition
        self._level: dict[str, str] = dict(zip(map(str, frame.index), frame["level"], strict=True))
        self._code: dict[str, str] = dict(zip(map(str, frame.index), frame["code"], strict=True))
        self._people = _known_numbers(frame["population"])
        contains = _earliest_frozen(graph.relationships("CONTAINS"), self._level)
        self._children, self._parents = _nesting(contains)
        succession = graph.relationships("SUCCEEDED_BY")
        self._next = _links(succession, "source", "target")
        self._before = _links(succession, "target", "source")
        self._alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for key, level in self._level.items():
            self._alike[level, self._code[key]].append(key)
        self._found: dict[str, Shares] = {}
        self.enlarged: set[str] = set()
        """Communes of another vintage read as the larger one they went to: nobody tells their inhabitants."""

    def communes_of(self, key: str) -> Shares:
        """Return the share of each commune that a territory holds; empty when its perimeter is unknown."""
        if key not in self._found:
            self._found[key] = {}  # a loop in the nesting ends here
            self._found[key] = self._read(key)
        return self._found[key]

    def inside(self, key: str, level: str) -> Shares:
        """Return the territories of a level told to be directly in a territory, with their shares.

        The share is that of the part's population; an unknown share is left out.
        """
        rows = self._rows(key)
        return {link.target: link.share for link in rows
                if self._level.get(link.target) == level and link.share is not None}  # fmt: skip

    def holders(self, key: str) -> dict[str, float | None]:
        """Return the communes that hold a part of a commune (QPV, arrondissement), with the share of it."""
        found: dict[str, float | None] = {}
        for link in self._parents.get(key, ()):
            for commune in self._bases(link.target) if self._level.get(link.target) == "commune" else ():
                found[commune] = link.share
        return found

    def has_composition(self, key: str) -> bool:
        """Tell whether a territory itself is told in the composition asked for."""
        return bool(self._children.get((key, self._composition)))

    def _bases(self, commune: str) -> list[str]:
        """Return the commune of the cells that stands for a commune of any vintage, if there is one."""
        if commune in self._communes:
            return [commune]
        alike = self._alike[("commune", self._code.get(commune, ""))]
        return [key for key in alike if key in self._communes]

    def _rows(self, key: str) -> list[Link]:
        """Return what a territory holds, in the composition asked for where there is one."""
        alike = self._alike[(self._level.get(key, ""), self._code.get(key, ""))]
        family = [key, *(other for other in alike if other != key)]
        # What is declared of an official level is what else overlaps it, not what it is made of.
        official = self._level.get(key) in _OFFICIAL
        others = ("frozen", "current", "declared") if official else ("declared", "frozen", "current")
        for asked in (self._composition, *others):
            # The composition asked for may stand on a sibling; any other is taken from the territory first.
            for member in family:
                rows = self._children.get((member, asked))
                if rows:
                    return rows
        return []

    def _read(self, key: str) -> Shares:
        level = self._level.get(key)
        if level == "commune":
            return self._commune(key)
        rows = self._rows(key)
        direct: Shares = {}
        for link in rows:
            if self._level.get(link.target) == "commune":
                share = 1.0 if link.share is None else link.share
                for commune, part in self.communes_of(link.target).items():
                    direct[commune] = min(1.0, direct.get(commune, 0.0) + share * part)
        for link in rows:
            # A territory that lies there only in part says nothing of which of its communes do; a quarter is
            # no whole commune and is placed as a cell.
            whole = link.share is None or link.share >= WHOLE
            if whole and self._level.get(link.target) not in ("commune", "qpv"):
                for commune, part in self.communes_of(link.target).items():
                    direct[commune] = max(direct.get(commune, 0.0), part)
        if not direct and level == "region":
            return dict.fromkeys(self._communes, 1.0)
        return direct or self._part(key)

    def _commune(self, key: str) -> Shares:
        """Return the communes of the cells that a commune, maybe of another vintage, is or went to."""
        if key in self._communes:
            return {key: 1.0}
        found: Shares = {}
        for link in self._next.get(key, ()):
            for target, whole in self.communes_of(link.target).items():
                share = 1.0 if link.share is None else link.share
                part = self._ratio(key, link.target, share)
                if part is None:
                    self.enlarged.add(key)
                found[target] = min(1.0, found.get(target, 0.0) + whole * (1.0 if part is None else part))
        return found or self._made_of(key, frozenset()) or dict.fromkeys(self._bases(key), 1.0)

    def _made_of(self, key: str, seen: frozenset[str]) -> Shares:
        """Return the communes of the cells that a later commune was made of."""
        found: Shares = {}
        for link in self._before.get(key, ()):
            if link.target in seen:
                continue
            share = 1.0 if link.share is None else link.share
            earlier = {link.target: 1.0} if link.target in self._communes else {}
            for commune, part in (earlier or self._made_of(link.target, seen | {key})).items():
                found[commune] = min(1.0, found.get(commune, 0.0) + share * part)
        return found

    def _part(self, key: str) -> Shares:
        """Return the share of its commune that a part of it is, by population; empty when unknown."""
        found: Shares = {}
        for commune, share in self.holders(key).items():
            part = self._ratio(key, commune, share)
            if part is not None:
                found[commune] = part
        return found

    def _ratio(self, part: str, whole: str, share: float | None) -> float | None:
        """Return how much of `whole` the given share of `part` is, by population."""
        people, total = self._people.get(part), self._people.get(whole)
        if share is None or people is None or not total:
            return None
        return min(1.0, share * people / total)


def _known_numbers(column: pd.Series) -> dict[str, int]:
    known = column.dropna()
    return {str(key): int(value) for key, value in zip(known.index, known.tolist(), strict=True)}


def _links(frame: pd.DataFrame, start: str, end: str) -> dict[str, list[Link]]:
    """Return the relationships by the territory they start from.

    Where the share of population is not told, that of the area stands for it: the inhabitants of a commune
    are taken as spread evenly in it.
    """
    found: defaultdict[str, list[Link]] = defaultdict(list)
    told = frame["population_share"]
    told = told.fillna(frame["area_share"]) if "area_share" in frame else told
    shares = told.astype("object").where(told.notna(), None)
    for source, target, share in zip(frame[start], frame[end], shares, strict=True):
        found[str(source)].append(Link(str(target), None if share is None else float(share)))
    return dict(found)


def _earliest_frozen(contains: pd.DataFrame, levels: Mapping[str, str]) -> pd.DataFrame:
    """Return the nesting with one frozen composition a level: the earliest, where several dates are told.

    A file may bring that of 1 January 2014 beside the earliest the reference knows; both would count twice.
    """
    frozen = (contains["composition"] == "frozen") & contains["date"].notna()
    if not frozen.any():
        return contains
    dates = contains.loc[frozen, "date"]
    level = contains.loc[frozen, "source"].map(levels.get)
    late = dates > dates.groupby(level).transform("min")
    return contains.drop(index=late.index[late])


def _nesting(contains: pd.DataFrame) -> tuple[Mapping[tuple[str, str], list[Link]], dict[str, list[Link]]]:
    """Return the parts by (whole, composition), and the wholes by part."""
    children: dict[tuple[str, str], list[Link]] = {}
    for composition, rows in contains.groupby("composition", sort=False):
        for source, links in _links(rows, "source", "target").items():
            children[source, str(composition)] = links
    return children, _links(contains, "target", "source")
