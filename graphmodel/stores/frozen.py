"""A version of a store kept whole under a name: a hashed export that re-makes every output on its own.

The export is gzipped text, one JSON document a line, the same bytes for the same rows and history whichever
store they come from: a head, then the loads with what undoes them, then the rows with their attestations.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.attestations import Record, decode_attestation, encode_attestation
from graphmodel.codec import from_json, to_json
from graphmodel.errors import (
    CopyDiffersError,
    InputFaultsError,
    StoreChangedError,
    StoreUnavailableError,
    UsageError,
)
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA
from graphmodel.stores.loads import Load, Past, Writes, now
from graphmodel.stores.packing import compact_json, pack_before, unpack_before

if TYPE_CHECKING:
    from graphmodel.stores.base import Store

FORMAT = 1
"""Number of the layout of an export."""
SUFFIX = ".maillage"
LONGEST_NAME = 80

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f]')
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version kept under a name.

    Attributes
    ----------
    name
        Its name, fit for a file name on every system.
    at, author
        ISO date and time, UTC, and who froze it.
    version
        Number of the version.
    digest
        Digest of its content; see `Store.digest`.
    sha256
        SHA-256 of the export's bytes.
    rows
        Number of nodes and relationships.
    """

    name: str
    at: str
    author: str
    version: int
    digest: str
    sha256: str
    rows: int


def check_name(name: str) -> str:
    """Return the name of a version, normalised.

    Raises
    ------
    UsageError
        A name that some file system or command line would not take as it is.
    """
    said = unicodedata.normalize("NFC", name).strip()
    trouble = None
    if not said:
        trouble = "le nom est vide"
    elif len(said) > LONGEST_NAME or len(said.encode()) > 2 * LONGEST_NAME:
        trouble = f"le nom est trop long ({LONGEST_NAME} caractères au plus)"
    elif _FORBIDDEN.search(said) or not said.isprintable():
        trouble = 'le nom contient un caractère qu’un nom de fichier n’admet pas partout (\\ / : * ? " < > |)'
    elif said[0] in ".-~" or said[-1] == ".":
        trouble = "le nom ne peut commencer par un point, un tiret ou un tilde, ni finir par un point"
    elif said.casefold().split(".")[0].strip() in _RESERVED:
        trouble = "ce nom est réservé par Windows"
    if trouble:
        raise UsageError(f"« {_shown(name)} » ne peut pas nommer une version : {trouble}.")
    return said


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in name[:LONGEST_NAME])


def freeze(store: "Store", name: str, *, author: str) -> tuple[Frozen, bytes]:
    """Keep the present version of a store whole under a name, in the store itself.

    Returns
    -------
    What was kept, and the bytes of the export.

    Raises
    ------
    UsageError
        A name that cannot be, or is taken: a frozen version never changes; or an empty store.
    StoreChangedError
        Somebody wrote meanwhile.
    """
    said = check_name(name)
    taken = next((f for f in store.frozen() if f.name.casefold() == said.casefold()), None)
    if taken is not None:
        raise UsageError(
            f"La version « {taken.name} » existe déjà (version {taken.version}) : une version figée ne "
            "change plus, choisissez un autre nom."
        )
    before = store.version()
    if before.number == 0:
        raise UsageError("La base est vide : il n’y a rien à figer.")
    digest = store.digest()
    content, rows = _export(store, before.number, digest)
    if store.version() != before:
        raise StoreChangedError("La base a changé pendant ce temps : rien n’a été figé. Réessayez.")
    sha256 = hashlib.sha256(content).hexdigest()
    frozen = Frozen(said, now(), author, before.number, digest, sha256, rows)
    store.keep_frozen(frozen, content)
    return frozen, content


def find_frozen(store: "Store", name: str) -> Frozen:
    """Return what is kept under a name, whatever its case.

    Raises
    ------
    UsageError
        Nothing is; the names are listed.
    """
    said = unicodedata.normalize("NFC", name).strip().casefold()
    every = store.frozen()
    for frozen in every:
        if frozen.name.casefold() == said:
            return frozen
    names = ", ".join(f"« {frozen.name} »" for frozen in every)
    raise UsageError(
        f"Aucune version figée ne s’appelle « {_shown(name)} ». "
        + (f"Versions figées : {names}." if names else "Cette base n’en a aucune (maillage freeze NOM).")
    )


def unfold(store: "Store", name: str, folder: Path) -> Path:
    """Return the file of a frozen version as a store of its own, made in a folder when it is not there.

    Raises
    ------
    UsageError
        Nothing is kept under that name.
    StoreUnavailableError
        What is kept is not what was frozen.
    """
    frozen = find_frozen(store, name)
    from graphmodel.stores import open_store

    path = folder / f"{frozen.sha256}.sqlite"
    if path.exists() and _is_still(path, frozen):
        return path
    content = store.frozen_content(frozen.name)
    if hashlib.sha256(content).hexdigest() != frozen.sha256:
        raise StoreUnavailableError(
            f"La version figée « {frozen.name} » est endommagée : son empreinte n’est plus la sienne."
        )
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / f"{frozen.sha256}.{uuid.uuid4().hex[:8]}.tmp"
    with open_store(making, create=True) as target:
        restore(content, target, frozen.name)
    making.replace(path)
    return path


def _is_still(path: Path, frozen: Frozen) -> bool:
    """Tell whether a file unfolded earlier is whole and was not written to since."""
    from graphmodel.stores import open_store

    try:
        with open_store(path) as store:
            return store.version().number == frozen.version
    except StoreUnavailableError:
        return False


def is_export(path: Path) -> bool:
    """Tell whether a file is the export of a frozen version, by what it holds."""
    try:
        with gzip.open(path, "rb") as stream:
            return stream.read(22).startswith(b'{"maillage":"frozen",')
    except (OSError, EOFError):
        return False


@dataclass(frozen=True, slots=True)
class Export:
    """An export read: its head (`version`, `digest`, `tool`), its loads, its rows by table."""

    head: dict[str, Any]
    past: list[Past]
    records: dict[str, list[Record]]


def read_export(content: bytes, name: str) -> Export:
    """Return what the bytes of an export hold.

    Raises
    ------
    InputFaultsError
        The export is damaged, or of a later version of the tool; the sentence names the file.
    """
    try:
        with gzip.open(io.BytesIO(content), "rt", encoding="utf-8") as stream:
            head = json.loads(stream.readline())
            if head["maillage"] != "frozen":
                raise ValueError("not an export")
            if head["format"] > FORMAT:
                raise InputFaultsError([_damaged(name, "Il vient d’une version plus récente de maillage.")])
            return Export(head, *_read(map(json.loads, stream)))
    except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
        raise InputFaultsError([_damaged(name)]) from error


def check_empty(target: "Store") -> None:
    """Raise when a store holds loads: a frozen version is re-made whole, history included.

    Raises
    ------
    UsageError
        The store is not empty.
    """
    if target.version().number:
        raise UsageError(
            f"La base « {target.url} » contient déjà des chargements : une version figée ne se rétablit que "
            "dans une base vide."
        )


def restore(content: bytes, target: "Store", name: str) -> Load:
    """Re-make a frozen version in an empty store, its history included, under its own version number.

    Parameters
    ----------
    content
        Bytes of the export.
    target
        An empty store of any kind.
    name
        Name of the file or of the version, for the sentences.

    Raises
    ------
    UsageError
        The store is not empty.
    InputFaultsError
        The export is damaged, or of a later version of the tool.
    CopyDiffersError
        What was written is not what was frozen.
    """
    check_empty(target)
    export = read_export(content, name)
    load, before = export.past[-1]
    held = {table: dict(found) for table, found in before.items()}
    target.commit(Writes(export.records, {}, held, fresh=True), load, 0, export.past[:-1])
    if target.digest() != export.head["digest"]:
        raise CopyDiffersError(f"Ce qui a été écrit dans « {target.url} » diffère de « {name} ».")
    return load


def _damaged(name: str, what: str = "") -> Fault:
    usual = "Ce n’est pas l’export d’une version figée, ou il est endommagé."
    return Fault("error", "damaged_export", what or usual, name)


def _export(store: "Store", number: int, digest: str) -> tuple[bytes, int]:
    out = io.BytesIO()
    rows = 0
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=6) as stream:
        for line in _lines(store, number, digest):
            stream.write(line.encode() + b"\n")
            rows += line.startswith("[")
    return out.getvalue(), rows


def _lines(store: "Store", number: int, digest: str) -> Iterator[str]:
    yield compact_json(
        {"maillage": "frozen", "format": FORMAT, "tool": _tool(), "version": number, "digest": digest}
    )
    for load in store.history():
        packed = pack_before(store.taken_back(load.number))
        before = None if packed is None else base64.b64encode(packed).decode()
        yield compact_json({"load": asdict(load), "before": before})
    for table in SCHEMA.tables:
        for record in sorted(store.read_all(table), key=lambda r: r.key):
            texts = [encode_attestation(a) for a in record.attestations]
            values = dict(sorted(to_json(record.values).items()))
            yield compact_json([table, values, texts, list(record.conflicts)])


def _tool() -> str:
    try:
        return version("maillage")
    except PackageNotFoundError:
        return ""


def _read(documents: Iterable[Any]) -> tuple[list[Past], dict[str, list[Record]]]:
    past: list[Past] = []
    records: dict[str, list[Record]] = {}
    for document in documents:
        if isinstance(document, dict):
            packed = document["before"]
            before = unpack_before(None if packed is None else base64.b64decode(packed))
            past.append((Load(**document["load"]), before))
        else:
            records.setdefault(document[0], []).append(_record(*document))
    if not past:
        raise ValueError("no history")
    return past, records


def _record(table: str, values: dict[str, object], texts: Iterable[str], conflicts: list[str]) -> Record:
    attestations = tuple(decode_attestation(text, table) for text in texts)
    return Record(str(values["key"]), from_json(table, values), attestations, tuple(conflicts))
