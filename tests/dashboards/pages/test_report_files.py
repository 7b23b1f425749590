"""The report as a file of the dashboard: asked for, written aside, served whole, and what went wrong told."""

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboards.access import StoreAccess
from dashboards.pages.data import report_files
from dashboards.pages.data.report_files import add_report_route
from dashboards.pages.page import Desk
from graphmodel import ContractGraph


def client(folder: Path) -> FlaskClient:
    server = Flask("essai")
    graph = ContractGraph({}, {})
    add_report_route(server, Desk(lambda: graph, StoreAccess("sqlite:///x.sqlite", folder, "C")))
    return server.test_client()


def asked(folder: Path, code: int) -> Any:
    """Ask until what the other process did is there; return the last answer."""
    browser = client(folder)
    first = browser.get("/rapport/rapport.pdf")
    assert (first.status_code, first.headers["Refresh"]) == (202, str(report_files.ASK_AGAIN_S))
    for _ in range(200):
        found = browser.get("/rapport/rapport.pdf")
        if found.status_code == code:
            return found
        time.sleep(0.01)
    raise AssertionError(found.status_code)


def test_a_report_is_written_once_and_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def write(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        out = Path(command[-1])
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(b"%PDF-essai")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", write)
    found = asked(tmp_path, 200)
    assert found.data == b"%PDF-essai"
    assert found.mimetype == "application/pdf"
    assert client(tmp_path).get("/rapport/rapport.pdf").status_code == 200
    (command,) = commands
    assert command[command.index("--store") + 1] == "sqlite:///x.sqlite"
    assert command[command.index("--contract") + 1] == "C"


def test_a_failure_is_told_and_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 3, "", "La base est introuvable.\n")

    monkeypatch.setattr(subprocess, "run", fail)
    found = asked(tmp_path, 409)
    assert "La base est introuvable." in found.text
    assert client(tmp_path).get("/rapport/rapport.pdf").status_code == 202


def test_a_file_that_is_no_report_is_not_there(tmp_path: Path) -> None:
    assert client(tmp_path).get("/rapport/../x.sqlite").status_code == 404
    assert client(tmp_path).get("/rapport/rapport.odt").status_code == 404


def test_a_snapshot_alone_has_no_report() -> None:
    server = Flask("essai")
    add_report_route(server, Desk(lambda: ContractGraph({}, {})))
    answer = server.test_client().get("/rapport/rapport.pdf")
    assert answer.status_code == 409
    assert "copie" in answer.text
