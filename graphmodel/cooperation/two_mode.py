"""The two-mode network of a year: which operators take part in which actions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import networkx as nx
import numpy as np
from scipy import sparse

Cohort = Literal["union", "intersection"]


@dataclass(frozen=True)
class TwoMode:
    """Operators and actions of a network, with who takes part in what.

    Attributes
    ----------
    operators
        Keys of the operators, sorted.
    actions
        Keys of the actions, sorted; each has at least one operator.
    members
        For each action, the indices of its operators in `operators`, sorted.
    """

    operators: tuple[str, ...]
    actions: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, parts: Mapping[str, Iterable[str]]) -> "TwoMode":
        """Return the network of operators by action; actions without an operator are left out.

        Examples
        --------
        >>> TwoMode.of({"a2": ["D", "A"], "a1": ["A"], "a3": []})
        TwoMode(operators=('A', 'D'), actions=('a1', 'a2'), members=((0,), (0, 1)))
        """
        sets = {action: sorted(set(names)) for action, names in sorted(parts.items())}
        active = {action: names for action, names in sets.items() if names}
        operators = tuple(sorted({name for names in active.values() for name in names}))
        rank = {name: i for i, name in enumerate(operators)}
        members = tuple(tuple(rank[name] for name in names) for names in active.values())
        return cls(operators, tuple(active), members)

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of the operators by action; inverse of `of`."""
        names = self.operators
        return {action: tuple(names[i] for i in row)
                for action, row in zip(self.actions, self.members, strict=True)}  # fmt: skip

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of operators of each action (k_a), one or more."""
        return tuple(len(row) for row in self.members)

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """Number of actions of each operator."""
        found = [0] * len(self.operators)
        for row in self.members:
            for operator in row:
                found[operator] += 1
        return tuple(found)

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Actions × operators matrix of 0 and 1, shape (actions, operators)."""
        pointers = np.concatenate(([0], np.cumsum(self.sizes, dtype=np.int64)))
        columns = np.fromiter((i for row in self.members for i in row), dtype=np.int64)
        shape = (len(self.actions), len(self.operators))
        return sparse.csr_array((np.ones(len(columns)), columns, pointers), shape=shape)

    def without(self, operators: Collection[str]) -> "TwoMode":
        """Return the network after some operators have left, the actions they emptied with them."""
        return self.where(operator=lambda key: key not in operators) if operators else self

    def without_actions(self, actions: Collection[str]) -> "TwoMode":
        """Return the network after some actions have gone, the operators they alone held with them."""
        return self.where(action=lambda key: key not in actions)

    def where(
        self, action: Callable[[str], bool] | None = None, operator: Callable[[str], bool] | None = None
    ) -> "TwoMode":
        """Return the network of the actions and operators that pass; k_a is counted again."""
        return TwoMode.of(
            {
                name: [key for key in row if operator is None or operator(key)]
                for name, row in self.parts.items()
                if action is None or action(name)
            }
        )

    def to_networkx(self) -> "nx.Graph[str]":
        """Return the bipartite graph; nodes carry `mode`: `operator` or `action`."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.operators, mode="operator")
        graph.add_nodes_from(self.actions, mode="action")
        graph.add_edges_from((key, action) for action, row in self.parts.items() for key in row)
        return graph


def cohort(networks: Sequence[TwoMode], kind: Cohort = "union") -> tuple[str, ...]:
    """Return the operators present in at least one wave (`union`) or in every wave (`intersection`), sorted.

    Examples
    --------
    >>> waves = [TwoMode.of({"a": "AB"}), TwoMode.of({"a": "BC"})]
    >>> cohort(waves), cohort(waves, "intersection")
    (('A', 'B', 'C'), ('B',))
    """
    sets = [set(network.operators) for network in networks]
    if not sets:
        return ()
    found = set.union(*sets) if kind == "union" else set.intersection(*sets)
    return tuple(sorted(found))
