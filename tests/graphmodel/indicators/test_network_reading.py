"""The network in five sentences: each true of its values, whatever the network does."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.network_reading import TAIL, Sentence, read_network
from tests.graphmodel.indicators.contracts import Data, graph_of, mini, report

EVERY_PAIR = {f"p{rank}": list(pair) for rank, pair in enumerate(combinations("ABCDEF", 2))}
"""Each pair once: as many links as there can be."""
SAME_PAIRS = {f"p{rank}": list(("AB", "CD", "EF")[rank % 3]) for rank in range(15)}
"""Three pairs, five times each: as few links as there can be."""


def actions(parts: dict[str, list[str]]) -> dict[str, Any]:
    return {name: {"axe": "I"} for name in parts}


def two_waves(first: dict[str, list[str]], second: dict[str, list[str]], **more: Any) -> Data:
    waves = {"2014": first, "2015": second}
    return mini(actions=actions(first | second), participe=waves, montants_2014=None, **more)


def reading(data: Data, folder: Path) -> list[Sentence]:
    path = folder / "essai.json"
    path.write_text(json.dumps(data), "utf-8")
    return read_network(EvaluationContext(graph_of(path)))


def value(sentence: Sentence, measure: str, rank: int = -1) -> float:
    found = [v.value for v in sentence.values if v.measure == measure]
    assert isinstance(found[rank], (int, float))
    return float(found[rank])  # type: ignore[arg-type]  # just looked at


def test_five_sentences_of_mini(tmp_path: Path) -> None:
    density, worlds, pivot, links, groups = reading(mini(), tmp_path)
    assert "monte de 33,3\u202f% à 66,7\u202f%" in density.text
    assert "en lierait 65,6\u202f%" in density.text
    assert "ne se distingue pas du hasard" in density.text
    assert "de 1,9 point à 1,0 point" in density.text
    assert "5 des 10 liens" in worlds.text
    assert "indice E-I 0,00, 0,07 attendu" in worlds.text
    assert "ne déclare pas d’organisation pivot" in pivot.text
    assert "4 des 5 liens demeurent, soit 80,0\u202f%" in links.text
    assert "6 autres sont nouveaux" in links.text
    assert "grandit" in links.text
    assert "2015" in groups.text


def test_more_links_than_chance_is_said(tmp_path: Path) -> None:
    density = reading(two_waves(SAME_PAIRS, EVERY_PAIR), tmp_path)[0]
    assert value(density, "p_ge") <= TAIL
    assert "plus de liens que le hasard" in density.text
    assert "monte de 20,0\u202f% à 100,0\u202f%" in density.text


def test_fewer_links_than_chance_and_a_fall_are_said(tmp_path: Path) -> None:
    sentences = reading(two_waves(EVERY_PAIR, SAME_PAIRS), tmp_path)
    assert value(sentences[0], "p_le") <= TAIL
    assert "moins de liens que le hasard" in sentences[0].text
    assert "descend de 100,0\u202f% à 20,0\u202f%" in sentences[0].text
    assert "3 des 15 liens demeurent" in sentences[3].text
    assert "aucun autre n’est nouveau" in sentences[3].text
    assert "perd plus de liens" in sentences[3].text


def test_no_change_is_neither_a_rise_nor_a_fall(tmp_path: Path) -> None:
    density, *_, links, _groups = reading(two_waves(SAME_PAIRS, SAME_PAIRS), tmp_path)
    assert "reste à 20,0\u202f%" in density.text
    assert "monte" not in density.text
    assert "garde ses liens" in links.text


def test_dependence_on_the_pivot_is_said(tmp_path: Path) -> None:
    star = {name: ["A", name.upper()] for name in "bcdef"}
    pivot = reading(two_waves(star, star, pivot="A"), tmp_path)[2]
    assert "100,0\u202f% des paires d’autres opérateurs qui se joignent sont perdues" in pivot.text
    assert "à 0,0\u202f%" in pivot.text
    whole = reading(two_waves(EVERY_PAIR, EVERY_PAIR, pivot="A"), tmp_path)[2]
    assert "le réseau tient" in whole.text


def test_groups_that_hold_and_a_single_wave(tmp_path: Path) -> None:
    two = {f"g{rank}": list("ABC" if rank % 2 else "DEF") for rank in range(6)}
    data = mini(actions=actions(two), participe={"2015": two}, annees=["2015"], montants_2014=None)
    density, _, _, links, groups = reading(data, tmp_path)
    assert density.text.startswith("En 2015, 40,0\u202f% des paires possibles parmi 6 opérateurs")
    assert "Une seule année est connue (2015)" in links.text
    assert "2 groupes d’opérateurs" in groups.text
    assert "ils tiennent" in groups.text


def test_missing_reports_give_a_reason_and_no_figure(tmp_path: Path) -> None:
    rows = [
        report(o, a, y, False) for y, by in mini()["participe"].items() for a, os in by.items() for o in os
    ]
    sentences = reading(mini(bilans=rows), tmp_path)
    for sentence in (sentences[0], sentences[1], sentences[4]):
        assert "n’est pas calculable" in sentence.text
        assert "%\u202f" not in sentence.text


def test_nothing_known_is_one_sentence(tmp_path: Path) -> None:
    (only,) = reading(mini(participe={}), tmp_path)
    assert "Aucune participation" in only.text
    assert only.values == ()


PARTS = st.dictionaries(
    st.sampled_from(["a1", "a2", "a3", "a4"]), st.sets(st.sampled_from("ABCDEF"), min_size=1, max_size=4),
    min_size=1,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(PARTS, PARTS)
def test_sentences_are_true_of_their_values(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, set[str]], second: dict[str, set[str]]
) -> None:
    waves = [{name: sorted(row) for name, row in parts.items()} for parts in (first, second)]
    density, _, _, links, _ = reading(two_waves(*waves), tmp_path_factory.mktemp("lu"))
    for sentence in (density, links):
        assert sentence.text.endswith(".")
        assert not sentence.text.endswith("..")
        assert not re.search(r"None|nan|\d\.\d", sentence.text)
    if density.values and all(v.value is not None for v in density.values):
        before, after = value(density, "density", 0), value(density, "density")
        assert ("monte" in density.text) == (round(after, 3) > round(before, 3))
        assert ("plus de liens que le hasard" in density.text) == (value(density, "p_ge") <= TAIL)
        assert ("moins de liens que le hasard" in density.text) == (
            value(density, "p_le") <= TAIL < value(density, "p_ge")
        )
    if links.values and all(v.value is not None for v in links.values):
        grows = value(links, "persistence") >= 0.5 and value(links, "created") > value(links, "lost")
        assert ("grandit" in links.text) == grows
