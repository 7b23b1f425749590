"""A row of a store as people name it."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphmodel.schema import SCHEMA

ARROW = " → "
"""Between the ends of a relationship, in its caption."""


@dataclass(frozen=True, slots=True)
class Element:
    """A row of a store.

    Attributes
    ----------
    table
        Label or type.
    key
        Natural key.
    id, name
        Identifier and caption; of a relationship, its key, and « source → target ».
    """

    table: str
    key: str
    id: str
    name: str

    @property
    def handle(self) -> str:
        """What names it in a command: `Label:` and the end of its key."""
        return f"{self.table}:{key_tail(self.table, self.key)}"


def element_of(table: str, key: str, values: Mapping[str, object]) -> Element:
    """Return the element that a record is."""
    if SCHEMA.is_node(table):
        return Element(table, key, str(values.get("id") or key), str(values.get("name") or key))
    ends = (
        key_tail(str(values.get(f"{end}_label")), str(values.get(end) or "?")) for end in ("source", "target")
    )
    return Element(table, key, key, ARROW.join(ends))


def key_tail(table: str, key: str) -> str:
    """Return a key without its contract and segment."""
    node = SCHEMA.nodes.get(table)
    return key.partition(f"/{node.segment}/")[2] or key if node is not None and node.scoped else key
