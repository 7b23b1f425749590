"""« Coopérations » as the analyst uses it, in a real browser with the network refused."""

import io
import zipfile
from collections.abc import Iterator

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from dashboards.app import create_app
from dashboards.evaluations import Evaluations
from dashboards.network_layout import LABEL_SIZE
from graphmodel import ContractGraph
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE
from tests.dashboards.dialogs import dialogs_of
from tests.dashboards.pages.cooperation_graphs import seated
from tests.dashboards.serving import served

CY = "document.querySelector('.coop-network > div')._cyreg.cy"


@pytest.fixture(scope="module")
def contract() -> ContractGraph:
    return seated()


@pytest.fixture(scope="module")
def address(contract: ContractGraph) -> Iterator[str]:
    with served(contract) as found:
        yield f"{found}/cooperations"


def opened(page: Page, address: str) -> None:
    """Open the page and wait until its network is drawn."""
    page.goto(address)
    page.wait_for_selector(".coop-network[data-ready]", state="attached")


def choose(page: Page, field: str, option: str) -> None:
    """Choose an option of a field of the bar."""
    page.locator(f"#{field}").click()
    page.get_by_role("option", name=option).click()


def footprint_drawn(page: Page) -> None:
    """Wait until the small map is drawn: left before, its scripts would break."""
    page.frame_locator("iframe.footprint").locator("html[data-ready]").wait_for(state="attached")


def tap(page: Page, target: str) -> None:
    """Click a node of the drawing, where it is on the screen."""
    x, y = page.evaluate(
        f"(target) => {{"
        f" const node = {CY}.nodes().filter((one) => one.data('target') === target)[0];"
        " const at = node.renderedPosition();"
        " const box = document.querySelector('.coop-network').getBoundingClientRect();"
        " return [box.x + at.x, box.y + at.y]; }",
        target,
    )
    page.mouse.click(x, y)


def state(page: Page) -> list[str]:
    """Return the nodes that are drawn with their place on the screen and their state."""
    found = page.evaluate(
        f"{CY}.nodes().map((one) => [one.id(), Math.round(one.renderedPosition('x')),"
        " Math.round(one.renderedPosition('y')), one.classes().sort().join(' ')].join(' ')).sort()"
    )
    return list(found)


def test_the_task_of_the_analyst(page: Page, address: str) -> None:
    opened(page, f"{address}?an=2014")
    expect(page.locator("h1")).to_contain_text("Qui coopère avec qui en 2014")
    expect(page.locator("#coop-caption")).to_contain_text("20")
    assert page.evaluate(f"{CY}.zoom()") * LABEL_SIZE >= 12

    choose(page, "coop-axe", "II Innovation")
    page.wait_for_url("**axe=II**")
    expect(page.locator("#coop-caption")).to_contain_text("3")
    assert page.evaluate(f"{CY}.nodes('.action').length") == 3
    choose(page, "coop-axe", "Tous")
    page.wait_for_function(f"() => {CY}.nodes('.action').length === 8")

    page.locator(".community").first.click()
    page.wait_for_url("**sel=Communaute:A**")
    expect(page.locator("#coop-panel h2")).to_contain_text("Communauté A")
    expect(page.locator("#coop-panel")).to_contain_text("restent dans la communauté")
    footprint_drawn(page)
    expect(page.locator("#coop-chance")).to_contain_text("sans CRESS Rhône-Alpes")
    for seen in (page.locator("iframe.footprint"), page.locator("#coop-chance")):
        expect(seen).to_be_in_viewport()
    assert page.evaluate(f"{CY}.nodes('.dimmed').length") > 0

    before = {line.split(" ")[0]: line.split(" ")[1:3] for line in state(page)}
    page.get_by_role("button", name="Fermer").click()
    page.locator("#coop-mode").get_by_text("Ce qui a changé").click()
    page.wait_for_url("**change=2014-2015**")
    expect(page.locator("h1")).to_contain_text("Qu’est-ce qui a changé depuis 2014")
    expect(page.locator(".counts")).to_contain_text("conservées")
    after = {line.split(" ")[0]: line.split(" ")[1:3] for line in state(page)}
    assert all(before[key] == after[key] for key in before.keys() & after.keys())
    page.get_by_role("slider", name="Année").press("ArrowLeft")
    expect(page.locator("#coop-panel")).to_contain_text("première année")

    page.locator("#coop-mode").get_by_text("Une année").click()
    expect(page.locator("h1")).to_contain_text("Qui coopère avec qui en 2014")
    page.keyboard.press("c")
    expect(page.locator("#coop-panel")).to_contain_text("Choisissez le départ.")
    tap(page, "Organisation:F1")
    expect(page.locator("#coop-panel")).to_contain_text("Choisissez l’arrivée.")
    tap(page, "Organisation:F4")
    expect(page.locator(".steps li").first).to_contain_text("Fictiscop Rivage et")
    page.wait_for_url("**de=Organisation:F1&vers=Organisation:F4**")

    shown, link = state(page), page.url
    page.goto("about:blank")
    opened(page, link)
    expect(page.locator(".steps li").first).to_contain_text("Fictiscop Rivage et")
    assert state(page) == shown


def test_a_node_a_territory_and_the_table_select_one_another(page: Page, address: str) -> None:
    opened(page, f"{address}?an=2014")
    tap(page, "Organisation:CRESS")
    expect(page.locator("#coop-panel h2")).to_have_text("CRESS Rhône-Alpes")
    footprint_drawn(page)
    page.keyboard.press("v")
    page.wait_for_url("**ego=Organisation:CRESS**")
    expect(page.locator("#coop-panel")).to_contain_text("Tout le réseau")
    footprint_drawn(page)
    page.keyboard.press("Escape")
    expect(page.locator("#coop-panel h2")).to_contain_text("communautés")
    choose(page, "coop-terr", "Grenoble-Alpes-Métropole")
    page.wait_for_url("**terr=200040715**")
    expect(page.locator("#coop-panel")).to_contain_text("2 acteurs y ont leur siège")
    expect(page.get_by_role("link", name="Voir sur la carte")).to_have_attribute(
        "href", "/territoires?sel=200040715"
    )
    assert page.evaluate(f"{CY}.nodes('.ringed').length") == 2
    # Letters act outside fields: the focus is still in the one just filled.
    page.locator("h1").click()
    page.keyboard.press("t")
    expect(page.locator(".ag-row").first).to_be_visible()
    page.locator(".ag-row", has_text="Fictilab Silex").first.click()
    page.wait_for_url("**sel=Organisation:F5**")
    expect(page.locator("#coop-panel h2")).to_have_text("Fictilab Silex")
    footprint_drawn(page)


def test_an_empty_view_takes_its_narrowest_filter_away(page: Page, address: str) -> None:
    opened(page, f"{address}?an=2015&axe=III&monde=recherche&bidon=1&couleur=arc-en-ciel")
    expect(page.locator(".notice")).to_contain_text("arc-en-ciel")
    expect(page.locator("#coop-empty")).to_contain_text("Le filtre le plus étroit est")
    page.get_by_role("button", name="L’enlever").click()
    expect(page.locator("#coop-empty")).to_be_empty()
    expect(page.locator("#coop-monde")).to_have_value("Tous")
    assert "monde" not in page.url


def test_the_years_play_by_themselves(page: Page, address: str) -> None:
    opened(page, f"{address}?change=2015-2016")
    expect(page.locator("#coop-panel")).to_contain_text("on ne sait pas")
    page.locator("#coop-play").click()
    expect(page.locator("#coop-panel")).to_contain_text("première année")
    expect(page.locator(".counts")).to_contain_text("conservées")
    expect(page.locator("#coop-play")).not_to_have_attribute("aria-pressed", "true")


def test_hostile_names_stay_text(page: Page, hostile_graph: ContractGraph) -> None:
    heard = dialogs_of(page)
    with served(hostile_graph) as found:
        opened(page, f"{found}/cooperations?an=2014&sel=Organisation:F1")
        expect(page.locator("#coop-panel h2")).to_contain_text("</script>")
        expect(page.locator("#coop-panel")).to_contain_text("{{7*7}}")
        footprint_drawn(page)
        tap(page, "Action:I_1.1")
        expect(page.locator("#coop-panel h2")).to_contain_text("<img src=x")
        titles = page.evaluate(f"{CY}.nodes().map((one) => one.data('title'))")
        assert HOSTILE in titles
        assert page.locator("img").count() == 0
        footprint_drawn(page)
    assert not heard


@pytest.mark.parametrize("view", ["an=2014&sel=Communaute:A", "change=2014-2015", "an=2014&vue=tableau"])
def test_no_rule_of_accessibility_is_broken(page: Page, address: str, view: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, f"{address}?{view}")
    if "Communaute" in view:
        footprint_drawn(page)
    if "change" not in view:
        expect(page.locator("#coop-chance")).to_contain_text("hasard")
    assert "\n".join(violations(page)) == ""
    page.locator("#scheme-toggle").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    assert "\n".join(violations(page)) == ""


class Computing(Evaluations):
    """Indicators that another process has not finished to compute."""

    def ready(self, graph: ContractGraph) -> None:
        """Return nothing yet."""
        assert graph


def test_files_are_those_of_the_view(contract: ContractGraph) -> None:
    client = create_app(lambda: contract, evaluations=Computing()).server.test_client()
    answer = client.get("/cooperations/reseau.gexf?an=2014&axe=II&sel=Communaute:A")
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="maillage_cooperations_2014_v3.gexf"'
    )
    network = nx.read_gexf(io.BytesIO(answer.data))
    assert {about["code"] for _, about in network.nodes(data=True) if about["genre"] == "action"} == {
        "II_1.1", "II_2.1", "II_3.1",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(client.get("/cooperations/reseau.zip?an=2014").data)) as archive:
        assert archive.namelist() == ["reseau-noeuds.csv", "reseau-liens.csv"]
    assert client.get("/cooperations/reseau.exe?an=2014").status_code == 404
    assert client.get("/cooperations/reseau.gexf?an=2016").status_code == 404
    assert client.get("/cooperations/empreinte?an=2014").status_code == 404
    assert client.get("/cooperations/figure-f8.pdf").status_code == 404
    waited = client.get("/cooperations/figure-f2.pdf?an=2014")
    assert waited.status_code == 503
    assert "en cours de calcul" in waited.get_data(as_text=True)
