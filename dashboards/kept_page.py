"""A page of its own, such as a map in a frame: kept compressed, with the stricter policy it needs."""

import gzip
from dataclasses import dataclass

from flask import Response, request

from dashboards.maps.bundle import content_policy


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page made once and sent many times.

    Attributes
    ----------
    body
        Its HTML, compressed by gzip.
    policy
        Its content-security policy.
    """

    body: bytes
    policy: str


def kept_page(page: str, *more: str) -> KeptPage:
    """Return a page as it is kept.

    Parameters
    ----------
    page
        HTML of the page.
    more
        Directives of its policy beside those of what it holds.
    """
    return KeptPage(gzip.compress(page.encode("utf-8"), compresslevel=6, mtime=0), page_policy(page, *more))


def page_policy(page: str, *more: str) -> str:
    """Return the policy of a page that the dashboard alone may put in a frame."""
    return "; ".join([content_policy(page), *more, "frame-ancestors 'self'"])


def answer_of(kept: KeptPage, caching: str = "private, max-age=60") -> Response:
    """Return the answer that sends a page, as it is kept to a browser that accepts gzip."""
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(kept.body if zipped else gzip.decompress(kept.body), mimetype="text/html")
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Content-Security-Policy"] = kept.policy
    answer.headers["Cache-Control"] = caching
    return answer
