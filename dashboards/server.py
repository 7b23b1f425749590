"""The dashboard on a production web server: gunicorn on Unix, waitress elsewhere."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask

from dashboards.access import CODE_VARIABLE, StoreAccess
from dashboards.app import create_app, page_at
from dashboards.evaluations import Evaluations
from dashboards.maps.ground import ground_data
from dashboards.pages.page import Desk
from dashboards.search import find
from dashboards.snapshot import Snapshots

WAITRESS_THREADS_PER_WORKER = 4
GUNICORN_THREADS = 4


def serve(
    store_url: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8050,
    workers: int = 2,
    contract: str | None = None,
) -> None:
    """Serve the dashboard of a store until it is interrupted.

    Parameters
    ----------
    store_url
        URL of the store; each worker reads it for itself and follows its changes.
    host, port
        Address to listen on. On an address other than loopback set `MAILLAGE_PASSWORD`.
    workers
        Processes on Unix; elsewhere one process with as many times four threads.
    contract
        Identifier of the contract where the store holds several.
    """
    ground_data()  # read once, before the first visitor, and shared by the workers
    folder = Path(tempfile.mkdtemp(prefix="maillage-"))  # readable by this user only
    access = StoreAccess(store_url, folder, contract, os.environ.get(CODE_VARIABLE) or None)
    try:
        if sys.platform == "win32":
            _serve_waitress(access, host, port, workers)
        else:
            _serve_gunicorn(access, host, port, workers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def build_server(access: StoreAccess) -> Flask:
    """Return the web application of a store, its snapshot already read.

    The password is taken from the environment.

    Raises
    ------
    StoreUnavailableError
        When the store cannot be read.
    """
    snapshots = Snapshots(access.url, access.contract)
    snapshots()
    evaluations = Evaluations()
    evaluations.ready(snapshots())  # begins at once what the first visitor would wait for longest
    for path in ("/", "/cooperations"):  # what the first visitor would wait for: positions, places, names
        page_at(path, {}, Desk(snapshots))
    find(snapshots(), "aa")
    password = os.environ.get("MAILLAGE_PASSWORD") or None
    server: Flask = create_app(snapshots, password=password, access=access, evaluations=evaluations).server
    return server


def _serve_waitress(access: StoreAccess, host: str, port: int, workers: int) -> None:
    import waitress

    print(f"Tableau de bord : http://{host}:{port} (un processus ; Ctrl-C pour arrêter)", file=sys.stderr)
    threads = max(1, workers) * WAITRESS_THREADS_PER_WORKER
    waitress.serve(build_server(access), host=host, port=port, threads=threads)


def _serve_gunicorn(access: StoreAccess, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Dashboard(BaseApplication):  # type: ignore[misc]
        """The dashboard as gunicorn wants it: settings, then the application of each worker."""

        def load_config(self) -> None:
            """Set the address, the workers and a quiet log."""
            settings: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": max(1, workers),
                "threads": GUNICORN_THREADS,
                "timeout": 120,
                "loglevel": "warning",
                "proc_name": "maillage",
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """Return the application of one worker."""
            return build_server(access)

    print(f"Tableau de bord : http://{host}:{port} (Ctrl-C pour arrêter)", file=sys.stderr)
    Dashboard().run()
