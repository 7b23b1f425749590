"""Which loader reads which file: by content, never by name alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphmodel import Batch, Fault, InputFaultsError, Store, UsageError
from graphmodel.faults import raise_on_errors

KINDS = ("convention", "demonstration", "workbook", "json", "perimeter")
"""Kinds of `load --as`; the first two name bundled files."""

BUNDLED = ("convention", "demonstration")
_SUFFIXES = (".xlsx", ".json", ".geojson")
_CONVENTION_FILE = "contract.yaml"
"""A folder that holds it is a convention, and one thing to load."""


def expand(name: str) -> list[str]:
    """Return the files that a name stands for: a bundled set, a file, or a folder's files.

    Raises
    ------
    UsageError
        When there is no such file, or the folder holds none that can be read.
    """
    path = Path(name)
    if name in BUNDLED and not path.exists():
        return [name]
    if (path / _CONVENTION_FILE).is_file():
        return [name]
    if path.is_dir():
        found = sorted(
            str(p)
            for p in path.iterdir()
            if p.suffix.lower() in _SUFFIXES and not p.name.startswith(("~", "."))
        )
        if not found:
            raise UsageError(
                f"Le dossier « {name} » ne contient aucun fichier à charger ({', '.join(_SUFFIXES)})."
            )
        return found
    if not path.is_file():
        raise UsageError(f"« {name} » n’existe pas.")
    return [name]


@dataclass(frozen=True, slots=True)
class FileRequest:
    """One file to read, and what is known beside it.

    Attributes
    ----------
    path
        Path of the file, or the name of a bundled set.
    store
        Store the rows are meant for: it knows the contract and the territories already there.
    kind
        One of `KINDS`; None recognises the file by its content.
    vintage
        Vintage to declare when the file does not say it.
    contract
        Contract of the rows, when the store holds several.
    strict
        True promotes warnings to errors.
    """

    path: Path
    store: Store
    kind: str | None = None
    vintage: int | None = None
    contract: str | None = None
    strict: bool = False


def read(request: FileRequest) -> list[Batch]:
    """Return the batches of one file.

    Raises
    ------
    UsageError
        An unknown kind.
    InputFaultsError
        Every fault of the file.
    """
    chosen = request.kind or recognise(request.path)
    if chosen not in KINDS:
        raise UsageError(f"Nature « {chosen} » inconnue. Natures : {', '.join(KINDS)}.")
    batches = list(_READERS[chosen](request))
    for batch in batches:
        raise_on_errors(batch.warnings, strict=request.strict)
    return batches


def recognise(path: Path) -> str:
    """Return the kind of a file from its first bytes and its structure.

    Raises
    ------
    InputFaultsError
        When no loader knows it.
    """
    if str(path) in BUNDLED and not path.exists():
        return str(path)
    if (path / _CONVENTION_FILE).is_file():
        return "convention"
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK"):
        return "workbook"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return "perimeter" if b'"FeatureCollection"' in head or b'"Feature"' in head else "json"
    raise InputFaultsError(
        [
            Fault(
                "error",
                "unknown_format",
                "Ce fichier n’est d’aucun format connu.",
                path.name,
                expected="un classeur XLSX du modèle, un fichier JSON d’échange ou un GeoJSON",
                fix="Préciser sa nature avec --as.",
            )
        ]
    )


def _convention(request: FileRequest) -> Sequence[Batch]:
    from loaders.convention import load_convention
    from loaders.reference import reference_batch

    return [reference_batch(), load_convention(request.path if request.path.is_dir() else None)]


def _demonstration(_: FileRequest) -> Sequence[Batch]:
    from loaders.demonstration import load_demonstration

    return load_demonstration()


def _workbook(request: FileRequest) -> Sequence[Batch]:
    from loaders.workbook import known_of_store, read_workbook

    return [read_workbook(request.path, known_of_store(request.store, request.contract))]


def _json(request: FileRequest) -> Sequence[Batch]:
    from loaders.contract_json import read_contract_json

    return [read_contract_json(request.path)]


def _perimeter(request: FileRequest) -> Sequence[Batch]:
    from loaders.perimeter import read_perimeter

    return [read_perimeter(request.path, request.vintage)]


_READERS: dict[str, Callable[[FileRequest], Sequence[Batch]]] = {
    "convention": _convention,
    "demonstration": _demonstration,
    "workbook": _workbook,
    "json": _json,
    "perimeter": _perimeter,
}
