"""Pages of three sizes: frames on the paper, one beside the other; legends flow or are refused in French."""

from itertools import combinations
from typing import get_args

import pytest

from dashboards.map_kinds import Orientation, Paper
from dashboards.prints.blocks import Row, Rows, Section, flat, flow
from dashboards.prints.checks import audit
from dashboards.prints.layout import MARGIN, LayoutError, layout_of
from dashboards.prints.page import Page, printing
from dashboards.prints.text import Box
from dashboards.theme import LIGHT

PAGES = [(paper, way) for paper in get_args(Paper) for way in get_args(Orientation)]
SIZES = {"a4": (297, 210), "a3": (420, 297), "demi": (210, 148)}


@pytest.mark.parametrize("insets", [0, 1, 2])
@pytest.mark.parametrize(("paper", "way"), PAGES)
def test_frames_stand_apart_within_the_margins(paper: Paper, way: Orientation, insets: int) -> None:
    layout = layout_of(paper, way, insets=insets)
    assert sorted((layout.width, layout.height)) == sorted(SIZES[paper])
    assert (layout.width > layout.height) == (way == "landscape")
    boxes = [layout.main, *layout.insets, *layout.columns]
    for box in boxes:
        assert box.x >= MARGIN - 1e-9
        assert box.right <= layout.width - MARGIN + 1e-9
        assert box.bottom <= layout.foot
        assert min(box.w, box.h) > 30
    for one, other in combinations(boxes, 2):
        assert one.polygon.intersection(other.polygon).area == pytest.approx(0, abs=1e-6)
    assert len(layout.insets) == (0 if paper == "demi" else insets)


@pytest.mark.parametrize(("paper", "scale"), [("a4", 1_800_000), ("a3", 1_250_000), ("demi", 3_250_000)])
def test_a_larger_page_has_a_larger_map_and_letters_of_the_same_size(paper: Paper, scale: int) -> None:
    from dashboards.prints.ground import print_ground
    from dashboards.prints.scale import frame_for

    for way in get_args(Orientation):
        assert frame_for(print_ground().region.bounds, layout_of(paper, way).main).scale == scale


def blocks_of(lines: int) -> list[Section | Rows]:
    """Return a section, rows with bars and a section that opens a column."""
    rows = tuple(Row(flat(LIGHT.acc), f"classe numéro {rank}", rank * 10) for rank in range(6))
    text = "Une phrase de légende qui dit comment lire une valeur et ce qu’il ne faut pas conclure. "
    return [
        Rows("Titre", rows, note="unité (n)", foot="Total : 150 communes.", bars=True),
        Section("Lecture", text * lines),
        Section("Ne pas conclure", text, breaks=True),
    ]


def test_blocks_fill_columns_in_order_and_stay_in_them() -> None:
    page, columns = Page(210, 148), [Box(12, 12, 60, 100), Box(80, 12, 60, 100)]
    with printing():
        flow(page, blocks_of(3), columns)
        assert audit(page) == []
    at = {one.artist.get_text(): one.artist.get_position() for one in page.written}
    assert at["Titre"][0] == 12
    assert at["Ne pas conclure"][0] == 80
    sizes = {one.face.size for one in page.written if one.artist.get_text().startswith("Une")}
    assert sizes == {7.5}


def test_texts_shrink_before_a_legend_is_refused() -> None:
    column = [Box(12, 12, 60, 100)]
    with printing():
        page = Page(210, 148)
        flow(page, blocks_of(7), column)
        assert min(one.face.size for one in page.written) < 7
        assert min(one.face.size for one in page.written) >= 6
        with pytest.raises(LayoutError, match=r"ne tient pas sur ce format.*--format a4"):
            flow(Page(210, 148), blocks_of(40), column)
