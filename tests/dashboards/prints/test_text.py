"""Text: set in French, measured, cut, never out of its box."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.prints.text import Face, Fitted, TextOverflowError, fit, french, width_of, wrap

NBSP, NNBSP = "\u00a0", "\u202f"
WORDS = st.lists(st.text("abcdéàIMW’-", min_size=1, max_size=9), min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("written", "set_in_french"),
    [
        ("Source : IGN ; fin", f"Source{NBSP}: IGN{NNBSP}; fin"),
        ("n = 7", f"n{NBSP}={NBSP}7"),
        ("le 1er janvier 2019", f"le 1er{NBSP}janvier{NBSP}2019"),
        ("12 juillet 2016", f"12{NBSP}juillet{NBSP}2016"),
        ("9 actions × années", f"9{NBSP}actions{NBSP}×{NBSP}années"),
        ("aujourd'hui « oui »", f"aujourd’hui «{NBSP}oui{NBSP}»"),
        ("une ligne\nune autre\u2028encore", "une ligne une autre encore"),
    ],
)
def test_every_text_is_set_in_french(written: str, set_in_french: str) -> None:
    assert french(written) == set_in_french


@pytest.mark.parametrize("text", ["Source : IGN", "n = 126 EPCI", "12 % ; 3 €", "« a » !"])
def test_setting_twice_changes_nothing(text: str) -> None:
    assert french(french(text)) == french(text)


def test_a_wider_letter_is_wider_and_twice_the_size_is_twice_the_width() -> None:
    assert width_of("m", Face(8)) > width_of("i", Face(8))
    assert width_of("Grenoble", Face(16)) == pytest.approx(2 * width_of("Grenoble", Face(8)), rel=0.02)
    assert width_of("Grenoble", Face(8, 700)) > width_of("Grenoble", Face(8))


def test_a_width_is_that_of_the_font_file() -> None:
    from fontTools.ttLib import TTFont

    from dashboards.prints.fonts import font_path

    font = TTFont(font_path(400, False))
    advance = font["hmtx"][font.getBestCmap()[ord("n")]][0] / font["head"].unitsPerEm
    two, one = width_of("nn", Face(10)), width_of("n", Face(10))
    assert two - one == pytest.approx(advance * 10 * 25.4 / 72, rel=0.03)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.floats(12, 60))
def test_no_line_is_wider_than_its_box_unless_it_is_one_word(words: list[str], width: float) -> None:
    lines = wrap(" ".join(words), Face(8), width)
    assert " ".join(lines) == " ".join(words)
    for line in lines:
        assert width_of(line, Face(8)) <= width or " " not in line


@settings(max_examples=40, deadline=None)
@given(WORDS, st.floats(8, 60), st.floats(3, 30))
def test_a_text_fits_its_box_or_is_refused(words: list[str], width: float, height: float) -> None:
    try:
        made = fit(" ".join(words), Face(9), width, height)
    except TextOverflowError:
        smallest = Face(6)
        least = Fitted(wrap(french(" ".join(words)), smallest, width), smallest, 1.22)
        assert least.width > width or least.height > height
    else:
        assert made.width <= width + 0.01
        assert made.height <= height + 0.01
        assert 6 <= made.face.size <= 9


def test_the_refusal_says_the_text_and_the_two_sizes() -> None:
    with pytest.raises(TextOverflowError, match=r"« Communauté ».*mm.*12\.0 × 2\.0"):
        fit("Communauté", Face(9), 12, 2)
