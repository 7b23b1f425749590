"""Every figure: nothing wrong on its page nor bare, an alternative text, the same bytes, a reason."""

import re
from pathlib import Path

import pytest

from dashboards.figures import FIGURES, Figure, figure
from dashboards.figures.figure import ALT_LENGTH, Words
from dashboards.prints.checks import audit
from dashboards.prints.page import Page, printing
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import EvaluationContext, compute
from tests.support.told_demonstration import evaluation_of_values

COMMAND = "maillage export figure --kind f0 --out figure.png"
Told = tuple[ContractGraph, Evaluation]


def texts(page: Page) -> str:
    """Return everything written on a page."""
    return "\n".join(written.artist.get_text() for written in page.written)


def findings(made: Figure) -> list[object]:
    """Return what the audit finds on the page of a figure, and on its bare version with a margin."""
    with printing():
        return [found for page in (made.page(COMMAND), made.bare(margin=5.0)) for found in audit(page)]


@pytest.mark.parametrize("kind", FIGURES)
def test_nothing_is_wrong_on_a_figure(demonstration: Told, kind: str) -> None:
    made = figure(kind, *demonstration)
    assert made.empty is None
    assert findings(made) == []
    with printing():
        page = made.page(COMMAND)
    said = texts(page)
    for expected in (made.number, "DONNÉES FICTIVES", "document de travail", "Source"):
        assert expected in said
    assert "Ce qu’on ne peut pas dire" in said
    assert COMMAND in said
    assert 40 < len(made.alt) <= ALT_LENGTH
    assert made.height() <= 215


@pytest.mark.parametrize("kind", ["f1", "f4", "f5"])
def test_what_secrecy_withholds_is_drawn_and_said_but_no_number(
    demonstration: Told, withheld: Told, kind: str
) -> None:
    made = figure(kind, *withheld)
    assert findings(made) == []
    with printing():
        clear, hidden = (texts(figure(kind, *told).page(COMMAND)) for told in (demonstration, withheld))
    assert "secret" in hidden
    assert "secret" not in clear.lower().replace("secret statistique", "")
    numbers = set(re.findall(r"\d[\d\u202f]*,?\d* ?k€|\d,\d\d \[", clear)) if kind != "f4" else {"13\u202f%"}
    assert not any(number in hidden for number in numbers)


def test_a_figure_is_the_same_bytes_twice(demonstration: Told) -> None:
    one, other = (figure("f2", *demonstration, year=2015) for _ in range(2))
    assert one.svg() == other.svg()
    one, other = (figure("f5", *demonstration) for _ in range(2))
    assert one.png() == other.png()


def test_a_bare_figure_is_texts_without_title(demonstration: Told, tmp_path: Path) -> None:
    made = figure("f7", *demonstration)
    svg = made.svg(150).decode()
    assert 'width="425.' in svg  # 150 mm in points
    assert "<text" in svg
    assert made.title not in svg.split("<defs>", 1)[1]
    assert made.save(tmp_path / "f7.pdf", COMMAND).read_bytes().startswith(b"%PDF")
    with pytest.raises(UsageError, match="n’est pas un format"):
        made.save(tmp_path / "f7.bmp", COMMAND)


def test_the_grey_edition_has_no_colour(demonstration: Told) -> None:
    svg = figure("f2", *demonstration, grey=True).svg().decode()
    colours = set(re.findall(r"#([0-9a-f]{6})", svg))
    assert len(colours) > 4
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_unknown_figures_and_years_are_refused(demonstration: Told) -> None:
    with pytest.raises(UsageError, match="« f9 » n’est pas une figure"):
        figure("f9", *demonstration)
    with pytest.raises(UsageError, match="2013 n’est pas une année du contrat : 2014, 2015 et 2016"):
        figure("f2", *demonstration, year=2013)
    with pytest.raises(UsageError, match="montre toutes les années"):
        figure("f4", *demonstration, year=2015)


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_without_data_says_why(graph: ContractGraph, kind: str) -> None:
    context = EvaluationContext(graph.select(years=[2016]))
    values = tuple(compute(context, ("S02", "S05", "T05", "T06", "T08", "T13", "T19", "G04")))
    made = figure(kind, context.graph, evaluation_of_values(context, values))
    assert made.empty is not None
    assert made.empty in made.alt
    assert findings(made) == []


def test_an_alternative_text_is_never_too_long() -> None:
    with pytest.raises(ValueError, match="351 characters"):
        Words("t", "s", "c", "s", "x" * 351)
