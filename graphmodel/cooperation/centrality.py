"""Measures of each operator in a projection; the heavy ones run in rustworkx or on sparse matrices.

Each returns a value by operator, in the order of the projection, equal to that of NetworkX to 1e-9.
"""

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import eigsh

from graphmodel.cooperation.projection import Projection
from graphmodel.cooperation.structure import components

_THREADS_FROM = 2_000
"""Operators from which rustworkx uses several threads; under it sums are added in one order, always."""

Values = NDArray[np.float64]


def degree(projection: Projection) -> Values:
    """Return the number of operators each is linked to."""
    return np.asarray([len(found) for found in projection.neighbours], dtype=np.float64)


def strength(projection: Projection) -> Values:
    """Return the sum of weights of each operator: with Newman's, its number of collective actions."""
    return np.asarray(projection.weighted.sum(axis=1), dtype=np.float64).ravel()


def betweenness(projection: Projection) -> Values:
    """Return the share of shortest paths between others that pass by each operator, in [0, 1], unweighted.

    Divided by (n − 1)(n − 2)/2, isolated operators of the cohort counted in n.
    """
    found = rx.betweenness_centrality(projection.rustworkx, parallel_threshold=_THREADS_FROM)
    return _in_order(projection, found)


def closeness(projection: Projection) -> Values:
    """Return the closeness of each operator in [0, 1], scaled by the share of operators it reaches."""
    found = rx.closeness_centrality(projection.rustworkx, wf_improved=True, parallel_threshold=_THREADS_FROM)
    return _in_order(projection, found)


def eigenvector(projection: Projection) -> Values:
    """Return eigenvector centrality on the largest piece, of unit length; 0 outside it.

    Where pieces are disconnected the measure only speaks of one of them. Equal sizes: the first in order.
    """
    values = np.zeros(projection.n)
    piece = next(iter(components(projection)), ())
    if len(piece) < 2:
        return values
    inside = projection.adjacency[list(piece), :][:, list(piece)].astype(np.float64)
    if len(piece) < 20:
        vector = np.linalg.eigh(inside.toarray())[1][:, -1]
    else:
        # A fixed start: the answer must not depend on a random vector.
        start = np.ones(len(piece))
        vector = eigsh(inside, k=1, which="LA", v0=start, tol=0)[1][:, 0]
    values[list(piece)] = np.abs(vector) / np.linalg.norm(vector)
    return values


def core_number(projection: Projection) -> Values:
    """Return the largest k such that each operator is in a group where all have k links."""
    return _in_order(projection, rx.core_number(projection.rustworkx))


def clustering(projection: Projection) -> Values:
    """Return the share of pairs of an operator's neighbours that are linked, in [0, 1]; 0 under two."""
    adjacency = projection.adjacency
    closed = np.asarray((adjacency @ adjacency).multiply(adjacency).sum(axis=1), dtype=np.float64).ravel()
    possible = degree(projection) * (degree(projection) - 1)
    shares: Values = np.divide(closed, possible, out=np.zeros(projection.n), where=possible > 0)
    return shares


def effective_size(projection: Projection) -> Values:
    """Return Burt's effective size: neighbours less their mean links to each other; NaN for an isolate."""
    degrees = degree(projection)
    adjacency = projection.adjacency
    ties = np.asarray((adjacency @ adjacency).multiply(adjacency).sum(axis=1), dtype=np.float64).ravel() / 2
    redundant: Values = np.divide(2 * ties, degrees, out=np.full(projection.n, np.nan), where=degrees > 0)
    return degrees - redundant


def constraint(projection: Projection) -> Values:
    """Return Burt's constraint (weighted): how far an operator's partners are the same; NaN for an isolate.

    Low: the operator joins others who have nothing to do with each other.
    """
    weights = projection.weighted
    totals = np.asarray(weights.sum(axis=1)).ravel()
    inverse = np.divide(1.0, totals, out=np.zeros(projection.n), where=totals > 0)
    shares = sparse.csr_array(weights.multiply(inverse[:, None]))
    reached = (shares + shares @ shares).multiply(projection.adjacency)
    values = np.asarray(reached.power(2).sum(axis=1), dtype=np.float64).ravel()
    values[totals == 0] = np.nan
    return values


def _in_order(projection: Projection, found: object) -> Values:
    """Return the values of a mapping by node (of a type of rustworkx's own) in the order of the operators."""
    by_node: dict[int, float] = dict(found)  # type: ignore[call-overload]
    return np.asarray([by_node.get(i, 0.0) for i in range(projection.n)], dtype=np.float64)
