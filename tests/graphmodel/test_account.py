"""The account of a territory: attributed money, partners, needs, comparison, small numbers said small."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.account import territory_account
from graphmodel.indicators import EvaluationContext
from tests.graphmodel.indicators.sets import context_of


def paid(action: str, amount: int | None) -> dict[str, Any]:
    return {"action": action, "financeur": "Région", "annee": "2014", "nature": "paye", "montant": amount}


def place(territory: str) -> dict[str, str]:
    return {"territoire": territory, "degre": "cible"}


@pytest.fixture
def context(tmp_path: Path) -> EvaluationContext:
    return context_of(
        tmp_path,
        participe={"2014": {"a1": ["A", "B"], "a2": ["C"], "a3": ["D"]}},
        porteur={"2014": {"a1": "A", "a2": "C", "a3": "D"}},
        actions={"a1": {"axe": "I"}, "a2": {"axe": "II"}, "a3": {"axe": "II", "ubiquitaire": True}},
        lieux={"2014": {"a1": [place("K1")], "a2": [place("K1"), place("K2")]}},
        financements=[paid("a1", 1000), paid("a2", 300), paid("a3", 150)],
        besoins={"b1": {"collectivite": "V", "priorite": 2, "date": "2014-02-01"}},
        reponses=[
            {"action": "a1", "besoin": "b1", "statut": "prevue", "date": "2014-03-01"},
            {"action": "a1", "besoin": "b1", "statut": "operationnelle", "date": "2014-09-01"},
        ],
        collectivites={"V": {"communes": ["K1"], "organisation": "E"}},
    )


def key_of(context: EvaluationContext, code: str) -> str:
    told = context.graph.nodes("Territory")["code"]
    return str(told.index[told == code][0])


def test_money_is_attributed_and_stands_beside_the_region(context: EvaluationContext) -> None:
    account = territory_account(context, key_of(context, "K1"))
    assert account is not None
    (amount,) = (told for told in account.amounts if told.year == 2014)
    # All of a1, and the two thirds of a2 that its 1,000 inhabitants of 1,500 make.
    assert amount.amount == pytest.approx(1000 + 200)
    assert amount.with_region_wide == pytest.approx(1200 + 100)
    assert amount.per_inhabitant == pytest.approx(1.2)
    assert amount.region_per_inhabitant == pytest.approx(1300 / 1500)
    assert (amount.pilots, amount.secrecy) == (2, "A")


def test_partners_quarters_and_small_numbers_are_told(context: EvaluationContext) -> None:
    account = territory_account(context, key_of(context, "K1"))
    assert account is not None
    assert {count for _, count in account.partners} == {1}
    assert len(account.partners) == 3
    assert [quarter.code for quarter in account.quarters] == ["Q1"]
    assert account.quarters[0].targeted is False
    assert account.small is True
    assert account.comparable == ("K2",)
    assert account.compared["actions"].own == 2
    assert account.compared["actions"].middle == 1
    assert account.compared["actions"].count == 1


def test_needs_stand_with_the_last_status_of_each_answer(context: EvaluationContext) -> None:
    account = territory_account(context, key_of(context, "V"))
    assert account is not None
    (need,) = account.needs
    assert need.answered
    assert need.answers == (("a1", "operational"),)


def test_an_unknown_amount_is_not_zero(tmp_path: Path) -> None:
    context = context_of(
        tmp_path, lieux={"2014": {"a1": [place("K1")]}}, financements=[paid("a1", None)], annees=["2014"]
    )
    account = territory_account(context, key_of(context, "K1"))
    assert account is not None
    assert [amount.amount for amount in account.amounts] == [None]
