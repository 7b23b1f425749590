"""The report as a file of the dashboard: another process writes it, once a version; pages stay swift."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort

from dashboards.pages.data.basket import FILES
from dashboards.pages.page import Desk
from graphmodel import UsageError

ASK_AGAIN_S: Final = 4
"""Seconds after which the browser asks again for a report that is being written."""
_LOST_AFTER_S: Final = 900
_MAIN: Final = "import sys; from dashboards.cli import main; sys.exit(main())"
_TYPES: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WRITING: Final = (
    "Le rapport s’écrit : calcul des indicateurs, cartes, figures. Cette page se recharge seule."
)
_FAILED: Final = "Le rapport n’a pas pu être écrit"


def add_report_route(server: Flask, desk: Desk) -> None:
    """Add the address of the report: the file when it is there, else a page that asks again."""

    @server.get("/rapport/<name>")
    def report(name: str) -> Response:
        """Return the report of the present version."""
        if name not in {known for known, _, _ in FILES}:
            abort(404)
        try:
            path = report_file(desk, name)
        except UsageError as error:
            return Response(str(error), 409, mimetype="text/plain")
        if path is None:
            waiting = Response(_WRITING, 202, mimetype="text/plain")
            waiting.headers["Refresh"] = str(ASK_AGAIN_S)
            return waiting
        answer = Response(path.read_bytes(), mimetype=_TYPES[path.suffix])
        answer.headers["Content-Disposition"] = f"attachment; filename={name}"
        answer.headers["Cache-Control"] = "no-store"
        return answer


def report_file(desk: Desk, name: str) -> Path | None:
    """Return the report of the present version, None while it is being written; starts that when nobody has.

    Raises
    ------
    UsageError
        The dashboard has no store, or the report could not be written.
    """
    if desk.access is None:
        raise UsageError("Cette page lit une copie : le rapport s’écrit depuis la base elle-même.")
    folder = desk.access.folder / f"rapport-{desk.provider().version.number}"
    folder.mkdir(parents=True, exist_ok=True)
    path, failed, begun = folder / name, folder / f"{name}.failed", folder / f"{name}.begun"
    if path.exists():
        return path
    if failed.exists():
        said = failed.read_text(encoding="utf-8").strip()
        failed.unlink(missing_ok=True)
        raise UsageError(f"{_FAILED} : {said}" if said else f"{_FAILED}.")
    if begun.exists() and time.time() - begun.stat().st_mtime < _LOST_AFTER_S:
        return None
    begun.unlink(missing_ok=True)
    with contextlib.suppress(FileExistsError):
        # Of two workers asked at once, the one that makes the mark writes the report.
        os.close(os.open(begun, os.O_CREAT | os.O_EXCL))
        threading.Thread(target=_write, args=(desk, folder, name), daemon=True).start()
    return None


def _write(desk: Desk, folder: Path, name: str) -> None:
    """Write a report in another process; its file takes its place once it is whole."""
    access = desk.access
    if access is None:
        return
    making = folder / "making" / name
    contract = ["--contract", access.contract] if access.contract else []
    command = [sys.executable, "-c", _MAIN, "--quiet", "--store", access.url, *contract,
               "export", "report", "--out", str(making)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    begun = folder / f"{name}.begun"
    if done.returncode == 0 and making.exists():
        making.replace(folder / name)
    else:
        # Beside, then in its place: who asks meanwhile must not read a reason that is not written yet.
        told = folder / f".{name}.failed"
        told.write_text(done.stderr.strip()[-600:], encoding="utf-8")
        told.replace(folder / f"{name}.failed")
    begun.unlink(missing_ok=True)
