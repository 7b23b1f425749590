"""The one gate that every table and network passes: primary secrecy, then what subtraction would find again.

A table comes in whole, with the margins that its cells add up to, and goes out whole: a hidden cell that a
total gives back by subtraction is not hidden, so others are taken out with it (status D).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

import networkx as nx
import numpy as np

from graphmodel.errors import UsageError
from graphmodel.secrecy.attacker import Array
from graphmodel.secrecy.network import release_network
from graphmodel.secrecy.protection import protect
from graphmodel.secrecy.rules import MODES, Kind, Mode, Status, status_of

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell(Generic[K]):
    """A value that is about to leave, and what it rests on.

    Attributes
    ----------
    key
        What tells the cell from the others of its table, such as (territory, year).
    value
        Its value; None when it is not known.
    count
        Number of units it rests on: organisations, establishments, households. 0 for an empty cell, None when
        the number is not known.
    largest, total
        The largest contribution of one unit, and the sum of the contributions, in one unit of measure, both
        0 or more. None where dominance has no meaning (a count of units, a rate). `total` is the value itself
        where it is None.
    kind
        What the units are.
    parts
        Keys of the cells of the same table that this one adds up; empty for an inner cell.
    """

    key: K
    value: float | int | None
    count: int | None
    largest: float | int | None = None
    total: float | int | None = None
    kind: Kind = "enterprise"
    parts: tuple[K, ...] = ()


@dataclass(frozen=True, slots=True)
class Released(Generic[K]):
    """A cell as it may leave.

    Attributes
    ----------
    key
        Key of the cell.
    value
        Its value, None when it is not known or when it is hidden.
    status
        V released, A too few units, B one unit dominates, D hidden so that another cell stays so.
    hidden
        True when the value was taken out: secret is neither unknown nor zero.
    """

    key: K
    value: float | int | None
    status: Status
    hidden: bool


@overload
def release(content: Sequence[Cell[K]], *, mode: Mode, fictional: bool = False) -> tuple[Released[K], ...]:
    """Return the cells with their status, values withheld in publication."""


@overload
def release(content: "nx.Graph[str]", *, mode: Mode, fictional: bool = False) -> "nx.Graph[str]":
    """Return a network without what may not leave."""


def release(
    content: "Sequence[Cell[Any]] | nx.Graph[str]", *, mode: Mode, fictional: bool = False
) -> "tuple[Released[Any], ...] | nx.Graph[str]":
    """Return a table or a network as it may leave; every output calls this, and nothing else decides.

    Primary rules first (A, B); then, where cells add up to others (`parts`), what a margin would give back is
    taken out with them (D): each hidden value keeps an interval wider than 15 % of it.

    Parameters
    ----------
    content
        All the cells of one table, its margins included; or a network whose nodes and edges carry plain
        attributes, those that rest on units being named in `SecretAttribute`s under the graph attribute
        `secret_attributes`.
    mode
        `working` gives every value with its status; `publication` takes out the values of status A, B, D.
    fictional
        True writes « données fictives » in the attributes of a network. Fictional cells obey the same rules:
        what is shown in a demonstration is what real data would show.

    Returns
    -------
    tuple of Released, or networkx.Graph
        The cells in the order given; or a new network, without personal data whatever the mode.

    Raises
    ------
    UsageError
        An unknown mode.
    ValueError
        Two cells of one key, or a cell that `status_of` refuses.
    """
    if mode not in MODES:
        raise UsageError(f"Le mode « {mode} » n’existe pas : working ou publication.")
    if isinstance(content, nx.Graph):
        return release_network(content, mode, fictional=fictional)
    keys = [cell.key for cell in content]
    if len(set(keys)) < len(keys):
        raise ValueError("two cells of the table have the same key")
    primary = [_status(cell) for cell in content]
    statuses = _secondary(content, primary) if any(cell.parts for cell in content) else primary
    return tuple(_released(cell, status, mode) for cell, status in zip(content, statuses, strict=True))


def _status(cell: Cell[Any]) -> Status:
    total = cell.value if cell.total is None else cell.total
    return status_of(cell.count, cell.largest, total, cell.kind)


def _released(cell: Cell[K], status: Status, mode: Mode) -> Released[K]:
    hidden = status != "V" and mode == "publication" and cell.value is not None
    return Released(cell.key, None if hidden else cell.value, status, hidden)


def _secondary(cells: Sequence[Cell[Any]], primary: Sequence[Status]) -> list[Status]:
    """Return the statuses once cells that margins would give back are hidden too."""
    figures, amounts = _system(cells)
    # Margins first: a total is what most readers need. A value that is not known cannot be published.
    known = [row for row, cell in enumerate(cells) if cell.value is not None]
    order = sorted(known, key=lambda row: (-float(figures[row].sum()), row))
    secret = np.array([primary[row] != "V" for row in order], dtype=bool)
    stands, _ = protect(amounts, figures[order], secret)
    found = list(primary)
    for row, kept in zip(order, stands, strict=True):
        if not kept and found[row] == "V":
            found[row] = "D"
    return found


def _system(cells: Sequence[Cell[Any]]) -> tuple[Array, Array]:
    """Return what each cell counts of each inner cell (or of what a margin counts beside), and the values."""
    by_key = {cell.key: cell for cell in cells}
    inner = [cell.key for cell in cells if not cell.parts]
    at = {key: position for position, key in enumerate(inner)}
    figures = np.zeros((len(cells), len(inner)))
    for row, cell in enumerate(cells):
        for key, times in _leaves(cell.key, by_key).items():
            figures[row, at[key]] = times
    amounts = np.array([float(by_key[key].value or 0) for key in inner])
    if (amounts < 0).any():
        raise ValueError("a cell that others add up is negative")
    unknown = np.array([by_key[key].value is None for key in inner], dtype=bool)
    beside = np.array([float(cell.value or 0) for cell in cells]) - figures @ amounts
    margins = np.array([bool(cell.parts) and cell.value is not None for cell in cells])
    size = np.abs(figures @ amounts)
    # A margin that counts more than its parts holds one unknown more; one that does not, none.
    more = np.flatnonzero(margins & ((figures[:, unknown].any(axis=1)) | (beside > _ROUNDING * (size + 1))))
    figures = np.hstack([figures, np.eye(len(cells))[:, more]])
    return figures, np.concatenate([amounts, np.maximum(beside[more], 0.0)])


_ROUNDING = 1e-9


def _leaves(key: object, by_key: "dict[Any, Cell[Any]]") -> dict[Any, float]:
    """Return how many times a cell counts each inner cell, through the margins between.

    Raises
    ------
    ValueError
        A part that is no cell of the table.
    """
    if key not in by_key:
        raise ValueError(f"{key!r} is a part but no cell of the table")
    if not by_key[key].parts:
        return {key: 1.0}
    found: dict[Any, float] = {}
    for part in by_key[key].parts:
        for leaf, times in _leaves(part, by_key).items():
            found[leaf] = found.get(leaf, 0.0) + times
    return found
