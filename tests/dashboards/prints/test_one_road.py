"""The one road of every map: kinds, options, commands, refusals, the two editions, the zonings accepted."""

from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from typer.testing import CliRunner

from dashboards.cli.app import app
from dashboards.map_kinds import BY_KIND, CARDS, MapKind, MapOptions
from dashboards.prints import map_page, print_map
from dashboards.prints.content import deviations
from dashboards.prints.grey import grey_of
from dashboards.prints.maps import BUILDERS
from dashboards.prints.page import Page, printing
from dashboards.prints.zonings_data import Zoning
from dashboards.theme import LIGHT, PRINT_GREYS
from graphmodel import ContractGraph, UsageError
from tests.dashboards.prints.conftest import said_on, texts_of


def test_every_kind_has_a_card_and_a_builder() -> None:
    assert set(BUILDERS) == set(BY_KIND) == set(get_args(MapKind))
    assert len({card.stem for card in CARDS}) == len(CARDS)
    assert {f"Carte M{rank}" for rank in range(1, 9)} <= {card.number for card in CARDS}


def test_the_command_line_knows_every_kind() -> None:
    shown = CliRunner().invoke(app, ["export", "map", "--help"], env={"COLUMNS": "200"}).output
    for card in CARDS:
        assert card.kind in shown


@pytest.mark.parametrize(
    ("kind", "options", "refusal"),
    [
        ("perimeters", MapOptions(year=2015), "l’année"),
        ("zonings", MapOptions(series=True), "la série d’années"),
        ("actions", MapOptions(level="commune"), "le niveau"),
        ("amounts", MapOptions(level="departement"), "ne se dessine pas par « departement »"),
        ("poles", MapOptions(classes="quantiles"), "les classes"),
    ],
)
def test_an_option_that_a_map_does_not_take_is_refused(
    kind: MapKind, options: MapOptions, refusal: str
) -> None:
    with pytest.raises(UsageError, match=refusal):
        BY_KIND[kind].check(options)


def test_the_page_says_the_command_that_makes_it_again(graph: ContractGraph) -> None:
    options = MapOptions(paper="a3", orientation="portrait", grey=True, mode="working")
    with printing():
        page, _ = map_page(graph, "perimeters", options, ".pdf")
    said = said_on(page)
    command = "maillage export map --kind perimeters --format a3 --orientation portrait --grey --mode working"
    assert f"{command} --out carte-m1.pdf" in said
    assert "document de travail" in said
    assert "sur papier A3" in said
    assert "Carte M1 · niveaux de gris" in said


def zoning(scheme: str, vintage: str) -> Zoning:
    return Zoning(scheme, scheme, vintage, None, None)


def test_publication_refuses_a_list_of_another_time_and_a_working_document_says_it() -> None:
    ours = [zoning("QPV", "2015"), zoning("ZRR", "2014")]
    assert deviations(ours, "publication") == deviations(ours, "working") == ()
    later = [*ours, zoning("ZRR", "2022"), zoning("FRR", "2024")]
    with pytest.raises(UsageError, match=r"Zonage ZRR 2022 et FRR 2024 : ce n’est pas une liste du temps"):
        deviations(later, "publication")
    said = deviations(later, "working")
    assert [line.split(" au lieu")[0] for line in said] == ["Écart : ZRR 2022", "Écart : FRR 2024"]


def pixels(page: Page) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    canvas: Any = FigureCanvasAgg(page.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3]


def test_the_grey_edition_has_no_colour_left(graph: ContractGraph) -> None:
    with printing():
        page, _ = map_page(graph, "actions", MapOptions(grey=True))
        shown = pixels(page)
    assert (shown.max(axis=2) == shown.min(axis=2)).all()
    assert len(np.unique(shown)) > 10


def test_classes_keep_their_order_in_grey() -> None:
    assert tuple(grey_of(color) for color in LIGHT.sequential) == PRINT_GREYS
    levels = [int(grey_of(color)[1:3], 16) for color in LIGHT.sequential]
    assert levels == sorted(levels, reverse=True)


def test_half_a_page_that_is_too_small_says_which_format_to_take(
    graph: ContractGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.prints.circles_map.place", lambda _: {})
    out = tmp_path / "m2.png"
    with pytest.raises(UsageError, match=r"ne tient pas sur une demi-page ; choisir --format a4"):
        print_map(graph, "actions", out, MapOptions(paper="demi"))
    assert not out.exists()


def test_a_map_that_names_a_map_has_its_number(perimeters: Page) -> None:
    assert "Carte M1" in texts_of(perimeters)
