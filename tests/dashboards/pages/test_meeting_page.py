"""« Séance » as the person who prepares a meeting uses it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboards.app import create_app
from dashboards.evaluations import Evaluations
from dashboards.pages.meeting_context import context_of
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from tests.dashboards.axe import violations
from tests.dashboards.conftest import graph_of
from tests.dashboards.meeting.conftest import LAST, Site, meeting_builder, meeting_site
from tests.dashboards.serving import CODE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with meeting_site(Path(tmp_path_factory.mktemp("deroule"))) as found:
        yield found


@pytest.fixture(scope="module")
def prepared() -> ContractGraph:
    return graph_of(meeting_builder())


def test_the_last_meeting_is_shown_unless_another_is_asked_for(prepared: ContractGraph) -> None:
    context = context_of(prepared, {})
    assert context.meeting.on == LAST
    assert context.left_out == ()
    assert context.noted == "Rien n’a encore été noté"
    other = context_of(prepared, {"date": "2016-03-22", "ecrans": "argent:5@2015,dire:1", "terr": "38185"})
    assert other.address == "date=2016-03-22&ecrans=argent:5@2015,dire:1"
    assert not other.meeting.known
    assert len(other.left_out) == 7
    wrong = context_of(prepared, {"date": "demain"}, today=date(2016, 1, 1))
    assert wrong.meeting.on == LAST
    assert "demain" in wrong.notices[0]


class NeverReady(Evaluations):
    """Figures that are still being computed."""

    def ready(self, graph: ContractGraph) -> Evaluation | None:
        """Return nothing yet."""
        del graph
        return None


def test_the_screens_wait_for_the_figures(prepared: ContractGraph) -> None:
    server = create_app(lambda: prepared, evaluations=NeverReady()).server
    answer = server.test_client().get("/seance/ecran")
    assert answer.status_code == 200
    assert "Calcul des indicateurs" in answer.text
    assert 'http-equiv="refresh"' in answer.text
    assert "script-src 'self' ;" in answer.headers["Content-Security-Policy"]


def test_screens_are_moved_by_keyboard_then_kept_in_the_store(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/seance")
    expect(page.locator(".agenda-row")).to_have_count(9)
    page.focus("#agenda-argent")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".agenda-row").nth(1)).to_have_attribute("data-kind", "argent")
    expect(page.locator("#agenda-argent")).to_be_focused()
    page.get_by_role("button", name=re.compile("Laisser de côté : Et les quartiers")).click()
    expect(page.locator(".agenda-row")).to_have_count(8)
    page.fill("#minutes-argent", "7")
    page.keyboard.press("Tab")
    expect(page.locator(".agenda-total")).to_contain_text("8 écrans")
    page.select_option("#option-argent", "2015")
    page.wait_for_url(re.compile("argent:7@2015"))
    page.locator(".agenda-row[data-kind=dire]").drag_to(page.locator(".agenda-row").first)
    expect(page.locator(".agenda-row").first).to_have_attribute("data-kind", "dire")
    page.fill("#author", "Ana")
    page.fill("#code", CODE)
    page.click("#agenda-keep")
    expect(page.locator("#agenda-kept")).to_have_text("Déroulé gardé dans la base.")
    kept = site.read().nodes("Meeting").set_index("date")["agenda"][LAST]
    assert kept == "dire:2,demandes:4,argent:7@2015,sujet:2,territoire:6,reseau:3,besoins:6,releve:2"
    page.goto(f"{site.address}/seance")
    expect(page.locator(".agenda-row").first).to_have_attribute("data-kind", "dire")
    page.click("#agenda-open")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".screen:not([hidden])")).to_have_attribute("data-kind", "dire")
    page.keyboard.press("Escape")
    page.wait_for_selector(".agenda-row")


def test_another_day_is_prepared(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/seance")
    page.fill("#meeting-other", "12/5/2016")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("12 mai 2016")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_axe_violation(page: Page, site: Site, scheme: str) -> None:
    page.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')")
    page.goto(f"{site.address}/seance?ecrans=argent:4,territoire:5")
    page.wait_for_selector(".agenda-row")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    assert violations(page) == []
