"""What « Contrat » shows, without a browser, on the convention itself and on the small contract."""

from pathlib import Path

import pytest

from dashboards.pages.contract_context import ContractContext, context_of, rhythm
from graphmodel import ContractGraph, Selection, open_store
from tests.dashboards.pages.data_store import store_with_convention


@pytest.fixture(scope="module")
def convention(tmp_path_factory: pytest.TempPathFactory) -> ContractGraph:
    url = store_with_convention(Path(tmp_path_factory.mktemp("contrat")) / "x.sqlite")
    with open_store(url) as store:
        return store.snapshot(Selection())


@pytest.fixture(scope="module")
def context(convention: ContractGraph) -> ContractContext:
    return context_of(convention, {})


def test_the_plan_has_three_axes_and_twenty_coded_actions(context: ContractContext) -> None:
    assert [(axis.code, len(axis.actions)) for axis in context.axes if axis.code] == [
        ("I", 3), ("II", 6), ("III", 11),
    ]  # fmt: skip
    assert [row.code for row in context.axes[0].actions] == ["I.1.1.1", "I.1.1.2", "I.1.2"]


def test_no_reading_of_who_signs_overwrites_the_other(context: ContractContext) -> None:
    assert len(context.parties) == 20
    differing = {party.name: party for party in context.parties if party.differs}
    assert len(differing) == 7
    metropole = next(party for name, party in differing.items() if "tienne" in name)
    assert metropole.preamble.persons == "Jean-Michel PAUZE, conseiller communautaire délégué"
    assert metropole.signature.persons == "Gaël PERDRIAU ; délégation à Jean-Michel PAUZE"
    assert metropole.signature.full is not None
    assert "Président de Saint-Etienne Métropole".lower() in metropole.signature.full.lower()
    assert [identifier for identifier, _ in metropole.references] == ["R01"]
    isere = next(party for name, party in differing.items() if "Isère" in name)
    assert isere.signature.persons is not None
    assert isere.signature.persons.endswith("(à confirmer)")


def test_the_money_said_is_summed_and_the_rest_is_not_said(context: ContractContext) -> None:
    assert context.total == 447_270_000
    assert context.funded_year == 2014
    assert [funder.provisional for funder in context.funders] == [False, True, False]
    assert context.silent == 16
    assert context.reported == ()


def test_without_reports_nobody_acts_and_no_meeting_was_held(context: ContractContext) -> None:
    assert all(row.actors == 0 for axis in context.axes for row in axis.actions)
    assert all(body.meetings == () for body in context.bodies)
    rhythms = {body.name: body.rhythm for body in context.bodies}
    assert rhythms["Comité de pilotage stratégique"] == "une à deux fois par an"
    assert rhythms["Comité technique axe 1"] == "au moins deux fois par an, selon les besoins"


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, "fréquence non dite"),
        (1, None, "au moins une fois par an"),
        (1, 2, "une à deux fois par an"),
        (12, None, "au moins 12 fois par an"),
    ],
)
def test_a_rhythm_is_said_in_words(least: int | None, most: int | None, said: str) -> None:
    assert rhythm({"minimum_per_year": least, "maximum_per_year": most}) == said


def test_an_address_is_obeyed_and_what_it_gets_wrong_is_named(convention: ContractGraph) -> None:
    context = context_of(convention, {"an": "2015", "sel": "Action:II_1.1", "parties": "toutes"})
    assert (context.year, context.every_party) == (2015, True)
    assert context.selected is not None
    assert context.selected.code == "II.1.1"
    wrong = context_of(convention, {"an": "1999", "sel": "Action:<b>"})
    assert wrong.selected is None
    assert len(wrong.notices) == 2


def test_attendance_and_amounts_come_from_what_the_graph_holds(graph: ContractGraph) -> None:
    context = context_of(graph, {"an": "2015"})
    assert context.fictional
    assert {axis.code for axis in context.axes} == {"I", "II", "III"}
    assert max(row.actors for axis in context.axes for row in axis.actions) == 3
    assert context.funders == ()
    assert context.total is None
