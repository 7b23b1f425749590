"""ZIP archives of official files: looked at before anything is unpacked."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from graphmodel import Fault, InputFaultsError
from graphmodel.french import number

MAX_MEMBERS = 2_000
MAX_UNPACKED = 2_000_000_000
"""Bytes of all members once unpacked."""
MAX_RATIO = 200
"""Times a member may grow when unpacked; official files grow five to twenty times."""

_SMALL = 10_000_000
"""Bytes under which the ratio does not matter."""
_PIECE = 1 << 20
_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_WINDOWS_DRIVE = re.compile(r"^[A-Za-z]:")


def is_zip(path: Path) -> bool:
    """Tell whether a file is a ZIP archive, by its first bytes."""
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def member_names(path: Path) -> list[str]:
    """Return the names of the members of an archive, nothing unpacked.

    Raises
    ------
    InputFaultsError
        The archive is damaged, or is none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise _damaged(path) from error


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """Unpack an archive into a temporary folder and yield its files, sorted; the folder goes afterwards.

    Raises
    ------
    InputFaultsError
        Damaged or locked archive, a member whose path leaves the folder, a symbolic link, more members, more
        bytes or a larger growth than the limits above; every such fault at once.
    """
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        root = Path(folder)
        try:
            with zipfile.ZipFile(path) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                _check(path, members)
                for member in members:
                    _unpack(archive, member, root)
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            zlib.error,
        ) as error:
            raise _damaged(path) from error
        yield sorted(p for p in root.rglob("*") if p.is_file() and not p.name.startswith("."))


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, root: Path) -> None:
    """Write one member under `root`; no more bytes than it declares are ever read."""
    target = root.joinpath(*PurePosixPath(member.filename.replace("\\", "/")).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as sink:
        while piece := source.read(_PIECE):
            sink.write(piece)


def _check(path: Path, members: list[zipfile.ZipInfo]) -> None:
    faults = [fault for member in members if (fault := _member_fault(path, member))]
    if len(members) > MAX_MEMBERS:
        said = f"L’archive contient {len(members)} fichiers : au plus {MAX_MEMBERS}."
        faults.append(Fault("error", "too_many_members", said, path.name))
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        said = f"L’archive occupe {number(total // 1_000_000)} Mo une fois décompressée : au plus "
        said += f"{number(MAX_UNPACKED // 1_000_000)} Mo."
        fix = "Décompressez-la et ne donnez que la couche utile."
        faults.append(Fault("error", "too_large", said, path.name, fix=fix))
    if faults:
        raise InputFaultsError(faults)


def _member_fault(path: Path, member: zipfile.ZipInfo) -> Fault | None:
    """Return what forbids to unpack a member; None when nothing does."""
    name = member.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    escapes = name.startswith("/") or ".." in parts or bool(_WINDOWS_DRIVE.match(name)) or "\0" in name
    link = (member.external_attr >> 16) & 0o170000 == 0o120000
    if escapes or link:
        said = "L’archive contient un chemin qui sort de son dossier : elle n’est pas ouverte."
        return Fault("error", "escaping_path", said, path.name, value=member.filename[:200],
                     fix="Refaire l’archive à partir des fichiers d’origine.")  # fmt: skip
    if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
        said = "L’archive contient un fichier démesuré une fois décompressé : elle n’est pas ouverte."
        return Fault("error", "zip_bomb", said, path.name, value=member.filename[:200],
                     expected=f"au plus {MAX_RATIO} fois la taille comprimée")  # fmt: skip
    return None


def _damaged(path: Path) -> InputFaultsError:
    if path.suffix.lower() in _WORKBOOKS:
        said = "Ce classeur est abîmé ou protégé par un mot de passe."
        fix = "Demander un nouvel envoi, ou l’enregistrer de nouveau sans mot de passe dans un tableur."
    else:
        said = "Cette archive ZIP est abîmée ou protégée par un mot de passe."
        fix = "La télécharger de nouveau."
    return InputFaultsError([Fault("error", "damaged_archive", said, path.name, fix=fix)])
