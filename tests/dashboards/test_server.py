"""The production server, started as the command line starts it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from graphmodel import StoreUnavailableError, open_store
from tests.dashboards.conftest import small_builder

START = (
    "import sys; from dashboards.server import serve; serve(sys.argv[1], port=int(sys.argv[2]), workers=1)"
)
PATIENCE_S = 90


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answer_of(address: str, running: subprocess.Popen[bytes]) -> str:
    """Return what an address answers, as soon as it answers."""
    limit = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > limit or running.poll() is not None:
                raise
            time.sleep(0.3)


def test_the_server_answers_follows_the_store_and_stops(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    with open_store(url, create=True) as store:
        store.apply(store.plan([small_builder().build()]), author="essai")
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = subprocess.Popen([sys.executable, "-c", START, url, str(port)], env=environment)
    try:
        address = f"http://127.0.0.1:{port}/sante"
        assert json.loads(answer_of(address, running))["version"] == 1
        with open_store(url) as store:
            store.undo()
        time.sleep(1.2)
        assert json.loads(answer_of(address, running))["version"] == 2
    finally:
        running.terminate()
        assert running.wait(timeout=30) == 0


def test_a_store_that_is_not_there_is_said_before_listening(tmp_path: Path) -> None:
    from dashboards.access import StoreAccess
    from dashboards.server import build_server

    with pytest.raises(StoreUnavailableError):
        build_server(StoreAccess(f"sqlite:///{tmp_path / 'absent.sqlite'}", tmp_path))
