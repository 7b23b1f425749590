"""A dashboard on a free port of this machine, for the tests that drive a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from dashboards.access import StoreAccess
from dashboards.app import create_app
from dashboards.snapshot import Snapshots
from graphmodel import ContractGraph

CODE = "abricot"
"""Write code of the dashboards that tests serve on a store."""


class QuietHandler(WSGIRequestHandler):
    """Answers without a line of log for each request."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(graph: ContractGraph) -> Iterator[str]:
    """Serve the dashboard of a graph and yield its address."""
    with served_application(create_app(lambda: graph).server) as address:
        yield address


@contextmanager
def served_store(url: str, folder: Path, *, code: str | None = CODE) -> Iterator[str]:
    """Serve the dashboard of a store, `folder` for what is sent to it, and yield its address."""
    access = StoreAccess(url, folder, None, code)
    with served_application(create_app(Snapshots(url), access=access).server) as address:
        yield address


@contextmanager
def served_application(application: Flask) -> Iterator[str]:
    """Serve a web application and yield its address."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
