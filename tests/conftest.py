"""What several folders of tests share: reference material, a Neo4j server of one's own, a watched page."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import browsing, neo4j_server
from tests.support.rules import NEVER_SKIPPED, strict, unavailable

# No test measures time: a busy machine is no fault.
settings.register_profile("maillage", deadline=None)
settings.load_profile("maillage")

SHARED = Path(__file__).parents[2] / "shared"
MARKER_OF_FIXTURE = {
    "neo4j_url": "neo4j",
    "neo4j_url_of_module": "neo4j",
    "browser": "browser",
    "shared": "shared",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by what it asks for, so that nobody has to remember."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKER_OF_FIXTURE:
                item.add_marker(MARKER_OF_FIXTURE[fixture])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure, under CI, for tests that must run there."""
    report = yield
    must_run = NEVER_SKIPPED & {marker.name for marker in item.iter_markers()}
    if report.skipped and not hasattr(report, "wasxfail") and must_run and strict():
        report.outcome = "failed"
        report.longrepr = f"skipped, though CI must run it: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests out of the user's data folder, and the user's settings out of tests."""
    for name in (
        "MAILLAGE_STORE",
        "MAILLAGE_AUTHOR",
        "MAILLAGE_CREDENTIALS",
        "MAILLAGE_WRITE_CODE",
        "MAILLAGE_PASSWORD",
        "MAILLAGE_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    # What is kept there is named after its content: a whole evaluation is computed once for all the tests.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference material that stands beside the checkout."""
    if not SHARED.is_dir():
        unavailable("the reference material (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture
def neo4j_url() -> Iterator[str]:
    """Return the URL of a Neo4j server without our nodes, held alone until the test ends."""
    with neo4j_server.turn(neo4j_server.server_url()) as url:
        yield url


@pytest.fixture(scope="module")
def neo4j_url_of_module() -> Iterator[str]:
    """Return the same for a whole module, whose tests read what one of its fixtures loaded."""
    with neo4j_server.turn(neo4j_server.server_url()) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium, one for each worker."""
    path = browsing.chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(browsing.CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a French page of projector size; its test fails if it needs the network, or a script breaks.

    A picture of its last state goes to `.ci/artifacts`.
    """
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 720})
    fresh = context.new_page()
    watch = browsing.Watch(fresh)
    yield fresh
    fresh.screenshot(path=browsing.picture_path(request.node.nodeid))
    context.close()
    assert not watch.complaints(), "\n".join(watch.complaints())
