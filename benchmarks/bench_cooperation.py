"""What the cooperation measures cost, beside NetworkX on the same network in the same run.

    python -m benchmarks.bench_cooperation [--operators 5000] [--links 30000] [--sample 0]

With a sample, NetworkX computes betweenness and closeness for that many operators drawn with a seed, and its
time is scaled to all of them: said so on the line.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from time import perf_counter

import networkx as nx
import numpy as np

from graphmodel.cooperation import centrality
from graphmodel.cooperation.communities import communities
from graphmodel.cooperation.null_models import SEED, curveball, fixed_degrees
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.structure import articulation_points, components
from graphmodel.cooperation.two_mode import TwoMode

SIZE = 5
"""Operators of an action: ten links each."""

Whole = Callable[[Projection], object]
Theirs = Callable[["nx.Graph[str]", Sequence[str] | None], object]


def made(operators: int, links: int) -> TwoMode:
    """Return a seeded two-mode network whose projection has about as many links as asked."""
    rng = np.random.default_rng(SEED)
    rows = {}
    for rank in range(links * 2 // (SIZE * (SIZE - 1))):
        chosen = rng.choice(operators, SIZE, replace=False)
        rows[f"a{rank:06}"] = [f"o{i:06}" for i in chosen]
    return TwoMode.of(rows)


def _closeness(graph: "nx.Graph[str]", some: Sequence[str] | None) -> object:
    return [nx.closeness_centrality(graph, key) for key in (graph if some is None else some)]


MEASURES: tuple[tuple[str, Whole, Theirs, bool], ...] = (
    ("intermédiation", centrality.betweenness,
     lambda g, some: nx.betweenness_centrality(g, k=len(some) if some else None, seed=SEED), True),
    ("proximité", centrality.closeness, _closeness, True),
    ("contrainte", centrality.constraint, lambda g, _: nx.constraint(g, weight="weight"), False),
    ("taille efficace", centrality.effective_size, lambda g, _: nx.effective_size(g), False),
    ("regroupement", centrality.clustering, lambda g, _: nx.clustering(g), False),
    ("cœurs", centrality.core_number, lambda g, _: nx.core_number(g), False),
    ("vecteur propre", centrality.eigenvector, lambda g, _: nx.eigenvector_centrality_numpy(g), False),
    ("morceaux", components, lambda g, _: list(nx.connected_components(g)), False),
    ("charnières", articulation_points, lambda g, _: list(nx.articulation_points(g)), False),
)  # fmt: skip
"""French name, our function, that of NetworkX, whether NetworkX can be asked for a sample of operators."""


def timed(call: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    start = perf_counter()
    call()
    return perf_counter() - start


def run(operators: int, links: int, sample: int = 0) -> None:
    """Measure and print."""
    network = made(operators, links)
    start = perf_counter()
    projection = project(network)
    print(f"{projection.n} opérateurs, {projection.m} liens, projection {perf_counter() - start:.2f} s")
    graph = projection.to_networkx()
    some = random.Random(SEED).sample(list(graph), sample) if 0 < sample < projection.n else None
    for name, ours, theirs, sampled in MEASURES:
        mine = timed(lambda ours=ours: ours(projection))  # type: ignore[misc]
        asked = some if sampled else None
        other = timed(lambda theirs=theirs, asked=asked: theirs(graph, asked))  # type: ignore[misc]
        scale = projection.n / len(asked) if asked else 1.0
        note = f" (sur {len(asked)} opérateurs, temps rapporté à tous)" if asked else ""
        times = other * scale
        print(f"{name:16} {mine:8.2f} s   NetworkX {times:9.2f} s   × {times / max(mine, 1e-9):7.1f}{note}")
    print(f"communautés (1 graine) : {timed(lambda: communities(projection, runs=1)):.1f} s")
    _draws(network)


def _draws(network: TwoMode) -> None:
    """Print how many networks of the null model are drawn and counted in a second, small and large."""
    rng = np.random.default_rng(SEED)
    small = TwoMode.of(
        {f"a{i}": [f"o{j}" for j in rng.choice(55, rng.integers(2, 9), replace=False)] for i in range(20)}
    )
    for name, drawn, count in (
        ("20 actions", small, 4_000),
        (f"{len(network.actions)} actions", network, 100),
    ):
        trade = timed(lambda drawn=drawn, count=count: curveball(drawn, count))  # type: ignore[misc]
        whole = timed(lambda drawn=drawn, count=count: fixed_degrees(drawn, count).links())  # type: ignore[misc]
        print(f"modèle nul, {name} : {count / trade:.0f} tirages/s, {count / whole:.0f} liens comptés")


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description="Mesures de coopération, à côté de NetworkX.")
    parser.add_argument("--operators", type=int, default=5_000, help="nombre d’opérateurs")
    parser.add_argument("--links", type=int, default=30_000, help="nombre de liens, environ")
    parser.add_argument("--sample", type=int, default=0, help="opérateurs calculés par NetworkX (0 : tous)")
    given = parser.parse_args()
    run(given.operators, given.links, given.sample)


if __name__ == "__main__":
    main()
