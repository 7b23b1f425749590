"""The map of the zonings: numbers by hand, insets where the quarters are, what is not known is said."""

import pytest

from dashboards.prints.atlas import INSET_SCALE
from dashboards.prints.checks import audit
from dashboards.prints.ground import PrintGround
from dashboards.prints.layout import layout_of
from dashboards.prints.maps import map_page
from dashboards.prints.page import Page, printing
from dashboards.prints.scale import MapFrame
from dashboards.prints.zonings_data import ZoningsMapData, zonings_map_data
from dashboards.prints.zonings_legend import legend_rows
from dashboards.prints.zonings_map import inset_places, quarters_by_commune
from graphmodel import ContractGraph
from tests.dashboards.prints.conftest import said_on


@pytest.fixture(scope="module")
def data(demonstration: ContractGraph, ground: PrintGround) -> ZoningsMapData:
    return zonings_map_data(demonstration, ground)


@pytest.fixture(scope="module")
def page(demonstration: ContractGraph) -> Page:
    with printing():
        return map_page(demonstration, "zonings")[0]


def test_numbers_are_those_of_the_graph(
    data: ZoningsMapData, demonstration: ContractGraph, ground: PrintGround
) -> None:
    classed = demonstration.relationships("CLASSED_IN")["target"].value_counts()
    assert len(data.quarters) + data.unplaced == classed["zoning/QPV@2015"]
    assert len(data.rural) == classed["zoning/ZRR@2014"]
    territories = demonstration.nodes("Territory")
    quarters = territories[territories["level"] == "qpv"]
    assert data.quarters_people == quarters["population"].sum()
    assert data.rural_people == sum(ground.populations[code] or 0 for code in data.rural)
    assert data.fictional


def test_a_quarter_is_in_the_commune_its_code_says(data: ZoningsMapData, ground: PrintGround) -> None:
    for commune, quarters in quarters_by_commune(data, ground).items():
        assert {quarter.code[2:7] for quarter in quarters} == {commune}


def test_insets_show_the_two_epci_with_the_most_quarters(data: ZoningsMapData, ground: PrintGround) -> None:
    lyon, grenoble = inset_places(data, ground)
    assert (lyon.title, grenoble.title) == ("Grand Lyon", "Grenoble-Alpes Métropole")
    assert INSET_SCALE <= 500_000
    frame = MapFrame(layout_of("a4", "landscape").insets[0], INSET_SCALE, lyon.middle)
    assert sum(frame.ground.contains(quarter.shape) for quarter in data.quarters) >= 10


def test_the_page_is_sound_and_says_vintages_and_dates(page: Page, data: ZoningsMapData) -> None:
    with printing():
        assert audit(page) == []
    said = said_on(page)
    assert "millésime 2015" in said
    assert "en vigueur du 30 juillet 2014 au 30 juin 2017" in said
    assert "DONNÉES FICTIVES" in said
    assert f"(n = {len(data.rural)})" in said
    assert set(legend_rows(data)) == {"qpv", "zrr"}


def test_zonings_declared_without_a_list_are_not_zero_and_the_page_says_so(
    convention: ContractGraph, ground: PrintGround
) -> None:
    data = zonings_map_data(convention, ground)
    assert (data.quarters, data.rural, dict(legend_rows(data))) == ((), (), {})
    with printing():
        page, _ = map_page(convention, "zonings")
        assert audit(page) == []
    said = said_on(page)
    assert "Aucune liste de QPV et ZRR de millésime déclaré" in said
    assert "0 habitant" not in said
