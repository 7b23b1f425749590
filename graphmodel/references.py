"""Relationships that would lose an end: references to nowhere, and nodes taken away while still in use."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphmodel.batch import Batch, Row, Source
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA

_LISTED = 5


@dataclass(frozen=True, slots=True)
class Use:
    """A relationship of a store that touches a node.

    Attributes
    ----------
    kind, key
        Type and key of the relationship.
    label, node
        Label and key of the node it touches.
    sources
        Documents that attest the relationship.
    """

    kind: str
    key: str
    label: str
    node: str
    sources: tuple[str, ...]


Uses = Callable[[Mapping[str, set[str]]], Sequence[Use]]
"""Reads the relationships that touch nodes given by label and keys."""


def dangling_faults(
    batches: Sequence[Batch],
    removed: Mapping[str, set[str]],
    existing: Callable[[str, Sequence[str]], set[str]],
) -> Iterator[Fault]:
    """Yield a fault for each end of a relationship that no batch brings and no store holds.

    Parameters
    ----------
    batches
        Rows to write.
    removed
        Keys that the same write takes away, by table.
    existing
        Tells which of the keys of a label the store holds.
    """
    wanted = _ends_to_find(batches)
    missing = {label: keys - existing(label, sorted(keys)) for label, keys in wanted.items()}
    for label, keys in removed.items():
        if SCHEMA.is_node(label):
            missing[label] = missing.get(label, set()) | keys
    if not any(missing.values()):
        return
    for batch in batches:
        for row, label, key in _ends(batch):
            if key in missing.get(label, ()):
                yield _dangling_fault(label, key, row, batch.source)


def _ends(batch: Batch) -> Iterator[tuple[Row, str, str]]:
    for table, rows in batch.rows.items():
        if not SCHEMA.is_node(table):
            for row in rows:
                said = row.values
                yield row, str(said["source_label"]), str(said["source"])
                yield row, str(said["target_label"]), str(said["target"])


def _ends_to_find(batches: Sequence[Batch]) -> dict[str, set[str]]:
    """Return the ends of relationships that no batch brings, by label."""
    wanted: dict[str, set[str]] = {}
    for rows in (rows for b in batches for table, rows in b.rows.items() if not SCHEMA.is_node(table)):
        for end in ("source", "target"):
            for label, key in {(row.values[f"{end}_label"], row.values[end]) for row in rows}:
                wanted.setdefault(str(label), set()).add(str(key))
    for batch in batches:
        for label in wanted:
            wanted[label].difference_update(row.key for row in batch.rows.get(label, ()))
    return {label: keys for label, keys in wanted.items() if keys}


def _dangling_fault(label: str, key: str, row: Row, source: Source) -> Fault:
    french = SCHEMA.nodes[label].french
    return Fault(
        "error",
        "unknown_reference",
        f"{french} introuvable : ni dans ce fichier, ni dans la base.",
        source.name,
        row.place.sheet,
        row.place.row,
        row.place.column,
        key.rsplit("/", 1)[-1],
        f"l’identifiant d’un élément « {french} » existant",
        "Corriger l’identifiant, ou ajouter la ligne qui le décrit.",
    )


def use_faults(removed: Mapping[str, set[str]], uses: Uses, batches: Iterable[Batch]) -> Iterator[Fault]:
    """Yield a fault for each node that would go while relationships still use it.

    Parameters
    ----------
    removed
        Keys taken away, by table; relationships that go with their node are no obstacle.
    uses
        Reads what touches the nodes.
    batches
        The files of the replacing load, named in the faults.
    """
    nodes = {table: keys for table, keys in removed.items() if SCHEMA.is_node(table)}
    if not nodes:
        return
    files = {batch.source.id: batch.source.name for batch in batches}
    names = ", ".join(dict.fromkeys(files.values())) or None
    held: dict[tuple[str, str], list[Use]] = {}
    for use in uses(nodes):
        if use.key not in removed.get(use.kind, ()):
            others = tuple(source for source in use.sources if source not in files)
            held.setdefault((use.label, use.node), []).append(replace(use, sources=others))
    for (label, key), found in held.items():
        yield still_used_fault(label, key, found, names)


def still_used_fault(label: str, key: str, found: Sequence[Use], file: str | None) -> Fault:
    """Return the fault of a node that cannot go because relationships use it."""
    lines = [_said(use) for use in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(f"et {len(found) - _LISTED} de plus")
    plural = "s" if len(found) > 1 else ""
    return Fault(
        "error",
        "still_used",
        f"L’élément « {SCHEMA.nodes[label].french} » {key} ne peut pas être retiré de la base : "
        f"{len(found)} relation{plural} s’en ser{'vent' if plural else 't'} encore ({' ; '.join(lines)}).",
        file,
        fix="Retirer d’abord ces relations des fichiers nommés, ou garder la ligne dans ce fichier.",
    )


def _said(use: Use) -> str:
    sources = ", ".join(f"« {name} »" for name in use.sources) or "aucun fichier"
    return f"{SCHEMA.relationships[use.kind].french} {use.key}, d’après {sources}"
