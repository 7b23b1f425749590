"""« Territoires » as an official and an analyst use it, in a real browser with the network refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, FrameLocator, Page, expect

from dashboards.app import create_app
from dashboards.evaluations import Evaluations
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE, graph_of, small_builder
from tests.dashboards.pages.territory_values import GRENOBLE, VOIRON, evaluation_of
from tests.dashboards.serving import served_application

MONEY = "mesure=T06&an=2015&niveau=epci"
ROW = '#territories-table .ag-row[row-id="{}"]'


class Never(Evaluations):
    """An evaluation that is still being computed."""

    def ready(self, graph: ContractGraph) -> Evaluation | None:  # noqa: ARG002  the name of the class above
        """Return nothing, whatever the snapshot."""
        return None


@pytest.fixture(scope="module")
def address(graph: ContractGraph) -> Iterator[str]:
    given = Evaluations.of(evaluation_of(graph))
    with served_application(create_app(lambda: graph, evaluations=given).server) as found:
        yield f"{found}/territoires"


def opened(page: Page, address: str, scheme: str = "light") -> FrameLocator:
    """Open the page, wait for its table and its map, and return the map's frame."""
    page.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')")
    page.goto(address)
    page.wait_for_selector(".ag-row", state="attached")
    frame = page.frame_locator("#territories-map")
    frame.locator(".place b").first.wait_for()
    return frame


def inside(page: Page) -> Frame:
    return next(frame for frame in page.frames if "/carte/territoires" in frame.url)


def point_at(page: Page, latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a place of the map is on the page."""
    code = "([y, x]) => { const p = window.map_0000.latLngToContainerPoint([y, x]); return [p.x, p.y]; }"
    x, y = inside(page).evaluate(code, [latitude, longitude])
    box = page.locator("#territories-map").bounding_box()
    assert box is not None
    return box["x"] + x, box["y"] + y


def test_an_official_finds_a_town_and_reads_its_portrait(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    opened(page, address)
    expect(page.locator("h1")).to_contain_text("Où va l’argent du contrat en 2015")
    page.keyboard.press("/")
    page.keyboard.type("voiron")
    page.get_by_role("option", name="Voiron — commune").wait_for()
    page.keyboard.press("Enter")
    portrait = page.locator("#territories-profile")
    expect(portrait.get_by_role("heading", name="Voiron", exact=True)).to_be_visible()
    expect(portrait.locator(".figure")).to_have_count(4)
    expect(portrait.get_by_role("link", name="Ses coopérations")).to_have_attribute(
        "href", "/cooperations?terr=38563"
    )
    expect(portrait.get_by_role("link", name="En séance")).to_have_attribute("href", "/seance?terr=38563")
    assert "sel=38563" in page.url
    expect(page.frame_locator("#territories-map").locator(".chosen-tag")).to_have_text("Voiron")
    # Everything that matters is seen without scrolling: the buttons end above the source line.
    box = portrait.get_by_role("link", name="Fiche").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 692
    assert errors == []


def test_limits_do_not_move_with_the_year(page: Page, address: str) -> None:
    frame = opened(page, f"{address}?{MONEY}")
    said = set()
    for year in ("2014", "2015", "2016"):
        page.locator("#territories-year").get_by_text(year, exact=True).click()
        page.wait_for_function(
            "(year) => document.getElementById('territories-map').contentWindow.location.search"
            ".includes(`an=${year}`)",
            arg=year,
        )
        frame.locator(".place b").first.wait_for()
        expect(page.locator("h1")).to_contain_text(year)
        ends = frame.locator("[data-method=fixes] text").all_text_contents()
        said.add(tuple(text for text in ends if "," in text))
        assert f"an={year}" in page.url
    assert len(said) == 1
    assert len(said.pop()) >= 5


def test_table_and_map_say_the_same_value(page: Page, address: str) -> None:
    frame = opened(page, f"{address}?{MONEY}")
    row = page.locator(ROW.format(VOIRON)).first
    page.evaluate(
        "(code) => { const api = window.dash_ag_grid.getApi('territories-table');"
        " api.ensureNodeVisible(api.getRowNode(code)); }",
        VOIRON,
    )
    row.wait_for()
    shown = row.locator(".value-bar b").text_content()
    page.mouse.move(*point_at(page, 45.3790, 5.5200))
    expect(frame.locator(".hover-card")).to_contain_text("Pays Voironnais")
    expect(frame.locator(".hover-card strong")).to_have_text(shown or "")
    page.wait_for_selector(f"{ROW.format(VOIRON)}.pointed")
    row.hover()
    inside(page).wait_for_function("() => Boolean(window.Maillage.stateOf(window.map_0000).outlines?.hover)")


def test_enter_on_a_row_opens_its_portrait_and_the_way_back_gives_the_focus_back(
    page: Page, address: str
) -> None:
    opened(page, f"{address}?{MONEY}")
    page.keyboard.press("t")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    code = page.evaluate("() => document.activeElement.closest('.ag-row').getAttribute('row-id')")
    page.keyboard.press("Enter")
    expect(page.locator("#territories-back")).to_be_focused()
    page.wait_for_url(f"**sel={code}**")
    page.keyboard.press("Enter")
    page.wait_for_function(
        f"() => document.activeElement.closest('.ag-row')?.getAttribute('row-id') === '{code}'"
    )
    assert "sel=" not in page.url


def test_a_click_on_the_map_opens_the_portrait(page: Page, address: str) -> None:
    opened(page, f"{address}?{MONEY}")
    page.mouse.click(*point_at(page, 45.12, 5.72))
    expect(page.locator("#territories-here")).to_have_text("Grenoble-Alpes-Métropole")
    expect(page.locator("#territories-profile")).to_contain_text("Partenaire du contrat")
    expect(page.locator(".figure").first).to_contain_text("Secret statistique")


def test_the_legend_covers_no_part_of_the_region(page: Page, address: str) -> None:
    opened(page, f"{address}?{MONEY}")
    for width, height in ((1280, 720), (1024, 768), (820, 1180), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        covered = inside(page).evaluate(
            """() => {
              const map = window.map_0000;
              const frame = map.getContainer().getBoundingClientRect();
              const box = document.querySelector('.legend').getBoundingClientRect();
              const shapes = [...window.Maillage.stateOf(map).shapes.values()];
              const points = shapes.flatMap(({ coordinates }) => coordinates.flat(2));
              return points.filter(([x, y]) => {
                const p = map.latLngToContainerPoint([y, x]);
                const [left, top] = [p.x + frame.left, p.y + frame.top];
                return left > box.left && left < box.right && top > box.top && top < box.bottom;
              }).length / points.length;
            }"""
        )
        assert covered == 0, (width, height)


def test_method_and_signs_are_kept_in_the_address(page: Page, address: str) -> None:
    frame = opened(page, f"{address}?{MONEY}")
    frame.locator("[data-classes]").select_option("quantiles")
    expect(frame.locator("[data-method=quantiles]")).to_be_visible()
    expect(frame.locator("[data-method=fixes]")).to_be_hidden()
    page.wait_for_url("**classes=quantiles**")
    expect(frame.locator("[data-sign-row=zrr]")).to_be_hidden()
    page.get_by_role("button", name="ZRR").click()
    expect(frame.locator("[data-sign-row=zrr]")).to_be_visible()
    page.wait_for_url("**couches=qpv,zrr,perimetres**")
    frame = opened(page, page.url)
    expect(frame.locator("[data-method=quantiles]")).to_be_visible()
    expect(frame.locator("[data-sign-row=zrr]")).to_be_visible()


def test_a_year_without_report_and_a_wrong_link_are_said(page: Page, address: str) -> None:
    page.goto(f"{address}?mesure=actions&an=2016&sel=zzz&classes=jenks")
    expect(page.locator(".state")).to_contain_text("Aucun bilan reçu pour 2016")
    expect(page.locator(".notice")).to_contain_text("jenks")
    expect(page.locator(".notice")).to_contain_text("zzz")
    page.get_by_role("link", name="Voir 2015").click()
    expect(page.locator("h1")).to_contain_text("2015")
    page.frame_locator("#territories-map").locator(".place b").first.wait_for()


def test_before_the_indicators_the_actions_are_shown_and_money_waits(page: Page) -> None:
    shown = graph_of(small_builder(hostile=True))
    with served_application(create_app(lambda: shown, evaluations=Never()).server) as found:
        opened(page, f"{found}/territoires?an=2015&sel={GRENOBLE}")
        expect(page.locator("h1")).to_contain_text("Où agit le contrat en 2015")
        page.locator(".actor-list summary").click()
        expect(page.locator(".actor-list")).to_contain_text(HOSTILE.replace("\u2028", " ")[:20])
        page.goto(f"{found}/territoires?{MONEY}")
        expect(page.locator(".state")).to_contain_text("Calcul des indicateurs")


@pytest.mark.parametrize(
    ("scheme", "shown"), [("light", "couches=qpv,zrr,ptce,perimetres"), ("dark", f"sel={VOIRON}")]
)
def test_no_axe_violation_with_the_list_or_a_portrait(
    page: Page, address: str, scheme: str, shown: str
) -> None:
    opened(page, f"{address}?{MONEY}&{shown}", scheme)
    assert violations(page) == []
