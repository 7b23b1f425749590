"""What every answer of the server forbids, and the password that an open address asks for."""

import hmac
from collections.abc import Callable

from flask import Flask, Response, request

HEALTH_PATH = "/sante"
"""The only address that never asks for a password."""


def protect(server: Flask, script_hashes: Callable[[], list[str]], password: str | None = None) -> None:
    """Give every answer its security headers, and ask for a password when one is set.

    Parameters
    ----------
    server
        The web application.
    script_hashes
        Hashes of the inline scripts of the pages, asked for at the first answer.
    password
        None leaves reading open (loopback).
    """
    policies: list[str] = []

    @server.after_request
    def add_headers(response: Response) -> Response:
        """Add the headers that are not set yet."""
        if not policies:
            policies.append(page_policy(script_hashes()))
        response.headers.setdefault("Content-Security-Policy", policies[0])
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    if password:
        _ask_password(server, password)


def page_policy(script_hashes: list[str]) -> str:
    """Return the policy of the pages: own scripts only; the interface kit needs inline styles."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(script_hashes)}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self' data:",
            "img-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def _ask_password(server: Flask, password: str) -> None:
    @server.before_request
    def check_password() -> Response | None:
        """Refuse an answer without the password; the name is not looked at."""
        given = request.authorization.password if request.authorization else None
        if request.path == HEALTH_PATH or hmac.compare_digest((given or "").encode(), password.encode()):
            return None
        answer = Response("Mot de passe demandé.", 401, mimetype="text/plain")
        answer.headers["WWW-Authenticate"] = 'Basic realm="Maillage", charset="UTF-8"'
        return answer
