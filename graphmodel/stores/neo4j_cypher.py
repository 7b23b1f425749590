"""The Cypher that reads and writes the tables of the schema.

Identifiers are only those of the schema, quoted; every value travels as a parameter.
"""

from functools import cache

from graphmodel.schema import INDEXED, SCHEMA
from graphmodel.stores.neo4j_rows import DERIVED, neo4j_name

OURS = "Maillage"
"""Label of every node we write; nodes without it are somebody else's."""
META = "Meta"
LOAD = "Load"
FROZEN = "Frozen"
META_KEY = "maillage"

ROLES: dict[str, tuple[str, str]] = {
    "SIGNED": ("Signatory", ""),
    "FUNDS": ("Funder", ""),
    "TAKES_PART_IN": ("Operator", "WHERE x.role IN ['pilot', 'partner'] AND x.basis = 'report'"),
}
"""Labels that say a role of an organisation, by the type they follow from: conveniences, never read back."""


def quoted(name: str) -> str:
    """Return an identifier of the schema between backquotes."""
    return "`" + name.replace("`", "``") + "`"


def node_pattern(label: str, variable: str = "n", inside: str = "") -> str:
    """Return `(n:Maillage:Label {…})`."""
    if label not in SCHEMA.nodes:
        raise KeyError(label)
    return f"({variable}:{OURS}:{quoted(label)}{inside and ' ' + inside})"


def schema_statements() -> dict[str, str]:
    """Return the statements that make the constraints and the indexes, by their name.

    Uniqueness and indexes are in the Community edition; existence and type are not, `maillage check` tells
    them.
    """
    statements = {}
    for label in (*SCHEMA.nodes, META, LOAD, FROZEN):
        name = f"maillage_{label.lower()}_key"
        statements[name] = (
            f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.key IS UNIQUE"
        )
    for kind in SCHEMA.relationships:
        name = f"maillage_{kind.lower()}_key"
        statements[name] = (
            f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS FOR ()-[r:{quoted(kind)}]-() REQUIRE "
            "r.key IS UNIQUE"
        )
    for label, column in INDEXED:
        name = f"maillage_{label.lower()}_{column}"
        field = quoted(neo4j_name(label, column))
        statements[name] = f"CREATE INDEX {quoted(name)} IF NOT EXISTS FOR (n:{quoted(label)}) ON (n.{field})"
    statements["maillage_names"] = (
        f"CREATE FULLTEXT INDEX maillage_names IF NOT EXISTS FOR (n:{OURS}) ON EACH [n.name] "
        "OPTIONS "
        "{indexConfig: {`fulltext.analyzer`: 'standard-folding', `fulltext.eventually_consistent`: true}}"
    )
    return statements


@cache
def page(table: str, *, attestations: bool = False) -> str:
    """Return the query of one page of a table, as collected columns in the order of the keys.

    Parameters `after` (last key read), `limit`, `contract` (null: all). One record holds a whole page: the
    driver unpacks columns many times faster than rows. Rows that lost their key are not found here.
    """
    variable = "n" if SCHEMA.is_node(table) else "r"
    return (
        f"MATCH {_pattern(table)} WHERE {variable}.key > $after "
        f"AND ($contract IS NULL OR {variable}.contract IS NULL OR {variable}.contract = $contract) "
        f"{_collected(table, attestations, f'ORDER BY {variable}.key LIMIT $limit')}"
    )


@cache
def found(table: str) -> str:
    """Return the query of the records with given keys (parameter `keys`), as collected columns."""
    variable = "n" if SCHEMA.is_node(table) else "r"
    return (
        f"UNWIND $keys AS wanted MATCH {_pattern(table)} WHERE {variable}.key = wanted "
        f"{_collected(table, True, '')}"
    )


def _pattern(table: str) -> str:
    return node_pattern(table) if SCHEMA.is_node(table) else f"(s:{OURS})-[r:{quoted(table)}]->(t:{OURS})"


def _collected(table: str, attestations: bool, order: str) -> str:
    columns = [*SCHEMA.columns(table), *DERIVED, *(("attestations",) if attestations else ())]
    # `properties()` walks a row's properties once, where `x.a, x.b, …` walks them for each.
    if SCHEMA.is_node(table):
        head = f"WITH n {order} WITH collect(properties(n)) AS rows "
        ends = {}
    else:
        pairs = SCHEMA.relationships[table].endpoints
        labels = ({source for source, _ in pairs}, {target for _, target in pairs})
        collected = ", ".join(_end(*end) for end in zip(("s", "t"), labels, strict=True))
        head = f"WITH s, r, t {order} WITH collect(properties(r)) AS rows, {collected} "
        ends = {
            "source": "s_keys",
            "target": "t_keys",
            "source_label": "s_labels",
            "target_label": "t_labels",
        }
    cells = (ends.get(name) or f"[x IN rows | x.{quoted(neo4j_name(table, name))}]" for name in columns)
    returned = (f"{cell} AS {quoted(name)}" for name, cell in zip(columns, cells, strict=True))
    return f"{head}RETURN {', '.join(returned)}"


def _end(variable: str, labels: set[str]) -> str:
    """Return the columns of one end; asking for each expected label is faster than listing them all."""
    asked = " ".join(f"WHEN {variable}:{quoted(label)} THEN '{label}'" for label in sorted(labels))
    other = f"coalesce(head([l IN labels({variable}) WHERE l IN $labels]), '')"
    return (
        f"collect(coalesce({variable}.key, '')) AS {variable}_keys, "
        f"collect(CASE {asked} ELSE {other} END) AS {variable}_labels"
    )


def parameters(table: str) -> dict[str, object]:
    """Return the parameters that every reading query of a table needs."""
    return {} if SCHEMA.is_node(table) else {"labels": list(SCHEMA.nodes)}


def count(table: str) -> str:
    """Return the query of the size of a table, answered from the store's counters."""
    if SCHEMA.is_node(table):
        return f"MATCH (n:{quoted(table)}) RETURN count(n) AS size"
    return f"MATCH ()-[r:{quoted(table)}]->() RETURN count(r) AS size"


def create_nodes(label: str) -> str:
    """Return the statement that makes nodes; parameter `rows`: properties."""
    return f"UNWIND $rows AS row CREATE {node_pattern(label)} SET n = row RETURN count(*) AS done"


def create_relationships(kind: str, source_label: str, target_label: str) -> str:
    """Return the statement that makes relationships; parameter `rows`: keys of both ends, properties."""
    return (
        f"UNWIND $rows AS row MATCH {node_pattern(source_label, 's', '{key: row[0]}')} "
        f"MATCH {node_pattern(target_label, 't', '{key: row[1]}')} "
        f"CREATE (s)-[r:{quoted(kind)}]->(t) SET r = row[2] RETURN count(*) AS done"
    )


def change(table: str) -> str:
    """Return the statement that replaces every property of rows that exist; parameter `rows`."""
    if SCHEMA.is_node(table):
        return (
            f"UNWIND $rows AS row MATCH {node_pattern(table, inside='{key: row.key}')} SET n = row "
            "RETURN count(*) AS done"
        )
    return (
        f"UNWIND $rows AS row MATCH (:{OURS})-[r:{quoted(table)} {{key: row.key}}]->(:{OURS}) SET r = row "
        "RETURN count(*) AS done"
    )


def delete(table: str) -> str:
    """Return the statement that deletes rows by key (parameter `rows`); a node still in use makes it fail."""
    if SCHEMA.is_node(table):
        return f"UNWIND $rows AS row MATCH {node_pattern(table, inside='{key: row}')} DELETE n"
    return f"UNWIND $rows AS row MATCH (:{OURS})-[r:{quoted(table)} {{key: row}}]->(:{OURS}) DELETE r"


def role_statements(kind: str) -> tuple[str, str]:
    """Return the statements that put on and take off the role label that follows from a type."""
    role, condition = ROLES[kind]
    held = f"EXISTS {{ MATCH (n)-[x:{quoted(kind)}]->() {condition} }}"
    organisation = node_pattern("Organisation")
    return (
        f"MATCH {organisation} WHERE NOT n:{role} AND {held} SET n:{role}",
        f"MATCH {organisation} WHERE n:{role} AND NOT {held} REMOVE n:{role}",
    )


IN_USE = ("CALL db.labels()", "CALL db.relationshipTypes()")
"""Labels and types that at least one node or relationship has."""
LOCK = (
    f"MERGE (m:{OURS}:{META} {{key: $key}}) ON CREATE SET m.number = 0, m.format = $format, m.name = "
    "'maillage' "
    "SET m.writing = $at RETURN m.number AS number, m.format AS format, m.token AS token"
)
"""Takes the write lock of the store before reading its version: two writers go one after the other."""
UNLOCK = f"MATCH (m:{OURS}:{META} {{key: $key}}) SET m.number = $number, m.token = $token REMOVE m.writing"
VERSION = f"OPTIONAL MATCH (m:{OURS}:{META} {{key: $key}}) RETURN m.number AS number, m.format AS format"
ADD_LOADS = f"UNWIND $rows AS row CREATE (l:{OURS}:{LOAD}) SET l = row"
LOADS = (
    f"MATCH (l:{OURS}:{LOAD}) RETURN l {{.number, .at, .author, .sources, .counts, .action}} AS load "
    "ORDER BY l.number"
)
BEFORE = f"MATCH (l:{OURS}:{LOAD} {{key: $key}}) RETURN l.before AS before"
FROZEN_LIST = (
    f"MATCH (f:{OURS}:{FROZEN}) "
    "RETURN f {.name, .at, .author, .version, .digest, .sha256, .rows} AS frozen ORDER BY f.at, f.name"
)
KEEP_FROZEN = f"CREATE (f:{OURS}:{FROZEN}) SET f = $row"
FROZEN_CONTENT = f"MATCH (f:{OURS}:{FROZEN} {{key: $key}}) RETURN f.content AS content"
