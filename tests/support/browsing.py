"""A page that knows every address it asked for, and refuses those that need the network."""

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from tests.support.neo4j_server import LOOPBACK
from tests.support.rules import unavailable

ARTIFACTS = Path(__file__).parents[2] / ".ci" / "artifacts"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCAL_SCHEMES = frozenset({"about", "blob", "data", "file"})


def chromium_path() -> str:
    """Return the system's Chromium (or `MAILLAGE_CHROMIUM`); the test is left out where there is none."""
    found = [os.environ.get("MAILLAGE_CHROMIUM")] + [shutil.which(name) for name in CHROMIUM_NAMES]
    return next(filter(None, found), None) or unavailable(
        "no Chromium on this machine (`apt-get install chromium`, or MAILLAGE_CHROMIUM=path)"
    )


def outside(url: str) -> bool:
    """Say whether an address leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme not in LOCAL_SCHEMES and parts.hostname not in LOOPBACK


class Watch:
    """Notes what a page does wrong: addresses outside the machine (refused), uncaught script errors."""

    def __init__(self, page: Page) -> None:
        """Watch the page and every frame in it, from now on."""
        self.asked_outside: list[str] = []
        self.script_errors: list[str] = []
        page.context.route("**/*", self._route)
        page.on("websocket", lambda socket: self._note(socket.url))
        page.on("pageerror", lambda error: self.script_errors.append(str(error)))

    def _note(self, url: str) -> None:
        if outside(url):
            self.asked_outside.append(url)

    def _route(self, route: Route) -> None:
        self._note(route.request.url)
        if outside(route.request.url):
            route.abort()
        else:
            route.continue_()

    def complaints(self) -> Sequence[str]:
        """Return one line for each wrong thing, none when the page behaved."""
        # A layout that settles in two frames raises this one; browsers and libraries agree to ignore it.
        errors = [error for error in self.script_errors if "ResizeObserver loop" not in error]
        return [f"asked outside: {url}" for url in self.asked_outside] + [f"script: {e}" for e in errors]


def picture_path(node_id: str) -> Path:
    """Return where the picture of a test goes: `.ci/artifacts/<file>-<test>.png`."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    name = node_id.removeprefix("tests/").replace(".py::", "-")
    return ARTIFACTS / (re.sub(r"[^\w.-]+", "-", name).strip("-")[:150] + ".png")
