"""The folder of a meeting on the disk: made beside, by several processes, then put in place whole."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from dashboards.evaluations import kept_at
from dashboards.pack.bench import Bench, Made, Origin
from dashboards.pack.contents import Contents, Order
from dashboards.pack.index import INDEX, index_page, is_index
from graphmodel import MaillageError, UsageError

Say = Callable[[str], None]
_AT_WORK: dict[Origin, Bench] = {}
"""The bench of this process, made at its first piece."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A folder that was made.

    Attributes
    ----------
    folder
        Where it stands.
    files
        Paths relative to the folder and sizes in bytes, the index first.
    absent
        What is not there, and why: name, reason.
    """

    folder: Path
    files: tuple[tuple[str, int], ...]
    absent: tuple[tuple[str, str], ...]


def write_pack(
    bench: Bench, origin: Origin, contents: Contents, folder: Path, command: str, say: Say, workers: int = 0
) -> Packed:
    """Write the folder of a meeting; either all of it stands at the end, or what was there before.

    Parameters
    ----------
    bench
        Of this process: its graph and its evaluation, computed.
    origin
        Where other processes read the same.
    contents
        What to write.
    folder
        Where; absent, empty, or an earlier folder of the same kind, which is then replaced.
    command
        What makes it again, printed in the index.
    say
        Told each piece as it is done.
    workers
        Processes; 0 for as many as the machine offers, 4 at most.

    Raises
    ------
    UsageError
        A folder that holds something else.
    MaillageError
        A page that would be wrong; nothing is left behind.
    """
    check_folder(folder)
    with _beside(folder) as fresh:
        made = list(_made(bench, origin, contents.orders, fresh, say, workers))
        done = {one.order: one for one in made}
        refused = [(o.title, str(done[o].refusal)) for o in contents.orders if done[o].refusal is not None]
        orders = [order for order in contents.orders if done[order].refusal is None]
        absent = (*contents.absent, *refused)
        sizes = {path: (fresh / path).stat().st_size for order in orders for path in order.paths}
        page = index_page(bench, contents.meeting, orders, sizes, absent, command)
        (fresh / INDEX).write_text(page, encoding="utf-8", newline="\n")
        _put(fresh, folder)
    size = (folder / INDEX).stat().st_size
    return Packed(folder, ((INDEX, size), *sorted(sizes.items())), absent)


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds something else than an earlier pack, before anything is computed.

    Raises
    ------
    UsageError
        A file of that name, or a folder with other content.
    """
    if folder.is_dir():
        if any(folder.iterdir()) and not is_index(folder / INDEX):
            raise UsageError(f"« {folder} » contient autre chose : choisissez un dossier neuf ou vide.")
    elif folder.exists():
        raise UsageError(f"« {folder} » est un fichier : choisissez un dossier.")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a new folder on the same disk; whatever happens it does not outlive the writing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(fresh: Path, folder: Path) -> None:
    """Move a finished folder to its name; an earlier one goes only once the new one stands."""
    # A private folder is what the temporary one was made as; what leaves is read by others.
    fresh.chmod(0o755)
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    folder.rename(old / "old")
    try:
        fresh.rename(folder)
    except OSError:
        (old / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _made(
    bench: Bench, origin: Origin, orders: Sequence[Order], fresh: Path, say: Say, workers: int
) -> Iterator[Made]:
    """Yield the pieces as they are made, here or in other processes."""
    wanted = min(workers or _processors(), 4, len(orders))
    # Without the evaluation on the disk each process would compute it again.
    alone = wanted < 2 or not kept_at(bench.graph, bench.evaluation.mode).exists()
    for rank, made in enumerate(
        (bench.make(order, fresh) for order in orders)
        if alone
        else _by_processes(origin, orders, fresh, wanted),
        start=1,
    ):
        say(f"{rank}/{len(orders)} {made.order.title}" + (" : non écrite" if made.refusal else ""))
        yield made


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _by_processes(origin: Origin, orders: Sequence[Order], fresh: Path, wanted: int) -> Iterator[Made]:
    # A forked process would share the store's connection and the console's threads.
    with ProcessPoolExecutor(wanted, mp_context=get_context("spawn")) as pool:
        waited = [pool.submit(_work, origin, order, fresh) for order in orders]
        try:
            for future in as_completed(waited):
                yield future.result()
        except BrokenProcessPool as error:
            raise MaillageError(
                "Un des processus qui dessinent s’est arrêté, faute de mémoire peut-être ; rien n’est écrit."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _work(origin: Origin, order: Order, fresh: Path) -> Made:
    """Make a piece in another process."""
    if origin not in _AT_WORK:
        _AT_WORK[origin] = Bench.at(origin)
    return _AT_WORK[origin].make(order, fresh)
