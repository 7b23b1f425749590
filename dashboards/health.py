"""The health address: whether the store answers, and which version the pages show.

Machines watch it; every open page asks it every few seconds, to say at once that the store is gone or back.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, jsonify

from dashboards import words
from dashboards.security import HEALTH_PATH
from dashboards.snapshot import RETRY_EVERY_S
from graphmodel import ContractGraph, MaillageError


def add_route(server: Flask, provider: Callable[[], ContractGraph]) -> None:
    """Serve `/sante`: 200 while there is something to read, 503 otherwise."""

    @server.get(HEALTH_PATH)
    def health() -> tuple[Response, int]:
        """Say whether the snapshot can be read, its version, and since when the store is gone."""
        try:
            version = provider().version
        except MaillageError as error:
            return jsonify(etat="base injoignable", message=str(error), essai_s=RETRY_EVERY_S), 503
        since: datetime | None = getattr(provider, "unavailable_since", None)
        if since is None:
            return jsonify(etat="en service", version=version.number, depuis=None), 200
        return jsonify(
            etat="base injoignable, dernière version connue",
            version=version.number,
            depuis=since.isoformat(),
            fait=f"La base ne répond plus depuis {_hour(since)}.",
            suite=f"Vous lisez la version {version.number}, complète. L’écriture reprendra seule.",
            essai_s=RETRY_EVERY_S,
        ), 200


def _hour(at: datetime) -> str:
    """Return « 10 h 42 »."""
    return f"{at.hour}{words.NBSP}h{words.NBSP}{at.minute:02d}"
