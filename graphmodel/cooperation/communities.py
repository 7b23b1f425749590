"""Groups of operators that cooperate more among themselves, and how far they owe to the draw of a seed.

Louvain (NetworkX) by default; Leiden where the optional packages `igraph` and `leidenalg` are installed. Both
depend on the order in which nodes are visited: the method is run over many seeds, and the partition closest
to all the others is the one kept.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import comb
from typing import Literal

import networkx as nx

from graphmodel.cooperation.null_models import SEED
from graphmodel.cooperation.projection import Projection
from graphmodel.errors import UsageError

Method = Literal["louvain", "leiden"]
Partition = tuple[tuple[int, ...], ...]

RUNS = 20
"""Seeds tried."""

STABLE = 0.8
"""Mean agreement from which groups may be named."""


@dataclass(frozen=True, slots=True)
class Communities:
    """A partition of the operators of a projection.

    Attributes
    ----------
    groups
        Keys of the operators of each group, largest group first; operators without a link are alone.
    modularity
        Modularity of the partition (weighted), None without a link.
    stability
        Mean agreement of the partition with those of the other seeds: 1 when all agree, 0 as much as chance
        (adjusted Rand index).
    method
        `louvain` or `leiden`.
    """

    groups: tuple[tuple[str, ...], ...]
    modularity: float | None
    stability: float
    method: Method

    @property
    def stable(self) -> bool:
        """Tell whether the groups hold from one seed to the next."""
        return self.stability >= STABLE

    @property
    def group_of(self) -> dict[str, int]:
        """Return the rank of the group of each operator."""
        return {key: rank for rank, group in enumerate(self.groups) for key in group}


def leiden_installed() -> bool:
    """Tell whether the optional packages of the Leiden method are there."""
    return find_spec("igraph") is not None and find_spec("leidenalg") is not None


def communities(
    projection: Projection, method: Method = "louvain", runs: int = RUNS, seed: int = SEED
) -> Communities:
    """Return the groups of a projection, by weights.

    Parameters
    ----------
    projection
        Links of a wave.
    method
        `louvain`, or `leiden` where its packages are installed.
    runs, seed
        Number of seeds tried, and the first of them.

    Raises
    ------
    UsageError
        When Leiden is asked for and not installed.
    """
    if method == "leiden" and not leiden_installed():
        raise UsageError("La méthode de Leiden demande l’option « leiden » : pip install maillage[leiden].")
    find = _leiden if method == "leiden" else _louvain
    tried = [find(projection, seed + run) for run in range(runs)]
    agreement = [sum(adjusted_rand(one, other) for other in tried) for one in tried]
    best = max(range(runs), key=lambda run: agreement[run])
    stability = (agreement[best] - 1) / (runs - 1) if runs > 1 else 1.0
    names = projection.operators
    groups = tuple(tuple(names[i] for i in group) for group in tried[best])
    return Communities(groups, _modularity(projection, tried[best]), stability, method)


def _louvain(projection: Projection, seed: int) -> Partition:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(projection.n))
    graph.add_weighted_edges_from(
        (i, j, weight) for (i, j), weight in zip(projection.pairs, projection.weights.tolist(), strict=True)
    )
    return _ordered(nx.community.louvain_communities(graph, weight="weight", seed=seed))


def _leiden(projection: Projection, seed: int) -> Partition:
    import igraph
    import leidenalg

    graph = igraph.Graph(n=projection.n, edges=projection.pairs)
    found = leidenalg.find_partition(
        graph, leidenalg.ModularityVertexPartition, weights=projection.weights.tolist(), seed=seed % 2**31
    )
    return _ordered([set(group) for group in found])


def _ordered(groups: Sequence[set[int]]) -> Partition:
    ordered = [tuple(sorted(group)) for group in groups if group]
    return tuple(sorted(ordered, key=lambda group: (-len(group), group)))


def _modularity(projection: Projection, partition: Partition) -> float | None:
    """Return Σ over groups of the share of weight inside, less what their strengths alone would give."""
    total = float(projection.weights.sum())
    if total == 0:
        return None
    group_of = {i: rank for rank, group in enumerate(partition) for i in group}
    inside: defaultdict[int, float] = defaultdict(float)
    strengths: defaultdict[int, float] = defaultdict(float)
    for (i, j), weight in zip(projection.pairs, projection.weights.tolist(), strict=True):
        for end in (i, j):
            strengths[group_of[end]] += weight
        if group_of[i] == group_of[j]:
            inside[group_of[i]] += weight
    return sum(inside[g] / total - (strengths[g] / (2 * total)) ** 2 for g in range(len(partition)))


def adjusted_rand(one: Partition, other: Partition) -> float:
    """Return the adjusted Rand index of two partitions of the same operators: 1 when equal, 0 by chance.

    Examples
    --------
    >>> adjusted_rand(((0, 1), (2, 3)), ((2, 3), (0, 1)))
    1.0
    """
    group_of = {i: rank for rank, group in enumerate(other) for i in group}
    both = Counter((rank, group_of[i]) for rank, group in enumerate(one) for i in group)
    together = sum(comb(count, 2) for count in both.values())
    first = sum(comb(len(group), 2) for group in one)
    second = sum(comb(len(group), 2) for group in other)
    pairs = comb(sum(len(group) for group in one), 2)
    chance = first * second / pairs if pairs else 0.0
    highest = (first + second) / 2
    return 1.0 if highest == chance else (together - chance) / (highest - chance)
