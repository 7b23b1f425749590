"""The guards that other tests rely on do catch what they are for."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import neo4j
import platformdirs
import pytest
from playwright.sync_api import Browser, Page

from tests.support import browsing, neo4j_server, rules


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, browsing.Watch]]:
    """Return a page and its watch, without the verdict that fixture `page` gives at the end."""
    with browser.new_context() as context:
        page = context.new_page()
        yield page, browsing.Watch(page)


def show(page: Page, html: str) -> None:
    """Open a page made of the HTML alone."""
    page.goto(f"data:text/html;charset=utf-8,{quote(html)}")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://carte.invalid/7/65/45.png">',
        '<script src="https://scripts.invalid/leaflet.js"></script>',
        '<iframe srcdoc="<link rel=stylesheet href=http://styles.invalid/a.css>"></iframe>',
        "<script>new WebSocket('ws://direct.invalid/')</script>",
    ],
)
def test_a_page_that_asks_outside_is_caught(watched: tuple[Page, browsing.Watch], html: str) -> None:
    page, watch = watched
    show(page, html)
    page.wait_for_timeout(200)
    assert [line for line in watch.complaints() if ".invalid/" in line]


def test_a_broken_script_is_caught(watched: tuple[Page, browsing.Watch]) -> None:
    page, watch = watched
    show(page, "<script>throw new Error('panne')</script>")
    assert [line for line in watch.complaints() if "panne" in line]


def test_a_page_that_keeps_to_itself_is_not_blamed(page: Page) -> None:
    show(page, '<h1>Été</h1><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    assert page.inner_text("h1") == "Été"


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://127.0.0.1:8050/", False),
        ("http://localhost/x", False),
        ("http://[::1]:8050/", False),
        ("data:text/plain,x", False),
        ("http://192.168.0.2/", True),
        ("https://tuiles.invalid/", True),
        ("http://127.0.0.1.invalid/", True),
    ],
)
def test_outside(url: str, leaves: bool) -> None:
    assert browsing.outside(url) is leaves


def test_our_nodes_go_and_others_stay(neo4j_url: str) -> None:
    with neo4j.GraphDatabase.driver(neo4j_url, auth=neo4j_server.credentials()) as driver:
        driver.execute_query("CREATE (:Maillage {key: 'a'})-[:R]->(:Maillage), (:OfATest)")
        neo4j_server.wipe(neo4j_url)
        ours = driver.execute_query("MATCH (n:Maillage) RETURN count(n) AS n").records[0]["n"]
        others = driver.execute_query("MATCH (n:OfATest) DELETE n").summary.counters.nodes_deleted
    assert (ours, others) == (0, 1)


def test_a_server_elsewhere_is_not_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j://base.invalid:7687")
    monkeypatch.delenv("MAILLAGE_TEST_WIPE", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("MAILLAGE_CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="loopback"):
        neo4j_server.server_url()


def test_a_skip_is_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="required in CI"):
        rules.unavailable("nothing here")


def test_tests_keep_out_of_the_users_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    if sys.platform != "linux":
        pytest.skip("the folder variables are those of Linux")
    assert Path(platformdirs.user_data_dir("maillage")).is_relative_to(tmp_path_factory.getbasetemp())
