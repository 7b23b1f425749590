"""The map of all communes as a file: whole, light, offline, readable as a table."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboards.maps import OfflineMap, communes_map, save_map
from dashboards.maps.communes import legend_content, map_content, table_of
from dashboards.maps.offline import UnsafePageError
from geodata.territories import load_reference
from graphmodel import ContractGraph

BUDGET = 1_000_000


@pytest.fixture(scope="module")
def file(graph: ContractGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "carte.html"
    save_map(communes_map(graph, 2015), path)
    return path


def test_one_light_file_without_any_address_to_fetch(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < BUDGET
    assert 'src="' not in text.replace('src="data:', "")
    assert '<link rel="stylesheet"' not in text
    assert "Content-Security-Policy" in text
    assert "connect-src" not in text.split("</head>")[0].split("Content-Security-Policy")[1].split(">")[0]


def test_the_file_opens_with_the_network_refused(page: Page, file: Path) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    expect(page.locator("h1")).to_contain_text("Où agit le contrat en 2015")
    expect(page.locator(".badge")).to_have_text("Données fictives")
    expect(page.locator(".place b").first).to_be_visible()
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("km")
    expect(page.locator(".source-line")).to_contain_text("EPCI au 1er janvier 2019")
    expect(page.locator(".legend")).to_contain_text("Parc du Pilat")
    page.get_by_role("button", name="QPV").click()
    expect(page.get_by_role("button", name="QPV")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("t")
    expect(page.locator("dialog tbody tr")).to_have_count(2738)
    expect(page.locator("dialog tr", has_text="38185")).to_contain_text("Grenoble-Alpes-Métropole")
    page.get_by_role("button", name="Fermer").click()
    assert errors == []


def test_pointing_at_an_epci_opens_its_card(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.locator(".place b").first.wait_for()
    point = page.evaluate(
        "() => { const map = window.map_0000; const p = map.latLngToContainerPoint([45.12, 5.72]);"
        " const box = map.getContainer().getBoundingClientRect(); return [p.x + box.left, p.y + box.top]; }"
    )
    page.mouse.move(point[0], point[1])
    card = page.locator(".hover-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Grenoble-Alpes-Métropole")
    expect(card).to_contain_text("4 actions")


def test_legend_counts_every_epci_once(graph: ContractGraph) -> None:
    content = map_content(graph, 2015)
    rows = {row.kind: row.words for row in legend_content(content, toggles=True).signs}
    reached = sum(bool(codes) for codes in content.places.by_epci.values())
    epci = load_reference().vintages["epci"][0]
    assert rows["circle_zero"] == f"aucune action ({126 - reached})"
    assert len(load_reference().frame("epci", epci)) == 126


def test_circles_have_one_scale_for_all_years(graph: ContractGraph) -> None:
    assert {map_content(graph, year).largest for year in (2014, 2015, 2016)} == {4}


def test_an_unknown_year_is_no_data_not_zero(graph: ContractGraph) -> None:
    content = map_content(graph, 2016)
    rows = {row.kind: row.words for row in legend_content(content, toggles=False).signs}
    assert "circle_zero" not in rows
    assert rows["blank"] == "pas de donnée (126)"
    assert table_of(content)["said"] == ["pas de donnée"]


def test_table_and_drawing_hold_the_same_communes(graph: ContractGraph) -> None:
    content = map_content(graph, 2015)
    codes = content.ground.topology["codes"]
    assert codes == list(content.ground.commune_names)
    table = table_of(content)
    assert len(table["names"]) == len(table["here"]) == len(codes) == 2738  # type: ignore[arg-type]


def test_a_map_made_for_the_server_is_not_written_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnsafePageError):
        save_map(OfflineMap("Essai", (45.5, 5.0), prefix="/assets/"), tmp_path / "x.html")
