"""What one run of the program shares: the store, the contract, the words it says."""

import getpass
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from graphmodel import Selection, Store, StoreUnavailableError, UsageError, open_store
from graphmodel.stores.frozen import unfold


@dataclass(slots=True)
class Session:
    """Options common to every command.

    Attributes
    ----------
    store
        URL or path given by `--store`; None when absent.
    contract
        Identifier given by `--contract`.
    at
        Name of a frozen version.
    quiet
        True says nothing but results and errors.
    """

    store: str | None = None
    contract: str | None = None
    at: str | None = None
    quiet: bool = False

    def store_url(self) -> str:
        """Return the store's URL: the option, else `MAILLAGE_STORE`, else the user's data folder."""
        return self.store or os.environ.get("MAILLAGE_STORE") or f"sqlite:///{default_store()}"

    def no_store(self) -> str | None:
        """Return what to say when nobody named a store and the default one does not exist; None otherwise."""
        path = default_store()
        if self.store or os.environ.get("MAILLAGE_STORE") or path.exists():
            return None
        said = f"Aucune base n’est nommée, et la base par défaut « {path} » n’existe pas encore. "
        if demo_store().exists():
            said += f"Celle de la démonstration existe : ajoutez --store {shlex.quote(str(demo_store()))}. "
        return said + "Pour en commencer une : maillage load convention, puis vos fichiers."

    def open(self, *, create: bool = False, write: bool = False) -> Store:
        """Open the store of this run, or the frozen version that `--at` names.

        Parameters
        ----------
        create
            True makes the store when it is absent, to write to it.
        write
            True for a command that writes: a frozen version never changes.

        Raises
        ------
        UsageError
            When `--at` names a version that was never frozen, or stands on a command that writes.
        StoreUnavailableError
            When there is no store to read; see `no_store`.
        """
        if self.at is not None and (create or write):
            raise UsageError("--at lit une version figée, qui ne change plus : retirez-le pour écrire.")
        if self.at is not None:
            return self._open_frozen(self.at)
        missing = None if create else self.no_store()
        if missing is not None:
            raise StoreUnavailableError(missing)
        return open_store(self.store_url(), create=create)

    def _open_frozen(self, name: str) -> Store:
        path, url = self._unfolded(name)
        store = open_store(path)
        # What a person is told is the store it comes from, not the copy it is read in.
        store.url = url
        return store

    def _unfolded(self, name: str) -> tuple[Path, str]:
        """Return the file that a frozen version is read in, and the URL of the store that keeps it."""
        missing = self.no_store()
        if missing is not None:
            raise StoreUnavailableError(missing)
        with open_store(self.store_url()) as store:
            try:
                return unfold(store, name, cache_folder()), store.url
            except OSError:
                return unfold(store, name, Path(tempfile.mkdtemp(prefix="maillage-"))), store.url

    def served_url(self) -> str:
        """Return the URL that the dashboard reads: the store's, or the copy of the version `--at` names."""
        return self.store_url() if self.at is None else f"sqlite:///{self._unfolded(self.at)[0]}"

    def author(self, given: str, said: str = "") -> str:
        """Return who declares a load.

        `--author`, else `MAILLAGE_AUTHOR`, else who the files say they are by, else this machine's account.
        """
        declared = self.declared_author(given) or said
        if declared:
            return declared
        try:
            return f"{getpass.getuser()} (compte de l’ordinateur)"
        except (OSError, KeyError, ImportError):
            return "compte inconnu"

    def declared_author(self, given: str) -> str:
        """Return who signs a decision: `--author`, else `MAILLAGE_AUTHOR`; empty when nobody is named."""
        return given.strip() or os.environ.get("MAILLAGE_AUTHOR", "").strip()

    def selection(self) -> Selection:
        """Return the selection that `--contract` names."""
        return Selection(contract=self.contract)

    def say(self, text: str, *, always: bool = False) -> None:
        """Say a sentence on standard error, unless quiet; `always` for an error, which quiet keeps."""
        if always or not self.quiet:
            console().print(text, markup=False, highlight=False, soft_wrap=True)

    def ask_year(self, question: str) -> int | None:
        """Return the year a person types on the terminal; None when there is no terminal, or no answer."""
        if self.quiet or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        while True:
            console().print(question, end=" ", markup=False, highlight=False)
            answer = sys.stdin.readline().strip()
            if not answer:
                return None
            if answer.isascii() and answer.isdigit() and 1900 <= int(answer) <= 2100:
                return int(answer)
            self.say("Une année s’écrit avec quatre chiffres.")

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show that a step is under way; on a terminal with its elapsed time, else one line."""
        screen = console()
        if self.quiet:
            yield
        elif screen.is_terminal:
            with Progress(
                SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=screen
            ) as bar:
                bar.add_task(text, total=None)
                yield
        else:
            self.say(f"{text}…")
            yield


SESSION = Session()
"""The session of this process; the program's first callback fills it."""


def console() -> Console:
    """Return the console on standard error, where progress and messages go."""
    return Console(stderr=True)


def data_folder() -> Path:
    """Return the folder of the user's data, by the habit of each system."""
    return Path(platformdirs.user_data_dir("maillage", appauthor=False))


def default_store() -> Path:
    """Return the file that holds the store when nobody names one."""
    return data_folder() / "maillage.sqlite"


def demo_store() -> Path:
    """Return the file that holds the demonstration when nobody names one."""
    return data_folder() / "demo.sqlite"


def cache_folder() -> Path:
    """Return the folder where frozen versions are unfolded to be read; it can be emptied at any time."""
    return Path(platformdirs.user_cache_dir("maillage", appauthor=False))


def log_file() -> Path:
    """Return the file where an internal error is written down."""
    return Path(platformdirs.user_log_dir("maillage", appauthor=False)) / "maillage.log"


def json_text(name: str, content: dict[str, Any]) -> str:
    """Return a result as JSON text: its `schema` named, keys sorted, UTF-8."""
    document = {"schema": f"maillage/{name}/1", **content}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def print_json(name: str, content: dict[str, Any]) -> None:
    """Print a result as JSON on standard output."""
    sys.stdout.write(json_text(name, content))
