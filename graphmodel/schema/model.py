"""Read the four tables of the schema and answer questions on them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Literal

PropertyType = Literal[
    "text", "integer", "number", "boolean", "date", "year", "money", "share", "text_list", "integer_list",
    "json", "point", "enumeration",
]  # fmt: skip
"""Types of properties. `money` is integer cents of euro, `share` a number in 0-1, `year` an integer,
`point` a (longitude, latitude) pair in EPSG:4326, `json` any JSON value."""

INDEXED = (("Territory", "code"), ("Organisation", "siren"))
"""Properties people look rows up by: indexed by the server store, and bounded in length for that."""

BASE_NODE_COLUMNS = ("key", "contract", "id", "name")
BASE_RELATIONSHIP_COLUMNS = ("key", "contract", "source", "target", "source_label", "target_label")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed list of words: stored English value, word of the JSON files, French label."""

    name: str
    file_words: dict[str, str]
    french: dict[str, str]

    def from_file(self, word: str) -> str | None:
        """Return the stored value for a word of `format.md`, or None when it is unknown."""
        return next((value for value, known in self.file_words.items() if known == word), None)

    def to_file(self, value: str) -> str:
        """Return the word of `format.md` for a stored value."""
        return self.file_words[value]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node label or relationship type.

    `unit`, `french` and `sentence` are French; `personal` is empty or one of public, professional, private.
    """

    owner: str
    name: str
    type: PropertyType
    enumeration: str | None
    unit: str
    french: str
    required: bool
    personal: str
    sentence: str

    @property
    def camel(self) -> str:
        """Name in Neo4j: snake_case to lowerCamelCase."""
        return camel_case(self.name)


@dataclass(frozen=True, slots=True)
class NodeTable:
    """A node label with its properties."""

    name: str
    segment: str
    scoped: bool
    french: str
    sentence: str
    properties: dict[str, Property] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelationshipTable:
    """A relationship type with its allowed endpoints and the properties that tell two apart."""

    name: str
    endpoints: frozenset[tuple[str, str]]
    discriminators: tuple[str, ...]
    french: str
    sentence: str
    properties: dict[str, Property] = field(default_factory=dict)


class Schema:
    """Node tables, relationship tables and enumerations by name."""

    def __init__(
        self,
        nodes: dict[str, NodeTable],
        relationships: dict[str, RelationshipTable],
        enumerations: dict[str, Enumeration],
    ) -> None:
        self.nodes = nodes
        self.relationships = relationships
        self.enumerations = enumerations

    @cached_property
    def tables(self) -> dict[str, NodeTable | RelationshipTable]:
        """Every table by name, nodes first; labels and types never share a name."""
        return {**self.nodes, **self.relationships}

    def is_node(self, table: str) -> bool:
        """Tell whether a table name is a node label."""
        return table in self.nodes

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the base columns then the properties of a table."""
        base = BASE_NODE_COLUMNS if self.is_node(table) else BASE_RELATIONSHIP_COLUMNS
        return base + tuple(self.tables[table].properties)

    def properties(self) -> Iterator[Property]:
        """Yield every property, table by table."""
        for table in self.tables.values():
            yield from table.properties.values()

    def french(self, enumeration: str, value: str) -> str:
        """Return the French label of an enumerated value."""
        return self.enumerations[enumeration].french[value]


def camel_case(name: str) -> str:
    """Return the lowerCamelCase form of a snake_case name.

    >>> camel_case("population_share")
    'populationShare'
    """
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def load_schema() -> Schema:
    """Read the schema's tables from the package."""
    nodes = {
        row["label"]: NodeTable(
            row["label"], row["segment"], row["scope"] == "contract", row["french"], row["sentence"]
        )
        for row in _rows("labels.csv")
    }
    relationships = {
        row["type"]: RelationshipTable(
            row["type"],
            frozenset(_endpoint(pair) for pair in row["endpoints"].split("|")),
            tuple(filter(None, row["discriminators"].split("|"))),
            row["french"],
            row["sentence"],
        )
        for row in _rows("relationships.csv")
    }
    schema = Schema(nodes, relationships, _enumerations())
    for row in _rows("properties.csv"):
        prop = _property(row)
        schema.tables[prop.owner].properties[prop.name] = prop
    return schema


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("graphmodel.schema") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _endpoint(pair: str) -> tuple[str, str]:
    source, target = pair.split(">")
    return source, target


def _property(row: dict[str, str]) -> Property:
    kind, _, enumeration = row["type"].partition(":")
    return Property(
        owner=row["owner"],
        name=row["property"],
        type="enumeration" if kind == "enum" else kind,  # type: ignore[arg-type]
        enumeration=enumeration or None,
        unit=row["unit"],
        french=row["french"],
        required=row["required"] == "yes",
        personal=row["personal"],
        sentence=row["sentence"],
    )


def _enumerations() -> dict[str, Enumeration]:
    found: dict[str, Enumeration] = {}
    for row in _rows("enumerations.csv"):
        name = row["enumeration"]
        entry = found.setdefault(name, Enumeration(name, {}, {}))
        entry.file_words[row["value"]] = row["file_word"]
        entry.french[row["value"]] = row["french"]
    return found
