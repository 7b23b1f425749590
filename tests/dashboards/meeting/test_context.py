"""What the screens say, without any page."""

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboards.meeting import MeetingContext, meeting_context
from dashboards.meeting.asked import SAID, asked_of
from dashboards.meeting.calendar import meeting_on
from dashboards.meeting.money import case_of
from dashboards.meeting.render import screens_of
from dashboards.meeting.territories import paid_row
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue
from tests.dashboards.meeting.conftest import FIRST, LAST, NEXT


def value(amount: float | None, secrecy: str | None = "V") -> IndicatorValue:
    """Return euros per inhabitant of a territory."""
    made = IndicatorValue(
        "T06", "per_inhabitant", {"territory": "1"}, 3, "E3.1", "actions", False, amount, "€",
        reason=None if amount is not None else "population inconnue",
    )  # fmt: skip
    return replace(made, secrecy=secrecy)  # type: ignore[arg-type]


def test_each_need_of_the_last_meeting_has_its_answer_or_silence(context: MeetingContext) -> None:
    # B3 is dated on the day of the last meeting: it is that meeting's own.
    assert [(need.key.rsplit("/", 1)[1], need.state) for need in context.asked.needs] == [("B3", "silence")]
    assert context.asked.needs[0].answer == SAID["silence"]
    assert "17 novembre 2015" in context.asked.since


def test_without_needs_of_its_own_a_meeting_stands_for_those_said_since_the_one_before(
    meeting_graph: ContractGraph, evaluation: Evaluation
) -> None:
    asked = asked_of(meeting_graph, evaluation, LAST)
    assert [need.key.rsplit("/", 1)[1] for need in asked.needs] == ["B4"]
    assert "10 mars 2015" in asked.since
    assert asked_of(meeting_graph, evaluation, date(2013, 1, 1)).needs == ()


def test_a_promise_is_no_answer_and_an_answer_to_come_is_silence_today(
    meeting_graph: ContractGraph, evaluation: Evaluation
) -> None:
    at_first = asked_of(meeting_graph, evaluation, FIRST)
    assert {need.state for need in at_first.needs} == {"silence"}


@pytest.mark.parametrize(
    ("amount", "secrecy", "unpaid", "case"),
    [
        (0.0, "V", (), "nothing"),
        (0.0, "V", ("II.1.1",), "unknown"),
        (1.5, "V", (), "received"),
        (None, "A", (), "received"),
        (None, "V", (), "unknown"),
    ],
)
def test_zero_never_stands_for_unknown(
    amount: float | None, secrecy: str, unpaid: tuple[str, ...], case: str
) -> None:
    assert case_of(value(amount, secrecy), unpaid) == case
    assert case_of(None, unpaid) == "unknown"


def test_what_secrecy_covers_is_said_secret_even_when_the_value_is_there() -> None:
    assert paid_row(value(2.52, "A"), ()).figure == "secret"
    assert paid_row(value(2.52), ()).figure == "2,52\u202f€"
    assert paid_row(value(0.0), ()).words == "par habitant : rien reçu"
    assert paid_row(value(0.0), ("II.1.1",)).figure == "?"


def test_the_counts_of_the_map_add_up_to_every_epci(context: MeetingContext) -> None:
    assert sum(count for _, _, count in context.money.legend) == len(context.drawing.epci)
    assert context.money.received == context.money.legend[0][2] > 0


def test_an_action_count_is_out_of_those_that_can_be_localised(context: MeetingContext) -> None:
    metro = context.territories.cards["200040715"]
    # Eight actions, one over the whole region and one without a place.
    assert metro.rows[0].figure == "4 sur 6"
    assert metro.at is not None
    unknown = context.territories.cards["PILAT"]
    assert [row.figure for row in unknown.rows] == ["?", "?", "?"]
    assert unknown.at is None


def test_every_commune_leads_to_a_territory(context: MeetingContext) -> None:
    names = dict(context.territories.communes)
    assert context.territories.cards[names["Die"]].level == "epci"
    assert len(context.territories.communes) > 2000


def test_an_effect_without_rating_concludes_nothing(context: MeetingContext) -> None:
    assert [(effect.id, effect.sign) for effect in context.effects] == [
        ("E3.1", "◌"), ("E3.2", "◌"), ("E3.3", "◌"),
    ]  # fmt: skip


def test_the_needs_have_a_view_each_and_letters_always_open_the_territories(
    meeting_graph: ContractGraph, evaluation: Evaluation, context: MeetingContext
) -> None:
    views = screens_of(context)
    assert [view.step for view in views if view.kind == "demandes"] == [0, 1]
    short = meeting_context(meeting_graph, evaluation, NEXT, "sujet:2,dire:3")
    assert [view.kind for view in screens_of(short)] == ["sujet", "dire", "territoire"]
    assert screens_of(short)[-1].slot == -1


def test_a_meeting_to_come_has_its_place_in_the_assembly(meeting_graph: ContractGraph) -> None:
    coming = meeting_on(meeting_graph, NEXT)
    assert not coming.known
    assert coming.id == "ADT-2016-03-22"
    assert coming.body is not None


def test_words_are_those_of_the_street(context: MeetingContext) -> None:
    said = " ".join(words for _, words, _ in context.money.legend)
    assert said == "ont reçu rien reçu on ne sait pas"
    assert not re.search(r"EPCI|N/A|null", " ".join(screen.title for screen in screens_of(context)))
