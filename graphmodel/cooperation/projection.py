"""Who is linked to whom: the projection of a two-mode network on its operators.

A projection makes cliques: an action of k operators gives k(k − 1)/2 links. Newman’s weights share the action
among them: w(u, v) = Σ over common actions of 1/(k − 1), so that the strength of an operator is the number of
its collective actions (Newman 2001).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import networkx as nx
import numpy as np
import rustworkx as rx
from numpy.typing import NDArray
from scipy import sparse

from graphmodel.cooperation.two_mode import TwoMode

Weighting = Literal["newman", "full"]
Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Projection:
    """Links between the operators of a cohort.

    Attributes
    ----------
    operators
        Keys of the cohort, sorted; those without a link are isolated nodes.
    first, second
        Indices of the ends of each link, first < second, in lexicographic order.
    weights
        Weight of each link, in actions: fractions of them (Newman) or whole ones (full count).
    shared
        Number of actions that each linked pair has in common, 1 or more.
    """

    operators: tuple[str, ...]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weights: NDArray[np.float64]
    shared: NDArray[np.int64]

    @property
    def n(self) -> int:
        """Number of operators of the cohort."""
        return len(self.operators)

    @property
    def m(self) -> int:
        """Number of links."""
        return len(self.first)

    @property
    def density(self) -> float | None:
        """Links over possible pairs, None with fewer than two operators."""
        return None if self.n < 2 else 2 * self.m / (self.n * (self.n - 1))

    @cached_property
    def pairs(self) -> list[Pair]:
        """Indices of the ends of each link."""
        return list(zip(self.first.tolist(), self.second.tolist(), strict=True))

    @property
    def links(self) -> set[tuple[str, str]]:
        """Keys of the ends of each link, sorted within the pair."""
        names = self.operators
        return {(names[i], names[j]) for i, j in self.pairs}

    @cached_property
    def adjacency(self) -> sparse.csr_array:
        """Symmetric matrix of 0 and 1, shape (n, n)."""
        return self._symmetric(np.ones(self.m))

    @cached_property
    def weighted(self) -> sparse.csr_array:
        """Symmetric matrix of weights, shape (n, n)."""
        return self._symmetric(self.weights)

    def _symmetric(self, values: NDArray[np.float64]) -> sparse.csr_array:
        rows = np.concatenate((self.first, self.second))
        columns = np.concatenate((self.second, self.first))
        data = np.concatenate((values, values))
        return sparse.csr_array(sparse.coo_array((data, (rows, columns)), shape=(self.n, self.n)))

    @cached_property
    def neighbours(self) -> list[set[int]]:
        """Indices of the operators linked to each operator."""
        found: list[set[int]] = [set() for _ in self.operators]
        for i, j in self.pairs:
            found[i].add(j)
            found[j].add(i)
        return found

    @cached_property
    def rustworkx(self) -> "rx.PyGraph[str, float]":
        """The graph for the measures that rustworkx computes; node indices are those of `operators`."""
        graph: rx.PyGraph[str, float] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from(self.operators)
        graph.add_edges_from(list(zip(*zip(*self.pairs, strict=True), self.weights.tolist(), strict=True))
                             if self.m else [])  # fmt: skip
        return graph

    def to_networkx(self) -> "nx.Graph[str]":
        """Return the graph with `weight` and `shared` on its edges."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.operators)
        names = self.operators
        for (i, j), weight, shared in zip(self.pairs, self.weights, self.shared, strict=True):
            graph.add_edge(names[i], names[j], weight=float(weight), shared=int(shared))
        return graph

    def by_operator(self, values: Iterable[float]) -> dict[str, float]:
        """Return values given in the order of `operators` as a dictionary by key."""
        return {name: float(value) for name, value in zip(self.operators, values, strict=True)}


def project(
    network: TwoMode, cohort: Sequence[str] | None = None, weighting: Weighting = "newman"
) -> Projection:
    """Return the projection of a two-mode network on its operators.

    Parameters
    ----------
    network
        Operators and actions of a wave.
    cohort
        Sorted keys of the operators to keep; absent ones become isolated nodes. Those of the wave by default.
        Weights always rest on the whole of each action.
    weighting
        `newman` shares each action among its operators; `full` counts it whole for each pair.

    Examples
    --------
    >>> projection = project(TwoMode.of({"a1": "ABC", "a2": "AD"}))
    >>> projection.pairs, projection.weights.tolist()
    ([(0, 1), (0, 2), (0, 3), (1, 2)], [0.5, 0.5, 1.0, 0.5])
    """
    sizes = np.asarray(network.sizes, dtype=np.float64)
    share = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=sizes > 1)
    incidence = network.incidence
    counts = sparse.triu(incidence.T @ incidence, k=1, format="coo")
    order = np.lexsort((counts.col, counts.row))
    first, second, shared = counts.row[order], counts.col[order], counts.data[order].astype(np.int64)
    weights = shared.astype(np.float64)
    if weighting == "newman" and len(first):
        scaled = sparse.csr_array(incidence.T @ (incidence * share[:, None]))
        weights = np.asarray(scaled[first, second]).ravel()
    whole = Projection(network.operators, first.astype(np.int64), second.astype(np.int64), weights, shared)
    return whole if cohort is None else onto(whole, cohort)


def onto(projection: Projection, cohort: Sequence[str]) -> Projection:
    """Return a projection on another cohort: links with an end outside go, newcomers are isolated."""
    rank = {name: i for i, name in enumerate(cohort)}
    moved = np.asarray([rank.get(name, -1) for name in projection.operators], dtype=np.int64)
    if not len(moved):
        return Projection(
            tuple(cohort), projection.first, projection.second, projection.weights, projection.shared
        )
    first, second = moved[projection.first], moved[projection.second]
    kept = (first >= 0) & (second >= 0)
    return Projection(
        tuple(cohort), first[kept], second[kept], projection.weights[kept], projection.shared[kept]
    )


def by_territory(network: TwoMode, places: Mapping[str, Iterable[str]]) -> TwoMode:
    """Return the two-mode network of operators and territories: whose actions take place where.

    Its projection is the shared-territory network; region-wide actions should be left out of `places`, or
    everybody is linked to everybody.

    Parameters
    ----------
    network
        Operators and actions of a wave.
    places
        Keys of the territories of each action.
    """
    parts: dict[str, set[str]] = {}
    for action, names in network.parts.items():
        for territory in places.get(action, ()):
            parts.setdefault(territory, set()).update(names)
    return TwoMode.of(parts)
