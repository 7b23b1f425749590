"""The evaluation that pages, sheets and the report show: computed once per content and mode, kept on disk.

The whole catalogue takes tens of seconds. What computes it is another process, so that pages stay swift; what
it finds is a file of the user's cache that every worker and every command reads: all show the same figures.
"""

import hashlib
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary
from zlib import compress, decompress, error

import pandas as pd
import platformdirs

import graphmodel
from dashboards.mode import current_mode
from graphmodel import ContractGraph
from graphmodel.decisions.basket import LABEL as BASKET_LABEL
from graphmodel.evaluation import Evaluation, evaluate_contract
from graphmodel.indicators.context import EvaluationContext
from graphmodel.schema import SCHEMA
from graphmodel.secrecy import Mode

KEPT_FILES: Final = 24
"""Evaluations kept on disk; the oldest go."""
BEAT_S: Final = 2.0
"""Seconds between two signs of life of a process that computes."""
LOST_AFTER_S: Final = 20.0
"""Seconds without a sign of life after which another process takes over."""
RETRY_AFTER_S: Final = 30.0
"""Seconds after which a computation that failed is tried again: the store may have been mended."""
NICENESS: Final = 5
"""How much a computing process gives way to those that answer pages."""
UNREAD: Final = (BASKET_LABEL, "Remark")
"""Labels that no indicator reads."""
UNREAD_COLUMNS: Final = {"Meeting": ("agenda",)}
UNREADABLE: Final = (
    OSError, error, pickle.UnpicklingError, EOFError, TypeError, AttributeError, ImportError, ValueError,
    LookupError, RecursionError,
)  # fmt: skip
"""What reading a damaged file may end in: it is then computed again."""
_FIELDS: Final = ("mode", "values", "adjusted", "tallies", "answers", "double_count")
_FAILED: Final = "Les indicateurs n’ont pas pu être calculés ; le détail est dans le journal du serveur."
_DIGESTS: WeakKeyDictionary[ContractGraph, str] = WeakKeyDictionary()


def evaluation_of(graph: ContractGraph, mode: Mode = "working") -> Evaluation:
    """Return the whole evaluation of a contract, from the disk when it was computed before.

    Parameters
    ----------
    graph
        Snapshot of one contract, of all its years.
    mode
        What the result is for.
    """
    path = kept_at(graph, mode)
    known = _read(path, graph)
    if known is not None:
        return known
    evaluation = evaluate_contract(graph, None, mode)
    keep(evaluation, path)
    return evaluation


def evaluations_folder() -> Path:
    """Return the folder where evaluations are kept; it can be emptied at any time."""
    return Path(platformdirs.user_cache_dir("maillage", appauthor=False)) / "evaluations"


def kept_at(graph: ContractGraph, mode: Mode) -> Path:
    """Return the file of an evaluation: named after the content, the mode and the code that computes it."""
    sign = hashlib.sha256(f"{content_digest(graph)} {mode} {_code_digest()}".encode()).hexdigest()
    return evaluations_folder() / f"{sign[:40]}.evaluation"


def content_digest(graph: ContractGraph) -> str:
    """Return a text that is the same for two snapshots of the same content, whatever their store.

    What no figure rests on is left out: additions to the report, and remarks, so that what is taken down in a
    meeting does not send everybody back to wait.
    """
    known = _DIGESTS.get(graph)
    if known is None:
        sign = hashlib.sha256()
        for table, frame in graph.frames.items():
            part = _read_part(table, frame)
            if not part.empty:  # an empty table may be read with its columns or without
                sign.update(f"{table}\n{part.to_csv()}".encode())
        known = _DIGESTS[graph] = sign.hexdigest()
    return known


def _read_part(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the part of a table that indicators may read."""
    if table in UNREAD:
        return frame.iloc[:0]
    if "source" in frame and "target" in frame:
        marks = tuple(f"/{SCHEMA.nodes[label].segment}/" for label in UNREAD)
        return frame[~frame["source"].astype(str).map(lambda key: any(mark in key for mark in marks))]
    return frame.drop(columns=[name for name in UNREAD_COLUMNS.get(table, ()) if name in frame])


@lru_cache(maxsize=1)
def _code_digest() -> str:
    """Return the digest of the package that computes: a changed formula never reads an older result."""
    root = Path(graphmodel.__file__).parent
    sign = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            sign.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return sign.hexdigest()


def keep(evaluation: Evaluation, path: Path) -> None:
    """Write an evaluation for the next reader; a full or closed disk only costs the next computation."""
    kept = {name: getattr(evaluation, name) for name in _FIELDS}
    content = compress(pickle.dumps(kept, protocol=5), 1)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A reader never sees half a file, and nobody else may read what secrecy covers.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(path)
        files = sorted(path.parent.glob("*.evaluation"), key=lambda file: file.stat().st_mtime)
        for old in files[:-KEPT_FILES]:
            old.unlink(missing_ok=True)


class _Reader(pickle.Unpickler):
    """Reads nothing but our own types: a file somebody else put there runs nothing."""

    def find_class(self, module: str, name: str) -> Any:
        if module.split(".")[0] != "graphmodel" or "." in name:
            raise pickle.UnpicklingError(f"{module}.{name}")
        found = super().find_class(module, name)
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _read(path: Path, graph: ContractGraph) -> Evaluation | None:
    """Return what a file holds; None when there is none, or it cannot be read."""
    try:
        kept = _Reader(BytesIO(decompress(path.read_bytes()))).load()
        return Evaluation(context=EvaluationContext(graph), **kept)
    except UNREADABLE:
        return None


class Evaluations:
    """The evaluation of the snapshot a page shows, without ever making the page wait.

    Parameters
    ----------
    mode
        Tells what the pages are for.
    """

    def __init__(self, mode: Callable[[], Mode] = current_mode) -> None:
        self._mode = mode
        self._lock = threading.Lock()
        self._known: dict[Path, Evaluation] = {}
        self._given: Evaluation | None = None
        self._process: BaseProcess | None = None
        self._failed: tuple[Path, float] | None = None

    @classmethod
    def of(cls, evaluation: Evaluation) -> "Evaluations":
        """Return one that knows a single evaluation, of whatever snapshot it is asked."""
        made = cls(lambda: evaluation.mode)
        made._given = evaluation
        return made

    def ready(self, graph: ContractGraph) -> Evaluation | None:
        """Return the evaluation of a snapshot in the mode of the pages.

        None while it is being computed, by this process's child or by that of another worker; the first who
        asks starts it.
        """
        if self._given is not None:
            return self._given
        path = kept_at(graph, self._mode())
        with self._lock:
            if path not in self._known:
                self._follow(path, graph)
            return self._known.get(path)

    def failure(self) -> str | None:
        """Return the sentence to show when the last computation failed; None otherwise."""
        return _FAILED if self._failed is not None else None

    def _follow(self, path: Path, graph: ContractGraph) -> None:
        found = _read(path, graph)
        if found is not None:
            self._known = {path: found}  # one version at a time: it is the heaviest thing a worker holds
            self._failed = None
            return
        if self._process is not None:
            if self._process.is_alive():
                return
            # It ended and left nothing: an error, or a disk that takes no file.
            self._failed = (path, time.monotonic())
            self._process = None
        if not self._just_failed(path) and not _being_computed(path):
            self._process = get_context("spawn").Process(
                target=_compute, args=(graph, self._mode(), path), daemon=True
            )
            self._process.start()

    def _just_failed(self, path: Path) -> bool:
        if self._failed is None or self._failed[0] != path:
            return False
        return time.monotonic() - self._failed[1] < RETRY_AFTER_S


def _compute(graph: ContractGraph, mode: Mode, path: Path) -> None:
    """Compute an evaluation and keep it; the work of the other process."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    sign = _sign_of(path)
    sign.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_S):
            with suppress(OSError):
                sign.touch()

    sign.touch()
    threading.Thread(target=beat, daemon=True).start()
    try:
        keep(evaluate_contract(graph, None, mode), path)
    finally:
        ended.set()
        sign.unlink(missing_ok=True)


def _sign_of(path: Path) -> Path:
    return path.with_suffix(".computing")


def _being_computed(path: Path) -> bool:
    """Tell whether another process is computing this evaluation and still lives."""
    try:
        return time.time() - _sign_of(path).stat().st_mtime < LOST_AFTER_S
    except OSError:
        return False
