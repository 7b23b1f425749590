"""Null models of the contract's networks, drawn once for all the indicators that read them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmodel.cooperation.null_models import Comparison, Draws, compare, fixed_degrees
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import Cohort, TwoMode, cohort
from graphmodel.indicators.context import EvaluationContext, Pivot
from graphmodel.indicators.value import Simulation

COHORTS: tuple[Cohort, ...] = ("intersection", "union")


@dataclass(frozen=True, slots=True)
class Chance:
    """A year's network against the networks of the same degrees.

    Attributes
    ----------
    links
        Linked pairs, by cohort.
    synergy
        Pairs of actions of different axes that share an operator.
    simulation
        Draws and seed, None when every network was enumerated.
    """

    links: dict[Cohort, Comparison]
    synergy: Comparison
    simulation: Simulation | None


def chance(context: EvaluationContext, year: int, axis: str | None, pivot: Pivot) -> Chance:
    """Return what chance gives for a year's network, whole or of an axis, with or without the pivot."""
    return context.kept(("chance", year, axis, pivot), lambda: _chance(context, year, axis, pivot))


def draws_of(context: EvaluationContext, year: int, axis: str | None, pivot: Pivot) -> Draws:
    """Return the networks with the degrees of a year's network, drawn once."""
    return context.kept(
        ("draws", year, axis, pivot), lambda: fixed_degrees(context.network(year, axis, pivot))
    )


def _chance(context: EvaluationContext, year: int, axis: str | None, pivot: Pivot) -> Chance:
    network = context.network(year, axis, pivot)
    drawn = draws_of(context, year, axis, pivot)
    waves = context.waves(axis, pivot)
    links = {kind: _links(network, drawn, cohort(waves, kind)) for kind in COHORTS}
    counted = inter_axis(context, network)
    joined = int((joined_pairs(network) & counted).sum())
    synergy = compare(joined, drawn.joined_actions(counted), exact=drawn.exact)
    return Chance(links, synergy, None if drawn.exact else Simulation(len(drawn), drawn.seed))


def _links(network: TwoMode, drawn: Draws, operators: tuple[str, ...]) -> Comparison:
    observed = project(network, operators).m
    return compare(observed, drawn.links(frozenset(operators)), exact=drawn.exact)


def inter_axis(context: EvaluationContext, network: TwoMode) -> NDArray[np.bool_]:
    """Return which pairs of actions are of two different axes, above the diagonal; shape (actions, actions).

    An action without an axis makes no such pair.
    """
    axes = [context.actions[action].axis for action in network.actions]
    table = [[one is not None and other is not None and one != other for other in axes] for one in axes]
    square = np.asarray(table, dtype=bool).reshape(len(axes), len(axes))
    return np.triu(square, k=1)


def joined_pairs(network: TwoMode) -> NDArray[np.bool_]:
    """Return which pairs of actions share an operator, shape (actions, actions)."""
    incidence = network.incidence
    shared = np.asarray((incidence @ incidence.T).toarray()) > 0
    return np.triu(shared, k=1)
