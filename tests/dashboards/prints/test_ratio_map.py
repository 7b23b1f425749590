"""Map M3: classes without gap or overlap, n that sum, three grounds that are no class, no secret told."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.class_limits import CLASSES, easy, limits_of
from dashboards.map_kinds import BY_KIND, MapOptions
from dashboards.prints.checks import audit
from dashboards.prints.grey import make_grey
from dashboards.prints.ground import PrintGround
from dashboards.prints.layout import layout_of
from dashboards.prints.page import Page, printing
from dashboards.prints.ratio_data import RatioMapData, ratio_map_data
from dashboards.prints.ratio_legend import class_words, reading_words, warning_words
from dashboards.prints.ratio_map import class_areas, draw_ratio_map
from dashboards.prints.zonings_data import zonings_map_data
from graphmodel import ContractGraph
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode, Status
from tests.dashboards.prints.conftest import texts_of


def value_of(territory: str, euros: float | None, year: int = 2015, secrecy: Status = "V") -> IndicatorValue:
    """Return euros per inhabitant of a commune, or of the region (« R »)."""
    return IndicatorValue(
        indicator="T06", measure="per_inhabitant", question=3, effect="E3.1", reach="actions", unit="€/hab.",
        params={
            "year": str(year),
            "level": "R" if territory == "R" else "K",
            "territory": territory,
            "ubiquitous": "without",
        },
        value=euros, secrecy=secrecy, fictional=True, reason=None if euros is not None else "aucun bilan",
    )  # fmt: skip


def data_of(ground: PrintGround, mode: Mode = "publication") -> RatioMapData:
    """Return a map where every fifth commune is zero, unknown, secret, or has a value."""
    values = []
    for rank, code in enumerate(sorted(ground.communes)):
        euros = [0.0, None, 7_777.0, 0.01 * (1 + rank % 300), 0.5][rank % 5]
        values.append(value_of(code, euros, secrecy="A" if rank % 5 == 2 else "V"))
    values.append(value_of("R", 0.4, secrecy="D"))
    values.append(value_of("38185", 99.0, year=2014))
    return ratio_map_data(values, ground, 2015, mode=mode)


@pytest.fixture(scope="module")
def data(ground: PrintGround) -> RatioMapData:
    return data_of(ground)


def page_of(data: RatioMapData, graph: ContractGraph, ground: PrintGround, *, grey: bool = False) -> Page:
    with printing():
        page = Page(297, 210, grey=grey)
        draw_ratio_map(page, layout_of("a4", "landscape"), data, ground, zonings_map_data(graph, ground))
        if grey:
            make_grey(page)
        return page


def test_the_n_of_the_legend_sum_to_the_communes(data: RatioMapData) -> None:
    assert sum(data.counts.values()) == len(data.rows) == 2738
    assert set(data.counts) <= {"0", "1", "2", "3", "4", "zero", "no_data", "secret"}


def test_zero_unknown_and_secret_are_three_things(data: RatioMapData, ground: PrintGround) -> None:
    first = sorted(ground.communes)[:3]
    assert [data.rows[code].status for code in first] == ["zero", "no_data", "secret"]
    assert data.rows[first[2]].value is None
    assert data.mean is None
    assert data.mean_status == "secret"


def test_nothing_secret_is_told_by_the_legend(data: RatioMapData) -> None:
    assert data.top is not None
    assert data.top < 7_777
    told = " ".join(class_words(data, rank) for rank in range(len(data.limits) + 1))
    assert "7" + "\u202f" + "777" not in told + reading_words(data)
    assert "secret" in warning_words(data)


def test_a_working_document_shows_all(ground: PrintGround) -> None:
    working = data_of(ground, "working")
    assert working.counts["secret"] == 0
    assert working.top == 7_777


def test_limits_are_those_of_every_year_together(ground: PrintGround) -> None:
    codes = sorted(ground.communes)[:8]
    values = [
        value_of(code, 0.1 * (rank + 1), year) for year in (2014, 2015) for rank, code in enumerate(codes)
    ]
    years = [ratio_map_data(values, ground, year) for year in (2014, 2015)]
    assert years[0].limits == years[1].limits != ()


@given(st.lists(st.floats(1e-6, 1e6), max_size=200))
def test_limits_grow_and_every_class_may_be_said(values: list[float]) -> None:
    limits = limits_of(values)
    assert len(limits) < CLASSES
    assert all(a < b for a, b in itertools.pairwise(limits))
    assert all(min(values) < limit <= max(values) for limit in limits)


@given(st.floats(1e-6, 1e9))
def test_an_easy_number_is_near(value: float) -> None:
    assert abs(math.log(easy(value) / value)) < math.log(1.2)


def test_areas_of_classes_share_out_the_region(data: RatioMapData, ground: PrintGround) -> None:
    areas = class_areas(data, ground)
    assert sum(area.area for area in areas.values()) == pytest.approx(
        sum(shape.area for shape in ground.communes.values())
    )


@pytest.mark.parametrize("grey", [False, True])
def test_the_page_has_no_fault(
    data: RatioMapData, graph: ContractGraph, ground: PrintGround, grey: bool
) -> None:
    page = page_of(data, graph, ground, grey=grey)
    assert audit(page) == []
    said = texts_of(page)
    assert any("secret" in text for text in said)


def test_a_page_without_any_value_says_so(
    data: RatioMapData, graph: ContractGraph, ground: PrintGround
) -> None:
    hidden = {code: replace(row, value=None, status="secret") for code, row in data.rows.items()}
    bare = replace(data, rows=hidden, limits=())
    page = page_of(bare, graph, ground)
    assert audit(page) == []
    assert any("Aucune valeur" in text for text in texts_of(page))


def test_the_command_printed_makes_the_map_again() -> None:
    card = BY_KIND["amounts"]
    assert card.command(MapOptions(), ".png") == "maillage export map --kind amounts --out carte-m3.png"
    options = MapOptions(2015, "epci", region_wide=True, mode="working", grey=True, paper="a3")
    assert card.command(options, ".pdf") == (
        "maillage export map --kind amounts --year 2015 --level epci --region-wide --format a3 --grey "
        "--mode working --out carte-m3.pdf"
    )
