"""Which loader reads which file: by content, never by name alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graphmodel import Batch, Fault, InputFaultsError, Store, UsageError
from graphmodel.faults import raise_on_errors
from graphmodel.keys import territory_key

KINDS = (
    "convention", "demonstration", "workbook", "json",
    "admin-express", "qpv", "zrr", "cog", "epci", "banatic", "perimeter",
    "observation", "text", "scdl",
)  # fmt: skip
"""Kinds of `load --as`; the first two name bundled files."""

BUNDLED = ("convention", "demonstration")
SUFFIXES = (
    ".xlsx",
    ".xlsm",
    ".xls",
    ".ods",
    ".csv",
    ".tsv",
    ".txt",
    ".json",
    ".geojson",
    ".gpkg",
    ".shp",
    ".zip",
    ".docx",
)
_KEPT = 5_000_000
"""Bytes of a file from which on nothing of it stays in memory once it is loaded."""
_CONVENTION_FILE = "contract.yaml"
"""A folder that holds it is a convention, and one thing to load."""


def expand(name: str) -> list[str]:
    """Return the files that a name stands for: a bundled set, a file, or a folder's files.

    Raises
    ------
    UsageError
        When there is no such file, or the folder holds none that can be read.
    """
    if not name.strip():
        # An empty path means the current folder: a script whose variable is unset would load all of it.
        raise UsageError("Le nom du fichier est vide : donnez un fichier ou un dossier.")
    path = Path(name)
    if name in BUNDLED and not path.exists():
        return [name]
    if (path / _CONVENTION_FILE).is_file():
        return [name]
    if path.is_dir():
        found = sorted(
            str(p)
            for p in path.iterdir()
            if p.suffix.lower() in SUFFIXES and not p.name.startswith(("~", "."))
        )
        if not found:
            raise UsageError(
                f"Le dossier « {name} » ne contient aucun fichier à charger ({', '.join(SUFFIXES)})."
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
    said
        Filled by the reading: French sentences on how the file was read.
    after
        Filled by the reading: what to do once the file is written.
    """

    path: Path
    store: Store
    kind: str | None = None
    vintage: int | None = None
    contract: str | None = None
    strict: bool = False
    said: list[str] = field(default_factory=list)
    after: list[Callable[[], object]] = field(default_factory=list)


def read(request: FileRequest) -> list[Batch]:
    """Return the batches of one file.

    Raises
    ------
    UsageError
        An unknown kind.
    InputFaultsError
        Every fault of the file.
    """
    if request.kind is not None and request.kind not in KINDS:
        raise UsageError(f"Nature « {request.kind} » inconnue. Natures : {', '.join(KINDS)}.")
    try:
        chosen = request.kind or recognise(request.path)
        batches = list(_READERS[chosen](request))
    except OSError as error:
        from loaders.signature import unreadable

        raise unreadable(request.path) from error
    finally:
        if request.path.is_file() and request.path.stat().st_size > _KEPT:
            # A server would hold the whole file until another one is loaded.
            from loaders.tables import forget

            forget()
    for batch in batches:
        raise_on_errors(batch.warnings, strict=request.strict)
    return batches


def recognise(path: Path) -> str:
    """Return the kind of a file or a folder from what it holds.

    Raises
    ------
    InputFaultsError
        When no loader knows it.
    """
    if str(path) in BUNDLED and not path.exists():
        return str(path)
    if (path / _CONVENTION_FILE).is_file():
        return "convention"
    from loaders.recognition import recognise_content

    return recognise_content(path)


def _text(request: FileRequest) -> Sequence[Batch]:
    from loaders.convention_text import batch_of, known_parties, proposal_of

    proposal, sha256 = proposal_of(request.path)
    known = known_parties(request.store)
    return [batch_of(proposal, request.path, sha256, contract=request.contract, known=known)]


def needs_review(path: Path) -> bool:
    """Tell whether a file is the raw text of a convention: what is read in it is proposed, not loaded."""
    from loaders.convention_text import is_convention_text

    return path.is_file() and is_convention_text(path)


def _convention(request: FileRequest) -> Sequence[Batch]:
    from loaders.convention import load_convention
    from loaders.reference import reference_batch
    from loaders.successions import successions_batch

    convention = load_convention(request.path if request.path.is_dir() else None)
    return [reference_batch(), successions_batch(), convention]


def _demonstration(request: FileRequest) -> Sequence[Batch]:
    from loaders.demonstration import load_demonstration
    from loaders.overlap_rows import with_overlaps

    return with_overlaps(request.store, load_demonstration())


def _workbook(request: FileRequest) -> Sequence[Batch]:
    from loaders.mapping import memory_folder, reading_for
    from loaders.signature import refuse_others
    from loaders.workbook import known_of_store, read_workbook

    refuse_others(request.path)
    known = known_of_store(request.store, request.contract)
    found = reading_for(request.path, known, memory_folder(request.store))
    if found.said:
        request.said.append(f"{request.path.name} : {found.said}")
    batch = read_workbook(request.path, known, found.reading)
    if found.remember is not None:
        request.after.append(found.remember)
    return [batch]


def _scdl(request: FileRequest) -> Sequence[Batch]:
    from loaders.scdl import read_scdl
    from loaders.scdl.stored import organisations_of
    from loaders.workbook import known_of_store

    known = known_of_store(request.store, request.contract)
    contract = str(known.contract.get("id") or "")
    if not contract:
        message = "Aucun contrat n’est chargé : ces subventions n’ont pas à quoi se rattacher."
        fix = "Charger d’abord la convention : maillage load convention."
        raise InputFaultsError([Fault("error", "no_contract", message, request.path.name, fix=fix)])
    return [read_scdl(request.path, contract, known.years, organisations_of(request.store, contract))]


def _json(request: FileRequest) -> Sequence[Batch]:
    from loaders.contract_json import read_contract_json

    return [read_contract_json(request.path)]


def _observation(request: FileRequest) -> Sequence[Batch]:
    from loaders.observation import read_observation
    from loaders.workbook import known_of_store

    known = known_of_store(request.store, request.contract)
    return _with_reference(request, read_observation(request.path, known, request.vintage))


def _with_reference(request: FileRequest, batch: Batch) -> Sequence[Batch]:
    """Return a batch of territories, after the reference it names when the store does not hold it yet."""
    from geodata.territories import load_reference
    from loaders.reference import reference_batch
    from loaders.successions import successions_batch

    territories = load_reference()
    key = territory_key("region", territories.every("region")[0].code, territories.vintage)
    known = bool(request.store.read("Territory", [key]))
    return [batch] if known else [reference_batch(), successions_batch(), batch]


def _perimeter(request: FileRequest) -> Sequence[Batch]:
    from loaders.overlap_rows import with_overlaps
    from loaders.perimeter import read_perimeter

    batches = _with_reference(request, read_perimeter(request.path, request.vintage))
    return with_overlaps(request.store, batches)


def _admin_express(request: FileRequest) -> Sequence[Batch]:
    from loaders.admin_express import read_admin_express

    return _with_reference(request, read_admin_express(request.path, request.vintage))


def _qpv(request: FileRequest) -> Sequence[Batch]:
    from loaders.overlap_rows import with_overlaps
    from loaders.qpv import read_qpv

    batches = _with_reference(request, read_qpv(request.path, request.vintage))
    return with_overlaps(request.store, batches)


def _zrr(request: FileRequest) -> Sequence[Batch]:
    from loaders.zrr import read_zrr

    return _with_reference(request, read_zrr(request.path, request.vintage))


def _cog(request: FileRequest) -> Sequence[Batch]:
    from loaders.cog import read_cog

    return _with_reference(request, read_cog(request.path, request.vintage))


def _epci(request: FileRequest) -> Sequence[Batch]:
    from loaders.groupings import read_groupings

    return _with_reference(request, read_groupings(request.path, request.vintage))


def _banatic(request: FileRequest) -> Sequence[Batch]:
    from loaders.banatic import read_banatic
    from loaders.sirens import codes_by_siren

    sirens = codes_by_siren(request.store)
    return _with_reference(request, read_banatic(request.path, request.vintage, sirens))


_READERS: dict[str, Callable[[FileRequest], Sequence[Batch]]] = {
    "convention": _convention,
    "demonstration": _demonstration,
    "workbook": _workbook,
    "json": _json,
    "scdl": _scdl,
    "admin-express": _admin_express,
    "qpv": _qpv,
    "zrr": _zrr,
    "cog": _cog,
    "epci": _epci,
    "banatic": _banatic,
    "perimeter": _perimeter,
    "observation": _observation,
    "text": _text,
}
