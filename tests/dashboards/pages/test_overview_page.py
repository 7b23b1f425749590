"""« Vue d’ensemble » as a person uses it, in a real browser with the network refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from graphmodel import ContractGraph
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE
from tests.dashboards.dialogs import dialogs_of
from tests.dashboards.serving import served


@pytest.fixture(scope="module")
def address(graph: ContractGraph) -> Iterator[str]:
    with served(graph) as found:
        yield found


def opened(page: Page, address: str, scheme: str = "light") -> FrameLocator:
    """Open the page, wait for the map and the network, and return the map's frame."""
    page.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')")
    page.goto(address)
    page.wait_for_selector(".network canvas", state="attached")
    page.wait_for_selector(".ag-row", state="attached")
    frame = page.frame_locator("#map")
    frame.locator(".place b").first.wait_for()
    return frame


def drawn(page: Page) -> list[str]:
    """Return the labels of the nodes of the network."""
    found = page.evaluate(
        "document.querySelector('.network > div')._cyreg.cy.nodes().map((node) => node.data('title'))"
    )
    return list(found)


def test_reading_a_year_then_another(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    frame = opened(page, f"{address}/?an=2014")
    expect(page.locator("h1")).to_contain_text("Où agit le contrat en 2014")
    expect(page.locator("#badge")).to_have_text("Données fictives")
    expect(frame.locator(".legend")).to_contain_text("Parc du Pilat")
    page.get_by_text("2015", exact=True).click()
    expect(page.locator("h1")).to_contain_text("2015")
    expect(page.locator("#map")).to_have_attribute("src", "/carte?an=2015&v=3-3.1")
    assert "an=2015" in page.url
    page.keyboard.press("t")
    expect(page.locator(".ag-row")).to_have_count(8)
    expect(page.locator(".ag-row").first).to_contain_text("Grenoble et Lyon")
    assert "vue=tableau" in page.url
    page.locator(".ag-row").first.click()
    expect(page.locator("#network-selection")).to_contain_text("portée par Fictiscop Rivage")
    assert errors == []


def test_a_territory_chosen_on_the_map_lights_its_actions(page: Page, address: str) -> None:
    opened(page, address)
    inside = next(found for found in page.frames if "/carte" in found.url)
    x, y = inside.evaluate(
        "() => { const p = window.map_0000.latLngToContainerPoint([45.12, 5.72]); return [p.x, p.y]; }"
    )
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator("#network-selection")).to_contain_text("Grenoble-Alpes-Métropole")
    expect(page.locator("#network-selection")).to_contain_text("I.1.1, I.1.2, II.1.1 et II.2.1")
    page.wait_for_function(
        "() => document.querySelector('.network > div')._cyreg.cy.nodes('.dimmed').length > 0"
    )


def test_a_shared_selection_reopens_and_survives_a_change_of_year(page: Page, address: str) -> None:
    frame = opened(page, f"{address}/?an=2014&sel=Organisation:CRESS")
    expect(page.locator("#network-selection")).to_contain_text("CRESS Rhône-Alpes")
    expect(frame.locator("html")).to_have_attribute("data-ready", "oui")
    dimmed = "() => document.querySelector('.network > div')._cyreg.cy.nodes('.dimmed').length"
    assert page.evaluate(dimmed) > 0
    page.get_by_text("2015", exact=True).click()
    expect(page.locator("h1")).to_contain_text("2015")
    expect(page.locator("#network-selection")).to_contain_text("CRESS Rhône-Alpes")
    assert "sel=Organisation:CRESS" in page.url
    page.keyboard.press("t")
    page.locator(".ag-row").first.click()
    page.wait_for_url("**sel=Action:I_1.1**")


def test_a_commune_found_by_the_search_shows_its_territory(page: Page, address: str) -> None:
    opened(page, address)
    page.keyboard.press("/")
    page.keyboard.type("meylan")
    page.get_by_role("option", name="Meylan — commune").click()
    expect(page.locator("#network-selection")).to_contain_text("Grenoble-Alpes-Métropole")
    assert "sel=38229" in page.url


def test_the_place_of_the_map_and_of_the_network_is_in_the_address(page: Page, address: str) -> None:
    opened(page, f"{address}/?carte=45.1000,5.7000,10&reseau=1.500,-100,-50")
    inside = next(found for found in page.frames if "/carte" in found.url)
    inside.wait_for_function("() => window.map_0000.getZoom() === 10")
    zoom = "() => document.querySelector('.network > div')._cyreg.cy.zoom()"
    page.wait_for_function(f"() => Math.abs(({zoom})() - 1.5) < 0.01")
    page.locator(".network").hover()
    page.mouse.wheel(0, -240)
    page.wait_for_function("() => !window.location.search.includes('reseau=1.500')")
    page.frame_locator("#map").get_by_role("button", name="Réduire").click()
    page.wait_for_url("**carte=*,9*")


def test_the_console_says_nothing(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened(page, address)
    assert [text for text in said if "sensitivity" in text] == []


def test_the_network_is_fitted_even_when_the_table_came_first(page: Page, address: str) -> None:
    opened(page, f"{address}/?vue=tableau")
    page.keyboard.press("t")
    expect(page.locator(".network canvas").first).to_be_visible()
    page.wait_for_function(
        "() => { const cy = document.querySelector('.network > div')._cyreg.cy;"
        " const box = cy.elements().renderedBoundingBox();"
        " return cy.width() > 0 && box.x1 >= 0 && box.x2 <= cy.width() && box.w > cy.width() / 2; }"
    )


def test_a_year_without_reports_is_not_drawn_as_zero(page: Page, address: str) -> None:
    frame = opened(page, f"{address}/?an=2016")
    expect(page.locator(".state")).to_contain_text("Aucun bilan reçu pour 2016")
    expect(frame.locator(".legend")).to_contain_text("pas de donnée (126)")


def test_signs_of_the_map_obey_the_page(page: Page, address: str) -> None:
    frame = opened(page, address)
    shown = "() => window.Maillage.isShown(window.map_0000, 'zrr')"
    inside = next(found for found in page.frames if "/carte" in found.url)
    expect(frame.locator(".legend")).to_be_visible()
    assert inside.evaluate(shown) is False
    page.get_by_role("button", name="ZRR").click()
    inside.wait_for_function(shown)
    expect(page.get_by_role("button", name="ZRR")).to_have_attribute("aria-pressed", "true")
    assert "zrr" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["reseau", "tableau"])
def test_no_axe_violation(page: Page, address: str, scheme: str, view: str) -> None:
    opened(page, f"{address}/?vue={view}", scheme)
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    assert violations(page) == []


def test_the_scheme_changes_everywhere_at_once(page: Page, address: str) -> None:
    frame = opened(page, address)
    page.get_by_role("button", name="Thème").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(frame.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_hostile_names_stay_text(page: Page, hostile_graph: ContractGraph) -> None:
    alerts = dialogs_of(page)
    with served(hostile_graph) as found:
        opened(page, found)
        assert HOSTILE in drawn(page)
        page.keyboard.press("t")
        expect(page.locator(".ag-row").first).to_contain_text("</script><img")
        assert page.locator(".ag-row img").count() == 0
    assert alerts == []


def test_the_whole_view_stands_without_scrolling(page: Page, address: str) -> None:
    opened(page, address)
    root = "document.documentElement"
    height, width = page.evaluate(f"[{root}.scrollHeight, {root}.scrollWidth]")
    assert (height, width) <= (720, 1280)
    inside = next(found for found in page.frames if "/carte" in found.url)
    legend, land = inside.evaluate(
        "() => [document.querySelector('.legend').getBoundingClientRect().right,"
        " window.map_0000.latLngToContainerPoint([45.2, 3.6877]).x]"
    )
    assert legend <= land
