"""The dashboard on a production web server: gunicorn on Unix, waitress elsewhere."""

import os
import sys
from typing import Any

from flask import Flask

from dashboards.app import create_app
from dashboards.maps.ground import ground_data
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
    if sys.platform == "win32":
        _serve_waitress(store_url, host, port, workers, contract)
    else:
        _serve_gunicorn(store_url, host, port, workers, contract)


def build_server(store_url: str, contract: str | None = None) -> Flask:
    """Return the web application of a store, its snapshot already read.

    The password is taken from the environment.

    Raises
    ------
    StoreUnavailableError
        When the store cannot be read.
    """
    snapshots = Snapshots(store_url, contract)
    snapshots()
