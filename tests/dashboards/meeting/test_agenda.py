"""The agenda as a text."""

from hypothesis import given
from hypothesis import strategies as st

from dashboards.meeting.agenda import KINDS, Slot, agenda_of, standard_agenda

SLOTS = st.builds(
    Slot,
    st.sampled_from(sorted(KINDS)),
    st.integers(0, 90),
    st.just(""),
)


def test_the_storyboard_lasts_half_an_hour_after_the_needs() -> None:
    agenda = agenda_of(None)
    assert [slot.kind for slot in agenda.slots] == list(KINDS)
    assert 30 <= agenda.minutes <= 34


@given(st.lists(SLOTS, min_size=1, unique_by=lambda slot: slot.kind))
def test_an_agenda_is_read_back_as_it_was_written(slots: list[Slot]) -> None:
    text = ",".join(f"{slot.kind}:{slot.minutes}" for slot in slots)
    assert list(agenda_of(text).slots) == slots
    assert agenda_of(text).text == text


def test_what_nobody_knows_is_left_out_and_told() -> None:
    agenda = agenda_of("argent:4@2015,licorne:3,argent:2,sujet,<b>")
    assert [(slot.kind, slot.minutes, slot.option) for slot in agenda.slots] == [
        ("argent", 4, "2015"),
        ("sujet", 2, ""),
    ]
    assert len(agenda.notices) == 3
    assert "licorne" in agenda.notices[0]


def test_a_screen_begins_with_a_territory() -> None:
    agenda = standard_agenda().beginning("territoire", "242600252")
    assert "territoire:6@242600252" in agenda.text
    assert standard_agenda().beginning("territoire", "x y").text == standard_agenda().text
