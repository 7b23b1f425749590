"""« Contrat » as its user does it, on the convention itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphmodel import ContractGraph
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE
from tests.dashboards.dialogs import dialogs_of
from tests.dashboards.pages.data_store import store_with_convention
from tests.dashboards.serving import served, served_store


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = Path(tmp_path_factory.mktemp("contrat"))
    with served_store(store_with_convention(folder / "x.sqlite"), folder / "envois") as found:
        yield found


def test_reading_who_signs_down_to_the_line(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    expect(page.locator("h1")).to_contain_text("Que dit le contrat")
    expect(page.locator(".readings tbody tr")).to_have_count(7)
    page.get_by_role("link", name="Les 20 parties").click()
    expect(page.locator(".readings tbody tr")).to_have_count(20)
    page.get_by_role("button", name="R01").click()
    drawer = page.locator("#source-drawer")
    expect(drawer).to_contain_text("l. 75-76, 952-955")
    expect(drawer).to_contain_text("Règle")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_an_action_opens_on_its_quote_and_comes_back(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    page.get_by_role("link", name="Espace régional de dialogue social").click()
    expect(page.locator(".contract-right")).to_contain_text("II.1.1")
    assert "sel=Action:II_1.1" in page.url
    page.get_by_role("button", name="citation").click()
    expect(page.locator("#source-drawer blockquote")).to_contain_text("Espace Régional de Dialogue Social")
    expect(page.locator("#source-drawer")).to_contain_text("ligne")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Les deux lectures").click()
    expect(page.locator(".readings")).to_be_visible()


def test_the_convention_is_read_in_the_order_of_its_lines(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    page.get_by_role("link", name="Lire la convention").click()
    lines = page.locator(".passage-lines")
    expect(lines.first).to_be_visible(timeout=20_000)
    firsts = [int(text.removeprefix("l. ").split("-")[0]) for text in lines.all_text_contents()]
    assert firsts == sorted(firsts)
    assert 20 < len(firsts) < 150
    page.get_by_role("link", name="l. 501-750").click()
    passage = page.locator(".passages li", has_text="l. 741-743").first
    expect(passage.locator("blockquote")).to_contain_text("Renforcement des dynamiques locales")
    passage.get_by_role("button").first.click()
    expect(page.locator("#source-drawer")).to_contain_text("lignes 741 à 743")
    page.keyboard.press("Escape")
    assert violations(page) == []
    page.get_by_role("link", name="Les deux lectures").click()
    expect(page.locator(".readings tbody tr")).to_have_count(7)


def test_what_is_not_said_never_looks_like_zero(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    funders = page.locator(".funders")
    expect(funders).to_contain_text("non dit")
    expect(funders).to_contain_text("prévisionnel")
    expect(page.locator(".axes li").first).to_contain_text("pas de donnée")
    expect(page.locator(".funders .figure")).to_have_count(4)
    assert not {"0", "0\u202f€"} & set(page.locator(".figure").all_inner_texts())


def test_the_twenty_actions_are_visible_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    page.wait_for_selector(".axes li")
    hidden = page.evaluate(
        "() => { const field = document.querySelector('.axes').getBoundingClientRect();"
        " return [...document.querySelectorAll('.axes li')].slice(0, 20)"
        ".filter((row) => row.getBoundingClientRect().bottom > field.bottom).length; }"
    )
    assert hidden == 0
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= 720


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("search", ["", "?sel=Action:II_1.1", "?parties=toutes"])
def test_no_axe_violation(page: Page, address: str, scheme: str, search: str) -> None:
    page.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')")
    page.goto(f"{address}/contrat{search}")
    page.wait_for_selector(".axes li")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    assert violations(page) == []


def test_hostile_names_stay_text(page: Page, hostile_graph: ContractGraph) -> None:
    alerts = dialogs_of(page)
    with served(hostile_graph) as found:
        page.goto(f"{found}/contrat?sel=Action:I_1.1")
        expect(page.locator(".axes")).to_contain_text(HOSTILE[:20])
        expect(page.locator(".contract-right")).to_contain_text("</script><img")
        assert page.locator("main img").count() == 0
    assert alerts == []
