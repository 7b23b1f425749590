"""The answers: each sentence rests on values, contradictions come first, what cannot be said comes last."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.answers import PARTS, Answer
from graphmodel.answers.headlines import FORMS, MOST_FIRST, headlines
from graphmodel.evaluation import Evaluation, evaluate_contract
from graphmodel.indicators import indicators
from tests.graphmodel.indicators.sets import context_of

CHAIN = {"maillons": ["mise en œuvre", "coopération", "réponse", "stratégie"]}


def ratings(effect: str, *levels: int | None, rater: str = "A") -> list[dict[str, Any]]:
    return [
        {"effet": effect, "maillon": link, "niveau": level, "cotateur": rater}
        for link, level in zip(CHAIN["maillons"], levels, strict=True)
    ]


def evaluated(folder: Path, **extra: Any) -> Evaluation:
    return evaluate_contract(context_of(folder, **CHAIN, **extra).graph)


def third(evaluation: Evaluation) -> Answer:
    (found,) = (answer for answer in evaluation.answers if answer.question == 3)
    return found


def test_the_conclusion_is_the_degree_of_the_weakest_link(tmp_path: Path) -> None:
    answer = third(evaluated(tmp_path, contribue=ratings("E3.1", 3, 2, 1, 2)))
    (told,) = (s for s in answer.sentences if s.part == "conclusion" and s.effect == "E3.1")
    assert "est plausible, mais n’est pas établie" in told.text
    assert "réponse" in told.text
    assert "à 1 sur 3" in told.text
    assert [(value.indicator, value.measure, value.value) for value in told.values] == [("T19", "min", 1)]


@pytest.mark.parametrize(
    ("level", "verdict"), [(0, "n’est pas établie"), (2, "orientée"), (3, "est établie")]
)
def test_a_degree_is_never_above_the_weakest_link(tmp_path: Path, level: int, verdict: str) -> None:
    answer = third(evaluated(tmp_path, contribue=ratings("E3.2", 3, level, 3, 3)))
    (told,) = (s for s in answer.sentences if s.part == "conclusion" and s.effect == "E3.2")
    assert verdict in told.text


def test_what_contradicts_is_read_first_and_what_cannot_be_said_is_part_of_the_answer(tmp_path: Path) -> None:
    rows = ratings("E3.1", 3, 2, 2, 2) + ratings("E3.1", 3, 2, 0, 2, rater="B")
    answer = third(evaluated(tmp_path, contribue=rows))
    order = [PARTS.index(sentence.part) for sentence in answer.sentences]
    assert order == sorted(order)
    assert "contradiction" in {sentence.part for sentence in answer.sentences}
    limits = [sentence.text for sentence in answer.sentences if sentence.part == "limite"]
    assert any("sans le contrat" in text for text in limits)
    assert any("feuille" in text for text in limits)


def test_a_sentence_of_figures_cites_the_values_it_says(tmp_path: Path) -> None:
    evaluation = evaluated(
        tmp_path,
        lieux={"2014": {"a1": [{"territoire": "K1", "degre": "cible"}]},
               "2015": {"a1": [{"territoire": t, "degre": "cible"} for t in ("K1", "K2")]}},
    )  # fmt: skip
    told = [s for s in third(evaluation).sentences if s.part == "constat" and "communes où" in s.text]
    (sentence,) = told
    assert [value.value for value in sentence.values] == [0.5, 1.0]
    text = sentence.text.replace("\u202f", " ")
    assert "passe de 50,0 % à 100,0 %" in text
    assert "non établi" in text or "orienté" in text
    for answer in evaluation.answers:
        for statement in answer.sentences:
            assert statement.text.endswith((".", "»."))
            if statement.part == "constat":
                assert statement.values


def test_every_headline_is_a_measure_of_the_catalogue() -> None:
    cards = indicators()
    for headline in headlines():
        assert headline.measure in cards[headline.indicator].measures
        assert headline.form in FORMS


def test_the_figures_seen_first_are_few_and_inform_the_effect_they_stand_under() -> None:
    cards = indicators()
    first = [(effect, headline) for headline in headlines() for effect in headline.first]
    for effect, headline in first:
        assert effect in cards[headline.indicator].effects
    for question in "1234":
        assert 0 < sum(effect[1] == question for effect, _ in first) <= MOST_FIRST
    assert all(headline.title and headline.about and headline.under for headline in headlines())
