"""The schema of the contract graph, as data.

Four tables beside this file hold it: `labels.csv`, `relationships.csv`, `properties.csv` and
`enumerations.csv`. Adding a property is one line in `properties.csv`; validation, both stores, the
templates and `docs/dictionnaire.md` follow.
"""

from graphmodel.schema.model import (
    BASE_NODE_COLUMNS,
    BASE_RELATIONSHIP_COLUMNS,
    INDEXED,
    Enumeration,
    NodeTable,
    Property,
    RelationshipTable,
    Schema,
    load_schema,
)

SCHEMA = load_schema()

__all__ = [
    "BASE_NODE_COLUMNS",
    "BASE_RELATIONSHIP_COLUMNS",
    "INDEXED",
    "SCHEMA",
    "Enumeration",
    "NodeTable",
    "Property",
    "RelationshipTable",
    "Schema",
    "load_schema",
]
