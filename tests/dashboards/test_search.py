"""The search field: what a few letters find."""

import pytest

from dashboards.search import find, folded
from graphmodel import ContractGraph


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("grenoble", "Grenoble"),
        ("GRENOBLE ALPES", "Grenoble-Alpes"),
        ("saint etienne", "Saint-Étienne"),
        ("200046977", "Lyon"),
        ("fictisc", "Fictiscop Rivage"),
        ("lichen", "Fictasso Lichen"),
        ("I.1.2", "I.1.2"),
        ("pilat", "Parc du Pilat"),
    ],
)
def test_a_few_letters_find_a_name(graph: ContractGraph, typed: str, first: str) -> None:
    assert first in find(graph, typed)[0].name


def test_a_result_says_what_it_is_and_what_to_open(graph: ContractGraph) -> None:
    die = next(one for one in find(graph, "die") if one.name == "Die")
    assert (die.kind, die.selection, die.about) == ("territory", "26113", "commune · Drôme")
    action = find(graph, "Action d’essai II")[0]
    assert (action.kind, action.about) == ("action", "action")
    assert action.selection.startswith("Action:II_")


def test_one_letter_or_nothing_known_finds_nothing(graph: ContractGraph) -> None:
    assert find(graph, "d") == []
    assert find(graph, "  ") == []
    assert find(graph, "xyzzy") == []


def test_accents_hyphens_and_apostrophes_do_not_count() -> None:
    assert folded("L’Œuvre de Saint-Étienne") == "l oeuvre de saint etienne"
