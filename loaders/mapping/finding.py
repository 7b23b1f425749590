"""Which mapping a file is read with: the one beside it, the one remembered, else one to be reviewed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graphmodel import Fault, InputFaultsError
from loaders.mapping.applying import reading_of
from loaders.mapping.mapping_file import SUFFIX, read_mapping, write_mapping
from loaders.mapping.memory import recall, remember
from loaders.mapping.model import FileMapping
from loaders.mapping.proposal import propose
from loaders.workbook.book import open_book
from loaders.workbook.known import Known
from loaders.workbook.layouts import Reading, bare_reading, lost_readme, readme_of

_LISTED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """How a file is read.

    Attributes
    ----------
    reading
        None for a copy of the template, which says it itself.
    said
        French sentence on the mapping used; empty without one.
    remember
        Keeps the mapping for the next time; to be called once the file is written.
    """

    reading: Reading | None = None
    said: str = ""
    remember: Callable[[], object] | None = None


def reading_for(path: Path, known: Known, folder: Path) -> Found:
    """Return how a file is read.

    Parameters
    ----------
    path
        The file.
    known
        What the store holds.
    folder
        Where mappings are remembered; see `memory_folder`.

    Raises
    ------
    InputFaultsError
        No mapping is known: one is proposed, written beside the file, and what to do with it is said. Or the
        one beside the file is not finished.
    """
    book = open_book(path)
    if readme_of(book) is not None or lost_readme(book):
        return Found()
    beside = draft_path(path)
    if beside.exists():
        mapping = read_mapping(beside)
        _check_finished(beside, mapping)
        said = f"Lu avec la correspondance {beside.name} (« {mapping.sender} »)."
        return Found(reading_of(book, mapping, known), said, lambda: remember(mapping, folder))
    kept = recall(book, folder)
    if kept is not None:
        said = f"Lu avec la correspondance retenue de « {kept.sender} »."
        return Found(reading_of(book, kept, known), said)
    bare = bare_reading(book)
    if bare is not None:
        return Found(bare)
    raise InputFaultsError([_proposed(path, propose(book, known))])


def draft_path(path: Path) -> Path:
    """Return where the mapping of a file is drafted: beside it."""
    return path.with_name(path.name + SUFFIX)


def _check_finished(beside: Path, mapping: FileMapping) -> None:
    left = list(mapping.to_say())
    if mapping.reviewed and not left:
        return
    more = f" et {len(left) - _LISTED} autres" if len(left) > _LISTED else ""
    what = f" Reste à dire : {' ; '.join(left[:_LISTED])}{more}." if left else ""
    steps = ["Compléter les « ? »."] if left else []
    if not mapping.reviewed:
        steps.append("Relire le fichier, puis y écrire « relue: oui ».")
    message = f"Cette correspondance n’est pas terminée.{what}"
    raise InputFaultsError([Fault("error", "mapping_to_review", message, beside.name, fix=" ".join(steps))])


def _proposed(path: Path, mapping: FileMapping | None) -> Fault:
    """Write the mapping proposed beside the file, and return the fault that says what to do with it."""
    message = "Ce fichier ne suit pas le modèle."
    if mapping is None:
        return Fault(
            "error", "not_our_template", f"{message} Aucune de ses colonnes n’est reconnue.", path.name,
            expected="un classeur du modèle", fix="Partir du modèle : maillage template FICHIER.xlsx.",
        )  # fmt: skip
    beside = draft_path(path)
    try:
        write_mapping(beside, mapping, path.name)
    except OSError:
        fix = f"Rien ne peut être écrit dans {path.parent} : copier le fichier ailleurs, puis recommencer."
        return Fault("error", "mapping_needed", message, path.name, fix=fix)
    titles = {(sheet.source, title) for sheet in mapping.sheets for title in sheet.columns}
    read = {
        (sheet.source, title)
        for sheet in mapping.sheets
        for title, target in sheet.columns.items()
        if target in {column.header for column in sheet.sheet.columns}
    }
    many = "s" if len(read) > 1 else ""
    counted = f"{len(read)} colonne{many} reconnue{many} sur {len(titles)}"
    fix = f"Relire et compléter {beside.name}, y écrire « relue: oui », puis relancer la même commande."
    return Fault(
        "error", "mapping_needed",
        f"{message} Une correspondance est proposée dans {beside.name} ({counted}).", path.name, fix=fix,
    )  # fmt: skip
