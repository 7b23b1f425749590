"""`docs/indicateurs.md` is what the cards say today."""

from pathlib import Path

from graphmodel.indicators import indicators
from graphmodel.indicators.page import indicators_markdown

PAGE = Path(__file__).parents[3] / "docs" / "indicateurs.md"


def test_the_page_has_not_drifted() -> None:
    assert PAGE.read_text("utf-8") == indicators_markdown(), "run `make docs`"


def test_every_indicator_and_measure_stands_in_the_page() -> None:
    text = indicators_markdown()
    for name, card in indicators().items():
        assert f"### {name}. {card.label}" in text
        assert all(f"| `{measure}` |" in text for measure in card.measures)
