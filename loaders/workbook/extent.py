"""Look at a workbook before anything reads it whole: is it one, how large, where are its cells.

A single stray cell in XFD1048576, or a reference that is none, makes a reader of spreadsheets take gigabytes
or stop the whole process; so the sheets' XML is scanned first, in pieces, with a bound on what is unpacked.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders.workbook.trouble import figures

MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_AREA = 5_000_000
"""Cells of the rectangle that holds a sheet's cells, the empty ones included."""
MAX_UNPACKED = 400_000_000
"""Bytes of all parts of the file once unpacked."""

_PIECE = 1 << 20
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What reading a zip raises when it is damaged, locked, or packed in an unknown way."""

_OLE = b"\xd0\xcf\x11\xe0"
_MARK = re.compile(rb'<(?:\w+:)?(c|dimension)\s(?:[^>]*?\s)?(?:r|ref)="([^"]*)"')
_CELL = re.compile(rb"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def check_extent(path: Path) -> None:
    """Refuse a file that is no workbook, or that is too large to be one of ours.

    Raises
    ------
    InputFaultsError
        Not a workbook, locked, damaged, larger than `MAX_UNPACKED` once unpacked, a cell beyond `MAX_ROWS` or
        `MAX_COLUMNS`, a rectangle beyond `MAX_AREA`, a reference that is none.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == _OLE:
        raise _refused(
            path, "locked_workbook", "Ce classeur est protégé par un mot de passe, ou d’un ancien format.",
            "L’enregistrer sans mot de passe au format XLSX.",
        )  # fmt: skip
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(path, archive)
    except DAMAGE as error:
        raise _refused(
            path, "damaged_workbook", "Ce fichier n’est pas un classeur XLSX lisible.",
            "L’ouvrir dans un tableur et l’enregistrer de nouveau au format XLSX.",
        ) from error  # fmt: skip


def _check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise zipfile.BadZipFile("no workbook")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _refused(
            path, "too_large", "Ce classeur est démesuré une fois décompressé.",
            f"En enlever ce qui n’est pas du modèle : au plus {MAX_UNPACKED // 1_000_000} Mo décompressés.",
        )  # fmt: skip
    for part in parts:
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            _check_sheet(path, archive, part)
        else:
            # Reading to the end checks the declared size and the checksum, on which the bound rests.
            for _ in pieces(archive, part):
                pass


def _check_sheet(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    rows = columns = 0
    for reference in _references(archive, part):
        for corner in reference.split(b":"):
            found = _CELL.fullmatch(corner)
            if found is None:
                raise _refused(
                    path, "malformed_reference",
                    f"Le classeur contient une référence de cellule illisible : « {_text(reference)} ».",
                    "L’ouvrir dans un tableur et l’enregistrer de nouveau.",
                )  # fmt: skip
            rows = max(rows, int(found[2]))
            columns = max(columns, column_number(found[1]))
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_AREA:
        raise _refused(
            path, "extent",
            f"Une feuille s’étend jusqu’à la ligne {figures(rows)} et à la colonne "
            f"{figures(columns)} : au plus {figures(MAX_ROWS)} lignes, {MAX_COLUMNS} colonnes "
            f"et {figures(MAX_AREA)} cases en tout.",
            "Supprimer (et non effacer) les lignes et colonnes vides au-delà des données, puis enregistrer.",
        )  # fmt: skip


def _references(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the references of cells and of the dimension of a sheet, reading it in pieces."""
    rest = b""
    for piece in pieces(archive, part):
        text = rest + piece
        cut = text.rfind(b"<")
        for found in _MARK.finditer(text, 0, cut):
            yield found[2]
        rest = text[cut:]
    for found in _MARK.finditer(rest):
        yield found[2]


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part of an archive, in pieces."""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(reference: bytes) -> str:
    return reference[:40].decode("utf-8", "replace")


def _refused(path: Path, code: str, message: str, fix: str) -> InputFaultsError:
    return InputFaultsError([Fault("error", code, message, path.name, fix=fix)])
