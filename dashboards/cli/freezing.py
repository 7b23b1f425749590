"""`freeze`: a version kept whole under a name; and its export, re-made in an empty store."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dashboards import words
from dashboards.cli.layout import aligned, moment
from dashboards.cli.session import SESSION
from graphmodel import SCHEMA, Store, UsageError
from graphmodel.stores.frozen import SUFFIX, Frozen, check_empty, check_name, freeze, read_export, restore


def freeze_version(name: str, out: Path | None, author: str) -> None:
    """Keep the present version under a name, and write its export as a file when asked to.

    Raises
    ------
    UsageError
        A name that cannot be or is taken, an empty store, a file that exists or has another extension.
    """
    check_name(name)
    if out is not None and out.suffix.lower() != SUFFIX:
        raise UsageError(f"L’export d’une version figée est un fichier {SUFFIX}.")
    if out is not None and out.exists():
        raise UsageError(f"Le fichier « {out} » existe déjà : choisissez un autre nom, ou déplacez-le.")
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
    with SESSION.open(write=True) as store, SESSION.step("Copie de la version"):
        frozen, content = freeze(store, name, author=SESSION.author(author))
    print(
        f"Version {frozen.version} figée sous le nom « {frozen.name} » : {words.number(frozen.rows)} lignes."
    )
    print(f"Empreinte du contenu {frozen.digest}")
    print(f"SHA-256 de l’export  {frozen.sha256}")
    if out is not None:
        out.write_bytes(content)
        print(f"Écrit : {out}")
    print(f"Pour la lire : ajoutez --at {_quoted(frozen.name)} à une commande.")


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name or "’" in name or "(" in name else name


def frozen_json(store: Store) -> list[dict[str, Any]]:
    """Return the frozen versions of a store as JSON holds them."""
    return [asdict(frozen) for frozen in store.frozen()]


def frozen_lines(frozen: list[Frozen]) -> list[str]:
    """Return the list of the frozen versions as a person reads it; nothing when there are none."""
    rows = [
        [
            f"« {f.name} »",
            f"version {f.version}",
            moment(f.at),
            f.author or "—",
            f"empreinte {f.digest[:12]}…",
        ]
        for f in frozen
    ]
    return ["Versions figées (à lire avec --at) :", *aligned(rows, "  ")] if rows else []


@dataclass(frozen=True, slots=True)
class Restored:
    """An export read: what `load --json` says of the file, and its nodes and relationships."""

    file: dict[str, Any]
    rows: dict[str, int]


def restore_file(store: Store, path: Path, *, write: bool) -> Restored:
    """Re-make the version of an export in an empty store, or only read it.

    Raises
    ------
    UsageError
        The store is not empty.
    InputFaultsError
        The export is damaged.
    """
    content = path.read_bytes()
    export = read_export(content, path.name)
    check_empty(store)
    if write:
        restore(content, store, path.name)
    rows = {"nodes": 0, "relationships": 0}
    for table, records in export.records.items():
        rows["nodes" if SCHEMA.is_node(table) else "relationships"] += len(records)
    file = {
        "name": path.name, "sha256": hashlib.sha256(content).hexdigest(), "kind": "frozen",
        "rows": sum(rows.values()),
    }  # fmt: skip
    return Restored(file, rows)
