"""Answers sent compressed: the scripts of the kit weigh 4 MB, a quarter of it once compressed.

What has the address of a version (scripts, style sheets) is compressed once for each process and kept; the
rest is compressed as it goes, lightly.
"""

import gzip
from threading import Lock

from flask import Flask, Response, request

SMALLEST = 1_024
"""Bytes under which compressing is not worth it."""
_TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg+xml")
_KEPT_PATHS = ("/_dash-component-suites/", "/assets/")
_KEPT_MOST = 400
_YEAR = "public, max-age=31536000, immutable"


def compress(server: Flask) -> None:
    """Compress the textual answers of a server for browsers that accept gzip."""
    kept: dict[str, bytes] = {}
    lock = Lock()

    @server.after_request
    def shorten(response: Response) -> Response:
        """Compress one answer, unless it is short, partial, or compressed already."""
        if request.path.startswith("/assets/") and "m" in request.args:
            response.headers["Cache-Control"] = _YEAR  # Dash puts the file's date in the address
        if not _worth(response):
            return response
        response.headers.add("Vary", "Accept-Encoding")
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        response.direct_passthrough = False
        address = request.full_path if request.path.startswith(_KEPT_PATHS) else None
        found = kept.get(address) if address else None
        if found is None:
            body = response.get_data()
            if len(body) < SMALLEST:
                return response
            found = gzip.compress(body, compresslevel=9 if address else 5, mtime=0)
            if address:
                with lock:
                    if len(kept) < _KEPT_MOST:
                        kept[address] = found
        response.set_data(found)
        response.headers["Content-Encoding"] = "gzip"
        return response


def _worth(response: Response) -> bool:
    textual = (response.mimetype or "").startswith(_TEXTUAL)
    sent = response.status_code == 200 and request.method in ("GET", "POST")
    return textual and sent and "Content-Encoding" not in response.headers
