"""The store behind the dashboard, and who may write to it.

Reading needs nothing more than the page. Writing needs the code that the person who starts the server sets
in `MAILLAGE_WRITE_CODE`: typed once, it leaves in the browser a cookie that scripts cannot read and that
other sites cannot send.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Response, request

from graphmodel import Store, UsageError, open_store

CODE_VARIABLE = "MAILLAGE_WRITE_CODE"
COOKIE = "maillage_ecriture"
COOKIE_LASTS_S = 8 * 3600
WRONG_CODE_WAIT_S = 0.7
"""What a wrong code costs, so that nobody tries them one by one."""

CLOSED = "Écriture fermée : la personne qui lance le serveur n’a pas fixé de code (MAILLAGE_WRITE_CODE)."
LOCKED = "Écriture protégée : code demandé."


@dataclass(frozen=True, slots=True)
class StoreAccess:
    """A store that pages may open, and the right to write.

    Attributes
    ----------
    url
        URL of the store.
    folder
        Private folder of the files that people send, shared by the workers of one server.
    contract
        Identifier of the contract where the store holds several.
    code
        Code that opens writing; None or empty closes it for all.
    opener
        How a store is opened; replaced in tests.
    """

    url: str
    folder: Path
    contract: str | None = None
    code: str | None = None
    opener: Callable[[str], Store] = open_store

    def open(self) -> Store:
        """Open the store; close it, or use it in a `with`.

        Raises
        ------
        StoreUnavailableError
            When it is out of reach.
        """
        return self.opener(self.url)

    @property
    def state(self) -> str:
        """`closed` for all, `locked` until the code is given, or `open` for the browser that asks."""
        if not self.code:
            return "closed"
        given = request.cookies.get(COOKIE, "")
        return "open" if hmac.compare_digest(_bytes_of(given), self._token().encode()) else "locked"

    def require(self) -> None:
        """Let only a browser pass that may write.

        Raises
        ------
        UsageError
            With the sentence to show.
        """
        if self.state != "open":
            raise UsageError(CLOSED if self.state == "closed" else LOCKED)

    def unlock(self, given: str, answer: Response) -> bool:
        """Open writing for the browser that gives the right code; tell whether it is right.

        `answer` is the answer to set the cookie on; a wrong code waits.
        """
        if not self.code or not hmac.compare_digest(_bytes_of(given.strip()), _bytes_of(self.code)):
            time.sleep(WRONG_CODE_WAIT_S)
            return False
        answer.set_cookie(
            COOKIE, self._token(), max_age=COOKIE_LASTS_S, httponly=True, samesite="Strict",
            secure=request.is_secure,
        )  # fmt: skip
        return True

    def lock(self, answer: Response) -> None:
        """Close writing for the browser that asks."""
        answer.delete_cookie(COOKIE)

    def _token(self) -> str:
        """Proof of the code, for this server's life only: its folder is new each time."""
        return hmac.new(_bytes_of(self.code or ""), str(self.folder).encode(), hashlib.sha256).hexdigest()


def _bytes_of(text: str) -> bytes:
    """Return a text to compare; half a character, which a browser may send, is no reason to fail."""
    return text.encode("utf-8", "surrogatepass")
