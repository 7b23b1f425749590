"""Workbooks whose extent cannot be looked at first (XLS, ODS), read in a process of their own."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from graphmodel import Fault, InputFaultsError
from loaders.cells_apart import Page

MAX_BYTES = 60_000_000
_SECONDS = 120
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds a workbook under a password, in the container's directory."""


def is_old_workbook(path: Path) -> bool:
    """Tell whether a file has the container of old workbooks, by its first bytes."""
    with path.open("rb") as stream:
        return stream.read(4) == _OLE


def is_locked(path: Path) -> bool:
    """Tell whether a file is a recent workbook under a password: it then has the old container."""
    if not is_old_workbook(path) or path.stat().st_size > MAX_BYTES:
        return False
    return _LOCKED in path.read_bytes()


def locked_fault(path: Path) -> Fault:
    """Return the fault of a workbook under a password."""
    return Fault(
        "error", "locked_workbook", "Ce classeur est protégé par un mot de passe.", path.name,
        fix="L’ouvrir dans un tableur et l’enregistrer sans mot de passe.",
    )  # fmt: skip


def read_old_workbook(path: Path) -> list[Page]:
    """Return the sheets of an XLS or ODS workbook.

    Raises
    ------
    InputFaultsError
        Too large, locked, damaged, or more than the memory or the time allowed.
    """
    if is_locked(path):
        raise InputFaultsError([locked_fault(path)])
    if path.stat().st_size > MAX_BYTES:
        raise _refused(path, f"Ce classeur dépasse {MAX_BYTES // 1_000_000} Mo.")
    try:
        return _read_apart(path)
    except (OSError, subprocess.SubprocessError, EOFError, pickle.UnpicklingError) as error:
        said = "Ce classeur ne peut pas être lu : abîmé, démesuré ou protégé par un mot de passe."
        raise _refused(path, said) from error


def _read_apart(path: Path) -> list[Page]:
    """Return the sheets as a Python of its own reads them: a crash there is only its exit code here."""
    command = [sys.executable, "-m", "loaders.cells_apart", str(path.resolve())]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, env=environment)
    return [Page(*page) for page in pickle.loads(done.stdout)]


def _refused(path: Path, message: str) -> InputFaultsError:
    fix = "L’enregistrer au format XLSX, sans mot de passe."
    return InputFaultsError([Fault("error", "damaged_workbook", message, path.name, fix=fix)])
