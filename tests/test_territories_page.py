"""The page on territories: its cells run in order, and what it says of the product is true."""

import re
from pathlib import Path
from typing import Any

import pytest

from dashboards.prints.former_data import former_map_data
from geodata.territories import load_reference

PAGE = (Path(__file__).parents[1] / "docs" / "territoires.md").read_text(encoding="utf-8")
CELLS = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """Run the cells in order, as a reader does, and return the names they leave."""
    left: dict[str, Any] = {}
    for rank, cell in enumerate(CELLS, start=1):
        exec(compile(cell, f"docs/territoires.md, cellule {rank}", "exec"), left)
    return left


def test_a_table_of_2014_keeps_its_sums_on_the_communes_of_2025(names: dict[str, Any]) -> None:
    table, converted = names["table"], names["converted"]
    assert dict(zip(converted.table["code"], converted.table["montant"], strict=True)) == {
        "69024": 1550,
        "69123": 5000,
    }
    assert list(converted.left["code"]) == ["99999"]
    assert converted.table["montant"].sum() + converted.left["montant"].sum() == table["montant"].sum()
    assert list(converted.log["change"]) == ["merged", "merged", "merged", "unknown_code"]


def test_the_way_back_shares_by_population_and_keeps_the_sum(names: dict[str, Any]) -> None:
    back = names["back"]
    assert back.table["montant"].sum() == 6550
    split = back.log[back.log["change"] == "split"]
    assert set(split["to_code"]) == {"69024", "69146", "69222"}
    assert split["share"].sum() == pytest.approx(1)


def test_a_list_is_dated_or_said_undecided(names: dict[str, Any]) -> None:
    history = names["history"]
    assert "ne permet pas de choisir" in history.diagnose(["69146", "69222", "69123"]).sentence
    assert history.diagnose(history.communes_at("2017-01-01")).years == (2017,)


def test_epci_that_straddle_departements_sum_to_the_whole(names: dict[str, Any]) -> None:
    straddling = names["straddling"]
    assert not straddling.empty
    assert (straddling.groupby("contained")["population_share"].sum().round(6) == 1).all()


def test_what_the_page_says_the_product_carries_is_true() -> None:
    reference, former = load_reference(), former_map_data()
    plain = PAGE.replace("\u202f", " ").replace("\u00a0", " ")
    count = f"{len(reference.frame('commune')):,}".replace(",", " ")
    assert f"communes des huit départements ({count})" in plain
    assert reference.vintages["epci"][0] == "2019"
    assert "**1er janvier 2019**" in plain
    assert f"communes du 1er janvier 2014 ({former.communes:,})".replace(",", " ") in plain
    assert f"sauf {former.grouped} en {len(former.groups)} groupes" in plain
    assert reference.population_vintage == "non déclaré"


@pytest.mark.parametrize("kind", re.findall(r"--kind ([\w-]+)", PAGE))
def test_every_map_the_page_names_exists(kind: str) -> None:
    from dashboards.map_kinds import BY_KIND

    assert kind in BY_KIND
