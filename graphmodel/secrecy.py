"""The one gate that every output passes: statistical secrecy, and what is personal.

The thresholds are those of the method (B2.9): a cell rests on three units at least, eleven where it comes
from tax data of households; no unit makes more than 85 % of its value. They are applied to everything,
whoever collected the data: the same rule everywhere is careful and simple.

`release` applies the **primary** rules only: a hidden cell can still be found again from a total of the same
table by subtraction. What must also be hidden for that reason (status D) needs the whole table, which is why
a table comes in whole, with the margins that its cells add up to, and goes out whole.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, overload

import networkx as nx

from graphmodel.errors import UsageError
from graphmodel.schema import SCHEMA

Mode = Literal["working", "publication"]
Status = Literal["A", "B", "D", "V"]
Kind = Literal["enterprise", "household_tax"]

MODES: tuple[Mode, ...] = ("working", "publication")

FEWEST: dict[Kind, int] = {"enterprise": 3, "household_tax": 11}
"""Units under which a cell is not released, by kind of unit (B2.9)."""

DOMINANCE_PERCENT = 85
"""Share of a cell that no unit may exceed; exactly 85 % does not exceed it."""

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
        Keys of the cells of the same table that this one adds up; empty for an inner cell. The primary rules
        do not read it: it is there for those that do.
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


def status_of(
    count: int | None,
    largest: float | int | None = None,
    total: float | int | None = None,
    kind: Kind = "enterprise",
) -> Status:
    """Return the status of a cell by itself: A, B or V.

    Parameters
    ----------
    count
        Number of units. An empty cell (0) may be released; an unknown number may not.
    largest, total
        Largest contribution and sum of them; dominance is not judged where one is None.
    kind
        What the units are.

    Raises
    ------
    ValueError
        A negative count or contribution, or a contribution larger than the sum.

    Examples
    --------
    >>> status_of(2), status_of(3, 85, 100), status_of(3, 86, 100), status_of(10, kind="household_tax")
    ('A', 'V', 'B', 'A')
    """
    if count is not None and count < 0:
        raise ValueError(f"count is negative: {count}")
    if count == 0:
        return "V"
    if count is None or count < FEWEST[kind]:
        return "A"
    if largest is None or total is None:
        return "V"
    if not 0 <= largest <= total:
        raise ValueError(f"largest ({largest}) is not between 0 and total ({total})")
    # Multiplied, never divided: 85 % of cents is compared exactly, and a total of 0 has no share.
    return "B" if largest * 100 > total * DOMINANCE_PERCENT else "V"


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

    Only the primary rules of B2.9 are applied: a status is never D.

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
        return _release_network(content, mode, fictional=fictional)
    keys = [cell.key for cell in content]
    if len(set(keys)) < len(keys):
        raise ValueError("two cells of the table have the same key")
    return tuple(_release_cell(cell, mode) for cell in content)


def _release_cell(cell: Cell[K], mode: Mode) -> Released[K]:
    total = cell.value if cell.total is None else cell.total
    status = status_of(cell.count, cell.largest, total, cell.kind)
    hidden = status != "V" and mode == "publication" and cell.value is not None
    return Released(cell.key, None if hidden else cell.value, status, hidden)


@dataclass(frozen=True, slots=True)
class SecretAttribute:
    """An attribute of a network that rests on units, and what tells how many.

    Attributes
    ----------
    name
        Attribute of nodes and edges.
    count, largest
        Attributes that hold the number of units and the largest contribution; they leave with the value.
    kind
        What the units are.
    """

    name: str
    count: str
    largest: str | None = None
    kind: Kind = "enterprise"


PERSONAL = frozenset(
    prop.name for prop in SCHEMA.properties() if prop.personal in ("private", "professional")
)
"""Names of the properties that the schema marks as personal, public mandates apart."""


def _release_network(network: "nx.Graph[str]", mode: Mode, *, fictional: bool) -> "nx.Graph[str]":
    made: nx.Graph[str] = network.__class__()
    about = dict(network.graph)
    rules: tuple[SecretAttribute, ...] = tuple(about.pop("secret_attributes", ()))
    made.graph.update(about)
    made.graph["mode"] = mode
    if fictional:
        made.graph["avertissement"] = "données fictives"
    for key, attributes in network.nodes(data=True):
        made.add_node(key, **_attributes(attributes, rules, mode))
    for first, second, attributes in network.edges(data=True):
        made.add_edge(first, second, **_attributes(attributes, rules, mode))
    return made


def _attributes(attributes: dict[str, Any], rules: tuple[SecretAttribute, ...], mode: Mode) -> dict[str, Any]:
    """Return what may leave of the attributes of a node or an edge."""
    kept = {name: value for name, value in attributes.items() if name not in PERSONAL}
    for rule in rules:
        if rule.name not in kept:
            continue
        largest = kept.get(rule.largest) if rule.largest else None
        value = kept[rule.name]
        status = status_of(kept.get(rule.count), largest, value, rule.kind)
        kept[f"{rule.name}_status"] = status
        if status != "V" and mode == "publication":
            for name in (rule.name, rule.count, rule.largest):
                kept.pop(name or "", None)
    return kept
