"""The audit finds what is wrong, and nothing on a page that is right."""

import pytest

from dashboards.prints.checks import audit
from dashboards.prints.page import Page, Z, printing
from dashboards.prints.text import Box, Face
from dashboards.theme import LIGHT


def sound_page() -> Page:
    """Return a small page with nothing wrong."""
    page = Page(100, 80)
    page.line(10, 20, "Première ligne", Face(9))
    page.line(10, 30, "Deuxième ligne", Face(9, 600))
    page.paragraph(Box(10, 40, 50, 20), "Un texte un peu plus long, sur deux lignes au moins.", Face(8))
    return page


def kinds(page: Page) -> set[str]:
    """Return the kinds of what the audit finds."""
    return {finding.kind for finding in audit(page)}


def test_nothing_is_found_on_a_sound_page() -> None:
    with printing():
        assert audit(sound_page()) == []


def test_a_text_over_another_is_found() -> None:
    with printing():
        page = sound_page()
        page.written[0].artist.set_position((12, 29.4))
        assert "overlap" in kinds(page)


def test_a_text_pushed_off_the_page_is_found() -> None:
    with printing():
        page = sound_page()
        page.written[1].artist.set_position((88, 30))
        assert "outside" in kinds(page)


def test_a_text_out_of_its_box_is_found() -> None:
    with printing():
        page = sound_page()
        page.written[2].artist.set_position((35, 43))
        assert "container" in kinds(page)


def test_a_text_under_the_smallest_size_is_found() -> None:
    with printing():
        page = sound_page()
        page.written[0].artist.set_fontsize(5)
        assert kinds(page) == {"small"}


@pytest.mark.parametrize("part", [(9.0, 18.0), (20.0, 40.0)], ids=["its beginning", "its end"])
def test_a_text_covered_in_part_is_found(part: tuple[float, float]) -> None:
    with printing():
        page = sound_page()
        left, right = part
        page.rectangle(Box(left, 16, right - left, 6), Z["text"] + 1, fill=LIGHT.land)
        assert kinds(page) == {"hidden"}


def test_a_text_of_the_colour_of_its_ground_is_found() -> None:
    with printing():
        page = sound_page()
        page.written[0].artist.set_color("#fdfdfd")
        assert kinds(page) == {"hidden"}


def test_a_plate_off_the_page_is_found() -> None:
    with printing():
        page = sound_page()
        page.rectangle(Box(90, 50, 20, 5), Z["panel"], fill=LIGHT.acc, said="échelle")
        assert [(finding.kind, finding.text) for finding in audit(page)] == [("outside", "échelle")]


def test_the_audit_leaves_the_page_as_it_was() -> None:
    with printing():
        page = sound_page()
        before = page.figure.dpi
        audit(page)
        assert page.figure.dpi == before
        assert all(written.artist.get_visible() for written in page.written)


@pytest.mark.parametrize("made", ["actions", "perimeters"])
def test_every_third_text_of_a_real_page_that_is_moved_onto_another_is_found(
    made: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(made)
    moved = page.written[2::29]
    places = [written.artist.get_position() for written in moved]
    target = page.written[0].artist.get_position()
    try:
        for written in moved:
            written.artist.set_position((target[0] + 12, target[1]))
        with printing():
            found = {finding.text for finding in audit(page) if finding.kind in ("overlap", "container")}
    finally:
        for written, at in zip(moved, places, strict=True):
            written.artist.set_position(at)
    assert found >= {written.artist.get_text() for written in moved}
