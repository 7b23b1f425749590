"""A ratio by class: the class of each unit, and three absences that look different, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboards import theme
from dashboards.maps import OfflineMap, save_map
from dashboards.maps.elements import Edges, Frame, Ground, Signs, Surface
from dashboards.maps.ground import ground_data
from dashboards.maps.legend import ClassRow, Legend, LegendContent, SignRow

INSIDE = {"38": (45.2, 5.35), "26": (44.6, 5.15), "69": (45.95, 4.55), "42": (45.75, 4.0), "01": (46.1, 5.3)}


@pytest.fixture(scope="module", params=["light", "dark"])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return a scheme, and a map of départements: two classes, no data, secret, zero."""
    ground = ground_data()
    made = OfflineMap("Essai", (45.4, 5.0), scheme=request.param)
    statuses = {"69": "blank", "42": "secret", "01": "zero"}
    Ground(ground.topology, ground.levels).add_to(made)
    Surface("departement", {"38": 4, "26": 0}, statuses).add_to(made)
    Edges({"departement": True}, filled=True).add_to(made)
    rows = (
        SignRow("zero", "zéro (1)"),
        SignRow("blank", "pas de donnée (1)"),
        SignRow("secret", "secret (1)"),
    )
    classes = (ClassRow("0,15", 1), ClassRow("1,20", 1))
    Legend(LegendContent("Essai", "par département", rows, classes=classes)).add_to(made)
    Frame(ground.bounds, "Essai").add_to(made)
    Signs(()).add_to(made)
    path = tmp_path_factory.mktemp("surface") / "carte.html"
    save_map(made, path)
    return request.param, path


def pixels(page: Page, at: tuple[float, float]) -> set[str]:
    """Return the colours drawn in a square of 12 px around a place."""
    found = page.evaluate(
        """([lat, lng]) => {
          const map = window.map_0000;
          const canvas = map.getPane('surface').querySelector('canvas');
          const ratio = canvas.width / canvas.clientWidth;
          const box = canvas.getBoundingClientRect(), frame = map.getContainer().getBoundingClientRect();
          const p = map.latLngToContainerPoint([lat, lng]);
          const x = (p.x + frame.left - box.left) * ratio, y = (p.y + frame.top - box.top) * ratio;
          const data = canvas.getContext('2d').getImageData(x - 6, y - 6, 12, 12).data;
          const hex = (n) => n.toString(16).padStart(2, '0');
          const seen = new Set();
          for (let k = 0; k < data.length; k += 4) {
            seen.add('#' + hex(data[k]) + hex(data[k+1]) + hex(data[k+2]));
          }
          return [...seen];
        }""",
        list(at),
    )
    return set(found)


def test_each_unit_has_the_colour_of_its_class_or_the_sign_of_its_absence(
    page: Page, drawn: tuple[theme.Scheme, Path]
) -> None:
    scheme, path = drawn
    tokens = theme.SCHEMES[scheme]
    page.goto(path.as_uri())
    expect(page.locator(".zero-sign")).to_have_text("0")
    assert pixels(page, INSIDE["38"]) == {tokens.sequential[4]}
    assert pixels(page, INSIDE["26"]) == {tokens.sequential[0]}
    assert pixels(page, INSIDE["01"]) == {tokens.land}
    assert {tokens.blank, tokens.blank_line} <= pixels(page, INSIDE["69"])
    secret = pixels(page, INSIDE["42"])
    assert tokens.blank in secret
    assert len(secret) > 1
    assert tokens.blank_line not in secret
    expect(page.locator(".classes")).to_contain_text("1,20")
