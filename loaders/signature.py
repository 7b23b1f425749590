"""What a file is when it is nothing that can be loaded: empty, a PDF, a letter, a picture, a web page."""

from pathlib import Path

from graphmodel import Fault, InputFaultsError
from loaders.archives import is_zip, member_names
from loaders.old_workbooks import is_locked, locked_fault

_HEAD = 4096
_SHEET = "l’enregistrer au format XLSX ou CSV"
_TYPED = "Recopier ses données dans le modèle : maillage template FICHIER.xlsx."
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "un document PDF", _TYPED),
    (b"{\\rtf", "un document RTF", _TYPED),
    (b"\x89PNG", "une image", _TYPED),
    (b"\xff\xd8\xff", "une image", _TYPED),
    (b"GIF8", "une image", _TYPED),
    (b"Rar!", "une archive RAR", "En extraire les fichiers, puis les charger."),
    (b"7z\xbc\xaf", "une archive 7-Zip", "En extraire les fichiers, puis les charger."),
    (b"\x1f\x8b", "une archive GZIP", "En extraire les fichiers, puis les charger."),
)
"""First bytes, what the file is, how to mend it."""

_PAGES = (b"<!doctype html", b"<html", b"<table")
_PARTS = (
    ("word/document.xml", "un document Word"),
    ("ppt/presentation.xml", "une présentation"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "un document texte",
    b"application/vnd.oasis.opendocument.presentation": "une présentation",
}


def refuse_others(path: Path) -> None:
    """Refuse a file that is certainly no data, whatever its name says.

    Raises
    ------
    InputFaultsError
        Empty, locked, or of a kind that no loader reads; one sentence says which.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise unreadable(path) from error
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        message = "Ce fichier est vide."
        fix = "Demander un nouvel envoi, ou l’enregistrer de nouveau."
        raise InputFaultsError([Fault("error", "empty_file", message, path.name, fix=fix)])
    for mark, what, fix in _MARKS:
        if head.startswith(mark):
            raise _refused(path, what, fix)
    if head.lstrip().lower().startswith(_PAGES):
        raise _refused(path, "une page web", f"L’ouvrir dans un tableur et {_SHEET}.")
    if is_zip(path):
        _refuse_documents(path, head)
    elif is_locked(path):
        raise InputFaultsError([locked_fault(path)])


def unreadable(path: Path) -> InputFaultsError:
    """Return the error of a file that the system does not let read."""
    message = "Ce fichier ne peut pas être lu : un autre programme le tient ouvert, ou il est protégé."
    fix = "Le fermer dans le tableur, ou demander le droit de le lire, puis recommencer."
    return InputFaultsError([Fault("error", "unreadable_file", message, path.name, fix=fix)])


def _refuse_documents(path: Path, head: bytes) -> None:
    for kind, what in _OPEN_DOCUMENT.items():
        if kind in head[:200]:
            raise _refused(path, what, _TYPED)
    names = set(member_names(path))
    for part, what in _PARTS:
        if part in names:
            raise _refused(path, what, _TYPED)


def _refused(path: Path, what: str, fix: str) -> InputFaultsError:
    message = f"Ce fichier est {what} : il n’y a rien à y lire."
    return InputFaultsError([Fault("error", "not_data", message, path.name, fix=fix)])
