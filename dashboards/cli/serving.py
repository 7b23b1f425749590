"""`serve`: the dashboard on a production server."""

import os
import socket

from dashboards.access import CODE_VARIABLE
from dashboards.cli.session import SESSION
from dashboards.mode import MODE_VARIABLE
from dashboards.security import is_loopback
from graphmodel import UsageError
from graphmodel.secrecy import Mode


def serve(host: str, port: int, workers: int, mode: Mode | None = None) -> None:
    """Serve the dashboard of the session's store until interrupted.

    Without a mode, an address that other machines reach serves a publication, loopback a working document.

    Raises
    ------
    UsageError
        An address other than loopback without `MAILLAGE_PASSWORD`, or a port that is taken.
    """
    if not is_loopback(host) and not os.environ.get("MAILLAGE_PASSWORD"):
        raise UsageError(
            f"« {host} » ouvre le tableau de bord à d’autres machines : fixez d’abord un mot de passe "
            "dans MAILLAGE_PASSWORD."
        )
    from dashboards.server import serve as run

    with SESSION.open():
        pass
    if SESSION.at is not None:
        # A frozen version never changes: no code opens writing.
        os.environ.pop(CODE_VARIABLE, None)
    _check_free(host, port)
    os.environ[MODE_VARIABLE] = mode or ("working" if is_loopback(host) else "publication")
    run(SESSION.served_url(), host=host, port=port, workers=workers)


def _check_free(host: str, port: int) -> None:
    """Refuse a taken port in French: the server would retry, then give up in English."""
    if port == 0:
        return
    try:
        with socket.create_connection((host.strip("[]"), port), timeout=1):
            pass
    except OSError:
        return
    raise UsageError(f"Le port {port} est déjà pris : choisissez-en un autre avec --port.")
