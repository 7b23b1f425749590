"""A dashboard on a free port of this machine, for the tests that drive a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from dashboards.app import create_app
from graphmodel import ContractGraph


class QuietHandler(WSGIRequestHandler):
    """Answers without a line of log for each request."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(graph: ContractGraph) -> Iterator[str]:
    """Serve the dashboard of a graph and yield its address."""
    app = create_app(lambda: graph).server
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
