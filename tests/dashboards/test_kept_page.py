"""A page kept compressed: the same to every browser, with one policy."""

import gzip

from flask import Flask

from dashboards.kept_page import answer_of, kept_page, page_policy

PAGE = "<!DOCTYPE html><html><head><script src='/a.js'></script></head><body>été</body></html>"


def test_page_is_the_same_with_and_without_compression() -> None:
    kept, server = kept_page(PAGE, "connect-src 'self'"), Flask("essai")
    with server.test_request_context("/", headers={"Accept-Encoding": "gzip"}):
        zipped = answer_of(kept)
    with server.test_request_context("/"):
        plain = answer_of(kept, "no-store")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.get_data()).decode() == plain.get_data(as_text=True) == PAGE
    assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert (zipped.headers["Cache-Control"], plain.headers["Cache-Control"]) == (
        "private, max-age=60",
        "no-store",
    )


def test_policy_lets_the_dashboard_alone_frame_the_page() -> None:
    policy = page_policy(PAGE, "connect-src 'self'")
    assert policy == kept_page(PAGE, "connect-src 'self'").policy
    assert policy.endswith("; connect-src 'self'; frame-ancestors 'self'")
