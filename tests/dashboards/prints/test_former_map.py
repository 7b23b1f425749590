"""The map of 1 January 2014: every commune counted once, groups numbered and named, the ground covered."""

import pytest
import shapely

from dashboards.prints.checks import audit
from dashboards.prints.former_data import FormerMapData, former_map_data
from dashboards.prints.former_map import legend_rows
from dashboards.prints.ground import PrintGround
from dashboards.prints.maps import map_page
from dashboards.prints.page import Page, printing
from geodata.vintages import START, load_history
from graphmodel import ContractGraph
from tests.dashboards.prints.conftest import said_on, texts_of


@pytest.fixture(scope="module")
def data() -> FormerMapData:
    return former_map_data()


@pytest.fixture(scope="module")
def page(convention: ContractGraph) -> Page:
    with printing():
        return map_page(convention, "communes-2014")[0]


def test_every_commune_of_the_day_is_in_one_place(data: FormerMapData) -> None:
    grouped = [code for group in data.groups for code in group.code.split("+")]
    every = [*data.unchanged, *data.changed, *grouped]
    assert len(every) == len(set(every)) == data.communes
    assert set(every) == load_history().communes_at(START)
    assert len(grouped) == data.grouped


def test_what_is_drawn_covers_the_ground_once(data: FormerMapData, ground: PrintGround) -> None:
    shapes = [*data.unchanged.values(), *data.changed.values(), *data.together.values()]
    drawn = shapely.area(shapes).sum()
    assert drawn == pytest.approx(ground.region.area, rel=1e-6)
    assert shapely.area(list(data.departements.values())).sum() == pytest.approx(drawn, rel=1e-6)


def test_a_commune_that_merged_since_is_drawn_apart(data: FormerMapData) -> None:
    assert {"69024", "69146", "69222"} <= set(data.changed)
    assert "69123" in data.unchanged


def test_the_page_says_how_many_are_drawn_as_they_were(data: FormerMapData, page: Page) -> None:
    with printing():
        assert audit(page) == []
    said = said_on(page)
    assert f"{len(data.groups)} groupes dessinés d’un seul tenant (n = {data.grouped})" in said
    assert sum(
        int(row.rsplit("= ", 1)[1].rstrip(")").replace("\u202f", "")) for row in legend_rows(data)
    ) == (data.communes)
    written = texts_of(page)
    for rank, group in enumerate(data.groups, start=1):
        assert written.count(str(rank)) >= 2, "on the map and in the list"
        assert group.name.split(" et ")[-1].split("-")[0] in said
