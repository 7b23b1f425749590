"""Every operator with every measure: value, rank, jackknife band, group, brokerage roles."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation.brokerage import Roles, roles
from graphmodel.cooperation.communities import communities
from graphmodel.cooperation.measures import NETWORK_MEASURES, NODE_MEASURES, NetworkMeasure
from graphmodel.cooperation.participations import EVERYTHING, Lens, Participations
from graphmodel.cooperation.projection import Projection, project
from graphmodel.cooperation.stability import Values, jackknife, ranking
from graphmodel.cooperation.structure import articulation_points
from graphmodel.cooperation.two_mode import TwoMode
from graphmodel.errors import UsageError
from graphmodel.frames import text_of


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one operator.

    Attributes
    ----------
    value
        None where the measure has no value.
    rank
        1 for the highest; equal values share the best rank. None without a value.
    low, high
        Jackknife band: lowest and highest value when one action is left out; None when not computed.
    stable
        True when the band meets that of no other operator: the rank does not hang on one action.
    """

    value: float | None
    rank: int | None
    low: float | None
    high: float | None
    stable: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """An operator.

    Attributes
    ----------
    key, id, name, world
        Who it is; `world` None when not known.
    group
        Rank of its community, 1 for the largest.
    cut
        True when the network falls apart without it.
    roles
        Brokerage roles between worlds.
    measures
        By identifier of `NODE_MEASURES`.
    """

    key: str
    id: str
    name: str
    world: str | None
    group: int
    cut: bool
    roles: Roles
    measures: dict[str, Measured]


@dataclass(frozen=True, slots=True)
class ActorTable:
    """The operators of a network and the measures of the whole.

    Attributes
    ----------
    actors
        In the order of their names.
    network
        Value of each measure of `NETWORK_MEASURES`, None where it has none.
    stability
        Mean agreement of the groups from one seed to another (adjusted Rand index): 1 when all agree.
    """

    actors: tuple[Actor, ...]
    network: tuple[tuple[NetworkMeasure, float | None], ...]
    stability: float


def actor_table(graph: ContractGraph, year: int | None = None, lens: Lens = EVERYTHING) -> ActorTable:
    """Return the measures of the operators of a year.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    year
        None for all years together.
    lens
        Part of the cooperation looked at.

    Raises
    ------
    UsageError
        No operator takes part in an action there.
    """
    network = Participations(graph).network(year, lens)
    if not network.operators:
        raise UsageError("Aucune coopération n’est connue pour ce choix d’année, d’axe et d’organisations.")
    seen = project(network)
    cohort = seen.operators
    found = communities(seen)
    frame = graph.nodes("Organisation")
    worlds = [text_of(frame["world"][key]) for key in cohort]
    columns = {measure.id: _measured(measure.function, network, seen) for measure in NODE_MEASURES}
    cuts = set(articulation_points(seen))
    brokers = roles(seen, worlds)
    actors = [
        Actor(
            key=key,
            id=str(frame["id"][key]),
            name=str(frame["name"][key]),
            world=worlds[at],
            group=1 + found.group_of[key],
            cut=at in cuts,
            roles=brokers[at],
            measures={name: column[key] for name, column in columns.items()},
        )
        for at, key in enumerate(cohort)
    ]
    return ActorTable(
        tuple(sorted(actors, key=lambda actor: (actor.name, actor.key))),
        tuple((measure, measure.of(seen)) for measure in NETWORK_MEASURES),
        found.stability,
    )


def _measured(
    function: Callable[[Projection], Values], network: TwoMode, seen: Projection
) -> dict[str, Measured]:
    """Return a measure of each operator by key, with its band where the network is small enough for one."""
    values = function(seen)
    band = jackknife(network, seen.operators, function)
    ranked = {one.operator: one for one in ranking(seen.operators, values, band)}
    found = {}
    for at, key in enumerate(seen.operators):
        value = _number(values[at])
        found[key] = Measured(
            value=value,
            rank=None if value is None else ranked[key].rank,
            low=None if band is None else _number(band.low[at]),
            high=None if band is None else _number(band.high[at]),
            stable=value is not None and ranked[key].stable,
        )
    return found


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
