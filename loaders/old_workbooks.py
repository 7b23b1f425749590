"""Workbooks of the old format (XLS), read in a process of their own with bounded memory.

A malformed one can make its reader take gigabytes, or stop the whole process rather than raise.
"""

import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from graphmodel import Fault, InputFaultsError

MAX_BYTES = 60_000_000
MEMORY = 3_000_000_000
"""Bytes of address space the reading process may take, where the system can bound it."""
_SECONDS = 120
_OLE = b"\xd0\xcf\x11\xe0"

Grids = dict[str, Sequence[Sequence[object]]]
"""Cells of each sheet, by name."""


def is_old_workbook(path: Path) -> bool:
    """Tell whether a file has the container of old workbooks, by its first bytes."""
    with path.open("rb") as stream:
        return stream.read(4) == _OLE


def read_old_workbook(path: Path) -> Grids:
    """Return the cells of the sheets of an XLS workbook, by name.

    Raises
    ------
    InputFaultsError
        Too large, locked, damaged, or more than the memory or the time allowed.
    """
    if path.stat().st_size > MAX_BYTES:
        raise _refused(path, f"Ce classeur dépasse {MAX_BYTES // 1_000_000} Mo.")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_bound) as pool:
        try:
            return pool.submit(_read, str(path)).result(timeout=_SECONDS)
        except (BrokenProcessPool, CalamineError, MemoryError, OSError, TimeoutError, ValueError) as error:
            said = "Ce classeur XLS ne peut pas être lu : abîmé, démesuré ou protégé par un mot de passe."
            raise _refused(path, said) from error


def _bound() -> None:
    """Bound the memory of the reading process, where the system knows how."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(path: str) -> Grids:
    with CalamineWorkbook.from_path(path) as book:
        try:
            return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                    for name in book.sheet_names}  # fmt: skip
        except CalamineError as error:
            raise ValueError(str(error)) from None


def _refused(path: Path, message: str) -> InputFaultsError:
    fix = "L’enregistrer au format XLSX, sans mot de passe."
    return InputFaultsError([Fault("error", "damaged_workbook", message, path.name, fix=fix)])
