"""The frame of every page, in a browser: pages, search, help, keys, the strip of the store."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboards.app import create_app
from dashboards.snapshot import Snapshots
from graphmodel import ContractGraph, open_store
from tests.dashboards.axe import violations
from tests.dashboards.conftest import small_builder
from tests.dashboards.serving import served, served_application


@pytest.fixture(scope="module")
def address(graph: ContractGraph) -> Iterator[str]:
    with served(graph) as found:
        yield found


def test_pages_are_links_and_keys_and_do_not_load_the_scripts_again(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    expect(page.locator(".nav-link[aria-current]")).to_have_text("Contrat")
    page.evaluate("window.kept = 'oui'")
    page.get_by_role("link", name="Données").click()
    expect(page.locator(".nav-link[aria-current]")).to_have_text("Données")
    page.go_back()
    expect(page.locator(".nav-link[aria-current]")).to_have_text("Contrat")
    page.keyboard.press(str(_place(page, "Données")))
    expect(page.locator(".nav-link[aria-current]")).to_have_text("Données")
    assert page.evaluate("window.kept") == "oui"


def _place(page: Page, name: str) -> int:
    return page.locator(".nav-link").all_text_contents().index(name) + 1


def test_the_mark_leads_to_the_overview_which_is_not_a_link(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    page.get_by_title("Vue d’ensemble").click()
    expect(page.locator("h1")).to_contain_text("Où agit le contrat")
    assert "Vue d’ensemble" not in page.locator(".nav-link").all_text_contents()
    expect(page.locator(".mark")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("width", [1280, 1024, 768])
def test_the_header_holds_in_the_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(f"{address}/contrat")
    page.wait_for_selector(".axes li")
    edges = page.evaluate(
        "[...document.querySelector('.header').children].map((e) => e.getBoundingClientRect())"
        ".map(({left, right}) => [left, right])"
    )
    assert all(before[1] <= after[0] + 1 for before, after in pairwise(edges))
    assert edges[-1][1] <= width


def test_the_first_colours_are_those_of_the_machine(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/contrat")
    page.wait_for_selector(".axes li")
    scheme = page.locator("html")
    expect(scheme).to_have_attribute("data-mantine-color-scheme", "dark")
    page.click("#scheme-toggle")
    page.reload()
    page.wait_for_selector(".axes li")
    expect(scheme).to_have_attribute("data-mantine-color-scheme", "light")


def test_letters_typed_at_once_after_the_bar_are_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    page.wait_for_selector(".axes li")
    page.keyboard.type("/essai")
    expect(page.locator("#search")).to_have_value("essai")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    # Another page takes the place of the field while it is being filled.
    page.keyboard.type(f"{_place(page, 'Données')}/lic")
    expect(page.locator(".nav-link[aria-current]")).to_have_text("Données")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("hen")
    expect(page.locator("#search")).to_have_value("lichen")


def test_a_name_is_found_by_its_letters_and_opened(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat?an=2014")
    page.wait_for_selector(".axes li")
    field = page.locator("#search")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    field.press_sequentially("essai ii 1", delay=40)
    expect(field).to_have_value("essai ii 1")
    expect(page.get_by_role("option").first).to_contain_text("II.1.1", timeout=20_000)
    page.keyboard.press("Enter")
    expect(page.locator(".contract-right h2").first).to_contain_text("II.1.1")
    assert "an=2014" in page.url
    assert "sel=Action" in page.url


def test_help_says_the_keys_and_closes(page: Page, address: str) -> None:
    page.goto(f"{address}/contrat")
    page.wait_for_selector(".axes li")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("Raccourcis d’une touche")
    assert violations(page) == []
    page.get_by_role("button", name="Raccourcis d’une touche").click()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()


def test_a_page_that_does_not_exist_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/nulle-part")
    expect(page.locator(".state")).to_contain_text("Cette page n’existe pas")


def test_the_strip_says_that_the_store_is_gone_then_back(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.snapshot.RETRY_EVERY_S", 1)
    base, away = tmp_path / "x.sqlite", tmp_path / "ailleurs.sqlite"
    with open_store(f"sqlite:///{base}", create=True) as store:
        store.apply(store.plan([small_builder().build()]), author="essai")
    snapshots = Snapshots(f"sqlite:///{base}")
    with served_application(create_app(snapshots).server) as address:
        page.goto(f"{address}/contrat")
        expect(page.locator(".axes li").first).to_be_visible()
        expect(page.locator("#store-strip")).to_be_hidden()
        snapshots._forget_store()
        base.rename(away)
        strip = page.locator("#store-strip")
        expect(strip).to_contain_text("La base ne répond plus depuis", timeout=15_000)
        expect(strip).to_contain_text("Vous lisez la version 1, complète")
        assert violations(page) == []
        page.get_by_title("Vue d’ensemble").click()
        expect(page.locator("h1")).to_contain_text("Où agit le contrat")
        away.rename(base)
        expect(strip).to_be_hidden(timeout=15_000)
        with open_store(f"sqlite:///{base}") as store:
            store.undo()
        expect(strip).to_contain_text("La base est passée à la version 2", timeout=15_000)


def test_a_store_that_was_never_read_opens_by_itself_when_it_comes(page: Page, tmp_path: Path) -> None:
    base = tmp_path / "x.sqlite"
    with served_application(create_app(Snapshots(f"sqlite:///{base}")).server) as address:
        page.goto(f"{address}/contrat")
        expect(page.locator(".state")).to_contain_text("La base ne peut pas être lue")
        with open_store(f"sqlite:///{base}", create=True) as store:
            store.apply(store.plan([small_builder().build()]), author="essai")
        expect(page.locator(".axes li").first).to_be_visible(timeout=20_000)
