"""What an edit by hand can leave in a Neo4j database that the tables of the schema do not show."""

from collections.abc import Iterator
from typing import Any

from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA
from graphmodel.stores import neo4j_cypher as cypher
from graphmodel.stores.neo4j_rows import known_properties
from graphmodel.stores.neo4j_server import Neo4jServer, Transaction

_SHOWN = 5
_INNER = frozenset({cypher.META, cypher.LOAD, cypher.FROZEN})
_OWN = _INNER | {cypher.OURS}
_ROLES = frozenset(role for role, _ in cypher.ROLES.values())

_LABELS = f"""
MATCH (n:{cypher.OURS})
WITH labels(n) AS labels, n.key IS NULL AS keyless, collect(coalesce(n.key, n.name, elementId(n))) AS names
RETURN labels, keyless, size(names) AS size, names[..$shown] AS names
"""
_TYPES = f"""
MATCH (s:{cypher.OURS})-[r]->(t:{cypher.OURS})
WITH type(r) AS type, labels(s) AS source, labels(t) AS target, r.key IS NULL AS keyless,
     collect(coalesce(r.key, s.key + '>' + type(r) + '>' + t.key, elementId(r))) AS names
RETURN type, source, target, keyless, size(names) AS size, names[..$shown] AS names
"""


def find_strays(server: Neo4jServer) -> Iterator[Fault]:
    """Yield the faults of a database against the schema: labels, types, keys, properties, constraints."""
    yield from _label_faults(_rows(server, _LABELS))
    yield from _type_faults(_rows(server, _TYPES))
    for table in SCHEMA.tables:
        yield from _table_faults(server, table)
    missing = sorted(cypher.schema_statements().keys() - set(_names(server)))
    # A database nobody has written to yet has none of them, and no fault.
    if missing and _rows(server, f"MATCH (m:{cypher.OURS}) RETURN 1 AS one LIMIT 1"):
        yield _fault(
            "missing_constraint",
            f"Contraintes ou index absents de la base : {', '.join(missing)}. Le prochain chargement "
            "les remettra.",
            severity="warning",
        )


def _label_faults(rows: list[dict[str, Any]]) -> Iterator[Fault]:
    for row in rows:
        labels = set(row["labels"]) - _OWN
        primary = sorted(labels & SCHEMA.nodes.keys())
        unknown = sorted(labels - SCHEMA.nodes.keys() - _ROLES)
        if len(primary) != 1 and not set(row["labels"]) & _INNER:
            what = (
                f"portent plusieurs étiquettes ({', '.join(primary)})"
                if primary
                else "n’ont pas d’étiquette du schéma"
            )
            yield _fault("wrong_label", f"{_count(row, 'nœud')} {what} : {_list(row)}.")
        if unknown:
            yield _fault(
                "unknown_label",
                f"Étiquette hors du schéma sur {_count(row, 'nœud')} : {', '.join(unknown)} ({_list(row)}).",
                severity="warning",
            )
        if row["keyless"] and primary:
            yield _fault("missing_key", f"{_count(row, 'nœud')} {primary[0]} sans key : {_list(row)}.")


def _type_faults(rows: list[dict[str, Any]]) -> Iterator[Fault]:
    for row in rows:
        kind = row["type"]
        if kind not in SCHEMA.relationships:
            text = f"{_count(row, 'relation')} d’un type hors du schéma, {kind} : {_list(row)}."
            yield _fault("unknown_type", text, severity="warning")
            continue
        pairs = {(s, t) for s in row["source"] for t in row["target"]}
        if not pairs & SCHEMA.relationships[kind].endpoints:
            ends = "/".join(row["source"]), "/".join(row["target"])
            yield _fault(
                "wrong_ends", f"La relation {kind} ne va pas de {ends[0]} à {ends[1]} : {_list(row)}."
            )
        if row["keyless"]:
            yield _fault("missing_key", f"{_count(row, 'relation')} {kind} sans key : {_list(row)}.")


def _table_faults(server: Neo4jServer, table: str) -> Iterator[Fault]:
    node = SCHEMA.is_node(table)
    match = (
        f"MATCH {cypher.node_pattern(table, 'x')}"
        if node
        else f"MATCH (:{cypher.OURS})-[x:{cypher.quoted(table)}]->(:{cypher.OURS})"
    )
    unknown = (
        f"{match} UNWIND [p IN keys(x) WHERE NOT p IN $known] AS property WITH property, "
        "collect(x.key) AS names "
        "RETURN property, size(names) AS size, names[..$shown] AS names"
    )
    for row in _rows(server, unknown, known=sorted(known_properties(table))):
        text = f"Propriété hors du schéma sur {table} : {row['property']} ({_list(row)})."
        yield _fault("unknown_property", text)
    twice = (
        f"{match} WITH x.key AS key, count(*) AS size WHERE key IS NOT NULL AND size > 1 "
        "RETURN size, [key] AS names ORDER BY key LIMIT $shown"
    )
    for row in _rows(server, twice):
        yield _fault("duplicate_key", f"{table} {_list(row)} existe {row['size']} fois.")


def _rows(server: Neo4jServer, query: str, **given: object) -> list[dict[str, Any]]:
    def ask(tx: Transaction) -> list[dict[str, Any]]:
        return tx.run(query, {"shown": _SHOWN, **given}).data()

    return server.read(ask)


def _names(server: Neo4jServer) -> list[str]:
    queries = ("SHOW CONSTRAINTS YIELD name", "SHOW INDEXES YIELD name")
    return [row["name"] for query in queries for row in _rows(server, query)]


def _count(row: dict[str, Any], noun: str) -> str:
    return f"{row['size']} {noun}{'s' if row['size'] > 1 else ''}"


def _list(row: dict[str, Any]) -> str:
    more = row["size"] - len(row["names"])
    return ", ".join(map(str, row["names"])) + (
        f" et {more} de plus" if more > 0 and len(row["names"]) > 1 else ""
    )


def _fault(code: str, message: str, severity: str = "error") -> Fault:
    return Fault("error" if severity == "error" else "warning", code, message)
