"""The whole catalogue, its conclusions and its secrecy, on the demonstration and on a larger contract."""

import resource
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from graphmodel import SCHEMA, ContractGraph, open_store
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute, indicators
from graphmodel.indicators.conclusions import conclude
from graphmodel.indicators.disclosure import Disclosure
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.reference import reference_batch

COPIED = ("Organisation", "Action", "Funding", "Report", "Measure", "Need", "Observation", "Ptce", "Sector")
"""Nodes of which a larger contract has more: who acts, what is done, paid, reported, needed, observed."""


def demonstration() -> ContractGraph:
    """Return the graph of the demonstration."""
    with (
        TemporaryDirectory() as folder,
        open_store(f"sqlite:///{Path(folder) / 'demo.sqlite'}", create=True) as store,
    ):
        store.apply(store.plan([reference_batch(), load_convention(), *load_demonstration()]), author="banc")
        return store.snapshot()


def enlarged(graph: ContractGraph, times: int) -> ContractGraph:
    """Return a contract with so many times more actors, actions, money and reports, on the same territories.

    Every copy is a contract of its own on the same communes; what the copies share (territories, axes,
    effects, bodies) stands once. Observations of territories are not copied: they are of the communes.
    """
    frames = graph.frames
    about = set(graph.ends("ABOUT", "Observation", "Territory"))
    copied = {
        str(key)
        for label in COPIED
        for key in frames[label].index
        if label != "Observation" or str(key) not in about
    }
    made: dict[str, pd.DataFrame] = {}
    for name, frame in frames.items():
        if SCHEMA.is_node(name):
            own = frame[frame.index.astype(str).isin(copied)]
        else:
            own = frame[frame["source"].isin(copied) | frame["target"].isin(copied)]
        parts = [frame, *(_copy(own, copied, time_) for time_ in range(1, times))] if len(own) else [frame]
        made[name] = pd.concat(parts).astype(frame.dtypes.to_dict())
    return ContractGraph(made, {})


def _copy(frame: pd.DataFrame, copied: set[str], number: int) -> pd.DataFrame:
    """Return the rows of a copy: their keys, ends and identifiers carry its number."""
    found = frame.copy()
    found.index = pd.Index([f"{key}#{number}" for key in frame.index], name=frame.index.name)
    for column in ("source", "target"):
        if column in found:
            found[column] = [f"{end}#{number}" if end in copied else end for end in frame[column]]
    if "id" in found and "source" not in found:
        found["id"] = [f"{name}#{number}" for name in frame["id"]]
    return found


def run(times: int = 100) -> None:
    """Print the seconds of each step, on the demonstration and on a contract `times` larger."""
    graph = demonstration()
    _measure("démonstration", graph, secrecy=True)
    _measure(f"contrat {times} fois plus grand", enlarged(graph, times), secrecy=False)


def _measure(name: str, graph: ContractGraph, *, secrecy: bool) -> None:
    context = EvaluationContext(graph)
    values: list[IndicatorValue] = []
    slowest: dict[str, float] = {}
    start = time.perf_counter()
    for identifier in indicators():
        begun = time.perf_counter()
        values += compute(context, [identifier])
        slowest[identifier] = time.perf_counter() - begun
        # Said as they come: on a large contract, a reader wants to know which one is at work.
        print(f"  {identifier} {slowest[identifier]:.1f} s", end="", flush=True)
    print()
    computed = time.perf_counter()
    concluded = conclude(values, context).values
    ended = time.perf_counter()
    print(
        f"{name} : {len(graph.nodes('Action'))} actions, {len(graph.nodes('Organisation'))} organisations, "
        f"{len(graph.relationships('TAKES_PART_IN'))} participations ; {len(values)} valeurs"
    )
    print(
        f"  calcul {computed - start:.1f} s, analyses de sensibilité et conclusions {ended - computed:.1f} s"
    )
    print(f"  les plus longs : {_told(slowest)}")
    if secrecy:
        begun = time.perf_counter()
        Disclosure(context).examined(concluded)
        print(f"  secret statistique {time.perf_counter() - begun:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"  mémoire au plus haut depuis le début : {peak:.0f} Mio")


def _told(seconds: Mapping[str, float]) -> str:
    longest = sorted(seconds.items(), key=lambda pair: -pair[1])[:6]
    return ", ".join(f"{name} {time_:.1f} s" for name, time_ in longest)


if __name__ == "__main__":
    run()
