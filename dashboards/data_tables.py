"""The content of a store as tables that people read: French columns, French words, nothing personal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from graphmodel import ContractGraph
from graphmodel.frames import known, text_of
from graphmodel.schema import SCHEMA
from graphmodel.schema.model import NodeTable, Property, RelationshipTable
from graphmodel.secrecy import PERSONAL, Mode

INDIVIDUAL = {
    "Measure": ("value",),
    "Observation": ("value", "amount"),
    "SUPPORTS": ("jobs", "outcome"),
}
"""Columns whose every cell tells of one unit: under the least number of units of B2.9 whatever the row."""
PAID = "paid"
"""Kind of funding that comes from reports; the others are sums the parties themselves announce."""
WITHHELD = "secret"
"""Word written in the place of a value that is withheld: neither unknown nor zero."""

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title
        French title, the unit in brackets.
    type
        Type of the schema (`money` is written in euros), or `text`.
    sentence
        What it says, in French.
    """

    title: str
    type: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it leaves.

    Attributes
    ----------
    name
        Name in the schema: a label or a type of relationship.
    title
        French name.
    sentence
        What a row is, in French.
    columns
        Columns, in order.
    rows
        Cells, as many as the columns in each row; None is unknown.
    withheld
        Number of values withheld for secrecy.
    """

    name: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    withheld: int


def tables_of(graph: ContractGraph, mode: Mode = "publication") -> tuple[Table, ...]:
    """Return every table that has a row, nodes first.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    mode
        In publication, personal data and figures of one unit are withheld (`indicators.md` B2.9).

    Returns
    -------
    tuple of Table
        Rows in the order of their keys; columns that hold nothing are left out.
    """
    names = {
        str(key): str(known(name) or key)
        for label in SCHEMA.nodes
        for key, name in graph.nodes(label)["name"].items()
    }
    found = [_nodes(graph.nodes(name), table, mode) for name, table in SCHEMA.nodes.items()]
    found += [
        _relationships(graph.relationships(name), table, names, mode)
        for name, table in SCHEMA.relationships.items()
    ]
    return tuple(table for table in found if table.rows)


def _nodes(frame: pd.DataFrame, table: NodeTable, mode: Mode) -> Table:
    ordered = frame.sort_index()
    heads = {
        Column("Identifiant", "text", "Identifiant dans le contrat ou dans le référentiel."): ordered["id"],
        Column("Nom", "text", "Nom affiché."): ordered["name"],
    }
    return _table(ordered, table, heads, mode)


def _relationships(
    frame: pd.DataFrame, table: RelationshipTable, names: Mapping[str, str], mode: Mode
) -> Table:
    ordered = frame.sort_index()
    heads = {
        Column("De", "text", "Élément d’où part le lien."): ordered["source"].map(names),
        Column("De (clé)", "text", "Clé de cet élément."): ordered["source"],
        Column("Vers", "text", "Élément où arrive le lien."): ordered["target"].map(names),
        Column("Vers (clé)", "text", "Clé de cet élément."): ordered["target"],
    }
    return _table(ordered, table, heads, mode)


def _table(
    frame: pd.DataFrame,
    table: NodeTable | RelationshipTable,
    heads: Mapping[Column, "pd.Series[Any]"],
    mode: Mode,
) -> Table:
    columns: dict[Column, Sequence[Value]] = {
        column: [text_of(value) for value in values] for column, values in heads.items()
    }
    withheld = 0
    for prop in table.properties.values():
        if mode == "publication" and prop.name in PERSONAL and prop.personal != "public":
            continue
        cells = [_cell(prop, value) for value in frame[prop.name]]
        if all(cell is None for cell in cells):
            continue
        secret = _secret(prop, frame, mode)
        hidden = [cell is not None and hide for cell, hide in zip(cells, secret, strict=True)]
        withheld += sum(hidden)
        columns[_column(prop)] = [
            WITHHELD if hide else cell for cell, hide in zip(cells, hidden, strict=True)
        ]
    if frame["fictional"].fillna(False).any():
        column = Column("Fictif", "boolean", "Vrai pour une ligne de démonstration.")
        columns[column] = [bool(known(value)) for value in frame["fictional"]]
    rows = tuple(zip(*columns.values(), strict=True)) if len(frame) else ()
    return Table(table.name, table.french, table.sentence, tuple(columns), rows, withheld)


def _secret(prop: Property, frame: pd.DataFrame, mode: Mode) -> list[bool]:
    """Tell which cells of a column are withheld."""
    if mode == "working":
        return [False] * len(frame)
    if prop.owner == "Funding" and prop.name == "amount":
        return [known(kind) == PAID for kind in frame["kind"]]
    return [prop.name in INDIVIDUAL.get(prop.owner, ())] * len(frame)


def _column(prop: Property) -> Column:
    unit = "" if prop.unit in ("", "année") else f" ({prop.unit})"
    return Column(f"{prop.french}{unit}", prop.type, prop.sentence)


def _cell(prop: Property, value: object) -> Value:
    """Return a value as a person reads it: euros rather than cents, French words rather than codes."""
    found: Any = known(value)
    if found is None or (prop.type in ("text_list", "integer_list") and not len(found)):
        return None
    match prop.type:
        case "enumeration":
            return SCHEMA.french(str(prop.enumeration), str(found))
        case "money":
            return float(found) / 100
        case "text_list" | "integer_list":
            return " ; ".join(map(str, found))
        case "point":
            return " ".join(f"{float(part):.6f}" for part in found)
        case "json":
            return _summary(found)
        case "date":
            return str(found)
        case "boolean":
            return bool(found)
        case "integer" | "year":
            return int(found)
        case "number" | "share":
            return float(found)
        case _:
            return str(found)


def _summary(value: Any) -> str:
    """Return what a cell says of a structured value: a contour has a kind, not ten thousand numbers."""
    if isinstance(value, dict) and "coordinates" in value:
        return f"contour ({value.get('type')})"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
