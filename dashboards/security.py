"""What every answer of the server forbids, and the password that an open address asks for."""

import hmac
import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response, request

HEALTH_PATH = "/sante"
"""The only address that never asks for a password."""
LARGEST_REQUEST = 64 * 1024 * 1024
"""Bytes above which a request is refused: files to load go through it."""
_SAFE = ("GET", "HEAD", "OPTIONS")


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
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST

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

    _refuse_other_sites(server)
    if password:
        _ask_password(server, password)
    else:
        _refuse_other_names(server)


def _refuse_other_sites(server: Flask) -> None:
    @server.before_request
    def check_origin() -> Response | None:
        """Refuse what another site makes a browser send: only our own pages may ask for more than reading."""
        if request.method in _SAFE:
            return None
        origin = request.headers.get("Origin")
        elsewhere = origin is not None and urlsplit(origin).netloc != request.host
        if elsewhere or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return Response("Demande refusée : elle vient d’un autre site.", 403, mimetype="text/plain")
        return None


def _refuse_other_names(server: Flask) -> None:
    @server.before_request
    def check_host() -> Response | None:
        """Refuse a name that is not this machine's: a site whose name leads here could read the pages."""
        name = urlsplit(f"//{request.host}").hostname or ""
        if is_loopback(name):
            return None
        said = "Sans mot de passe, ce tableau de bord ne répond qu’à cette machine (MAILLAGE_PASSWORD)."
        return Response(said, 421, mimetype="text/plain")


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


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
