"""The map of a measure as a file: whole, under 1 MB for all the communes, nothing to fetch, its table."""

import json
import re
from pathlib import Path

import pytest

from dashboards.cli.exporting import write_map
from dashboards.map_kinds import MapOptions
from dashboards.maps import save_map
from dashboards.maps.territories_file import view_file
from dashboards.territory_units import units_of
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.context import EvaluationContext


def evaluation(graph: ContractGraph) -> Evaluation:
    """Return an evaluation of T06 alone: every commune has another amount, all are secret."""
    values = tuple(
        IndicatorValue(
            indicator="T06", measure="per_inhabitant", question=3, effect="E3.1", reach="actions",
            unit="€/hab.", value=0.01 * (rank + 1), fictional=True, secrecy="A",
            params={"year": "2015", "level": "K", "territory": code, "ubiquitous": "without"},
        )
        for rank, code in enumerate(sorted(units_of("commune")))
    )  # fmt: skip
    return Evaluation(EvaluationContext(graph), "working", values, {}, {}, (), ())


def block(page: str, name: str) -> dict[str, object]:
    """Return the content of a block of data of the page."""
    found = re.search(rf'<script type="application/json" id="{name}_\d+">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    content: dict[str, object] = json.loads(found[1])
    return content


@pytest.fixture(scope="module")
def page(graph: ContractGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("vue") / "vue.html"
    options = MapOptions(measure="T06", level="commune", year=2015, mode="working")
    assert save_map(view_file(graph, options, evaluation(graph)), path) < 1_000_000
    return path.read_text(encoding="utf-8")


def test_every_commune_has_its_line_once(page: str) -> None:
    card, table = block(page, "card"), block(page, "table")
    units, said = card["units"], card["said"]
    assert isinstance(units, dict)
    assert isinstance(said, list)
    assert len(units) == 2738
    assert table["cards"] is True
    assert "2\u202f738\u00a0communes" in str(table["caption"])
    lines = units["69123"]
    assert lines[0] == "Lyon"
    assert said[lines[3]] == "€ par habitant"
    assert said[lines[4]].startswith("couvert par le secret : ne pas publier".replace(" :", "\u00a0:"))
    assert not any("cliquer" in str(text) for text in said)


def test_the_file_asks_for_nothing_and_says_what_it_is(page: str) -> None:
    assert not re.search(r'<(?:script|link|img)[^>]*(?:src|href)="(?!data:)', page)
    assert "default-src 'none'" in page
    assert "Données fictives" in page
    assert "maillage export map --kind view --measure T06 --year 2015 --level commune --mode working" in page


def test_a_page_on_a_screen_has_no_paper(graph: ContractGraph, tmp_path: Path) -> None:
    for options in (MapOptions(paper="a3"), MapOptions(grey=True), MapOptions(series=True)):
        with pytest.raises(UsageError, match="ni papier, ni gris, ni série"):
            write_map(graph, tmp_path / "vue.html", "view", options)
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_writes_a_view_of_counts(graph: ContractGraph, tmp_path: Path) -> None:
    out = write_map(graph, tmp_path / "vue.html", "view", MapOptions(measure="actions", year=2015))
    assert len(str(block(out.read_text(encoding="utf-8"), "card")["units"])) > 1_000
