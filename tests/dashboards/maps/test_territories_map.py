"""The map of a measure: what its legend and its page say, without network, hostile names as text."""

import json
import re

import pytest

from dashboards.class_limits import METHODS
from dashboards.maps.measure_legend import classes_svg
from dashboards.maps.offline import page_of
from dashboards.maps.territories import TerritoryMap, cards, legend_content, territory_map
from dashboards.measures import COUNTED, MEASURES, Level, Measure
from dashboards.territory_series import map_of, series_of_graph
from graphmodel import ContractGraph
from tests.dashboards.conftest import HOSTILE, graph_of, small_builder
from tests.dashboards.pages.territory_values import DIOIS, GRENOBLE, VAL_DE_DROME, VOIRON, evaluation_of

T06 = MEASURES[0]


def made(graph: ContractGraph, measure: Measure, level: Level = "epci", year: int = 2015) -> TerritoryMap:
    content = map_of(series_of_graph(graph), evaluation_of(graph), measure, level, year)
    assert content is not None
    return content


@pytest.fixture(scope="module")
def content(graph: ContractGraph) -> TerritoryMap:
    return made(graph, T06)


def block(page: str, name: str) -> dict[str, object]:
    found = re.search(rf'<script type="application/json" id="{name}_\d+">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found.group(1)))


def test_each_unit_travels_as_one_letter_for_each_method(content: TerritoryMap) -> None:
    data = block(page_of(territory_map(content)), "measured")
    signs = data["signs"]
    assert isinstance(signs, dict)
    assert list(signs) == [name for name, _, _ in METHODS]
    order = content.ground.levels["epci"].codes
    for letters in signs.values():
        assert len(letters) == len(order)
        at = dict(zip(order, letters, strict=True))
        assert (at[GRENOBLE], at[VAL_DE_DROME], at[DIOIS]) == ("s", "n", "z")
        assert at[VOIRON] in "01234"


def test_the_legend_counts_every_unit_once(content: TerritoryMap) -> None:
    legend = legend_content(content)
    grounds = sum(
        int(n) for row in legend.signs if row.toggle is None for n in re.findall(r"\((\d+)\)", row.words)
    )
    for row in legend.methods:
        counts = [int(n) for n in re.findall(r":\s?(\d+)", row.said.split(".", 1)[1])]
        assert sum(counts) + grounds == len(content.units)


def test_no_colour_and_no_style_is_written_in_the_legend() -> None:
    drawn = str(classes_svg([3, 0, 5], ["0,01", "0,25", "0,40", "2,52"], "sequential"))
    assert "style=" not in drawn
    assert "#" not in drawn
    assert "f-sequential-3" in drawn
    assert classes_svg([], [], "sequential") == ""


def test_the_card_of_a_unit_says_its_value_or_the_reason(content: TerritoryMap) -> None:
    found = cards(content)
    assert found[VOIRON][2:4] == ("0,99", "€ par habitant")
    assert found[VAL_DE_DROME][2:4] == ("–", "pas de donnée\u00a0: bilan non reçu")
    assert found[GRENOBLE][2] == "–"
    assert "secret" in found[GRENOBLE][3]
    assert "1.13" not in page_of(territory_map(content))


def test_a_count_is_drawn_by_circles_over_white_units(graph: ContractGraph) -> None:
    counted = made(graph, COUNTED)
    page = page_of(territory_map(counted))
    assert block(page, "measured")["filled"] is False
    circles = block(page, "circles")["circles"]
    assert isinstance(circles, list)
    assert len(circles) == 126
    assert legend_content(counted).methods == []
    assert "<circle" in legend_content(counted).nested


def test_communes_of_value_zero_have_no_circle(graph: ContractGraph) -> None:
    counted = made(graph, COUNTED, "commune")
    circles = block(page_of(territory_map(counted)), "circles")["circles"]
    assert isinstance(circles, list)
    assert len(circles) == sum((one.value or 0) > 0 for one in counted.readings.values())


def test_hostile_names_stay_text_and_nothing_is_fetched() -> None:
    builder = small_builder(hostile=True)
    pole = builder.node("Ptce", "POLE", name=HOSTILE)
    builder.relationship("BASED_IN", pole, builder.territory("commune", "38185", "2025"))
    page = page_of(territory_map(made(graph_of(builder), COUNTED), prefix="/assets/"))
    assert "<img src=x" not in page
    assert block(page, "poles")["poles"][0]["name"] == HOSTILE  # type: ignore[index]
    assert set(re.findall(r"https?://[^/]+", page)) <= {"http://www.w3.org"}


def test_a_map_whose_indicators_are_not_there_is_no_map(graph: ContractGraph) -> None:
    assert map_of(series_of_graph(graph), None, T06, "epci", 2015) is None
